"""Where a story is told: the organisation, who acts, and her case as that colleague opens it."""

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from amparo.areas.access.rules import Viewer
from amparo.areas.cases.dues import due_lines
from amparo.areas.cases.files import CaseFile, case_for
from amparo.areas.orgs.rules import Role
from amparo.kernel import clock
from amparo.kernel.language import pick

from .days import Calendar
from .reading import Story, bank
from .staff import Staffed

MORNING = time(9, 10)
BETWEEN = timedelta(minutes=7)
WEEK = timedelta(days=7)
FULL = 16  # lines on Today; more than two above it is no longer one look


def lines_on_today(by: Viewer) -> int:
    """How many things Today shows to this colleague."""
    return len(due_lines(by, until=clock.today(by.time_zone) + WEEK))


@dataclass
class Stage:
    """One organisation while its stories are told. `place` is its place among the three."""

    house: Staffed
    place: int
    chance: random.Random
    turns: Counter[str] = field(default_factory=Counter)

    def words(self, texts: Mapping[str, str]) -> str:
        """A text in the language of the house."""
        return pick(dict(texts), self.house.house.language)

    def next_of(self, key: str, choices: Sequence[Any]) -> Any:
        """The next of several wordings: everybody of this house gets one that the others did not, while they last."""
        chosen = choices[(self.turns[key] + self.place) % len(choices)]
        self.turns[key] += 1
        return chosen

    def phrase(self, key: str) -> str:
        """The next wording of a phrase, in the language of the house."""
        return self.words(self.next_of(key, bank("phrases")[key]))

    @property
    def today(self) -> date:
        """Today where the house is."""
        return clock.today(self.house.house.time_zone)

    @property
    def workers(self) -> list[Viewer]:
        """Every caseworker of the house."""
        return [self.house.viewers[member] for member in self.house.members[Role.CASEWORKER]]

    @contextmanager
    def standing_on(self, day: date, nth: int = 0) -> Iterator[None]:
        """Let it be that day, in the morning or `nth` things later, and never later than now."""
        moment = datetime.combine(day, MORNING, ZoneInfo(self.house.house.time_zone)) + BETWEEN * nth
        with clock.standing_at(min(moment, clock.now())):
            yield


@dataclass
class Scene:
    """One woman's story while it is told: who her referent is now, and the numbers of what was made so far."""

    stage: Stage
    story: Story
    calendar: Calendar
    referent: int
    person: UUID | None = None
    code: str = ""
    numbers: dict[Any, int] = field(default_factory=dict)
    happened: Counter[date] = field(default_factory=Counter)
    opened: dict[int, CaseFile] = field(default_factory=dict)

    @property
    def language(self) -> str:
        """A language that she understands."""
        spoken: Sequence[str] = self.story.her["languages"]
        return spoken[0]

    @property
    def called(self) -> str:
        """The name she wants to be called."""
        names: Sequence[str] = self.story.her["called"]
        return names[self.stage.place]

    def viewer(self, role: str = "") -> Viewer:
        """Who acts: her referent, or the colleague of that role."""
        house = self.stage.house
        if role and role != Role.CASEWORKER:
            return house.viewer(Role(role))
        return house.viewer(Role.CASEWORKER, self.referent)

    def case(self, by: Viewer) -> CaseFile:
        """Her case, as that colleague opens it; what was opened is kept until where it stands changes."""
        if by.member not in self.opened:
            self.opened[by.member] = case_for(by, self.code)
        return self.opened[by.member]

    def words(self, texts: Mapping[str, str] | None) -> str:
        """A text in the language of the house; empty where there is none."""
        return self.stage.words(texts) if texts else ""

    def day(self, written: int | str | date) -> date:
        """The day that a story writes."""
        return written if isinstance(written, date) else self.calendar.day(written)

    @contextmanager
    def standing_on(self, day: date) -> Iterator[None]:
        """Let it be that day, a little later than what happened on it before."""
        self.happened[day] += 1
        with self.stage.standing_on(day, self.happened[day]):
            yield
