"""One of each thing about consents, disclosures and contact, for the world."""

from datetime import date
from io import BytesIO

from PIL import Image

from amparo.areas.access.rules import Viewer
from amparo.areas.cases.contact import agree_on_contact
from amparo.areas.cases.queries import CaseFile
from amparo.areas.consent import actions as consent
from amparo.areas.consent.actions import Asked, Passed, Said
from amparo.areas.consent.contact import Terms
from amparo.areas.consent.rules import Answer, Ground, Proof
from amparo.areas.consent.rules.contact import Channel
from amparo.areas.consent.signatures import drawn

ABSENT_CONSENTS: dict[str, object] = {
    "consent": 987_654,
    "answer": 987_654,
    "disclosure": 987_654,
    "purpose": "no_such_purpose",
    "several": "no_such_purpose",
    "variant": "no_such_way",
    "channel": "social_media",
}


def png(*, dot: bool = True) -> bytes:
    picture = Image.new("L", (64, 24), 255)
    if dot:
        picture.putpixel((3, 3), 0)
    kept = BytesIO()
    picture.save(kept, "PNG")
    return kept.getvalue()


def consent_things(case: CaseFile, *, by: Viewer, word: str, is_hers: bool) -> dict[str, object]:
    """A signed yes for a partner, what was passed on under it, and a way to reach her; every text carries the word."""
    day = date(2026, 3, 2)
    said = Said(
        answer=Answer.GIVEN,
        on=day,
        until=date(2026, 9, 1),
        language="ro" if is_hers else "es",
        shared=("code",),
        conditions=word,
        proof=Proof.DRAWN,
        picture=drawn(png()),
    )
    asked = Asked("partner_referral", recipient=word, recipient_kind="legal")
    found = consent.record_answer(case.person, asked, said, by=by)
    passed = Passed(ground=Ground.CONSENT, consent=found.id, shared=("code",), on=day, why=word)
    agree_on_contact(case, Terms(Channel.CALL, allowed=True, agreed_on=day, ask_for=word), by=by)
    things: dict[str, object] = {
        "consent": found.id,
        "answer": found.latest.id,
        "disclosure": consent.record_disclosure(case.person, passed, by=by),
    }
    named = {"purpose": "taking_part", "several": "contact_by", "variant": "call", "channel": "call"}
    return {**things, **(named if is_hers else {key: ABSENT_CONSENTS[key] for key in named})}
