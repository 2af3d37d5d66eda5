"""How she comes: the referral with its pages, the decision, the answer to the sender, the first interview."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from amparo.areas.access.rules import Viewer
from amparo.areas.intake import actions, deciding, interviews
from amparo.areas.intake.actions import Written
from amparo.areas.intake.catalogue import QUESTION_KEYS, interview_preparation
from amparo.areas.intake.deciding import Judgement
from amparo.areas.intake.interviews import Booking, Held
from amparo.areas.intake.queries import interview_to_come, referral_for
from amparo.areas.intake.rules import Answer, Page, Verdict
from amparo.areas.orgs.rules import Role
from amparo.areas.people.actions import Particulars
from amparo.demo.days import Calendar, calendar
from amparo.demo.reading import bank
from amparo.demo.scene import Scene, Stage
from amparo.demo.unfolding import Happening
from amparo.kernel import clock

_TOLD = ("who_we_are", "agreed_to_referral", "agreed_to_contact", "may_say_no")
_WAYS = {"self": "in_person", "outreach": "in_person", "hotline": "phone", "police": "phone"}
_LATER = frozenset({Page.TOLD, Page.SIX})  # what a draft still lacks
_QUIET = "may_meet_others"  # the one question whose careful answer is a no


def refer(scene: Scene, one: Happening) -> None:
    """Somebody sends her, or she comes: the referral is written and handed over."""
    by = scene.viewer(one.value.get("by", ""))
    ways = next((beat.value for beat in scene.story.beats if beat.verb == "contact"), ["call"])
    asked = {**one.value, **one.more, "anonymous": scene.story.anonymous, "channels": ways}
    number = write_referral(scene.stage, by, asked, {**scene.story.her, "called": scene.called})
    scene.numbers["referral"] = number
    actions.hand_in(referral_for(by, number), by=by)


def decide(scene: Scene, one: Happening) -> None:
    """The coordinator or the caseworker accepts her, and the sender gets an answer."""
    by = scene.viewer(one.more.get("by", ""))
    referral = referral_for(by, scene.numbers["referral"])
    scene.person, scene.code = referral.person, referral.code
    judgement = Judgement(Verdict(one.value), reason=one.more["reason"], referent=scene.viewer().member)
    deciding.decide(referral, judgement, by=by)
    answer(scene.stage, by, referral.id)


def book(scene: Scene, one: Happening) -> None:
    """A first interview is agreed on."""
    by, day = scene.viewer(), scene.day(one.value)
    moment = datetime.combine(day, time(16), ZoneInfo(by.time_zone))
    needs_interpreter = scene.story.her.get("interpreter") == "yes"
    booking = Booking(
        at=moment,
        member=by.member,
        meeting_point=scene.stage.phrase("place"),
        interpreter="agreed" if needs_interpreter else "none",
        prepared=[item.key for item in interview_preparation()],
    )
    interviews.book_interview(scene.case(by), booking, by=by)


def hear(scene: Scene, one: Happening) -> None:
    """What she says at the first interview."""
    by = scene.viewer()
    case = scene.case(by)
    booked = interview_to_come(by, case)
    if booked is not None:
        held = Held(Answer(one.value), her_words=scene.words(one.more["hers"]))
        interviews.record_answer(case, booked.id, held, by=by, version=booked.version)


def tell_referrals(stage: Stage) -> None:
    """Those referrals of the house that are still open, and some that were sent on."""
    for one in bank("referrals"):
        _tell_referral(stage, one)


def write_referral(stage: Stage, by: Viewer, asked: Mapping[str, Any], her: Mapping[str, Any]) -> int:
    """Begin a referral and fill in what is known; gives its number."""
    number = actions.start_referral(by=by)
    today = clock.today(by.time_zone)
    codes: dict[Page, dict[str, Any]] = {
        Page.SENDER: {"received_on": today, "sender_kind": asked["from"], "way": _WAYS.get(asked["from"], "email")},
        Page.REASON: {},
        Page.NEEDS: {"urgent_needs": asked.get("needs", [])},
        Page.TOLD: {"told": list(_TOLD)},
        Page.REACH: {"channels": asked.get("channels", ["call"]), "phone_checked": "no"},
        Page.SIX: {"answers": _six(asked.get("six", {}))},
    }
    words = {Page.SENDER: _sender(stage, asked["from"]), Page.REASON: {"reason": stage.words(asked["said"])}}
    _write_about(stage, by, number, asked, her)
    for page, values in codes.items():
        if asked.get("stage") == "draft" and page in _LATER:
            continue
        written = Written(page, 0, words.get(page, {}), values)
        actions.write_page(referral_for(by, number), written, by=by)
    return number


def answer(stage: Stage, by: Viewer, number: int) -> None:
    """The sender hears what was decided."""
    asked = deciding.to_answer(by, number)
    text = stage.words(bank("answers")[asked.verdict]).format(code=asked.code)
    deciding.write_reply(asked, by=by, text=text, way="email", on=clock.today(by.time_zone))


def _write_about(stage: Stage, by: Viewer, number: int, asked: Mapping[str, Any], her: Mapping[str, Any]) -> None:
    age = her.get("age")
    particulars = Particulars(
        called=her["called"],
        gender="female",
        birth_year=clock.today(by.time_zone).year - age if age else None,
        citizenships=(her["citizen_of"],) if "citizen_of" in her else (),
        languages=tuple(her["languages"]),
        interpreter=her.get("interpreter", ""),
    )
    written = Written(Page.ABOUT, 0, {}, {"children": asked.get("children")})
    words = {} if asked.get("anonymous") else stage.house.identity(her["called"], stage.chance)
    actions.write_about(referral_for(by, number), written, by=by, particulars=particulars, identity=words)


def _six(known: Mapping[str, str]) -> dict[str, str]:
    return {key: known.get(key, "yes" if key == _QUIET else "no") for key in QUESTION_KEYS}


def _sender(stage: Stage, kind: str) -> dict[str, str]:
    if kind == "self":
        return {}
    sender = stage.next_of("sender", bank("senders"))
    return {"organisation": stage.words(sender["name"]), "contact": sender["contact"], "email": sender["email"]}


def _tell_referral(stage: Stage, one: Mapping[str, Any]) -> None:
    days = calendar(one["days_ago"], stage.today)
    by = stage.house.viewer(Role(one["by"]))
    her = {**one, "called": one["called"][stage.place]}
    with stage.standing_on(days.opened):
        number = write_referral(stage, by, one, her)
        if one["stage"] != "draft":
            actions.hand_in(referral_for(by, number), by=by)
    if one["stage"] in set(Verdict):
        with stage.standing_on(days.day(2)):
            _settle(stage, number, one, days)


def _settle(stage: Stage, number: int, one: Mapping[str, Any], days: Calendar) -> None:
    by = stage.house.viewer(Role.COORDINATOR)
    judgement = Judgement(
        Verdict(one["stage"]),
        reason=one["reason"],
        where_to=stage.words(one["where"]) if "where" in one else "",
        wait_until=days.day(one["until"]) if "until" in one else None,
    )
    deciding.decide(referral_for(by, number), judgement, by=by)
    answer(stage, by, number)


TELLERS = {"referral": refer, "decide": decide, "book": book, "said": hear}
