"""A case opened in danger to life: by whom, what of it, how long, who is told, and that it stays in the house."""

import json
from datetime import timedelta

import pytest

from amparo.areas.audit.models import Entry
from amparo.areas.cases import danger
from amparo.areas.cases.models import BreakGlass, Note
from amparo.areas.cases.rules import GLASS_TIME, Glass
from amparo.kernel import clock
from tests.cast import CALLED, FAMILY_NAME, LAWYER_NOTE, PHONE, PSYCHOLOGIST_NOTE, REFERENT_NOTE, TEAM_NOTE, Cast
from tests.web.conftest import SignIn

DANGER = "canary-he-is-at-her-door"
OVER = GLASS_TIME + timedelta(seconds=1)


def _break(cast: Cast, sign_in: SignIn, name: str = "colleague", who: str = "") -> int:
    page = sign_in(name).post("/danger/", {"who": who or cast.code, "reason": DANGER})
    return page.status_code


def _glass(cast: Cast) -> str:
    return f"/cases/{cast.code}/danger/{BreakGlass.objects.get().pk}/"


@pytest.mark.parametrize("who", ["", PHONE, FAMILY_NAME, f"Ana María {FAMILY_NAME}"])
def test_a_colleague_finds_her_by_code_name_or_number_and_sees_what_helps_her(
    cast: Cast, sign_in: SignIn, who: str
) -> None:
    client = sign_in("colleague")
    assert client.get(f"/cases/{cast.code}/").status_code == 404
    assert _break(cast, sign_in, who=who) == 302
    page = client.get(f"/cases/{cast.code}/")
    assert CALLED in page.text
    assert "because her life is in danger" in page.text
    assert _glass(cast) in page.text
    for part in ("safety/", "people/", "contact/", "services/", "appointments/", "identity/"):
        assert client.get(f"/cases/{cast.code}/{part}").status_code == 200, part
    assert TEAM_NOTE in client.get(f"/cases/{cast.code}/notes/").text


def test_the_rest_of_her_file_and_notes_for_other_eyes_stay_closed(cast: Cast, sign_in: SignIn) -> None:
    _break(cast, sign_in)
    client = sign_in("colleague")
    for part in ("plan/", "papers/", "consents/", "history/", "referral/", "people/join/", "identity/write/"):
        assert client.get(f"/cases/{cast.code}/{part}").status_code == 403, part
    notes = client.get(f"/cases/{cast.code}/notes/").text
    assert not any(word in notes for word in (LAWYER_NOTE, PSYCHOLOGIST_NOTE, REFERENT_NOTE))


def test_after_three_hours_it_is_over_whatever_page_is_asked(cast: Cast, sign_in: SignIn) -> None:
    _break(cast, sign_in)
    client = sign_in("colleague")
    with clock.standing_at(clock.now() + OVER):
        for part in ("", "safety/", "notes/", "identity/", _glass(cast).removeprefix(f"/cases/{cast.code}/")):
            page = client.get(f"/cases/{cast.code}/{part}")
            assert (page.status_code, CALLED in page.text) == (404, False)
        assert cast.code not in client.get("/cases/").text


@pytest.mark.parametrize("name", ["colleague", "coordinator", "officer"])
def test_it_is_ended_by_hand_by_who_opened_it_or_watches(cast: Cast, sign_in: SignIn, name: str) -> None:
    _break(cast, sign_in)
    assert sign_in(name).post(f"{_glass(cast)}end/").status_code == 302
    assert sign_in("colleague").get(f"/cases/{cast.code}/").status_code == 404


@pytest.mark.parametrize("name", ["assigned", "lawyer", "mediator"])
def test_her_team_sees_it_and_does_not_end_it(cast: Cast, sign_in: SignIn, name: str) -> None:
    _break(cast, sign_in)
    client = sign_in(name)
    assert _glass(cast) in client.get("/").text
    page = client.get(_glass(cast))
    assert (DANGER in page.text, "Colleague" in page.text) == (True, True)
    client.post(f"{_glass(cast)}end/")
    assert sign_in("colleague").get(f"/cases/{cast.code}/").status_code == 200


