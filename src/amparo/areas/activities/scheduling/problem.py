"""The instance in numbers, and which requests can never be served whatever else is planned."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from amparo.areas.activities.rules.instance import Activity, Instance, Moment, Window, Woman

from .slots import Slots, span, starts_within

if TYPE_CHECKING:
    from .companies import Circle

_DAY = 24 * 60
Key = TypeVar("Key")
Grouped = TypeVar("Grouped")


class Bar(Enum):
    """What keeps a request from being served, whatever else is planned."""

    TOO_LONG = "too long"
    NOT_ASKED_ABOUT_GROUPS = "not asked about groups"
    RISK_HIGH = "risk high"
    RISK_NOT_LOW = "risk not low"
    SEPARATION = "separation"
    LEVEL = "level"
    NO_PROFESSIONAL = "no professional"
    LANGUAGE = "language"
    SITE = "site"
    HER_TIME = "her time"
    CHILDCARE = "childcare"
    COMMON_TIME = "common time"
    DAYS = "days"


class Session(NamedTuple):
    """One session: the slot it starts in, its site, and the kind of room it takes."""

    start: int
    site: int
    kind: int


class Meeting(NamedTuple):
    """Women who hold all sessions of an activity together with one professional; numbers throughout."""

    activity: int
    women: tuple[int, ...]
    professional: int
    sessions: tuple[Session, ...]


class Kind(NamedTuple):
    """Rooms of a site between which nothing needs to choose; `takes`: the activities that can be held in them."""

    site: int
    seats: int
    rooms: tuple[str, ...]
    takes: tuple[int, ...]


class Care(NamedTuple):
    """When children are looked after on a site: slots, and places."""

    start: int
    end: int
    places: int


@dataclass(frozen=True, slots=True)
class Request:
    """A woman's wish for an activity, who could hold it, and the starts that suit her on each site."""

    number: int
    woman: int
    activity: int
    weight: int
    children: int
    bar: Bar | None
    professionals: frozenset[int]
    starts: tuple[Slots, ...]


