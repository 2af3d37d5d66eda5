"""Where a document or an application stands, and what follows from its days (pure)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from amparo.kernel.decision import ALLOWED, Decision, refused


class Sort(StrEnum):
    """A document is held; an application is decided by an office."""

    DOCUMENT = "document"
    APPLICATION = "application"


class State(StrEnum):
    """Where it stands. That it expired is not kept: it follows from the day."""

    TO_REQUEST = "to_request"
    REQUESTED = "requested"
    RECEIVED = "received"
    REFUSED = "refused"
    APPEALED = "appealed"
    EXPIRED = "expired"


#: What is kept; `expired` is worked out.
KEPT = (State.TO_REQUEST, State.REQUESTED, State.RECEIVED, State.REFUSED, State.APPEALED)


@dataclass(frozen=True)
class Days:
    """On which days it was requested, received, refused and appealed against, and the last day on which it is valid."""

    requested: date | None = None
    received: date | None = None
    refused: date | None = None
    appealed: date | None = None
    expires: date | None = None


NO_DAYS = Days()
_DAY_OF = {
    State.REQUESTED: "requested",
    State.RECEIVED: "received",
    State.REFUSED: "refused",
    State.APPEALED: "appealed",
}


def state_on(kept: State, expires_on: date | None, today: date) -> State:
    """Where it stands on a day: what was received and is past its last day is expired."""
    over = kept is State.RECEIVED and expires_on is not None and expires_on < today
    return State.EXPIRED if over else kept


def may_stand(state: State, days: Days, *, today: date) -> Decision:
    """Whether these days fit where it stands: what happened is not to come, and nothing ends before it began."""
    happened = [days.requested, days.received, days.refused, days.appealed]
    if any(day > today for day in happened if day):
        return refused("This day is still to come. Only the last day of validity may lie ahead.")
    if state is State.EXPIRED:
        return refused("That it expired follows from its last day. Choose where it stood before.")
    if days.requested and any(day < days.requested for day in happened if day):
        return refused("It cannot be decided before it was requested. Look at the days again.")
    if days.received and days.expires and days.expires < days.received:
        return refused("Its last day lies before the day on which it was received. Look at the days again.")
    return ALLOWED


def with_day(state: State, days: Days, on: date) -> Days:
    """The days once it stands there since that day; a day that was given before stays."""
    name = _DAY_OF.get(state)
    if name is None or getattr(days, name) is not None:
        return days
    return Days(**{**{one: getattr(days, one) for one in Days.__dataclass_fields__}, name: on})


def watched_until(state: State, expires_on: date | None) -> date | None:
    """The day by which somebody has to act because it expires; None where nothing does."""
    return expires_on if state is State.RECEIVED else None