def test_the_officer_is_told_at_once_and_records_having_looked_when_it_is_over(cast: Cast, sign_in: SignIn) -> None:
    _break(cast, sign_in)
    officer, finding = sign_in("officer"), {"finding": "needed", "words": "canary-what-the-officer-found"}
    assert _glass(cast) in officer.get("/").text
    assert officer.post(f"{_glass(cast)}look/", finding).status_code == 422
    assert sign_in("coordinator").post(f"{_glass(cast)}look/", finding).status_code == 403
    with clock.standing_at(clock.now() + OVER):
        officer = sign_in("officer")
        assert "Record that you looked" in officer.get(_glass(cast)).text
        assert officer.post(f"{_glass(cast)}look/", finding).status_code == 302
        assert _glass(cast) not in officer.get("/").text
        assert officer.post(f"{_glass(cast)}look/", finding).status_code == 422
        assert finding["words"] in officer.get(_glass(cast)).text
        team = sign_in("assigned").get(_glass(cast)).text
        assert (finding["words"] in team, "Looked at" in team) == (False, True)


def test_it_stands_in_the_history_and_in_the_log_with_its_reason_sealed(cast: Cast, sign_in: SignIn) -> None:
    _break(cast, sign_in)
    sign_in("colleague").get(f"/cases/{cast.code}/safety/")
    assert "her life is in danger" in sign_in("officer").get(f"/cases/{cast.code}/history/").text
    entry = Entry.objects.get(verb="opened in danger to life")
    assert json.loads(entry.facts) == {"hours": 3, "purpose": "danger"}
    assert DANGER.encode() not in bytes(entry.reason)
    read = Entry.objects.filter(verb="read safety", member=cast["colleague"].member).get()
    assert json.loads(read.facts) == {"purpose": "danger"}


def test_what_happened_is_written_down_by_who_was_there(cast: Cast, sign_in: SignIn) -> None:
    _break(cast, sign_in)
    typed = {"text": "The police came.", "happened_on": "2026-03-01", "audience": "team"}
    before = Note.objects.count()
    assert sign_in("colleague").post(f"/cases/{cast.code}/notes/new/", typed).status_code == 302
    assert Note.objects.count() == before + 1


@pytest.mark.parametrize("name", ["mediator", "hotline", "facilitator", "analyst", "administrator", "officer"])
def test_other_roles_do_not_break_the_glass(cast: Cast, sign_in: SignIn, name: str) -> None:
    assert _break(cast, sign_in, name) == 403
    assert not BreakGlass.objects.exists()


def test_the_untrained_do_not_either(cast: Cast, sign_in: SignIn) -> None:
    assert _break(cast, sign_in, "untrained") == 403
    assert not BreakGlass.objects.exists()


@pytest.mark.parametrize("who", ["", PHONE, FAMILY_NAME])
@pytest.mark.parametrize("name", ["stranger", "foreign_coordinator"])
def test_it_never_crosses_to_another_house(cast: Cast, sign_in: SignIn, name: str, who: str) -> None:
    assert _break(cast, sign_in, name, who) == 422
    assert not BreakGlass.objects.exists()
    assert sign_in(name).get(f"/cases/{cast.code}/").status_code == 404


def test_a_try_that_finds_nobody_stands_in_the_log_without_its_words(cast: Cast, sign_in: SignIn) -> None:
    page = sign_in("colleague").post("/danger/", {"who": "Nobody Known", "reason": DANGER})
    assert (page.status_code, DANGER in page.text) == (422, True)
    tries = Entry.objects.filter(verb="searched in danger to life", member=cast["colleague"].member)
    assert [json.loads(one.facts) for one in tries] == [{"found": 0}]


def test_who_works_with_her_needs_no_glass(cast: Cast, sign_in: SignIn) -> None:
    page = sign_in("assigned").post("/danger/", {"who": cast.code, "reason": DANGER})
    assert (page.status_code, "open to you already" in page.text) == (422, True)


def test_the_desk_lists_openings_with_their_state_and_only_to_those_concerned(cast: Cast, sign_in: SignIn) -> None:
    _break(cast, sign_in)
    for name in ("officer", "coordinator", "assigned", "colleague"):
        (one,) = danger.break_glass_of(cast[name], running=True)
        assert (one.state, one.code, one.reason) == (Glass.RUNNING, cast.code, DANGER)
    for name in ("stranger", "foreign_coordinator", "analyst", "untrained"):
        assert danger.break_glass_of(cast[name]) == []
    with clock.standing_at(clock.now() + OVER):
        assert danger.break_glass_of(cast["officer"], running=True) == []
        assert danger.break_glass_of(cast["officer"])[0].state is Glass.ENDED
