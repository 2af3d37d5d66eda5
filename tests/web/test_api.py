"""The API: the same decisions as the pages, told in words, whatever is sent."""

import json
import re
from datetime import timedelta
from http.cookies import SimpleCookie
from typing import Any

import pytest
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings

from amparo.areas.access import tokens
from amparo.areas.access.models import ApiToken
from amparo.areas.audit.models import Entry
from amparo.areas.cases.models import Note, ServiceDelivered
from amparo.kernel import clock
from amparo.kernel.decision import Refused
from amparo.web.api.problems import MEDIA_TYPE
from amparo.web.api.urls import description
from tests.cast import CALLED, LAWYER_NOTE, PASSWORD, TEAM_NOTE, Cast
from tests.web.conftest import SignIn, client_of

NOTE = {"text": "written by a program", "audience": "team", "happened_on": "2026-02-01"}
SERVICE = {"kind": "transport", "on": "2026-02-01", "minutes": 30, "cost": "12.50"}


def notes(cast: Cast) -> str:
    return f"/api/cases/{cast.code}/notes"


def token_for(cast: Cast, name: str, *, may_write: bool = False, days: int = 7) -> str:
    return tokens.make_token(
        by=cast[name], account=cast.accounts[name], name="p", may_write=may_write, days=days, had_second_step=True
    )


def with_token(token: str) -> Client:
    return Client(headers={"authorization": f"Bearer {token}"})


def send(client: Client, place: str, body: object, **headers: str) -> Any:
    return client.post(place, json.dumps(body), content_type="application/json", headers=headers)


def test_it_is_described_as_openapi_3_1_without_a_page_from_elsewhere(cast: Cast) -> None:
    told = Client().get("/api/openapi.json").json()
    assert told["openapi"].startswith("3.1")
    assert {"/api/cases", "/api/cases/{code}/notes", "/api/cases/{code}/plan"} <= set(told["paths"])
    assert Client().get("/api/docs").status_code == 404


def test_a_list_holds_what_the_page_holds(cast: Cast, sign_in: SignIn) -> None:
    mine = sign_in("assigned").get("/api/cases").json()
    assert [(one["code"], one["called"]) for one in mine["cases"]] == [(cast.code, CALLED)]
    assert sign_in("colleague").get("/api/cases").json()["cases"] == []
    officers = sign_in("officer").get("/api/cases").json()["cases"][0]
    assert (officers["called"], officers["risk_level"]) == (None, None)


def test_a_note_is_for_its_audience_only(cast: Cast, sign_in: SignIn) -> None:
    hers, lawyers = sign_in("assigned").get(notes(cast)).text, sign_in("lawyer").get(notes(cast)).text
    assert TEAM_NOTE in hers
    assert TEAM_NOTE in lawyers
    assert LAWYER_NOTE in lawyers
    assert LAWYER_NOTE not in hers


def test_reading_stands_in_the_log_with_the_token_that_did_it(cast: Cast) -> None:
    with_token(token_for(cast, "assigned")).get(notes(cast))
    entry = Entry.objects.filter(verb="read notes", member=cast["assigned"].member).latest("number")
    assert entry.origin == f"127.0.0.1 token {ApiToken.objects.get().pk}"


