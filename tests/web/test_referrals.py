"""Referrals on the screen: written in any order, found again, decided and answered; closed to all others."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from amparo.areas.cases.queries import case_for
from amparo.areas.intake.models import Referral
from amparo.areas.intake.queries import referral_for
from amparo.areas.intake.rules import Page
from amparo.areas.people.models import Person
from amparo.kernel import clock
from tests.cast import FAMILY_NAME, Cast
from tests.referring import (
    BEHIND,
    CONTACT,
    LEAKS,
    NEVER,
    NEWCOMER,
    NEWCOMER_FAMILY,
    REASON,
    SIX,
    accepted,
    in_days,
    referred,
)
from tests.web.conftest import SignIn

OUTSIDE = ["lawyer", "psychologist", "mediator", "facilitator", "analyst", "officer", "administrator"]
ELSEWHERE = ["stranger", "foreign_coordinator"]
PAGES = ["", "sender/", "about/", "reason/", "needs/", "told/", "reach/", "six/"]
DECIDING = ["decide/", "answer/"]


def _leaks(text: str) -> list[str]:
    return [word for word in LEAKS if word in text]


@pytest.mark.parametrize("name", [*OUTSIDE, "untrained"])
def test_other_roles_have_no_referrals(cast: Cast, sign_in: SignIn, name: str) -> None:
    number = referred(cast["hotline"])
    client = sign_in(name)
    for address in ("/referrals/", "/referrals/new/", *(f"/referrals/{number}/{page}" for page in PAGES + DECIDING)):
        page = client.get(address)
        assert page.status_code == 403, address
        assert not _leaks(page.text)


@pytest.mark.parametrize("name", ELSEWHERE)
def test_another_organisation_finds_nothing(cast: Cast, sign_in: SignIn, name: str) -> None:
    number = referred(cast["hotline"])
    client = sign_in(name)
    for page in PAGES + DECIDING:
        answer = client.get(f"/referrals/{number}/{page}")
        assert (answer.status_code, _leaks(answer.text)) == (404, []), page
    assert not _leaks(client.get("/referrals/").text)
    assert client.post(f"/referrals/{number}/hand-in/").status_code == 404


def test_nobody_signed_in_is_sent_to_sign_in(cast: Cast) -> None:
    number = referred(cast["hotline"])
    for page in PAGES + DECIDING:
        assert Client().get(f"/referrals/{number}/{page}").status_code == 302


@pytest.mark.parametrize("name", ["hotline", "colleague", "coordinator"])
def test_who_takes_referrals_in_reads_every_page_of_the_own_ones(cast: Cast, sign_in: SignIn, name: str) -> None:
    number = referred(cast["hotline"])
    client = sign_in(name)
    pages = {page: client.get(f"/referrals/{number}/{page}") for page in PAGES}
    assert {page.status_code for page in pages.values()} == {200}
    shown = {"sender/": CONTACT, "reason/": REASON, "reach/": NEVER, "six/": BEHIND, "about/": NEWCOMER}
    assert all(word in pages[page].text for page, word in shown.items())
    assert NEWCOMER_FAMILY not in pages["about/"].text


def test_an_operator_sees_nothing_of_what_others_took_in_and_decides_nothing(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("hotline")
    theirs, own = referred(cast["colleague"]), referred(cast["hotline"])
    assert client.get(f"/referrals/{theirs}/").status_code == 404
    assert not client.get("/referrals/").text.count(Person.objects.get(referrals=theirs).code)
    assert client.get(f"/referrals/{own}/decide/").status_code == 403
    assert client.post(f"/referrals/{own}/known/", {"known": cast.code}).status_code in (302, 403)
    assert not referral_for(cast["colleague"], own).known_before


def test_once_decided_an_operator_sees_that_and_no_more(cast: Cast, sign_in: SignIn) -> None:
    number = referred(cast["hotline"])
    code = accepted(cast["colleague"], number).code
    client = sign_in("hotline")
    page = client.get("/referrals/")
    assert code in page.text
    assert "Accepted" in page.text
    assert not _leaks(page.text)
    assert client.get(f"/referrals/{number}/").status_code == 404
    assert client.get(f"/cases/{code}/referral/").status_code == 403


def test_an_accepted_referral_is_read_by_her_team_and_no_longer_by_all(cast: Cast, sign_in: SignIn) -> None:
    number = referred(cast["hotline"])
    code = accepted(cast["colleague"], number).code
    page = sign_in("colleague").get(f"/cases/{code}/referral/")
    assert {CONTACT, REASON, BEHIND, NEVER} <= set(_leaks(page.text))
    assert sign_in("assigned").get(f"/cases/{code}/referral/").status_code == 404
    assert sign_in("assigned").get(f"/referrals/{number}/").status_code == 404
    answering = sign_in("assigned").get(f"/referrals/{number}/answer/")
    assert answering.status_code == 200
    assert _leaks(answering.text) == [CONTACT]


def test_the_mediator_of_her_team_does_not_read_how_she_came(cast: Cast, sign_in: SignIn) -> None:
    for address in ("referral/", "interview/", "interview/book/", "six/"):
        assert sign_in("mediator").get(f"/cases/{cast.code}/{address}").status_code == 403


def test_a_referral_is_written_in_any_order_and_handed_in(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("hotline")
    start = client.get("/referrals/new/").context["start_once"]
    address = client.post("/referrals/start/", {"once": start}).headers["Location"]
    assert client.post("/referrals/start/", {"once": start}).headers["Location"] == address
    assert Referral.objects.count() == 1
    posted = {"version": "0", "recent_threats": "yes", "recent_threats_behind": "By phone on Monday."}
    assert client.post(f"{address}six/", posted).status_code == 302
    assert "1 of 6" in client.get(address).text
    assert "By phone on Monday." in client.get(f"{address}six/").text
    assert client.post(f"{address}hand-in/").headers["Location"] == address
    assert client.post(f"{address}sender/", {"version": "0", "sender_kind": "self"}).status_code == 302
    assert client.post(f"{address}hand-in/").headers["Location"] == "/referrals/"
    assert "1 to decide" in sign_in("coordinator").get("/").text


def test_everything_about_her_is_kept_where_it_belongs(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("colleague")
    number = referred(cast["colleague"])
    posted = {
        "version": "1",
        "called": "Nadia",
        "birth_year": "1999",
        "languages": ["bg", "ro"],
        "interpreter": "unknown",
        "citizenship": "BG",
        "other_citizenship": "BG",
        "children": "2",
        "children_words": "With her mother.",
        "phone": "600 777 888",
    }
    assert client.post(f"/referrals/{number}/about/", posted).status_code == 302
    person = Person.objects.get(referrals=number)
    assert (person.birth_year, person.languages, person.citizenships) == (1999, ["bg", "ro"], ["BG"])
    shown = client.get(f"/referrals/{number}/about/").text
    assert "Nadia" in shown
    assert "With her mother." in shown
    assert "600 777 888" not in shown
    found = client.post("/referrals/new/", {"typed": "600777888"}).text
    assert person.code in found
    assert person.code in client.post("/referrals/new/", {"typed": NEWCOMER_FAMILY}).text


def test_a_wrong_page_comes_back_with_what_was_typed(cast: Cast, sign_in: SignIn) -> None:
    number = referred(cast["colleague"])
    posted = {"version": "1", "received_on": "31/31/2026", "contact": "keep me"}
    page = sign_in("colleague").post(f"/referrals/{number}/sender/", posted)
    assert page.status_code == 422
    assert "keep me" in page.text


def test_a_colleagues_change_stands_beside_ones_own_and_the_second_save_counts(cast: Cast, sign_in: SignIn) -> None:
    number = referred(cast["colleague"])
    client, other = sign_in("colleague"), sign_in("assigned")
    address = f"/referrals/{number}/needs/"
    assert other.post(address, {"version": "1", "urgent_needs": ["clothing"], "needs": "a coat"}).status_code == 302
    page = client.post(address, {"version": "1", "urgent_needs": ["food"], "needs": "milk"})
    assert page.status_code == 409
    assert {"a coat", "milk", "Clothing"} <= {word for word in ("a coat", "milk", "Clothing") if word in page.text}
    version = page.context["form"]["version"].value()
    again = {"once": page.context["once"], "version": version, "urgent_needs": ["food"], "needs": "milk and a coat"}
    assert client.post(address, again).status_code == 302
    assert referral_for(cast["colleague"], number).words[Page.NEEDS] == {"needs": "milk and a coat"}


def test_a_known_woman_is_found_and_linked_and_not_entered_twice(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("colleague")
    before = Person.objects.count()
    for typed in (cast.code, FAMILY_NAME, "+34 600 123 987"):
        assert cast.code in client.post("/referrals/new/", {"typed": typed}).text, typed
    page = client.post("/referrals/new/", {"typed": FAMILY_NAME})
    started = client.post("/referrals/start/", {"once": page.context["start_once"], "known": cast.code})
    assert Person.objects.count() == before
    about = client.get(f"{started.headers['Location']}about/")
    assert "given_names" not in about.text
    assert "Zubaida" not in about.text


def test_whether_a_name_is_known_is_not_told_to_an_operator(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("hotline")
    assert cast.code not in client.post("/referrals/new/", {"typed": FAMILY_NAME}).text
    assert cast.code in client.post("/referrals/new/", {"typed": cast.code}).text


def test_a_code_of_another_organisation_starts_nothing(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("stranger")
    assert cast.code not in client.post("/referrals/new/", {"typed": cast.code}).text.replace(
        f'value="{cast.code}"', ""
    )
    assert client.post("/referrals/start/", {"known": cast.code}).status_code == 404
    assert not Referral.objects.exists()


def test_deciding_shows_all_that_calls_for_care_and_leads_to_the_answer(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("coordinator")
    number = referred(cast["hotline"], six={**SIX, "imminent_danger": "yes", "may_meet_others": "no"})
    page = client.get(f"/referrals/{number}/decide/")
    assert {CONTACT, REASON, BEHIND, NEVER, NEWCOMER} <= set(_leaks(page.text))
    assert NEWCOMER_FAMILY not in page.text
    assert "She may be in danger now" in page.text
    posted = {"verdict": "accept", "accept_reason": "urgent", "referent": str(cast["colleague"].member)}
    answer = client.post(f"/referrals/{number}/decide/", posted)
    assert answer.headers["Location"] == f"/referrals/{number}/answer/"
    code = Person.objects.get(referrals=number).code
    assert case_for(cast["colleague"], code).referent == cast["colleague"].member
    assert "Read how she came to you" in sign_in("colleague").get("/").text
    assert client.get(f"/referrals/{number}/decide/").status_code == 404


@pytest.mark.parametrize(
    ("posted", "missing"),
    [
        ({"verdict": "accept", "accept_reason": "fits"}, "referent"),
        ({"verdict": "redirect", "redirect_reason": "other", "words": "why we"}, "where_to"),
        ({"verdict": "wait", "wait_until": "2031-01-01", "words": "why we"}, "wait_reason"),
        ({"words": "why we"}, "verdict"),
    ],
)
def test_a_decision_without_its_reason_comes_back(
    cast: Cast, sign_in: SignIn, posted: dict[str, str], missing: str
) -> None:
    number = referred(cast["hotline"])
    page = sign_in("colleague").post(f"/referrals/{number}/decide/", posted)
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [missing]
    assert posted.get("words", "") in page.text


def test_a_waiting_day_that_has_passed_is_refused_and_nothing_lost(cast: Cast, sign_in: SignIn) -> None:
    number = referred(cast["hotline"])
    posted = {"verdict": "wait", "wait_reason": "no_place", "wait_until": "2020-01-01", "words": "typed with care"}
    page = sign_in("colleague").post(f"/referrals/{number}/decide/", posted)
    assert page.status_code == 422
    assert "typed with care" in page.text


def test_an_answer_is_drafted_recorded_and_printed_without_her_name(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("colleague")
    number = referred(cast["hotline"])
    posted = {"verdict": "redirect", "redirect_reason": "closer_service", "where_to": "Casa Sol"}
    address = client.post(f"/referrals/{number}/decide/", posted).headers["Location"]
    draft = client.get(address).context["form"]["text"].value()
    assert "Casa Sol" in draft
    client.post(address, {"text": draft, "way": "phone", "on": "2026-03-05"})
    letter = client.get(f"{address}{client.get(address).context['replies'][0][0].id}/")
    assert letter.status_code == 200
    assert {"Casa Sol", CONTACT} <= {word for word in ("Casa Sol", CONTACT) if word in letter.text}
    assert _leaks(letter.text) == [CONTACT]
    assert client.get(f"{address}99999/").status_code == 404
    paper = client.get(f"{letter.request['PATH_INFO']}pdf/")
    assert paper.headers["Content-Type"] == "application/pdf"
    printed = " ".join(PdfReader(BytesIO(paper.content)).pages[0].extract_text().split())
    assert "Casa Sol" in printed
    assert _leaks(printed) == [CONTACT]


def test_another_organisation_prints_no_answer(cast: Cast, sign_in: SignIn) -> None:
    number = referred(cast["hotline"])
    accepted(cast["colleague"], number)
    client = sign_in("colleague")
    client.post(f"/referrals/{number}/answer/", {"text": "canary-answer", "way": "phone", "on": "2026-03-05"})
    reply = client.get(f"/referrals/{number}/answer/").context["replies"][0][0].id
    assert sign_in("stranger").get(f"/referrals/{number}/answer/{reply}/").status_code == 404
    assert sign_in("hotline").get(f"/referrals/{number}/answer/{reply}/").status_code == 403


def test_it_is_her_joins_the_draft_with_her_code(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("colleague")
    number = referred(cast["hotline"])
    client.post(
        f"/referrals/{number}/about/", {"version": "1", "family_names": FAMILY_NAME, "given_names": "Ana María"}
    )
    page = client.get(f"/referrals/{number}/decide/")
    assert cast.code in page.text
    assert client.post(f"/referrals/{number}/known/", {"known": cast.code}).status_code == 302
    assert referral_for(cast["colleague"], number).code == cast.code
    assert client.post(f"/referrals/{number}/known/", {"known": "2222-222"}).status_code == 404


def test_a_button_pressed_by_address_changes_nothing(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("colleague")
    number = referred(cast["hotline"], hand_in=False)
    for button in ("hand-in/", "known/"):
        assert client.get(f"/referrals/{number}/{button}").status_code == 302
    assert client.get("/referrals/start/").status_code == 302
    assert referral_for(cast["colleague"], number).state == "draft"


def test_the_first_interview_from_the_six_questions_to_her_yes(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("colleague")
    code = accepted(cast["colleague"], referred(cast["hotline"], six={})).code
    case = f"/cases/{code}/"
    assert client.get(f"{case}interview/book/").status_code == 403
    assert "6 of the six safety questions are open" in client.get(f"{case}interview/").text
    six = {**dict.fromkeys(SIX, "asked_not_known"), "version": "1"}
    assert client.post(f"{case}six/", six).headers["Location"] == f"{case}interview/"
    at = (clock.now() + timedelta(days=2)).strftime("%Y-%m-%dT10:00")
    booking = {"at": at, "member": str(cast["colleague"].member), "interpreter": "none", "prepared": ["safe_place"]}
    refused = client.post(f"{case}interview/book/", {**booking, "meeting_point": "Calle Mayor 5"})
    assert refused.status_code == 422
    assert "looks like an address" in refused.text
    booking = {**booking, "meeting_point": "Metro Sants"}
    assert client.post(f"{case}interview/book/", booking).status_code == 422
    sure = ["safe_place", "alone", "one_professional", "agreed_contact"]
    assert client.post(f"{case}interview/book/", {**booking, "prepared": sure}).status_code == 302
    assert "Metro Sants" in client.get(f"{case}interview/").text
    assert "First interview" in client.get("/").text
    number = client.get(f"{case}interview/").context["coming"]["interview"].id
    said = {"answer": "yes", "her_words": "I want to learn.", "version": "1"}
    assert client.post(f"{case}interview/{number}/answer/", said).status_code == 302
    assert case_for(cast["colleague"], code).status == "accompanied"
    assert "I want to learn." in client.get(f"{case}interview/").text
    assert client.get(f"{case}interview/book/").status_code == 403


@pytest.mark.parametrize("name", ["assigned", "stranger", "hotline", "lawyer"])
def test_others_neither_see_nor_answer_a_first_interview(cast: Cast, sign_in: SignIn, name: str) -> None:
    code = accepted(cast["colleague"], referred(cast["hotline"])).code
    for address in ("referral/", "six/", "interview/", "interview/book/", "interview/1/answer/"):
        page = sign_in(name).get(f"/cases/{code}/{address}")
        assert page.status_code in (403, 404)
        assert not _leaks(page.text)


def test_the_list_asks_the_database_as_often_for_thirty_as_for_one(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("colleague")
    referred(cast["hotline"])
    client.get("/referrals/")
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get("/referrals/").status_code == 200
        counts.append(len(asked))
        for _more in range(29 if len(counts) == 1 else 0):
            referred(cast["hotline"])
    assert counts[0] == counts[1]


def test_the_decided_ones_stand_on_pages(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("colleague")
    for _ in range(26):
        number = referred(cast["hotline"])
        Referral.objects.filter(pk=number).update(state="redirected", received_on=in_days(-1))
    assert "?page=2" in client.get("/referrals/").text
    assert "?page=1" in client.get("/referrals/?page=2").text


@pytest.mark.parametrize("name", ["hotline", "colleague", "coordinator"])
def test_a_draft_is_discarded_with_a_reason_by_who_writes_or_decides(cast: Cast, sign_in: SignIn, name: str) -> None:
    number = referred(cast["hotline"], hand_in=False)
    client, address = sign_in(name), f"/referrals/{number}/discard/"
    assert address in client.get(f"/referrals/{number}/").text
    assert client.post(address, {"why": ""}).status_code == 422
    done = client.post(address, {"why": "mistake"}, follow=True)
    assert "What was typed is erased." in done.text
    assert client.get(f"/referrals/{number}/").status_code == 404


def test_a_draft_about_a_woman_in_danger_says_so_before_it_is_discarded(cast: Cast, sign_in: SignIn) -> None:
    number = referred(cast["hotline"], six={**SIX, "imminent_danger": "yes"}, hand_in=False)
    assert "Protection comes first" in sign_in("hotline").get(f"/referrals/{number}/discard/").text
