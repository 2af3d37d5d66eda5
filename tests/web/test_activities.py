"""From what she would like to a session that is held: the pages, and what none of them tells."""

from collections import Counter
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from amparo.areas.activities import asking, editing, offering, places, rechecking, solving
from amparo.areas.activities.models import (
    Activity,
    Group,
    Interest,
    Leading,
    NotServed,
    Period,
    Place,
    Session,
    Site,
    TicketsHandedOut,
)
from amparo.areas.activities.places import Care
from amparo.areas.activities.rules.states import Answer, Kind, PeriodState
from amparo.areas.audit.models import Entry
from amparo.areas.cases.models import Case, TeamMember
from amparo.areas.orgs.models import Member
from amparo.areas.plans import actions as plans
from amparo.areas.safety import avoiding
from amparo.kernel import clock
from tests.cast import Cast
from tests.gathering import House, house_of, woman_of
from tests.programming import course
from tests.web.conftest import SignIn

NOON = time(12), time(13)
WHY = "canary-why-they-must-not-meet"


@pytest.fixture
def house(cast: Cast) -> House:
    return house_of(cast)


def said(client: Client, name: str, /, *args: object) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def sent(client: Client, name: str, /, *args: object, **typed: object) -> str:
    """Send a form as the page has it, with what was typed; gives the page that follows."""
    page = client.get(reverse(name, args=args))
    form = (page.context or {}).get("form") if page.status_code == 200 else None
    once = {"once": page.context["once"]} if form is not None else {}
    answer = client.post(reverse(name, args=args), {**once, **typed}, follow=True)
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return answer.content.decode()


