"""What can be recorded in a stage, in every state of it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from amparo.areas.entitlements.rules.pathways import Happened, Line, Outcome, State, What
from amparo.areas.entitlements.rules.recording import can_happen, may_record
from amparo.areas.entitlements.rules.scheme import Length, Source, Stage

STAGE = Stage(id="only", title={}, who="court", due={}, lasts=Length(days=45), source=Source(cite="FIIT", where="x"))
FIRST, LAST = date(2013, 6, 1), date(2013, 7, 15)
TODAY = date(2013, 6, 20)
RUNNING = Line(STAGE, State.RUNNING, starts_on=FIRST, due_on=LAST)
OVERDUE = replace(RUNNING, state=State.OVERDUE, due_on=date(2013, 6, 19))
SUSPENDED = replace(RUNNING, state=State.SUSPENDED, due_on=None, suspended_on=date(2013, 6, 10))
TO_APPEAL = replace(RUNNING, outcome=Outcome.NEGATIVE, ended_on=date(2013, 6, 5), to_appeal=True)
APPEALED = replace(TO_APPEAL, state=State.APPEALED, to_appeal=False)
DONE = replace(RUNNING, state=State.DONE, ended_on=date(2013, 6, 5))
NO = replace(DONE, outcome=Outcome.NEGATIVE)
YES = replace(DONE, outcome=Outcome.POSITIVE)

S, E, P, R, D, A, B, H = What


@pytest.mark.parametrize(
    ("line", "possible"),
    [
        (Line(STAGE), (S, D)),
        (RUNNING, (E, P, D, H)),
        (OVERDUE, (E, D, H)),
        (SUSPENDED, (R, D)),
        (TO_APPEAL, (A, H)),
        (APPEALED, (B,)),
        (DONE, (D,)),
        (NO, (A,)),
        (YES, ()),
    ],
)
def test_in_each_state_only_what_can_happen_is_offered(line: Line, possible: tuple[What, ...]) -> None:
    assert can_happen(line) == possible
    for what in set(What) - set(possible):
        assert "does not fit" in says(line, Happened("only", what, FIRST))


def says(line: Line, event: Happened) -> str:
    return may_record(line, event, today=TODAY).reason


def test_what_happened_can_be_recorded() -> None:
    day = date(2013, 6, 12)
    for line, event in (
        (Line(STAGE), Happened("only", S, date(2012, 1, 1))),
        (RUNNING, Happened("only", E, day, by=Length(days=3))),
        (RUNNING, Happened("only", E, day, until=LAST + timedelta(1))),
        (RUNNING, Happened("only", P, day)),
        (RUNNING, Happened("only", P, day, until=day)),
        (replace(RUNNING, due_on=None), Happened("only", P, day)),
        (SUSPENDED, Happened("only", R, day)),
        (OVERDUE, Happened("only", D, day, outcome=Outcome.POSITIVE)),
        (Line(STAGE), Happened("only", D, day, outcome=Outcome.WITHDRAWN)),
        (NO, Happened("only", A, day)),
        (APPEALED, Happened("only", B, day, outcome=Outcome.POSITIVE)),
        (TO_APPEAL, Happened("only", H, day)),
    ):
        assert may_record(line, event, today=TODAY).allowed, (line, event)


def test_a_stage_that_has_not_begun_gets_no_decision() -> None:
    assert "does not fit" in says(Line(STAGE), Happened("only", D, FIRST, outcome=Outcome.POSITIVE))


def test_nothing_is_recorded_that_has_not_happened_yet() -> None:
    assert "still to come" in says(RUNNING, Happened("only", H, TODAY + timedelta(1)))


def test_nothing_happens_before_the_stage_began_or_the_decision_fell() -> None:
    assert "before the first day" in says(RUNNING, Happened("only", H, FIRST - timedelta(1)))
    assert "before the first day" in says(NO, Happened("only", A, date(2013, 6, 4)))


def test_an_extension_says_how_long_and_is_later() -> None:
    day = date(2013, 6, 12)
    assert "by how long" in says(RUNNING, Happened("only", E, day))
    assert "not both" in says(RUNNING, Happened("only", E, day, by=Length(days=1), until=date(2014, 1, 1)))
    assert "never makes it earlier" in says(RUNNING, Happened("only", E, day, until=LAST))
    assert "by how long" in says(replace(RUNNING, due_on=None), Happened("only", E, day, by=Length(days=1)))
    assert not says(replace(RUNNING, due_on=None), Happened("only", E, day, until=date(2014, 1, 1)))


def test_the_clock_stands_still_within_the_time_and_runs_again_later() -> None:
    assert "before it stood still" in says(RUNNING, Happened("only", P, TODAY, until=FIRST))
    assert "time was over" in says(replace(RUNNING, due_on=date(2013, 6, 5)), Happened("only", P, TODAY))
    assert "before it stood still" in says(SUSPENDED, Happened("only", R, date(2013, 6, 9)))
