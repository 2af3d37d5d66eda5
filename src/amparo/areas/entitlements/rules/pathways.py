"""A staged scheme in one case: which stage runs, until when, and who must act (pure).

A timeline is made of the stages of the scheme and of what happened in the case, and of nothing else, so that it can be
made again whenever either of them changes.
"""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from .days import add_working_days, counted, is_working_day, within
from .scheme import Actor, Length, Pathway, Stage


class State(StrEnum):
    """Where a stage stands."""

    TO_COME = "to_come"
    RUNNING = "running"
    SUSPENDED = "suspended"
    OVERDUE = "overdue"
    APPEALED = "appealed"
    DONE = "done"


class What(StrEnum):
    """What can happen in a stage."""

    STARTED = "started"
    EXTENDED = "extended"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    DECIDED = "decided"
    APPEALED = "appealed"
    APPEAL_DECIDED = "appeal_decided"
    HANDLED = "handled"


class Outcome(StrEnum):
    """What a decision came to."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    WITHDRAWN = "withdrawn"  # nobody decides any more: she took it back, or it does not apply


@dataclass(frozen=True)
class Happened:
    """One thing that happened in a stage, on a day. `by` or `until` of an extension, `until` of a suspension."""

    stage: str
    what: What
    on: date
    by: Length | None = None
    until: date | None = None
    outcome: Outcome | None = None


@dataclass(frozen=True)
class Line:
    """One stage as it stands. `due_on` is its last day, None while it is open; `latest_on` where there is a range."""

    stage: Stage
    state: State = State.TO_COME
    starts_on: date | None = None
    due_on: date | None = None
    latest_on: date | None = None
    outcome: Outcome | None = None
    ended_on: date | None = None
    suspended_on: date | None = None
    extended: int = 0
    to_appeal: bool = False  # a negative decision stands, and what is due is the appeal against it

    @property
    def who(self) -> Actor:
        """Who must act: appealing is for her and those who accompany her."""
        return "her_team" if self.to_appeal else self.stage.who

    @property
    def deadline(self) -> date | None:
        """The day that must not be missed; None where nothing is due or its scheme asks for no warning."""
        awaited = self.state in AWAITED and (self.stage.warn or self.to_appeal)
        return self.due_on if awaited else None

    @property
    def next_from(self) -> date | None:
        """The day from which the next stage counts: that of a yes, or the day after a time that was dealt with."""
        if self.state is not State.DONE or self.outcome in (Outcome.NEGATIVE, Outcome.WITHDRAWN):
            return None
        if self.outcome is None and self.due_on:
            return self.due_on + timedelta(1)
        return self.ended_on


AWAITED = frozenset({State.RUNNING, State.SUSPENDED, State.OVERDUE})
_OPEN = AWAITED | {State.APPEALED}


def timeline(pathway: Pathway, events: Iterable[Happened], *, off: Container[date], today: date) -> tuple[Line, ...]:
    """Every stage as it stands today, in the order of the scheme. `off` are the public holidays of its place.

    A stage begins where its start was recorded, else when those before it are over with a yes or were dealt with.
    Raises OutOfReach where a day or a length is beyond counting.
    """
    by_stage: dict[str, list[Happened]] = {}
    for one in sorted(events, key=lambda one: within(one.on)):
        within(one.until or one.on)
        by_stage.setdefault(one.stage, []).append(one)
    lines: dict[str, Line] = {}
    for stage in pathway.stages:
        before = [lines[name] for name in stage.after if name in lines]
        lines[stage.id] = _line(stage, by_stage.get(stage.id, []), before, off, today)
    return tuple(lines.values())


def _line(stage: Stage, mine: Sequence[Happened], before: Sequence[Line], off: Container[date], today: date) -> Line:
    started = _last(mine, What.STARTED)
    start = started.on if started else _begins_after(before)
    withdrawn = _last(mine, What.DECIDED)
    if start is None:
        if withdrawn and withdrawn.outcome is Outcome.WITHDRAWN:
            return Line(stage, State.DONE, outcome=withdrawn.outcome, ended_on=withdrawn.on)
        return Line(stage)
    clock = _Clock(stage, start, mine, off)
    line = Line(
        stage,
        starts_on=start,
        due_on=clock.ends(stage.lasts or stage.lasts_up_to),
        latest_on=clock.ends(stage.lasts_up_to) if stage.lasts else None,
        extended=sum(one.what is What.EXTENDED for one in mine),
    )
    return _as_it_stands(line, mine, off, today)


def _begins_after(before: Sequence[Line]) -> date | None:
    """The day after the last of those that are over; while one of them is open, none."""
    days = [line.next_from for line in before if line.next_from]
    return max(days) if days and not any(line.state in _OPEN for line in before) else None


def _as_it_stands(line: Line, mine: Sequence[Happened], off: Container[date], today: date) -> Line:
    decided, handled = _last(mine, What.DECIDED), _last(mine, What.HANDLED)
    if decided and decided.outcome is Outcome.NEGATIVE:
        return _after_a_no(line, decided, mine, off, today)
    if decided:
        return replace(line, state=State.DONE, outcome=decided.outcome, ended_on=decided.on)
    if handled:
        return replace(line, state=State.DONE, ended_on=handled.on)
    pause = next((one for one in _pauses(mine) if one[0] <= today and (one[1] is None or today < one[1])), None)
    if pause:
        return replace(line, state=State.SUSPENDED, suspended_on=pause[0])
    return replace(line, state=_running(line.due_on, today))


def _after_a_no(line: Line, no: Happened, mine: Sequence[Happened], off: Container[date], today: date) -> Line:
    line = replace(line, outcome=no.outcome, ended_on=no.on)
    lodged, answer, handled = (_last(mine, what) for what in (What.APPEALED, What.APPEAL_DECIDED, What.HANDLED))
    if answer:
        return replace(line, state=State.DONE, outcome=answer.outcome, ended_on=answer.on)
    if lodged:
        return replace(line, state=State.APPEALED, due_on=None, latest_on=None)
    appeal = line.stage.appeal
    if appeal is None or (handled and handled.on >= no.on):
        return replace(line, state=State.DONE)
    until = counted(no.on, appeal.by, off) if appeal.by else no.on  # where no time is known, at once
    return replace(line, state=_running(until, today), due_on=until, latest_on=None, to_appeal=True)


def _running(due_on: date | None, today: date) -> State:
    return State.OVERDUE if due_on and due_on < today else State.RUNNING


@dataclass(frozen=True)
class _Clock:
    stage: Stage
    start: date
    mine: Sequence[Happened]
    off: Container[date]

    def ends(self, length: Length | None) -> date | None:
        """The last day of a stage of this length, with its extensions and the times it stood still."""
        due = counted(self.start, length, self.off) if length else None
        pauses = dict(_pauses(self.mine))
        for one in self.mine:
            if one.what is What.EXTENDED:
                due = self._prolonged(due, one)
            elif one.what is What.SUSPENDED and due and one.on <= due:
                working = length is not None and length.working_days is not None
                due = self._stood_still(due, one.on, pauses.get(one.on), working=working)
        return due

    def _prolonged(self, due: date | None, one: Happened) -> date | None:
        if one.until:
            return max(one.until, due or one.until)
        if due is None or one.by is None:
            return due
        return counted(due if one.by.working_days is not None else due + timedelta(1), one.by, self.off)

    def _stood_still(self, due: date, since: date, again: date | None, *, working: bool) -> date | None:
        if again is None:
            return None
        days = [since + timedelta(n) for n in range((again - since).days)]
        if not working:
            return due + timedelta(len(days))
        return add_working_days(due, sum(is_working_day(day, self.off) for day in days), self.off)


def _pauses(mine: Sequence[Happened]) -> list[tuple[date, date | None]]:
    """From when it stood still, and from when it ran again: the day recorded, else the day after a foreseen end."""
    found: list[tuple[date, date | None]] = []
    for one in mine:
        if one.what is What.SUSPENDED:
            found.append((one.on, one.until + timedelta(1) if one.until else None))
        elif one.what is What.RESUMED and found:
            found[-1] = (found[-1][0], one.on)
    return found


def _last(mine: Sequence[Happened], what: What) -> Happened | None:
    return next((one for one in reversed(mine) if one.what is what), None)