def jobs(name: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name LIKE %s", [f"%{name}"])
        return int(cursor.fetchone()[0])


# The programme.


def test_the_coordination_takes_from_the_catalogue_and_changes_what_it_likes(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("coordinator")
    page = sent(client, "activities_take", keys=["sewing", "womens_circles"])
    assert "2 activities are yours now." in page
    sewing = Activity.objects.get(key="sewing")
    assert "C&amp;H-L" in said(client, "activity", sewing.pk)
    typed = {name: getattr(sewing, name) for name in ("name", "neutral_name", "kind", "sessions", "minutes", "worth")}
    more = {"days_apart": 2, "min_women": 3, "max_women": 6, "version": 1, "needs_no_language": "on"}
    page = sent(client, "activity_change", sewing.pk, **{**typed, **more, "name": "Sewing for everybody"})
    assert "Sewing for everybody" in page
    assert "Groups of 5 to 10 are advised" in page
    sent(client, "activity_aside", sewing.pk)
    assert not Activity.objects.get(key="sewing").in_use
    assert "Sewing for everybody" in said(client, "activities")
    assert "Sewing for everybody" not in said(sign_in("assigned"), "activities")


def test_the_catalogue_says_for_whom_how_often_and_what_room_before_it_is_taken(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("coordinator")
    page = said(client, "activities_take")
    assert "17 activities that you do not offer yet." in page
    assert "In a group · 12 sessions of 90 min · 5 to 8 women · without knowing the language" in page
    assert "Alone with one professional · 8 sessions of 60 min · therapeutic" in page
    sent(client, "activities_take", keys=["sewing"])
    assert "16 activities that you do not offer yet." in said(client, "activities_take")
    assert "Large tables, good light, sockets" in said(client, "activity", Activity.objects.get(key="sewing").pk)


def test_whoever_holds_it_stands_there_with_her_training_and_is_not_lost_when_it_ends(
    cast: Cast, sign_in: SignIn
) -> None:
    leader = cast["facilitator"].member
    number = offering.offer_activity(by=cast["coordinator"], offer=course("Course"), leaders=[leader], sites=[])
    client = sign_in("coordinator")
    assert "Trained on " in said(client, "activity", number)
    Member.objects.filter(pk=leader).update(confidentiality_signed_on=None)
    assert "Not signed yet: not planned until then" in said(client, "activity", number)
    assert offering.holding_of(cast["coordinator"], number).leaders == ()
    shown = client.get(reverse("activity_change", args=(number,))).context["form"].initial
    typed = {name: value for name, value in shown.items() if value is not False}
    sent(client, "activity_change", number, **{**typed, "name": "Course, changed"})
    assert Leading.objects.filter(activity=number, member=leader).exists()


def test_a_name_that_betrays_is_not_taken(cast: Cast, sign_in: SignIn) -> None:
    number = offering.offer_activity(by=cast["coordinator"], offer=course("Course"), leaders=[], sites=[])
    typed = {
        "name": "x",
        "neutral_name": "Course for victims",
        "kind": "group",
        "sessions": 1,
        "minutes": 60,
        "worth": "1",
    }
    client = sign_in("coordinator")
    more = {"days_apart": 1, "min_women": 5, "max_women": 9, "version": 1}
    answer = client.post(reverse("activity_change", args=(number,)), {**typed, **more})
    assert answer.status_code == 422
    assert "The neutral name tells who comes here" in answer.content.decode()


def test_places_rooms_childcare_and_hours_are_set_by_forms(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("coordinator")
    sent(client, "place_add", name="Amber", meeting_point="By the clock", in_use="on")
    site = Site.objects.get(name="Amber").pk
    sent(client, "room_add", site, name="Upstairs", seats=8, in_use="on")
    sent(client, "place_childcare", site, places=3, day_0=["0", "1"], day_2=["4"], version=1)
    page = said(client, "places")
    assert "By the clock" in page
    assert "<span>Monday</span> <span><span>09:00–13:00</span>" in page
    sent(client, "leader_hours", cast["facilitator"].member, languages=["es", "en"], day_1=["0"], version=1)
    assert "Tuesday 09:00–11:00" in said(client, "leaders")
    refused = client.post(reverse("place_add"), {"name": "Shelter North", "in_use": "on"})
    assert "This name tells who comes here." in refused.content.decode()


def test_saving_the_usual_childcare_loses_nothing_that_differs_from_it(cast: Cast, sign_in: SignIn) -> None:
    by = cast["coordinator"]
    site = places.add_site(by=by, name="Amber", meeting_point="")
    usual = [Care(day, None, time(9), time(13), 4, 6000) for day in (0, 1)]
    differ = [
        Care(None, None, time(9), time(11), 1),  # every day
        Care(2, None, time(9), time(11), 2, 6000),  # fewer places
        Care(3, None, time(9), time(11), 4, 1250),  # another cost
        Care(4, None, time(9, 30), time(11), 4, 6000),  # not by the parts of a day
        *[Care(1, None, time(13), time(15), 4, 6000)] * 2,  # touches another, and is paid for by itself
        Care(None, clock.today(by.time_zone), time(15), time(17), 4, 6000),
    ]
    over = [Care(None, date(2026, 1, 7), time(15), time(17), 4, 6000)]
    places.set_childcare(site, by=by, care=[*usual, *differ, *over], version=1)
    client = sign_in("coordinator")
    assert "<span>Every day</span> <span><span>09:00–11:00</span>" in said(client, "places")
    form = client.get(reverse("place_childcare", args=(site,))).context["form"]
    assert len(form.fields["stays"].choices) == len(differ)
    sent(client, "place_childcare", site, **form.initial)
    assert Counter(places.site_of(by, site).care) == Counter([*usual, *differ, *over])
    form = client.get(reverse("place_childcare", args=(site,))).context["form"]
    changed = {**form.initial, "cost": "12,50", "places": 3, "day_1": []}
    changed["stays"] = [value for value, words in form.fields["stays"].choices if "Wednesday" in words]
    sent(client, "place_childcare", site, **changed)
    assert set(places.site_of(by, site).care) == {Care(0, None, time(9), time(13), 3, 1250), differ[1], *over}


@pytest.mark.parametrize(
    ("name", "first", "second"),
    [
        ("place_childcare", {"places": 3, "day_0": ["0"]}, {"places": 5, "day_1": ["0"]}),
        ("room_change", {"name": "Upper", "seats": 8, "in_use": "on"}, {"name": "Lower", "seats": 9, "in_use": "on"}),
        ("leader_hours", {"languages": ["es"], "day_1": ["0"]}, {"languages": ["en"], "day_2": ["0"]}),
    ],
)
def test_whoever_saves_from_an_older_page_is_told_so_and_may_save_again(
    house: House, sign_in: SignIn, name: str, first: dict[str, object], second: dict[str, object]
) -> None:
    client = sign_in("coordinator")
    about = {"place_childcare": (house.site,), "room_change": (house.site, house.room)}
    address = reverse(name, args=about.get(name, (house.cast["facilitator"].member,)))
    one, other = (client.get(address).context for _ in range(2))
    seen = {"version": one["form"].initial["version"]}
    assert client.post(address, {**seen, **first, "once": one["once"]}).status_code == 302
    late = client.post(address, {**seen, **second, "once": other["once"]})
    assert late.status_code == 409
    assert name != "place_childcare" or "Monday 09:00–11:00, 3 places" in late.content.decode()
    stands = client.get(address).context["form"].initial
    assert {key: stands[key] for key in first if key in stands and key != "in_use"} == {
        key: value for key, value in first.items() if key != "in_use"
    }
    again = {"version": late.context["form"]["version"].value(), "once": late.context["once"]}
    assert client.post(address, {**second, **again}).status_code == 302


# Asking her.


def test_asking_her_takes_a_tap_for_each_activity(house: House, sign_in: SignIn) -> None:
    more = offering.offer_activity(by=house.coordinator, offer=course("Music"), leaders=[], sites=[])
    client, case = sign_in("assigned"), house.women[0]
    page = sent(client, "activities_ask", case.code, **{f"wish_{more}": "later"}, asked_alone="on", in_group="yes")
    assert "Later, perhaps" in page
    row = Interest.objects.get(case=case.id, activity=more)
    assert (row.answer, row.in_group, row.asked_alone) == ("later", "yes", True)
    sent(client, "activity_ask", case.code, more, answer="no", words="canary-her-own-words", version=1)
    assert asking.wish_of(house.cast["assigned"], case, more).said == asking.Said(
        Answer.NO, asking.InGroup.NOT_ASKED, asked_alone=False, words="canary-her-own-words"
    )


def test_a_version_that_no_page_sends_publishes_nothing(house: House, sign_in: SignIn) -> None:
    house.plan(house.women)
    page = sent(sign_in("coordinator"), "period_publish", house.period, version="9" * 5000)
    assert "A colleague changed the plan meanwhile." in page


def test_about_what_she_has_alone_nobody_asks_how_she_feels_with_others(house: House, sign_in: SignIn) -> None:
    case, client = house.women[0], sign_in("assigned")
    offer = replace(course("Support"), kind=Kind.INDIVIDUAL, min_women=1, max_women=1)
    number = offering.offer_activity(by=house.coordinator, offer=offer, leaders=[], sites=[])
    assert "I asked her alone" in said(client, "activity_ask", case.code, house.activity)
    assert "I asked her alone" not in said(client, "activity_ask", case.code, number)
    page = sent(client, "activity_ask", case.code, number, answer="yes", version=0)
    assert "not asked alone yet" not in page
    assert client.get(reverse("activities_ask", args=(case.code,))).context["form"].initial["asked_alone"]


def test_only_women_who_are_accompanied_are_counted_as_wanting_it(house: House, sign_in: SignIn) -> None:
    client = sign_in("coordinator")
    assert "4 wait for it" in said(client, "activities")
    Case.objects.filter(pk=house.women[0].id).update(status="closed")
    assert "3 wait for it" in said(client, "activities")


def test_a_plan_that_was_changed_by_hand_is_not_called_the_best_there_is(house: House, sign_in: SignIn) -> None:
    house.plan()
    solving.ask_for_plan(house.period, by=house.coordinator)
    solving.compute(house.coordinator.organisation, house.period, seconds=60)
    client, best = sign_in("coordinator"), "This is the best plan there is"
    assert best in said(client, "period", house.period)
    sent(client, "session_fix", house.period, house.sessions[0].pk)
    assert best in said(client, "period", house.period)
    place = Place.objects.get(case=house.women[0].id)
    sent(client, "place_end", house.period, place.pk)
    page = said(client, "period", house.period)
    assert best not in page
    assert "Nothing of what was asked can be held" not in page


def test_one_tap_more_leaves_what_she_said_of_others_before_as_it_was(house: House, sign_in: SignIn) -> None:
    case, worker = house.women[0], house.cast["assigned"]
    music, dance = (
        offering.offer_activity(by=house.coordinator, offer=course(name), leaders=[], sites=[])
        for name in ("Music", "Dance")
    )
    alone = asking.Said(Answer.YES, asking.InGroup.ALONE, asked_alone=True)
    with_others = asking.Said(Answer.YES, asking.InGroup.YES, asked_alone=True)
    asking.note_interest(case, house.activity, by=worker, said=alone, version=1)
    asking.note_interest(case, music, by=worker, said=with_others, version=0)
    client = sign_in("assigned")
    sent(client, "activities_ask", case.code, **_as_shown(client, case.code), **{f"wish_{dance}": "yes"})
    rows = Interest.objects.filter(case=case.id).values_list("activity", "in_group", "asked_alone")
    assert set(rows) == {
        (house.activity, "alone", True),
        (music, "yes", True),
        (dance, "not_asked", True),
    }
    sent(client, "activities_ask", case.code, **{**_as_shown(client, case.code), "in_group": "alone"})
    assert set(Interest.objects.filter(case=case.id).values_list("in_group", flat=True)) == {"alone"}
    sent(client, "activities_ask", case.code, **{**_as_shown(client, case.code), "asked_alone": ""})
    assert not Interest.objects.filter(case=case.id, asked_alone=True).exists()


def _as_shown(client: Client, code: str) -> dict[str, object]:
    """What the form of all activities holds when it is opened."""
    initial = client.get(reverse("activities_ask", args=(code,))).context["form"].initial
    return {name: "on" if value is True else value for name, value in initial.items() if value}


def test_a_level_stays_known_although_nothing_is_offered_in_that_language_now(house: House, sign_in: SignIn) -> None:
    case, worker = house.women[0], house.cast["assigned"]
    asking.write_week(case, by=worker, times=[], needs=asking.Needs(levels={"ca": "B1"}), version=1)
    client = sign_in("assigned")
    sent(client, "case_when", case.code, children=1, level_ca="B1", version=2)
    assert asking.week_of(worker, case).needs.levels == {"ca": "B1"}
    assert "Catalan B1" in said(client, "case_activities", case.code)


def test_when_she_can_come_is_a_week_of_ticks(house: House, sign_in: SignIn) -> None:
    client, case = sign_in("assigned"), house.women[0]
    typed = {"day_0": ["0", "1"], "reasons": ["school"], "children": 2, "version": 1}
    page = sent(client, "case_when", case.code, **typed)
    assert "Monday" in page
    assert "The children&#x27;s school" in page
    assert "2 children come along" in page
    again = client.post(reverse("case_when", args=(case.code,)), typed)
    assert again.status_code == 409
    day = clock.today("Europe/Madrid") + timedelta(days=3)
    page = sent(client, "other_days", case.code, free="no", first_on=day, last_on=day, reason="court")
    assert "she cannot come" in page


def test_tickets_are_handed_out_whether_she_comes_or_not(house: House, sign_in: SignIn) -> None:
    client, today = sign_in("assigned"), clock.today("Europe/Madrid")
    assert "Cost of all of them, in EUR" in said(client, "tickets_hand_out", house.women[0].code)
    page = sent(client, "tickets_hand_out", house.women[0].code, on=today, number=10, cost="12,50")
    assert "10 tickets so far" in page
    assert TicketsHandedOut.objects.get().cost_cents == 1250


def test_open_basic_needs_stand_before_everything_long(cast: Cast, sign_in: SignIn) -> None:
    worker = cast["assigned"]
    plans.note_need(
        cast.case(), by=worker, domain="accommodation", her_words="A bed.", our_view="", basic_need="accommodation"
    )
    assert "First things first." in said(sign_in("assigned"), "case_activities", cast.code)


# Planning.


def test_from_a_period_to_published_sessions(house: House, sign_in: SignIn) -> None:
    client = sign_in("coordinator")
    last = house.first_on + timedelta(days=6)
    sent(client, "period_new", first_on=house.first_on, last_on=last)
    period = Period.objects.get().pk
    page = sent(client, "period_compute", period)
    assert "The plan is being computed." in page
    assert client.get(reverse("period", args=(period,)))["Refresh"]
    assert jobs("compute_plan") == 1
    solving.compute(house.coordinator.organisation, period, seconds=60)
    page = said(client, "period", period)
    assert "This is the best plan there is" in page
    assert all(woman.code in page for woman in house.women)
    assert "Plans to look at" in said(client, "today")
    version = Period.objects.get(pk=period).version
    assert "Published." in sent(client, "period_publish", period, version=version)
    assert Period.objects.get(pk=period).state == PeriodState.PUBLISHED
    hers = said(sign_in("assigned"), "case_activities", house.women[0].code)
    assert "Her next sessions" in hers
    assert "At the tram stop" in hers
    assert "At the tram stop" not in said(client, "case_activities", house.women[0].code)


def test_weeks_that_are_over_are_not_begun(house: House, sign_in: SignIn) -> None:
    days = {"first_on": date(2020, 1, 1), "last_on": date(2020, 1, 9)}
    answer = sign_in("coordinator").post(reverse("period_new"), days)
    assert (answer.status_code, "These weeks are over" in answer.content.decode()) == (422, True)
    assert not Period.objects.exists()


def test_a_group_says_whether_somebody_can_be_given_a_place(house: House, sign_in: SignIn) -> None:
    client = sign_in("coordinator")
    house.plan(house.women[:2], house.women[2:3])
    first, second = Group.objects.filter(period=house.period).order_by("number")
    assert "Give somebody a place" in said(client, "period_group", house.period, first.pk)
    Activity.objects.update(max_women=2)
    assert "Every place in this group is taken." in said(client, "period_group", house.period, first.pk)
    place = Place.objects.get(group=second)
    assert "Sewing (full)" in said(client, "place_move", house.period, place.pk)
    house.add_group(house.women[3:], 3, 16)
    assert "Everybody who asked for it has a place." in said(client, "period_group", house.period, second.pk)


def test_a_plan_that_became_wrong_is_not_called_the_best(house: House, sign_in: SignIn) -> None:
    client = sign_in("coordinator")
    house.plan(house.women)
    Period.objects.update(solving="done", outcome="optimal")
    assert "This is the best plan there is" in said(client, "period", house.period)
    Session.objects.update(starts_at=house.at(4), ends_at=house.at(5))
    assert "This is the best plan there is" not in said(client, "period", house.period)


def test_a_group_that_became_small_is_not_called_unsafe(house: House, sign_in: SignIn) -> None:
    client = sign_in("coordinator")
    house.plan(house.women)
    house.publish()
    Place.objects.filter(case__in=[one.id for one in house.women[1:]]).update(until=clock.today("Europe/Madrid"))
    page = said(client, "period", house.period)
    assert "Not as the activity asks for: look" in page
    assert "Not safe to hold" not in page
    Case.objects.filter(pk=house.women[0].id).update(risk_level="high")
    assert "Not safe to hold as it stands: look" in said(client, "period", house.period)


def test_a_plan_on_paper_says_neither_who_must_not_meet_nor_who_found_no_place_and_why(
    house: House, sign_in: SignIn
) -> None:
    house.plan(house.women[:2])
    avoiding.avoid_woman(house.women[0], by=house.cast["assigned"], code=house.women[1].code, why=WHY)
    mine = {"organisation_id": house.coordinator.organisation, "period_id": house.period}
    NotServed.objects.create(**mine, case_id=house.women[2].id, activity_id=house.activity, reason="Her risk is high.")
    page = said(sign_in("coordinator"), "period", house.period)
    sections = [one.partition("</section>")[0] for one in page.split("<section")[1:]]
    secret = [one for one in sections if "Two women who must not meet" in one or house.women[2].code in one]
    assert len(secret) == 2
    assert all("a-no-print" in one.partition(">")[0] for one in secret)


def test_weeks_that_are_over_ask_nobody_to_put_anything_right(house: House, sign_in: SignIn) -> None:
    house.plan(house.women)
    house.publish()
    avoiding.avoid_woman(house.women[0], by=house.cast["assigned"], code=house.women[1].code, why=WHY)
    client = sign_in("coordinator")
    page = said(client, "period", house.period)
    assert "Two women who must not meet would be near each other." in page
    assert "Take back into draft" in page
    with clock.standing_at(clock.now() + timedelta(days=40)):
        client = sign_in("coordinator")
        page = said(client, "period", house.period)
    assert "Two women who must not meet" not in page
    assert "Take back into draft" not in page


def test_what_was_seen_is_published_and_nothing_else(house: House, sign_in: SignIn) -> None:
    house.plan(house.women)
    page = sent(sign_in("coordinator"), "period_publish", house.period, version=0)
    assert "A colleague changed the plan meanwhile." in page


def test_a_session_and_a_place_are_changed_by_forms_and_checked_at_once(house: House, sign_in: SignIn) -> None:
    house.plan(house.women[:2], house.women[2:])
    client, session = sign_in("coordinator"), house.sessions[1]
    typed = {"on": house.first_on, "room": house.room, "member": house.cast["facilitator"].member, "version": 1}
    page = sent(client, "session_move", house.period, session.pk, **typed, at="10:00")
    assert "to be put right" in page
    page = said(client, "period", house.period)
    assert "Two sessions would be in this room at once." in page
    page = sent(client, "session_move", house.period, session.pk, **{**typed, "version": 2}, at="13:00")
    assert "The plan keeps every rule." in page
    place = Place.objects.get(case=house.women[0].id)
    page = sent(client, "place_move", house.period, place.pk, group=session.group_id)
    assert "to be put right" in page
    sent(client, "session_fix", house.period, session.pk)
    assert Session.objects.get(pk=session.pk).fixed
    sent(client, "session_cancel", house.period, session.pk)
    assert Session.objects.get(pk=session.pk).state == "cancelled"


def test_what_is_wrong_with_many_sessions_names_the_first_and_how_many_more(house: House, sign_in: SignIn) -> None:
    house.plan(house.women)
    session = house.sessions[0]
    held = {"organisation_id": session.organisation_id, "room_id": house.room, "member_id": session.member_id}
    for day in (3, 2, 1):
        Session.objects.create(**held, group=session.group, starts_at=house.at(10, day), ends_at=house.at(11, day))
    Activity.objects.update(sessions=4)
    client = sign_in("coordinator")
    assert "to be put right" not in said(client, "period", house.period)
    avoiding.avoid_woman(house.women[0], by=house.cast["assigned"], code=house.women[1].code, why=WHY)
    wrong = said(client, "period", house.period).partition("a-note--amber")[2].partition("</section>")[0]
    named = [one.pk for one in house.sessions if reverse("session_move", args=(house.period, one.pk)) in wrong]
    assert named == [one.pk for one in house.sessions[:2]]
    assert "and 2 more sessions" in wrong


def test_what_women_are_told_of_and_nobody_can_take_back_is_asked_once_more(house: House, sign_in: SignIn) -> None:
    house.plan(house.women)
    client, (session,) = sign_in("coordinator"), house.sessions
    place = Place.objects.get(case=house.women[0].id)
    assert "Nobody was told of it" in said(client, "session_cancel", house.period, session.pk)
    house.publish()
    page = said(client, "session_cancel", house.period, session.pk)
    assert "Whoever was told of it is told that it is off" in page
    assert "Leave it as it is</a>" in page  # "Cancel" would mean either
    page = said(client, "place_end", house.period, place.pk)
    assert house.women[0].code in page
    assert "nobody expects her" in page
    place.refresh_from_db()
    assert (place.until, Session.objects.get().state) == (None, "planned")
    sent(client, "place_end", house.period, place.pk)
    sent(client, "session_cancel", house.period, session.pk)
    place.refresh_from_db()
    assert (place.until is None, Session.objects.get().state) == (False, "cancelled")


def test_a_change_that_would_be_unsafe_says_so_and_names_whom_to_who_may_know(house: House, sign_in: SignIn) -> None:
    by = house.cast["assigned"]
    avoiding.avoid_woman(house.women[0], by=by, code=house.women[1].code, why=WHY)
    house.plan([house.women[0], house.women[2]], [house.women[1], house.women[3]])
    house.publish()
    place = Place.objects.get(case=house.women[0].id)
    target = house.sessions[1].group_id
    page = sent_badly(sign_in("coordinator"), "place_move", house.period, place.pk, group=target)
    assert "Two women who must not meet would be near each other." in page
    assert house.women[1].code in page
    assert WHY not in page
    assert Entry.objects.filter(verb="read safety", person=house.women[1].person).exists()


def test_somebody_who_asked_is_given_a_place_by_a_form(house: House, sign_in: SignIn) -> None:
    house.plan(house.women[:3])
    house.publish()
    client, group = sign_in("coordinator"), house.sessions[0].group_id
    page = said(client, "group_seat", house.period, group)
    assert house.women[3].code in page
    assert house.women[0].code not in page
    answer = client.post(reverse("group_seat", args=(house.period, group)), {"case": house.women[0].id})
    assert answer.status_code == 422
    by = house.cast["assigned"]
    number = avoiding.avoid_woman(house.women[0], by=by, code=house.women[3].code, why=WHY)
    page = sent_badly(client, "group_seat", house.period, group, case=house.women[3].id)
    assert "Two women who must not meet would be near each other." in page
    assert WHY not in page
    avoiding.end_avoidance(house.women[0], number, by=by)
    page = sent(client, "group_seat", house.period, group, case=house.women[3].id)
    assert "The plan keeps every rule." in page
    assert house.women[3].code in page


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"at": "10:07"}, "Sessions begin at a quarter of an hour"),
        ({"on": date(2040, 1, 1)}, "outside of the weeks"),
        ({"at": "12:00"}, "The professional would be in two sessions at once."),
        ({"at": "03:00"}, "Somebody is not free then."),
        ({"room": ""}, "room"),
        ({"member": "0"}, "holds it"),
    ],
)
def test_each_error_of_a_moved_session_is_explained_at_the_form(
    house: House, sign_in: SignIn, typed: dict[str, object], told: str
) -> None:
    house.plan(house.women[:2], house.women[2:])
    house.publish()
    first = house.sessions[0]
    usual = {"on": house.first_on, "at": "10:00", "room": house.room, "member": first.member_id, "version": 1}
    page = sent_badly(sign_in("coordinator"), "session_move", house.period, first.pk, **{**usual, **typed})
    assert told in page
    assert Session.objects.get(pk=first.pk).starts_at == first.starts_at


