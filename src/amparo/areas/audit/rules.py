"""When reading is worth a look (pure). An alert never accuses: it says what stands out, and a person looks at it."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from amparo.kernel.decision import ALLOWED, Decision, refused


class Does(StrEnum):
    """What kind of act an entry of the log tells of."""

    LOOKED = "looked"
    OPENED = "opened"
    OVERSAW = "oversaw"  # the traces themselves: the log, her list of readers, the ledger
    CHANGED = "changed"
    SEARCHED = "searched"
    PRINTED = "printed"
    PASSED_ON = "passed_on"
    EMERGENCY = "emergency"
    MANAGED = "managed"
    SYSTEM = "system"


class RuleKey(StrEnum):
    """What can stand out."""

    MANY_RECORDS = "many_records"
    AT_NIGHT = "at_night"
    OUTSIDE_TEAM = "outside_team"
    NAME_ELSEWHERE = "name_elsewhere"
    EMPTY_SEARCHES = "empty_searches"
    IDENTITY_ALONE = "identity_alone"
    EMERGENCY = "emergency"


class AlertState(StrEnum):
    """Where an alert stands."""

    NEW = "new"
    LOOKED_AT = "looked_at"


class Outcome(StrEnum):
    """What looking at it came to."""

    USUAL_WORK = "usual_work"
    EXPLAINED = "explained"
    TALKED = "talked"
    TAKEN_FURTHER = "taken_further"


#: Acts by which somebody comes to know something about a woman.
KNOWING = frozenset({Does.LOOKED, Does.OPENED, Does.PRINTED})
#: Acts that explain why an identity was opened just then.
WORKING = frozenset({Does.CHANGED, Does.PASSED_ON})
RULE = "R14; C&H-B 2.1.2"


@dataclass(frozen=True, slots=True)
class Seen:
    """One entry of the log as the rules read it; `at` in the organisation's time zone.

    `outside` says that she was read outside the reader's teams, `found` how many women a search found, and
    `elsewhere` how many of them are accompanied by teams that the searcher does not belong to.
    """

    number: int
    at: datetime
    member: int
    does: Does
    person: UUID | None = None
    outside: bool = False
    found: int | None = None
    elsewhere: int = 0


@dataclass(frozen=True, slots=True)
class Limit:
    """From what count on something stands out, and within how many minutes."""

    count: int
    minutes: int


@dataclass(frozen=True, slots=True)
class House:
    """What is usual in one organisation: its hours, the limits, and on which days she was to be met, by person."""

    open_from: time
    open_until: time
    limits: Mapping[RuleKey, Limit]
    met_on: Collection[tuple[UUID, date]] = frozenset()


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that stands out: by whom, on which day, how much, and between which entries of the log."""

    rule: RuleKey
    member: int
    on: date
    count: int
    first: int
    last: int
    person: UUID | None = None


def unusual(entries: Iterable[Seen], house: House) -> list[Finding]:
    """Everything that stands out in these entries, one finding for each rule, colleague and day (and identity)."""
    days: dict[tuple[int, date], list[Seen]] = defaultdict(list)
    for entry in entries:
        days[entry.member, entry.at.date()].append(entry)
    found: list[Finding] = []
    for day in days.values():
        for rule, look in _LOOKS.items():
            found += look(rule, day, house)
    return found


def is_open(at: time, *, open_from: time, open_until: time) -> bool:
    """Whether the house works at this time of day; hours over midnight are fine, and equal ones mean day and night."""
    if open_from == open_until:
        return True
    if open_from < open_until:
        return open_from <= at < open_until
    return at >= open_from or at < open_until


def may_look_at(*, looker: int, about: int) -> Decision:
    """Nobody says about her or his own reading that it was fine."""
    if looker == about:
        return refused("This is about your own reading. A colleague with this task looks at it.", RULE)
    return ALLOWED


