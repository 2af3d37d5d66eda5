"""Where a case can stand and go, who changes its team, and how it is handed over."""

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest

from amparo.areas.access.rules import Part
from amparo.areas.cases import rules
from amparo.areas.cases.rules import (
    Move,
    Status,
    after,
    may_change_team,
    may_correct,
    may_hand_over,
    may_leave_team,
    may_move,
    may_still_change,
    when_due,
)

WAYS = {
    (Status.MEETING, Move.SAY_YES): Status.ACCOMPANIED,
    (Status.MEETING, Move.CLOSE): Status.CLOSED,
    (Status.MEETING, Move.CLOSE_AND_ASK): Status.FOLLOW_UP,
    (Status.ACCOMPANIED, Move.CLOSE): Status.CLOSED,
    (Status.ACCOMPANIED, Move.CLOSE_AND_ASK): Status.FOLLOW_UP,
    (Status.FOLLOW_UP, Move.END_FOLLOW_UP): Status.CLOSED,
    (Status.FOLLOW_UP, Move.COME_BACK): Status.ACCOMPANIED,
    (Status.CLOSED, Move.COME_BACK): Status.ACCOMPANIED,
}


@pytest.mark.parametrize(("status", "move"), list(product(Status, Move)))
def test_every_standing_allows_exactly_the_moves_written_down(status: Status, move: Move) -> None:
    assert after(status, move) == WAYS.get((status, move))
    assert bool(may_move(status, move)) == ((status, move) in WAYS)


@pytest.mark.parametrize("status", [Status.CLOSED, Status.FOLLOW_UP])
def test_she_can_come_back_from_every_ending(status: Status) -> None:
    assert after(status, Move.COME_BACK) is Status.ACCOMPANIED


def test_every_standing_leads_on_to_every_other_but_none_back_before_the_first_yes() -> None:
    reached = {status: {goal for (start, _), goal in WAYS.items() if start is status} for status in Status}
    assert all(reached.values())
    assert Status.MEETING not in set().union(*reached.values())


@pytest.mark.parametrize(
    ("coordinates", "is_referent", "allowed"),
    [(True, False, True), (False, True, True), (True, True, True), (False, False, False)],
)
def test_her_referent_and_the_coordination_change_her_team(coordinates: bool, is_referent: bool, allowed: bool) -> None:
    assert bool(may_change_team(coordinates=coordinates, is_referent=is_referent)) is allowed


def test_whoever_is_her_referent_hands_over_before_leaving() -> None:
    assert may_leave_team(member=2, referent=1)
    no = may_leave_team(member=1, referent=1)
    assert not no
    assert "Hand over first" in no.reason


DAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("to", "told_on", "tell_by", "allowed"),
    [(2, DAY, None, True), (2, None, DAY, True), (2, None, None, False), (1, DAY, None, False)],
)
def test_a_handover_goes_to_somebody_else_and_she_is_told(
    to: int, told_on: date | None, tell_by: date | None, allowed: bool
) -> None:
    assert bool(may_hand_over(to=to, referent=1, told_on=told_on, tell_by=tell_by)) is allowed


WRITTEN = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("by", "hours", "allowed"), [(1, 0, True), (1, 24, True), (1, 25, False), (2, 0, False), (2, 25, False)]
)
def test_what_was_written_is_corrected_by_its_author_within_a_day(by: int, hours: int, allowed: bool) -> None:
    decision = may_correct(author=1, written_at=WRITTEN, by=by, now=WRITTEN + timedelta(hours=hours))
    assert bool(decision) is allowed


@pytest.mark.parametrize(
    ("days", "when"), [(-1, "overdue"), (0, "today"), (1, "week"), (7, "week"), (8, "later"), (400, "later")]
)
def test_what_is_due_is_overdue_today_this_week_or_later(days: int, when: str) -> None:
    assert when_due(DAY + timedelta(days=days), DAY) == when


@pytest.mark.parametrize(("status", "part"), list(product(Status, Part)))
def test_the_plan_alone_stays_as_it_is_once_her_case_is_closed(status: Status, part: Part) -> None:
    ended = status in (Status.FOLLOW_UP, Status.CLOSED)
    decision = may_still_change(status, part)
    assert bool(decision) is not (ended and part is Part.PLAN)
    assert bool(decision.reason) is not bool(decision)


@pytest.mark.parametrize(
    ("thing", "named"),
    [("note-12", ("note", 12)), ("paper-3", ("paper", 3)), ("safety", None), ("note-", None), ("member-4", None)],
)
def test_a_single_narrative_is_named_by_its_kind_and_number(thing: str, named: tuple[str, int] | None) -> None:
    assert rules.one_narrative(thing) == named


@pytest.mark.parametrize(
    ("words", "on", "allowed"),
    [
        ("You may use it again", date(2026, 3, 5), True),
        ("You may use it again", date(2026, 3, 2), True),
        ("You may use it again", date(2026, 3, 10), True),
        (" ", date(2026, 3, 5), False),
        ("You may use it again", date(2026, 3, 1), False),
        ("You may use it again", date(2026, 3, 11), False),
    ],
)
def test_only_her_word_lifts_what_she_had_held(words: str, on: date, allowed: bool) -> None:
    decision = rules.may_lift(words=words, on=on, since=date(2026, 3, 2), today=date(2026, 3, 10))
    assert (bool(decision), bool(decision.reason)) == (allowed, not allowed)