def test_an_appointment_asks_for_a_look_at_what_is_planned(house: House, sign_in: SignIn) -> None:
    case, worker = house.women[0], house.cast["assigned"]
    typed = {"on": house.first_on, "at": "10:30", "about": "law", "member": worker.member, "place": WHY}
    before = jobs("look_again")
    sent(sign_in("assigned"), "appointment_plan", case.code, **typed)
    assert jobs("look_again") == before + 1


def test_what_a_colleague_took_out_of_the_plan_meanwhile_is_told_with_the_way_to_the_plan(
    house: House, sign_in: SignIn
) -> None:
    house.plan(house.women[:2], house.women[2:])
    client, (first, second) = sign_in("coordinator"), house.sessions
    editing.cancel_session(house.period, first.pk, by=house.coordinator)
    taken_out = Place.objects.filter(group=second.group_id)[0].pk
    editing.take_out(house.period, taken_out, by=house.coordinator)
    for name, key in (("session_move", first.pk), ("session_fix", first.pk), ("place_move", taken_out)):
        answer = client.post(reverse(name, args=(house.period, key)))
        page = answer.content.decode()
        assert (answer.status_code, "A colleague took it out meanwhile" in page) == (404, True), name
        assert "What you sent was not saved." in page
        assert f'href="{reverse("period", args=(house.period,))}"' in page
    assert "not saved" not in client.get(reverse("session_move", args=(house.period, first.pk))).content.decode()
    foreign = sign_in("foreign_coordinator").post(reverse("session_move", args=(house.period, first.pk)))
    assert (foreign.status_code, "took it out" in foreign.content.decode()) == (404, False)


