"""Her list of readers, the officer's search, and alerts: from what pages note to what a person sees."""

from collections.abc import Callable
from datetime import time, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amparo.areas.access.models import Alert
from amparo.areas.access.rules import Audience, Part, Viewer
from amparo.areas.audit import reads
from amparo.areas.audit.actions import Trace, record, record_all
from amparo.areas.audit.models import Entry
from amparo.areas.audit.rules import AlertState, Does, Outcome, RuleKey
from amparo.areas.cases import actions as cases
from amparo.areas.cases import alerts, watching
from amparo.areas.cases.jobs import watch_reading
from amparo.areas.cases.log import Asked, log_page, take_out_log
from amparo.areas.cases.particulars import open_identity
from amparo.areas.cases.queries import Filters, case_for, case_list
from amparo.areas.cases.readers import ReaderLine, readers_of, take_out_readers
from amparo.areas.orgs.models import Organisation
from amparo.areas.people import actions as people
from amparo.areas.people.actions import Particulars
from amparo.areas.people.models import Person
from amparo.kernel import clock
from amparo.kernel.decision import Conflict, NotThere, Refused
from tests.cast import FAMILY_NAME, Cast

DAY_AND_NIGHT = {"open_from": time(0), "open_until": time(0), "names_readers": False}


@pytest.fixture(autouse=True)
def _open_day_and_night(request: pytest.FixtureRequest) -> None:
    """The tests run at any hour of the day."""
    if "cast" in request.fixturenames:
        request.getfixturevalue("cast")
        Organisation.objects.update(open_from=time(0), open_until=time(0))


def reading(who: Viewer, does: Callable[[], object]) -> None:
    """What a page of theirs would leave in the log."""
    reads.start()
    does()
    reads.flush(organisation=who.organisation, member=who.member)


def line_of(cast: Cast, name: str) -> ReaderLine:
    found = readers_of(cast["assigned"], cast.case())
    return next(line for line in found.lines if line.member == cast[name].member)


def test_a_day_of_a_colleague_is_one_line_however_often_she_read(cast: Cast) -> None:
    for part in (Part.HEAD, Part.PLAN, Part.NOTES, Part.HEAD):
        reading(cast["psychologist"], lambda part=part: case_for(cast["psychologist"], cast.code, part))
    line = line_of(cast, "psychologist")
    assert line.times == 5  # with the note that she wrote
    assert line.done == {Does.LOOKED: ("overview", "plan", "notes"), Does.CHANGED: ("notes",)}
    assert (line.name, line.role) == ("Psychologist", cast["psychologist"].role)


def test_the_reason_for_opening_her_identity_stands_in_her_list(cast: Cast) -> None:
    open_identity(cast.case(), by=cast["assigned"], reason="a letter of the health centre")
    line = line_of(cast, "assigned")
    assert line.done[Does.OPENED] == ("identity",)
    assert [reason.words for reason in line.reasons] == ["a letter of the health centre"]
    assert line.on == clock.today(cast["assigned"].time_zone)


def test_whoever_looks_at_her_list_stands_in_it(cast: Cast) -> None:
    reading(cast["officer"], lambda: case_for(cast["officer"], cast.code, Part.READERS))
    assert line_of(cast, "officer").done == {Does.OVERSAW: ("log",)}


def test_what_was_read_of_another_woman_does_not_stand_in_hers(cast: Cast) -> None:
    other = people.create_person(by=cast["colleague"], particulars=Particulars(called="Another"))
    cases.open_case(other, by=cast["colleague"], referent=cast["colleague"].member)
    code = Person.objects.get(pk=other).code
    reading(cast["colleague"], lambda: case_for(cast["colleague"], code))
    members = {line.member for line in readers_of(cast["assigned"], cast.case()).lines}
    assert cast["colleague"].member not in members
    assert cast["assigned"].member in members


def test_her_list_is_for_her_team_and_the_officer(cast: Cast) -> None:
    for name in ("assigned", "psychologist", "lawyer", "mediator", "coordinator", "officer"):
        assert readers_of(cast[name], cast.case(name)).lines
    for name in ("administrator", "hotline", "stranger", "colleague", "facilitator"):
        with pytest.raises(NotThere):
            cast.case(name)


