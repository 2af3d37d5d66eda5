"""Requests of police, courts and offices: what can be done when, and what opens something about her (R1, R2)."""

import ast
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pytest

from amparo.areas.consent import catalogue
from amparo.areas.consent.rules import Ground, HerKnowing
from amparo.areas.consent.rules import requests as rules
from amparo.areas.consent.rules.requests import Basis, DueWhy, Move, Silence, Standing, State, Verdict, Weighed

TODAY = date(2026, 3, 4)
# What can be done in each state, and where it leads.
TABLE: dict[State, dict[Move, State]] = {
    State.RECEIVED: {
        Move.LINK: State.RECEIVED,
        Move.ADD_PAPER: State.RECEIVED,
        Move.NAME_BASIS: State.WEIGHED,
        Move.TAKE_BACK: State.TAKEN_BACK,
        Move.ADVISE: State.RECEIVED,
        Move.TELL: State.RECEIVED,
    },
    State.WEIGHED: {
        Move.LINK: State.WEIGHED,
        Move.ADD_PAPER: State.WEIGHED,
        Move.NAME_BASIS: State.WEIGHED,
        Move.DECIDE: State.DECIDED,
        Move.TAKE_BACK: State.TAKEN_BACK,
        Move.ADVISE: State.WEIGHED,
        Move.TELL: State.WEIGHED,
    },
    State.DECIDED: {
        Move.LINK: State.DECIDED,
        Move.ADD_PAPER: State.DECIDED,
        Move.NAME_BASIS: State.WEIGHED,
        Move.DECIDE: State.DECIDED,
        Move.ANSWER: State.ANSWERED,
        Move.TAKE_BACK: State.TAKEN_BACK,
        Move.ADVISE: State.DECIDED,
        Move.TELL: State.DECIDED,
    },
    State.ANSWERED: {Move.ADVISE: State.ANSWERED, Move.TELL: State.ANSWERED},
    State.TAKEN_BACK: {Move.ADVISE: State.TAKEN_BACK, Move.TELL: State.TAKEN_BACK},
}


@pytest.mark.parametrize(("state", "move"), list(product(State, Move)))
def test_every_move_in_every_state(state: State, move: Move) -> None:
    decision = rules.may_move(state, move)
    assert bool(decision) is (move in TABLE[state])
    if decision:
        assert rules.after(state, move) is TABLE[state][move]
    else:
        assert decision.reason


@pytest.mark.parametrize("basis", Basis)
def test_only_no_basis_at_all_needs_no_words(basis: Basis) -> None:
    assert rules.is_basis_whole(basis, "order 12 of the court")
    assert bool(rules.is_basis_whole(basis, " ")) is (basis is Basis.NONE)


@pytest.mark.parametrize(("verdict", "basis", "is_linked"), list(product(Verdict, Basis, (True, False))))
def test_only_a_court_danger_to_life_or_her_yes_opens_something_about_her(
    verdict: Verdict, basis: Basis, is_linked: bool
) -> None:
    allowed = rules.may_decide(verdict, Weighed(basis, "words", is_linked), reason="because")
    opened = {
        Verdict.NOTHING: True,
        Verdict.MINIMAL: is_linked and basis in (Basis.COURT_ORDER, Basis.DANGER_TO_LIFE, Basis.HER_CONSENT),
        Verdict.AS_ORDERED: is_linked and basis is Basis.COURT_ORDER,
    }
    assert bool(allowed) is opened[verdict]


def test_what_opens_a_request_is_what_opens_a_disclosure_to_others_than_herself() -> None:
    assert set(rules.OPENS.values()) == set(Ground) - {Ground.OTHER, Ground.HER_OWN}


@pytest.mark.parametrize("verdict", Verdict)
def test_every_decision_has_a_reason(verdict: Verdict) -> None:
    assert not rules.may_decide(verdict, Weighed(Basis.COURT_ORDER, "words", is_linked=True), reason=" ")


