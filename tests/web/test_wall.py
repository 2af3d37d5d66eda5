"""Every request stands behind the wall: asked with the web's account, in the organisation of whoever asks."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from amparo.areas.access import wall
from amparo.areas.people.models import Person
from amparo.node import database
from tests.cast import Cast
from tests.web.conftest import SignIn

WORDED = "SELECT statement FROM pg_prepared_statements WHERE name = %s"
ASKED = f"SELECT current_user, current_setting('{wall.ORGANISATION}', true)"


@contextmanager
def watched(alias: str, table: str) -> Iterator[set[tuple[str, str]]]:
    """With whose account, and in which organisation, this table was asked during the block."""
    seen: set[tuple[str, str]] = set()

    def watch(execute: Callable[..., Any], query: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        answer = execute(query, params, many, context)
        beside = connections[alias].connection.cursor()
        prepared = query.partition("(")[0].removeprefix("EXECUTE ")
        if table in query or any(table in one for (one,) in beside.execute(WORDED, [prepared]).fetchall()):
            seen.add(beside.execute(ASKED).fetchone())
        return answer

    with connections[alias].execute_wrapper(watch):
        yield seen


@pytest.mark.parametrize("who", ["assigned", "foreign_coordinator"])
def test_a_page_is_asked_for_in_ones_own_organisation(cast: Cast, sign_in: SignIn, who: str) -> None:
    with watched("default", "cases_case") as seen:
        assert sign_in(who).get("/cases/").status_code == 200
    assert seen == {(database.web_role(), str(cast[who].organisation))}


def test_keys_are_asked_for_in_ones_own_organisation(cast: Cast, sign_in: SignIn) -> None:
    from amparo.areas.vault import sealing

    client = sign_in("assigned")
    sealing.forget_keys()
    with watched("keys", "vault_personkey") as seen:
        assert client.get(f"/cases/{cast.code}/notes/").status_code == 200
    assert seen == {(database.web_role(), str(cast["assigned"].organisation))}


def test_what_is_saved_is_saved_in_ones_own_organisation(cast: Cast, sign_in: SignIn) -> None:
    form = {"text": "a note", "audience": "team", "happened_on_0": "1", "happened_on_1": "2", "happened_on_2": "2026"}
    with watched("default", "cases_note") as seen:
        assert sign_in("assigned").post(f"/cases/{cast.code}/notes/new/", form).status_code in (302, 422)
        sign_in("assigned").get(f"/cases/{cast.code}/notes/")
    assert seen == {(database.web_role(), str(cast["assigned"].organisation))}


def test_nothing_of_the_last_request_is_left_for_the_next(cast: Cast, sign_in: SignIn) -> None:
    sign_in("assigned").post(f"/cases/{cast.code}/notes/new/", {})
    assert _set_now() == str(cast["assigned"].organisation)
    Client().get("/accounts/login/")
    assert _set_now() == ""
    with watched("default", "orgs_member") as seen:
        assert sign_in("stranger").get("/cases/").status_code == 200
    assert {organisation for _, organisation in seen} <= {"", str(cast["stranger"].organisation)}


def test_a_query_without_a_filter_shows_a_page_ones_own_only(
    cast: Cast, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    from amparo.web.staff.views.today import Today

    found: set[int] = set()
    monkeypatch.setattr(
        Today, "fetch", lambda self: found.update(Person.objects.values_list("organisation_id", flat=True))
    )
    Person.objects.create(organisation_id=cast["stranger"].organisation, code="FOREIGN")
    sign_in("assigned").get("/")
    assert found == {cast["assigned"].organisation}


def _set_now() -> str:
    with connections["default"].cursor() as cursor:
        cursor.execute(ASKED)
        return str(cursor.fetchone()[1])
