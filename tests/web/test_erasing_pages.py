"""Erasing on the screen: asked, looked at in figures, agreed, done; and afterwards no page breaks."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from amparo.areas.access.rules import WHOLE_FILE
from amparo.areas.cases.files import case_for
from amparo.areas.cases.models import Note
from amparo.areas.people.models import Person
from amparo.areas.rights import erasing
from amparo.areas.rights.models import Erasure
from amparo.areas.rights.rules import Asker, Erasing
from amparo.areas.vault.models import Identity
from amparo.kernel import clock
from tests.cast import CALLED, TEAM_NOTE, Cast
from tests.web.access_table import ROWS
from tests.web.addresses import address, arguments_of
from tests.web.conftest import client_of
from tests.world import World


def asked(cast: Cast, thing: str = WHOLE_FILE) -> int:
    wish = erasing.Wish(thing, Asker.HERSELF, clock.today("Europe/Madrid"), words="canary-erase-me")
    return erasing.ask(cast.case(), by=cast["assigned"], wish=wish)


def days_passed() -> None:
    """The days to think again are over, while everybody stays signed in."""
    Erasure.objects.update(not_before=clock.today("Europe/Madrid") - timedelta(days=1))


def test_from_her_wish_to_the_end_with_figures_a_second_person_and_her_code(
    world: World, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    cast = world.cast
    person, worker, officer = cast.case().person, client_of(cast, "assigned"), client_of(cast, "officer")
    typed = {
        "thing": WHOLE_FILE,
        "asker": "herself",
        "obligation": "nothing",
        "asked_on": clock.today("Europe/Madrid").isoformat(),
    }
    page = worker.post(reverse("rights_erase", args=(cast.code,)), {**typed, "words": "canary-erase-me"})["Location"]
    shown = worker.get(page).content.decode()
    assert "canary-erase-me" in shown
    assert "A second person looks at it first." in shown
    assert '<tr><th scope="row">Notes</th><td>6</td><td>6</td></tr>' in shown
    assert '<tr><th scope="row">Name, contacts and documents</th><td>1</td><td>0</td></tr>' in shown
    assert "canary-erase-me" not in officer.get(page).content.decode()
    number = Erasure.objects.get(case=cast.case_number, thing=WHOLE_FILE).pk
    agree, now = (reverse(name, args=(cast.code, number)) for name in ("rights_erasure_agree", "rights_erasure_now"))
    assert worker.post(agree).status_code == 302
    assert Erasure.objects.get(pk=number).agreed_by_id is None
    officer.post(agree)
    assert worker.get(now).status_code == 403
    assert "not over yet" in officer.post(now, {"typed": cast.code}).content.decode()
    days_passed()
    with django_capture_on_commit_callbacks(execute=True):
        assert "Type her code" in officer.post(now, {"typed": "2222-222"}).content.decode()
        assert Identity.objects.filter(person=person).exists()
        assert officer.post(now, {"typed": cast.code.lower()})["Location"] == reverse("cases")
    assert not Identity.objects.filter(person=person).exists()
    assert Erasure.objects.get(pk=number).state == Erasing.DONE


def test_she_may_think_again(world: World) -> None:
    cast = world.cast
    number = asked(cast)
    worker = client_of(cast, "mediator")
    worker.post(reverse("rights_erasure_off", args=(cast.code, number)))
    page = worker.get(reverse("rights_erasure", args=(cast.code, number))).content.decode()
    assert "called off" in page
    assert "I looked at it" not in page
    assert asked(cast) != number


def test_one_note_is_erased_and_its_place_says_so(world: World) -> None:
    cast = world.cast
    note = Note.objects.filter(case=cast.case_number, audience="team").earliest("pk")
    number = asked(cast, f"note-{note.pk}")
    worker, coordinator = client_of(cast, "assigned"), client_of(cast, "coordinator")
    coordinator.post(reverse("rights_erasure_agree", args=(cast.code, number)))
    days_passed()
    coordinator.post(reverse("rights_erasure_now", args=(cast.code, number)), {"typed": cast.code})
    page = worker.get(reverse("case_notes", args=(cast.code,))).content.decode()
    assert TEAM_NOTE not in page
    assert "What stood here was erased at her wish." in page


@pytest.fixture
def gone(world: World, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> dict[str, object]:
    """Her things, under the code that her row has now."""
    cast = world.cast
    number, person = asked(cast), cast.case().person
    erasing.agree(case_for(cast["officer"], cast.code), number, by=cast["officer"])
    days_passed()
    with django_capture_on_commit_callbacks(execute=True):
        erasing.carry_out(case_for(cast["coordinator"], cast.code), number, by=cast["coordinator"], typed=cast.code)
    return {**world.hers, "code": Person.objects.get(pk=person).code}


@pytest.mark.usefixtures("papers_unset")
@pytest.mark.parametrize("who", ["assigned", "coordinator", "officer"])
def test_every_page_of_an_erased_case_is_one_calm_page(world: World, gone: dict[str, object], who: str) -> None:
    client = client_of(world.cast, who)
    for name, wanted in arguments_of(ROWS).items():
        if "code" in wanted:
            # A program is told that there is nothing; a person reads why.
            status, words = (404, "") if name.startswith("api_") else (410, "This file was erased")
            for answer in (client.get(address(name, gone)), client.post(address(name, gone))):
                assert answer.status_code in (status, 405 if status == 404 else status), name
                assert words in answer.content.decode()


@pytest.mark.usefixtures("papers_unset", "gone")
@pytest.mark.parametrize("who", ["assigned", "coordinator", "officer"])
def test_every_page_outside_her_case_and_every_page_of_anothers_still_opens(world: World, who: str) -> None:
    client = client_of(world.cast, who)
    for name, wanted in arguments_of(ROWS).items():
        if "code" not in wanted and ROWS[name].get[who] == 200 and name != "leave":  # that ends the session
            _opens(client, name, world)
    assert client.get(reverse("case", args=(world.cast.code,))).status_code == 404
    assert CALLED not in client.get(reverse("cases")).content.decode()


def _opens(client: Client, name: str, world: World) -> None:
    answer = client.get(address(name, world.hers))
    assert answer.status_code in (200, 302, 404), name
