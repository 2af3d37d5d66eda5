"""Timefold on the same instances, where its package (requirements/bench.txt) and a JDK of 17 or newer are installed.

The model stands in bench/timefold/SessionPlanner.java and is compiled against the jars that the package brings.
"""

import importlib.util
import re
import shutil
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path

from amparo.areas.activities.rules.instance import (
    Activity,
    Group,
    Instance,
    Moment,
    NotServed,
    Plan,
    Professional,
    Session,
    Site,
    Window,
    Woman,
)

MODEL = Path(__file__).parent / "timefold" / "SessionPlanner.java"
SPEED = re.compile(r"^speed (\d+)$", re.MULTILINE)
MEMORY = "-Xmx1500m"
Spots = list[tuple[int, int]]


def missing() -> str | None:
    """Why Timefold cannot be asked here; None where it can."""
    if shutil.which("javac") is None:
        return "no JDK here (17 or newer)"
    if importlib.util.find_spec("timefold") is None:
        return "the package timefold is not installed here"
    return None


def timefold_plan(instance: Instance, *, seconds: int) -> tuple[Plan, int]:
    """What Timefold plans in that time, and how many moves it tried in a second."""
    sheet = _Sheet(instance)
    spec = importlib.util.find_spec("timefold.solver")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("timefold.solver")
    jars = Path(spec.submodule_search_locations[0]) / "jars"
    with tempfile.TemporaryDirectory() as built:
        subprocess.run(["javac", "-cp", f"{jars}/*", "-d", built, MODEL], check=True)
        asked = ["java", MEMORY, "-cp", f"{built}:{jars}/*", "SessionPlanner", str(seconds)]
        done = subprocess.run(asked, input=sheet.written(), capture_output=True, text=True, check=True)
    speed = SPEED.search(done.stdout)
    return sheet.plan(done.stdout), int(speed[1]) if speed else 0


