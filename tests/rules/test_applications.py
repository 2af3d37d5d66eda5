"""Documents and applications: which days fit, when one is expired, and until when somebody has to act."""

from datetime import date

import pytest

from amparo.areas.entitlements.paperwork import kinds
from amparo.areas.entitlements.rules.applications import (
    KEPT,
    Days,
    Sort,
    State,
    may_stand,
    state_on,
    watched_until,
    with_day,
)

TODAY = date(2026, 3, 1)
BEFORE, AFTER = date(2026, 2, 1), date(2026, 4, 1)


def test_what_was_received_is_expired_from_the_day_after_its_last_day() -> None:
    assert state_on(State.RECEIVED, TODAY, TODAY) is State.RECEIVED
    assert state_on(State.RECEIVED, BEFORE, TODAY) is State.EXPIRED
    assert state_on(State.RECEIVED, None, TODAY) is State.RECEIVED
    assert state_on(State.REQUESTED, BEFORE, TODAY) is State.REQUESTED


@pytest.mark.parametrize("name", ["requested", "received", "refused", "appealed"])
def test_nothing_that_happened_lies_ahead(name: str) -> None:
    assert not may_stand(State.REQUESTED, Days(**{name: AFTER}), today=TODAY)
    assert may_stand(State.REQUESTED, Days(**{name: TODAY}), today=TODAY)


def test_the_days_follow_one_another() -> None:
    assert not may_stand(State.RECEIVED, Days(requested=TODAY, received=BEFORE), today=TODAY)
    assert not may_stand(State.RECEIVED, Days(received=TODAY, expires=BEFORE), today=TODAY)
    assert may_stand(State.RECEIVED, Days(requested=BEFORE, received=TODAY, expires=AFTER), today=TODAY)


def test_expired_is_worked_out_and_never_kept() -> None:
    assert not may_stand(State.EXPIRED, Days(), today=TODAY)
    assert set(KEPT) == set(State) - {State.EXPIRED}


def test_a_step_gets_its_day_once() -> None:
    once = with_day(State.REQUESTED, Days(expires=AFTER), BEFORE)
    assert once == Days(requested=BEFORE, expires=AFTER)
    assert with_day(State.REQUESTED, once, TODAY) == once
    assert with_day(State.TO_REQUEST, once, TODAY) == once


def test_only_what_she_holds_is_watched_for_its_last_day() -> None:
    assert watched_until(State.RECEIVED, AFTER) == AFTER
    assert watched_until(State.REQUESTED, AFTER) is None


def test_the_kinds_are_documents_and_applications() -> None:
    assert {one.sort for one in kinds().values()} == set(Sort)
    assert {"passport", "residence_permit", "asylum", "legal_aid", "bank_account"} <= set(kinds())
