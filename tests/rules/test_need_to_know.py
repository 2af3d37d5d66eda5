"""Openings in danger to life and questions for an identity: every state, at every moment."""

from datetime import UTC, datetime, timedelta

import pytest

from amparo.areas.cases.rules import (
    GLASS_TIME,
    YES_TIME,
    Ask,
    Glass,
    ask_state,
    glass_state,
    may_be_answered,
    may_record_look,
)

NOW = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("until", "looked_at", "state"),
    [
        (NOW + MINUTE, None, Glass.RUNNING),
        (NOW + MINUTE, NOW - MINUTE, Glass.RUNNING),
        (NOW, None, Glass.ENDED),
        (NOW - MINUTE, None, Glass.ENDED),
        (NOW - MINUTE, NOW, Glass.LOOKED_AT),
    ],
)
def test_an_opening_in_danger_runs_ends_and_is_looked_at(
    until: datetime, looked_at: datetime | None, state: Glass
) -> None:
    assert glass_state(until=until, looked_at=looked_at, now=NOW) is state


@pytest.mark.parametrize("state", Glass)
def test_it_is_looked_at_once_and_afterwards(state: Glass) -> None:
    decision = may_record_look(state)
    assert decision.allowed == (state is Glass.ENDED)
    assert decision.allowed or decision.reason


@pytest.mark.parametrize(
    ("answered_at", "until", "state"),
    [
        (None, None, Ask.WAITING),
        (NOW, None, Ask.REFUSED),
        (NOW, NOW + YES_TIME, Ask.GRANTED),
        (NOW - YES_TIME, NOW, Ask.OVER),
    ],
)
def test_a_question_waits_is_answered_and_its_yes_ends(
    answered_at: datetime | None, until: datetime | None, state: Ask
) -> None:
    assert ask_state(answered_at=answered_at, until=until, now=NOW) is state


@pytest.mark.parametrize("state", Ask)
def test_only_a_waiting_question_is_answered(state: Ask) -> None:
    assert may_be_answered(state).allowed == (state is Ask.WAITING)


def test_danger_opens_for_three_hours() -> None:
    assert timedelta(hours=3) == GLASS_TIME
