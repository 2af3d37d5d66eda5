"""Whether a plan keeps every rule (contract: scheduling, "Rules that always hold"; pure).

Written from the rules alone and sharing nothing with the planner, so that a mistake there is found here.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations, pairwise, product

from .instance import Activity, Group, Instance, Plan, Professional, Site, Window, Woman


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that does not hold: its number in the contract (0: the plan does not fit what was asked), and where."""

    rule: int
    says: str


@dataclass(frozen=True, slots=True)
class _Held:
    """One session as it would take place."""

    group: int
    activity: Activity
    women: tuple[str, ...]
    professional: str
    room: str
    site: str
    start: datetime
    end: datetime

    def __str__(self) -> str:
        return f"{self.activity.id} on {self.start:%Y-%m-%d %H:%M} in {self.room}"


class _World:
    """The instance and the plan, with everything found by its id."""

    def __init__(self, instance: Instance, plan: Plan) -> None:
        self.instance, self.plan = instance, plan
        self.women = {one.id: one for one in instance.women}
        self.professionals = {one.id: one for one in instance.professionals}
        self.activities = {one.id: one for one in instance.activities}
        self.rooms = {room.id: (site, room) for site in instance.sites for room in site.rooms}
        self.gap = timedelta(minutes=instance.rules.gap_minutes)
        self.held = [held for number, group in enumerate(plan.groups) for held in self._sessions(number, group)]
        self.of_woman: dict[str, list[_Held]] = defaultdict(list)
        for held in self.held:
            for woman in held.women:
                self.of_woman[woman].append(held)

    def _sessions(self, number: int, group: Group) -> Iterator[_Held]:
        activity = self.activities.get(group.activity)
        if activity is None:
            return
        for session in group.sessions:
            if session.room in self.rooms and session.professional in self.professionals:
                site, _ = self.rooms[session.room]
                end = session.start + timedelta(minutes=activity.minutes)
                women = tuple(woman for woman in dict.fromkeys(group.women) if woman in self.women)
                where = (session.professional, session.room, site.id)
                yield _Held(number, activity, women, *where, session.start, end)


def broken_rules(instance: Instance, plan: Plan) -> list[Broken]:
    """Every rule that the plan breaks, in the order of the rules; empty where it may be held."""
    world = _World(instance, plan)
    checks = (_fits, _adds_up, _one_place, _in_time, _sessions_of_groups, _groups, _sites, _agreed, _apart, _individual)
    return sorted((one for check in checks for one in check(world)), key=lambda one: one.rule)


def _fits(world: _World) -> Iterator[Broken]:
    """The plan names what there is, and answers every request once."""
    for group in world.plan.groups:
        yield from (Broken(0, says) for says in _unknown(world, group))
    answered = Counter((woman, group.activity) for group in world.plan.groups for woman in set(group.women))
    answered.update((one.woman, one.activity) for one in world.plan.not_served)
    asked = {(woman, one.id) for one in world.instance.activities for woman in one.asked_by}
    for woman, activity in sorted(asked | answered.keys()):
        times = answered[woman, activity]
        if (woman, activity) not in asked:
            yield Broken(0, f"{woman} did not ask for {activity}")
        elif times != 1:
            yield Broken(0, f"the request of {woman} for {activity} is answered {times} times, not once")
    for one in world.plan.not_served:
        if not one.reason.strip():
            yield Broken(0, f"{one.woman} is told no reason why {one.activity} has no place for her")


def _unknown(world: _World, group: Group) -> Iterator[str]:
    activity = world.activities.get(group.activity)
    if activity is None:
        yield f"there is no activity {group.activity}"
        return
    yield from (f"there is no woman {woman}" for woman in group.women if woman not in world.women)
    if len(set(group.women)) != len(group.women):
        yield f"a woman stands twice in a group of {activity.id}"
    for session in group.sessions:
        if session.room not in world.rooms:
            yield f"there is no room {session.room}"
        elif world.rooms[session.room][0].id not in activity.sites:
            yield f"{activity.id} is not held on the site of {session.room}"
        if session.professional not in activity.professionals:
            yield f"{session.professional} does not hold {activity.id}"
        if _is_off_grid(session.start, world.instance.grid_minutes):
            yield f"{activity.id} starts at {session.start:%H:%M}, off the grid"


def _is_off_grid(moment: datetime, grid: int) -> bool:
    return bool((moment.hour * 60 + moment.minute) % grid)


