"""A referral as the cast makes one, with words in it that could leak."""

from datetime import date, timedelta
from typing import Any

from amparo.areas.access.rules import Viewer
from amparo.areas.cases.queries import CaseFile
from amparo.areas.intake import actions, deciding, interviews
from amparo.areas.intake.actions import Written
from amparo.areas.intake.catalogue import QUESTION_KEYS
from amparo.areas.intake.deciding import Judgement
from amparo.areas.intake.interviews import Booking
from amparo.areas.intake.queries import ReferralFile, referral_for
from amparo.areas.intake.rules import Page, Verdict
from amparo.areas.people.actions import Particulars
from amparo.kernel import clock

CONTACT = "canary-contact-person"
REASON = "canary-reason"
BEHIND = "canary-threat"
NEVER = "canary-never-call"
NEWCOMER = "Zelda-Called"
NEWCOMER_FAMILY = "Qwertyova"
SURE = ("safe_place", "alone", "one_professional", "agreed_contact")
ABSENT_INTAKE: dict[str, object] = {"referral": 987_654, "reply": 987_654, "interview": 987_654}
LEAKS = (CONTACT, REASON, BEHIND, NEVER, NEWCOMER, NEWCOMER_FAMILY)

SIX = dict.fromkeys(QUESTION_KEYS, "no")


def write(number: int, by: Viewer, page: Page, words: dict[str, str], **codes: Any) -> None:
    referral = referral_for(by, number)
    actions.write_page(referral, Written(page, referral.version(page), words, codes), by=by)


def referred(by: Viewer, *, six: dict[str, str] = SIX, hand_in: bool = True) -> int:
    """A referral by an organisation, every page written, and handed in."""
    number = actions.start_referral(by=by)
    sender = {"organisation": "On the Road", "contact": CONTACT}
    write(number, by, Page.SENDER, sender, sender_kind="ngo", received_on=date(2026, 3, 2), way="phone")
    referral = referral_for(by, number)
    actions.write_about(
        referral,
        Written(Page.ABOUT, 0, {"children_words": ""}, {"children": 1}),
        by=by,
        particulars=Particulars(called=NEWCOMER, languages=("bg",)),
        identity={"given_names": "Zelda", "family_names": NEWCOMER_FAMILY},
    )
    write(number, by, Page.REASON, {"reason": REASON})
    write(number, by, Page.NEEDS, {}, urgent_needs=["food"])
    write(number, by, Page.TOLD, {}, told=["who_we_are"])
    write(number, by, Page.REACH, {"never": NEVER}, channels=["call"], phone_checked="yes")
    write(number, by, Page.SIX, {"recent_threats_behind": BEHIND}, answers=six)
    if hand_in:
        actions.hand_in(referral_for(by, number), by=by)
    return number


def accepted(by: Viewer, number: int, *, referent: int | None = None) -> ReferralFile:
    """Accept it; gives the referral as it was before."""
    referral = referral_for(by, number)
    judgement = Judgement(Verdict.ACCEPT, "fits", referent=referent or by.member)
    deciding.decide(referral, judgement, by=by)
    return referral


def booked(case: CaseFile, by: Viewer) -> int:
    """A first interview, to come in three days."""
    interviews.write_six(case, Written(Page.SIX, 0, {}, {"answers": SIX}), by=by)
    moment = clock.now() + timedelta(days=3)
    return interviews.book_interview(case, Booking(moment, by.member, "Metro Sants", "none", SURE), by=by)


def intake_things(case: CaseFile, *, by: Viewer, word: str) -> dict[str, object]:
    """A referral that waits, with an answer to its sender, and a first interview; every text carries the word."""
    number = actions.start_referral(by=by, known=case.person)
    write(number, by, Page.SENDER, {"contact": word}, sender_kind="ngo")
    actions.hand_in(referral_for(by, number), by=by)
    judgement = Judgement(Verdict.WAIT, "no_place", word, wait_until=in_days(9))
    deciding.decide(referral_for(by, number), judgement, by=by)
    reply = deciding.write_reply(deciding.to_answer(by, number), by=by, text=word, way="phone", on=in_days(0))
    return {"referral": number, "reply": reply, "interview": booked(case, by)}


def in_days(days: int) -> date:
    return clock.today("Europe/Madrid") + timedelta(days=days)