def test_whatever_a_plan_stands_on_asks_for_a_look_at_once(house: House, sign_in: SignIn) -> None:
    client, site = sign_in("coordinator"), places.site_of(house.coordinator, house.site)
    changes: list[tuple[str, tuple[int, ...], dict[str, object]]] = [
        ("place_change", (site.id,), {"name": "Blue", "in_use": "on", "version": site.version}),
        ("room_change", (site.id, house.room), {"name": "Large", "seats": 1, "in_use": "on", "version": 1}),
        ("place_childcare", (site.id,), {"places": 1, "day_0": ["0"], "version": site.care_version}),
        ("leader_hours", (house.cast["facilitator"].member,), {"languages": ["es"], "day_0": ["0"], "version": 2}),
        ("activity_aside", (house.activity,), {}),
    ]
    for name, key, typed in changes:
        before = jobs("look_again")
        sent(client, name, *key, **typed)
        assert jobs("look_again") == before + 1, name


def test_the_times_for_children_stand_day_by_day(house: House, sign_in: SignIn) -> None:
    day = house.first_on
    care = [Care(0, None, time(9), time(11), 4), Care(0, None, time(13), time(15), 4), Care(None, None, *NOON, 4)]
    care += [Care(None, day, time(17), time(19), 2), Care(None, day, time(9), time(11), 4)]
    care += [Care(None, date(2026, 1, 7), time(9), time(11), 4)]  # is over
    places.set_childcare(house.site, by=house.coordinator, care=care, version=1)
    (row,) = sign_in("coordinator").get(reverse("places")).context["rows"]
    assert [times for _, times in row["days"]] == [
        ["09:00–11:00", "13:00–15:00"],
        ["12:00–13:00"],
        ["09:00–11:00", "17:00–19:00"],
    ]
    assert [name for name, _ in row["days"]][:2] == ["Monday", "Every day"]


