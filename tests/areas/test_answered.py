"""A yes that was answered: who has a place or took part is not planned again, until she is asked again."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amparo.areas.access.rules import Part
from amparo.areas.activities import asking, editing, offering, publishing, rechecking, showing, standing
from amparo.areas.activities.asking import WishFile
from amparo.areas.activities.held.hers import course_of, note_asked_after
from amparo.areas.activities.models import (
    Activity,
    Alarm,
    Attendance,
    Group,
    Interest,
    NotServed,
    Period,
    Place,
    Session,
)
from amparo.areas.activities.rules.states import Agreed, Answer, Came, Found
from amparo.areas.activities.rules.taking_part import Stop, TakingPart
from amparo.areas.activities.taking_part import in_pause
from amparo.areas.cases import restricting
from amparo.areas.cases.models import Case
from amparo.areas.cases.queries import CaseFile
from amparo.areas.cases.rules import HeldBecause
from amparo.kernel import clock
from amparo.kernel.decision import Refused
from tests.cast import Cast
from tests.gathering import YES, House, house_of, woman_of

DAY = timedelta(days=1)


@pytest.fixture
def house(cast: Cast) -> House:
    """A course of two sessions, on Monday and Wednesday, and four women who asked for it."""
    found = house_of(cast)
    Activity.objects.filter(pk=found.activity).update(sessions=2)
    # They said yes some days ago.
    Interest.objects.update(asked_on=clock.today("Europe/Madrid") - 3 * DAY)
    return found


def planned(house: House, *groups: list[CaseFile], publish: bool = True) -> int:
    """The next weeks with these groups; gives the number of the period."""
    house.plan(*groups)
    for first in house.sessions:
        values = {"room_id": first.room_id, "member_id": first.member_id, "group_id": first.group_id}
        moments = {"starts_at": first.starts_at + 2 * DAY, "ends_at": first.ends_at + 2 * DAY}
        Session.objects.create(organisation_id=first.organisation_id, **values, **moments)
    if publish:
        house.publish()
    return house.period


def gathered(house: House, period: int) -> set[int]:
    """The cases that a plan of that period would be made from."""
    known = standing.to_solve(Period.objects.get(pk=period))
    activity = next(one for one in known.instance.activities if one.id == f"a{house.activity}")
    return {known.cases[woman] for woman in activity.asked_by}


def next_weeks(house: House) -> int:
    """A draft of the next weeks; gives its number."""
    return house.plan()


def today() -> date:
    return clock.today("Europe/Madrid")


def ids(*women: CaseFile) -> set[int]:
    return {one.id for one in women}


def ask_again(house: House, woman: CaseFile, *, again: bool = False) -> None:
    version = Interest.objects.get(case=woman.id, activity=house.activity).version
    asking.note_interest(woman, house.activity, by=house.cast["assigned"], said=YES, version=version, again=again)


def wish(house: House, woman: CaseFile) -> WishFile:
    return asking.wish_of(house.cast["assigned"], woman, house.activity)


def after(house: House) -> datetime:
    """A day after the course."""
    return house.at(12, day=3)


def test_who_took_part_to_the_end_is_not_planned_again(house: House) -> None:
    first, second, *others = house.women
    planned(house, [first, second])
    last_day = house.at(0, day=2).date()
    with clock.standing_at(after(house)):
        period = next_weeks(house)
        assert gathered(house, period) == ids(*others)
        there = standing.standing(Period.objects.get(pk=period))
        told = showing.answered_of(house.coordinator, there)
        parts = {(one.code, one.activity): one.by for one in told}
        assert parts.keys() == {(woman.code, "Sewing") for woman in (first, second)}
        assert {(one.until, one.is_over) for one in parts.values() if isinstance(one, TakingPart)} == {(last_day, True)}
        # The certificate says the same.
        group = Place.objects.get(case=first.id).group_id
        assert course_of(house.cast["assigned"], first, group).is_complete
        assert wish(house, first).to_ask_again


@pytest.mark.parametrize("day", [2, 3])
def test_who_is_asked_again_and_says_yes_is_planned_again(house: House, day: int) -> None:
    first, second, *others = house.women
    planned(house, [first, second])
    with clock.standing_at(house.at(18, day=day)):  # on the day of the last session, or after
        ask_again(house, first)
        assert not wish(house, first).is_answered
    with clock.standing_at(after(house)):
        assert gathered(house, next_weeks(house)) == ids(first, *others)


def test_who_has_a_place_in_published_weeks_is_not_planned_in_others_too(house: House) -> None:
    planned(house, house.women[:2])
    with clock.standing_at(house.at(12, day=1)):  # in the midst of it
        assert gathered(house, next_weeks(house)) == ids(*house.women[2:])
        assert not wish(house, house.women[0]).to_ask_again
        assert wish(house, house.women[0]).is_answered


def test_a_place_in_a_draft_answers_nothing(house: House) -> None:
    planned(house, house.women[:2], publish=False)
    with clock.standing_at(after(house)):
        assert gathered(house, next_weeks(house)) == ids(*house.women)


def test_in_the_weeks_that_she_is_planned_in_she_stays_asked_for(house: House) -> None:
    period = planned(house, house.women[:2])
    assert gathered(house, period) == ids(*house.women)
    with clock.standing_at(after(house)):
        assert gathered(house, period) == ids(*house.women)
        rechecking.look(house.coordinator.organisation)
        assert not Alarm.objects.exists()


def agreed_with(house: House, woman: CaseFile, *agreed: Agreed, found: Found = Found.REST) -> None:
    """Asked in the first weeks in which she has or had a place."""
    group = Place.objects.filter(case=woman.id).order_by("pk")[0].group_id
    note_asked_after(woman, group, by=house.cast["assigned"], found=found, agreed=agreed, words="")


def stopped(house: House, period: int) -> set[tuple[str, Stop]]:
    """Who is not planned in that period since she is in a pause or ended her place, as whoever plans reads it."""
    found = showing.answered_of(house.coordinator, standing.standing(Period.objects.get(pk=period)))
    return {(one.code, one.by) for one in found if isinstance(one.by, Stop)}


@pytest.mark.parametrize("elsewhere", [Agreed.OTHER_TIME, Agreed.OTHER_GROUP, Agreed.ALONE])
def test_who_left_before_the_end_for_another_time_or_group_is_planned_again(house: House, elsewhere: Agreed) -> None:
    leaving, staying, *others = house.women
    planned(house, [leaving, staying])
    with clock.standing_at(house.at(12)):
        agreed_with(house, leaving, Agreed.LEAVES, elsewhere)
    with clock.standing_at(after(house)):
        assert gathered(house, next_weeks(house)) == ids(leaving, *others)
        assert wish(house, leaving).part is wish(house, leaving).stop is None


def test_who_ended_her_place_is_planned_again_once_she_was_asked_again(house: House) -> None:
    leaving, staying, *others = house.women
    planned(house, [leaving, staying])
    with clock.standing_at(house.at(12)):
        agreed_with(house, leaving, Agreed.LEAVES)
        assert offering.activities_of(house.coordinator)[0].wanted == 2
        period = next_weeks(house)
        assert gathered(house, period) == ids(*others)
        end = Stop(today(), is_pause=False)
        assert stopped(house, period) == {(leaving.code, end)}
        assert (wish(house, leaving).stop, wish(house, leaving).to_ask_again) == (end, True)
    with clock.standing_at(house.at(12, day=1)):
        ask_again(house, leaving)
        assert wish(house, leaving).stop is None
        assert gathered(house, period) == ids(leaving, *others)
        assert stopped(house, period) == set()


def test_who_ended_her_place_is_planned_again_once_she_comes_again(house: House) -> None:
    leaving, staying, *others = house.women
    planned(house, [leaving, staying])
    with clock.standing_at(house.at(12)):
        agreed_with(house, leaving, Agreed.LEAVES)
        agreed_with(house, leaving, Agreed.TICKETS)
        period = next_weeks(house)
        assert gathered(house, period) == ids(*others)
        agreed_with(house, leaving, found=Found.COMES_AGAIN)
        assert gathered(house, period) == ids(leaving, *others)


def test_whose_place_others_ended_is_planned_again(house: House) -> None:
    moved, staying, *others = house.women
    period = planned(house, [moved, staying])
    with clock.standing_at(house.at(12)):
        editing.take_out(period, Place.objects.get(case=moved.id).pk, by=house.coordinator)
        assert gathered(house, next_weeks(house)) == ids(moved, *others)


def test_whose_place_only_waited_in_a_pause_is_planned_again(house: House) -> None:
    resting, staying, *others = house.women
    period = planned(house, [resting, staying])
    group, by = Place.objects.get(case=resting.id).group_id, house.cast["assigned"]
    with clock.standing_at(house.at(12)):
        note_asked_after(resting, group, by=by, found=Found.REST, agreed=[Agreed.PAUSE], words="")
        assert gathered(house, next_weeks(house)) == ids(*others)  # her place waits for her
        Period.objects.filter(pk=house.period).delete()
    with clock.standing_at(after(house)):
        later = planned(house, [resting, *others])
        assert gathered(house, later) == ids(resting, *others)
        # The pause was one in those weeks: in these she is reminded like everybody.
        assert wish(house, resting).stop is None
        assert reminded(house, resting, period, later) == [False, True]


def reminded(house: House, woman: CaseFile, *periods: int) -> list[bool]:
    """Whether she is reminded of what she has in these weeks."""
    places = [(woman.id, house.activity, period) for period in periods]
    found = in_pause(house.coordinator.organisation, places)
    return [one not in found for one in places]


def test_who_came_again_after_a_pause_took_part(house: House) -> None:
    resting, staying, *others = house.women
    planned(house, [resting, staying])
    group, by = Place.objects.get(case=resting.id).group_id, house.cast["assigned"]
    with clock.standing_at(house.at(12)):
        note_asked_after(resting, group, by=by, found=Found.REST, agreed=[Agreed.PAUSE], words="")
        note_asked_after(resting, group, by=by, found=Found.COMES_AGAIN, agreed=[], words="")
    with clock.standing_at(after(house)):
        assert gathered(house, next_weeks(house)) == ids(*others)


def test_a_pause_that_was_agreed_once_it_was_over_is_about_what_comes_after(house: House) -> None:
    tired, other, *others = house.women
    planned(house, [tired, other])
    group, by = Place.objects.get(case=tired.id).group_id, house.cast["assigned"]
    with clock.standing_at(house.at(12, day=2)):  # after the last session, on its day
        note_asked_after(tired, group, by=by, found=Found.REST, agreed=[Agreed.PAUSE], words="")
    with clock.standing_at(after(house)):
        assert gathered(house, next_weeks(house)) == ids(*others)


def test_whether_she_came_decides_nothing(house: House) -> None:
    absent, there, *others = house.women
    planned(house, [absent, there])
    values = {"organisation_id": absent.organisation, "on": house.first_on, "noted_at": clock.now()}
    for woman, state in ((absent, Came.ABSENT), (there, Came.CAME)):
        for session in house.sessions:
            member = house.cast["facilitator"].member
            Attendance.objects.create(**values, case_id=woman.id, session=session, state=state, member_id=member)
    with clock.standing_at(after(house)):
        assert gathered(house, next_weeks(house)) == ids(*others)


def test_where_all_sessions_were_cancelled_nothing_was_answered(house: House) -> None:
    period = planned(house, house.women[:2])
    for session in house.sessions:
        editing.cancel_session(period, session.pk, by=house.coordinator)
    assert gathered(house, house_later(house)) == ids(*house.women)
    with clock.standing_at(after(house)):
        assert wish(house, house.women[0]).part is None


def house_later(house: House) -> int:
    with clock.standing_at(after(house)):
        return next_weeks(house)


def test_where_the_last_session_was_cancelled_the_one_before_was_the_end(house: House) -> None:
    period = planned(house, house.women[:2])
    editing.cancel_session(period, house.sessions[-1].pk, by=house.coordinator)
    with clock.standing_at(house.at(12, day=1)):
        assert gathered(house, next_weeks(house)) == ids(*house.women[2:])
        part = wish(house, house.women[0]).part
        assert part is not None
        assert (part.until, part.is_over) == (house.first_on - 7 * DAY, True)


def test_who_was_moved_to_another_group_took_part_all_the_same(house: House) -> None:
    moved = house.women[0]
    period = planned(house, house.women[:2], house.women[2:])
    with clock.standing_at(house.at(14, day=1)):
        other = Group.objects.get(period=period, number=2)
        place = Place.objects.get(case=moved.id)
        Place.objects.create(
            organisation_id=moved.organisation, case_id=moved.id, group=other, since=clock.today("UTC")
        )
        place.until = clock.today("UTC") - DAY
        place.save()
    with clock.standing_at(after(house)):
        assert gathered(house, next_weeks(house)) == set()
        part = wish(house, moved).part
        assert part is not None
        assert part.first_on == house.first_on - 7 * DAY  # from the first session that she had


def test_who_joined_late_after_she_said_yes_has_her_answer(house: House) -> None:
    late = house.women[2]
    period = planned(house, house.women[:2])
    with clock.standing_at(house.at(18)):  # after the first session
        ask_again(house, late)
    with clock.standing_at(house.at(12, day=1)):
        editing.seat_woman(period, Group.objects.get(period=period).pk, by=house.coordinator, case=late.id)
        assert wish(house, late).is_answered
    with clock.standing_at(after(house)):
        assert gathered(house, next_weeks(house)) == ids(house.women[3])


def test_what_is_put_right_in_the_midst_of_it_is_no_new_yes(house: House) -> None:
    planned(house, house.women[:2])
    with clock.standing_at(house.at(12, day=1)):
        ask_again(house, house.women[0])
        ask_again(house, house.women[1], again=True)
        assert wish(house, house.women[0]).is_answered
        assert not wish(house, house.women[1]).is_answered
        assert gathered(house, next_weeks(house)) == ids(*house.women[1:])


def test_of_two_drafts_the_second_is_not_published_with_who_has_a_place_in_the_first(house: House) -> None:
    second = planned(house, house.women[:2], publish=False)
    Period.objects.filter(pk=second).update(first_on=house.first_on + 7 * DAY, last_on=house.first_on + 13 * DAY)
    for session in house.sessions:
        session.starts_at, session.ends_at = session.starts_at + 7 * DAY, session.ends_at + 7 * DAY
        session.save()
    assert not standing.standing(Period.objects.get(pk=second)).troubles
    planned(house, house.women[:2])
    version = Period.objects.get(pk=second).version
    with pytest.raises(Refused, match="breaks a rule"):
        publishing.publish(second, by=house.coordinator, version=version)
    found = standing.standing(Period.objects.get(pk=second)).troubles
    assert {one.text for one in found} == {
        "Somebody in it did not ask for it, does not want it, is in a pause, or has it in other weeks already."
    }


def test_who_found_no_place_in_some_weeks_and_has_one_in_others_is_not_told_that_she_has_none(house: House) -> None:
    later = house_later(house)
    first, second = house.women[:2]
    values = {"organisation_id": first.organisation, "activity_id": house.activity, "reason": "It needs 2 women."}
    NotServed.objects.create(**values, case_id=first.id, period_id=later)
    planned(house, [first, second])
    Period.objects.filter(pk=later).update(state="published")
    there = standing.standing(Period.objects.get(pk=later)).gathered
    assert showing.left_of(house.coordinator, later, answered=there.answered) == []
    assert [one.code for one in showing.left_of(house.coordinator, later)] == [first.code]
    assert showing.not_served(house.cast["assigned"], first) == []
    NotServed.objects.update(case=house.women[3].id)
    assert len(showing.not_served(house.cast["assigned"], house.women[3])) == 1


def test_a_place_given_twice_before_this_counted_alarms_nobody(house: House) -> None:
    first = planned(house, house.women[:2])
    Period.objects.filter(pk=first).update(state="draft")
    with clock.standing_at(house.at(12) + 6 * DAY):
        planned(house, house.women[:2])
    Period.objects.filter(pk=first).update(state="published")
    rechecking.look(house.coordinator.organisation)
    assert not Alarm.objects.exists()


def test_of_whom_nothing_is_used_is_not_named_either(house: House) -> None:
    worker = house.cast["assigned"]
    planned(house, house.women[:2])
    today = clock.today("Europe/Madrid")
    restricting.restrict(
        house.women[0], by=worker, thing=Part.ACTIVITIES, ground=HeldBecause.NOT_WANTED, words="", since=today
    )
    Case.objects.filter(pk=house.women[1].id).update(status="closed")
    with clock.standing_at(after(house)):
        there = standing.standing(Period.objects.get(pk=next_weeks(house)))
        assert showing.answered_of(house.coordinator, there) == []


def test_she_waits_for_something_else_as_before(house: House) -> None:
    first = house.women[0]
    other = offering.offer_activity(
        by=house.coordinator, offer=offering.activity_of(house.coordinator, house.activity).offer, leaders=[], sites=[]
    )
    asking.note_interest(first, other, by=house.cast["assigned"], said=YES, version=0)
    planned(house, house.women[:2])
    waiting = {one.id: one.wanted for one in offering.activities_of(house.coordinator)}
    assert waiting == {house.activity: 2, other: 1}


def test_a_no_stays_a_no(house: House) -> None:
    planned(house, house.women[:2])
    with clock.standing_at(after(house)):
        said = asking.Said(Answer.NO)
        asking.note_interest(house.women[0], house.activity, by=house.cast["assigned"], said=said, version=1)
        shown = wish(house, house.women[0])
        assert shown.part is not None
        assert not shown.is_answered
        assert gathered(house, next_weeks(house)) == ids(*house.women[2:])


def test_one_woman_more_takes_no_query_more(house: House) -> None:
    period = planned(house, house.women[:2])
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as taken:
            gathered(house, period)
        counts.append(len(taken))
        woman_of(house.cast, house.activity)
    assert counts[0] == counts[1]


@pytest.fixture
def going_on(house: House) -> House:
    """The same, of something that goes on until she says otherwise."""
    Activity.objects.filter(pk=house.activity).update(goes_on=True)
    return house


def weeks(house: House, first: int, last: int) -> int:
    """A draft from and until so many days after her weeks begin; no form makes one that shares a day with others."""
    monday = house.first_on
    days = {"first_on": monday + first * DAY, "last_on": monday + last * DAY}
    return Period.objects.create(organisation_id=house.coordinator.organisation, **days).pk


def test_what_goes_on_is_planned_for_everybody_in_the_next_weeks_without_asking(going_on: House) -> None:
    house, first = going_on, going_on.women[0]
    planned(house, house.women[:2])
    with clock.standing_at(house.at(12, day=1)):  # in the midst of it
        assert gathered(house, next_weeks(house)) == ids(*house.women)
        assert wish(house, first).is_answered  # she has a place
        Period.objects.filter(pk=house.period).delete()
    with clock.standing_at(after(house)):
        assert gathered(house, next_weeks(house)) == ids(*house.women)
        assert (wish(house, first).is_answered, wish(house, first).to_ask_again) == (False, False)
        part = wish(house, first).part
        assert part is not None
        assert part.is_completed


@pytest.mark.parametrize(
    ("first", "last", "overlap"),
    [(0, 6, True), (6, 20, True), (7, 20, False), (-30, 0, True), (-30, 20, True), (-30, -1, False), (3, 4, True)],
)
def test_in_weeks_that_overlap_with_hers_she_has_her_place_there(
    going_on: House, first: int, last: int, overlap: bool
) -> None:
    house = going_on
    planned(house, house.women[:2])
    other = weeks(house, first, last)
    assert gathered(house, other) == ids(*house.women[2 if overlap else 0 :])
    told = showing.answered_of(house.coordinator, standing.standing(Period.objects.get(pk=other)))
    assert [one.code for one in told] == (sorted(one.code for one in house.women[:2]) if overlap else [])


def test_a_yes_put_right_while_she_is_in_it_gives_no_second_place_in_weeks_that_overlap(going_on: House) -> None:
    house, woman = going_on, going_on.women[0]
    planned(house, house.women[:2])
    with clock.standing_at(house.at(12, day=1)):
        said = asking.Said(Answer.NO)
        asking.note_interest(woman, house.activity, by=house.cast["assigned"], said=said, version=1)
        ask_again(house, woman)  # no, and yes after all
    assert gathered(house, weeks(house, 3, 20)) == ids(*house.women[2:])
    assert gathered(house, weeks(house, 7, 20)) == ids(*house.women)


def test_of_what_goes_on_too_a_no_ends_it(going_on: House) -> None:
    house, woman = going_on, going_on.women[0]
    planned(house, house.women[:2])
    with clock.standing_at(after(house)):
        said = asking.Said(Answer.NO)
        asking.note_interest(woman, house.activity, by=house.cast["assigned"], said=said, version=1)
        assert gathered(house, next_weeks(house)) == ids(*house.women[1:])


def test_of_what_goes_on_too_who_left_is_planned_in_weeks_that_overlap(going_on: House) -> None:
    house, leaving = going_on, going_on.women[0]
    planned(house, house.women[:2])
    period = weeks(house, 3, 20)
    with clock.standing_at(house.at(12)):
        agreed_with(house, leaving, Agreed.LEAVES, Agreed.OTHER_GROUP)
        assert gathered(house, period) == ids(leaving, *house.women[2:])
        agreed_with(house, leaving, Agreed.LEAVES)
        assert gathered(house, period) == ids(*house.women[2:])
        assert (leaving.code, Stop(today(), is_pause=False)) in stopped(house, period)


def test_of_what_goes_on_a_pause_carries_over_until_she_comes_again(going_on: House) -> None:
    house, resting = going_on, going_on.women[0]
    first = planned(house, house.women[:2])
    with clock.standing_at(house.at(12)):
        agreed_with(house, resting, Agreed.PAUSE)
        pause = Stop(today(), is_pause=True)
        assert gathered(house, first) == ids(*house.women)  # her place waits
        assert offering.activities_of(house.coordinator)[0].wanted == 2
        second = next_weeks(house)
        assert gathered(house, second) == ids(*house.women[1:])
        assert stopped(house, second) == {(resting.code, pause)}
        assert reminded(house, resting, first, second) == [False, False]
        found = wish(house, resting)
        assert (found.stop, found.to_ask_again) == (pause, True)
        assert found.part is not None
        assert found.part.in_pause
    with clock.standing_at(after(house)):
        assert gathered(house, second) == ids(*house.women[1:])
        agreed_with(house, resting, found=Found.NOT_REACHED)
        assert gathered(house, second) == ids(*house.women[1:])
        agreed_with(house, resting, found=Found.COMES_AGAIN)
        assert gathered(house, second) == ids(*house.women)
        assert reminded(house, resting, first, second) == [True, True]
        assert wish(house, resting).stop is None


def test_of_what_goes_on_a_new_yes_ends_a_pause_in_the_midst_of_her_weeks(going_on: House) -> None:
    house, resting = going_on, going_on.women[0]
    first = planned(house, house.women[:2])
    with clock.standing_at(house.at(12)):
        agreed_with(house, resting, Agreed.PAUSE)
    with clock.standing_at(house.at(12, day=1)):
        second = next_weeks(house)
        ask_again(house, resting)
        assert gathered(house, second) == ids(*house.women)
        assert reminded(house, resting, first, second) == [True, True]
        found = wish(house, resting)
        assert found.stop is None
        assert found.part is not None
        assert not found.part.in_pause
        # Another one that is agreed on the day of that yes counts again.
        agreed_with(house, resting, Agreed.PAUSE)
        assert reminded(house, resting, first) == [False]


def test_of_what_goes_on_a_no_ends_no_pause_for_whoever_reminds(going_on: House) -> None:
    house, resting = going_on, going_on.women[0]
    first = planned(house, house.women[:2])
    with clock.standing_at(house.at(12)):
        agreed_with(house, resting, Agreed.PAUSE)
    with clock.standing_at(house.at(12, day=1)):
        said = asking.Said(Answer.LATER)
        asking.note_interest(resting, house.activity, by=house.cast["assigned"], said=said, version=1)
        assert reminded(house, resting, first) == [False]
        assert wish(house, resting).stop is None


def test_who_was_given_a_place_in_the_next_weeks_before_the_pause_keeps_it_unreminded(going_on: House) -> None:
    house, resting = going_on, going_on.women[0]
    first = planned(house, house.women[:2])
    with clock.standing_at(house.at(12)):
        second = planned(house, house.women[:2])
        agreed_with(house, resting, Agreed.PAUSE)
        assert reminded(house, resting, first, second) == [False, False]
        assert gathered(house, second) == ids(*house.women)
        rechecking.look(house.coordinator.organisation)
        assert not Alarm.objects.exists()
        found = wish(house, resting).part
        assert found is not None
        assert (found.weeks[0], found.in_pause) == (today() + 7 * DAY, True)


def test_a_draft_with_whoever_is_in_a_pause_since_is_not_published(going_on: House) -> None:
    house, resting = going_on, going_on.women[0]
    planned(house, house.women[:2])
    with clock.standing_at(house.at(12)):
        second = planned(house, house.women[:2], publish=False)
        agreed_with(house, resting, Agreed.PAUSE)
        with pytest.raises(Refused, match="breaks a rule"):
            publishing.publish(second, by=house.coordinator, version=Period.objects.get(pk=second).version)


def test_who_has_a_place_in_the_next_weeks_of_what_goes_on_alarms_nobody(going_on: House) -> None:
    house = going_on
    first = planned(house, house.women[:2])
    with clock.standing_at(house.at(12, day=1)):
        second = planned(house, house.women[:2])
        assert not standing.standing(Period.objects.get(pk=second)).troubles
        assert gathered(house, first) == gathered(house, second) == ids(*house.women)
        rechecking.look(house.coordinator.organisation)
        assert not Alarm.objects.exists()
        # Nor where the tick is taken out again: a place that she has stays hers.
        Activity.objects.update(goes_on=False)
        rechecking.look(house.coordinator.organisation)
        assert not Alarm.objects.exists()


def test_two_drafts_of_the_same_weeks_are_not_both_published_with_her(going_on: House) -> None:
    house = going_on
    second = planned(house, house.women[:2], publish=False)
    Period.objects.filter(pk=second).update(first_on=house.first_on - 7 * DAY, last_on=house.first_on - DAY)
    planned(house, house.women[:2])
    Period.objects.filter(pk=second).update(first_on=house.first_on, last_on=house.first_on + 6 * DAY)
    version = Period.objects.get(pk=second).version
    with pytest.raises(Refused, match="breaks a rule"):
        publishing.publish(second, by=house.coordinator, version=version)


def test_who_finds_no_place_in_the_next_weeks_of_what_goes_on_is_told_so(going_on: House) -> None:
    house, woman = going_on, going_on.women[0]
    planned(house, house.women[:2])
    next_one = weeks(house, 7, 13)
    Period.objects.filter(pk=next_one).update(state="published")
    values = {"organisation_id": woman.organisation, "activity_id": house.activity, "reason": "It needs 2 women."}
    NotServed.objects.create(**values, case_id=woman.id, period_id=next_one)
    assert showing.not_served(house.cast["assigned"], woman) == [("Sewing", "It needs 2 women.")]
    Period.objects.filter(pk=next_one).update(first_on=house.first_on + 6 * DAY)  # a day of these is a day of hers
    assert showing.not_served(house.cast["assigned"], woman) == []
    Period.objects.filter(pk=next_one).update(first_on=house.first_on + 7 * DAY)
    Activity.objects.update(goes_on=False)
    assert showing.not_served(house.cast["assigned"], woman) == []


def test_who_has_a_place_in_what_goes_on_waits_for_none_until_it_is_over(going_on: House) -> None:
    planned(going_on, going_on.women[:2])

    def waiting() -> list[int]:
        return [one.wanted for one in offering.activities_of(going_on.coordinator)]

    assert waiting() == [2]
    with clock.standing_at(after(going_on)):
        assert waiting() == [4]


def test_what_goes_on_does_not_make_other_things_go_on(going_on: House) -> None:
    house = going_on
    planned(house, house.women[:2])
    offer = offering.activity_of(house.coordinator, house.activity).offer
    offering.offer_activity(by=house.coordinator, offer=offer, leaders=[], sites=[])  # another one that goes on
    Activity.objects.filter(pk=house.activity).update(goes_on=False)
    with clock.standing_at(after(house)):
        assert gathered(house, next_weeks(house)) == ids(*house.women[2:])


@pytest.mark.parametrize("goes_on", [True, False])
def test_who_ends_her_place_in_what_goes_on_has_none_in_the_next_weeks_either(house: House, goes_on: bool) -> None:
    woman, by = house.women[0], house.cast["assigned"]
    Activity.objects.update(goes_on=True)
    before = planned(house, house.women[:2])
    with clock.standing_at(after(house)):
        these = planned(house, house.women[:2])
        in_these = house.at(12)
    with clock.standing_at(after(house) + 7 * DAY):
        later = planned(house, house.women[:2])
    Activity.objects.update(goes_on=goes_on)
    with clock.standing_at(in_these):
        group = Place.objects.get(case=woman.id, group__period=these).group_id
        note_asked_after(woman, group, by=by, found=Found.NOT_FOR_HER, agreed=[Agreed.LEAVES], words="")
    ended = set(Place.objects.exclude(until=None).values_list("case", "group__period"))
    assert ended == {(woman.id, these), *([(woman.id, later)] if goes_on else [])}
    assert Place.objects.get(case=woman.id, group__period=before).until is None
