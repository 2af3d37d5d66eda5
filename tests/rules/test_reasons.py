"""What somebody reads where a rule says no: the exact words and the source, one table for each area."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from amparo.areas.access import at_need
from amparo.areas.access import rules as access
from amparo.areas.access.rules import Asked, Audience, Held, Part, Task, Ties, Viewer
from amparo.areas.audit import rules as audit
from amparo.areas.cases import rules as cases
from amparo.areas.cases.rules import Ask, Glass, Move, Status
from amparo.areas.consent import rules as consent
from amparo.areas.consent.rules import Ground, HerKnowing, Interpreted, Proof, Recorded, contact, requests
from amparo.areas.consent.rules.contact import Agreed, Channel, Checked
from amparo.areas.consent.rules.requests import Basis, Silence, Weighed
from amparo.areas.intake import rules as intake
from amparo.areas.intake.rules import Page, State, Verdict
from amparo.areas.orgs import rules as orgs
from amparo.areas.orgs.rules import Role
from amparo.areas.plans import rules as plans
from amparo.areas.rights import rules as rights
from amparo.areas.rights.rules import Correcting, Erasing, Obligation, Stand
from amparo.areas.safety import rules as safety
from amparo.kernel.decision import Decision, refused
from amparo.kernel.labels import Label

#: A question that is answered with no, the reason, and where the rule comes from.
No = tuple[Callable[[], Decision], str, str]

YESTERDAY, TODAY, TOMORROW = date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 2)
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = NOW + timedelta(hours=25)
HERE, THERE = 1, 2


def viewer(role: Role, *, cleared: bool = True) -> Viewer:
    return Viewer(member=7, organisation=HERE, role=role, cleared=cleared)


WORKER, COORDINATOR, LAWYER = viewer(Role.CASEWORKER), viewer(Role.COORDINATOR), viewer(Role.LAWYER)
OPERATOR, MEDIATOR = viewer(Role.HOTLINE_OPERATOR), viewer(Role.MEDIATOR)
UNTRAINED = viewer(Role.CASEWORKER, cleared=False)
OF_HER_TEAM = Ties(HERE, in_team=True)

NOT_TRAINED = ("Training and a signed confidentiality statement come first. Ask your coordinator.", "R12")
ANOTHER_HOUSE = ("This is not here.", "")
NOT_HER_TEAM = ("This part is open to other members of her team only.", "C&H-L 5.1.2")
NOT_THIS_ROLE = ("Your role in this organisation does not include this.", "R12")

ACCESS: list[No] = [
    (lambda: access.may_do(UNTRAINED, Task.LIST_CASES), *NOT_TRAINED),
    (lambda: access.may_do(OPERATOR, Task.LIST_CASES), *NOT_THIS_ROLE),
    (lambda: access.may_record_training(WORKER, cleared_coordinators=0), *NOT_THIS_ROLE),
    (lambda: access.decide(UNTRAINED, Asked(Part.HEAD), OF_HER_TEAM), *NOT_TRAINED),
    (lambda: access.decide(WORKER, Asked(Part.HEAD), Ties(THERE, in_team=True)), *ANOTHER_HOUSE),
    (lambda: access.decide(WORKER, Asked(Part.HEAD), Ties(HERE)), *NOT_HER_TEAM),
    (lambda: access.decide(MEDIATOR, Asked(Part.SAFETY), OF_HER_TEAM), *NOT_HER_TEAM),
    (lambda: access.decide(WORKER, Asked(Part.ACTIVITIES), Ties(HERE, in_group=True)), *NOT_HER_TEAM),
    (lambda: access.decide(viewer(Role.FACILITATOR), Asked(Part.ACTIVITIES), Ties(HERE)), *NOT_HER_TEAM),
    (lambda: access.decide(viewer(Role.FACILITATOR), Asked(Part.ACTIVITIES), Ties(HERE, in_group=True)),
     "She has not said yes to being in a group.", "R4"),
    (lambda: access.decide(WORKER, Asked(Part.NOTES, audience=Audience.PSYCHOLOGIST), OF_HER_TEAM),
     "This note is for somebody else of her team.", "C&H-L 5.1.2"),
    (lambda: access.decide(WORKER, Asked(Part.NOTES, audience=Audience.PSYCHOLOGIST), Ties(HERE)), *NOT_HER_TEAM),
    (lambda: access.decide(COORDINATOR, Asked(Part.CONTACT, label=Label.IDENTIFYING), Ties(HERE)),
     "Only her team sees what she is called, how she is reached and where she is met.", "R3, R7, R13"),
    (lambda: access.decide(COORDINATOR, Asked(Part.PLAN, write=True, label=Label.IDENTIFYING), Ties(HERE)),
     *NOT_HER_TEAM),
    (lambda: access.decide(COORDINATOR, Asked(Part.NOTES, label=Label.IDENTIFYING), Ties(HERE)), *NOT_HER_TEAM),
    (lambda: access.decide(WORKER, Asked(Part.PLAN), Ties(HERE, in_team=True, held=Held(frozenset({"plan"})))),
     "At her wish this part of her file is kept and not used. Read it only with a reason.", "GDPR, Art. 18"),
    (lambda: access.decide(WORKER, Asked(Part.PLAN, True), Ties(HERE, in_team=True, held=Held(frozenset({"file"})))),
     "At her wish this part of her file is kept and not used: nothing is changed in it until she says so.",
     "GDPR, Art. 18"),
    (lambda: at_need.may_break_glass(UNTRAINED, Ties(HERE)), *NOT_TRAINED),
    (lambda: at_need.may_break_glass(WORKER, Ties(THERE)), *ANOTHER_HOUSE),
    (lambda: at_need.may_break_glass(MEDIATOR, Ties(HERE)),
     "Call a caseworker or the coordinator at once: they can open her file in danger to life.", "R2"),
    (lambda: at_need.may_break_glass(WORKER, OF_HER_TEAM), "Her file is open to you already.", "R2"),
    (lambda: at_need.may_ask_for_identity(UNTRAINED, Ties(HERE)), *NOT_TRAINED),
    (lambda: at_need.may_ask_for_identity(WORKER, Ties(THERE)), *ANOTHER_HOUSE),
    (lambda: at_need.may_ask_for_identity(MEDIATOR, Ties(HERE)),
     "Your role in this organisation does not include this.", "R3"),
    (lambda: at_need.may_ask_for_identity(WORKER, OF_HER_TEAM),
     "You may open her identity without asking. Say why when you open it.", "R3"),
    (lambda: at_need.may_answer_ask(COORDINATOR, asker=COORDINATOR.member, ties=OF_HER_TEAM),
     "A second person answers this. You asked.", "R3"),
    (lambda: at_need.may_answer_ask(WORKER, asker=99, ties=Ties(HERE)),
     "Somebody of her team who may open her identity, or a coordinator, answers this.", "R3"),
    (lambda: at_need.may_look_at_glass(COORDINATOR, organisation=HERE),
     "The data protection officer looks at it.", "R14"),
    (lambda: at_need.may_end_glass(LAWYER, opened_by=99, ties=Ties(HERE)),
     "Whoever opened it ends it, or the coordination, or the data protection officer.", "R14"),
]  # fmt: skip

ORGS: list[No] = [
    (lambda: orgs.may_see_anything(trained_on=None, signed_on=TODAY, today=TODAY),
     "Your training is not recorded yet. Ask your coordinator.", "R12"),
    (lambda: orgs.may_see_anything(trained_on=TODAY, signed_on=None, today=TODAY),
     "Your confidentiality statement is not signed yet. Ask your coordinator.", "R12"),
]  # fmt: skip

CASES: list[No] = [
    (lambda: cases.may_move(Status.CLOSED, Move.CLOSE),
     "This was done before, or does not fit where her case stands now. Look at the page again.", ""),
    (lambda: cases.may_still_change(Status.CLOSED, Part.PLAN),
     "Her case is closed, and her plan stays as she left it. When she is back, it goes on where it stood.", "R8, R17"),
    (lambda: cases.may_change_team(coordinates=False, is_referent=False),
     "Her referent or the coordination changes who is in her team. Ask one of them.", "R10"),
    (lambda: cases.may_leave_team(member=1, referent=1),
     "She always has one referent. Hand over first, then leave the team.", "R10"),
    (lambda: cases.may_hand_over(to=1, referent=1, told_on=TODAY, tell_by=None),
     "This colleague is her referent already.", "R10"),
    (lambda: cases.may_hand_over(to=2, referent=1, told_on=None, tell_by=None),
     "Say when she was told, or by which day she will be told.", "R10"),
    (lambda: cases.may_correct(author=1, written_at=NOW, by=2, now=NOW),
     "Only the colleague who wrote this note can correct it. You can add a note of your own.", ""),
    (lambda: cases.may_correct(author=1, written_at=NOW, by=1, now=LATER),
     "A note can be corrected for 24 hours. Add a new note that says what was wrong; both stay.", ""),
    (lambda: cases.papers_may_be_taken(Status.MEETING),
     "First she says yes to being accompanied. Until then nothing is signed and no papers are kept.",
     "C&H-L, 5.1.1, lines 496-499"),
    (lambda: cases.may_record_look(Glass.RUNNING),
     "Her file is still open. Look at it when it has ended, or end it first.", "R14"),
    (lambda: cases.may_record_look(Glass.LOOKED_AT), "Somebody looked at it already.", "R14"),
    (lambda: cases.may_be_answered(Ask.GRANTED), "This was answered already.", "R3"),
    (lambda: cases.may_lift(words=" ", on=TODAY, since=TODAY, today=TODAY),
     "Write down what she said: only her word lifts this.", "GDPR, Art. 18"),
    (lambda: cases.may_lift(words="Use it again", on=TOMORROW, since=TODAY, today=TODAY),
     "Choose the day on which she said so: not before it was asked for, and not to come.", ""),
]  # fmt: skip

INTAKE: list[No] = [
    (lambda: intake.may_see(LAWYER, taken_by=7, state=State.DRAFT), *NOT_THIS_ROLE),
    (lambda: intake.may_see(WORKER, taken_by=7, state=State.ACCEPTED),
     "It belongs to her case now, and her team reads it there.", "C&H-L 5.1.2"),
    (lambda: intake.may_see(OPERATOR, taken_by=99, state=State.DRAFT),
     "Those who decide have taken this over. You see that it was decided, not what it says.", "R12"),
    (lambda: intake.may_change(State.ACCEPTED),
     "This was decided. What comes to light now belongs into her case, or into a new referral.", ""),
    (lambda: intake.may_hand_in(State.TO_DECIDE, {Page.SENDER}), "It was handed over already.", ""),
    (lambda: intake.may_hand_in(State.DRAFT, {Page.REACH}),
     "Note first who sends her, so that the answer reaches somebody.", "C&H-L 5.1.1, 477-480"),
    (lambda: intake.may_discard(State.TO_DECIDE),
     "It was handed over and cannot be discarded any more. Those who decide can send her on.", ""),
    (lambda: intake.may_decide(OPERATOR, State.TO_DECIDE), *NOT_THIS_ROLE),
    (lambda: intake.may_decide(WORKER, State.DRAFT), "It is still being written. Hand it over first.", ""),
    (lambda: intake.may_decide(WORKER, State.REDIRECTED), "This was decided already.", ""),
    (lambda: intake.may_book_first_interview({}),
     "Some of the six safety questions are open. Ask, or mark them as asked and not known.",
     "R6; C&H-L 5.1.1, 477-491"),
    (lambda: intake.is_prepared({"a"}, {"a", "b"}),
     "Confirm what must be sure before she comes.", "C&H-L 5.1.1, 506-508"),
    (lambda: intake.is_meeting_point("Long Road 12"),
     "This looks like an address. Name a stop, a station or a square that she knows instead.",
     "R13; C&H-L 5.1.1, 553-556"),
    (lambda: intake.is_whole(Verdict.ACCEPT, reason="", where_to="", waits=False, referent=1),
     "Choose the reason.", "C&H-L 5.1.1, 489-491"),
    (lambda: intake.is_whole(Verdict.ACCEPT, reason="fits", where_to="", waits=False, referent=None),
     "Choose who will be her referent: she always has one.", "R10"),
    (lambda: intake.is_whole(Verdict.REDIRECT, reason="fits", where_to=" ", waits=False, referent=None),
     "Write where she is sent on to. Nobody is sent away.", "C&H-L 5.1.1, 489-491"),
    (lambda: intake.is_whole(Verdict.WAIT, reason="full", where_to="", waits=False, referent=None),
     "Choose a day to come, on which you look at this again.", ""),
    (lambda: intake.may_be_linked(State.DRAFT, known_before=True, has_case=False),
     "This referral belongs to a woman with a code of before already.", ""),
    (lambda: intake.may_be_linked(State.DRAFT, known_before=False, has_case=True),
     "She has a case under this code. Ask your coordinator which of the two goes on.", ""),
    (lambda: intake.may_hold_interview(Status.ACCOMPANIED),
     "The first interview is behind her. Use an appointment instead.", ""),
]  # fmt: skip

CONSENT_RULE = "R2; C&H-B 2.1.2, lines 242-253"


def to_a_partner(answer: consent.Answer | None, *shared: str) -> Decision:
    """Whether what she answered yesterday, a yes until today, covers telling a partner tomorrow."""
    said = [Recorded("partner_referral", "On the Road", one, YESTERDAY, until=TODAY) for one in [answer] if one]
    on = TODAY if shared else TOMORROW
    return consent.is_covered(said, purpose="partner_referral", recipient="On the Road", on=on, shared=shared)


CONSENT: list[No] = [
    (lambda: to_a_partner(None),
     "She was not asked about this yet. Ask her, or go on without anything that shows who she is.", CONSENT_RULE),
    (lambda: to_a_partner(consent.Answer.REFUSED),
     "She said no to this. Nothing is passed on; look with her for another way.", CONSENT_RULE),
    (lambda: to_a_partner(consent.Answer.WITHDRAWN),
     "She withdrew her yes to this. Nothing more is passed on.", CONSENT_RULE),
    (lambda: to_a_partner(consent.Answer.GIVEN),
     "Her yes to this has ended. Ask her again, or go on without anything that shows who she is.", CONSENT_RULE),
    (lambda: to_a_partner(consent.Answer.GIVEN, "health"),
     "Her yes does not include all of this. Ask her about the rest, or leave it out.", CONSENT_RULE),
    (lambda: consent.may_disclose(Ground.CONSENT, covered=refused("Not this.", "R2"), why="They ask."),
     "Not this.", "R2"),
    (lambda: consent.may_disclose(Ground.OTHER, covered=refused("Not this."), why="They ask."),
     ("Without her yes, only danger to life or a court's order opens this. "
      "Ask her first, or pass it on without anything that shows who she is."), CONSENT_RULE),
    (lambda: consent.may_disclose(Ground.DANGER_TO_LIFE, covered=refused("Not this."), why=" "),
     "Write down what makes this danger to life, or which order of which court it is.", CONSENT_RULE),
    (lambda: consent.knowing_is_whole(HerKnowing.TOLD, told_on=None, why_not=""),
     "On which day was she told?", CONSENT_RULE),
    (lambda: consent.knowing_is_whole(HerKnowing.ENDANGERS, told_on=None, why_not=" "),
     "Write down why telling her would put her in danger. Otherwise tell her.", CONSENT_RULE),
    (lambda: consent.is_understood("es", hers=["ro"], interpreted=Interpreted.NOBODY),
     "This language is not among those she understands. Explain it in one of hers, or with somebody who interprets.",
     CONSENT_RULE),
    (lambda: consent.is_proven(consent.Answer.GIVEN, Proof.WORD, has_picture=False, witness=" "),
     "Who else heard her yes? Write the name of one person.", CONSENT_RULE),
    (lambda: consent.is_proven(consent.Answer.GIVEN, Proof.PAPER, has_picture=False, witness=""),
     "Her signature is missing. Let her sign, add the signed paper, or choose a spoken yes.", CONSENT_RULE),
    (lambda: consent.has_happened(TOMORROW, today=TODAY), "This day is still to come.", ""),
    (lambda: consent.is_in_time(on=TOMORROW, until=None, today=TODAY, months=6), "This day is still to come.", ""),
    (lambda: consent.is_in_time(on=TODAY, until=YESTERDAY, today=TODAY, months=6),
     "The last day lies before the day of her answer.", ""),
    (lambda: consent.is_in_time(on=TODAY, until=date(2026, 9, 2), today=TODAY, months=6),
     "The text promises to ask her again earlier. Choose an earlier last day.", ""),
]  # fmt: skip

CONTACT_RULE = "R7; C&H-L 5.1.1, lines 528-547"
SUNDAYS = Agreed(Channel.CALL, True, frozenset({6}), time(10), time(11))

CONTACT: list[No] = [
    (lambda: contact.may_contact([], "social_media", at=NOW),
     "This way is never used: others can read along, and it shows who knows whom.", CONTACT_RULE),
    (lambda: contact.may_contact([], "call", at=NOW),
     "Nothing is agreed about this way yet. Use one she agreed to, or ask her.", CONTACT_RULE),
    (lambda: contact.may_contact([Agreed(Channel.CALL, False)], "call", at=NOW),
     "She does not want to be reached in this way.", CONTACT_RULE),
    (lambda: contact.may_contact([SUNDAYS], "call", at=LATER),
     "Not on this day of the week: choose one she agreed to.", CONTACT_RULE),
    (lambda: contact.may_contact([SUNDAYS], "call", at=NOW),
     "Not at this hour: wait for the hours she agreed to.", CONTACT_RULE),
    (lambda: contact.terms_are_whole(SUNDAYS, checked=Checked.YES, leaves_message=True),
     "Somebody else checks it: leave no message there.", CONTACT_RULE),
]  # fmt: skip


def about_her(
    basis: Basis = Basis.COURT_ORDER, verdict: requests.Verdict = requests.Verdict.MINIMAL, *, linked: bool = True
) -> Decision:
    """Whether something about her may be given on this basis."""
    return requests.may_decide(verdict, Weighed(basis, "Order 12", linked), reason="It is ordered.")


def silent(why_not: str = "He reads her post.", *, until: date | None = TOMORROW) -> Decision:
    """Whether she is not told yet because that endangers her."""
    return requests.may_keep_silent(
        HerKnowing.ENDANGERS, silence=Silence.ENDANGERS_HER, why_not=why_not, look_again_on=until, told_on=None,
        today=TODAY,
    )  # fmt: skip


def told(on: date | None) -> Decision:
    """Whether she was told on that day."""
    return requests.may_keep_silent(
        HerKnowing.TOLD, silence="", why_not="", look_again_on=None, told_on=on, today=TODAY
    )


REQUESTS: list[No] = [
    (lambda: requests.may_move(requests.State.RECEIVED, requests.Move.DECIDE),
     "First look at the legal basis, even if none was given.", ""),
    (lambda: requests.may_move(requests.State.WEIGHED, requests.Move.ANSWER),
     "First decide what is given, with the reason.", ""),
    (lambda: requests.may_move(requests.State.ANSWERED, requests.Move.DECIDE),
     "It is answered. What came after can be noted as advice or appeal.", ""),
    (lambda: requests.may_move(requests.State.TAKEN_BACK, requests.Move.ANSWER),
     "It was taken back. If they ask again, note a new request.", ""),
    (lambda: requests.is_basis_whole(Basis.COURT_ORDER, " "),
     "Write down which order of which court, which danger, which consent, or which law.", CONSENT_RULE),
    (lambda: requests.may_decide(requests.Verdict.NOTHING, Weighed(Basis.NONE, "", False), reason=" "),
     "Write down the reason. It is what you show to a court, and to her.", CONSENT_RULE),
    (lambda: about_her(Basis.LAW_NAMED),
     ("A law that is only named, or no basis at all, opens nothing about her. Answer without saying whether "
      "you know her, ask for a court's order, and take legal advice."), CONSENT_RULE),
    (lambda: about_her(Basis.HER_CONSENT, requests.Verdict.AS_ORDERED),
     "Only a court's order is answered as ordered. All else gets the least that suffices.", CONSENT_RULE),
    (lambda: about_her(linked=False),
     "First note whom it is about: what is given stands in her list.", CONSENT_RULE),
    (lambda: requests.may_answer(requests.Verdict.NOTHING, shared=(), words=" "),
     "Write down exactly what the answer says.", ""),
    (lambda: requests.may_answer(requests.Verdict.NOTHING, shared=("code",), words="We cannot say."),
     "It was decided to give nothing about her. Decide anew, or leave this out.", CONSENT_RULE),
    (lambda: requests.may_answer(requests.Verdict.MINIMAL, shared=(), words="She is well."),
     "Mark what the answer tells about her, so that her list is true.", CONSENT_RULE),
    (lambda: told(None), "On which day was she told?", CONSENT_RULE),
    (lambda: told(TOMORROW), "This day is still to come.", ""),
    (lambda: silent(" "), "Write down what speaks against telling her. Otherwise tell her.", CONSENT_RULE),
    (lambda: silent(until=None), "On which day will you look again whether she can be told?", CONSENT_RULE),
    (lambda: silent(until=date(2027, 3, 1)),
     "Look again within three months. Silence does not last by itself.", CONSENT_RULE),
    (lambda: requests.is_received_whole(TOMORROW, None, today=TODAY), "This day is still to come.", ""),
    (lambda: requests.is_received_whole(TODAY, YESTERDAY, today=TODAY),
     "The answer would be due before the request came.", ""),
]  # fmt: skip

AUDIT: list[No] = [
    (lambda: audit.may_look_at(looker=7, about=7),
     "This is about your own reading. A colleague with this task looks at it.", "R14; C&H-B 2.1.2"),
    (lambda: audit.is_settled_whole(audit.Outcome.TALKED, " "),
     "Write in a sentence what you found or agreed on.", "R14; C&H-B 2.1.2"),
]  # fmt: skip

PLANS: list[No] = [
    (lambda: plans.may_agree(needs=0, goals=0),
     "There is nothing in the plan yet. Note a need or a goal first, in her words.", "R8"),
    (lambda: plans.may_keep_answers(0), "Nothing is answered yet. One answer is enough.", ""),
    (lambda: plans.may_move_to(YESTERDAY, TODAY), "This day is over. Choose today or a later day.", ""),
    (lambda: plans.may_change_review(finished=True),
     "This review is finished and stays as it is. Hold a new one to say what changed.", "R8"),
    (lambda: plans.may_finish(0),
     "Nothing is rated yet. One area of life is enough; all others may stay open.", "R17"),
]  # fmt: skip


ARTICLE_17, STORAGE = "GDPR, Art. 17", "GDPR, Art. 5(1)(e)"
ASKED = Stand(Erasing.WAITING, 1, None, Obligation.NOTHING, None, YESTERDAY)
AGREED = replace(ASKED, agreed_by=2)


def erased(stand: Stand, *, is_confirmed: bool = True) -> Decision:
    """Whether it is erased for good today."""
    return rights.may_carry_out(stand, today=TODAY, is_confirmed=is_confirmed)


RIGHTS: list[No] = [
    (lambda: rights.may_correct_now(Correcting.CORRECTED),
     "This was decided already. Take down a new wish if she says something else.", "GDPR, Art. 16"),
    (lambda: rights.is_explained(Correcting.BESIDE, why=" "),
     "Write down why it stays as it is: she will read it.", "GDPR, Art. 16"),
    (lambda: rights.is_told_why_kept(Obligation.COURT, keep_until=TODAY, today=TODAY),
     "Until which day must it be kept? Choose a day to come; it is looked at again then.", ARTICLE_17),
    (lambda: rights.may_agree(AGREED, by=3), "This was decided already.", ARTICLE_17),
    (lambda: rights.may_agree(ASKED, by=1), "A second person looks at it. You took it down.", ARTICLE_17),
    (lambda: rights.may_call_off(replace(ASKED, state=Erasing.UNDER_WAY)),
     "This cannot be called off any more.", ARTICLE_17),
    (lambda: erased(replace(AGREED, state=Erasing.DONE)), "This was decided already.", ARTICLE_17),
    (lambda: erased(ASKED), "A second person looks at it first.", ARTICLE_17),
    (lambda: erased(replace(AGREED, not_before=TOMORROW)),
     "The days to think again are not over yet.", ARTICLE_17),
    (lambda: erased(replace(AGREED, obligation=Obligation.CLAIM, keep_until=TOMORROW)),
     "A law obliges to keep it until then. Keep it without using it instead.", "GDPR, Art. 17(3)"),
    (lambda: erased(AGREED, is_confirmed=False),
     "Type her code exactly as it stands above. Nothing was erased.", ARTICLE_17),
    (lambda: rights.may_last(0, lowest=1, highest=10, reason="A grant asks for it."),
     "This is outside of what may be chosen. The page says how few and how many years.", STORAGE),
    (lambda: rights.may_last(5, lowest=1, highest=10, reason=" "),
     "Write down why: the data protection officer answers for it.", STORAGE),
    (lambda: rights.may_keep_longer(until=TOMORROW, today=TODAY, reason=" "),
     "Write down why it is kept longer.", STORAGE),
    (lambda: rights.may_keep_longer(until=TODAY, today=TODAY, reason="She may come back."),
     "Choose a day to come, at most five years away. It is looked at again then.", STORAGE),
]  # fmt: skip


def decided(level: str, *, next_on: date = TOMORROW) -> Decision:
    """Whether this level stands where a high one was proposed, without a reason."""
    return safety.may_decide(proposed="high", decided=level, reason=" ", on=TODAY, next_on=next_on)


GROUPS_RULE = "R4; C&H-L 5.1.2, lines 573-576"

SAFETY: list[No] = [
    (lambda: decided("none"), "Choose low, medium or high.", "R8"),
    (lambda: decided("low"),
     "Your level differs from the proposed one. Write why, so that colleagues understand.", "R8"),
    (lambda: decided("high", next_on=date(2026, 5, 1)),
     "This level has to be looked at again sooner. Choose an earlier day.", "R5; C&H-B 2.1.1"),
    (lambda: safety.may_take_back(noted_by=1, noted_at=NOW, by=1, now=LATER),
     "Only who noted it can take it back, within a day. Assess her risk instead.", ""),
    (lambda: safety.may_join_psychological_group("low", overdue=True),
     "Psychological groups wait until her risk is assessed. Offer individual sessions.", GROUPS_RULE),
    (lambda: safety.may_join_psychological_group("high", overdue=False),
     "Psychological groups are for low risk only. Offer individual sessions.", GROUPS_RULE),
]  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "reason", "source"),
    [*ACCESS, *AUDIT, *ORGS, *CASES, *INTAKE, *CONSENT, *CONTACT, *REQUESTS, *PLANS, *RIGHTS, *SAFETY],
)
def test_a_no_says_why_what_to_do_and_where_the_rule_comes_from(
    asked: Callable[[], Decision], reason: str, source: str
) -> None:
    assert asked() == Decision(False, reason, source)
