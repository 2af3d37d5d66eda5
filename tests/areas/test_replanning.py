"""Published weeks planned again as a whole: proposed, compared, put in force or dropped; what was held stays."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from amparo.areas.activities import (
    comparing,
    editing,
    leading,
    offering,
    places,
    proposing,
    replacing,
    replanning,
    showing,
    standing,
)
from amparo.areas.activities.editing import NotSafe, When
from amparo.areas.activities.held.models import Evaluation
from amparo.areas.activities.models import (
    Activity,
    Attendance,
    Group,
    Leader,
    Period,
    Place,
    Proposal,
    Reminder,
    Session,
)
from amparo.areas.activities.places import RoomFile
from amparo.areas.activities.rules.checking import broken_rules
from amparo.areas.activities.rules.states import Solving
from amparo.areas.activities.rules.weeks import Weekly
from amparo.areas.audit.models import Entry
from amparo.areas.cases.files import CaseFile
from amparo.areas.cases.models import Case, Event
from amparo.areas.safety import avoiding
from amparo.kernel import clock
from amparo.kernel.decision import NotThere, Refused
from tests.cast import Cast
from tests.gathering import House, house_of, woman_of
from tests.programming import course


@pytest.fixture
def house(cast: Cast) -> House:
    """Two groups of two, published."""
    made = house_of(cast)
    made.plan(made.women[:2], made.women[2:])
    made.publish()
    return made


def proposed(house: House, seconds: float = 60, released: list[int] | None = None) -> int:
    """Ask for it and let the worker make it; gives the number of the proposal."""
    replanning.ask_again(house.period, by=house.coordinator, released=released or [])
    replanning.compute(house.coordinator.organisation, house.period, seconds=seconds)
    row = Proposal.objects.get(period=house.period)
    assert row.solving == Solving.DONE
    return row.pk


def compared(house: House) -> comparing.Comparison:
    return comparing.comparison_of(house.coordinator, house.period)


def put_in_force(house: House, proposal: int, version: int = 1) -> None:
    replacing.put_in_force(house.period, by=house.coordinator, proposal=proposal, version=version)


def in_force(house: House) -> list[tuple[object, ...]]:
    sessions = Session.objects.filter(group__period=house.period).order_by("pk")
    placed = Place.objects.filter(group__period=house.period).order_by("pk")
    return [
        *sessions.values_list("pk", "starts_at", "room", "member", "state"),
        *placed.values_list("pk", "case", "group", "until"),
    ]


def lose_the_room(house: House) -> int:
    """The room is gone, and there is another on the site."""
    other = places.write_room(house.site, by=house.coordinator, room=RoomFile(0, "Small", 12, in_use=True))
    places.write_room(house.site, by=house.coordinator, room=RoomFile(house.room, "Large", 12, in_use=False))
    return other


def test_nothing_is_in_force_until_somebody_decides_and_then_all_of_it(house: House) -> None:
    before, other = in_force(house), lose_the_room(house)
    number = proposed(house)
    assert in_force(house) == before
    found = compared(house)
    assert [(one.was and one.was.place, one.now and one.now.place) for one in found.changes] == [
        ("Blue, Large", "Blue, Small")
    ] * 2
    assert {one.was.starts for one in found.changes if one.was} == {one.now.starts for one in found.changes if one.now}
    assert (found.gains, found.loses, found.other_group) == ((), (), ())
    put_in_force(house, number)
    assert {one.room_id for one in house.sessions} == {other}
    assert [row[0] for row in before] == [row[0] for row in in_force(house)]
    assert not Proposal.objects.exists()
    assert Entry.objects.filter(verb="new plan in force").count() == 1
    assert Event.objects.filter(verb="sessions moved").count() == 4


def test_where_nothing_changed_nothing_moves(house: House) -> None:
    proposed(house)
    found = compared(house)
    assert found.is_empty
    assert found.stays == 2


def test_a_woman_who_left_loses_her_place_and_one_who_came_gains_one(house: House) -> None:
    Case.objects.filter(pk=house.women[0].id).update(status="closed")
    new = woman_of(house.cast, house.activity)
    number = proposed(house)
    found = compared(house)
    assert [one.code for one in found.gains] == [new.code]
    assert [one.code for one in found.loses] == [house.women[0].code]
    put_in_force(house, number)
    assert Place.objects.get(case=house.women[0].id).until is not None
    assert Place.objects.get(case=new.id).until is None
    assert standing.standing(Period.objects.get(pk=house.period)).troubles == []
    assert set(Event.objects.filter(case=house.women[0].id).values_list("verb", flat=True)) >= {"place ended"}


def test_who_must_not_meet_is_parted_and_told_to_nobody_by_it(house: House) -> None:
    worker = house.cast["assigned"]
    avoiding.avoid_woman(house.women[0], by=worker, code=house.women[1].code, why="canary-why")
    number = proposed(house)
    found = compared(house)
    assert not found.is_empty
    assert "meet" not in str(found)
    assert "canary" not in str(found)
    put_in_force(house, number)
    there = standing.standing(Period.objects.get(pk=house.period))
    assert broken_rules(there.gathered.instance, there.plan) == []


def begun(house: House) -> tuple[Session, Session]:
    """The first group alone, with one session of two behind it; gives what was held and what is to come."""
    Activity.objects.filter(pk=house.activity).update(sessions=2)
    first, second = house.sessions
    Group.objects.filter(pk=second.group_id).delete()
    later = Session.objects.create(
        organisation_id=first.organisation_id,
        group=first.group,
        starts_at=house.at(10, 2),
        ends_at=house.at(11, 2),
        room_id=house.room,
        member_id=first.member_id,
    )
    Session.objects.filter(pk=first.pk).update(state="held", starts_at=house.at(10, -14), ends_at=house.at(11, -14))
    Period.objects.filter(pk=house.period).update(first_on=house.first_on - timedelta(days=14))
    return first, later


def test_a_course_that_has_begun_goes_on_with_those_in_it_and_what_was_held_stays(house: House) -> None:
    first, later = begun(house)
    group = first.group
    came = {"organisation_id": first.organisation_id, "case_id": house.women[0].id, "member_id": first.member_id}
    Attendance.objects.create(
        **came, session=first, on=clock.today("Europe/Madrid"), state="came", noted_at=clock.now()
    )
    Evaluation.objects.create(
        **came, group=group, moment="start", on=clock.today("Europe/Madrid"), noted_at=clock.now()
    )
    Case.objects.filter(pk=house.women[1].id).update(status="closed")
    lose_the_room(house)
    before = Session.objects.filter(pk=first.pk).values().get()
    number = proposed(house)
    put_in_force(house, number)
    assert Session.objects.filter(pk=first.pk).values().get() == before
    moved = Session.objects.get(pk=later.pk)
    assert (moved.group_id, moved.starts_at, moved.room_id != house.room) == (group.pk, later.starts_at, True)
    assert Attendance.objects.get(session=first).state == "came"
    assert Evaluation.objects.get().group_id == group.pk
    assert Place.objects.get(case=house.women[0].id).until is None
    assert Place.objects.get(case=house.women[1].id).until is not None


def test_a_course_that_has_begun_is_not_divided_and_who_cannot_go_on_in_it_is_named(house: House) -> None:
    first, later = begun(house)
    avoiding.avoid_woman(house.women[0], by=house.cast["assigned"], code=house.women[1].code, why="")
    number = proposed(house)
    (lost,) = compared(house).loses
    assert (lost.code in {one.code for one in house.women[:2]}, lost.reason) == (True, replanning.NO_PLACE_IN_REST)
    put_in_force(house, number)
    assert Place.objects.filter(group=first.group, until=None).count() == 1
    assert [one.pk for one in house.sessions if one.group_id == first.group_id] == [first.pk, later.pk]


def test_what_is_fixed_stays_while_the_rest_is_planned_again(house: House) -> None:
    first = house.sessions[0]
    editing.fix_session(house.period, first.pk, by=house.coordinator, fixed=True)
    Case.objects.filter(pk=house.women[3].id).update(status="closed")
    put_in_force(house, proposed(house))
    now = Session.objects.get(pk=first.pk)
    assert (now.starts_at, now.room_id, now.state, now.fixed) == (first.starts_at, first.room_id, "planned", True)
    there = set(Place.objects.filter(group=first.group_id, until=None).values_list("case", flat=True))
    assert there == {woman.id for woman in house.women[:3]}
    assert [one.state for one in house.sessions] == ["planned", "cancelled"]


def kept_for(house: House) -> set[int]:
    return {case for group in proposing.read(compared(house).there).groups for case in group.women}


def dearer(house: House) -> list[CaseFile]:
    """Two wishes of another course, worth more, which leave the hours of one of the two groups only."""
    Activity.objects.filter(pk=house.activity).update(max_women=2)
    worker = house.coordinator
    dear = offering.offer_activity(
        by=worker, offer=course("Dear", worth=100), leaders=[house.cast["facilitator"].member], sites=[house.site]
    )
    return [woman_of(house.cast, dear) for _ in range(2)]


def only_two_hours(house: House) -> None:
    """Whoever holds it has no more than these two hours."""
    days = {one.starts_at.astimezone(house.at(9).tzinfo) for one in house.sessions}
    spans = {(one.weekday(), one.time()) for one in days}
    leading.write_leader(
        house.cast["facilitator"].member,
        by=house.coordinator,
        languages=["en", "es"],
        times=[Weekly(day, at, (datetime.combine(date.min, at) + timedelta(hours=1)).time()) for day, at in spans],
        away=[],
        version=Leader.objects.get(member=house.cast["facilitator"].member).version,
    )


def test_whoever_was_told_her_times_keeps_her_place_though_other_wishes_are_worth_more(house: House) -> None:
    only_two_hours(house)
    new = dearer(house)
    proposed(house)
    assert {woman.id for woman in house.women} <= kept_for(house)
    assert compared(house).loses == ()
    assert not kept_for(house) & {woman.id for woman in new}


def test_whom_the_coordination_releases_by_name_may_lose_hers(house: House) -> None:
    only_two_hours(house)
    new = dearer(house)
    there = comparing.places_to_come(house.coordinator, house.period)
    assert {one.code for one in there} == {woman.code for woman in house.women}
    first = {woman.code for woman in house.women[:2]}
    released = [one.place for one in there if one.code in first]
    number = proposed(house, released=released)
    assert {woman.id for woman in new} <= kept_for(house)
    assert {(one.code, one.released) for one in compared(house).loses} == {(code, True) for code in first}
    put_in_force(house, number)
    assert standing.standing(Period.objects.get(pk=house.period)).troubles == []


def test_whose_place_cannot_be_kept_is_named_as_one_who_was_not_released(house: House) -> None:
    Case.objects.filter(pk=house.women[0].id).update(risk_level="high")
    proposed(house)
    lost = {one.code: (one.released, "risk is high" in one.reason) for one in compared(house).loses}
    assert lost == {house.women[0].code: (False, True)}


def test_also_where_the_worker_is_stopped_at_once_nobody_loses_her_place(house: House) -> None:
    only_two_hours(house)
    dearer(house)
    replanning.ask_again(house.period, by=house.coordinator)
    replanning.compute(house.coordinator.organisation, house.period, seconds=60, stopped=lambda: True)
    assert compared(house).loses == ()


def test_who_was_told_by_a_reminder_is_marked_among_those_with_a_place(house: House) -> None:
    first = house.sessions[0]
    mine = {"organisation_id": first.organisation_id, "case_id": house.women[0].id, "session": first}
    sent = {"starts_at": first.starts_at, "channel": "sms", "agreement": 1, "planned_at": clock.now(), "state": "sent"}
    Reminder.objects.create(**mine, **sent)
    told = {one.code: one.told for one in comparing.places_to_come(house.coordinator, house.period)}
    assert told == {woman.code: woman is house.women[0] for woman in house.women}


def test_a_place_alone_is_named_without_a_group(house: House) -> None:
    assert 0 not in {one.number for one in comparing.places_to_come(house.coordinator, house.period)}
    Activity.objects.update(kind="individual")
    assert {one.number for one in comparing.places_to_come(house.coordinator, house.period)} == {0}


def test_a_course_that_has_begun_asks_nobody_about_its_places(house: House) -> None:
    first = house.sessions[0]
    Session.objects.filter(pk=first.pk).update(state="held", starts_at=house.at(10, -14), ends_at=house.at(11, -14))
    codes = {one.code for one in comparing.places_to_come(house.coordinator, house.period)}
    assert codes == {woman.code for woman in house.women[2:]}


def test_where_too_few_are_left_for_what_is_fixed_the_group_is_named_with_what_it_needs(house: House) -> None:
    first = house.sessions[0]
    editing.fix_session(house.period, first.pk, by=house.coordinator, fixed=True)
    Case.objects.filter(pk=house.women[0].id).update(status="closed")
    replanning.ask_again(house.period, by=house.coordinator)
    replanning.compute(house.coordinator.organisation, house.period, seconds=60)
    row = Proposal.objects.get()
    assert (row.solving, row.stuck_sessions, row.stuck_few) == (Solving.FAILED, [first.pk], True)
    (found,) = showing.stuck_of(house.coordinator, row.stuck_sessions)
    assert (found.activity, found.number, found.least, found.times) == ("Sewing", 1, 2, (first.starts_at,))
    assert showing.stuck_of(house.cast["foreign_coordinator"], row.stuck_sessions) == []


def test_fixed_sessions_that_are_in_each_others_way_are_named_and_no_others(house: House) -> None:
    first, second = house.sessions
    third = house.add_group([woman_of(house.cast, house.activity) for _ in range(2)], 3, 16)
    Session.objects.filter(pk=second.pk).update(starts_at=first.starts_at, ends_at=first.ends_at)
    Session.objects.update(fixed=True)
    replanning.ask_again(house.period, by=house.coordinator)
    replanning.compute(house.coordinator.organisation, house.period, seconds=2)
    row = Proposal.objects.get()
    assert (row.solving, row.stuck_sessions, row.stuck_few) == (Solving.FAILED, [first.pk, second.pk], False)
    Activity.objects.update(kind="individual")
    found = showing.stuck_of(house.coordinator, row.stuck_sessions)
    assert [(one.id, one.number) for one in found] == [(first.group_id, 0), (second.group_id, 0)]
    assert third.pk not in {one.id for one in found}


def test_what_is_fixed_and_cannot_stay_leaves_no_proposal(house: House) -> None:
    first = house.sessions[0]
    editing.fix_session(house.period, first.pk, by=house.coordinator, fixed=True)
    places.write_room(house.site, by=house.coordinator, room=RoomFile(house.room, "Large", 12, in_use=False))
    replanning.ask_again(house.period, by=house.coordinator)
    replanning.compute(house.coordinator.organisation, house.period, seconds=60)
    row = Proposal.objects.get()
    assert (row.solving, row.stuck_sessions, row.stuck_few) == (Solving.FAILED, [first.pk], False)
    with pytest.raises(NotThere):
        compared(house)


def test_whose_reminder_went_out_is_named(house: House) -> None:
    first = house.sessions[0]
    for woman, state in ((house.women[0], "sent"), (house.women[1], "planned")):
        Reminder.objects.create(
            organisation_id=first.organisation_id,
            case_id=woman.id,
            session=first,
            starts_at=first.starts_at,
            channel="sms",
            agreement=1,
            planned_at=clock.now(),
            state=state,
        )
    lose_the_room(house)
    proposed(house)
    told = [one.told for one in compared(house).changes]
    assert sorted(told) == [(), (house.women[0].code,)]


def change_by_hand(house: House) -> None:
    session = house.sessions[0]
    when = When(house.at(15).replace(tzinfo=None), house.room, session.member_id)
    editing.move_session(house.period, session.pk, by=house.coordinator, when=when, version=session.version)


def test_what_changed_in_between_is_never_written_over(house: House) -> None:
    number = proposed(house)
    change_by_hand(house)
    before = in_force(house)
    assert replanning.proposal_of(house.coordinator, house.period).is_old  # type: ignore[union-attr]
    with pytest.raises(Refused, match="Something changed"):
        put_in_force(house, number)
    assert in_force(house) == before


def test_what_changes_while_it_is_computed_leaves_no_proposal(house: House) -> None:
    replanning.ask_again(house.period, by=house.coordinator)
    change_by_hand(house)
    replanning.compute(house.coordinator.organisation, house.period, seconds=60)
    assert Proposal.objects.get().solving == Solving.FAILED


def test_a_second_click_and_a_second_tab_change_nothing_more(house: House) -> None:
    lose_the_room(house)
    number = proposed(house)
    put_in_force(house, number)
    after = in_force(house)
    with pytest.raises(Refused, match="put in force or dropped already"):
        put_in_force(house, number)
    again = proposed(house)
    replanning.drop(house.period, by=house.coordinator)
    with pytest.raises(Refused, match="put in force or dropped already"):
        put_in_force(house, again)
    with pytest.raises(NotThere):
        replanning.drop(house.period, by=house.coordinator)
    assert in_force(house) == after


def test_the_checker_looks_again_at_what_became_dangerous_since(house: House) -> None:
    lose_the_room(house)
    number, before = proposed(house), in_force(house)
    worker = house.cast["assigned"]
    avoiding.avoid_woman(house.women[0], by=worker, code=house.women[1].code, why="")
    with pytest.raises(NotSafe) as no:
        put_in_force(house, number)
    assert {one.rule for one in no.value.troubles} == {5}
    assert in_force(house) == before
    assert Proposal.objects.filter(pk=number).exists()


def test_attendance_written_meanwhile_keeps_its_session_as_it_is(house: House) -> None:
    lose_the_room(house)
    number = proposed(house)
    first = house.sessions[0]
    came = {"organisation_id": first.organisation_id, "case_id": house.women[0].id, "member_id": first.member_id}
    Attendance.objects.create(
        **came, session=first, on=clock.today("Europe/Madrid"), state="came", noted_at=clock.now()
    )
    before = in_force(house)
    with pytest.raises(Refused, match="Something changed"):
        put_in_force(house, number)
    assert in_force(house) == before


def test_a_killed_worker_holds_it_up_for_six_minutes_and_a_stopped_one_not_at_all(house: House) -> None:
    replanning.ask_again(house.period, by=house.coordinator)
    with pytest.raises(Refused, match="computed already"):
        replanning.ask_again(house.period, by=house.coordinator)
    Proposal.objects.update(asked_at=clock.now() - timedelta(minutes=6))
    assert replanning.proposal_of(house.coordinator, house.period).solving is Solving.STOPPED  # type: ignore[union-attr]
    replanning.ask_again(house.period, by=house.coordinator)
    replanning.compute(house.coordinator.organisation, house.period, seconds=60, stopped=lambda: True)
    assert Proposal.objects.get().solving == Solving.DONE


def test_a_draft_and_weeks_that_are_over_are_not_planned_again_so(house: House) -> None:
    Period.objects.filter(pk=house.period).update(state="draft")
    with pytest.raises(Refused, match="is a draft"):
        replanning.ask_again(house.period, by=house.coordinator)
    over = {
        "first_on": clock.today("Europe/Madrid") - timedelta(days=9),
        "last_on": clock.today("Europe/Madrid") - timedelta(days=2),
    }
    Period.objects.filter(pk=house.period).update(state="published", **over)
    with pytest.raises(Refused, match="are over"):
        replanning.ask_again(house.period, by=house.coordinator)


@pytest.mark.parametrize("who", ["assigned", "facilitator", "psychologist", "officer", "foreign_coordinator"])
def test_nobody_else_plans_again_or_sees_what_is_proposed(house: House, who: str) -> None:
    number, viewer = proposed(house), house.cast[who]
    for refused in (
        lambda: replanning.ask_again(house.period, by=viewer),
        lambda: replanning.drop(house.period, by=viewer),
        lambda: replanning.proposal_of(viewer, house.period),
        lambda: comparing.comparison_of(viewer, house.period),
        lambda: replacing.put_in_force(house.period, by=viewer, proposal=number, version=1),
    ):
        with pytest.raises((Refused, NotThere)):
            refused()
    assert Proposal.objects.filter(pk=number).exists()


def test_putting_in_force_takes_as_many_queries_for_many_as_for_few(cast: Cast) -> None:
    counts = []
    for pairs in (2, 4):
        with transaction.atomic():
            house = house_of(cast, women=2 * pairs)
            house.plan(*(house.women[number : number + 2] for number in range(0, 2 * pairs, 2)))
            house.publish()
            lose_the_room(house)
            number = proposed(house)
            with CaptureQueriesContext(connection) as asked:
                put_in_force(house, number)
            counts.append(len(asked))
            assert Event.objects.filter(verb="sessions moved").count() == 2 * pairs
            transaction.set_rollback(True)
    assert counts[0] == counts[1]
