"""Four kinds of object at every address: one's own, a colleague's, another organisation's, and none at all.

What is not for the reader is, byte for byte, what does not exist, whichever word of an address was swapped.
"""

import re
from collections.abc import Callable
from datetime import date
from http.cookies import SimpleCookie

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from amparo.areas.access.rules import Task, may_do
from amparo.areas.cases import actions as cases
from amparo.areas.cases.queries import case_for
from amparo.areas.people import actions as people
from amparo.areas.people.actions import Particulars
from amparo.areas.people.models import Person
from tests.things import Things, things_of
from tests.web.access_table import ROWS
from tests.web.addresses import address, arguments_of
from tests.web.answers import Row
from tests.web.conftest import client_of
from tests.world import OF_NOBODY, World

pytestmark = pytest.mark.usefixtures("papers_unset")
COLLEAGUES_WORD = "canary-of-a-colleagues-case"
COLLEAGUES_CALLED = "Jacaranda-Called"
# A page differs from another in nothing but these: tokens, and the address it names for coming back.
CHANGING = re.compile(r'(name="(?:csrfmiddlewaretoken|once|next)" value=")[^"]*|(\?next=)[^"&]*')
OF_A_CASE = {name: wanted for name, wanted in arguments_of(ROWS).items() if "code" in wanted}
Ask = Callable[[str, str, str, Things], HttpResponse]


@pytest.fixture
def ask(world: World) -> Ask:
    """Ask an address as one of the cast; whatever asking changed is taken back."""
    clients: dict[str, Client] = {}

    def asked(who: str, method: str, name: str, things: Things) -> HttpResponse:
        client = clients.setdefault(who, client_of(world.cast, who))
        cookies = client.cookies.output(header="")
        with transaction.atomic(), transaction.atomic("keys"):
            answer = getattr(client, method)(address(name, things))
            transaction.set_rollback(True)
            transaction.set_rollback(True, using="keys")
        client.cookies = SimpleCookie(cookies)
        return answer  # type: ignore[no-any-return]

    return asked


@pytest.fixture
def colleagues(world: World) -> Things:
    """One of each thing of a woman of the same house, whom only the colleague accompanies."""
    worker = world.cast["colleague"]
    person = people.create_person(by=worker, particulars=Particulars(called=COLLEAGUES_CALLED), identity={})
    cases.open_case(person, by=worker, referent=worker.member, on=date(2026, 2, 20))
    case = case_for(worker, Person.objects.get(pk=person).code)
    made = things_of(case, by=worker, word=COLLEAGUES_WORD, told=COLLEAGUES_WORD, is_hers=False)
    return {**world.foreign, **made}  # what is of no case is another organisation's


def _seen(answer: HttpResponse, things: Things) -> tuple[int, str]:
    text = CHANGING.sub(r"\1\2", answer.content.decode())
    return answer.status_code, text.replace(str(things["code"]), "CODE")


def _looks_for_nothing(row: Row, who: str, method: str) -> bool:
    """A button that is asked with GET leads back, and a page takes no POST: neither looks for the thing."""
    return (method, row.get[who] if method == "get" else row.post[who]) in (("get", 302), ("post", 405))


def _is_for_programs_and_takes_no(method: str, name: str) -> bool:
    """An address of the API takes one method; it says so before it looks whom the address is about."""
    return name.startswith("api_") and (method == "post") == (name not in {"api_note_write", "api_service_note"})


def test_the_colleague_reads_what_the_others_are_refused(world: World, ask: Ask, colleagues: Things) -> None:
    mine = [name for name in OF_A_CASE if ask("colleague", "get", name, colleagues).status_code == 200]
    assert len(mine) > 60
    assert COLLEAGUES_CALLED in ask("colleague", "get", "case", colleagues).content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("who", ["assigned", "stranger"])
def test_a_case_of_somebody_elses_is_the_same_as_none_at_all(
    world: World, ask: Ask, colleagues: Things, who: str, method: str
) -> None:
    for name in OF_A_CASE:
        theirs = ask(who, method, name, colleagues)
        absent = {**colleagues, "code": world.absent["code"]}
        assert _seen(theirs, colleagues) == _seen(ask(who, method, name, absent), absent), name
        assert theirs.status_code == (405 if _is_for_programs_and_takes_no(method, name) else 404), name


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("who", ["assigned", "coordinator", "officer"])
def test_a_thing_of_another_case_is_the_same_as_none_under_hers(
    world: World, ask: Ask, colleagues: Things, who: str, method: str
) -> None:
    """Also for the coordinator and the officer, who know of both cases."""
    swapped = 0
    for name, wanted in OF_A_CASE.items():
        row = ROWS[name]
        if row.get[who] not in (200, 302):
            continue
        for thing in set(wanted.values()) - {"code"} - OF_NOBODY:
            theirs, absent = ({**world.hers, thing: one[thing]} for one in (colleagues, world.absent))
            found = ask(who, method, name, theirs)
            assert _without(_seen(found, theirs), theirs, thing) == _without(
                _seen(ask(who, method, name, absent), absent), absent, thing
            ), (name, thing)
            assert found.status_code == 404 or _looks_for_nothing(row, who, method), (name, thing)
            swapped += 1
    assert swapped >= 2


def _without(seen: tuple[int, str], things: Things, thing: str) -> tuple[int, str]:
    return seen[0], seen[1].replace(f"/{things[thing]}/", "/THING/")


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("who", ["facilitator"])
def test_a_role_without_cases_gets_one_and_the_same_answer_whatever_it_asks_for(
    world: World, ask: Ask, colleagues: Things, who: str, method: str
) -> None:
    for name in OF_A_CASE:
        seen = {
            _seen(ask(who, method, name, things), things)
            for things in (world.hers, colleagues, world.foreign, {**world.hers, "code": world.absent["code"]})
        }
        assert [status for status, _text in seen] == [405 if _is_for_programs_and_takes_no(method, name) else 403], name


# Facilitators: the list of their group, when there is one, and nothing else (R12).


def test_a_facilitator_has_one_page_and_it_says_what_will_stand_there(world: World, ask: Ask) -> None:
    page = ask("facilitator", "get", "today", world.hers)
    assert "Sewing" in page.content.decode()
    tasks = {task for task in Task if may_do(world.cast["facilitator"], task)}
    assert tasks == {Task.SEE_TODAY, Task.HOLD_SESSIONS}
    assert page.content.decode().count("<li><a href=") == 2


def test_a_facilitator_reads_no_word_of_anyone_at_any_address(world: World, ask: Ask, colleagues: Things) -> None:
    cast = world.cast
    words = {str(world.hers["code"]), str(world.foreign["code"]), str(colleagues["code"]), "canary", "-Called"}
    words |= {viewer.name for name, viewer in cast.viewers.items() if name != "facilitator" and len(viewer.name) > 8}
    own = "Facilitator"
    opened = []
    for name in set(ROWS) - {"api_openapi"}:  # which is open to everybody and describes colleagues in general
        for things in (world.hers, colleagues):
            page = ask("facilitator", "get", name, things)
            text = page.content.decode(errors="replace").replace(own, "")
            if name.startswith("held_") and things is world.hers:
                continue  # the list of her own group: tests/web/test_held.py
            if "code" not in arguments_of([name])[name]:
                assert [word for word in words if word in text] == [], name
            else:
                assert page.status_code == (405 if _is_for_programs_and_takes_no("get", name) else 403), name
            if page.status_code == 200:
                opened.append(name)
    assert "today" in opened
    assert {"cases", "members", "referrals", "danger", "identity_asks"} & set(opened) == set()
