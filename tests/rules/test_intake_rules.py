"""What a referral and a first interview can be and become."""

import inspect
from itertools import product

import pytest

from amparo.areas.access import rules as access
from amparo.areas.access.rules import Viewer
from amparo.areas.cases import rules as cases
from amparo.areas.cases.rules import Move, Status
from amparo.areas.intake import rules
from amparo.areas.intake.catalogue import ANSWER_KEYS, QUESTION_KEYS
from amparo.areas.intake.rules import AFTER_INTERVIEW, AFTER_VERDICT, Page, State, Verdict
from amparo.areas.orgs.rules import Role

WORKER = Viewer(member=1, organisation=1, role=Role.CASEWORKER)
OPERATOR = Viewer(member=2, organisation=1, role=Role.HOTLINE_OPERATOR)
LAWYER = Viewer(member=3, organisation=1, role=Role.LAWYER)
UNTRAINED = Viewer(member=4, organisation=1, role=Role.CASEWORKER, cleared=False)
ALL_ASKED = dict.fromkeys(QUESTION_KEYS, "asked_not_known")


@pytest.mark.parametrize("state", State)
def test_who_decides_sees_every_referral_until_it_belongs_to_a_case(state: State) -> None:
    assert bool(rules.may_see(WORKER, taken_by=99, state=state)) is (state is not State.ACCEPTED)


@pytest.mark.parametrize(("state", "taken_by"), list(product(State, (2, 99))))
def test_an_operator_sees_only_her_own_and_only_until_they_are_decided(state: State, taken_by: int) -> None:
    sees = rules.may_see(OPERATOR, taken_by=taken_by, state=state)
    assert bool(sees) is (taken_by == OPERATOR.member and state in rules.UNDECIDED)


@pytest.mark.parametrize("viewer", [LAWYER, UNTRAINED])
def test_others_see_none(viewer: Viewer) -> None:
    assert not any(rules.may_see(viewer, taken_by=viewer.member, state=state) for state in State)


@pytest.mark.parametrize("state", State)
def test_pages_change_until_the_decision(state: State) -> None:
    assert bool(rules.may_change(state)) is (state in {State.DRAFT, State.TO_DECIDE, State.WAITING})


@pytest.mark.parametrize("state", State)
def test_a_draft_is_handed_in_as_soon_as_the_sender_is_noted(state: State) -> None:
    assert bool(rules.may_hand_in(state, {Page.SENDER.value})) is (state is State.DRAFT)
    assert not rules.may_hand_in(state, {page.value for page in Page if page is not Page.SENDER})


@pytest.mark.parametrize("state", State)
def test_only_those_who_decide_decide_and_only_what_is_handed_in(state: State) -> None:
    assert bool(rules.may_decide(WORKER, state)) is (state in {State.TO_DECIDE, State.WAITING})
    assert not rules.may_decide(OPERATOR, state)


def test_an_interview_waits_until_all_six_were_asked() -> None:
    for missing in QUESTION_KEYS:
        answers = {key: "no" for key in QUESTION_KEYS if key != missing}
        assert rules.open_questions(answers) == (missing,)
        decision = rules.may_book_first_interview(answers)
        assert not decision
        assert "R6" in decision.source
    assert not rules.may_book_first_interview({})
    assert not rules.may_book_first_interview({**ALL_ASKED, QUESTION_KEYS[0]: "perhaps"})


def test_whatever_the_six_answers_are_she_can_be_met() -> None:
    for answers in product(ANSWER_KEYS, repeat=len(QUESTION_KEYS)):
        assert rules.may_book_first_interview(dict(zip(QUESTION_KEYS, answers, strict=True)))


def test_what_must_be_sure_is_sure_before_she_comes() -> None:
    assert rules.is_prepared({"a", "b", "c"}, {"a", "b"})
    assert rules.is_prepared({"a", "b"}, {"a", "b"})
    assert not rules.is_prepared({"a", "c"}, {"a", "b"})


def test_a_way_of_reaching_her_counts_only_if_she_agreed_to_it() -> None:
    assert rules.agreed_channels({"agreed_to_contact"}, ["call", "sms"]) == ("call", "sms")
    assert rules.agreed_channels({"who_we_are"}, ["call", "sms"]) == ()


@pytest.mark.parametrize(
    "typed",
    ["Calle Mayor 5", "c/ Mayor 5", "12 Long Road", "Via Roma, 3", "14 Mill St.", "rue du Bac 7", "Avda. Sol 21"],
)
def test_an_address_is_no_meeting_point(typed: str) -> None:
    assert not rules.is_meeting_point(typed)


@pytest.mark.parametrize(
    "typed",
    ["Metro Sants, exit 2", "The fountain on the square", "Corner of Calle Mayor", "Bus stop 14", "Estación, andén 3"],
)
def test_a_stop_a_station_and_a_square_are_meeting_points(typed: str) -> None:
    assert rules.is_meeting_point(typed)


@pytest.mark.parametrize(
    ("verdict", "given", "whole"),
    [
        (Verdict.ACCEPT, {"referent": 1}, True),
        (Verdict.ACCEPT, {}, False),
        (Verdict.ACCEPT, {"referent": 1, "reason": ""}, False),
        (Verdict.REDIRECT, {"where_to": "On the Road"}, True),
        (Verdict.REDIRECT, {"where_to": "  "}, False),
        (Verdict.WAIT, {"waits": True}, True),
        (Verdict.WAIT, {}, False),
    ],
)
def test_a_decision_says_all_that_the_next_one_must_know(
    verdict: Verdict, given: dict[str, object], whole: bool
) -> None:
    facts: dict[str, object] = {"reason": "fits", "where_to": "", "waits": False, "referent": None, **given}
    assert bool(rules.is_whole(verdict, **facts)) is whole  # type: ignore[arg-type]


@pytest.mark.parametrize("state", State)
def test_a_draft_moves_to_a_known_code_unless_it_has_a_past_of_its_own(state: State) -> None:
    free = rules.may_be_linked(state, known_before=False, has_case=False)
    assert bool(free) is (state in rules.UNDECIDED)
    assert not rules.may_be_linked(state, known_before=True, has_case=False)
    assert not rules.may_be_linked(state, known_before=False, has_case=True)


def test_every_decision_and_every_answer_leads_somewhere() -> None:
    assert set(AFTER_VERDICT) == set(Verdict)
    assert set(AFTER_INTERVIEW) == set(rules.Answer)
    assert AFTER_INTERVIEW[rules.Answer.YES] is Move.SAY_YES
    assert AFTER_INTERVIEW[rules.Answer.NOT_YET] is None


@pytest.mark.parametrize("status", Status)
def test_there_is_a_first_interview_only_while_she_has_not_decided(status: Status) -> None:
    assert bool(rules.may_hold_interview(status)) is (status is Status.MEETING)


def test_no_rule_is_told_of_cooperation_identification_or_legal_status() -> None:
    """R1: what a rule is not told it cannot decide by."""
    told = {
        name
        for module in (access, cases, rules)
        for _, function in inspect.getmembers(module, inspect.isfunction)
        for name in inspect.signature(function).parameters
    }
    words = ("cooperat", "identif", "legal", "permit", "papers", "police", "court", "witness", "citizen", "asylum")
    assert told
    assert not [name for name in told if any(word in name for word in words)]


@pytest.mark.parametrize("state", State)
def test_only_a_draft_is_discarded(state: State) -> None:
    assert bool(rules.may_discard(state)) is (state is State.DRAFT)