def test_her_list_takes_as_many_queries_for_many_lines_as_for_one(cast: Cast) -> None:
    asked = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            readers_of(cast["assigned"], cast.case())
        asked.append(len(queries))
        for name in ("psychologist", "lawyer", "mediator", "coordinator", "officer"):
            reading(cast[name], lambda name=name: case_for(cast[name], cast.code))
            open_identity(cast.case(), by=cast["assigned"], reason=name)
    assert asked[0] == asked[1]


def test_taking_her_list_out_is_noted_with_its_number(cast: Cast) -> None:
    _readers, export = take_out_readers(cast.case("officer"), by=cast["officer"])
    assert Entry.objects.filter(verb="taken out", subject=f"export {export.number}", person=cast.case().person).exists()


# The log


def found(cast: Cast, **asked: object) -> list[str]:
    return [line.verb for line in log_page(cast["officer"], Asked(**asked)).lines]  # type: ignore[arg-type]


def test_the_log_is_searched_by_woman_colleague_kind_and_day(cast: Cast) -> None:
    reading(cast["lawyer"], lambda: case_for(cast["lawyer"], cast.code, Part.PLAN))
    today = clock.today(cast["officer"].time_zone)
    tomorrow = today + timedelta(days=1)
    assert found(cast, code=cast.code, does="looked") == ["read plan"]
    assert found(cast, member=cast["lawyer"].member) == ["read plan", "note written"]
    assert found(cast, member=cast["lawyer"].member, first=today, last=today) == ["read plan", "note written"]
    assert found(cast, first=tomorrow) == found(cast, last=today - timedelta(days=1)) == []
    assert found(cast, verb="read plan", origin="192.0.2.1") == []


def test_a_code_that_nobody_has_is_told_and_finds_nothing(cast: Cast) -> None:
    page = log_page(cast["officer"], Asked(code="2222-222"))
    assert (page.no_such_code, page.lines) == (True, [])


def test_the_log_of_another_organisation_is_not_there(cast: Cast) -> None:
    record(Trace("read head"), organisation=cast["stranger"].organisation, member=cast["stranger"].member)
    assert cast["stranger"].member not in {line.member for line in log_page(cast["officer"], Asked()).lines}
    assert found(cast, member=cast["stranger"].member) == []


def test_each_search_stands_in_the_log_and_where_it_was_about_her_in_her_list(cast: Cast) -> None:
    reading(cast["officer"], lambda: log_page(cast["officer"], Asked(code=cast.code, does="looked")))
    entry = Entry.objects.filter(verb="log searched").get()
    assert (entry.member, entry.person) == (cast["officer"].member, cast.case().person)
    assert cast.code not in entry.facts
    assert line_of(cast, "officer").done == {Does.OVERSAW: ("log",)}


@pytest.mark.parametrize("name", ["assigned", "coordinator", "administrator", "analyst", "untrained"])
def test_only_the_officer_reads_the_log(cast: Cast, name: str) -> None:
    for read in (lambda who: log_page(who, Asked()), alerts.alerts_of, alerts.just_now, alerts.reading_settings):
        with pytest.raises(Refused):
            read(cast[name])
    with pytest.raises(Refused):
        take_out_log(by=cast[name], asked=Asked())
    assert alerts.count_new(cast[name]) == 0


# Alerts


def alert_at_night(cast: Cast) -> int:
    return Alert.objects.create(
        organisation_id=cast["officer"].organisation,
        rule=RuleKey.AT_NIGHT,
        member_id=cast["assigned"].member,
        on=clock.today("Europe/Madrid"),
        count=2,
        first=1,
        last=2,
        found_at=clock.now(),
    ).pk


def kept(cast: Cast) -> dict[str, Alert]:
    watching.watch(cast["officer"].organisation)
    return {row.rule: row for row in Alert.objects.filter(organisation=cast["officer"].organisation)}


def test_an_identity_opened_for_no_work_is_kept_once_with_the_woman(cast: Cast) -> None:
    open_identity(cast.case(), by=cast["lawyer"], reason="curious")
    # The note that the cast wrote about her just before is work; so that it was long ago, the day before.
    assert RuleKey.IDENTITY_ALONE not in kept(cast)


def test_an_identity_opened_by_who_did_nothing_else_stands_out(cast: Cast) -> None:
    house, psychologist = cast["officer"].organisation, cast["psychologist"].member
    record(Trace("identity opened", person=UUID(int=5)), organisation=house, member=psychologist)
    first = kept(cast)[RuleKey.IDENTITY_ALONE]
    assert (first.member_id, first.person, first.count) == (psychologist, UUID(int=5), 1)
    record(Trace("identity opened", person=UUID(int=5)), organisation=house, member=psychologist)
    again = kept(cast)[RuleKey.IDENTITY_ALONE]
    assert (again.pk, again.count) == (first.pk, 2)


