"""Referrals and first interviews: what is written where, what is decided, and what cannot happen."""

from datetime import time, timedelta

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from amparo.areas.access.rules import Viewer
from amparo.areas.audit.models import Entry
from amparo.areas.cases.contact import contact_of
from amparo.areas.cases.models import Case, Due, Event
from amparo.areas.cases.queries import CaseFile, case_for
from amparo.areas.cases.rules import DueKind, Status
from amparo.areas.intake import actions, deciding, interviews, queries
from amparo.areas.intake.actions import Written
from amparo.areas.intake.deciding import Judgement
from amparo.areas.intake.interviews import Booking, Held
from amparo.areas.intake.models import Interview, Referral
from amparo.areas.intake.queries import referral_for
from amparo.areas.intake.rules import Answer, Discarding, Page, State, Verdict
from amparo.areas.people.actions import NOBODY
from amparo.areas.people.models import Person
from amparo.areas.people.queries import found_by_name
from amparo.areas.vault.models import Identity, PersonKey
from amparo.kernel import clock
from amparo.kernel.decision import Conflict, NotThere, Refused
from tests.cast import FAMILY_NAME, PHONE, Cast
from tests.referring import LEAKS, NEVER, NEWCOMER_FAMILY, REASON, SIX, SURE, accepted, in_days, referred, write


def _case(cast: Cast, name: str = "colleague", *, six: dict[str, str] = SIX) -> CaseFile:
    number = referred(cast[name], six=six)
    return case_for(cast[name], accepted(cast[name], number).code)


def _booking(by: Viewer, days: int = 2, place: str = "Metro Sants, exit 2") -> Booking:
    return Booking(clock.now() + timedelta(days=days), by.member, place, "none", SURE)


def test_every_word_of_a_referral_is_sealed_and_opens_again(cast: Cast) -> None:
    number = referred(cast["hotline"])
    row = Referral.objects.get(pk=number)
    stored = b" ".join(bytes(getattr(row, field)) for field in queries.FIELDS.values())
    assert not [word for word in LEAKS if word.encode() in stored]
    assert referral_for(cast["colleague"], number).words[Page.REASON] == {"reason": REASON}


def test_no_word_of_a_referral_stands_in_the_log(cast: Cast) -> None:
    accepted(cast["colleague"], referred(cast["hotline"]))
    written = " ".join(f"{entry.verb} {entry.subject} {entry.facts}" for entry in Entry.objects.all())
    assert "referral decided" in written
    assert not [word for word in LEAKS if word in written]


def test_help_begins_without_any_identity(cast: Cast) -> None:
    worker = cast["colleague"]
    number = actions.start_referral(by=worker)
    write(number, worker, Page.SENDER, {}, sender_kind="self")
    actions.hand_in(referral_for(worker, number), by=worker)
    referral = accepted(worker, number)
    assert not Identity.objects.filter(person=referral.person).exists()
    assert case_for(worker, referral.code).anonymous


def test_an_accepted_woman_has_a_case_a_referent_and_her_history(cast: Cast) -> None:
    referral = accepted(cast["coordinator"], referred(cast["hotline"]), referent=cast["colleague"].member)
    case = case_for(cast["colleague"], referral.code)
    assert (case.status, case.referent, case.anonymous) == (Status.MEETING, cast["colleague"].member, False)
    assert Event.objects.filter(case=case.id, verb="referral accepted", words=["ngo"]).exists()
    due = Due.objects.get(case=case.id, kind=DueKind.REFERRAL)
    assert due.member_id == cast["colleague"].member
    interviews.settle_referral(case, referral.id, by=cast["colleague"])
    due.refresh_from_db()
    assert due.done_at is not None


def test_who_decides_and_is_referent_herself_is_not_told_what_she_knows(cast: Cast) -> None:
    case = _case(cast)
    assert not Due.objects.filter(case=case.id, kind=DueKind.REFERRAL).exists()


