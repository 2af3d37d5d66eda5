"""Which language a page speaks, and that reasons worded below the web speak it too."""

import ast
import re
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from pathlib import Path

import allauth
import django
import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext, trans_real

from amparo.areas.orgs.models import Member
from amparo.web import borrowed
from scripts import messages
from tests.web.conftest import client_of
from tests.web.markup import Markup
from tests.web.test_every_page import pages_of
from tests.world import World

COMPLETE = ("es", "it")


@pytest.fixture
def in_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The catalogues as they are written, compiled anew."""
    for language in COMPLETE:
        folder = tmp_path / language / "LC_MESSAGES"
        folder.mkdir(parents=True)
        with (folder / "django.mo").open("wb") as stream:
            write_mo(stream, messages.catalogue(language))
    monkeypatch.setattr(settings, "LOCALE_PATHS", [tmp_path])
    monkeypatch.setattr(trans_real, "_translations", {})
    monkeypatch.setattr(trans_real, "_default", None)
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    translation.deactivate()


def spoken(page: str) -> str:
    return next(Markup(page).all("html"))["lang"]


def noted(world: World, name: str, language: str) -> None:
    Member.objects.filter(pk=world.cast[name].member).update(language=language)


@pytest.mark.parametrize("language", COMPLETE)
def test_a_refusal_gives_its_reason_in_the_readers_language(language: str, in_use: None, world: World) -> None:
    noted(world, "administrator", language)
    shown = client_of(world.cast, "administrator").get("/cases/").text
    english = "Your role in this organisation does not include this."
    with translation.override(language):
        assert gettext(english) != english
        assert gettext(english) in shown
    assert english not in shown


@pytest.mark.parametrize("language", COMPLETE)
def test_a_password_that_is_wrong_is_said_in_the_readers_language(language: str, in_use: None, world: World) -> None:
    client = Client(headers={"Accept-Language": language})
    shown = client.post("/accounts/login/", {"login": "nobody", "password": "not this one"}).text
    english = "The username and/or password you specified are not correct."
    with translation.override(language):
        assert gettext(english) != english
        assert gettext(english) in shown


def test_what_is_borrowed_is_what_django_and_allauth_say() -> None:
    said = {
        form
        for package in (django, allauth)
        for file in Path(package.__file__).parent.glob("**/locale/en/LC_MESSAGES/django.po")
        for entry in read_po(BytesIO(file.read_bytes()))
        for form in _forms(entry.id)
    }
    written = ast.walk(ast.parse(Path(borrowed.__file__).read_text(encoding="utf-8")))
    ours = {str(node.value) for node in written if isinstance(node, ast.Constant) and " " in str(node.value)}
    assert ours - said - {borrowed.__doc__} == set()


def test_a_colleague_reads_in_the_language_noted_for_her(world: World) -> None:
    noted(world, "assigned", "it")
    shown = client_of(world.cast, "assigned").get("/")
    assert spoken(shown.text) == "it"
    assert shown.headers["Content-Language"] == "it"


def test_the_language_chosen_at_the_foot_of_the_page_comes_first(world: World) -> None:
    noted(world, "assigned", "it")
    client = client_of(world.cast, "assigned")
    chosen = client.post("/language/", {"language": "es", "next": "/cases/"})
    assert chosen.headers["Location"] == "/cases/"
    assert spoken(client.get("/cases/").text) == "es"


def test_a_language_that_is_not_offered_changes_nothing(world: World) -> None:
    noted(world, "assigned", "fr")
    client = client_of(world.cast, "assigned")
    client.post("/language/", {"language": "fr", "next": "/"})
    assert settings.LANGUAGE_COOKIE_NAME not in client.cookies
    assert spoken(client.get("/").text) == "en"


def test_before_signing_in_the_browser_says_which_language(world: World) -> None:
    shown = Client().get("/accounts/login/", headers={"Accept-Language": "it-CH,it;q=0.9"})
    assert spoken(shown.text) == "it"


# The rules of a country stand in every language in the one file that is changed there.
FILES_AS_TEXT = re.compile(r"<(textarea|pre)\b.*?</\1>", re.DOTALL)


def english_sentences() -> list[str]:
    """Texts of several words that are worded otherwise in Spanish and Italian, and stand on a page as they are."""
    every = (text for entry in messages.extracted() if entry.id for text in _forms(entry.id))
    return [text for text in every if text.strip().count(" ") > 1 and "%" not in text]


def _forms(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


@pytest.mark.parametrize("who", ["assigned", "coordinator", "administrator", "untrained", "nobody"])
@pytest.mark.parametrize("language", COMPLETE)
def test_no_page_speaks_english_to_who_reads_another_language(
    language: str, who: str, in_use: None, world: World
) -> None:
    sentences = english_sentences()
    assert len(sentences) > 300
    for page in pages_of(world, who, language=language):
        shown = FILES_AS_TEXT.sub("", page.text)
        text = unescape(shown) if shown.lstrip().startswith("<") else ""  # programs are described in English
        assert [sentence for sentence in sentences if sentence in text] == [], page.name
