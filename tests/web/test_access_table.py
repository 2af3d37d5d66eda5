"""Every address has a row in the table, and everyone of the cast gets the answer that stands there."""

import re
from collections.abc import Callable
from http.cookies import SimpleCookie

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from tests.things import Things
from tests.web.access_table import ROWS
from tests.web.addresses import address, arguments_of
from tests.web.answers import EVERYBODY, SIGNED_IN, Row
from tests.web.conftest import client_of
from tests.world import OF_NOBODY, World

pytestmark = pytest.mark.usefixtures("papers_unset")
# A page differs from another in nothing but these: tokens, and the address it names for coming back.
CHANGING = re.compile(r'(name="(?:csrfmiddlewaretoken|once|next)" value=")[^"]*|(\?next=)[^"&]*')


Ask = Callable[[str, str, str, Things], HttpResponse]


@pytest.fixture
def ask(world: World) -> Ask:
    """Ask an address as one of the cast; whatever asking changed is taken back."""
    clients: dict[str, Client] = {}

    def asked(who: str, method: str, name: str, things: Things) -> HttpResponse:
        if who not in clients:
            clients[who] = client_of(world.cast, who)
        client, cookies = clients[who], clients[who].cookies.output(header="")
        with transaction.atomic(), transaction.atomic("keys"):
            asking = client.post if method == "post" else client.get
            answer = asking(address(name, things))
            transaction.set_rollback(True)
            transaction.set_rollback(True, using="keys")
        client.cookies = SimpleCookie(cookies)
        return answer  # type: ignore[return-value]

    return asked


def test_every_row_speaks_of_everybody() -> None:
    for name, row in ROWS.items():
        assert set(row.get) == set(row.post) == set(EVERYBODY), name


@pytest.mark.parametrize("who", EVERYBODY)
def test_everyone_gets_the_answer_of_the_table(world: World, ask: Ask, who: str) -> None:
    differing = {}
    for name, row in ROWS.items():
        found = (ask(who, "get", name, world.hers), ask(who, "post", name, world.hers))
        statuses = tuple(answer.status_code for answer in found)
        if statuses != (row.get[who], row.post[who]):
            differing[name] = f"GET, POST: {statuses} instead of {(row.get[who], row.post[who])}"
    assert differing == {}


@pytest.mark.parametrize("method", ["get", "post"])
def test_for_another_organisation_her_case_is_the_same_as_none_at_all(world: World, ask: Ask, method: str) -> None:
    for name, wanted in arguments_of(ROWS).items():
        if "code" in wanted:
            hers = ask("stranger", method, name, world.hers)
            absent = ask("stranger", method, name, {**world.hers, "code": world.absent["code"]})
            taken = getattr(ROWS[name], method)["nobody"] != 405  # an address for programs says so before it looks
            assert {hers.status_code, absent.status_code} == {404 if taken else 405}, name
            assert _seen(hers, world.hers) == _seen(absent, world.absent), name


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_thing_of_another_organisation_is_the_same_as_none_at_all(world: World, ask: Ask, method: str) -> None:
    for name, wanted in arguments_of(ROWS).items():
        who = next((one for one in SIGNED_IN if ROWS[name].get[one] in (200, 302)), None)
        if who is None:
            continue
        for thing in set(wanted.values()) - {"code"} - OF_NOBODY:
            foreign = {**world.hers, thing: world.foreign[thing]}
            absent = {**world.hers, thing: world.absent[thing]}
            found = ask(who, method, name, foreign)
            nothing = ask(who, method, name, absent)
            assert (found.status_code, _seen(found, foreign)) == (nothing.status_code, _seen(nothing, absent)), name
            assert found.status_code in (404, *_before_it_looks(ROWS[name], who, method)), (name, thing)


def _before_it_looks(row: Row, who: str, method: str) -> tuple[int, ...]:
    """What a page answers without looking for the thing: a button asked with GET leads back, a page takes no POST."""
    given = row.get[who] if method == "get" else row.post[who]
    return (given,) if (method, given) in (("get", 302), ("post", 405)) else ()


def test_roles_without_cases_learn_nothing_from_a_code(world: World, ask: Ask) -> None:
    for name, wanted in arguments_of(ROWS).items():
        for who in ("hotline", "administrator") if "code" in wanted else ():
            hers = ask(who, "get", name, world.hers)
            absent = ask(who, "get", name, {**world.hers, "code": world.absent["code"]})
            assert _seen(hers, world.hers) == _seen(absent, world.absent), (name, who)


def _seen(answer: HttpResponse, things: Things) -> str:
    text = CHANGING.sub(r"\1\2", answer.content.decode())
    return text.replace(str(things["code"]), "CODE")