def test_what_she_agreed_to_about_contact_stands_in_the_head_of_her_case(cast: Cast) -> None:
    worker = cast["colleague"]
    number = referred(worker)
    write(number, worker, Page.TOLD, {}, told=["agreed_to_contact"])
    hours = {"from_time": "10:00", "until_time": "13:00", "days": "0 2", "ask_for": "Ana", "never": NEVER}
    write(number, worker, Page.REACH, hours, channels=["call"], phone_checked="yes")
    case = case_for(worker, accepted(worker, number).code)
    (terms,) = contact_of(worker, case)
    assert (terms.channel, terms.days, terms.ask_for, terms.never) == ("call", (0, 2), "Ana", NEVER)
    assert (terms.from_time, terms.until_time, terms.checked) == (time(10), time(13), "yes")
    assert "Ana" in case.reach


def test_what_the_sender_only_says_about_contact_is_not_taken_as_her_yes(cast: Cast) -> None:
    case = _case(cast)
    assert case.reach == ""
    assert contact_of(cast["colleague"], case) == []


@pytest.mark.parametrize("answer", ["yes", "no", "asked_not_known"])
@pytest.mark.parametrize("question", ["protected_witness", "court_proceedings"])
def test_neither_court_nor_witness_protection_decides_about_help(cast: Cast, question: str, answer: str) -> None:
    worker = cast["colleague"]
    case = _case(cast, six={**SIX, question: answer})
    assert interviews.book_interview(case, _booking(worker), by=worker)


def test_an_undecided_question_holds_up_the_interview_and_not_the_acceptance(cast: Cast) -> None:
    worker = cast["colleague"]
    case = _case(cast, six={"recent_threats": "yes"})
    with pytest.raises(Refused, match="Some of the six"):
        interviews.book_interview(case, _booking(worker), by=worker)
    version = queries.referrals_of_case(worker, case)[0].version(Page.SIX)
    interviews.write_six(case, Written(Page.SIX, version, {}, {"answers": SIX}), by=worker)
    assert interviews.book_interview(case, _booking(worker), by=worker)


def test_a_case_without_a_referral_gets_a_place_for_its_six_answers(cast: Cast) -> None:
    worker, case = cast["assigned"], cast.case()
    assert queries.six_answers(worker, case) == {}
    interviews.write_six(case, Written(Page.SIX, 0, {}, {"answers": SIX}), by=worker)
    assert queries.six_answers(worker, case) == SIX


@pytest.mark.parametrize(
    ("place", "prepared", "days", "words"),
    [
        ("Calle Mayor 5", SURE, 2, "address"),
        ("Metro Sants", SURE[:3], 2, "Confirm"),
        ("Metro Sants", SURE, -1, "passed"),
    ],
)
def test_an_unsafe_interview_is_not_booked(
    cast: Cast, place: str, prepared: tuple[str, ...], days: int, words: str
) -> None:
    worker = cast["colleague"]
    case = _case(cast)
    booking = Booking(clock.now() + timedelta(days=days), worker.member, place, "none", prepared)
    with pytest.raises(Refused, match=words):
        interviews.book_interview(case, booking, by=worker)
    assert not Interview.objects.exists()


def test_only_a_member_of_her_team_meets_her(cast: Cast) -> None:
    with pytest.raises(NotThere):
        interviews.book_interview(_case(cast), _booking(cast["lawyer"]), by=cast["colleague"])


def test_moving_an_interview_keeps_one_and_one_line_on_today(cast: Cast) -> None:
    worker = cast["colleague"]
    case = _case(cast)
    first = interviews.book_interview(case, _booking(worker), by=worker)
    assert interviews.book_interview(case, _booking(worker, days=5), by=worker) == first
    due = Due.objects.get(case=case.id, kind=DueKind.INTERVIEW)
    assert due.on == in_days(5) or due.on == in_days(6)
    assert list(Event.objects.filter(case=case.id, verb__startswith="first").values_list("verb", flat=True)) == [
        "first interview booked",
        "first interview moved",
    ]


