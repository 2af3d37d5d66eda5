"""When something breaks: no word is lost, the log says where without saying whom, and leaving works."""

import logging
import re
from html import unescape

import psycopg
import pytest
from django.db import OperationalError
from django.urls import reverse

from amparo.areas.cases import actions
from amparo.config.logs import NothingPersonal
from amparo.web.public import views
from tests.cast import Cast
from tests.web.conftest import SignIn

WORDS = "She laughed today & <slept> well."


def _breaks(monkeypatch: pytest.MonkeyPatch, cause: Exception) -> None:
    def broken(*_: object, **__: object) -> None:
        raise OperationalError("the database says no") from cause

    monkeypatch.setattr(actions, "write_note", broken)


def _typed(page: str) -> dict[str, str]:
    once = re.search(r'name="once" value="([^"]+)"', page)
    return {"text": WORDS, "audience": "team", "happened_on": "2026-04-01", "once": once[1] if once else ""}


def test_a_form_comes_back_with_every_word_and_is_saved_once_when_sent_again(
    cast: Cast, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, address = sign_in("assigned"), reverse("note_write", args=(cast.code,))
    client.raise_request_exception = False
    typed = _typed(client.get(address).text)
    with monkeypatch.context() as patched:
        _breaks(patched, psycopg.errors.DiskFull())
        page = client.post(address, typed)
    assert page.status_code == 500
    assert "The disk of this node is full" in page.text
    assert "She laughed today &amp; &lt;slept&gt; well." in page.text
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text))
    again = {name: unescape(value) for name, value in hidden.items() if name != "csrfmiddlewaretoken"}
    assert again == typed
    for _ in range(2):
        assert client.post(address, again).status_code == 302
    assert client.get(reverse("case_notes", args=(cast.code,))).text.count("She laughed today") == 1


def test_what_breaks_otherwise_is_not_called_a_full_disk(
    cast: Cast, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, address = sign_in("assigned"), reverse("note_write", args=(cast.code,))
    client.raise_request_exception = False
    typed = _typed(client.get(address).text)
    _breaks(monkeypatch, psycopg.errors.SerializationFailure())
    page = client.post(address, typed)
    assert page.status_code == 500
    assert "Something broke on our side" in page.text
    assert "She laughed today" in page.text
    assert "She laughed today" not in client.post(address, {**typed, "once": "not ours"}).text


def test_an_error_stands_in_the_log_without_her_code_and_without_a_word(
    cast: Cast, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    client, address = sign_in("assigned"), reverse("note_write", args=(cast.code,))
    client.raise_request_exception = False
    _breaks(monkeypatch, psycopg.errors.DiskFull())
    with caplog.at_level(logging.ERROR, "django.request"):
        client.post(address, _typed(client.get(address).text))
    assert not logging.getLogger("django.request").disabled
    written = [record for record in caplog.records if NothingPersonal().filter(record)]
    assert [record.getMessage() for record in written] != []
    assert "/cases/CODE/notes/new/ [OperationalError at " in written[-1].getMessage()
    assert cast.code not in written[-1].getMessage()
    assert "She laughed" not in written[-1].getMessage()


def test_leaving_works_whatever_is_broken(sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    client = sign_in("assigned")
    client.raise_request_exception = False

    def broken(*_: object) -> None:
        raise OperationalError

    monkeypatch.setattr(views, "logout", broken)
    page = client.get("/leave/")
    assert "Go on to the weather" in page.text
    assert page.cookies["s"].value == ""
