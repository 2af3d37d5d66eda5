"""What states offer, on the screen: every cell of a country's rules, its age, and any day that is asked about."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from amparo.areas.audit.models import Entry
from amparo.areas.entitlements import catalogue
from amparo.areas.entitlements.rules.scheme import RuleSet, Test
from amparo.web.staff.condition_words import Said, condition_said
from tests.cast import Cast
from tests.web.conftest import SignIn
from tests.web.markup import Markup

READERS = ("assigned", "lawyer", "mediator", "hotline", "analyst", "administrator", "officer")


def _page(sign_in: SignIn, address: str, who: str = "assigned") -> str:
    return sign_in(who).get(address).content.decode()


@pytest.mark.parametrize("who", READERS)
def test_whoever_is_trained_reads_the_law_whatever_the_role(sign_in: SignIn, who: str) -> None:
    page = _page(sign_in, "/schemes/", who)
    assert 'href="/schemes/BE/"' in page
    assert "Checked in June 2013" in page


def test_whoever_is_not_trained_and_a_facilitator_do_not(sign_in: SignIn) -> None:
    for who in ("untrained", "facilitator"):
        assert sign_in(who).get("/schemes/").status_code == 403
        assert 'href="/schemes/"' not in _page(sign_in, "/", who)


def _everything_worded(rules: RuleSet) -> list[str]:
    stages = [one for path in rules.pathways for one in path.stages]
    titles = [one.title["en"] for one in (*rules.permits, *rules.services, *rules.pathways, *stages)]
    notes = [note["en"] for one in (*rules.permits, *rules.services, *rules.pathways, rules) for note in one.notes]
    costs = [one.cost["en"] for one in rules.services if one.cost]
    times = [words["en"] for one in stages for words in (one.due, one.ends) if words]
    return [*titles, *notes, *costs, *times]


def test_no_permit_service_or_stage_of_a_country_is_missing_from_its_page(sign_in: SignIn) -> None:
    for country in catalogue.countries():
        page = unescape(_page(sign_in, f"/schemes/{country}/"))
        rules = catalogue.sets_of(country)[-1]
        assert [words for words in _everything_worded(rules) if words not in page] == [], country


def test_a_permit_says_what_is_needed_how_long_it_lasts_and_what_it_opens(sign_in: SignIn) -> None:
    page = _page(sign_in, "/schemes/BE/")
    card = page[page.index('id="bereflection_period"') :].split("</article>")[0]
    for words in (
        "All of these:",
        "A specialised centre accompanies her",
        "45 days",
        "social welfare",
        "lines 76 to 81",
    ):
        assert words in card, words


def test_a_page_says_how_old_it_is_and_that_no_rules_cover_today(sign_in: SignIn) -> None:
    page = _page(sign_in, "/schemes/BE/")
    assert "Verify with a lawyer before you rely on it." in page
    assert "We have no rules for this day" in page


def test_another_day_shows_the_rules_of_that_day(sign_in: SignIn) -> None:
    page = _page(sign_in, "/schemes/BE/?on=2013-03-01")
    assert "As of 1 March 2013" in page
    assert "We have no rules for this day" not in page
    before = _page(sign_in, "/schemes/BE/?on=1999-01-01")
    assert "The earliest we know hold from" in before
    assert "45 days" not in before


@pytest.mark.parametrize("typed", ["", "x", "0000-99-99", "2013-02-30", "9" * 70, "\0"])
def test_a_day_that_is_none_shows_today(sign_in: SignIn, typed: str) -> None:
    assert "As of today" in sign_in("assigned").get("/schemes/BE/", {"on": typed}).content.decode()


@pytest.mark.parametrize("country", ["XX", "be", "..", "BE%00", "BELGIUM"])
def test_a_country_without_rules_is_not_there(sign_in: SignIn, country: str) -> None:
    assert sign_in("assigned").get(f"/schemes/{country}/").status_code == 404


def test_every_country_asks_the_database_equally_often(sign_in: SignIn) -> None:
    client, counts = sign_in("assigned"), set()
    for address in (f"/schemes/{one}/" for one in catalogue.countries()):
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        counts.add(len(asked))
    assert len(counts) == 1


def test_reading_the_law_is_reading_of_nobody(cast: Cast, sign_in: SignIn) -> None:
    client, hers = sign_in("assigned"), Entry.objects.filter(person=cast.case().person)
    before = hers.count()
    client.get("/schemes/BE/")
    client.post("/compare/", TYPED)
    assert hers.count() == before


# Conditions in words.


def test_a_condition_reads_as_lines_within_lines() -> None:
    said = condition_said(Test(all=("adult", Test(any=("cooperates", Test(not_="threat_to_public_order"))))))
    assert said.text == "All of these:"
    assert said.parts[0] == Said("She is 18 or older")
    assert said.parts[1].text == "One of these:"
    assert [one.text for one in said.parts[1].parts] == [
        "She works with police or courts",
        "Nothing of public order speaks against her stay",
    ]


def test_no_condition_at_all_is_said_in_words() -> None:
    assert "open to everybody" in condition_said(Test(all=())).text
    assert condition_said(Test(any=())) == Said("Nobody.")


def test_one_part_alone_needs_no_list() -> None:
    assert condition_said(Test(all=("adult",))) == Said("She is 18 or older")


def test_the_opposite_of_several_answers_is_the_others() -> None:
    either = Test(fact="nationality_group", in_=("eu", "third_country"))
    assert " or " in condition_said(either).text
    assert condition_said(Test(not_=either)) == condition_said(Test(fact="nationality_group", in_=("national",)))
    assert condition_said(Test(not_=Test(not_=either))) == condition_said(either)
    assert condition_said(Test(fact="adult")) == condition_said("adult")


def test_the_opposite_of_several_conditions_keeps_them_together() -> None:
    several = ("adult", "cooperates")
    assert condition_said(Test(not_=Test(any=several))).text == "None of these:"
    assert condition_said(Test(not_=Test(all=several))).text == "Not all of these together:"


# Side by side.

TYPED = {"countries": ["BE", "FR"], "possible_victim": "yes", "no_contact_with_offenders": "yes"}


def test_countries_stand_side_by_side_for_what_was_typed(sign_in: SignIn) -> None:
    page = sign_in("analyst").post("/compare/", {**TYPED, "with_specialised_centre": "yes"}).content.decode()
    belgium = page[page.index('data-label="Belgium"') :].split("</td>")[0]
    assert "Reflection period" in belgium
    assert "She can have it" in belgium
    assert 'data-label="France"' in page
    assert page.count("Verify with a lawyer before you rely on it.") == 2


def test_what_is_still_to_ask_stands_with_each(sign_in: SignIn) -> None:
    page = sign_in("assigned").post("/compare/", TYPED).content.decode()
    belgium = page[page.index('data-label="Belgium"') :].split("</td>")[0]
    assert "1 question still matters" in belgium
    assert "Is a centre that the state recognises" in belgium


def test_what_settles_it_stands_with_a_no(sign_in: SignIn) -> None:
    typed = {"countries": ["BE"], "no_contact_with_offenders": "no"}
    page = sign_in("assigned").post("/compare/", typed).content.decode()
    belgium = page[page.index('data-label="Belgium"') :].split("</td>")[0]
    assert "Not as things stand" in belgium
    assert "There is still some contact with those who exploited her" in belgium


def test_facts_never_stand_in_an_address(sign_in: SignIn) -> None:
    forms = Markup(sign_in("assigned").get("/compare/").content.decode()).all("form")
    assert {one.get("method") for one in forms} == {"post"}
    asked = sign_in("assigned").get("/compare/", {"possible_victim": "yes", "countries": "BE"}).content.decode()
    assert "data-label" not in asked
    assert not re.search(r'value="yes" selected', asked)


def test_comparing_keeps_nothing(sign_in: SignIn) -> None:
    client = sign_in("assigned")
    client.get("/compare/")
    with CaptureQueriesContext(connection) as asked:
        client.post("/compare/", TYPED)
    assert [one["sql"] for one in asked if one["sql"].startswith(("INSERT", "UPDATE", "DELETE"))] == []


def test_five_countries_are_refused_and_what_was_typed_stays(sign_in: SignIn) -> None:
    typed = {**TYPED, "countries": list(catalogue.countries())[:5]}
    answer = sign_in("assigned").post("/compare/", typed)
    assert answer.status_code == 422 or len(catalogue.countries()) < 5
    assert re.search(r'value="yes" selected', answer.content.decode())


def test_a_day_before_any_rules_is_told_by_country(sign_in: SignIn) -> None:
    page = sign_in("assigned").post("/compare/", {**TYPED, "on": "1999-01-01"}).content.decode()
    assert "We have no rules of Belgium for 1 January 1999." in page


def test_the_law_reads_in_the_readers_language(sign_in: SignIn) -> None:
    client = sign_in("assigned")
    client.cookies["language"] = "it"
    assert "Periodo di riflessione" in client.get("/schemes/BE/").content.decode()
    with translation.override("es"):
        assert condition_said("adult").text == "Tiene 18 años o más"


# Hotlines.


def test_every_member_state_stands_in_the_list_with_numbers_to_dial(sign_in: SignIn) -> None:
    page = _page(sign_in, "/hotlines/", "mediator")
    assert page.count('<section class="a-card">') == 27
    assert 'href="tel:+3225116464"' in page
    assert "These numbers are of 2013" in page
    assert "The sources name no line in this country." in page  # Cyprus


def test_one_country_is_found_and_what_is_none_shows_all(sign_in: SignIn) -> None:
    belgium = _page(sign_in, "/hotlines/?country=BE")
    assert belgium.count('<section class="a-card">') == 1
    for typed in ("XX", "%00", "be", "x" * 500):
        assert _page(sign_in, f"/hotlines/?country={typed}").count('<section class="a-card">') == 27


@pytest.mark.usefixtures("cast")
def test_nobody_learns_of_the_lines_without_signing_in(client: Client) -> None:
    for address in ("/hotlines/", "/schemes/", "/schemes/BE/", "/compare/"):
        answer = client.get(address)
        assert (answer.status_code, answer["Location"].startswith("/accounts/login/")) == (302, True)


def test_a_country_names_whom_to_turn_to(sign_in: SignIn) -> None:
    page = _page(sign_in, "/schemes/BE/")
    assert "Whom to turn to" in page
    assert "Payoke" in page