@pytest.mark.parametrize(
    ("answer", "status", "open_dues"),
    [(Answer.YES, Status.ACCOMPANIED, True), (Answer.NOT_YET, Status.MEETING, True), (Answer.NO, Status.CLOSED, False)],
)
def test_her_answer_decides_how_it_goes_on(cast: Cast, answer: Answer, status: Status, open_dues: bool) -> None:
    worker = cast["colleague"]
    case = _case(cast)
    number = interviews.book_interview(case, _booking(worker), by=worker)
    interviews.record_answer(case, number, Held(answer, "My words."), by=worker, version=1)
    again = case_for(worker, case.code)
    assert again.status == status
    assert not Due.objects.filter(case=case.id, kind=DueKind.INTERVIEW, done_at=None).exists()
    assert Due.objects.filter(case=case.id, done_at=None).exists() is open_dues
    assert queries.interviews_of(worker, again)[0].her_words == "My words."


def test_an_answer_is_not_overwritten_by_a_colleague_who_saw_the_page_before(cast: Cast) -> None:
    worker = cast["colleague"]
    case = _case(cast)
    number = interviews.book_interview(case, _booking(worker), by=worker)
    interviews.book_interview(case, _booking(worker, days=3), by=worker)
    with pytest.raises(Conflict):
        interviews.record_answer(case, number, Held(Answer.YES), by=worker, version=1)
    assert case_for(worker, case.code).status == Status.MEETING


def test_two_colleagues_write_two_pages_at_once_and_one_page_one_after_the_other(cast: Cast) -> None:
    worker, colleague = cast["colleague"], cast["assigned"]
    number = referred(worker)
    mine, theirs = referral_for(worker, number), referral_for(colleague, number)
    actions.write_page(mine, Written(Page.NEEDS, 1, {"needs": "shoes"}, {"urgent_needs": ["clothing"]}), by=worker)
    actions.write_page(theirs, Written(Page.REASON, 1, {"reason": "other"}), by=colleague)
    with pytest.raises(Conflict):
        actions.write_page(theirs, Written(Page.NEEDS, 1, {"needs": "coat"}, {"urgent_needs": []}), by=colleague)
    again = referral_for(worker, number)
    assert again.words[Page.NEEDS] == {"needs": "shoes"}
    assert again.words[Page.REASON] == {"reason": "other"}


def test_a_page_stores_its_own_columns_only(cast: Cast) -> None:
    number = referred(cast["colleague"])
    with pytest.raises(ValueError, match="not a column"):
        write(number, cast["colleague"], Page.NEEDS, {}, state=State.ACCEPTED)


def test_a_known_woman_is_linked_and_her_file_stays_as_it_is(cast: Cast) -> None:
    worker = cast["assigned"]
    before = Person.objects.count()
    case = cast.case()
    number = actions.start_referral(by=worker, known=case.person)
    assert Person.objects.count() == before
    referral = referral_for(worker, number)
    about = Written(Page.ABOUT, 0, {"more": "new"}, {"children": 2})
    actions.write_about(referral, about, by=worker, particulars=NOBODY, identity={"phone": "1"})
    assert found_by_name(worker, PHONE) == [case.person]
    assert case_for(worker, cast.code).called == case.called


def test_a_referral_about_a_woman_accompanied_already_reaches_her_referent(cast: Cast) -> None:
    case = cast.case()
    number = actions.start_referral(by=cast["colleague"], known=case.person)
    write(number, cast["colleague"], Page.SENDER, {}, sender_kind="police")
    actions.hand_in(referral_for(cast["colleague"], number), by=cast["colleague"])
    accepted(cast["colleague"], number)
    assert Case.objects.filter(person=case.person).count() == 1
    assert cast.case().referent == cast["assigned"].member
    assert Due.objects.get(case=case.id, kind=DueKind.REFERRAL).member_id == cast["assigned"].member
    with pytest.raises(NotThere):
        case_for(cast["colleague"], cast.code)


