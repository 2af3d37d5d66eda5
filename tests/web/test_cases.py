"""The list, one case and its notes: each of the cast sees what is theirs, and the rest is not there."""

from datetime import UTC, datetime, timedelta

import pytest

from amparo.areas.cases import actions as cases
from amparo.areas.cases.queries import case_for
from amparo.areas.people import actions as people
from amparo.areas.people.actions import Particulars
from amparo.areas.people.models import Person
from amparo.kernel.clock import standing_at
from tests.cast import (
    CALLED,
    FAMILY_NAME,
    LAWYER_NOTE,
    PSYCHOLOGIST_NOTE,
    REFERENT_NOTE,
    TEAM_NOTE,
    Cast,
)
from tests.web.conftest import SignIn


def test_an_assigned_worker_sees_the_case_with_the_name_she_wants_to_be_called(cast: Cast, sign_in: SignIn) -> None:
    page = sign_in("assigned").get(f"/cases/{cast.code}/")
    assert page.status_code == 200
    assert CALLED in page.text
    assert TEAM_NOTE in page.text
    assert FAMILY_NAME not in page.text


@pytest.mark.parametrize(
    "name",
    ["colleague", "stranger", "foreign_coordinator", "facilitator", "hotline", "analyst", "administrator", "untrained"],
)
def test_for_others_the_case_is_not_there(cast: Cast, sign_in: SignIn, name: str) -> None:
    client = sign_in(name)
    for address in (f"/cases/{cast.code}/", f"/cases/{cast.code}/notes/", f"/cases/?q={cast.code}"):
        page = client.get(address)
        assert CALLED not in page.text
        assert TEAM_NOTE not in page.text
        assert page.status_code in (403, 404) or "/notes/" not in page.text
    absent = client.get("/cases/2222-222/")
    assert client.get(f"/cases/{cast.code}/").status_code == absent.status_code


@pytest.mark.parametrize(
    ("name", "theirs"),
    [
        ("assigned", {TEAM_NOTE, REFERENT_NOTE}),
        ("lawyer", {TEAM_NOTE, LAWYER_NOTE}),
        ("psychologist", {TEAM_NOTE, PSYCHOLOGIST_NOTE}),
        ("mediator", {TEAM_NOTE}),
    ],
)
def test_a_note_is_read_by_its_audience_only(cast: Cast, sign_in: SignIn, name: str, theirs: set[str]) -> None:
    page = sign_in(name).get(f"/cases/{cast.code}/notes/")
    every = {TEAM_NOTE, LAWYER_NOTE, PSYCHOLOGIST_NOTE, REFERENT_NOTE}
    assert {word for word in every if word in page.text} == theirs


def test_search_finds_by_code_and_by_name_in_any_spelling(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("assigned")
    for typed in (
        cast.code,
        cast.code.lower().replace("-", ""),
        FAMILY_NAME.upper(),
        "zzyzxova maria ana",
        "600123987",
    ):
        assert f"/cases/{cast.code}/" in client.get("/cases/", {"q": typed}).text, typed
    assert f"/cases/{cast.code}/" not in client.get("/cases/", {"q": "Nobody"}).text


def test_a_coordinator_outside_the_team_finds_nobody_by_name(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("coordinator")
    assert f"/cases/{cast.code}/" in client.get("/cases/", {"q": cast.code}).text
    assert f"/cases/{cast.code}/" not in client.get("/cases/", {"q": FAMILY_NAME}).text


def test_a_note_is_written_once_however_often_the_button_is_pressed(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("assigned")
    form = client.get(f"/cases/{cast.code}/notes/new/").context
    posted = {"once": form["once"], "text": "only once", "happened_on": "2026-03-01", "audience": "team"}
    first = client.post(f"/cases/{cast.code}/notes/new/", posted)
    second = client.post(f"/cases/{cast.code}/notes/new/", posted)
    assert (first.status_code, second.status_code) == (302, 302)
    assert client.get(f"/cases/{cast.code}/notes/").text.count("only once") == 1


def test_a_wrong_form_comes_back_with_what_was_typed(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("assigned")
    page = client.post(
        f"/cases/{cast.code}/notes/new/", {"text": "keep me", "happened_on": "31/31/2026", "audience": "team"}
    )
    assert page.status_code == 422
    assert "keep me" in page.text


def test_text_typed_into_an_expired_session_comes_back_after_sign_in(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("assigned")
    address = f"/cases/{cast.code}/notes/new/"
    once = client.get(address).context["once"]
    client.logout()
    answer = client.post(
        address, {"once": once, "text": "typed too late", "happened_on": "2026-03-01", "audience": "team"}
    )
    assert answer.headers["Location"].startswith("/accounts/login/")
    ticket = client.cookies["kept"].value
    again = sign_in("assigned")
    again.cookies["kept"] = ticket
    assert "typed too late" in again.get(address).text
    colleague = sign_in("lawyer")
    colleague.cookies["kept"] = ticket
    assert "typed too late" not in colleague.get(address).text


def test_an_identity_opens_with_a_reason_and_the_opening_is_in_the_log(cast: Cast, sign_in: SignIn) -> None:
    from amparo.areas.audit.models import Entry

    client = sign_in("assigned")
    address = f"/cases/{cast.code}/identity/"
    assert FAMILY_NAME not in client.get(address).text
    assert FAMILY_NAME not in client.post(address, {"reason": ""}).text
    assert FAMILY_NAME in client.post(address, {"reason": "She asked me to book a doctor."}, follow=True).text
    entry = Entry.objects.filter(verb="identity opened").get()
    assert entry.member == cast["assigned"].member
    assert b"doctor" not in bytes(entry.reason)


def test_a_closed_part_tells_why_and_shows_nothing(cast: Cast, sign_in: SignIn) -> None:
    page = sign_in("mediator").get(f"/cases/{cast.code}/identity/")
    assert page.status_code == 403
    assert FAMILY_NAME not in page.text


def test_every_read_of_a_case_stands_in_the_log(cast: Cast, sign_in: SignIn) -> None:
    from amparo.areas.audit.models import Entry

    sign_in("psychologist").get(f"/cases/{cast.code}/notes/")
    assert Entry.objects.filter(verb="read notes", member=cast["psychologist"].member).count() == 1


def test_a_coordinator_who_gives_a_case_to_a_colleague_stays_outside_the_team(cast: Cast) -> None:
    by, worker = cast["coordinator"], cast["colleague"]
    person = people.create_person(by=by, particulars=Particulars(called=CALLED))
    cases.open_case(person, by=by, referent=worker.member)
    code = Person.objects.get(pk=person).code
    assert not case_for(by, code).in_team
    assert case_for(by, code).called == ""
    assert case_for(worker, code).called == CALLED


def test_a_note_is_offered_for_correction_to_its_author_for_a_day(cast: Cast, sign_in: SignIn) -> None:
    client, address = sign_in("assigned"), f"/cases/{cast.code}/notes/"
    assert "/correct/" in client.get(address).text
    with standing_at(datetime.now(UTC) + timedelta(hours=25)):
        later = sign_in("assigned").get(address)
    assert TEAM_NOTE in later.text
    assert "/correct/" not in later.text
    assert "/correct/" not in sign_in("mediator").get(address).text