class Problem:
    """Everything of an instance that planning asks for, by numbers."""

    def __init__(
        self,
        instance: Instance,
        pinned: frozenset[str] = frozenset(),
        not_before: Mapping[str, Moment] | None = None,
    ) -> None:
        self.instance, self.not_before = instance, not_before or {}
        self.activities, self.women = instance.activities, instance.women
        self.professionals, self.sites = instance.professionals, instance.sites
        self.per_day = _DAY // instance.grid_minutes
        self.origin = _first_day(instance)
        self.lengths = [self._slots_for(one.minutes) for one in self.activities]
        self.reaches = [self._slots_for(one.minutes + instance.rules.gap_minutes) for one in self.activities]
        self.horizon = self._horizon()
        self.held_by = [self._who_holds(one) for one in self.activities]
        self.held_on = [[n for n, site in enumerate(self.sites) if site.id in one.sites] for one in self.activities]
        self.kinds = self._kinds(pinned)
        self._kinds_for = [grouped(self._fitting(one)) for one in range(len(self.activities))]
        self.kind_of_room = {room: number for number, kind in enumerate(self.kinds) for room in kind.rooms}
        self.care = [[self._care(one.from_, one.to, one.places) for one in site.childcare] for site in self.sites]
        self.open_windows = [_by_places(windows) for windows in self.care]
        self._looked_after: dict[tuple[int, int, int], Slots] = {}
        self._places = [self._smallest_windows(site) for site in range(len(self.sites))]
        self.professional_free = [self._free(one.available) for one in self.professionals]
        self.woman_free = [self._free(one.available) for one in self.women]
        self.number_of_activity = {one.id: number for number, one in enumerate(self.activities)}
        self.number_of_woman = {one.id: number for number, one in enumerate(self.women)}
        self.number_of_professional = {one.id: number for number, one in enumerate(self.professionals)}
        self.avoided_women = self._avoided_women()
        self.meets_nobody = frozenset(n for n, woman in enumerate(self.women) if woman.meets_nobody)
        self.requests = self._requests()
        self.of_activity = grouped((one.activity, one) for one in self.requests)
        self.of_woman = grouped((one.woman, one) for one in self.requests)
        self.circles: dict[int, list[Circle]] = {}  # kept by companies.circles_of

    def moment(self, slot: int) -> Moment:
        """The moment at which a slot begins."""
        at = self.origin + timedelta(minutes=slot * self.instance.grid_minutes)
        return Moment(at.year, at.month, at.day, at.hour, at.minute)

    def slot(self, moment: datetime) -> int:
        """The slot that begins at a moment of the grid."""
        return int((moment - self.origin).total_seconds()) // (60 * self.instance.grid_minutes)

    def day(self, slot: int) -> int:
        """The number of the day in which a slot lies."""
        return slot // self.per_day

    def least(self, activity: int) -> int:
        """How few women make a group."""
        return self.activities[activity].min_women

    def is_alone(self, activity: int) -> bool:
        """Whether it is held for one woman at a time."""
        return self.activities[activity].kind == "individual"

    def kinds_for(self, activity: int, site: int) -> Sequence[int]:
        """The kinds of rooms of a site in which the smallest group of an activity can be held."""
        return self._kinds_for[activity].get(site, ())

    def places(self, site: int) -> Mapping[int, int]:
        """For each slot in which children are looked after: the places of the smallest window that is open then."""
        return self._places[site]

    def _smallest_windows(self, site: int) -> dict[int, int]:
        found: dict[int, int] = {}
        for window in self.care[site]:
            for slot in range(window.start, window.end):
                found[slot] = min(found.get(slot, window.places), window.places)
        return found

    def professional_starts(self, activity: int, professional: int) -> Slots:
        """Where a session of the activity fits into the time of the professional."""
        return starts_within(self.professional_free[professional], self.lengths[activity])

    def days_fit(self, starts: Slots, activity: int) -> bool:
        """Whether all sessions find a day among these starts, far enough apart."""
        return self.most_sessions(starts, activity) >= self.activities[activity].sessions

    def most_sessions(self, starts: Slots, activity: int) -> int:
        """How many sessions of one group find a day among these starts, far enough apart."""
        apart, length, per_day = self.activities[activity].days_apart, self.lengths[activity], self.per_day
        found = 0
        while starts:
            first = (starts & -starts).bit_length() - 1
            later = (first // per_day + apart) * per_day if apart else first + length
            starts = starts >> later << later
            found += 1
        return found

    def days_of(self, starts: Slots) -> list[tuple[int, Slots]]:
        """The days on which there are starts, each with all its slots."""
        found = []
        while starts:
            day = ((starts & -starts).bit_length() - 1) // self.per_day
            found.append((day, span(day * self.per_day, (day + 1) * self.per_day)))
            starts = starts >> (day + 1) * self.per_day << (day + 1) * self.per_day
        return found

    def _slots_for(self, minutes: int) -> int:
        return -(-minutes // self.instance.grid_minutes)

    def _horizon(self) -> int:
        """One slot past everything that can matter."""
        last = max((self.slot(end) for _, end in _windows(self.instance)), default=0)
        return max(last, 0) + max(self.reaches, default=1) + 1

    def _free(self, windows: tuple[Window, ...]) -> Slots:
        free = 0
        for start, end in windows:
            free |= span(self.slot(start), self.slot(end))
        return free

    def _care(self, start: Moment, end: Moment, places: int) -> Care:
        return Care(max(self.slot(start), 0), min(self.slot(end), self.horizon), places)

    def _who_holds(self, activity: Activity) -> list[int]:
        return [
            number
            for number, one in enumerate(self.professionals)
            if one.id in activity.professionals and activity.language in (None, *one.languages)
        ]

    def _kinds(self, pinned: frozenset[str]) -> list[Kind]:
        """Rooms by site, seats and what can be held in them; pinned rooms stand alone.

        Seats beyond the largest group make no difference.
        """
        found: dict[tuple[int, int, str, tuple[int, ...]], list[str]] = {}
        for number, site in enumerate(self.sites):
            here = [activity for activity, sites in enumerate(self.held_on) if number in sites]
            for room in site.rooms:
                takes = tuple(one for one in here if can_be_in(self.activities[one], room.id))
                largest = max((self.activities[one].max_women for one in takes), default=0)
                alone = room.id if room.id in pinned else ""
                found.setdefault((number, min(room.seats, largest), alone, takes), []).append(room.id)
        usable = ((key, rooms) for key, rooms in sorted(found.items()) if key[1])
        return [Kind(site, seats, tuple(rooms), takes) for (site, seats, _, takes), rooms in usable]

    def _fitting(self, activity: int) -> Iterator[tuple[int, int]]:
        """The sites and kinds of rooms in which its smallest group can be held."""
        for number, kind in enumerate(self.kinds):
            if activity in kind.takes and kind.seats >= self.least(activity):
                yield kind.site, number

    def _avoided_women(self) -> list[frozenset[int]]:
        numbered = self.number_of_woman
        found = grouped(
            pair
            for one, other in self.instance.must_not_meet
            for pair in ((numbered[one], numbered[other]), (numbered[other], numbered[one]))
        )
        return [frozenset(found.get(number, ())) for number in range(len(self.women))]

    def _requests(self) -> list[Request]:
        numbered = self.number_of_woman
        wishes = [(numbered[name], number) for number, one in enumerate(self.activities) for name in one.asked_by]
        return [self._request(number, *wish) for number, wish in enumerate(wishes)]

    def _request(self, number: int, woman: int, activity: int) -> Request:
        wanted, she = self.activities[activity], self.women[woman]
        speakers = frozenset(self._speakers(activity, she))
        starts = self._starts(woman, activity)
        bar = why_not_at_all(wanted, she, self.instance.rules.max_minutes) or self._why_never(
            woman, activity, speakers, starts
        )
        return Request(number, woman, activity, wanted.weight, she.children, bar, speakers, tuple(starts))

    def _speakers(self, activity: int, she: Woman) -> list[int]:
        if self.activities[activity].language is not None:
            return self.held_by[activity]
        return [one for one in self.held_by[activity] if set(self.professionals[one].languages) & set(she.languages)]

    def _starts(self, woman: int, activity: int, *, with_care: bool = True) -> list[Slots]:
        """For each site the starts that suit her; none where the activity or she does not go."""
        she = self.women[woman]
        hers = starts_within(self.woman_free[woman], self.lengths[activity])
        since = self.not_before.get(self.activities[activity].id)
        hers &= ~0 << max(self.slot(since), 0) if since else ~0
        found = [0] * len(self.sites)
        for site in self.held_on[activity]:
            if self.kinds_for(activity, site) and self.sites[site].id not in she.avoids_sites:
                cared = self.looked_after(site, self.lengths[activity], she.children) if with_care else ~0
                found[site] = hers & cared
        return found

    def looked_after(self, site: int, length: int, children: int) -> Slots:
        """The starts on a site where one window with places for the children covers the session; all without any."""
        key = site, length, children
        if key not in self._looked_after:
            self._looked_after[key] = self._covered(*key) if children else span(0, self.horizon)
        return self._looked_after[key]

    def _covered(self, site: int, length: int, children: int) -> Slots:
        found = 0
        for window in self.care[site]:
            if window.places >= children:
                found |= span(window.start, window.end - length + 1)
        return found

    def _why_never(self, woman: int, activity: int, speakers: frozenset[int], starts: list[Slots]) -> Bar | None:
        """The first thing that is missing for her alone, as if nobody else had asked."""
        plain = self._starts(woman, activity, with_care=False)
        if speakers and self._days_with_someone(activity, speakers, starts):
            return None
        missing = (
            (not self.held_by[activity], Bar.NO_PROFESSIONAL),
            (not speakers, Bar.LANGUAGE),
            (not starts_within(self.woman_free[woman], self.lengths[activity]), Bar.HER_TIME),
            (not any(plain), Bar.SITE),
            (self._days_with_someone(activity, speakers, plain), Bar.CHILDCARE),
            (any(self.professional_starts(activity, one) & site for one in speakers for site in plain), Bar.DAYS),
        )
        return next((bar for holds, bar in missing if holds), Bar.COMMON_TIME)

    def _days_with_someone(self, activity: int, speakers: frozenset[int], starts: list[Slots]) -> bool:
        anywhere = 0
        for site in starts:
            anywhere |= site
        return any(self.days_fit(self.professional_starts(activity, one) & anywhere, activity) for one in speakers)


def _by_places(windows: Iterable[Care]) -> dict[int, Slots]:
    """When windows with so many places are open."""
    found: dict[int, Slots] = defaultdict(int)
    for window in windows:
        found[window.places] |= span(window.start, window.end)
    return found


def can_be_in(wanted: Activity, room: str) -> bool:
    """Whether an activity can be held in a room of its sites (contract, rule 1)."""
    return wanted.rooms is None or room in wanted.rooms


def why_not_at_all(wanted: Activity, she: Woman, longest: int) -> Bar | None:
    """What about the activity or about her forbids it (contract, rules 1, 2, 4 and 5)."""
    level = she.levels.get(wanted.language or "")
    in_group = wanted.kind == "group"
    bars = (
        (wanted.minutes > longest, Bar.TOO_LONG),
        (in_group and not she.groups_agreed, Bar.NOT_ASKED_ABOUT_GROUPS),
        (in_group and she.risk == "high", Bar.RISK_HIGH),
        (in_group and wanted.therapeutic and she.risk != "low", Bar.RISK_NOT_LOW),
        (in_group and she.meets_nobody, Bar.SEPARATION),
        (wanted.level is not None and level != wanted.level, Bar.LEVEL),
    )
    return next((bar for holds, bar in bars if holds), None)


def _windows(instance: Instance) -> list[Window]:
    hers = [window for woman in instance.women for window in woman.available]
    return hers + [window for professional in instance.professionals for window in professional.available]


def _first_day(instance: Instance) -> datetime:
    first = min((start for start, _ in _windows(instance)), default=datetime(2000, 1, 1))  # noqa: DTZ001 -- local
    return datetime(first.year, first.month, first.day)  # noqa: DTZ001 -- local, as the files are


def grouped(pairs: Iterable[tuple[Key, Grouped]]) -> dict[Key, list[Grouped]]:
    """The values of each key, in their order."""
    found: dict[Key, list[Grouped]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found