def test_training_taken_back_asks_for_a_look_at_once(house: House, sign_in: SignIn) -> None:
    house.plan(house.women)
    house.publish()
    holder, client = Member.objects.get(pk=house.cast["facilitator"].member), sign_in("coordinator")
    before = jobs("look_again")
    sent(client, "member_training", holder.pk, trained_on="", signed_on=holder.confidentiality_signed_on)
    assert jobs("look_again") == before + 1
    rechecking.look(house.coordinator.organisation)
    page = said(client, "period", house.period)
    assert "Whoever holds it is not trained and signed for it" in page
    sent(client, "member_training", holder.pk, trained_on=holder.trained_on, signed_on=holder.confidentiality_signed_on)
    assert jobs("look_again") == before + 2


def test_who_works_here_no_more_asks_for_a_look_at_once(house: House, sign_in: SignIn) -> None:
    holder, before = house.cast["facilitator"], jobs("look_again")
    typed = {"name": "Left", "role": "facilitator", "language": "en"}
    sent(sign_in("administrator"), "member_change", holder.member, **typed)
    assert not Member.objects.get(pk=holder.member).is_active
    assert jobs("look_again") == before + 1


def sent_badly(client: Client, name: str, /, *args: object, **typed: object) -> str:
    answer = client.post(reverse(name, args=args), typed)
    assert answer.status_code == 422
    return answer.content.decode()


