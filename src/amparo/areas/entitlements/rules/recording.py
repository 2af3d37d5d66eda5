"""What can be recorded in a stage as it stands: whatever happened, where it fits (pure)."""

from datetime import date

from amparo.kernel.decision import ALLOWED, Decision, refused

from .pathways import Happened, Line, Outcome, State, What

_TO_COME, _RUNNING, _OVERDUE = State.TO_COME, State.RUNNING, State.OVERDUE
# In which state of a stage each thing can happen.
HAPPENS_IN: dict[What, frozenset[State]] = {
    What.STARTED: frozenset({_TO_COME}),
    What.EXTENDED: frozenset({_RUNNING, _OVERDUE}),
    What.SUSPENDED: frozenset({_RUNNING}),
    What.RESUMED: frozenset({State.SUSPENDED}),
    What.DECIDED: frozenset({_TO_COME, _RUNNING, _OVERDUE, State.SUSPENDED, State.DONE}),
    What.APPEALED: frozenset({_RUNNING, _OVERDUE, State.DONE}),
    What.APPEAL_DECIDED: frozenset({State.APPEALED}),
    What.HANDLED: frozenset({_RUNNING, _OVERDUE}),
}
_LATER = refused("This does not fit where the stage stands now. Look at the page again.")
_TO_COME_DAY = refused("This day is still to come. Write down what happened when it has happened.")
_TOO_EARLY = refused("This day is before the first day of the stage.")
_NOT_LATER = refused("Choose a day after the last day as it stands: an extension never makes it earlier.")
_HOW_LONG = refused("Say by how long, or until which day.")
_ONE_OF_TWO = refused("Give either a length or a day, not both.")
_ENDS_FIRST = refused("The clock cannot run again before it stood still.")
_TIME_IS_OVER = refused("The time was over on that day. Record an extension instead.")


def may_record(line: Line, event: Happened, *, today: date) -> Decision:
    """Whether this can be recorded in the stage: it fits its state, and its days can be."""
    if not _fits(line, event):
        return _LATER
    if event.on > today:
        return _TO_COME_DAY
    earliest = line.ended_on if event.what in (What.APPEALED, What.APPEAL_DECIDED) else line.starts_on
    if event.what is not What.STARTED and earliest and event.on < earliest:
        return _TOO_EARLY
    return _CHECKS.get(event.what, _nothing_more)(line, event)


def can_happen(line: Line) -> tuple[What, ...]:
    """What can be recorded in the stage as it stands, in the order in which it is offered."""
    return tuple(what for what in What if _possible(line, what))


def _possible(line: Line, what: What) -> bool:
    if line.state not in HAPPENS_IN[what]:
        return False
    if what is What.APPEALED:
        return line.outcome is Outcome.NEGATIVE
    if what is What.DECIDED:
        return line.outcome is None
    return what is What.HANDLED or not line.to_appeal


def _fits(line: Line, event: Happened) -> bool:
    aside = event.outcome is Outcome.WITHDRAWN or line.state is not _TO_COME
    return _possible(line, event.what) and (event.what is not What.DECIDED or aside)


def _extension(line: Line, event: Happened) -> Decision:
    if event.by is None and event.until is None:
        return _HOW_LONG
    if event.by and event.until:
        return _ONE_OF_TWO
    if event.until is None:
        return ALLOWED if line.due_on else _HOW_LONG
    return ALLOWED if event.until > (line.due_on or event.on) else _NOT_LATER


def _suspension(line: Line, event: Happened) -> Decision:
    if event.until and event.until < event.on:
        return _ENDS_FIRST
    return _TIME_IS_OVER if line.due_on and event.on > line.due_on else ALLOWED


def _resumption(line: Line, event: Happened) -> Decision:
    return _ENDS_FIRST if line.suspended_on and event.on < line.suspended_on else ALLOWED


def _nothing_more(line: Line, event: Happened) -> Decision:
    return ALLOWED


_CHECKS = {What.EXTENDED: _extension, What.SUSPENDED: _suspension, What.RESUMED: _resumption}
