"""What she agrees to, what not, and what she takes back; how she may be reached."""

from datetime import time
from functools import lru_cache

from amparo.areas.cases.consenting import record_answer, record_disclosure, withdraw_consent
from amparo.areas.cases.contact import agree_on_contact
from amparo.areas.consent.actions import Asked, Passed, Said
from amparo.areas.consent.contact import Terms
from amparo.areas.consent.rules import SHARING, Answer, Explained, Ground, HerKnowing, Interpreted, Proof
from amparo.areas.consent.rules.contact import Channel, Checked
from amparo.areas.consent.signatures import Picture, drawn
from amparo.demo.drawing import signature
from amparo.demo.scene import Scene
from amparo.demo.unfolding import Happening

# Whom it is for, by kind, where a story does not name anybody.
_KINDS = {
    "interpreter_or_mediator": "interpreter",
    "pictures_and_works": "public",
    "contact_with_family": "family",
    "partner_referral": "organisation",
}
_SIGNED = frozenset({"taking_part", "keeping_a_record", "partner_referral"})  # the others she says aloud
_WRITTEN_IN = ("en", "es", "it", "fr", "ro", "pt")


def consent(scene: Scene, one: Happening) -> None:
    """She is asked for one thing and answers."""
    by = scene.viewer()
    case = scene.case(by)
    answer = Answer(one.more["answer"])
    purpose, _, variant = one.value.partition(":")
    key = ("consent", one.value, scene.words(one.more.get("recipient")))
    if answer is Answer.WITHDRAWN:
        withdraw_consent(case, scene.numbers[key], by=by)
        return
    asked = Asked(purpose, variant, _recipient(scene, purpose, one), one.more.get("to", _KINDS.get(purpose, "")))
    scene.numbers[key] = record_answer(case, asked, _said(scene, one, purpose, answer), by=by)


def _recipient(scene: Scene, purpose: str, one: Happening) -> str:
    if purpose == "interpreter_or_mediator":
        return scene.viewer("mediator").name
    if "recipient" not in one.more and purpose in _KINDS:
        return scene.stage.phrase(f"to_{purpose}")
    return scene.words(one.more.get("recipient"))


def _said(scene: Scene, one: Happening, purpose: str, answer: Answer) -> Said:
    mine, house = scene.language, scene.stage.house.house.language
    understood = mine in _WRITTEN_IN
    signs = purpose in _SIGNED
    return Said(
        answer=answer,
        on=one.day,
        until=one.more.get("until"),
        language=mine if understood else house,
        explained=(Explained.READ_TOGETHER, Explained.QUESTIONS),
        interpreted=Interpreted.NOBODY if understood else Interpreted.MEDIATOR,
        shared=("name", "needs") if purpose in SHARING else (),
        conditions=scene.words(one.more.get("conditions")),
        proof=Proof.DRAWN if signs else Proof.WORD,
        witness="" if signs else scene.stage.phrase("witness"),
        picture=_signature() if signs else None,
    )


def pass_on(scene: Scene, one: Happening) -> None:
    """Something about her is told to whom she agreed, and she knows."""
    by = scene.viewer()
    passed = Passed(
        ground=Ground.CONSENT,
        shared=tuple(one.more["shared"]),
        on=one.day,
        consent=scene.numbers["consent", one.value, scene.words(one.more["recipient"])],
        why=scene.words(one.more["text"]),
        knowing=HerKnowing.TOLD,
        told_on=one.day,
    )
    record_disclosure(scene.case(by), passed, by=by)


#: Kept for stage and screen, so that it rings nowhere (Ofcom, numbers for drama use).
NOBODYS_NUMBER = "+447700900123"


def reach(scene: Scene, one: Happening) -> None:
    """She says how she may be reached, when, and what never to do."""
    by = scene.viewer()
    first, last = one.more["hours"]
    for way in one.value:
        terms = Terms(
            channel=Channel(way),
            allowed=True,
            agreed_on=one.day,
            from_time=time(first),
            until_time=time(last),
            checked=Checked.NO,
            ask_for=scene.called,
            never=scene.stage.phrase("never"),
            # Whom a call reaches would like to be reminded by one: a colleague finds it on the list of calls.
            reminders=way == Channel.CALL,
            address=NOBODYS_NUMBER if way == Channel.CALL else "",
        )
        agree_on_contact(scene.case(by), terms, by=by)


@lru_cache
def _signature() -> Picture:
    return drawn(signature())


TELLERS = {"consent": consent, "contact": reach, "passed": pass_on}