def test_coming_back_reopens_the_case_with_its_history(cast: Cast) -> None:
    case = cast.case()
    Case.objects.filter(pk=case.id).update(status=Status.CLOSED, outcome="left", closed_on=in_days(-9))
    number = actions.start_referral(by=cast["colleague"], known=case.person)
    write(number, cast["colleague"], Page.SENDER, {}, sender_kind="self")
    actions.hand_in(referral_for(cast["colleague"], number), by=cast["colleague"])
    accepted(cast["colleague"], number)
    again = case_for(cast["colleague"], cast.code)
    assert (again.status, again.outcome, again.closed_on) == (Status.ACCOMPANIED, "", None)
    assert again.referent == cast["colleague"].member
    assert Event.objects.filter(case=case.id, verb="note written").exists()


def test_a_draft_that_turns_out_to_be_a_known_woman_moves_to_her_code(cast: Cast) -> None:
    worker, known = cast["colleague"], cast.case()
    number = referred(cast["hotline"])
    referral = referral_for(worker, number)
    actions.link_to_known(referral, known.person, by=worker)
    moved = referral_for(worker, number)
    assert (moved.person, moved.code, moved.known_before) == (known.person, cast.code, True)
    assert moved.words == referral.words
    assert not Person.objects.filter(pk=referral.person).exists()
    assert not Identity.objects.filter(person=referral.person).exists()
    assert found_by_name(worker, FAMILY_NAME) == [known.person]
    assert found_by_name(worker, NEWCOMER_FAMILY) == [known.person]


