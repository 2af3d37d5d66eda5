"""What holds for every page that can be reached, whoever reads it."""

import gzip
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.cast import CALLED, FAMILY_NAME, LAWYER_NOTE, PASSWORD, PHONE, PSYCHOLOGIST_NOTE, REFERENT_NOTE, TEAM_NOTE
from tests.holding import IN_THE_ROOM, THOUGHT
from tests.web.access_table import ROWS
from tests.web.addresses import address
from tests.web.answers import EVERYBODY
from tests.web.conftest import client_of
from tests.web.markup import Markup
from tests.world import ASKED, FOREIGN_ASKED, FOREIGN_CALLED, FOREIGN_FAMILY_NAME, FOREIGN_NOTE, THING, TOLD, World

pytestmark = pytest.mark.usefixtures("papers_unset")
HER_TEAM = {"assigned", "psychologist", "lawyer", "mediator"}
# Who may read these words at all; on every page of everybody else they must be absent.
READ_BY: dict[str, set[str]] = {
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
    TOLD: {"assigned", "colleague", "coordinator"},  # a referral that waits is for all who may decide it
    ASKED: {"coordinator", "officer"},
    FOREIGN_ASKED: {"foreign_coordinator"},
    IN_THE_ROOM: {"facilitator", "assigned", "coordinator", "psychologist", "lawyer", "mediator"},
    THOUGHT: {"assigned", "coordinator", "psychologist", "lawyer", "mediator"},
    THING: {*HER_TEAM, "coordinator", "officer"},
}
MOST_BYTES = 30_000
ELSEWHERE = re.compile(r"(?!/(?!/)|#|\?|tel:|mailto:|$)")


@dataclass(frozen=True)
class Seen:
    """A page as one of the cast saw it."""

    name: str
    who: str
    answer: HttpResponse

    @cached_property
    def text(self) -> str:
        return self.answer.content.decode(errors="replace")

    @cached_property
    def markup(self) -> Markup | None:
        """Its elements; None for a paper, and for the page that leads away and has nothing else to show."""
        is_page = self.answer.headers["Content-Type"].startswith("text/html") and self.name != "leave"
        return Markup(self.text) if is_page else None


def pages_of(world: World, who: str, *, language: str = "en") -> Iterator[Seen]:
    """Every page that is open to this one of the cast."""
    for name, row in ROWS.items():
        if row.get[who] == 200:
            client = client_of(world.cast, who)
            client.cookies["language"] = language
            yield Seen(name, who, client.get(address(name, world.hers)))  # type: ignore[arg-type]


def shows_no_word_that_is_for_others(page: Seen) -> bool:
    return not any(word in page.text and page.who not in readers for word, readers in READ_BY.items())


def leaves_nothing_behind(page: Seen) -> bool:
    headers = page.answer.headers
    kept_out = "no-store" in headers["Cache-Control"] and headers["Referrer-Policy"] == "same-origin"
    return kept_out and headers["X-Frame-Options"] == "DENY" and headers["X-Content-Type-Options"] == "nosniff"


def has_a_strict_policy(page: Seen) -> bool:
    policy = page.answer.headers["Content-Security-Policy"]
    return "unsafe" not in policy and "default-src 'none'" in policy


def has_nothing_inline(page: Seen) -> bool:
    if page.markup is None:
        return True
    scripts = [one for one in page.markup.all("script") if "src" not in one]
    attributes = [key for one in page.markup.all() for key in one if key == "style" or key.startswith("on")]
    return not scripts and not attributes and not list(page.markup.all("style"))


def names_no_address_but_ours(page: Seen) -> bool:
    return page.markup is None or not any(ELSEWHERE.match(one) for one in page.markup.addresses())


def puts_no_word_of_hers_into_an_address(page: Seen) -> bool:
    return page.markup is None or not any(word in one for one in page.markup.addresses() for word in READ_BY)


def has_a_title_that_tells_nothing(page: Seen) -> bool:
    return page.markup is None or [title.strip() for title in page.markup.words["title"]] == ["Notes"]


def can_be_left_quickly(page: Seen) -> bool:
    return page.markup is None or "/leave/" in page.markup.addresses()


def has_one_heading(page: Seen) -> bool:
    return page.markup is None or len(page.markup.words["h1"]) == 1


def has_each_id_once(page: Seen) -> bool:
    return page.markup is None or page.markup.duplicate_ids() == []


def is_light(page: Seen) -> bool:
    return page.markup is None or len(gzip.compress(page.answer.content)) < MOST_BYTES


RULES: tuple[Callable[[Seen], bool], ...] = (
    shows_no_word_that_is_for_others,
    leaves_nothing_behind,
    has_a_strict_policy,
    has_nothing_inline,
    names_no_address_but_ours,
    puts_no_word_of_hers_into_an_address,
    has_a_title_that_tells_nothing,
    can_be_left_quickly,
    has_one_heading,
    has_each_id_once,
    is_light,
)


@pytest.mark.parametrize("who", EVERYBODY)
def test_every_page_keeps_every_rule(world: World, who: str) -> None:
    seen = list(pages_of(world, who))
    assert len(seen) >= 5
    broken = [f"{page.name} {rule.__name__}" for page in seen for rule in RULES if not rule(page)]
    assert "\n".join(broken) == ""


def test_the_words_that_must_not_leak_are_there_for_those_who_may_read_them(world: World) -> None:
    for who in ("assigned", "lawyer", "psychologist", "stranger", "officer"):
        texts = [page.text for page in pages_of(world, who)] + [_her_own_list(world, who)]
        mine = [word for word, readers in READ_BY.items() if who in readers]
        missing = [word for word in mine if not any(word in text for text in texts)]
        assert missing in ([], [FOREIGN_NOTE]), who


def _her_own_list(world: World, who: str) -> str:
    return client_of(world.cast, who).get("/cases/").content.decode()


@pytest.mark.parametrize("language", ["es", "it"])
def test_every_page_says_its_language(world: World, language: str) -> None:
    for page in pages_of(world, "assigned", language=language):
        said = [] if page.markup is None else [(one["lang"], one["dir"]) for one in page.markup.all("html")]
        assert said in ([], [(language, "ltr")]), page.name


def test_cookies_are_closed_to_scripts_and_to_other_sites(world: World) -> None:
    client = Client()
    client.get("/accounts/login/")
    client.post("/language/", {"language": "es"})
    client.post("/accounts/login/", {"login": "facilitator", "password": PASSWORD})
    assert {"s", "csrftoken", "language"} <= set(client.cookies)
    for cookie in client.cookies.values():
        assert cookie["httponly"], cookie.key
        assert cookie["samesite"] in ("Lax", "Strict"), cookie.key
