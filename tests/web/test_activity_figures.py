"""Reports activity by activity: whole for the coordination, without few women for the analyst, never with a name."""

import re
from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amparo.areas.activities import places
from amparo.areas.activities.held.models import NamelessEvaluation
from amparo.areas.activities.models import Activity, Attendance, ChildcareTime, Interest, Session, TicketsHandedOut
from amparo.areas.activities.places import Care
from amparo.areas.activities.rules.counting import quarters
from amparo.areas.audit.models import Entry
from amparo.areas.cases import actions as cases
from amparo.areas.cases.queries import CaseFile, case_for
from amparo.areas.people import actions as people
from amparo.areas.people.actions import Particulars
from amparo.areas.people.models import Person
from amparo.areas.vault import sealing
from amparo.kernel import clock
from tests.cast import CALLED, Cast
from tests.holding import a_group, a_session, join
from tests.web.conftest import SignIn

TODAY = clock.today("Europe/Madrid")
LAST = quarters(TODAY, count=1, running=False)[0]
DAY = LAST.first + timedelta(days=40)


def a_course(cast: Cast, *, women: int, on: date = DAY) -> Session:
    """A group with so many women, all of whom came to its one session; each cost a ticket of two."""
    by = cast["assigned"]
    session = a_group(by=by)
    Session.objects.filter(pk=session.pk).update(starts_at=f"{on}T10:00Z", ends_at=f"{on}T11:00Z")
    for number in range(women):
        case = cast.case() if number == 0 else _another(cast, number)
        join(case, session.group, by=by, since=on - timedelta(days=9))
        mine = {"organisation_id": by.organisation, "case_id": case.id, "member_id": by.member}
        noted = {"noted_at": clock.now(), "on": on}
        Attendance.objects.create(**mine, **noted, session=session, state="came" if number else "absent")
        activity = session.group.activity
        asked = {"answer": "yes", "in_group": "yes", "asked_on": on}
        Interest.objects.create(**mine, activity=activity, **asked)
        TicketsHandedOut.objects.create(**mine, **noted, activity=activity, number=1, cost_cents=200, currency="EUR")
    return session


def _another(cast: Cast, number: int) -> CaseFile:
    by = cast["assigned"]
    person = people.create_person(by=by, particulars=Particulars(called=f"Woman {number}"), identity={})
    cases.open_case(person, by=by, referent=by.member, on=date(2026, 2, 20))
    return case_for(by, Person.objects.get(pk=person).code)


def row_of(text: str) -> list[str]:
    """The cells of the only row."""
    return re.findall(r'<td(?: class="a-figures__none")? data-label="[^"]+">([^<]*)</td>', text.partition("<tbody>")[2])


def shown(cast: Cast, sign_in: SignIn, who: str) -> str:
    return str(sign_in(who).get(f"/sessions/figures/?quarter={LAST.first}").content.decode())


def test_the_coordination_reads_what_an_activity_adds_up_to(cast: Cast, sign_in: SignIn) -> None:
    a_course(cast, women=3)
    cells = row_of(shown(cast, sign_in, "coordinator"))
    assert cells[:7] == ["3", "3", "3", "3", "1", "2", "1"]
    assert cells[10] == "6.00 EUR"


def test_what_is_still_to_come_is_no_session_and_nobody_stayed_to_its_end(cast: Cast, sign_in: SignIn) -> None:
    now = clock.now()
    session = a_course(cast, women=3, on=clock.today("Europe/Madrid"))
    Session.objects.filter(pk=session.pk).update(starts_at=now)
    begins = f"/sessions/figures/?quarter={quarters(clock.today('Europe/Madrid'), count=1, running=True)[0].first}"
    browser = sign_in("coordinator")
    assert row_of(browser.get(begins).content.decode())[2:5] == ["3", "3", "1"]
    a_session(session.group, by=cast["assigned"], starts=now + timedelta(days=2))
    assert row_of(browser.get(begins).content.decode())[2:5] == ["3", "0", "1"]


