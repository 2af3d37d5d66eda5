"""Every address has a row in the table, and everyone of the cast gets the answer that stands there."""

import re

import pytest
from django.db import transaction
from django.http import HttpResponse

from tests.web.access_table import EVERYBODY, HAVE_NO_CASES, ROWS
from tests.web.addresses import address, arguments_of
from tests.web.conftest import client_of
from tests.world import ABSENT, Things, World

# A page differs from another in nothing but these: tokens, and the address it names for coming back.
CHANGING = re.compile(r'(name="(?:csrfmiddlewaretoken|once|next)" value=")[^"]*|(\?next=)[^"&]*')


def test_every_row_speaks_of_everybody() -> None:
    for name, row in ROWS.items():
        assert set(row.get) == set(row.post) == set(EVERYBODY), name


@pytest.mark.parametrize("who", EVERYBODY)
def test_everyone_gets_the_answer_of_the_table(world: World, who: str) -> None:
    differing = {}
    for name, row in ROWS.items():
        found = (_asked(world, who, "get", name, world.hers), _asked(world, who, "post", name, world.hers))
        statuses = tuple(answer.status_code for answer in found)
        if statuses != (row.get[who], row.post[who]):
            differing[name] = f"GET, POST: {statuses} instead of {(row.get[who], row.post[who])}"
    assert differing == {}


@pytest.mark.parametrize("method", ["get", "post"])
def test_for_another_organisation_her_case_is_the_same_as_none_at_all(world: World, method: str) -> None:
    for name, wanted in arguments_of(ROWS).items():
        if "code" in wanted:
            hers = _asked(world, "stranger", method, name, world.hers)
            absent = _asked(world, "stranger", method, name, {**world.hers, "code": ABSENT["code"]})
            assert (hers.status_code, _seen(hers, world.hers)) == (absent.status_code, _seen(absent, ABSENT)), name
            assert hers.status_code == 404, name


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_thing_of_another_organisation_is_the_same_as_none_at_all(world: World, method: str) -> None:
    for name, wanted in arguments_of(ROWS).items():
        for thing in set(wanted) - {"code"}:
            who = next(one for one in EVERYBODY if ROWS[name].get[one] in (200, 302))
            foreign = {**world.hers, thing: world.foreign[thing]}
            absent = {**world.hers, thing: ABSENT[thing]}
            found = _asked(world, who, method, name, foreign)
            nothing = _asked(world, who, method, name, absent)
            assert (found.status_code, _seen(found, foreign)) == (nothing.status_code, _seen(nothing, absent)), name
            assert found.status_code == 404, (name, thing)


def test_roles_without_cases_learn_nothing_from_a_code(world: World) -> None:
    for name, wanted in arguments_of(ROWS).items():
        for who in HAVE_NO_CASES if "code" in wanted else ():
            hers = _asked(world, who, "get", name, world.hers)
            absent = _asked(world, who, "get", name, {**world.hers, "code": ABSENT["code"]})
            assert _seen(hers, world.hers) == _seen(absent, ABSENT), (name, who)


def _asked(world: World, who: str, method: str, name: str, things: Things) -> HttpResponse:
    """The answer; whatever asking changed is taken back."""
    with transaction.atomic(), transaction.atomic("keys"):
        try:
            client = client_of(world.cast, who)
            asking = client.post if method == "post" else client.get
            answer: HttpResponse = asking(address(name, things))  # type: ignore[assignment]
            return answer
        finally:
            transaction.set_rollback(True)
            transaction.set_rollback(True, using="keys")


def _seen(answer: HttpResponse, things: Things) -> str:
    text = CHANGING.sub(r"\1\2", answer.content.decode())
    return text.replace(str(things["code"]), "CODE")