@pytest.mark.parametrize(("verdict", "shared"), list(product(Verdict, ((), ("code",)))))
def test_the_answer_fits_the_decision(verdict: Verdict, shared: tuple[str, ...]) -> None:
    assert bool(rules.may_answer(verdict, shared=shared, words="words")) is (
        (verdict is Verdict.NOTHING) != bool(shared)
    )
    assert not rules.may_answer(verdict, shared=shared, words=" ")


def knowing(known: HerKnowing, **more: object) -> bool:
    asked: dict[str, object] = {"silence": "", "why_not": "", "look_again_on": None, "told_on": None, **more}
    return bool(rules.may_keep_silent(known, today=TODAY, **asked))  # type: ignore[arg-type]


def test_told_is_told_on_a_day_that_has_come() -> None:
    assert knowing(HerKnowing.TOLD, told_on=TODAY)
    assert not knowing(HerKnowing.TOLD)
    assert not knowing(HerKnowing.TOLD, told_on=TODAY + timedelta(days=1))
    assert knowing(HerKnowing.NOT_YET)


@pytest.mark.parametrize(
    ("days", "silence", "why_not", "expected"),
    [
        (1, Silence.ENDANGERS_HER, "he reads her post", True),
        (92, Silence.ORDERED, "order 12", True),
        (93, Silence.ORDERED, "order 12", False),
        (0, Silence.ORDERED, "order 12", False),
        (1, "", "order 12", False),
        (1, Silence.ORDERED, " ", False),
    ],
)
def test_silence_has_a_ground_and_a_day_to_look_again(days: int, silence: str, why_not: str, expected: bool) -> None:
    again = TODAY + timedelta(days=days)
    assert knowing(HerKnowing.ENDANGERS, silence=silence, why_not=why_not, look_again_on=again) is expected
    assert not knowing(HerKnowing.ENDANGERS, silence=silence, why_not=why_not)


def test_a_request_came_today_or_before_and_is_due_after_that() -> None:
    assert rules.is_received_whole(TODAY, None, today=TODAY)
    assert rules.is_received_whole(TODAY, TODAY, today=TODAY)
    assert not rules.is_received_whole(TODAY + timedelta(days=1), None, today=TODAY)
    assert not rules.is_received_whole(TODAY, TODAY - timedelta(days=1), today=TODAY)


@pytest.mark.parametrize(("state", "known", "is_linked"), list(product(State, HerKnowing, (True, False))))
def test_what_is_due_about_a_request(state: State, known: HerKnowing, is_linked: bool) -> None:
    later = TODAY + timedelta(days=30)
    due = rules.what_is_due(Standing(state, TODAY, known, later, is_linked))
    expected: list[tuple[DueWhy, date | None]] = []
    if state not in (State.ANSWERED, State.TAKEN_BACK):
        expected.append((DueWhy.ANSWER, TODAY))
    if is_linked and state in (State.DECIDED, State.ANSWERED, State.TAKEN_BACK):
        tell: dict[HerKnowing, list[tuple[DueWhy, date | None]]] = {
            HerKnowing.NOT_YET: [(DueWhy.TELL_HER, None)],
            HerKnowing.ENDANGERS: [(DueWhy.LOOK_AGAIN, later)],
            HerKnowing.TOLD: [],
        }
        expected += tell[known]
    assert due == expected


def test_every_basis_is_worded_with_its_source() -> None:
    assert set(catalogue.request_bases()) == {one.value for one in Basis}


def test_the_words_that_give_nothing_say_nothing_of_her() -> None:
    for text in catalogue.letter_words()["nothing"].values():
        assert "{" not in text


def test_no_rule_of_the_request_desk_reads_cooperation_identification_or_status() -> None:
    names = {
        node.id for node in ast.walk(ast.parse(Path(rules.__file__).read_text("utf-8"))) if isinstance(node, ast.Name)
    }
    names |= {
        node.attr
        for node in ast.walk(ast.parse(Path(rules.__file__).read_text("utf-8")))
        if isinstance(node, ast.Attribute)
    }
    assert "basis" in names
    assert not [name for name in names for word in ("cooperat", "identified", "legal_status") if word in name.lower()]