def test_who_left_after_the_last_session_that_was_held_stayed_to_the_end(cast: Cast, sign_in: SignIn) -> None:
    session = a_course(cast, women=3)
    later = a_session(session.group, by=cast["assigned"], starts=session.starts_at)
    Session.objects.filter(pk=later.pk).update(starts_at=f"{DAY + timedelta(days=7)}T10:00Z", state="cancelled")
    session.group.places.update(until=DAY + timedelta(days=1))
    assert row_of(shown(cast, sign_in, "coordinator"))[2:4] == ["3", "3"]
    Session.objects.filter(pk=later.pk).update(state="held")
    assert row_of(shown(cast, sign_in, "coordinator"))[2:4] == ["3", "0"]
    first = session.group.places.order_by("pk")[0]
    first.until = first.since - timedelta(days=1)  # ended before it began
    first.save()
    assert row_of(shown(cast, sign_in, "coordinator"))[2:4] == ["2", "0"]


def test_the_analyst_reads_nothing_of_three_women_but_that_it_was_held(cast: Cast, sign_in: SignIn) -> None:
    a_course(cast, women=3)
    cells = row_of(shown(cast, sign_in, "analyst"))
    assert cells == ["–", "–", "–", "–", "1", "–", "–", "–", "–", "–", "–", "–", "–"]


def test_the_analyst_reads_of_seven_women_a_rounded_figure(cast: Cast, sign_in: SignIn) -> None:
    a_course(cast, women=7)
    cells = row_of(shown(cast, sign_in, "analyst"))
    assert cells[:7] == ["5", "5", "5", "5", "1", "–", "–"]  # one who did not come would show


def test_the_analyst_cannot_ask_for_the_quarter_that_runs(cast: Cast, sign_in: SignIn) -> None:
    today = clock.today("Europe/Madrid")
    a_course(cast, women=7, on=today)
    running = quarters(today, count=1, running=True)[0]
    assert "Sewing" not in sign_in("analyst").get(f"/sessions/figures/?quarter={running.first}").content.decode()
    assert "Sewing" in sign_in("coordinator").get(f"/sessions/figures/?quarter={running.first}").content.decode()


def test_no_figure_names_anybody(cast: Cast, sign_in: SignIn) -> None:
    a_course(cast, women=6)
    text = shown(cast, sign_in, "coordinator") + shown(cast, sign_in, "analyst")
    assert not any(one in text for one in (CALLED, cast.code, "Woman "))


@pytest.mark.parametrize("who", ["coordinator", "analyst"])
def test_the_table_leaves_with_its_mark_and_the_same_figures(cast: Cast, sign_in: SignIn, who: str) -> None:
    a_course(cast, women=3)
    answer = sign_in(who).post("/sessions/figures/table/", {"quarter": str(LAST.first)})
    text = answer.content.decode()
    assert "Taken out by" in text
    assert ("EUR" in text) == (who == "coordinator")
    assert Entry.objects.filter(member=cast[who].member, facts__contains="entries").exists()


def test_words_without_a_name_are_shown_from_three_on_and_in_no_order_of_time(cast: Cast, sign_in: SignIn) -> None:
    session = a_course(cast, women=3)
    for number, word in enumerate(("zebra", "apple", "mango")):
        house = session.organisation_id
        words = sealing.seal_of_house(house, word.encode(), "namelessevaluation.words")
        about = {"group": session.group, "moment": "end", "answers": {"useful": 4}, "words": words}
        NamelessEvaluation.objects.create(organisation_id=house, **about)
        assert ("apple" in shown(cast, sign_in, "coordinator")) == (number == 2)
    text = shown(cast, sign_in, "coordinator")
    assert text.index("apple") < text.index("mango") < text.index("zebra")
    assert "4.0" in text
    assert "mango" not in shown(cast, sign_in, "analyst")


def test_a_cost_is_noted_and_stands_in_the_figures(cast: Cast, sign_in: SignIn) -> None:
    session = a_course(cast, women=3)
    browser = sign_in("coordinator")
    cost = {"activity": session.group.activity_id, "kind": "childcare", "on": str(DAY), "cost": "12,50"}
    assert browser.post("/sessions/figures/cost/", cost).status_code == 302
    assert row_of(shown(cast, sign_in, "coordinator"))[9] == "12.50 EUR"
    assert browser.post("/sessions/figures/cost/", {**cost, "activity": 987}).status_code == 422