def test_a_note_and_a_service_are_saved(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("assigned")
    saved = send(client, f"{notes(cast)}/new", NOTE)
    assert saved.status_code == 201
    assert Note.objects.filter(pk=saved.json()["number"], author=cast["assigned"].member).exists()
    kinds = [one["kind"] for one in client.get(f"/api/cases/{cast.code}/services").json()["services"]]
    done = send(client, f"/api/cases/{cast.code}/services/new", {**SERVICE, "kind": _some_kind()})
    assert (done.status_code, kinds) == (201, [])
    assert client.get(f"/api/cases/{cast.code}/services").json()["services"][0]["cost"] == "12.5"


def test_what_is_sent_twice_under_one_key_is_saved_once(cast: Cast, sign_in: SignIn) -> None:
    client, before = sign_in("assigned"), Note.objects.count()
    answers = [send(client, f"{notes(cast)}/new", NOTE, **{"Idempotency-Key": "k"}).json() for _ in range(2)]
    assert answers[0] == answers[1]
    assert Note.objects.count() == before + 1


def test_writing_with_a_session_needs_the_token_against_forgery(cast: Cast, sign_in: SignIn) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = SimpleCookie(sign_in("assigned").cookies.output(header=""))
    before = Note.objects.count()
    assert send(client, f"{notes(cast)}/new", NOTE).status_code == 403
    assert Note.objects.count() == before
    client.get("/")
    secret = client.cookies["csrftoken"].value
    assert send(client, f"{notes(cast)}/new", NOTE, **{"X-CSRFToken": secret}).status_code == 201


def test_who_signed_in_with_a_password_alone_reads_nothing_where_the_role_needs_more(cast: Cast) -> None:
    client = Client()
    client.post("/accounts/login/", {"login": "assigned", "password": PASSWORD})
    answer = client.get("/api/cases")
    assert (answer.status_code, answer.headers["Content-Type"]) == (403, MEDIA_TYPE)
    assert "second step" in answer.json()["detail"]


def test_an_administrator_gets_nothing_of_a_case_with_a_token_either(cast: Cast) -> None:
    client = with_token(token_for(cast, "administrator", may_write=True))
    for place in ("/api/cases", "/api/due", f"/api/cases/{cast.code}", notes(cast)):
        assert client.get(place).status_code == 403, place
    assert send(client, f"{notes(cast)}/new", NOTE).status_code == 403


@pytest.mark.parametrize("body", ["", "{", "[]", "null", '"x"', '{"text": 5}', b"\xff\xfe"])
def test_what_does_not_fit_is_told_in_words(cast: Cast, sign_in: SignIn, body: str | bytes) -> None:
    client = sign_in("assigned")
    answer = client.post(f"{notes(cast)}/new", body, content_type="application/json")
    assert (answer.status_code, answer.headers["Content-Type"]) == (422, MEDIA_TYPE)
    assert answer.json()["title"] == "Something does not fit. Nothing was saved."


def test_a_problem_is_told_in_the_readers_language(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("assigned")
    answer = client.get("/api/cases/2222-222", headers={"accept-language": "en"})
    assert answer.json() == {
        "type": "about:blank",
        "title": "This is not here.",
        "status": 404,
        "detail": "This is not here.",
    }


# Tokens.


def test_a_token_reads_and_one_that_only_reads_writes_nothing(cast: Cast) -> None:
    reading = with_token(token_for(cast, "assigned"))
    assert reading.get("/api/cases").status_code == 200
    refused = send(reading, f"{notes(cast)}/new", NOTE)
    assert (refused.status_code, "only reads" in refused.json()["detail"]) == (403, True)
    assert send(with_token(token_for(cast, "assigned", may_write=True)), f"{notes(cast)}/new", NOTE).status_code == 201


def test_a_token_opens_no_page(cast: Cast) -> None:
    client = with_token(token_for(cast, "assigned"))
    assert client.get("/api/cases").status_code == 200
    assert client.get("/cases/").status_code == 302


def test_only_a_hash_of_a_token_is_kept(cast: Cast) -> None:
    token = token_for(cast, "assigned")
    row = ApiToken.objects.get()
    assert token not in str(vars(row))
    assert with_token(row.hash).get("/api/cases").status_code == 401


def test_a_token_expires_and_can_be_withdrawn(cast: Cast) -> None:
    client = with_token(token_for(cast, "assigned", days=400))
    with clock.standing_at(clock.now() + timedelta(days=tokens.MOST_DAYS, hours=1)):
        assert client.get("/api/cases").status_code == 401
    assert client.get("/api/cases").status_code == 200
    tokens.withdraw_token(ApiToken.objects.get().pk, by=cast["assigned"])
    assert client.get("/api/cases").status_code == 401


@pytest.mark.parametrize("way", ["everywhere", "administrator", "renewed", "password"])
def test_whatever_ends_the_sessions_withdraws_the_tokens(cast: Cast, sign_in: SignIn, way: str) -> None:
    client = with_token(token_for(cast, "assigned"))
    assert client.get("/api/cases").status_code == 200
    own, colleague = sign_in("assigned"), f"/colleagues/{cast['assigned'].member}/"
    new = {"oldpassword": PASSWORD, "password1": "three other words", "password2": "three other words"}
    answer = {
        "everywhere": lambda: own.post("/accounts/sessions/end/"),
        "administrator": lambda: sign_in("administrator").post(f"{colleague}sign-out/"),
        "renewed": lambda: sign_in("administrator").post(f"{colleague}sign-in/"),
        "password": lambda: own.post("/accounts/password/", new),
    }[way]()
    assert answer.status_code in (200, 302)
    assert client.get("/api/cases").status_code == 401


def test_a_token_of_somebody_who_left_opens_nothing(cast: Cast) -> None:
    from amparo.areas.orgs.models import Member

    client = with_token(token_for(cast, "assigned"))
    Member.objects.filter(pk=cast["assigned"].member).update(is_active=False)
    assert client.get("/api/cases").status_code == 401


def test_no_token_without_a_second_step(cast: Cast) -> None:
    with pytest.raises(Refused, match="second step"):
        tokens.make_token(by=cast["mediator"], account=1, name="p", may_write=False, days=7, had_second_step=False)


def test_a_token_is_made_on_a_page_and_shown_once(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("assigned")
    assert client.get("/tokens/new/").headers["Location"].startswith("/accounts/again/")
    client.post("/accounts/again/", {"password": PASSWORD})
    once = client.get("/tokens/new/").context["once"]
    shown = client.post("/tokens/new/", {"once": once, "name": "Own list", "may": "read", "days": "7"}).text
    found = re.search(r'a-secret">([^<]+)<', shown)
    assert found
    assert with_token(found[1]).get("/api/cases").status_code == 200
    listed = client.get("/tokens/").text
    assert "Own list" in listed
    assert found[1] not in listed


# Whatever is sent.

SCHEMA = schemathesis.openapi.from_dict(description())
OPERATIONS = {found.ok().label: found.ok() for found in SCHEMA.get_all_operations()}


@pytest.mark.parametrize("who", ["assigned", "officer", "administrator", "nobody"])
@pytest.mark.parametrize("label", sorted(OPERATIONS))
def test_nothing_that_is_sent_brings_it_down(cast: Cast, who: str, label: str) -> None:
    operation, client = OPERATIONS[label], client_of(cast, who)
    declared = set(operation.definition.raw["responses"])

    @settings(
        max_examples=12,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def sent(case: schemathesis.Case) -> None:
        hers = {"code": cast.code} if case.query or len(str(case.body)) % 2 else {}
        path = operation.path.format(**{**(case.path_parameters or {}), **hers})
        headers = {
            name: str(value).encode("latin-1", "replace").decode("latin-1")
            for name, value in (case.headers or {}).items()
        }
        query = {name: value for name, value in (case.query or {}).items() if value is not None}
        body = "" if isinstance(case.body, type(schemathesis.core.NOT_SET)) else json.dumps(case.body)
        answer = client.generic(
            case.method, path, body, content_type="application/json", query_params=query, headers=headers
        )
        assert answer.status_code < 500
        if path.startswith("/api/cases") and answer.status_code != 404:
            assert str(answer.status_code) in declared, answer.status_code
            if answer.status_code >= 400:
                assert answer.headers["Content-Type"] == MEDIA_TYPE

    sent()
    assert not ServiceDelivered.objects.filter(member=cast["officer"].member).exists()


def _some_kind() -> str:
    from amparo.areas.cases.catalogue import service_kinds

    return service_kinds()[0].key
