"""When something of hers is put right, erased, or kept longer."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from amparo.areas.rights import rules
from amparo.areas.rights.rules import Correcting, Erasing, Obligation, Stand

TODAY = date(2026, 3, 10)
READY = Stand(Erasing.WAITING, 1, 2, Obligation.NOTHING, None, TODAY)


@pytest.mark.parametrize("state", Erasing)
@pytest.mark.parametrize("obligation", Obligation)
def test_nothing_is_erased_until_all_of_it_is_true(state: Erasing, obligation: Obligation) -> None:
    around = (TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=1))
    for agreed, keep_until, not_before, confirmed in product((None, 2), (None, *around), around, (True, False)):
        stand = Stand(state, 1, agreed, obligation, keep_until, not_before)
        is_free = obligation is Obligation.NOTHING or (keep_until is not None and keep_until <= TODAY)
        expected = state is Erasing.WAITING and agreed is not None and not_before <= TODAY and is_free and confirmed
        decision = rules.may_carry_out(stand, today=TODAY, is_confirmed=confirmed)
        assert decision.allowed is expected, stand
        assert bool(decision.reason and decision.source) is not expected, stand


@pytest.mark.parametrize("state", Erasing)
def test_a_second_person_agrees_once_and_she_may_think_again_until_it_is_done(state: Erasing) -> None:
    waiting = replace(READY, state=state, agreed_by=None)
    assert bool(rules.may_agree(waiting, by=2)) is (state is Erasing.WAITING)
    assert not rules.may_agree(waiting, by=1)
    assert not rules.may_agree(replace(waiting, agreed_by=3), by=2)
    assert bool(rules.may_call_off(waiting)) is (state is Erasing.WAITING)


def test_all_of_her_waits_longer_than_one_narrative_and_both_less_than_the_month_for_an_answer() -> None:
    one = rules.has_time_to_think(whole=False, asked_on=TODAY)
    everything = rules.has_time_to_think(whole=True, asked_on=TODAY)
    assert TODAY < one < everything < TODAY + rules.ANSWER_WITHIN


@pytest.mark.parametrize("obligation", Obligation)
def test_what_a_law_makes_us_keep_has_an_end(obligation: Obligation) -> None:
    free = obligation is Obligation.NOTHING
    for until in (None, TODAY):
        assert bool(rules.is_told_why_kept(obligation, keep_until=until, today=TODAY)) is free
    assert rules.is_told_why_kept(obligation, keep_until=TODAY + timedelta(days=1), today=TODAY)


@pytest.mark.parametrize("state", Correcting)
def test_a_wish_to_correct_is_decided_once_and_a_no_is_explained(state: Correcting) -> None:
    assert bool(rules.may_correct_now(state)) is (state is Correcting.ASKED)
    assert bool(rules.is_explained(state, why=" ")) is (state is not Correcting.BESIDE)
    assert rules.is_explained(state, why="The doctor wrote it so.")


@pytest.mark.parametrize(
    ("years", "reason", "allowed"),
    [(1, "why", True), (10, "why", True), (0, "why", False), (11, "why", False), (5, " ", False)],
)
def test_an_organisation_keeps_longer_or_shorter_within_bounds_and_says_why(
    years: int, reason: str, allowed: bool
) -> None:
    decision = rules.may_last(years, lowest=1, highest=10, reason=reason)
    assert (decision.allowed, bool(decision.reason)) == (allowed, not allowed)


@pytest.mark.parametrize(
    ("until", "reason", "allowed"),
    [
        (TODAY, "why", False),
        (TODAY + timedelta(days=1), "why", True),
        (date(2031, 3, 10), "why", True),
        (date(2031, 3, 11), "why", False),
        (TODAY + timedelta(days=1), "", False),
    ],
)
def test_what_is_due_to_go_is_kept_longer_with_a_reason_and_an_end(until: date, reason: str, allowed: bool) -> None:
    assert bool(rules.may_keep_longer(until=until, today=TODAY, reason=reason)) is allowed


@pytest.mark.parametrize(
    ("closed_on", "due"),
    [(None, False), (date(2021, 3, 10), True), (date(2021, 3, 11), False), (date(2020, 2, 29), True)],
)
def test_a_closed_case_is_due_to_go_after_its_years(closed_on: date | None, due: bool) -> None:
    assert rules.is_due_to_go(closed_on=closed_on, years=5, today=TODAY) is due


def test_the_29th_of_february_is_over_on_the_28th() -> None:
    assert rules.years_later(date(2024, 2, 29), 1) == date(2025, 2, 28)
    assert rules.years_later(date(2024, 2, 29), 4) == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("typed", "same"), [("7K3M-9QX", True), ("7k3m 9qx", True), ("", False), ("-", False), ("7K3M-9QY", False)]
)
def test_her_code_is_typed_whole(typed: str, same: bool) -> None:
    assert rules.code_is_typed(typed, "7K3M-9QX") is same
