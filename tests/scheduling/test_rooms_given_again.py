"""Rooms given out once all else is decided: never two sessions in one, and as many as can be where they were before."""

from collections.abc import Iterator, Mapping
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amparo.areas.activities.rules.instance import Instance, read_part
from amparo.areas.activities.scheduling.problem import Meeting, Problem, Session
from amparo.areas.activities.scheduling.seating import Had, Held, rooms_given

#: Seats by room; those of one size are of one kind.
SEATS = {"a": 2, "b": 2, "c": 3, "d": 3}
Given = Mapping[Held, str]


def problem_of(lengths: list[int]) -> Problem:
    """A site with these rooms, and for each length (in hours) an activity with somebody who holds it."""
    names = [f"{number}" for number in range(len(lengths))]
    day = [["2026-01-12T09:00", "2026-01-12T21:00"]]
    raw = {
        "grid_minutes": 60,
        "sites": [{"id": "s", "rooms": [{"id": room, "seats": seats} for room, seats in SEATS.items()]}],
        "professionals": [{"id": f"p{name}", "languages": [], "available": day} for name in names],
        "women": [{"id": f"w{n}", "available": day, "risk": "low", "groups_agreed": True} for n in range(3)],
        "activities": [
            {
                "id": f"a{name}",
                "kind": "group",
                "minutes": 60 * length,
                "sessions": 1,
                "max_women": 3,
                "professionals": [f"p{name}"],
                "sites": ["s"],
                "asked_by": ["w0", "w1", "w2"],
            }
            for name, length in zip(names, lengths, strict=True)
        ],
    }
    return Problem(read_part(raw, Instance))


def meetings_of(problem: Problem, held: list[tuple[int, int, str]]) -> list[Meeting]:
    """A meeting for each of these: its start, how many women come, and a room of the kind that is planned for it."""
    kinds = problem.kind_of_room
    return [
        Meeting(number, tuple(range(women)), number, (Session(start, 0, kinds[room]),))
        for number, (start, women, room) in enumerate(held)
    ]


def had(held: list[tuple[int, int, str]], rooms: str) -> dict[Had, str]:
    """The rooms that they had before, one letter each; a dot where there was none."""
    return {(n, n, start): room for n, ((start, *_), room) in enumerate(zip(held, rooms, strict=True)) if room != "."}


def rooms_of(found: Given) -> str:
    return "".join(room for _, room in sorted(found.items()))


def is_valid(problem: Problem, meetings: list[Meeting], found: Given) -> bool:
    def spans(one: Held) -> tuple[int, int]:
        return one[1], one[1] + problem.lengths[meetings[one[0]].activity]

    enough = all(SEATS[room] >= len(meetings[number].women) for (number, _), room in found.items())
    return enough and all(
        found[one] != found[other] or spans(one)[1] <= spans(other)[0] or spans(other)[1] <= spans(one)[0]
        for one, other in combinations(found, 2)
    )


def kept(before: Mapping[Had, str], found: Given) -> int:
    return sum(1 for (number, start), room in found.items() if before.get((number, number, start)) == room)


def every_way(problem: Problem, meetings: list[Meeting], before: Mapping[Had, str]) -> Iterator[Given]:
    """Every way to give out a room of the kind that was planned, or the one that was had before."""
    held = [(number, one.sessions[0]) for number, one in enumerate(meetings)]
    rooms = [
        {*problem.kinds[session.kind].rooms, before.get((number, number, session.start), "?")} & SEATS.keys()
        for number, session in held
    ]
    for chosen in product(*rooms):
        found = {(number, session.start): room for (number, session), room in zip(held, chosen, strict=True)}
        if is_valid(problem, meetings, found):
            yield found


@st.composite
def weeks(draw: st.DrawFn) -> tuple[list[int], list[tuple[int, int, str]], str]:
    """Lengths, sessions of which no two are in one room at once, and the rooms that they had; 'x' is gone."""
    one = st.tuples(st.integers(1, 3), st.integers(0, 5), st.integers(1, 3), st.sampled_from("abcd"))
    lengths, held = list[int](), list[tuple[int, int, str]]()
    for length, start, women, room in draw(st.lists(one, max_size=6)):
        beside = zip(lengths, held, strict=True)
        free = all(room != there or start + length <= at or at + long <= start for long, (at, _, there) in beside)
        if free and women <= SEATS[room]:
            lengths.append(length)
            held.append((start, women, room))
    return lengths, held, draw(st.text("abcdx.", min_size=len(held), max_size=len(held)))


@settings(deadline=None, max_examples=200)
@given(weeks())
def test_no_room_is_given_twice_and_as_many_as_can_be_are_where_they_were(
    week: tuple[list[int], list[tuple[int, int, str]], str],
) -> None:
    lengths, held, rooms = week
    problem = problem_of(lengths)
    meetings, before = meetings_of(problem, held), had(held, rooms)
    found = rooms_given(problem, meetings, before)
    assert is_valid(problem, meetings, found)
    assert kept(before, found) == max(kept(before, one) for one in every_way(problem, meetings, before))
    assert found == rooms_given(problem, meetings, before)


@pytest.mark.parametrize(
    ("held", "lengths", "before", "after"),
    [
        pytest.param([(0, 2, "a"), (0, 2, "b")], [1, 1], "ba", "ba", id="two swap"),
        pytest.param([(0, 2, "a"), (0, 2, "b"), (0, 2, "c")], [1, 1, 1], "bca", "bca", id="three in a ring"),
        pytest.param([(0, 2, "a"), (0, 2, "c")], [1, 1], "ca", "ca", id="two of different size swap"),
        pytest.param([(0, 2, "a"), (0, 2, "b")], [1, 1], "b.", "ba", id="a new one gives way"),
        pytest.param([(0, 3, "c"), (0, 2, "a")], [1, 1], "ac", "dc", id="too many for the room by now"),
        pytest.param([(0, 2, "a"), (0, 2, "b")], [1, 1], "xb", "ab", id="a room that is gone"),
        pytest.param([(0, 2, "a")], [1], ".", "a", id="nothing before"),
    ],
)
def test_sessions_come_back_into_the_rooms_that_they_had(
    held: list[tuple[int, int, str]], lengths: list[int], before: str, after: str
) -> None:
    problem = problem_of(lengths)
    assert rooms_of(rooms_given(problem, meetings_of(problem, held), had(held, before))) == after


def test_where_not_all_can_come_back_as_few_as_needed_do_not() -> None:
    """A session of four hours that is new needs one room all the while: two of four others have to leave theirs."""
    held = [(0, 2, "a"), (2, 2, "a"), (0, 2, "b"), (1, 2, "a"), (3, 2, "a")]
    problem = problem_of([1, 1, 4, 1, 1])
    found = rooms_given(problem, meetings_of(problem, held), had(held, "ab.ba"))
    assert rooms_of(found) in {"aabaa", "bbabb"}
    assert kept(had(held, "ab.ba"), found) == 2