# What changes later.


def test_whom_she_avoids_alarms_at_once_and_tells_each_reader_no_more_than_she_may_know(
    house: House, sign_in: SignIn
) -> None:
    house.plan(house.women)
    house.publish()
    one, other = house.women[0], house.women[1]
    for role in ("mediator", "lawyer"):
        mine = {
            "organisation_id": one.organisation,
            "member_id": house.cast[role].member,
            "since": clock.today("Europe/Madrid"),
        }
        TeamMember.objects.create(case_id=one.id, **mine)
    asked_before = jobs("look_again")
    worker = sign_in("assigned")
    page = sent(worker, "avoidance_note", one.code, kind="woman", code=other.code, why=WHY)
    assert WHY in page
    assert other.code in page
    assert jobs("look_again") == asked_before + 1
    rechecking.look(one.organisation)
    for who in ("assigned", "coordinator"):
        assert "A planned session: look at it" in said(sign_in(who), "today"), who
    # It stands with two women and not with the third: who reads no safety would learn who must not meet whom.
    assert "A planned session: look at it" not in said(sign_in("mediator"), "today")
    coordinator = sign_in("coordinator")
    assert "Not safe to hold as it stands: look" in said(coordinator, "today")
    told = said(coordinator, "period", house.period)
    assert "Two women who must not meet would be near each other." in told
    for who in ("mediator", "lawyer"):
        hers = said(sign_in(who), "case_activities", one.code)
        assert "being looked at" in hers
        assert "not safe" not in hers
        for secret in (other.code, WHY, "must not meet"):
            assert secret not in hers.replace("nobody she keeps away from", ""), (who, secret)
        assert sign_in(who).get(reverse("case_avoidances", args=(one.code,))).status_code == 403
    assert WHY not in said(sign_in("psychologist"), "today")