def test_hours_of_childcare_are_a_line_of_their_own_for_the_coordination_alone(cast: Cast, sign_in: SignIn) -> None:
    session = a_course(cast, women=6)
    there = {"organisation_id": session.organisation_id, "site": session.room.site, "places": 4, "ends": "14:00"}
    ChildcareTime.objects.create(**there, weekday=DAY.weekday(), starts="09:00", cost_cents=6000)
    assert "Hours of childcare, for all" not in shown(cast, sign_in, "coordinator")  # no children of this activity
    Activity.objects.update(childcare=True)
    text = shown(cast, sign_in, "coordinator")
    assert "Hours of childcare, for all" in text
    assert row_of(text)[-4:] == ["60.00 EUR", "–", "–", "60.00 EUR"]
    assert text.count("a-figures__none") == row_of(text)[-13:].count("–") == 11  # on a phone these are left out
    taken = sign_in("coordinator").post("/sessions/figures/table/", {"quarter": str(LAST.first)}).content.decode()
    assert "Hours of childcare, for all together" in taken
    assert "Hours of childcare, for all" not in shown(cast, sign_in, "analyst")


def test_a_cost_that_is_changed_counts_from_today_on_and_one_that_nobody_had_said_for_what_was_held_too(
    cast: Cast, sign_in: SignIn
) -> None:
    session = a_course(cast, women=6)
    Activity.objects.update(childcare=True)
    site, by = session.room.site_id, cast["coordinator"]
    for version, (cents, held) in enumerate(((0, ""), (6000, "60.00"), (9000, "60.00"), (8000, "60.00")), 1):
        care = [Care(DAY.weekday(), None, time(9), time(14), 4, cents)]
        places.set_childcare(site, by=by, care=care, version=version)
        assert [one.cost_cents for one in places.site_of(by, site).care] == [cents]
        text = shown(cast, sign_in, "coordinator")
        assert (f"{held} EUR" in row_of(text)) if held else ("Hours of childcare, for all" not in text)
    places.set_childcare(site, by=by, care=[], version=5)
    assert places.site_of(by, site).care == ()
    assert "60.00 EUR" in row_of(shown(cast, sign_in, "coordinator"))


def test_a_time_for_children_of_which_only_the_places_change_goes_on(cast: Cast) -> None:
    site, by = a_course(cast, women=1).room.site_id, cast["coordinator"]
    for version, count in enumerate((4, 6), 1):
        care = [Care(DAY.weekday(), None, time(9), time(14), count, 6000), Care(None, TODAY, time(9), time(11), 2)]
        places.set_childcare(site, by=by, care=care, version=version)
    assert list(ChildcareTime.objects.order_by("pk").values_list("places", "since", "until")) == [
        (6, None, None),
        (2, None, None),
    ]
    places.set_childcare(site, by=by, care=care[:1], version=3)  # nothing was held on that day
    assert ChildcareTime.objects.count() == 1


def test_another_houses_figures_are_not_there(cast: Cast, sign_in: SignIn) -> None:
    a_course(cast, women=6)
    assert "Sewing" not in shown(cast, sign_in, "foreign_coordinator")


def test_the_page_asks_the_database_as_often_for_many_activities_as_for_one(cast: Cast, sign_in: SignIn) -> None:
    a_course(cast, women=3)
    browser = sign_in("coordinator")
    address = f"/sessions/figures/?quarter={LAST.first}"
    browser.get(address)
    with CaptureQueriesContext(connection) as one:
        browser.get(address)
    for _ in range(4):
        session = a_group(by=cast["assigned"])
        Session.objects.filter(pk=session.pk).update(starts_at=f"{DAY}T10:00Z")
    with CaptureQueriesContext(connection) as many:
        browser.get(address)
    assert len(many) == len(one)