def _adds_up(world: _World) -> Iterator[Broken]:
    """Objective, bound and status say what the plan is."""
    plan = world.plan
    served = sum(
        world.activities[group.activity].weight * len(set(group.women))
        for group in plan.groups
        if group.activity in world.activities
    )
    if plan.objective != served:
        yield Broken(0, f"the objective is {served}, not {plan.objective}")
    if plan.bound is not None and plan.bound < served:
        yield Broken(0, f"the bound {plan.bound} lies below what the plan reaches")
    if plan.status == "optimal" and plan.bound is not None and plan.bound != served:
        yield Broken(0, f"a plan of {served} below the bound {plan.bound} is not shown to be the best")
    if plan.status == "infeasible" and plan.groups:
        yield Broken(0, "what cannot be planned has no groups")


def _one_place(world: _World) -> Iterator[Broken]:
    """Rule 1: nobody and no room twice at once; rooms in which the activity can be held; seats."""
    yield from _twice("room", ((held.room, held) for held in world.held))
    yield from _twice("professional", ((held.professional, held) for held in world.held))
    yield from _twice("woman", ((woman, held) for held in world.held for woman in held.women))
    for held in world.held:
        fitting, seats = held.activity.rooms, world.rooms[held.room][1].seats
        if fitting is not None and held.room not in fitting:
            yield Broken(1, f"{held}: it is not held there, only in {' or '.join(fitting) or 'no room at all'}")
        if len(held.women) > seats:
            yield Broken(1, f"{held}: {len(held.women)} women for {seats} seats")


def _twice(what: str, named: Iterable[tuple[str, _Held]]) -> Iterator[Broken]:
    found: dict[str, list[_Held]] = defaultdict(list)
    for name, held in named:
        found[name].append(held)
    for name, sessions in found.items():
        for one, other in _near(sessions, timedelta(0)):
            yield Broken(1, f"{what} {name} is in two sessions at once: {one} and {other}")


def _in_time(world: _World) -> Iterator[Broken]:
    """Rule 1: everyone inside their available times; no session too long."""
    longest = world.instance.rules.max_minutes
    for held in world.held:
        if held.activity.minutes > longest:
            yield Broken(1, f"{held}: {held.activity.minutes} minutes are longer than {longest}")
        if not _covers(world.professionals[held.professional].available, held):
            yield Broken(1, f"{held}: {held.professional} is not available")
        for woman in held.women:
            if not _covers(world.women[woman].available, held):
                yield Broken(1, f"{held}: {woman} is not available")


def _sessions_of_groups(world: _World) -> Iterator[Broken]:
    """Rule 1: all sessions of a group, far enough apart, with one professional."""
    for group in world.plan.groups:
        activity = world.activities.get(group.activity)
        if activity is None:
            continue
        if len(group.sessions) != activity.sessions:
            yield Broken(1, f"a group of {activity.id} has {len(group.sessions)} sessions, not {activity.sessions}")
        if len({session.professional for session in group.sessions}) > 1:
            yield Broken(1, f"a group of {activity.id} changes its professional")
        for one, other in pairwise(sorted(session.start for session in group.sessions)):
            if (other.date() - one.date()).days < activity.days_apart:
                yield Broken(1, f"sessions of {activity.id} on {one:%Y-%m-%d} and {other:%Y-%m-%d} are too near")


def _groups(world: _World) -> Iterator[Broken]:
    """Rule 2: size, languages, level."""
    for group in world.plan.groups:
        activity, size = world.activities.get(group.activity), len(set(group.women))
        if activity is None:
            continue
        if not activity.min_women <= size <= activity.max_women or (activity.kind == "individual" and size != 1):
            yield Broken(2, f"{size} women in a group of {activity.id}")
        women = [world.women[woman] for woman in group.women if woman in world.women]
        for name in dict.fromkeys(one.professional for one in group.sessions):
            if name in world.professionals:
                yield from _not_understood(activity, world.professionals[name], women)
        for woman in women:
            if activity.level is not None and woman.levels.get(activity.language or "") != activity.level:
                yield Broken(2, f"{woman.id} has not the level of {activity.id}")


def _not_understood(activity: Activity, speaker: Professional, women: Sequence[Woman]) -> Iterator[Broken]:
    if activity.language is None:
        for woman in women:
            if not set(woman.languages) & set(speaker.languages):
                yield Broken(2, f"{woman.id} and {speaker.id} share no language in {activity.id}")
    elif activity.language not in speaker.languages:
        yield Broken(2, f"{speaker.id} does not speak the language of {activity.id}")


