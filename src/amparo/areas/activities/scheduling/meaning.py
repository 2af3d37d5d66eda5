"""Whether an instance makes sense: everything named exists once, and times lie on the grid."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from amparo.areas.activities.rules.instance import Activity, Instance, Moment, Professional, Site, Window, Woman
from amparo.kernel.marked import Place, worded

Mistake = tuple[Place, str]
_DAY = 24 * 60
_LONGEST = timedelta(days=731)


def mistakes_in(instance: Instance) -> Iterator[Mistake]:
    """Where an instance of the right form makes no sense, and what is expected there."""
    if _DAY % instance.grid_minutes:
        yield ("grid_minutes",), f"minutes that divide a day evenly, found {instance.grid_minutes}"
        return
    yield from _ids(instance)
    yield from _sites(instance)
    for field, people in (("professionals", instance.professionals), ("women", instance.women)):
        yield from _times(instance, field, people)
    yield from _far_apart(instance)
    yield from _women(instance)
    yield from _pairs(instance)
    for number, activity in enumerate(instance.activities, 1):
        yield from _activity(instance, activity, ("activities", number))


def _ids(instance: Instance) -> Iterator[Mistake]:
    """Every id once; rooms across all sites."""
    rooms: list[tuple[Place, str]] = [
        (("sites", s, "rooms", r, "id"), room.id)
        for s, site in enumerate(instance.sites, 1)
        for r, room in enumerate(site.rooms, 1)
    ]
    groups: tuple[tuple[str, Sequence[Site | Professional | Woman | Activity]], ...] = (
        ("sites", instance.sites),
        ("professionals", instance.professionals),
        ("women", instance.women),
        ("activities", instance.activities),
    )
    named: list[list[tuple[Place, str]]] = [
        [((field, n, "id"), one.id) for n, one in enumerate(found, 1)] for field, found in groups
    ]
    for entries in (*named, rooms):
        seen: set[str] = set()
        for place, name in entries:
            if not name.strip():
                yield place, "an id, found an empty text"
            elif name in seen:
                yield place, f"an id of its own, found '{name}' again"
            seen.add(name)


def _sites(instance: Instance) -> Iterator[Mistake]:
    for s, site in enumerate(instance.sites, 1):
        for n, window in enumerate(site.childcare, 1):
            yield from _window(instance, (window.from_, window.to), ("sites", s, "childcare", n), ("from", "to"))


def _times(instance: Instance, field: str, people: Sequence[Professional | Woman]) -> Iterator[Mistake]:
    for number, one in enumerate(people, 1):
        for n, window in enumerate(one.available, 1):
            yield from _window(instance, window, (field, number, "available", n), (1, 2))


def _far_apart(instance: Instance) -> Iterator[Mistake]:
    """The first and the last time, where years lie between them: one of the two is a slip."""
    people: tuple[tuple[str, Sequence[Professional | Woman]], ...] = (
        ("professionals", instance.professionals),
        ("women", instance.women),
    )
    ends = [
        (moment, (field, number, "available", n, end))
        for field, each in people
        for number, one in enumerate(each, 1)
        for n, window in enumerate(one.available, 1)
        for end, moment in enumerate(window, 1)
    ]
    if not ends:
        return
    (first, where), (last, place) = min(ends), max(ends)
    if last - first > _LONGEST:
        yield where, f"times within two years of each other, found {first} here and {last} in {worded(place)}"


def _window(instance: Instance, window: Window, place: Place, ends: tuple[str | int, str | int]) -> Iterator[Mistake]:
    for moment, end in zip(window, ends, strict=True):
        if _is_off_grid(moment, instance.grid_minutes):
            yield (*place, end), f"a time on the grid of {instance.grid_minutes} minutes, found {moment}"
    if window[0] >= window[1]:
        yield place, f"an end after the start, found {window[0]} to {window[1]}"


def _is_off_grid(moment: Moment, grid: int) -> bool:
    return bool((moment.hour * 60 + moment.minute) % grid)


def _women(instance: Instance) -> Iterator[Mistake]:
    sites = {site.id for site in instance.sites}
    for number, woman in enumerate(instance.women, 1):
        yield from _exist(woman.avoids_sites, sites, "site", ("women", number, "avoids_sites"))


def _pairs(instance: Instance) -> Iterator[Mistake]:
    women = {woman.id for woman in instance.women}
    for number, pair in enumerate(instance.must_not_meet, 1):
        yield from _exist(pair, women, "woman", ("must_not_meet", number), once=False)
        if pair[0] == pair[1]:
            yield ("must_not_meet", number), f"two different women, found {pair[0]} twice"


def _activity(instance: Instance, activity: Activity, place: Place) -> Iterator[Mistake]:
    known = {name: {one.id for one in getattr(instance, name)} for name in ("professionals", "sites", "women")}
    yield from _exist(activity.professionals, known["professionals"], "professional", (*place, "professionals"))
    yield from _exist(activity.sites, known["sites"], "site", (*place, "sites"))
    yield from _exist(activity.asked_by, known["women"], "woman", (*place, "asked_by"))
    yield from _rooms(instance, activity, (*place, "rooms"))
    if activity.kind == "individual":
        for field in ("min_women", "max_women"):
            if getattr(activity, field) != 1:
                yield (*place, field), f"1 for an individual activity, found {getattr(activity, field)}"
    elif activity.min_women > activity.max_women:
        yield (*place, "min_women"), f"at most max_women ({activity.max_women}), found {activity.min_women}"
    if activity.level is not None and activity.language is None:
        yield (*place, "level"), f"a level only where a language is given, found {activity.level}"


def _rooms(instance: Instance, activity: Activity, place: Place) -> Iterator[Mistake]:
    """Rooms that exist, on its sites; an empty list could mean any or none."""
    if activity.rooms is not None:
        site_of = {room.id: site.id for site in instance.sites for room in site.rooms}
        yield from _exist(activity.rooms, set(site_of), "room", place)
        for number, room in enumerate(activity.rooms, 1):
            if room in site_of and site_of[room] not in activity.sites:
                yield (*place, number), f"a room of its sites, found '{room}' of site '{site_of[room]}'"
        if not activity.rooms:
            yield place, "a room or more (null where any room of its sites will do), found an empty list"


def _exist(names: Iterable[str], known: set[str], what: str, place: Place, *, once: bool = True) -> Iterator[Mistake]:
    times: Counter[str] = Counter()
    for number, name in enumerate(names, 1):
        times[name] += 1
        if name not in known:
            yield (*place, number), f"the id of a {what}, found '{name}'"
        elif once and times[name] > 1:
            yield (*place, number), f"each {what} once, found '{name}' again"
