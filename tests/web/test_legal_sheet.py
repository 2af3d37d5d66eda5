"""The sheet for her: in her language, whom she can call, and nothing on it that could betray her."""

import re

import pytest

from amparo.areas.audit.models import Entry
from amparo.areas.directory.catalogue import hotlines_of, organisations_of
from amparo.areas.entitlements.case_countries import look_at_country
from amparo.areas.entitlements.rules.answers import SaidBy
from amparo.areas.entitlements.sheet_words import sheet_languages
from amparo.areas.entitlements.telling import Told, record_facts
from amparo.areas.people.queries import person_file
from tests.cast import CALLED, Cast
from tests.things import DAY
from tests.web.conftest import SignIn

pytestmark = pytest.mark.usefixtures("papers_unset")
GIVEN = {"possible_victim": "yes", "no_contact_with_offenders": "yes", "with_specialised_centre": "yes"}
BETRAYING = ("traffick", "trata", "tratta", "traite", "victim", "exploit", "police", "Pag-asa", "Payoke", "Amparo")


def _sheet(cast: Cast, sign_in: SignIn, asked: str = "language=en", who: str = "assigned") -> str:
    page = sign_in(who).get(f"/cases/{cast.code}/legal/sheet/?country=BE&{asked}").content.decode()
    found = re.search(r'<article class="a-sheet.*?</article>', page, re.DOTALL)
    return found[0] if found else ""


@pytest.fixture
def told(cast: Cast) -> None:
    """What is known of her, for Belgium."""
    case = cast.case()
    record_facts(case, by=cast["assigned"], country="BE", told=Told(by=SaidBy.SHE, on=DAY), given=GIVEN)


@pytest.mark.usefixtures("told")
def test_it_says_what_she_can_have_for_how_long_and_what_it_gives(cast: Cast, sign_in: SignIn) -> None:
    sheet = _sheet(cast, sign_in)
    assert "Time to rest and to think" in sheet
    assert "For 45 days." in sheet
    assert "money to live on" in sheet


@pytest.mark.usefixtures("told")
def test_what_hangs_on_one_question_says_only_that_there_is_one(cast: Cast, sign_in: SignIn) -> None:
    sheet = _sheet(cast, sign_in)
    assert "Perhaps: one question is still open" in sheet
    assert "A permit to stay for a while" in sheet


@pytest.mark.usefixtures("told")
def test_nothing_on_it_betrays_her(cast: Cast, sign_in: SignIn) -> None:
    for language in sheet_languages():
        sheet = _sheet(cast, sign_in, f"language={language}")
        assert sheet
        names = [one.name for one in hotlines_of("BE")] + [one.name for one in organisations_of("BE")]
        assert [word for word in (*BETRAYING, *names, CALLED, cast.code) if word.lower() in sheet.lower()] == []


@pytest.mark.usefixtures("told")
def test_numbers_stand_without_names_and_with_their_age(cast: Cast, sign_in: SignIn) -> None:
    sheet = _sheet(cast, sign_in)
    assert "+32 2 511 64 64" in sheet
    assert "These numbers are of 2013." in sheet
    assert "This was checked in 2013." in sheet


def test_it_says_that_our_help_depends_on_none_of_it_and_that_she_may_see_a_lawyer(cast: Cast, sign_in: SignIn) -> None:
    sheet = _sheet(cast, sign_in)
    assert "Our help stays the same, whatever you decide" in sheet
    assert "You have the right to talk to a lawyer" in sheet


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("it", "Per 45 giorni."),
        ("ro", "Pentru 45 de zile."),
        ("pt", "Por 45 dias."),
        ("fr", "Pour 45 jours."),
        ("es", "Por 45 días."),
    ],
)
def test_it_speaks_languages_that_the_product_does_not(cast: Cast, sign_in: SignIn, language: str, words: str) -> None:
    assert words in _sheet(cast, sign_in, f"language={language}")


def test_a_language_that_is_not_there_is_told_to_her_team(cast: Cast, sign_in: SignIn) -> None:
    page = sign_in("assigned").get(f"/cases/{cast.code}/legal/sheet/?language=en&country=BE").content.decode()
    assert ("This sheet is not there in" in page) == bool(_languages(cast) and not _known(cast))


def _known(cast: Cast) -> set[str]:
    return set(_languages(cast)) & set(sheet_languages())


def _languages(cast: Cast) -> tuple[str, ...]:
    return person_file(cast["assigned"], cast.case().person).languages


@pytest.mark.usefixtures("told")
def test_the_paper_says_the_same_and_is_noted_with_her_file(cast: Cast, sign_in: SignIn) -> None:
    answer = sign_in("lawyer").get(f"/cases/{cast.code}/legal/sheet/paper/?country=BE&language=en")
    assert "Good to know" in answer.content.decode()
    assert 'filename="page.pdf"' in answer.headers["Content-Disposition"]
    entry = Entry.objects.filter(verb="paper for her made").latest("number")
    assert "entitlements sheet" in str(entry.facts)


def test_where_there_are_no_rules_the_page_says_so(cast: Cast, sign_in: SignIn) -> None:
    look_at_country(cast.case(), "PT", by=cast["assigned"], is_here=True)
    page = sign_in("assigned").get(f"/cases/{cast.code}/legal/sheet/?country=PT").content.decode()
    assert "There are no rules of Portugal" in page


# Side by side, for her.


@pytest.mark.usefixtures("told")
def test_her_countries_stand_side_by_side_by_what_is_known_of_her(cast: Cast, sign_in: SignIn) -> None:
    typed = {"countries": ["BE", "FR"]}
    page = sign_in("assigned").post(f"/cases/{cast.code}/legal/compare/", typed).content.decode()
    belgium = page[page.index('data-label="Belgium"') :].split("</td>")[0]
    assert "She can have it" in belgium


@pytest.mark.usefixtures("told")
def test_what_if_marks_what_would_change_and_saves_nothing(cast: Cast, sign_in: SignIn) -> None:
    client, address = sign_in("assigned"), f"/cases/{cast.code}/legal/compare/"
    typed = {"countries": ["BE"], "first": "no_contact_with_offenders=no"}
    page = client.post(address, typed).content.decode()
    assert "Only supposed, and not saved:" in page
    assert "There is still some contact with those who exploited her" in page
    assert "as known now: She can have it" in page
    again = client.get(address).content.decode()
    assert "as known now" not in again


def test_the_same_fact_cannot_be_supposed_twice(cast: Cast, sign_in: SignIn) -> None:
    typed = {"countries": ["BE"], "first": "adult=yes", "second": "adult=no"}
    answer = sign_in("assigned").post(f"/cases/{cast.code}/legal/compare/", typed)
    assert answer.status_code == 422
    assert "This is about the same fact as the first." in answer.content.decode()
