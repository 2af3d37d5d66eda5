"""What is to be planned and what was planned, as the contract has it (contract: scheduling; pure)."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal, TypeVar

import msgspec

GRID_MINUTES = 15
Positive = Annotated[int, msgspec.Meta(ge=1)]
Count = Annotated[int, msgspec.Meta(ge=0)]
#: No number is without end: what is larger is a slip of the finger, and would be planned for hours.
Minutes = Annotated[int, msgspec.Meta(ge=1, le=24 * 60)]
Gap = Annotated[int, msgspec.Meta(ge=0, le=7 * 24 * 60)]
Days = Annotated[int, msgspec.Meta(ge=0, le=366)]
Times = Annotated[int, msgspec.Meta(ge=1, le=366)]
Heads = Annotated[int, msgspec.Meta(ge=0, le=1_000)]
Weight = Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
Read = TypeVar("Read")


class Moment(datetime):
    """A local moment to the minute, without a zone: as the files write it, '2026-01-12T09:00'."""

    def __str__(self) -> str:
        """As the files write it."""
        return self.isoformat(timespec="minutes")


Window = tuple[Moment, Moment]
Risk = Literal["low", "medium", "high"]


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A misspelt field is an error: 'must_not_meat' must not mean that everybody may meet."""


class Rules(Part, frozen=True):
    """How far apart those stay who must not meet, and how long a session may last; in minutes."""

    gap_minutes: Gap = 30
    max_minutes: Minutes = 90


class Room(Part, frozen=True):
    """A room and how many women find a seat in it."""

    id: str
    seats: Count


class Childcare(Part, frozen=True):
    """When children are looked after on a site, and how many at once."""

    from_: Moment = msgspec.field(name="from")
    to: Moment
    places: Heads


class Site(Part, frozen=True):
    """One place with its rooms."""

    id: str
    rooms: tuple[Room, ...]
    childcare: tuple[Childcare, ...] = ()


class Professional(Part, frozen=True):
    """Who holds sessions, in which languages, when."""

    id: str
    languages: tuple[str, ...]
    available: tuple[Window, ...]


class Woman(Part, frozen=True):
    """Who asked, by a code. Without a word about it, she has not agreed to groups (R4)."""

    id: str
    available: tuple[Window, ...]
    risk: Risk
    languages: tuple[str, ...] = ()
    levels: dict[str, str] = {}
    children: Heads = 0
    groups_agreed: bool = False
    meets_nobody: bool = False
    avoids_sites: tuple[str, ...] = ()


class Activity(Part, frozen=True):
    """What is held: so many sessions of so many minutes, at least so many days apart, for groups of such a size.

    `rooms`: those of its sites in which alone it can be held; None where any of them will do.
    """

    id: str
    kind: Literal["group", "individual"]
    minutes: Minutes
    sessions: Times
    professionals: tuple[str, ...]
    sites: tuple[str, ...]
    asked_by: tuple[str, ...]
    rooms: tuple[str, ...] | None = None
    days_apart: Days = 1
    language: str | None = None
    level: str | None = None
    therapeutic: bool = False
    min_women: Positive = 1
    max_women: Positive = 1
    weight: Weight = 1


class Instance(Part, frozen=True):
    """Everything that a plan is made from."""

    sites: tuple[Site, ...]
    professionals: tuple[Professional, ...]
    women: tuple[Woman, ...]
    activities: tuple[Activity, ...]
    must_not_meet: tuple[tuple[str, str], ...] = ()
    grid_minutes: Annotated[int, msgspec.Meta(ge=1, le=120)] = GRID_MINUTES
    rules: Rules = Rules()


class Session(Part, frozen=True):
    """One session of a group."""

    start: Moment
    room: str
    professional: str


class Group(Part, frozen=True):
    """Women who hold all sessions of an activity together; one woman where it is individual."""

    activity: str
    women: tuple[str, ...]
    sessions: tuple[Session, ...]


class NotServed(Part, frozen=True):
    """A request that found no place, and why, in words that give nobody away."""

    woman: str
    activity: str
    reason: str


class Plan(Part, frozen=True):
    """Who meets when, where, with whom. `objective`: the sum of the weights of the requests served."""

    status: Literal["optimal", "feasible", "infeasible"]
    objective: int
    groups: tuple[Group, ...]
    not_served: tuple[NotServed, ...]
    bound: float | None = None
    seconds: float | None = None


def read_part(content: Mapping[str, Any], of: type[Read]) -> Read:
    """An instance or a plan out of what JSON held. Raises msgspec.ValidationError with the field and what is wrong."""
    return msgspec.convert(content, of, dec_hook=_moment)


def _moment(kind: type, value: object) -> Moment:
    if kind is not Moment:
        raise NotImplementedError(kind)
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        raise ValueError(f"expected a local moment such as 2026-01-12T09:00, found {value!r}")
    return Moment.fromisoformat(value)
