"""From what was asked to a plan that is published, checked again and alarmed: nobody meets whom she must not meet."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from django.db.models import F

from amparo.areas.access.rules import Part
from amparo.areas.activities import (
    asking,
    editing,
    leading,
    offering,
    periods,
    publishing,
    rechecking,
    showing,
    solving,
    standing,
)
from amparo.areas.activities.asking import Needs
from amparo.areas.activities.editing import NotSafe, When
from amparo.areas.activities.models import (
    Activity,
    Alarm,
    Group,
    Leading,
    NotServed,
    Period,
    Place,
    Reminder,
    Session,
)
from amparo.areas.activities.rules.checking import broken_rules
from amparo.areas.activities.rules.explaining import HAS_APPOINTMENT, UNSAFE
from amparo.areas.activities.rules.states import Answer, PeriodState, Solving
from amparo.areas.audit.models import Entry
from amparo.areas.cases import appointments, restricting
from amparo.areas.cases.dues import due_lines
from amparo.areas.cases.models import Case, Due, Event, TeamMember
from amparo.areas.cases.queries import CaseFile, case_for
from amparo.areas.cases.rules import DueKind, HeldBecause, Topic
from amparo.areas.consent.rules import Answer as Consented
from amparo.areas.people.models import Person
from amparo.areas.safety import avoiding
from amparo.kernel import clock
from amparo.kernel.decision import Conflict, NotThere, Refused
from tests.cast import Cast
from tests.gathering import House, agree_to_groups, house_of, woman_of
from tests.programming import WHOLE_WEEK


@pytest.fixture
def house(cast: Cast) -> House:
    return house_of(cast)


def keep_apart(house: House, one: int = 0, other: int = 1, why: str = "canary-why") -> int:
    worker = house.cast["assigned"]
    return avoiding.avoid_woman(house.women[one], by=worker, code=house.women[other].code, why=why)


def computed(house: House) -> Period:
    """Ask for a plan and let the worker make it."""
    solving.ask_for_plan(house.period, by=house.coordinator)
    solving.compute(house.coordinator.organisation, house.period, seconds=60)
    return Period.objects.get(pk=house.period)


def computed_plan(house: House) -> set[int]:
    """Who has a place in a plan that is made anew."""
    Period.objects.all().delete()
    house.plan()
    computed(house)
    return set(Place.objects.filter(group__period=house.period).values_list("case", flat=True))


def due_of(house: House, number: int) -> list[str]:
    rows = Due.objects.filter(case=house.women[number].id, kind=DueKind.SESSION, done_at=None)
    return list(rows.values_list("why", flat=True))


# What a plan is made from.


def test_women_stand_in_it_under_names_made_up_for_once(house: House) -> None:
    house.plan(house.women)
    row = Period.objects.get(pk=house.period)
    one, other = standing.standing(row).gathered, standing.standing(row).gathered
    assert set(one.aliases) == {woman.id for woman in house.women}
    assert not set(one.aliases.values()) & set(other.aliases.values())
    text = str(one.instance)
    assert [woman.code for woman in house.women if woman.code in text] == []


def test_who_keeps_away_is_opened_in_memory_and_stands_nowhere_in_clear(house: House) -> None:
    keep_apart(house)
    house.plan(house.women[:2])
    found = standing.standing(Period.objects.get(pk=house.period)).gathered
    pair = {found.aliases[house.women[0].id], found.aliases[house.women[1].id]}
    assert [set(one) for one in found.instance.must_not_meet] == [pair]
    row = avoiding.Avoidance.objects.get(case=house.women[0].id)
    assert f"{house.women[1].id:012d}".encode() not in bytes(row.whom)
    assert b"canary-why" not in bytes(row.why)


def test_without_her_yes_alone_she_is_planned_for_nothing(house: House) -> None:
    worker = house.cast["assigned"]
    said = asking.Said(Answer.YES, asking.InGroup.YES, asked_alone=False)
    asking.note_interest(house.women[0], house.activity, by=worker, said=said, version=1)
    alone = asking.Said(Answer.YES, asking.InGroup.ALONE, asked_alone=True)
    asking.note_interest(house.women[1], house.activity, by=worker, said=alone, version=1)
    # Alone with her, but not about being with others.
    unsaid = asking.Said(Answer.YES, asking.InGroup.NOT_ASKED, asked_alone=True)
    asking.note_interest(house.women[2], house.activity, by=worker, said=unsaid, version=1)
    house.women.append(woman_of(house.cast, house.activity))
    house.plan()
    row = computed(house)
    placed = set(Place.objects.filter(group__period=row.pk).values_list("case", flat=True))
    assert placed == {woman.id for woman in house.women[3:]}
    why = dict(NotServed.objects.filter(period=row.pk).values_list("case", "reason"))
    first, second, third = (woman.id for woman in house.women[:3])
    assert why == {first: standing.NOT_ASKED_ALONE, second: standing.ONLY_ALONE, third: standing.NOT_ASKED_ALONE}


def test_what_can_be_joined_without_the_language_asks_nobody_for_one(house: House) -> None:
    Activity.objects.filter(pk=house.activity).update(language="", level="")
    Person.objects.update(languages=["ti"])  # nobody who holds it speaks it
    assert not computed_plan(house)
    Activity.objects.filter(pk=house.activity).update(needs_no_language=True)
    assert computed_plan(house) == {woman.id for woman in house.women}


def test_what_is_held_at_her_wish_is_not_planned_with(house: House) -> None:
    worker, today = house.cast["assigned"], clock.today("Europe/Madrid")
    wish = {"ground": HeldBecause.NOT_WANTED, "words": "", "since": today}
    restricting.restrict(house.women[0], by=worker, thing=Part.ACTIVITIES, **wish)  # type: ignore[arg-type]
    house.plan()
    computed(house)
    assert not Place.objects.filter(case=house.women[0].id).exists()


def test_what_was_agreed_with_her_or_a_colleague_is_not_planned_over(house: House) -> None:
    house.plan()
    meet(house, house.women[0], at=time(10, 10))
    mine = {"organisation_id": house.coordinator.organisation, "since": clock.today("Europe/Madrid")}
    other = woman_of(house.cast, house.activity, who="colleague")
    TeamMember.objects.create(case_id=other.id, member_id=house.cast["facilitator"].member, **mine)
    meet(house, other, at=time(15), member=house.cast["facilitator"].member)
    found = standing.standing(Period.objects.get(pk=house.period)).gathered
    free = {one.id: {(str(a)[5:], str(b)[11:]) for a, b in one.available} for one in found.instance.women}
    day = f"{house.first_on:%m-%d}"
    assert {(f"{day}T09:00", "10:00"), (f"{day}T11:15", "19:00")} <= free[found.aliases[house.women[0].id]]
    assert (f"{day}T09:00", "19:00") in free[found.aliases[house.women[1].id]]
    (leader,) = found.instance.professionals
    assert {str(start)[11:] for start, _ in leader.available if str(start)[5:10] == day} == {"09:00", "16:00"}
    assert "canary-place" not in str(found)


def meet(house: House, case: CaseFile, *, at: time, member: int = 0) -> None:
    """An appointment with her on the first day, about her permit."""
    by = house.cast["assigned" if case in house.women else "colleague"]
    plan = appointments.Plan(house.first_on, at, Topic.LAW, member or by.member, "canary-place")
    appointments.plan_appointment(case, by=by, plan=plan)


def test_an_appointment_made_later_alarms_and_says_only_that_there_is_one(house: House) -> None:
    house.plan(house.women)
    house.publish()
    meet(house, house.women[0], at=time(9, 30))
    assert rechecking.look(house.coordinator.organisation) == 1
    assert due_of(house, 0) == ["session_changed"]
    assert due_of(house, 1) == []
    there = standing.standing(Period.objects.get(pk=house.period))
    (line,) = showing.told(house.coordinator, there, there.troubles)
    assert (line.text, line.codes) == (HAS_APPOINTMENT, (house.women[0].code,))
    meet(house, house.women[1], at=time(19, 30))  # after it
    assert rechecking.look(house.coordinator.organisation) == 1


# Computing.


def test_a_plan_is_made_in_the_background_and_keeps_every_rule(house: House) -> None:
    keep_apart(house)
    house.plan()
    row = computed(house)
    assert (row.solving, row.state) == (Solving.DONE, PeriodState.DRAFT)
    there = standing.standing(row)
    assert there.troubles == []
    assert broken_rules(there.gathered.instance, there.plan) == []
    apart = [{place.case_id for place in group.places.all()} for group in there.groups]
    assert apart
    assert not any({house.women[0].id, house.women[1].id} <= women for women in apart)
    assert [one.pk for one in showing.ready_plans(house.coordinator)] == [row.pk]


def test_what_is_fixed_stays_when_it_is_planned_again(house: House) -> None:
    house.plan(house.women, hour=15)
    fixed = house.sessions[0]
    editing.fix_session(house.period, fixed.pk, by=house.coordinator, fixed=True)
    computed(house)
    stays = Session.objects.get(group__period=house.period)
    assert (stays.starts_at, stays.room_id, stays.fixed) == (fixed.starts_at, fixed.room_id, True)


def test_what_is_fixed_stays_although_somebody_in_it_left(house: House) -> None:
    house.plan(house.women, hour=15)
    fixed = house.sessions[0]
    editing.fix_session(house.period, fixed.pk, by=house.coordinator, fixed=True)
    Case.objects.filter(pk=house.women[0].id).update(status="closed")
    assert computed(house).solving == Solving.DONE
    stays = Session.objects.get(group__period=house.period)
    assert (stays.starts_at, stays.room_id, stays.fixed) == (fixed.starts_at, fixed.room_id, True)
    left = set(Place.objects.filter(group=stays.group_id).values_list("case", flat=True))
    assert left == {woman.id for woman in house.women[1:]}


def test_what_was_changed_by_hand_meanwhile_is_not_written_over(house: House) -> None:
    house.plan(house.women)
    solving.ask_for_plan(house.period, by=house.coordinator)
    with pytest.raises(Refused, match="being computed"):
        editing.take_out(house.period, Place.objects.first().pk, by=house.coordinator)  # type: ignore[union-attr]
    with pytest.raises(Refused, match="computed already"):
        solving.ask_for_plan(house.period, by=house.coordinator)


def test_a_worker_that_has_to_end_keeps_the_best_plan_so_far(house: House) -> None:
    house.plan()
    solving.ask_for_plan(house.period, by=house.coordinator)
    solving.compute(house.coordinator.organisation, house.period, seconds=60, stopped=lambda: True)
    row = Period.objects.get(pk=house.period)
    assert (row.solving, Place.objects.filter(group__period=house.period).count()) == (Solving.DONE, 4)
    solving.ask_for_plan(house.period, by=house.coordinator)  # and it can be asked for again


def test_a_worker_that_was_killed_in_between_holds_nobody_up(house: House) -> None:
    house.plan(house.women)
    solving.ask_for_plan(house.period, by=house.coordinator)
    Period.objects.update(asked_at=clock.now() - timedelta(minutes=6))
    assert periods.period_of(house.coordinator, house.period).solving is Solving.STOPPED
    assert [one.pk for one in showing.ready_plans(house.coordinator)] == [house.period]
    assert computed(house).solving == Solving.DONE


# Publishing.


def test_it_is_published_only_where_the_checker_finds_nothing(house: House) -> None:
    keep_apart(house)
    house.plan(house.women)
    with pytest.raises(Refused, match="breaks a rule"):
        house.publish()
    assert Period.objects.get(pk=house.period).state == PeriodState.DRAFT
    assert Event.objects.filter(verb="placed in a group").count() == 0


def test_published_sessions_stand_in_her_case_and_in_its_history(house: House) -> None:
    house.plan(house.women)
    assert showing.sessions_of(house.cast["assigned"], house.women[0]) == []
    house.publish()
    line = showing.sessions_of(house.cast["assigned"], house.women[0])[0]
    assert (line.activity, line.meeting_point, line.looked_at) == ("Sewing", "At the tram stop", False)
    assert Event.objects.filter(verb="placed in a group").count() == 4
    assert Entry.objects.filter(verb="plan published").count() == 1


def test_where_she_is_met_is_told_to_her_team_alone(house: House) -> None:
    house.plan(house.women)
    house.publish()
    case = house.women[0]
    seen = showing.sessions_of(house.coordinator, case_for(house.coordinator, case.code))[0]
    assert seen.meeting_point == ""


def test_an_old_or_empty_plan_is_not_published(house: House) -> None:
    house.plan()
    with pytest.raises(Refused, match="nothing in this plan"):
        house.publish()
    house.add_group(house.women, 1, 10)
    with pytest.raises(Refused, match="changed the plan meanwhile"):
        publishing.publish(house.period, by=house.coordinator, version=99)
    Session.objects.update(starts_at=clock.now() - timedelta(days=1), ends_at=clock.now() - timedelta(hours=23))
    with pytest.raises(Refused):
        house.publish()


@pytest.mark.parametrize(("state", "may"), [("planned", True), ("failed", True), ("sent", False), ("unknown", False)])
def test_once_a_reminder_has_gone_out_a_plan_is_not_taken_back_any_more(house: House, state: str, may: bool) -> None:
    house.plan(house.women)
    house.publish()
    (session,) = house.sessions
    mine = {"organisation_id": session.organisation_id, "case_id": house.women[0].id, "session": session}
    terms = {"starts_at": session.starts_at, "channel": "sms", "agreement": 1, "planned_at": clock.now()}
    Reminder.objects.create(**mine, **terms, state=state)
    if may:
        publishing.take_back(house.period, by=house.coordinator)
        return
    with pytest.raises(Refused, match="Reminders of its sessions have gone out"):
        publishing.take_back(house.period, by=house.coordinator)
    assert Period.objects.get(pk=house.period).state == "published"


def test_it_goes_back_into_draft_as_long_as_nothing_was_held(house: House) -> None:
    house.plan(house.women)
    house.publish()
    publishing.take_back(house.period, by=house.coordinator)
    assert showing.sessions_of(house.cast["assigned"], house.women[0]) == []
    house.publish()
    Session.objects.update(starts_at=clock.now() - timedelta(hours=1))
    with pytest.raises(Refused, match="held already"):
        publishing.take_back(house.period, by=house.coordinator)


@pytest.mark.parametrize("who", ["assigned", "facilitator", "psychologist", "officer"])
def test_nobody_but_the_coordination_plans(house: House, who: str) -> None:
    house.plan(house.women)
    viewer = house.cast[who]
    for refused in (
        lambda: publishing.publish(house.period, by=viewer, version=1),
        lambda: solving.ask_for_plan(house.period, by=viewer),
        lambda: editing.take_out(house.period, 1, by=viewer),
        lambda: periods.periods_of(viewer),
    ):
        with pytest.raises(Refused):
            refused()


def test_another_house_finds_nothing_of_it(house: House) -> None:
    house.plan(house.women)
    foreign = house.cast["foreign_coordinator"]
    with pytest.raises(NotThere):
        periods.period_of(foreign, house.period)
    with pytest.raises(NotThere):
        publishing.publish(house.period, by=foreign, version=1)


# Changing by hand.


def test_each_change_says_at_once_what_is_wrong_then(house: House) -> None:
    house.plan(house.women[:2], house.women[2:])
    second = house.sessions[1]
    when = When(house.at(10).replace(tzinfo=None), house.room, second.member_id)
    found = editing.move_session(house.period, second.pk, by=house.coordinator, when=when, version=1)
    assert {one.text for one in found} >= {"Two sessions would be in this room at once."}
    back = When(house.at(12).replace(tzinfo=None), house.room, second.member_id)
    assert editing.move_session(house.period, second.pk, by=house.coordinator, when=back, version=2) == []


def test_a_colleague_who_was_faster_is_not_written_over(house: House) -> None:
    house.plan(house.women)
    session = house.sessions[0]
    when = When(house.at(11).replace(tzinfo=None), house.room, session.member_id)
    editing.move_session(house.period, session.pk, by=house.coordinator, when=when, version=1)
    with pytest.raises(Conflict):
        editing.move_session(house.period, session.pk, by=house.coordinator, when=when, version=1)


def test_in_a_published_plan_no_change_adds_a_danger(house: House) -> None:
    keep_apart(house)
    house.plan([house.women[0], house.women[2]], [house.women[1], house.women[3]])
    house.publish()
    place = Place.objects.get(case=house.women[0].id)
    other = Group.objects.get(period=house.period, number=2)
    with pytest.raises(NotSafe) as no:
        editing.move_woman(house.period, place.pk, by=house.coordinator, group=other.pk)
    assert Place.objects.get(pk=place.pk).until is None
    lines = showing.told(house.coordinator, no.value.standing, no.value.troubles)
    assert lines[0].text == "Two women who must not meet would be near each other."
    assert lines[0].codes == tuple(sorted((house.women[0].code, house.women[1].code)))


def test_who_may_not_read_her_safety_is_told_no_more_than_that_it_is_unsafe(house: House) -> None:
    keep_apart(house)
    house.plan(house.women)
    there = standing.standing(Period.objects.get(pk=house.period))
    for who in ("colleague", "mediator", "lawyer"):
        lines = showing.told(house.cast[who], there, there.troubles)
        assert {line.text for line in lines} == {UNSAFE}
        assert {line.codes for line in lines} == {()}


def test_taking_somebody_out_is_always_possible_and_ends_her_place(house: House) -> None:
    house.plan(house.women)
    house.publish()
    place = Place.objects.get(case=house.women[0].id)
    editing.take_out(house.period, place.pk, by=house.coordinator)
    assert Place.objects.get(pk=place.pk).until == clock.today("Europe/Madrid") - timedelta(days=1)
    assert showing.sessions_of(house.cast["assigned"], house.women[0]) == []


def test_whoever_holds_a_course_is_exchanged_after_it_has_begun(house: House) -> None:
    house.plan(house.women)
    Activity.objects.update(sessions=2)
    first = house.sessions[0]
    rest = {"room_id": house.room, "member_id": first.member_id, "organisation_id": first.organisation_id}
    Session.objects.create(group=first.group, starts_at=house.at(10, 2), ends_at=house.at(11, 2), **rest)
    house.publish()
    Session.objects.filter(pk=first.pk).update(state="held", starts_at=house.at(10, -14), ends_at=house.at(11, -14))
    Period.objects.filter(pk=house.period).update(first_on=house.first_on - timedelta(days=14))
    by, other = house.coordinator, house.cast["psychologist"].member
    leading.write_leader(other, by=by, languages=["es"], times=WHOLE_WEEK, away=[], version=1)
    Leading.objects.create(organisation_id=first.organisation_id, activity_id=house.activity, member_id=other)
    later = house.sessions[1]
    when = When(house.at(10, 2).replace(tzinfo=None), house.room, other)
    assert editing.move_session(house.period, later.pk, by=by, when=when, version=1) == []
    assert [one.member_id for one in house.sessions] == [first.member_id, other]


def test_somebody_who_asked_is_given_a_place_and_somebody_who_may_not_is_not(house: House) -> None:
    house.plan(house.women[:2])
    house.publish()
    by, (session,) = house.coordinator, house.sessions
    there = standing.standing(Period.objects.get(pk=house.period))
    free = editing.without_place(by, there, house.activity)
    assert {case for case, _ in free} == {woman.id for woman in house.women[2:]}
    assert editing.seat_woman(house.period, session.group_id, by=by, case=house.women[2].id) == []
    with pytest.raises(Refused, match="has a place already"):
        editing.seat_woman(house.period, session.group_id, by=by, case=house.women[2].id)
    keep_apart(house, 0, 3)
    with pytest.raises(NotSafe):
        editing.seat_woman(house.period, session.group_id, by=by, case=house.women[3].id)
    with pytest.raises(NotThere):
        editing.seat_woman(house.period, 0, by=by, case=house.women[3].id)
    assert not Place.objects.filter(case=house.women[3].id).exists()


@pytest.mark.parametrize(
    ("days", "hour", "minute", "told"),
    [(0, 10, 7, "a quarter of an hour"), (9, 10, 0, "outside of the weeks"), (-1, 10, 0, "outside of the weeks")],
)
def test_a_time_that_cannot_be_is_refused_in_words(house: House, days: int, hour: int, minute: int, told: str) -> None:
    house.plan(house.women)
    session = house.sessions[0]
    start = house.at(hour, days).replace(tzinfo=None, minute=minute)
    when = When(start, house.room, session.member_id)
    with pytest.raises(Refused, match=told):
        editing.move_session(house.period, session.pk, by=house.coordinator, when=when, version=1)


def test_nothing_is_moved_to_a_time_that_is_over(house: House) -> None:
    house.plan(house.women)
    Period.objects.filter(pk=house.period).update(first_on=clock.today("Europe/Madrid") - timedelta(days=2))
    session = house.sessions[0]
    yesterday = datetime.combine(clock.today("Europe/Madrid") - timedelta(days=1), time(10))
    when = When(yesterday, house.room, session.member_id)
    with pytest.raises(Refused, match="lies behind us"):
        editing.move_session(house.period, session.pk, by=house.coordinator, when=when, version=1)


# What changes later.


@pytest.mark.parametrize("change", ["apart", "everybody", "site", "risk", "consent", "times", "no", "closed"])
def test_whatever_changes_later_alarms_the_session_and_her_team(house: House, change: str) -> None:
    house.plan(house.women)
    house.publish()
    organisation = house.coordinator.organisation
    assert rechecking.look(organisation) == 0
    _let_it_change(house, change)
    assert rechecking.look(organisation) >= 1
    line = showing.sessions_of(house.cast["assigned"], house.women[0])
    if change != "closed":
        assert line[0].looked_at
        assert line[0].unsafe is (change not in ("times", "no"))
        assert due_of(house, 0) == ["session_unsafe" if line[0].unsafe else "session_changed"]
    assert [one.id for one in showing.alarmed(house.coordinator)] == [house.sessions[0].pk]
    for who in ("assigned", "coordinator"):
        kinds = {one.kind for one in due_lines(house.cast[who], until=clock.today("Europe/Madrid"))}
        assert DueKind.SESSION in kinds


def _let_it_change(house: House, change: str) -> None:
    worker, case = house.cast["assigned"], house.women[0]
    no = asking.Said(Answer.NO, asking.InGroup.YES, asked_alone=True)
    changes: dict[str, Callable[[], object]] = {
        "apart": lambda: keep_apart(house),
        "everybody": lambda: avoiding.avoid_everybody(case, by=worker, why=""),
        "site": lambda: avoiding.avoid_site(case, by=worker, site=house.site, why=""),
        "risk": lambda: Case.objects.filter(pk=case.id).update(risk_level="high"),
        "consent": lambda: agree_to_groups(case, worker, Consented.WITHDRAWN),
        "times": lambda: asking.write_week(case, by=worker, times=[], needs=Needs(), version=1),
        "no": lambda: asking.note_interest(case, house.activity, by=worker, said=no, version=1),
        "closed": lambda: Case.objects.filter(pk=case.id).update(status="closed"),
    }
    changes[change]()


def test_what_is_checked_lasts_as_long_as_what_is_held(house: House) -> None:
    """Shorter sessions are shorter for everybody, and longer ones alarm where those who must not meet come too near."""
    Activity.objects.update(kind="individual", min_women=1, max_women=1)
    keep_apart(house)
    house.plan([house.women[0]], [house.women[1]])
    Session.objects.filter(starts_at=house.at(12)).update(starts_at=house.at(11, minute=30))
    Session.objects.update(ends_at=F("starts_at") + timedelta(minutes=60))
    house.publish()
    version = Period.objects.get(pk=house.period).version
    for minutes, alarms in ((90, 2), (30, 0), (45, 0)):
        last(house, minutes)
        assert {one.ends_at - one.starts_at for one in house.sessions} == {timedelta(minutes=minutes)}
        assert rechecking.look(house.coordinator.organisation) >= alarms
        assert bool(due_of(house, 0)) == bool(alarms)
    assert Period.objects.get(pk=house.period).version == version + 3  # whoever looks at the plan looks at another one
    Session.objects.filter(pk=house.sessions[0].pk).update(starts_at=clock.now() - timedelta(days=1))
    over = house.sessions[0].ends_at
    last(house, 60)
    assert house.sessions[0].ends_at == over


def last(house: House, minutes: int) -> None:
    """Let the coordination change how long a session of the course lasts."""
    there = offering.activity_of(house.coordinator, house.activity)
    offer = replace(there.offer, minutes=minutes)
    who = {"leaders": [house.cast["facilitator"].member], "sites": [house.site], "rooms": []}
    offering.change_activity(there.id, by=house.coordinator, offer=offer, version=there.version, **who)


def test_an_alarm_ends_when_the_reason_is_gone_and_is_raised_once(house: House) -> None:
    house.plan(house.women)
    house.publish()
    organisation, number = house.coordinator.organisation, keep_apart(house)
    for _ in range(3):
        rechecking.look(organisation)
    assert Alarm.objects.filter(ended_at=None).count() == 1
    assert due_of(house, 1) == ["session_unsafe"]
    assert due_of(house, 2) == []
    avoiding.end_avoidance(house.women[0], number, by=house.cast["assigned"])
    assert rechecking.look(organisation) == 0
    assert Alarm.objects.filter(ended_at=None).count() == 0
    assert due_of(house, 0) == due_of(house, 1) == []


def test_what_was_held_already_is_alarmed_by_nobody(house: House) -> None:
    house.plan(house.women)
    house.publish()
    Session.objects.update(starts_at=clock.now() - timedelta(minutes=5))
    keep_apart(house)
    assert rechecking.look(house.coordinator.organisation) == 0


def test_an_alarm_goes_with_its_session_and_with_its_plan(house: House) -> None:
    house.plan(house.women)
    house.publish()
    keep_apart(house)
    rechecking.look(house.coordinator.organisation)
    publishing.take_back(house.period, by=house.coordinator)
    assert (Alarm.objects.filter(ended_at=None).count(), due_of(house, 0)) == (0, [])
    Period.objects.update(state=PeriodState.PUBLISHED)
    rechecking.look(house.coordinator.organisation)
    assert due_of(house, 0) == ["session_unsafe"]
    Period.objects.update(first_on=house.first_on - timedelta(days=90), last_on=house.first_on - timedelta(days=80))
    Session.objects.update(starts_at=clock.now() - timedelta(days=80))
    rechecking.look(house.coordinator.organisation)
    assert (Alarm.objects.filter(ended_at=None).count(), due_of(house, 0)) == (0, [])


# Whom she keeps away from.


def test_a_pair_stands_in_both_files_and_names_the_other_only_to_who_may_know_of_her(house: House, cast: Cast) -> None:
    hidden = woman_of(cast, house.activity, who="colleague")
    avoiding.avoid_woman(house.women[0], by=cast["assigned"], code=hidden.code, why="canary-why")
    mine = avoiding.avoidances_of(cast["assigned"], house.women[0])[0]
    assert (mine.code, mine.why, mine.hers) == ("", "canary-why", True)
    theirs = avoiding.avoidances_of(cast["colleague"], hidden)[0]
    assert (theirs.code, theirs.why, theirs.hers) == ("", "", False)
    seen = avoiding.avoidances_of(cast["coordinator"], case_for(cast["coordinator"], hidden.code))[0]
    assert seen.code == house.women[0].code
    with pytest.raises(NotThere):
        avoiding.end_avoidance(hidden, theirs.id, by=cast["colleague"])


def test_the_same_pair_is_noted_once_and_nobody_keeps_away_from_herself(house: House) -> None:
    keep_apart(house)
    with pytest.raises(Refused, match="noted already"):
        keep_apart(house, 1, 0)
    with pytest.raises(Refused, match="her own code"):
        keep_apart(house, 2, 2)
    with pytest.raises(Refused, match="no woman with this code"):
        avoiding.avoid_woman(house.women[0], by=house.cast["assigned"], code="2222-222", why="")


@pytest.mark.parametrize("who", ["lawyer", "mediator", "facilitator", "officer"])
def test_nobody_else_reads_whom_she_keeps_away_from(house: House, who: str) -> None:
    keep_apart(house)
    with pytest.raises(Refused):
        avoiding.avoidances_of(house.cast[who], house.women[0])
