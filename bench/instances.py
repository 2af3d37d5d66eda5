"""Instances to plan: seeded, in several kinds, in the form of the contract (scheduling)."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

MONDAY = date(2026, 1, 12)
LEVELS = ("A1", "A2", "B1")
TONGUES = ("es", "en", "fr", "ro", "ar")


@dataclass(frozen=True)
class Size:
    """How many women and activities, over how many weeks."""

    women: int
    activities: int
    weeks: int


@dataclass(frozen=True)
class Sort:
    """What makes an instance of this kind hard."""

    professionals: float = 0.55  # for each activity
    professional_hours: int = 7
    childcare_places: int = 6
    enemies: float = 0.01  # share of pairs that must not meet
    meet_nobody: float = 0.02
    sites: int = 1
    leveled: float = 0.3  # share of activities with a level
    individual: float = 0.35
    her_days: float = 0.65  # share of days on which a woman has time


EASY = Size(20, 4, 1)
MIDDLE = Size(60, 10, 1)
LARGE = Size(200, 25, 4)

SORTS = {
    "easy": Sort(professionals=0.9, her_days=0.9, enemies=0.002, meet_nobody=0.0, childcare_places=12),
    "professionals": Sort(professionals=0.3, professional_hours=4),
    "childcare": Sort(childcare_places=2),
    "separation": Sort(enemies=0.06, meet_nobody=0.06),
    "two sites": Sort(sites=2, enemies=0.03),
    "levels": Sort(leveled=0.9, individual=0.15),
}


def make(sort: str, size: Size, seed: int = 1) -> dict[str, Any]:
    """An instance of a kind and size; the same for the same seed."""
    return _Maker(SORTS[sort], size, random.Random(f"{sort}/{size}/{seed}")).instance()


@dataclass
class _Maker:
    sort: Sort
    size: Size
    chance: random.Random
    days: list[date] = field(init=False)

    def __post_init__(self) -> None:
        self.days = [MONDAY + timedelta(days=7 * week + day) for week in range(self.size.weeks) for day in range(5)]

    def instance(self) -> dict[str, Any]:
        sites = [self.site(number) for number in range(1, self.sort.sites + 1)]
        staff = max(2, round(self.sort.professionals * self.size.activities))
        professionals = [self.professional(number) for number in range(1, staff + 1)]
        women = [self.woman(number, len(sites)) for number in range(1, self.size.women + 1)]
        activities = [self.activity(number, sites, professionals) for number in range(1, self.size.activities + 1)]
        for woman in women:
            for activity in self.chance.sample(activities, min(len(activities), self.chance.choice((2, 3, 3, 4)))):
                activity["asked_by"].append(woman["id"])
                if activity["level"] and self.chance.random() < 0.8:
                    woman["levels"].setdefault(activity["language"], activity["level"])
        pairs = [(one["id"], other["id"]) for n, one in enumerate(women) for other in women[n + 1 :]]
        return {
            "grid_minutes": 15,
            "rules": {"gap_minutes": 30, "max_minutes": 90},
            "sites": sites,
            "professionals": professionals,
            "women": women,
            "must_not_meet": [list(pair) for pair in pairs if self.chance.random() < self.sort.enemies],
            "activities": activities,
        }

    def site(self, number: int) -> dict[str, Any]:
        seats = (12, 8, 4) if self.size.activities < 15 else (12, 10, 8, 6, 4)
        rooms = [{"id": f"s{number}r{n}", "seats": each} for n, each in enumerate(seats, 1)]
        windows = [("09:30", "13:00"), ("16:00", "19:00")]
        care = [
            {"from": _at(day, start), "to": _at(day, end), "places": self.sort.childcare_places}
            for day in self.days
            for start, end in windows
        ]
        return {"id": f"s{number}", "rooms": rooms, "childcare": care}

    def professional(self, number: int) -> dict[str, Any]:
        languages = sorted({"es", *self.chance.sample(TONGUES, 2)})
        available = []
        for day in self.days:
            if self.chance.random() < 0.85:
                start = self.chance.randint(9 * 4, (20 - self.sort.professional_hours) * 4)
                available.append([_at(day, start), _at(day, start + 4 * self.sort.professional_hours)])
        return {"id": f"p{number}", "languages": languages, "available": available}

    def woman(self, number: int, sites: int) -> dict[str, Any]:
        early, late = self.chance.randint(8 * 4, 12 * 4), self.chance.randint(15 * 4, 20 * 4)
        days = [day for day in self.days if self.chance.random() < self.sort.her_days]
        chance = self.chance.random
        return {
            "id": f"w{number}",
            "languages": self.chance.sample(TONGUES, 2),
            "levels": {},
            "available": [[_at(day, early), _at(day, late)] for day in days],
            "children": self.chance.choice((0, 0, 0, 1, 1, 2)),
            "risk": self.chance.choice(("low", "low", "low", "low", "medium", "high")),
            "groups_agreed": chance() < 0.93,
            "meets_nobody": chance() < self.sort.meet_nobody,
            "avoids_sites": ["s1"] if sites > 1 and chance() < 0.1 else [],
        }

    def activity(self, number: int, sites: list[Any], professionals: list[Any]) -> dict[str, Any]:
        alone = self.chance.random() < self.sort.individual
        leveled = not alone and self.chance.random() < self.sort.leveled
        least = 1 if alone else self.chance.choice((3, 4, 5))
        able = [one["id"] for one in professionals]
        return {
            "id": f"a{number}",
            "kind": "individual" if alone else "group",
            "minutes": self.chance.choice((45, 50, 60)) if alone else self.chance.choice((60, 75, 90)),
            "sessions": self.chance.choice((1, 1, 2)) * self.size.weeks // (2 if alone and self.size.weeks > 1 else 1),
            "days_apart": 1 if self.size.weeks == 1 else self.chance.choice((1, 2, 3)),
            "language": "es" if not alone or self.chance.random() < 0.4 else None,
            "level": self.chance.choice(LEVELS) if leveled else None,
            "therapeutic": not alone and self.chance.random() < 0.25,
            "min_women": least,
            "max_women": 1 if alone else self.chance.choice((6, 8, 10)),
            "professionals": self.chance.sample(able, min(len(able), self.chance.choice((1, 2, 3)))),
            "sites": [site["id"] for site in sites],
            "asked_by": [],
            "weight": self.chance.choice((1, 2, 3)),
        }


def _at(day: date, time: int | str) -> str:
    hours = time if isinstance(time, str) else f"{time // 4:02}:{time % 4 * 15:02}"
    return f"{day}T{hours}"
