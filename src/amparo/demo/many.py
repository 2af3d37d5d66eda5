"""Many cases at once, for measuring: plain notes, made of building blocks; no story is told."""

import random
from datetime import date, timedelta

from amparo.areas.access.rules import Audience, Viewer
from amparo.areas.cases.bulk import NewCase, NewNote, open_cases
from amparo.areas.cases.rules import DueKind, Outcome, Status
from amparo.areas.orgs.rules import Role
from amparo.areas.people.actions import Particulars
from amparo.areas.people.bulk import NewPerson
from amparo.kernel import clock

from .names import called_name
from .staff import Staffed

CHUNK = 2000
# As the head of a case keeps it (cases.contact).
_REACH = '{"way": "call", "days": [], "from": "10:00", "until": "13:00", "ask_for": ""}'
_NOTES = (
    "We met and went through her week. She slept better and wants to go on with the language course.",
    "Telephone call at the agreed hour. She asked about the letter from the town hall; answered.",
    "Accompanied her to the health centre. Next appointment in a month; she knows the way now.",
    "She told me what matters to her this month: her room, and a call with her sister.",
    "Talked with the teacher, with her consent. A place by the window and a later start on Mondays.",
)


def make_many(houses: list[Staffed], count: int, *, notes: int = 3, chance: random.Random) -> None:
    """Make `count` cases, spread over the organisations and their caseworkers."""
    for place, house in enumerate(houses):
        mine = count // len(houses) + (1 if place < count % len(houses) else 0)
        viewer = house.viewer(Role.CASEWORKER)
        for start in range(0, mine, CHUNK):
            cases = [_case(house, viewer, chance, notes) for _ in range(min(CHUNK, mine - start))]
            open_cases(cases, by=viewer)


def _case(house: Staffed, viewer: Viewer, chance: random.Random, notes: int) -> NewCase:
    today = clock.today(house.house.time_zone)
    opened = today - timedelta(days=chance.randrange(5, 3 * 365))
    worker = chance.choice(house.members[Role.CASEWORKER])
    status, closed = _standing(chance, opened, today)
    called = called_name(chance)
    return NewCase(
        person=NewPerson(
            Particulars(
                called=called,
                gender="female",
                birth_year=today.year - chance.randrange(18, 50),
                citizenships=(chance.choice(("NG", "RO", "CO", "VN", "AL", "MA", "PY", "UA")),),
                languages=(chance.choice(("en", "es", "ro", "fr", "ar", "vi", "sq", "uk")),),
            ),
            house.identity(called, chance) if chance.random() < 0.9 else {},
        ),
        opened_on=opened,
        referent=worker,
        team=[chance.choice(house.members[role]) for role in (Role.PSYCHOLOGIST, Role.LAWYER) if chance.random() < 0.4],
        status=status,
        closed_on=closed,
        outcome=chance.choice(list(Outcome)) if closed else "",
        risk_level=chance.choice(("low", "low", "medium", "high")),
        risk_on=max(opened, today - timedelta(days=chance.randrange(1, 150))),
        reach=_REACH,
        notes=[_note(chance, worker, opened, closed or today) for _ in range(notes)],
        dues=() if closed else _dues(chance, today),
    )


def _standing(chance: random.Random, opened: date, today: date) -> tuple[Status, date | None]:
    if chance.random() < 0.35 and (today - opened).days > 200:
        return Status.CLOSED, opened + timedelta(days=chance.randrange(150, (today - opened).days))
    return chance.choice((Status.MEETING, Status.ACCOMPANIED, Status.ACCOMPANIED, Status.FOLLOW_UP)), None


def _note(chance: random.Random, worker: int, first: date, last: date) -> NewNote:
    day = first + timedelta(days=chance.randrange(0, (last - first).days + 1))
    return NewNote(text=chance.choice(_NOTES), on=day, author=worker, audience=Audience.TEAM)


def _dues(chance: random.Random, today: date) -> list[tuple[DueKind, date]]:
    kinds = chance.sample((DueKind.RISK, DueKind.REVIEW, DueKind.APPOINTMENT), k=2)
    return [(kind, today + timedelta(days=chance.randrange(-6, 90))) for kind in kinds]