def _sites(world: _World) -> Iterator[Broken]:
    """Rule 3: avoided sites; childcare for her children at every moment."""
    sites = {site.id: site for site in world.instance.sites}
    with_children: dict[str, list[_Held]] = defaultdict(list)
    for held in world.held:
        if any(world.women[woman].children for woman in held.women):
            with_children[held.site].append(held)
        for woman in held.women:
            if held.site in world.women[woman].avoids_sites:
                yield Broken(3, f"{held}: {woman} avoids this site")
    for name, sessions in with_children.items():
        for held in sessions:
            if not _are_looked_after(world, sites[name], held, sessions):
                yield Broken(3, f"{held}: not enough childcare on {name}")


def _are_looked_after(world: _World, site: Site, held: _Held, sessions: Sequence[_Held]) -> bool:
    """Whether one window covers the session, with places for all children who are on the site meanwhile."""
    most = max(
        _children_at(world, moment, sessions)
        for moment in {held.start, *(other.start for other in sessions)}
        if held.start <= moment < held.end
    )
    return any(one.from_ <= held.start and held.end <= one.to and most <= one.places for one in site.childcare)


def _children_at(world: _World, moment: datetime, sessions: Sequence[_Held]) -> int:
    present = {woman for held in sessions if held.start <= moment < held.end for woman in held.women}
    return sum(world.women[woman].children for woman in present)


def _agreed(world: _World) -> Iterator[Broken]:
    """Rule 4 and the end of rule 5: who is in a group at all."""
    for group in world.plan.groups:
        activity = world.activities.get(group.activity)
        if activity is None or activity.kind != "group":
            continue
        for woman in (world.women[one] for one in group.women if one in world.women):
            yield from _why_not_in_a_group(activity, woman)


def _why_not_in_a_group(activity: Activity, woman: Woman) -> Iterator[Broken]:
    if not woman.groups_agreed:
        yield Broken(4, f"{woman.id} has not agreed to groups and is in {activity.id}")
    if woman.risk == "high":
        yield Broken(4, f"{woman.id} is at high risk and is in a group of {activity.id}")
    if activity.therapeutic and woman.risk != "low":
        yield Broken(4, f"{woman.id} is not at low risk and is in {activity.id}, which is therapeutic")
    if woman.meets_nobody:
        yield Broken(5, f"{woman.id} meets nobody and is in a group of {activity.id}")


def _apart(world: _World) -> Iterator[Broken]:
    """Rule 5: those who must not meet are never near each other on one site; who meets nobody is alone there."""
    for one, other in {tuple(sorted(pair)) for pair in world.instance.must_not_meet}:
        for a, b in product(world.of_woman[one], world.of_woman[other]):
            if a.site == b.site and _is_near(a, b, world.gap):
                yield Broken(5, f"{one} and {other} must not meet: {a} and {b}")
    for woman in world.instance.women:
        for held in world.of_woman[woman.id] if woman.meets_nobody else ():
            for other_session in world.held:
                others = set(other_session.women) - {woman.id}
                if others and other_session.site == held.site and _is_near(held, other_session, world.gap):
                    yield Broken(5, f"{woman.id} meets nobody: {held} and {other_session}")


def _individual(world: _World) -> Iterator[Broken]:
    """Rule 6: time between the individual sessions of two women with one professional on one site."""
    alone: dict[tuple[str, str], list[_Held]] = defaultdict(list)
    for held in world.held:
        if held.activity.kind == "individual":
            alone[held.professional, held.site].append(held)
    for (professional, _), sessions in alone.items():
        for one, other in _near(sessions, world.gap):
            if one.women != other.women:
                yield Broken(6, f"{professional} has too little time between {one} and {other}")


def _near(sessions: Sequence[_Held], gap: timedelta) -> Iterator[tuple[_Held, _Held]]:
    """The pairs with less than `gap` between them."""
    return (pair for pair in combinations(sessions, 2) if _is_near(*pair, gap))


def _is_near(one: _Held, other: _Held, gap: timedelta) -> bool:
    return one.start < other.end + gap and other.start < one.end + gap


def _covers(windows: Sequence[Window], held: _Held) -> bool:
    """Whether the windows together cover the session without a hole."""
    reached = held.start
    for start, end in sorted(windows):
        if start <= reached < end:
            reached = end
    return reached >= held.end