def test_a_name_of_a_woman_of_another_team_stands_out_and_shows_nothing_of_her(cast: Cast) -> None:
    reading(cast["colleague"], lambda: case_list(cast["colleague"], Filters(typed=FAMILY_NAME)))
    assert case_list(cast["colleague"], Filters(typed=FAMILY_NAME)).cases == []
    assert kept(cast)[RuleKey.NAME_ELSEWHERE].member_id == cast["colleague"].member
    assert FAMILY_NAME not in "".join(Entry.objects.values_list("facts", flat=True))


def test_a_name_of_her_own_women_does_not(cast: Cast) -> None:
    reading(cast["assigned"], lambda: case_list(cast["assigned"], Filters(typed=FAMILY_NAME)))
    assert case_list(cast["assigned"], Filters(typed=FAMILY_NAME)).cases != []
    assert kept(cast) == {}


def test_looking_twice_finds_the_same_and_the_screen_shows_what_is_newer(cast: Cast) -> None:
    many = [Trace("read head", person=UUID(int=number)) for number in range(1, 16)]
    record_all(many, organisation=cast["officer"].organisation, member=cast["mediator"].member)
    now = [one.rule for one in alerts.just_now(cast["officer"])]
    assert now == [RuleKey.MANY_RECORDS]
    assert alerts.look_now(by=cast["officer"]) == 1
    assert alerts.look_now(by=cast["officer"]) == 0
    assert alerts.just_now(cast["officer"]) == []
    assert [one.count for one in alerts.alerts_of(cast["officer"])[0]] == [15]


def test_the_job_looks_through_every_house(cast: Cast) -> None:
    for name in ("mediator", "stranger"):
        record(
            Trace("searched by name", facts={"found": 0, "elsewhere": 1}),
            organisation=cast[name].organisation,
            member=cast[name].member,
        )
    watch_reading(timestamp=0)
    assert {row.member_id for row in Alert.objects.all()} == {cast["mediator"].member, cast["stranger"].member}


def test_what_was_looked_at_says_by_whom_and_what_came_of_it_and_stays(cast: Cast) -> None:
    number = alert_at_night(cast)
    assert alerts.count_new(cast["officer"]) == 1
    alerts.settle_alert(number, by=cast["officer"], outcome=Outcome.EXPLAINED, words="a call from the hospital")
    one = alerts.alert_of(cast["officer"], number)
    assert (one.state, one.looked_name, one.words) == (AlertState.LOOKED_AT, "Officer", "a call from the hospital")
    assert "hospital" not in str(Alert.objects.values().get())
    assert alerts.count_new(cast["officer"]) == 0
    with pytest.raises(Conflict):
        alerts.settle_alert(number, by=cast["officer"], outcome=Outcome.USUAL_WORK, words="")


def test_nobody_settles_an_alert_about_her_own_reading(cast: Cast) -> None:
    number = alert_at_night(cast)
    Alert.objects.update(member_id=cast["officer"].member)
    with pytest.raises(Refused):
        alerts.settle_alert(number, by=cast["officer"], outcome=Outcome.USUAL_WORK, words="")


def test_an_alert_of_another_house_is_not_there(cast: Cast) -> None:
    number = alert_at_night(cast)
    Alert.objects.update(organisation_id=cast["stranger"].organisation)
    with pytest.raises(NotThere):
        alerts.alert_of(cast["officer"], number)


def test_the_officer_sets_the_hours_and_that_is_noted(cast: Cast) -> None:
    alerts.change_reading_settings(by=cast["officer"], **DAY_AND_NIGHT)
    assert alerts.reading_settings(cast["officer"]).open_until == time(0)
    assert Entry.objects.filter(verb="reading rules changed").exists()
    with pytest.raises(Refused):
        alerts.change_reading_settings(by=cast["coordinator"], **DAY_AND_NIGHT)


def test_writing_about_her_leaves_no_alert(cast: Cast) -> None:
    today = clock.today("Europe/Madrid")
    for _ in range(20):
        cases.write_note(cast.case(), by=cast["assigned"], text="a note", audience=Audience.TEAM, happened_on=today)
    assert kept(cast) == {}
