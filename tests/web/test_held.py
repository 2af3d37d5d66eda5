"""The list of a session: for whoever holds it, on its day, and nothing else of anyone."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from amparo.areas.activities import editing
from amparo.areas.activities.held import attending
from amparo.areas.activities.models import Activity, Alarm, Attendance, Session
from amparo.areas.audit.models import Entry
from amparo.areas.cases import actions as cases
from amparo.areas.cases import restricting
from amparo.areas.cases.dues import due_of_case
from amparo.areas.cases.models import Case, Note
from amparo.areas.cases.queries import CaseFile, case_for
from amparo.areas.cases.rules import DueKind, HeldBecause
from amparo.areas.orgs.models import Member
from amparo.areas.people import actions as people
from amparo.areas.people.actions import Particulars
from amparo.areas.people.models import Person
from amparo.kernel import clock
from amparo.kernel.decision import NotThere
from tests.cast import CALLED, FAMILY_NAME, PHONE, Cast
from tests.holding import CALLED_THERE, IN_THE_ROOM, a_group, a_session, agree_to_groups, held_things, hold, join
from tests.web.conftest import SignIn

DAY = timedelta(days=1)


def list_of(cast: Cast, holder: str = "facilitator") -> tuple[str, int]:
    """The address of a session of today that she is in, and her place; held by `holder`."""
    things = held_things(cast.case(), by=cast["assigned"], word=IN_THE_ROOM)
    hold(int(str(things["held"])), by=cast[holder])
    return f"/sessions/held/{things['held']}/", int(str(things["seat"]))


def _number(address: str) -> int:
    return int(address.split("/")[3])


def another_woman(cast: Cast, called: str) -> CaseFile:
    """A woman whom only the colleague accompanies."""
    worker = cast["colleague"]
    person = people.create_person(by=worker, particulars=Particulars(called=called), identity={})
    cases.open_case(person, by=worker, referent=worker.member, on=date(2026, 2, 20))
    return case_for(worker, Person.objects.get(pk=person).code)


def text_of(answer: HttpResponse) -> str:
    return answer.content.decode()


def test_the_list_shows_what_she_is_called_there_her_language_and_what_to_mind(cast: Cast, sign_in: SignIn) -> None:
    address, _ = list_of(cast)
    text = text_of(sign_in("facilitator").get(address))
    assert all(one in text for one in (CALLED_THERE, IN_THE_ROOM, "Romanian", "A seat near the door", "1 child"))


def test_it_shows_no_name_no_code_beside_the_chosen_one_and_no_way_into_a_case(cast: Cast, sign_in: SignIn) -> None:
    address, _ = list_of(cast)
    text = text_of(sign_in("facilitator").get(address))
    assert not any(one in text for one in (CALLED, FAMILY_NAME, PHONE, cast.code, "/cases/", "isk"))


def test_who_chose_no_name_stands_there_as_her_code(cast: Cast, sign_in: SignIn) -> None:
    session = a_group(by=cast["facilitator"])
    join(cast.case(), session.group, by=cast["assigned"])
    text = text_of(sign_in("facilitator").get(f"/sessions/held/{session.pk}/"))
    assert cast.code in text
    assert CALLED not in text


@pytest.mark.parametrize("who", ["assigned", "colleague", "coordinator", "psychologist", "stranger"])
def test_nobody_else_finds_the_list_not_even_her_team(cast: Cast, sign_in: SignIn, who: str) -> None:
    address, _ = list_of(cast)
    assert sign_in(who).get(address).status_code == 404


def test_a_colleague_who_holds_a_session_sees_of_other_teams_women_the_same(cast: Cast, sign_in: SignIn) -> None:
    address, _ = list_of(cast, holder="colleague")
    text = text_of(sign_in("colleague").get(address))
    assert CALLED_THERE in text
    assert not any(one in text for one in (CALLED, FAMILY_NAME, cast.code))
    assert sign_in("colleague").get(f"/cases/{cast.code}/").status_code == 404


@pytest.mark.parametrize(("days", "status"), [(-1, 403), (0, 200), (2, 403)])
def test_yesterdays_list_and_next_weeks_are_closed(cast: Cast, sign_in: SignIn, days: int, status: int) -> None:
    address, _ = list_of(cast)
    moment = clock.now() + days * DAY
    Session.objects.filter(pk=_number(address)).update(starts_at=moment, ends_at=moment)
    answer = sign_in("facilitator").get(address)
    assert answer.status_code == status
    assert (CALLED_THERE in text_of(answer)) == (status == 200)


def test_who_is_not_cleared_any_more_sees_nothing(cast: Cast, sign_in: SignIn) -> None:
    address, _ = list_of(cast)
    Member.objects.filter(pk=cast["facilitator"].member).update(confidentiality_signed_on=None)
    answer = sign_in("facilitator").get(address)
    assert answer.status_code == 403
    assert CALLED_THERE not in text_of(answer)


def test_she_leaves_the_list_with_her_yes_to_groups(cast: Cast, sign_in: SignIn) -> None:
    address, place = list_of(cast)
    agree_to_groups(cast.case(), by=cast["assigned"], answer="withdrawn")
    browser = sign_in("facilitator")
    assert CALLED_THERE not in text_of(browser.get(address))
    assert browser.get(f"{address}word/{place}/").status_code == 404
    assert browser.post(address, {f"came_{place}": "came"}).status_code == 302
    assert not Attendance.objects.exists()


def test_alone_with_one_professional_she_needs_no_yes_to_groups(cast: Cast, sign_in: SignIn) -> None:
    session = a_group(by=cast["facilitator"], kind="individual", min_women=1, max_women=1)
    join(cast.case(), session.group, by=cast["assigned"], agreed=False)
    assert cast.code in text_of(sign_in("facilitator").get(f"/sessions/held/{session.pk}/"))


def test_a_file_that_is_kept_and_not_used_is_not_used_here_either(cast: Cast, sign_in: SignIn) -> None:
    address, _ = list_of(cast)
    since = clock.today("Europe/Madrid")
    restricting.restrict(
        cast.case(), by=cast["assigned"], thing="file", ground=HeldBecause.NOT_WANTED, words="x", since=since
    )
    assert CALLED_THERE not in text_of(sign_in("facilitator").get(address))


def test_whose_place_has_ended_is_not_expected(cast: Cast, sign_in: SignIn) -> None:
    session = a_group(by=cast["facilitator"])
    place = join(cast.case(), session.group, by=cast["assigned"])
    type(place).objects.filter(pk=place.pk).update(until=clock.today("Europe/Madrid") - DAY)
    assert cast.code not in text_of(sign_in("facilitator").get(f"/sessions/held/{session.pk}/"))


@pytest.mark.parametrize("begun", [True, False])
def test_whose_place_is_ended_today_is_expected_only_where_it_had_begun(
    cast: Cast, sign_in: SignIn, *, begun: bool
) -> None:
    address, seat = list_of(cast)
    session = Session.objects.get(pk=_number(address))
    if not begun:
        Session.objects.filter(pk=session.pk).update(starts_at=clock.now() + timedelta(minutes=1))
    editing.take_out(session.group.period_id, seat, by=cast["coordinator"])
    assert (CALLED_THERE in text_of(sign_in("facilitator").get(address))) == begun


@pytest.mark.parametrize("status", ["closed", "accompanied"])
def test_who_is_not_accompanied_any_more_is_not_expected(cast: Cast, sign_in: SignIn, status: str) -> None:
    address, _ = list_of(cast)
    Case.objects.filter(pk=cast.case().id).update(status=status)
    text = text_of(sign_in("facilitator").get(address))
    assert (CALLED_THERE in text) == (status == "accompanied")


def test_the_reading_of_each_woman_stands_in_the_log(cast: Cast, sign_in: SignIn) -> None:
    address, _ = list_of(cast)
    sign_in("facilitator").get(address)
    entry = Entry.objects.filter(verb="read activities", member=cast["facilitator"].member).get()
    assert entry.person == cast.case().person
    assert "group" in entry.facts


def test_who_holds_it_hears_that_it_is_looked_at_and_nothing_of_the_reason(cast: Cast, sign_in: SignIn) -> None:
    address, _ = list_of(cast)
    later = clock.now() + timedelta(minutes=20)
    Session.objects.update(starts_at=later, ends_at=later + timedelta(hours=1))
    before = text_of(sign_in("facilitator").get(address))
    session = Session.objects.get()
    mine = {"organisation_id": session.organisation_id, "session": session, "found_at": clock.now()}
    for rule in (1, 5):
        Alarm.objects.create(**mine, rule=rule)
    text = text_of(sign_in("facilitator").get(address))
    said = "This session is being looked at. Ask your coordinator before you hold it."
    assert said not in before
    assert text.count(said) == 1
    assert "being looked at" in text_of(sign_in("facilitator").get("/sessions/today/"))
    assert not any(word in text.lower() for word in ("meet", "risk", "safe ", "avoid"))
    with clock.standing_at(later):
        assert said not in text_of(sign_in("facilitator").get(address))


def test_who_makes_the_room_ready_reads_what_it_needs(cast: Cast, sign_in: SignIn) -> None:
    address, _ = list_of(cast)
    Activity.objects.update(room="Large tables", materials="Cloth")
    text = text_of(sign_in("facilitator").get(address))
    assert "What the room needs: Large tables · Materials: Cloth" in text


def test_nobody_came_to_a_session_that_is_still_to_come(cast: Cast, sign_in: SignIn) -> None:
    address, seat = list_of(cast)
    hour = timedelta(hours=1)
    Session.objects.update(starts_at=clock.now() + hour, ends_at=clock.now() + 2 * hour)
    answer = sign_in("facilitator").post(address, {f"came_{seat}": "came", f"why_{seat}": "", f"was_{seat}": ""})
    assert answer.status_code == 422
    assert "This session is still to come." in text_of(answer)
    page = text_of(answer)
    assert "Who came can be noted from half an hour before it begins." in page
    assert "Save who came" not in page
    assert not Attendance.objects.exists()
    assert Session.objects.get().state == "planned"


def test_today_names_nobody_and_leads_to_the_list(cast: Cast, sign_in: SignIn) -> None:
    address, _ = list_of(cast)
    for page in ("/", "/sessions/today/"):
        text = text_of(sign_in("facilitator").get(page, follow=True))
        assert address in text
        assert not any(one in text for one in (CALLED_THERE, cast.code, CALLED))


def test_the_list_asks_the_database_as_often_for_many_women_as_for_one(cast: Cast, sign_in: SignIn) -> None:
    address, _ = list_of(cast)
    browser = sign_in("facilitator")
    browser.get(address)
    with CaptureQueriesContext(connection) as one:
        browser.get(address)
    group = Session.objects.get(pk=_number(address)).group
    for number in range(6):
        join(another_woman(cast, f"Woman {number}"), group, by=cast["colleague"])
    browser.get(address)
    with CaptureQueriesContext(connection) as many:
        browser.get(address)
    assert len(many) == len(one)


@pytest.mark.usefixtures("papers_unset")
def test_the_sheet_to_tick_names_codes_and_nothing_that_is_known_of_her(cast: Cast, sign_in: SignIn) -> None:
    address, _ = list_of(cast)
    text = text_of(sign_in("facilitator").post(f"{address}paper/"))
    assert cast.code in text
    assert "Course in sewing" in text
    assert not any(one in text for one in (CALLED_THERE, IN_THE_ROOM, CALLED, "Romanian", "door"))
    assert Entry.objects.filter(member=cast["facilitator"].member, facts__contains="entries").count() == 1


# Who came.


def test_who_came_is_saved_with_one_button_and_shown_again(cast: Cast, sign_in: SignIn) -> None:
    address, place = list_of(cast)
    browser = sign_in("facilitator")
    answer = browser.post(address, {f"came_{place}": "absent", f"why_{place}": "health"})
    assert answer.status_code == 302
    row = Attendance.objects.get()
    assert (row.state, row.reason, row.case_id) == ("absent", "health", cast.case_number)
    assert 'value="absent" id="id_came' in text_of(browser.get(address))
    assert Entry.objects.filter(verb="attendance noted", person=cast.case().person).count() == 1


def test_it_may_be_corrected_and_a_reason_goes_with_the_absence(cast: Cast, sign_in: SignIn) -> None:
    address, place = list_of(cast)
    browser = sign_in("facilitator")
    browser.post(address, {f"came_{place}": "absent", f"why_{place}": "health"})
    browser.post(address, {f"was_{place}": "absent", f"came_{place}": "late", f"why_{place}": "health"})
    row = Attendance.objects.get()
    assert (row.state, row.reason) == ("late", "")


def test_an_old_tab_takes_nothing_back_and_two_who_differ_are_told(cast: Cast, sign_in: SignIn) -> None:
    address, place = list_of(cast)
    browser = sign_in("facilitator")
    browser.post(address, {f"came_{place}": "came"})
    browser.post(address, {f"was_{place}": "", f"came_{place}": ""})
    assert Attendance.objects.get().state == "came"
    answer = browser.post(address, {f"was_{place}": "", f"came_{place}": "late"})
    assert answer.status_code == 409
    assert Attendance.objects.get().state == "came"


def test_a_second_click_writes_nothing_more(cast: Cast, sign_in: SignIn) -> None:
    address, place = list_of(cast)
    browser = sign_in("facilitator")
    for _ in range(2):
        browser.post(address, {f"came_{place}": "came"})
    assert Entry.objects.filter(verb="attendance noted").count() == 1


def test_nothing_is_noted_for_a_woman_of_another_group(cast: Cast, sign_in: SignIn) -> None:
    address, _ = list_of(cast)
    elsewhere = a_group(by=cast["assigned"])
    other = join(another_woman(cast, "Jacaranda"), elsewhere.group, by=cast["colleague"])
    browser = sign_in("facilitator")
    assert browser.get(f"{address}word/{other.pk}/").status_code == 404
    browser.post(address, {f"came_{other.pk}": "came"})
    assert not Attendance.objects.exists()
    line = {other.pk: attending.Line("came")}
    with pytest.raises(NotThere):
        attending.note_attendance(_number(address), by=cast["facilitator"], lines=line)


def test_the_page_says_that_nothing_follows_from_not_coming(cast: Cast, sign_in: SignIn) -> None:
    address, _ = list_of(cast)
    assert "Nothing follows from not coming" in text_of(sign_in("facilitator").get(address))


def test_a_word_goes_to_her_team_and_does_not_come_back(cast: Cast, sign_in: SignIn) -> None:
    address, place = list_of(cast)
    browser = sign_in("facilitator")
    page = f"{address}word/{place}/"
    browser.post(page, {"text": "canary-word", "audience": "team"})
    assert Note.objects.filter(case=cast.case_number, author=cast["facilitator"].member).count() == 1
    assert "canary-word" in text_of(sign_in("assigned").get(f"/cases/{cast.code}/notes/"))
    assert "canary-word" not in text_of(browser.get(page)) + text_of(browser.get(address))


def test_after_two_sessions_without_her_the_referent_asks_how_she_is(cast: Cast, sign_in: SignIn) -> None:
    address, place = list_of(cast)
    session = Session.objects.get(pk=_number(address))
    before = a_session(session.group, by=cast["facilitator"], starts=session.starts_at - 7 * DAY)
    attending.correct_attendance(cast.case(), before.pk, by=cast["assigned"], came=attending.Came.ABSENT)
    assert _asked(cast) == []
    sign_in("facilitator").post(address, {f"came_{place}": "absent"})
    assert _asked(cast) == [session.group_id]
    assert "ask how she is" in text_of(sign_in("assigned").get("/"))
    sign_in("facilitator").post(address, {f"was_{place}": "absent", f"came_{place}": "came"})
    assert _asked(cast) == []


def _asked(cast: Cast) -> list[int]:
    lines = due_of_case(cast["assigned"], cast.case())
    return [line.subject for line in lines if line.kind == DueKind.ASK_AFTER]
