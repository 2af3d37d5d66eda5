"""The sessions that she goes to, as her team sees them."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from amparo.areas.activities.held import attending
from amparo.areas.activities.held.models import AskedAfter, InTheRoom
from amparo.areas.activities.models import Attendance, Period, Session
from amparo.areas.activities.reminders.times import times_to_tell
from amparo.areas.activities.rules.states import Came
from amparo.areas.cases.dues import due_of_case
from amparo.areas.cases.rules import DueKind
from amparo.areas.orgs.queries import house_of
from amparo.kernel import clock
from tests.cast import Cast
from tests.holding import CALLED_THERE, IN_THE_ROOM, THOUGHT, a_group, a_session, held_things, hold, join
from tests.web.conftest import SignIn


def hers(cast: Cast) -> tuple[str, Session]:
    """The address of her sessions, and one of today."""
    things = held_things(cast.case(), by=cast["assigned"], word=IN_THE_ROOM)
    return f"/cases/{cast.code}/activities/sessions/", Session.objects.get(pk=things["held"])


def missed_twice(cast: Cast, session: Session) -> None:
    before = a_session(session.group, by=cast["assigned"], starts=session.starts_at - timedelta(days=7))
    for one in (before, session):
        attending.correct_attendance(cast.case(), one.pk, by=cast["assigned"], came=Came.ABSENT)


def test_her_team_reads_what_is_known_in_the_room_and_what_she_thinks(cast: Cast, sign_in: SignIn) -> None:
    address, _ = hers(cast)
    text = sign_in("mediator").get(address).content.decode()
    assert all(one in text for one in (CALLED_THERE, IN_THE_ROOM, THOUGHT, "Sewing", "4 of 5"))


def test_a_course_that_has_not_begun_offers_neither_a_certificate_nor_the_question_why_she_stayed_away(
    cast: Cast, sign_in: SignIn
) -> None:
    address, session = hers(cast)
    browser = sign_in("assigned")
    text = browser.get(address).content.decode()
    assert all(one in text for one in ("Give her a certificate", "Ask how she is", "Since "))
    Session.objects.filter(group=session.group).update(
        starts_at=session.starts_at + timedelta(days=1), ends_at=session.ends_at + timedelta(days=1)
    )
    text = browser.get(address).content.decode()
    assert not any(one in text for one in ("Give her a certificate", "Ask how she is", "Since "))
    assert "From " in text


def test_what_is_known_in_the_room_is_written_sealed_and_stands_on_the_list(cast: Cast, sign_in: SignIn) -> None:
    address, session = hers(cast)
    browser = sign_in("assigned")
    said = {"called": "Violeta", "needs": ["breaks", "no_pictures"], "words": "By the window", "version": "1"}
    assert browser.post(f"{address}room/", said).status_code == 302
    row = InTheRoom.objects.get()
    assert b"Violeta" not in bytes(row.called) + bytes(row.words)
    hold(session.pk, by=cast["facilitator"])
    text = sign_in("facilitator").get(f"/sessions/held/{session.pk}/").content.decode()
    assert all(one in text for one in ("Violeta", "By the window", "No pictures of her"))


def test_two_colleagues_who_write_it_at_once_are_told(cast: Cast, sign_in: SignIn) -> None:
    address, _ = hers(cast)
    said = {"called": "Violeta", "version": "0"}
    assert sign_in("assigned").post(f"{address}room/", said).status_code == 409


def test_her_team_notes_on_another_day_who_came(cast: Cast, sign_in: SignIn) -> None:
    address, session = hers(cast)
    browser = sign_in("assigned")
    assert browser.post(f"{address}came/{session.pk}/", {"came": "absent", "reason": "court"}).status_code == 302
    assert Attendance.objects.get().reason == "court"
    assert "Did not come: Court" in browser.get(address).content.decode()


def test_a_session_to_come_has_no_attendance_yet(cast: Cast, sign_in: SignIn) -> None:
    address, session = hers(cast)
    Session.objects.filter(pk=session.pk).update(starts_at=session.starts_at + timedelta(days=2))
    assert sign_in("assigned").post(f"{address}came/{session.pk}/", {"came": "came"}).status_code == 422


def test_asking_how_she_is_settles_what_was_due_and_counts_anew(cast: Cast, sign_in: SignIn) -> None:
    address, session = hers(cast)
    missed_twice(cast, session)
    assert _due(cast)
    page = f"{address}ask/{session.group_id}/"
    browser = sign_in("assigned")
    assert "How are you?" in browser.get(page).content.decode()
    said = {"found": "children", "agreed": ["childcare", "other_time"], "words": "canary-said"}
    assert browser.post(page, said).status_code == 302
    row = AskedAfter.objects.get()
    assert (row.found, row.agreed) == ("children", ["childcare", "other_time"])
    assert b"canary" not in bytes(row.words)
    assert not _due(cast)
    text = browser.get(address).content.decode()
    assert all(one in text for one in ("Nobody looks after the children", "Childcare, Another time", "canary-said"))
    assert "drop" not in text.lower()


def test_who_came_is_not_told_that_she_did_not(cast: Cast, sign_in: SignIn) -> None:
    address, session = hers(cast)
    browser, away = sign_in("assigned"), "She has not come to"
    page = f"{address}ask/{session.group_id}/"
    assert away not in browser.get(page).content.decode()
    missed_twice(cast, session)
    assert away in browser.get(page).content.decode()
    attending.correct_attendance(cast.case(), session.pk, by=cast["assigned"], came=Came.LATE)
    text = browser.get(page).content.decode()
    assert away not in text
    assert "Ask how she is before you ask about it." in text


def test_where_she_ends_her_place_nobody_expects_or_reminds_her_any_more(cast: Cast, sign_in: SignIn) -> None:
    address, session = hers(cast)
    coming = a_session(session.group, by=cast["assigned"], starts=session.starts_at + timedelta(days=2))
    Session.objects.filter(pk=session.pk).update(starts_at=session.starts_at - timedelta(days=7))
    version = session.group.period.version
    told = {one.session for one in times_to_tell(house_of(session.organisation_id), now=clock.now(), cases=None)}
    assert told == {coming.pk}
    browser, said = sign_in("assigned"), {"found": "not_for_her", "agreed": ["leaves"]}
    assert browser.post(f"{address}ask/{session.group_id}/", said).status_code == 302
    assert session.group.places.get().until == clock.today("Europe/Madrid") - timedelta(days=1)
    assert times_to_tell(house_of(session.organisation_id), now=clock.now(), cases=None) == []
    assert f"/came/{coming.pk}/" not in browser.get(address).content.decode()
    # Whoever looks at the plan, or at a proposal made from it, looks at another one now.
    assert Period.objects.get(groups=session.group_id).version > version
    assert browser.post(f"{address}ask/{session.group_id}/", said).status_code == 302  # once more does no harm


def test_only_the_sessions_in_the_days_of_her_place_are_hers(cast: Cast, sign_in: SignIn) -> None:
    address, session = hers(cast)
    days = {name: timedelta(days=number) for name, number in {"before": -9, "in": -3, "after": -1}.items()}
    when = {
        name: a_session(session.group, by=cast["assigned"], starts=session.starts_at + day)
        for name, day in days.items()
    }
    today = clock.today("Europe/Madrid")
    session.group.places.update(since=today - timedelta(days=5), until=today - timedelta(days=2))
    browser = sign_in("assigned")
    text = browser.get(address).content.decode()
    assert [name for name, one in when.items() if f"/came/{one.pk}/" in text] == ["in"]
    assert browser.post(f"{address}came/{when['after'].pk}/", {"came": "absent"}).status_code == 404
    assert not Attendance.objects.exists()
    join(cast.case(), session.group, by=cast["assigned"], since=today - timedelta(days=1))  # she came back
    text = browser.get(address).content.decode()
    assert text.count("Give her a certificate") == 1
    assert [name for name, one in when.items() if f"/came/{one.pk}/" in text] == ["in", "after"]


def test_a_place_that_was_ended_before_it_began_is_no_course_of_hers(cast: Cast, sign_in: SignIn) -> None:
    address, session = hers(cast)
    browser, today = sign_in("assigned"), clock.today("Europe/Madrid")
    assert "Sewing" in browser.get(address).content.decode()
    session.group.places.update(since=today + timedelta(days=3), until=today - timedelta(days=1))
    assert "Sewing" not in browser.get(address).content.decode()


def test_her_place_and_the_queue_stay_as_they_were(cast: Cast, sign_in: SignIn) -> None:
    _, session = hers(cast)
    missed_twice(cast, session)
    assert session.group.places.get().until is None


def test_the_page_asks_the_database_as_often_for_many_groups_as_for_one(cast: Cast, sign_in: SignIn) -> None:
    address, _ = hers(cast)
    browser = sign_in("assigned")
    browser.get(address)
    with CaptureQueriesContext(connection) as one:
        browser.get(address)
    for _ in range(5):
        join(cast.case(), a_group(by=cast["assigned"]).group, by=cast["assigned"])
    with CaptureQueriesContext(connection) as many:
        browser.get(address)
    assert len(many) == len(one)


def _due(cast: Cast) -> bool:
    return any(line.kind == DueKind.ASK_AFTER for line in due_of_case(cast["assigned"], cast.case()))
