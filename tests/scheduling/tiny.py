"""Small instances of every kind, and the best plan for the smallest by trying everything."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import combinations, product
from typing import Any

from hypothesis import strategies as st
from msgspec.structs import replace

from amparo.areas.activities.rules.checking import broken_rules
from amparo.areas.activities.rules.instance import (
    Activity,
    Group,
    Instance,
    Moment,
    NotServed,
    Plan,
    Session,
    read_part,
)

DAYS = ("2026-01-12", "2026-01-13", "2026-01-14")
TONGUES = ("es", "en", "fr")


def window(day: str, start: int, end: int) -> list[str]:
    """From one hour of a day to another."""
    return [f"{day}T{start:02}:00", f"{day}T{end:02}:00"]


def _windows(days: tuple[str, ...]) -> st.SearchStrategy[list[list[str]]]:
    hours = st.tuples(st.integers(9, 11), st.integers(1, 3)).map(lambda one: (one[0], one[0] + one[1]))
    one = st.builds(lambda day, times: window(day, *times), st.sampled_from(days), hours)
    return st.lists(one, min_size=1, max_size=3, unique_by=lambda each: each[0])


@st.composite
def instances(draw: st.DrawFn, *, women: int = 6, activities: int = 3, days: tuple[str, ...] = DAYS) -> Instance:
    """An instance in which every rule may bite."""
    sites = draw(st.integers(1, 2))
    staff = draw(st.integers(1, 2))
    names = [f"w{number}" for number in range(1, draw(st.integers(2, women)) + 1)]
    places = [draw(_site(number, days)) for number in range(1, sites + 1)]
    rooms = [room["id"] for one in places for room in one["rooms"]]
    raw = {
        "grid_minutes": draw(st.sampled_from([30, 60])),
        "rules": {"gap_minutes": draw(st.sampled_from([0, 30])), "max_minutes": 90},
        "sites": places,
        "professionals": [draw(_professional(number, days)) for number in range(1, staff + 1)],
        "women": [draw(_woman(name, days, sites)) for name in names],
        "must_not_meet": draw(st.lists(st.sampled_from(list(combinations(names, 2))), max_size=2)),
        "activities": [
            draw(_activity(number, names, sites, staff, rooms))
            for number in range(1, draw(st.integers(1, activities)) + 1)
        ],
    }
    return read_part(raw, Instance)


@st.composite
def _site(draw: st.DrawFn, number: int, days: tuple[str, ...]) -> dict[str, Any]:
    seats = draw(st.lists(st.integers(1, 4), min_size=1, max_size=2))
    care = [
        {"from": start, "to": end, "places": draw(st.integers(0, 3))}
        for start, end in draw(
            st.lists(_windows(days), max_size=2).map(lambda found: [one for each in found for one in each])
        )
    ]
    return {
        "id": f"s{number}",
        "rooms": [{"id": f"s{number}r{n}", "seats": each} for n, each in enumerate(seats, 1)],
        "childcare": care,
    }


@st.composite
def _professional(draw: st.DrawFn, number: int, days: tuple[str, ...]) -> dict[str, Any]:
    return {
        "id": f"p{number}",
        "languages": draw(st.lists(st.sampled_from(TONGUES), min_size=1, max_size=2, unique=True)),
        "available": draw(_windows(days)),
    }


@st.composite
def _woman(draw: st.DrawFn, name: str, days: tuple[str, ...], sites: int) -> dict[str, Any]:
    often = st.sampled_from([True, True, True, False])
    return {
        "id": name,
        "languages": draw(st.lists(st.sampled_from(TONGUES), max_size=2, unique=True)),
        "levels": draw(st.sampled_from([{"es": "A1"}, {"es": "A1"}, {"es": "A2"}, {}])),
        "available": draw(_windows(days)),
        "children": draw(st.sampled_from([0, 0, 1, 2])),
        "risk": draw(st.sampled_from(["low", "low", "medium", "high"])),
        "groups_agreed": draw(often),
        "meets_nobody": not draw(often),
        "avoids_sites": ["s1"] if sites > 1 and not draw(often) else [],
    }


@st.composite
def _activity(
    draw: st.DrawFn, number: int, names: list[str], sites: int, staff: int, rooms: list[str]
) -> dict[str, Any]:
    alone = draw(st.booleans())
    least = 1 if alone else draw(st.integers(1, 2))
    language = draw(st.sampled_from(["es", None]))
    return {
        "id": f"a{number}",
        "kind": "individual" if alone else "group",
        "minutes": draw(st.sampled_from([60, 90, 50])),
        "sessions": draw(st.sampled_from([1, 1, 2])),
        "days_apart": draw(st.sampled_from([0, 1, 1, 2])),
        "language": language,
        "level": draw(st.sampled_from(["A1", None])) if language else None,
        "therapeutic": draw(st.sampled_from([False, False, True])),
        "min_women": least,
        "max_women": 1 if alone else least + draw(st.integers(0, 2)),
        "professionals": [f"p{n}" for n in range(1, staff + 1)],
        "sites": [f"s{n}" for n in range(1, sites + 1)],
        "rooms": draw(st.none() | st.lists(st.sampled_from(rooms), min_size=1, unique=True)),
        "asked_by": draw(st.lists(st.sampled_from(names), min_size=1, max_size=len(names), unique=True)),
        "weight": draw(st.integers(0, 3)),
    }


def best_worth(instance: Instance) -> int:
    """The best worth of any plan that breaks no rule, by trying them all."""
    found = [one for activity in instance.activities for one in groups_of(instance, activity)]
    return _best(instance, found, ())


def _best(instance: Instance, offered: list[Group], held: tuple[Group, ...]) -> int:
    best = _worth(instance, held)
    for number, group in enumerate(offered):
        together = (*held, group)
        left = [one for one in offered[number + 1 :] if not _answers_again(one, group)]
        most = _worth(instance, together) + _most(instance, left)
        if most > best and _holds(instance, together):
            best = max(best, _best(instance, left, together))
    return best


def _most(instance: Instance, offered: list[Group]) -> int:
    weights = {one.id: one.weight for one in instance.activities}
    return sum(weights[activity] for _, activity in {(woman, one.activity) for one in offered for woman in one.women})


def _answers_again(one: Group, other: Group) -> bool:
    return one.activity == other.activity and bool(set(one.women) & set(other.women))


def _worth(instance: Instance, groups: tuple[Group, ...]) -> int:
    weights = {one.id: one.weight for one in instance.activities}
    return sum(weights[one.activity] * len(one.women) for one in groups)


def _holds(instance: Instance, groups: tuple[Group, ...]) -> bool:
    return not broken_rules(instance, whole(instance, groups))


def whole(instance: Instance, groups: tuple[Group, ...]) -> Plan:
    """These groups as a plan that answers every request."""
    served = {(woman, one.activity) for one in groups for woman in one.women}
    left = [(woman, one.id) for one in instance.activities for woman in one.asked_by if (woman, one.id) not in served]
    not_served = tuple(NotServed(woman=woman, activity=activity, reason="-") for woman, activity in left)
    plan = Plan(status="feasible", objective=0, groups=groups, not_served=not_served)
    return replace(plan, objective=_worth(instance, groups))


def groups_of(instance: Instance, activity: Activity) -> Iterator[Group]:
    """Every group of an activity that breaks no rule where it is the only one."""
    sessions = list(_sessions(instance, activity))
    for size in range(activity.min_women, activity.max_women + 1):
        for women, led_by in product(combinations(activity.asked_by, size), activity.professionals):
            held = [one for one in sessions if one.professional == led_by]
            for chosen in combinations(held, activity.sessions):
                group = Group(activity=activity.id, women=women, sessions=chosen)
                if _holds(instance, (group,)):
                    yield group


def _sessions(instance: Instance, activity: Activity) -> Iterator[Session]:
    led_by = {one.id: one for one in instance.professionals}
    rooms = [room.id for site in instance.sites if site.id in activity.sites for room in site.rooms]
    for name, room in product(activity.professionals, rooms):
        for start, end in led_by[name].available:
            at = start
            while at < end:
                moment = Moment(at.year, at.month, at.day, at.hour, at.minute)
                yield Session(start=moment, room=room, professional=name)
                at = at + timedelta(minutes=instance.grid_minutes)