class _Sheet:
    """The instance in numbers: minutes since the first midnight, and places in lists."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        windows = [one for who in (*instance.professionals, *instance.women) for one in who.available]
        self.midnight = datetime.combine(min((start for start, _ in windows), default=Moment(2026, 1, 1)), time())
        self.women = {one.id: place for place, one in enumerate(instance.women)}
        self.rooms = [(site, room) for site in instance.sites for room in site.rooms]
        self.groups: list[tuple[Activity, Professional, Woman | None, Spots]] = []
        self.seats: list[tuple[Woman, Activity, list[int]]] = []
        for activity in instance.activities:
            if activity.minutes <= instance.rules.max_minutes:
                self._offer(activity)

    def _offer(self, activity: Activity) -> None:
        """The groups that there may be, and the wishes: for an individual activity, each woman's own."""
        asked = [one for one in self.instance.women if one.id in activity.asked_by and _may_join(activity, one)]
        able = [one for one in self.instance.professionals if one.id in activity.professionals]
        able = [one for one in able if activity.language is None or activity.language in one.languages]
        first = len(self.groups)
        for professional in able:
            told = [one for one in asked if activity.language or set(one.languages) & set(professional.languages)]
            owners = told if activity.kind == "individual" else [None] * (len(told) // activity.min_women)
            for owner in owners:
                spots = self._spots(activity, professional, [owner] if owner else told)
                self.groups.append((activity, professional, owner, spots))
        for woman in asked:
            suits = [
                place
                for place, (_, professional, owner, _) in enumerate(self.groups[first:], first)
                if owner in (None, woman) and (activity.language or set(woman.languages) & set(professional.languages))
            ]
            self.seats.append((woman, activity, suits))

    def _spots(self, activity: Activity, professional: Professional, women: list[Woman]) -> Spots:
        """Where and when the professional is there, and enough of these women could be."""
        grid, there = self.instance.grid_minutes, self._free(professional.available)
        free = {one.id: self._free(one.available) for one in women}
        found = []
        for start in sorted({at for begin, end in there for at in range(-(-begin // grid) * grid, end, grid)}):
            end = start + activity.minutes
            if not _holds(there, start, end):
                continue
            coming = [one for one in women if _holds(free[one.id], start, end)]
            for place, (site, room) in enumerate(self.rooms):
                could = sum(site.id not in one.avoids_sites for one in coming)
                if site.id in activity.sites and min(could, room.seats) >= activity.min_women:
                    found.append((start, place))
        return found

    def _free(self, windows: tuple[Window, ...]) -> list[tuple[int, int]]:
        """Windows that touch are one."""
        found: list[tuple[int, int]] = []
        for start, end in sorted((self._minutes(start), self._minutes(end)) for start, end in windows):
            if found and start <= found[-1][1]:
                found[-1] = found[-1][0], max(end, found[-1][1])
            else:
                found.append((start, end))
        return found

    def _minutes(self, moment: datetime) -> int:
        return int((moment - self.midnight).total_seconds()) // 60

    def written(self) -> str:
        """What the model reads: numbers alone."""
        return "\n".join(" ".join(str(one) for one in line) for line in self._lines())

    def _lines(self) -> Iterator[tuple[int, ...]]:
        sites = {one.id: place for place, one in enumerate(self.instance.sites)}
        yield self.instance.grid_minutes, self.instance.rules.gap_minutes
        yield (len(self.rooms),)
        yield from ((place, sites[site.id], room.seats) for place, (site, room) in enumerate(self.rooms))
        care = [(sites[one.id], at, places) for one in self.instance.sites for at, places in self._care(one).items()]
        yield (len(care),)
        yield from care
        yield (len(self.women),)
        for woman in self.instance.women:
            avoids = [sites[one] for one in woman.avoids_sites if one in sites]
            free = self._free(woman.available)
            windows = [at for window in free for at in window]
            yield woman.children, int(woman.meets_nobody), len(avoids), *avoids, len(free), *windows
        pairs = {tuple(sorted((self.women[one], self.women[other]))) for one, other in self.instance.must_not_meet}
        yield (len(pairs),)
        yield from sorted(pairs)
        yield (len(self.groups),)
        yield from (self._group(*one) for one in self.groups)
        yield (len(self.seats),)
        yield from ((self.women[woman.id], len(groups), *groups) for woman, _, groups in self.seats)

    def _group(
        self, activity: Activity, professional: Professional, owner: Woman | None, spots: Spots
    ) -> tuple[int, ...]:
        number = self.instance.professionals.index(professional)
        size = (activity.min_women, activity.max_women, activity.sessions)
        held = (activity.minutes, activity.days_apart, activity.weight)
        places = [number for spot in spots for number in spot]
        return number, self.women[owner.id] if owner else -1, *size, *held, len(spots), *places

    def _care(self, site: Site) -> dict[int, int]:
        """The places for children at every moment of the grid; windows of one site are taken not to overlap."""
        grid, found = self.instance.grid_minutes, {}
        for one in site.childcare:
            start, end = self._minutes(one.from_), self._minutes(one.to)
            found |= dict.fromkeys(range(-(-start // grid) * grid, end, grid), one.places)
        return found

    def plan(self, answer: str) -> Plan:
        """The groups of the answer that are whole, and every other wish as one that found no place."""
        women: dict[int, list[str]] = defaultdict(list)
        sessions: dict[int, list[Session]] = defaultdict(list)
        for kind, *numbers in (line.split() for line in answer.splitlines()):
            if kind == "seat":
                seat, group = map(int, numbers)
                women[group].append(self.seats[seat][0].id)
            elif kind == "sitting":
                group, start, room = map(int, numbers)
                at = self.midnight + timedelta(minutes=start)
                moment = Moment(at.year, at.month, at.day, at.hour, at.minute)
                sessions[group].append(Session(moment, self.rooms[room][1].id, self.groups[group][1].id))
        held = [
            Group(activity.id, tuple(women[place]), tuple(sorted(sessions[place], key=lambda one: one.start)))
            for place, (activity, *_) in enumerate(self.groups)
            if len(women[place]) >= activity.min_women and len(sessions[place]) == activity.sessions
        ]
        weights = {one.id: one.weight for one in self.instance.activities}
        served = {(woman, one.activity) for one in held for woman in one.women}
        wishes = [(woman, one.id) for one in self.instance.activities for woman in one.asked_by]
        left = tuple(NotServed(*wish, "no place was found") for wish in wishes if wish not in served)
        return Plan("feasible", sum(weights[one] for _, one in served), tuple(held), left)


def _may_join(activity: Activity, woman: Woman) -> bool:
    """What keeps her from an activity whatever the time, the place and the others are."""
    if activity.level is not None and woman.levels.get(activity.language or "") != activity.level:
        return False
    if activity.kind == "individual":
        return True
    if not woman.groups_agreed or woman.meets_nobody or woman.risk == "high":
        return False
    return not activity.therapeutic or woman.risk == "low"


def _holds(windows: list[tuple[int, int]], start: int, end: int) -> bool:
    return any(begin <= start and end <= until for begin, until in windows)
