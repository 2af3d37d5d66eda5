"""The calendar of a member: days and nothing else, at an address that only its owner has."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from icalendar import Calendar

from amparo.areas.access import calendars
from amparo.areas.access.calendars import MOST_AN_HOUR, Word
from amparo.areas.access.models import CalendarLink
from amparo.areas.access.rules import Part
from amparo.areas.cases import standing
from amparo.areas.cases.acting import acting
from amparo.areas.cases.deadlines import keep_deadline
from amparo.areas.cases.rules import THRESHOLDS, DueKind
from amparo.areas.cases.standing import Ending
from amparo.areas.orgs.models import Member
from amparo.kernel import clock
from amparo.kernel.decision import NotThere, Refused
from tests.cast import CALLED, FAMILY_NAME, PASSWORD, PHONE, Cast
from tests.web.conftest import SignIn

OURS = (CALLED, FAMILY_NAME, PHONE, "amparo", "Here House", "canary", "deadline", "expire", "case", "permit", "legal")


@pytest.fixture
def day(cast: Cast) -> date:
    """A deadline of hers, ten days ahead."""
    found = clock.today("Europe/Madrid") + timedelta(days=10)
    keep(cast, found)
    return found


def keep(cast: Cast, day: date, subject: int = 1) -> None:
    with acting(cast.case(), by=cast["assigned"], part=Part.LEGAL, verb="x") as act:
        act.quiet = True
        keep_deadline(cast.case(), DueKind.EXPIRY, subject=subject, on=day, why="expires_residence")


def link(cast: Cast, name: str = "assigned", *, word: Word = Word.REMINDER) -> str:
    account = cast.accounts[name]
    secret = calendars.make_link(by=cast[name], account=account, word=word, had_second_step=True)
    return f"/calendar/{secret}.ics"


def days_at(address: str) -> list[date]:
    answer = Client().get(address)
    assert answer.status_code == 200
    return [entry["dtstart"].dt for entry in Calendar.from_ical(answer.content).walk("VEVENT")]


def test_a_calendar_finds_the_day_with_an_alarm_at_every_warning(cast: Cast, day: date) -> None:
    answer = Client().get(link(cast))
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store, private"
    (entry,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert (entry["dtstart"].dt, entry["dtend"].dt) == (day, day + timedelta(1))
    assert str(entry["summary"]) == "Reminder"
    alarms = [alarm["trigger"].dt for alarm in entry.walk("VALARM")]
    assert alarms == [timedelta(hours=9) - timedelta(ahead) for ahead in THRESHOLDS]


def test_nothing_in_it_says_who_where_or_what_for(cast: Cast, day: date) -> None:
    text = Client().get(link(cast)).content.decode()
    assert day.strftime("%Y%m%d") in text
    for word in (*OURS, cast.code, cast.code.replace("-", ""), "Assigned", "localhost", "testserver"):
        assert word.lower() not in text.lower(), word
    properties = set(re.findall(r"^([A-Z-]+)[:;]", text, re.MULTILINE))
    assert properties == {
        *("BEGIN", "END", "VERSION", "PRODID", "X-WR-CALNAME", "UID", "DTSTAMP", "DTSTART", "DTEND"),
        *("SUMMARY", "CLASS", "TRANSP", "ACTION", "DESCRIPTION", "TRIGGER"),
    }
    assert set(re.findall(r"^(?:SUMMARY|DESCRIPTION|X-WR-CALNAME):(.*)\r$", text, re.MULTILINE)) == {"Reminder"}


def test_an_entry_keeps_its_name_and_two_calendars_share_none(cast: Cast, day: date) -> None:
    mine, other = link(cast), link(cast, "lawyer")
    names = [
        [str(entry["uid"]) for entry in Calendar.from_ical(Client().get(address).content).walk("VEVENT")]
        for address in (mine, mine, other)
    ]
    assert names[0] == names[1] != names[2]
    assert re.fullmatch("[0-9a-f]{32}", names[0][0])


def test_each_sees_the_days_that_she_or_he_may_see(cast: Cast, day: date) -> None:
    for name in ("assigned", "lawyer", "coordinator"):
        assert days_at(link(cast, name)) == [day], name
    for name in ("psychologist", "colleague", "stranger", "foreign_coordinator", "administrator", "analyst"):
        assert days_at(link(cast, name)) == [], name


def test_a_day_that_moved_is_over_or_belongs_to_a_closed_case_is_not_there_as_before(cast: Cast, day: date) -> None:
    address = link(cast)
    keep(cast, day + timedelta(3))
    assert days_at(address) == [day + timedelta(3)]
    standing.start_accompanying(cast.case(), by=cast["assigned"], on=date(2026, 1, 20))
    ending = Ending(on=clock.today("Europe/Madrid"), reason="goals_reached", outcome="integrated", with_her=True)
    standing.close_case(cast.case(), by=cast["assigned"], ending=ending)
    assert days_at(address) == []


def test_every_address_that_answers_nothing_answers_the_same(cast: Cast, day: date, sign_in: SignIn) -> None:
    withdrawn, left, old, untrained = (
        link(cast),
        link(cast, "lawyer"),
        link(cast, "coordinator"),
        link(cast, "mediator"),
    )
    assert days_at(withdrawn) == days_at(left) == days_at(old) == [day]
    calendars.withdraw_link(calendars.links_of(cast["assigned"])[0].id, by=cast["assigned"])
    Member.objects.filter(pk=cast["lawyer"].member).update(is_active=False)
    CalendarLink.objects.filter(member=cast["coordinator"].member).update(expires_at=clock.now())
    Member.objects.filter(pk=cast["mediator"].member).update(confidentiality_signed_on=None)
    unknown = "/calendar/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.ics"
    answers = [
        browser.get(address)
        for browser in (Client(), sign_in("assigned"))
        for address in (withdrawn, left, old, untrained, unknown, "/calendar/x.ics")
    ]
    assert {(one.status_code, one.content, one.headers["Content-Type"]) for one in answers} == {
        (404, b"", "text/plain")
    }


def test_it_can_be_read_and_nothing_else(cast: Cast, day: date) -> None:
    address = link(cast)
    assert Client().post(address).status_code == 405
    assert Client().get("/cases/").status_code == 302
    assert Client().head(address).content == b""


def test_a_calendar_that_asks_all_the_time_is_told_to_wait(cast: Cast, day: date) -> None:
    address = link(cast)
    with clock.standing_at(clock.now().replace(minute=5)):
        Client().get(address)
        CalendarLink.objects.update(times=MOST_AN_HOUR)
        answer = Client().get(address)
    assert (answer.status_code, answer.headers["Retry-After"], answer.content) == (429, "3600", b"")
    with clock.standing_at(clock.now() + timedelta(hours=2)):
        assert days_at(address) == [day]


def test_only_a_hash_of_the_address_is_kept(cast: Cast) -> None:
    secret = link(cast).removeprefix("/calendar/").removesuffix(".ics")
    row = CalendarLink.objects.get()
    assert secret not in str(vars(row))
    assert Client().get(f"/calendar/{row.hash}.ics").status_code == 404


def test_its_owner_sees_when_it_was_last_fetched_and_withdraws_it(cast: Cast, sign_in: SignIn) -> None:
    address, client = link(cast), sign_in("assigned")
    assert "never fetched yet" in client.get("/calendars/").content.decode()
    Client().get(address)
    assert "last fetched" in client.get("/calendars/").content.decode()
    number = CalendarLink.objects.get().pk
    with pytest.raises(NotThere):
        calendars.withdraw_link(number, by=cast["colleague"])
    assert client.post(f"/calendars/{number}/withdraw/").status_code == 302
    assert Client().get(address).status_code == 404


def test_it_ends_after_a_year_and_with_the_sessions(cast: Cast, sign_in: SignIn) -> None:
    address = link(cast)
    with clock.standing_at(clock.now() + timedelta(days=366)):
        assert Client().get(address).status_code == 404
    assert Client().get(address).status_code == 200
    sign_in("assigned").post("/accounts/sessions/end/")
    assert Client().get(address).status_code == 404


def test_no_address_without_a_second_step(cast: Cast) -> None:
    with pytest.raises(Refused, match="second step"):
        calendars.make_link(by=cast["mediator"], account=1, word=Word.NOTES, had_second_step=False)


def test_it_is_made_on_a_page_after_signing_in_again_and_shown_once(cast: Cast, day: date, sign_in: SignIn) -> None:
    client = sign_in("assigned")
    assert client.get("/calendars/new/").headers["Location"].startswith("/accounts/again/")
    client.post("/accounts/again/", {"password": PASSWORD})
    once = client.get("/calendars/new/").context["once"]
    made = client.post("/calendars/new/", {"word": "call", "once": once}).content.decode()
    found = re.search(r"http://testserver(/calendar/[\w-]+\.ics)", made)
    assert found
    assert days_at(found[1]) == [day]
    assert "/calendar/" not in client.get("/calendars/").content.decode().replace("/calendars/", "")