def test_the_key_of_a_draft_is_destroyed_once_it_moved(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    worker = cast["colleague"]
    referral = referral_for(worker, referred(cast["hotline"]))
    with django_capture_on_commit_callbacks() as once_saved:
        actions.link_to_known(referral, cast.case().person, by=worker)
    key = PersonKey.objects.using("keys").filter(person=referral.person)
    assert key.exists()
    for callback in once_saved:
        callback()
    assert not key.exists()


def test_a_discarded_draft_is_erased_with_its_key_and_the_log_says_why(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    hotline = cast["hotline"]
    referral = referral_for(hotline, referred(hotline, hand_in=False))
    assert referral.words[Page.REASON] == {"reason": REASON}
    with django_capture_on_commit_callbacks(execute=True):
        actions.discard_draft(referral, by=hotline, why=Discarding.TWICE)
    for rows in (Referral.objects, Identity.objects, PersonKey.objects.using("keys")):
        assert not rows.filter(person=referral.person).exists()
    assert not Person.objects.filter(pk=referral.person).exists()
    entry = Entry.objects.get(verb="referral discarded")
    assert (entry.member, entry.person, entry.facts) == (hotline.member, referral.person, '{"why": "twice"}')


def test_a_known_woman_keeps_her_code_and_her_words_when_a_draft_about_her_is_discarded(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    worker, her = cast["colleague"], cast.case()
    number = actions.start_referral(by=worker, known=her.person)
    with django_capture_on_commit_callbacks(execute=True):
        actions.discard_draft(referral_for(worker, number), by=worker, why=Discarding.MISTAKE)
    assert not Referral.objects.filter(pk=number).exists()
    assert cast.case().called == her.called != ""
    assert found_by_name(worker, FAMILY_NAME) == [her.person]


def test_a_woman_whom_two_drafts_are_about_stays_until_the_last_is_discarded(cast: Cast) -> None:
    worker = cast["colleague"]
    first = referral_for(worker, referred(worker, hand_in=False))
    second = referral_for(worker, actions.start_referral(by=worker, known=first.person))
    actions.discard_draft(first, by=worker, why=Discarding.MISTAKE)
    assert Person.objects.filter(pk=first.person).exists()
    actions.discard_draft(second, by=worker, why=Discarding.HER_WISH)
    assert not Person.objects.filter(pk=first.person).exists()


def test_what_was_handed_over_is_not_discarded_even_where_the_page_still_shows_a_draft(cast: Cast) -> None:
    worker = cast["colleague"]
    shown = referral_for(worker, referred(worker, hand_in=False))
    actions.hand_in(shown, by=worker)
    with pytest.raises(Refused):
        actions.discard_draft(shown, by=worker, why=Discarding.MISTAKE)
    assert Referral.objects.get(pk=shown.id).state == State.TO_DECIDE


def test_the_vault_tells_who_she_may_be(cast: Cast) -> None:
    worker = cast["colleague"]
    number = actions.start_referral(by=worker)
    referral = referral_for(worker, number)
    about = Written(Page.ABOUT, 0, {}, {})
    actions.write_about(referral, about, by=worker, particulars=NOBODY, identity={"phone": "0034600123987"})
    assert [known.code for known in queries.perhaps_known(worker, referral)] == [cast.code]
    assert queries.perhaps_known(worker, referral_for(worker, referred(worker))) == []


def test_waiting_ends_in_another_decision_and_both_are_kept(cast: Cast) -> None:
    worker = cast["colleague"]
    number = referred(worker)
    waiting = Judgement(Verdict.WAIT, "no_place", wait_until=in_days(3))
    deciding.decide(referral_for(worker, number), waiting, by=worker)
    referral = accepted(worker, number)
    assert [one.verdict for one in queries.resolutions_of(worker, referral)] == ["accept", "wait"]


@pytest.mark.parametrize("days", [0, -3])
def test_waiting_needs_a_day_to_come(cast: Cast, days: int) -> None:
    worker = cast["colleague"]
    judgement = Judgement(Verdict.WAIT, "no_place", wait_until=in_days(days))
    with pytest.raises(Refused, match="a day to come"):
        deciding.decide(referral_for(worker, referred(worker)), judgement, by=worker)


def test_what_is_decided_is_not_decided_or_changed_again(cast: Cast) -> None:
    worker = cast["colleague"]
    number = referred(worker)
    before = accepted(worker, number)
    with pytest.raises(Refused):
        deciding.decide(before, Judgement(Verdict.ACCEPT, "fits", referent=worker.member), by=worker)
    with pytest.raises(Refused):
        actions.write_page(before, Written(Page.REASON, 1, {"reason": "late"}), by=worker)
    assert Case.objects.filter(person=before.person).count() == 1


def test_nobody_becomes_referent_from_another_organisation(cast: Cast) -> None:
    number = referred(cast["colleague"])
    with pytest.raises(NotThere):
        accepted(cast["colleague"], number, referent=cast["stranger"].member)
    assert referral_for(cast["colleague"], number).state is State.TO_DECIDE


def test_today_counts_what_waits_for_a_decision(cast: Cast) -> None:
    worker = cast["colleague"]
    assert queries.to_decide(worker) == queries.ToDecide(0, None, 0)
    referred(cast["hotline"], hand_in=False)
    referred(cast["hotline"])
    number = referred(cast["hotline"])
    deciding.decide(referral_for(worker, number), Judgement(Verdict.WAIT, "no_place", wait_until=in_days(1)), by=worker)
    assert queries.to_decide(worker) == queries.ToDecide(1, clock.today("Europe/Madrid"), 0)
    with clock.standing_at(clock.now() + timedelta(days=2)):
        assert queries.to_decide(worker).look_again == 1
    assert queries.to_decide(cast["hotline"]) == queries.ToDecide(0, None, 0)
    assert queries.to_decide(cast["foreign_coordinator"]) == queries.ToDecide(0, None, 0)