def test_her_safety_says_whom_and_ending_it_lets_them_meet(house: House, sign_in: SignIn) -> None:
    client, case = sign_in("assigned"), house.women[0]
    sent(client, "avoidance_note", case.code, kind="site", site=house.site, why="")
    sent(client, "avoidance_note", case.code, kind="everybody", why="")
    assert "Blue" in said(client, "case_avoidances", case.code)
    assert sign_in("assigned").post(reverse("avoidance_note", args=(case.code,)), {"kind": "woman"}).status_code == 422
    number = avoiding.avoidances_of(house.cast["assigned"], case)[0].id
    sent(client, "avoidance_end", case.code, number)
    assert "Blue" not in said(client, "case_avoidances", case.code)


# As many queries for many as for few.


def test_a_plan_and_her_page_take_as_many_queries_for_many_as_for_few(house: House, sign_in: SignIn) -> None:
    house.plan(house.women)
    house.publish()
    avoiding.avoid_woman(house.women[0], by=house.cast["assigned"], code=house.women[1].code, why="")
    counts: dict[str, list[int]] = {}
    for _round in range(2):
        for who, name, args in (
            ("coordinator", "period", (house.period,)),
            ("coordinator", "periods", ()),
            ("coordinator", "today", ()),
            ("assigned", "today", ()),
            ("assigned", "case_activities", (house.women[0].code,)),
            ("assigned", "case_avoidances", (house.women[0].code,)),
            ("coordinator", "activities", ()),
            ("coordinator", "places", ()),
            ("coordinator", "leaders", ()),
        ):
            client = sign_in(who)
            client.get(reverse(name, args=args))
            with CaptureQueriesContext(connection) as asked:
                client.get(reverse(name, args=args))
            counts.setdefault(f"{who} {name}", []).append(len(asked))
        _more(house)
    assert {name: found for name, found in counts.items() if found[0] != found[1]} == {}


def _more(house: House) -> None:
    by = house.coordinator
    for number in range(6):
        woman = woman_of(house.cast, house.activity)
        Place.objects.create(
            organisation_id=by.organisation, group=house.sessions[0].group, case_id=woman.id, since=house.first_on
        )
        offering.offer_activity(by=by, offer=course(f"More {number}"), leaders=[], sites=[])
        avoiding.avoid_woman(house.women[0], by=house.cast["assigned"], code=woman.code, why="")
