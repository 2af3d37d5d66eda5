"""What holds for every page that can be reached, whoever reads it."""

import gzip
import re
from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.cast import CALLED, FAMILY_NAME, LAWYER_NOTE, PHONE, PSYCHOLOGIST_NOTE, REFERENT_NOTE, TEAM_NOTE
from tests.web.access_table import HAVE_CASES_BUT_NOT_HERS, KNOW_OF_HER, ROWS
from tests.web.addresses import address
from tests.web.conftest import client_of
from tests.web.markup import Markup
from tests.world import FOREIGN_CALLED, FOREIGN_FAMILY_NAME, FOREIGN_NOTE, World

READERS = (*KNOW_OF_HER, *HAVE_CASES_BUT_NOT_HERS, "facilitator", "hotline", "administrator", "untrained", "nobody")
HER_TEAM = {"assigned", "psychologist", "lawyer", "mediator"}
THERE = {"stranger", "foreign_coordinator"}
# Who may read these words at all; on every page of everybody else they must be absent.
READ_BY = {
    CALLED: HER_TEAM,
    TEAM_NOTE: HER_TEAM,
    LAWYER_NOTE: {"lawyer"},
    PSYCHOLOGIST_NOTE: {"psychologist"},
    REFERENT_NOTE: {"assigned"},
    FAMILY_NAME: set(),
    PHONE: set(),
    FOREIGN_CALLED: {"stranger"},
    FOREIGN_NOTE: {"stranger"},
    FOREIGN_FAMILY_NAME: set(),
}
MOST_BYTES = 30_000
CODE = re.compile(r"[2-9A-Z]{4}-[2-9A-Z]{3}")
# Pages that lead elsewhere on purpose.
LEADS_AWAY = {"leave"}


def pages_of(world: World, who: str, *, language: str = "en") -> Iterator[tuple[str, HttpResponse]]:
    """Every page that is open to this one of the cast."""
    client = client_of(world.cast, who)
    for name, row in ROWS.items():
        if row.get[who] == 200:
            client.cookies["language"] = language
            yield name, client.get(address(name, world.hers))  # type: ignore[misc]
            client = client_of(world.cast, who) if name == "leave" else client


def html_pages(world: World, who: str, *, language: str = "en") -> Iterator[tuple[str, Markup]]:
    for name, answer in pages_of(world, who, language=language):
        if answer.headers["Content-Type"].startswith("text/html"):
            yield name, Markup(answer.content.decode())


@pytest.mark.parametrize("who", READERS)
def test_no_page_shows_a_word_to_someone_it_is_not_for(world: World, who: str) -> None:
    for name, answer in pages_of(world, who):
        text = answer.content.decode(errors="replace")
        shown = {word for word in READ_BY if word in text}
        assert {word for word in shown if who not in READ_BY[word]} == set(), name


def test_the_words_that_must_not_leak_are_there_for_those_who_may_read_them(world: World) -> None:
    for word, readers in READ_BY.items():
        for who in readers - THERE:
            assert any(word in answer.content.decode(errors="replace") for _, answer in pages_of(world, who)), word


@pytest.mark.parametrize("who", READERS)
def test_nothing_of_a_page_stays_behind(world: World, who: str) -> None:
    for name, answer in pages_of(world, who):
        assert "no-store" in answer.headers["Cache-Control"], name
        assert answer.headers["Referrer-Policy"] == "same-origin", name
        assert answer.headers["X-Frame-Options"] == "DENY", name
        assert answer.headers["X-Content-Type-Options"] == "nosniff", name


@pytest.mark.parametrize("who", READERS)
def test_nothing_runs_or_loads_that_is_not_ours(world: World, who: str) -> None:
    for name, answer in pages_of(world, who):
        policy = answer.headers["Content-Security-Policy"]
        assert "unsafe" not in policy, name
        assert "default-src 'none'" in policy, name
    for name, page in html_pages(world, who):
        assert [one for one in page.all("script") if "src" not in one] == [], name
        assert list(page.all("style")) == [], name
        inline = [key for one in page.all() for key in one if key == "style" or key.startswith("on")]
        assert inline == [], name
        loaded = [one for one in page.addresses() if not re.match(r"/(?!/)|#|\?|tel:|mailto:|$", one)]
        assert name in LEADS_AWAY or loaded == [], name


@pytest.mark.parametrize("who", READERS)
def test_the_browser_tab_tells_nothing(world: World, who: str) -> None:
    for name, page in html_pages(world, who):
        (title,) = page.words["title"]
        assert title.strip() in {"Notes", "Weather"}, name


@pytest.mark.parametrize("who", READERS)
def test_every_page_can_be_left_quickly_and_has_one_heading(world: World, who: str) -> None:
    for name, page in html_pages(world, who):
        assert name in LEADS_AWAY or "/leave/" in page.addresses(), name
        assert name in LEADS_AWAY or len(page.words["h1"]) == 1, name
        assert page.duplicate_ids() == [], name


@pytest.mark.parametrize("language", ["en", "es", "it"])
def test_every_page_says_its_language(world: World, language: str) -> None:
    for name, page in html_pages(world, "assigned", language=language):
        assert [one["lang"] for one in page.all("html")] == [language], name
        assert [one["dir"] for one in page.all("html")] == ["ltr"], name


@pytest.mark.parametrize("who", READERS)
def test_no_address_on_a_page_carries_a_name_or_a_word_of_hers(world: World, who: str) -> None:
    for name, page in html_pages(world, who):
        found = [one for one in page.addresses() if any(word in one for word in READ_BY)]
        assert found == [], name


def test_every_page_is_light(world: World) -> None:
    for name, answer in pages_of(world, "assigned"):
        assert len(gzip.compress(answer.content)) < MOST_BYTES, name


def test_cookies_are_closed_to_scripts_and_to_other_sites(world: World) -> None:
    client = Client()
    client.get("/accounts/login/")
    client.post("/language/", {"language": "es"})
    client.post("/accounts/login/", {"login": "facilitator", "password": "a long enough password"})
    assert {"s", "csrftoken", "language"} <= set(client.cookies)
    for cookie in client.cookies.values():
        assert cookie["httponly"], cookie.key
        assert cookie["samesite"] in ("Lax", "Strict"), cookie.key