def is_settled_whole(outcome: Outcome, words: str) -> Decision:
    """Whatever is not usual work is told in a sentence, so that the next one understands."""
    if outcome is not Outcome.USUAL_WORK and not words.strip():
        return refused("Write in a sentence what you found or agreed on.", RULE)
    return ALLOWED


def _many(rule: RuleKey, day: Sequence[Seen], house: House) -> list[Finding]:
    return _densest(rule, [one for one in day if one.person and one.does in KNOWING], house, women=True)


def _outside(rule: RuleKey, day: Sequence[Seen], house: House) -> list[Finding]:
    return _densest(rule, [one for one in day if one.outside and one.does in KNOWING], house, women=True)


def _at_night(rule: RuleKey, day: Sequence[Seen], house: House) -> list[Finding]:
    late = [
        one
        for one in day
        if one.person
        and one.does in KNOWING
        and not is_open(one.at.time(), open_from=house.open_from, open_until=house.open_until)
    ]
    return _densest(rule, late, house, women=True)


def _elsewhere(rule: RuleKey, day: Sequence[Seen], house: House) -> list[Finding]:
    return _densest(rule, [one for one in day if one.does is Does.SEARCHED and one.elsewhere], house)


def _empty(rule: RuleKey, day: Sequence[Seen], house: House) -> list[Finding]:
    return _densest(rule, [one for one in day if one.does is Does.SEARCHED and one.found == 0], house)


def _emergency(rule: RuleKey, day: Sequence[Seen], house: House) -> list[Finding]:
    return _densest(rule, [one for one in day if one.does is Does.EMERGENCY], house)


def _identity(rule: RuleKey, day: Sequence[Seen], house: House) -> list[Finding]:
    """Her identity opened, and nothing about her changed, passed on or met near it."""
    near = timedelta(minutes=house.limits[rule].minutes)
    worked = [one for one in day if one.does in WORKING]
    alone: dict[UUID, list[Seen]] = defaultdict(list)
    for one in day:
        if one.does is not Does.OPENED or one.person is None or _was_to_be_met(one.person, one.at.date(), house):
            continue
        if not any(other.person == one.person and abs(other.at - one.at) <= near for other in worked):
            alone[one.person].append(one)
    return [
        Finding(rule, some[0].member, some[0].at.date(), len(some), some[0].number, some[-1].number, person)
        for person, some in alone.items()
        if len(some) >= house.limits[rule].count
    ]


def _was_to_be_met(person: UUID, on: date, house: House) -> bool:
    return any((person, on + timedelta(days=days)) in house.met_on for days in (-1, 0, 1))


def _densest(rule: RuleKey, day: Sequence[Seen], house: House, *, women: bool = False) -> list[Finding]:
    """The densest stretch of the limit's minutes, where it reaches the limit: in different women, or in entries."""
    limit = house.limits[rule]
    window, start, best = timedelta(minutes=limit.minutes), 0, (0, 0, 0)
    inside: Counter[object] = Counter()
    for place, one in enumerate(day):
        inside[one.person if women else place] += 1
        while one.at - day[start].at > window:
            _take_out(inside, day[start].person if women else start)
            start += 1
        if len(inside) > best[0]:
            best = (len(inside), start, place)
    count, first, last = best
    if count < limit.count:
        return []
    return [Finding(rule, day[0].member, day[0].at.date(), count, day[first].number, day[last].number)]


def _take_out(inside: Counter[object], key: object) -> None:
    inside[key] -= 1
    if not inside[key]:
        del inside[key]


_LOOKS: dict[RuleKey, Callable[[RuleKey, Sequence[Seen], House], list[Finding]]] = {
    RuleKey.MANY_RECORDS: _many,
    RuleKey.AT_NIGHT: _at_night,
    RuleKey.OUTSIDE_TEAM: _outside,
    RuleKey.NAME_ELSEWHERE: _elsewhere,
    RuleKey.EMPTY_SEARCHES: _empty,
    RuleKey.IDENTITY_ALONE: _identity,
    RuleKey.EMERGENCY: _emergency,
}
