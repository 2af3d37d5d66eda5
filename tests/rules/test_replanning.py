"""Which new group goes on from which old one, and what changes by it."""

from amparo.areas.activities.rules.instance import Moment
from amparo.areas.activities.rules.replanning import Making, Sitting, matched, moves, places

NINE, TEN, NOON = Moment(2026, 1, 12, 9), Moment(2026, 1, 13, 10), Moment(2026, 1, 14, 12)


def sitting(start: Moment, session: int | None = None, room: int = 1) -> Sitting:
    return Sitting(start=start, room=room, member=1, session=session)


def making(*sessions: Sitting, group: int | None = None, women: tuple[int, ...] = (1, 2), activity: int = 1) -> Making:
    return Making(activity=activity, women=women, sessions=sessions, group=group)


OLD = [
    making(sitting(NINE, 11), sitting(TEN, 12), group=1),
    making(sitting(NOON, 21), group=2, women=(3, 4)),
]


def test_a_group_goes_on_from_the_one_with_which_it_has_most_in_common() -> None:
    new = matched(OLD, [making(sitting(NOON), women=(3, 5)), making(sitting(NINE), sitting(NOON))])
    assert [one.group for one in new] == [2, 1]
    assert [[each.session for each in one.sessions] for one in new] == [[21], [11, 12]]


def test_what_has_nothing_in_common_or_is_another_activity_is_new() -> None:
    new = matched(OLD, [making(sitting(Moment(2026, 1, 20, 9)), women=(8, 9)), making(sitting(NINE), activity=2)])
    assert [one.group for one in new] == [None, None]
    assert [one.sessions[0].session for one in new] == [None, None]


def test_two_do_not_go_on_from_one() -> None:
    new = matched(OLD[:1], [making(sitting(NINE), women=(1,)), making(sitting(NINE), sitting(TEN))])
    assert [one.group for one in new] == [None, 1]


def test_a_course_that_has_begun_is_known_by_its_number_whoever_is_in_it() -> None:
    new = matched(OLD, [making(sitting(TEN), group=2, women=(1, 2))])
    assert new[0].group == 2
    assert matched(OLD, [making(sitting(NINE))], begun={1})[0].group is None
    assert matched(OLD, [making(sitting(NINE), group=1)], begun={1})[0].sessions[0].session == 11


def test_a_session_more_is_new_and_one_less_ends() -> None:
    more = matched(OLD, [making(sitting(NINE), sitting(TEN), sitting(NOON)), OLD[1]])
    assert [(before, after and after.start) for _, before, after in moves(OLD, more)] == [(None, NOON)]
    less = matched(OLD, [making(sitting(TEN)), OLD[1]])
    assert [(before and before.session, after) for _, before, after in moves(OLD, less)] == [(11, None)]


def test_what_stays_moves_nothing_and_another_room_is_a_move() -> None:
    assert moves(OLD, matched(OLD, OLD)) == []
    (moved,) = moves(OLD, matched(OLD, [OLD[0], making(sitting(NOON, room=2), women=(3, 4))]))
    assert (moved[1], moved[2]) == (sitting(NOON, 21), sitting(NOON, 21, room=2))


def test_places_are_those_of_women_in_groups() -> None:
    assert places(OLD) == {(1, 1, 1), (2, 1, 1), (3, 2, 1), (4, 2, 1)}
