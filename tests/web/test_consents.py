"""Consents on the screen: who sees what, one page each, and taking back is one button."""

from base64 import b64encode
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pypdf import PdfReader

from amparo.areas.cases import consenting
from amparo.areas.cases.models import Case
from amparo.areas.cases.rules import Status
from amparo.areas.consent.actions import Asked, Passed, Said
from amparo.areas.consent.models import ConsentAnswer, Disclosure
from amparo.areas.consent.rules import Answer, Ground
from amparo.areas.people.models import Person
from amparo.kernel import clock
from tests.cast import CALLED, FAMILY_NAME, Cast
from tests.consenting import png
from tests.web.conftest import SignIn

RECIPIENT = "canary-recipient"
CONDITION = "canary-condition"
WHY = "canary-why"
TODAY = clock.today("Europe/Madrid")


@pytest.fixture
def hers(cast: Cast) -> Cast:
    Case.objects.filter(pk=cast.case_number).update(status=Status.ACCOMPANIED)
    said = Said(
        answer=Answer.GIVEN, on=TODAY, language="ro", shared=("code",), conditions=CONDITION, witness="canary-witness"
    )
    partner = Asked("partner_referral", recipient=RECIPIENT, recipient_kind="shelter")
    number = consenting.record_answer(cast.case(), partner, said, by=cast["assigned"])
    passed = Passed(ground=Ground.CONSENT, consent=number, shared=("code",), on=TODAY, why=WHY)
    consenting.record_disclosure(cast.case(), passed, by=cast["assigned"])
    return cast


def consent_number() -> int:
    return ConsentAnswer.objects.values_list("consent", flat=True)[0]


def pages(cast: Cast) -> dict[str, str]:
    here, one = f"/cases/{cast.code}/consents/", consent_number()
    return {
        "all": here,
        "one": f"{here}{one}/",
        "hers": f"{here}hers/",
        "her one": f"{here}{one}/hers/",
        "passed on": f"/cases/{cast.code}/disclosures/",
    }


def writing(cast: Cast) -> list[str]:
    here, one = f"/cases/{cast.code}/consents/", consent_number()
    number = Disclosure.objects.get().pk
    return [
        f"{here}ask/taking_part/",
        f"{here}ways/contact_by/",
        f"{here}ways/contact_by/call/",
        f"{here}{one}/ask/",
        f"/cases/{cast.code}/disclosures/new/",
        f"/cases/{cast.code}/disclosures/{number}/told/",
    ]


@pytest.mark.parametrize("name", ["assigned", "psychologist", "lawyer", "mediator", "coordinator", "officer"])
def test_who_reads_consents_sees_what_she_agreed_to_and_what_was_passed_on(
    hers: Cast, sign_in: SignIn, name: str
) -> None:
    client = sign_in(name)
    found = {title: client.get(address) for title, address in pages(hers).items()}
    assert {page.status_code for page in found.values()} == {200}
    assert RECIPIENT in found["all"].text
    assert CONDITION in found["one"].text
    assert CONDITION in found["hers"].text
    assert WHY in found["passed on"].text


@pytest.mark.parametrize(
    "name",
    ["colleague", "stranger", "foreign_coordinator", "facilitator", "hotline", "analyst", "administrator", "untrained"],
)
def test_for_others_there_is_nothing(hers: Cast, sign_in: SignIn, name: str) -> None:
    client = sign_in(name)
    for address in (*pages(hers).values(), *writing(hers), f"{pages(hers)['hers']}paper/"):
        page = client.get(address)
        assert page.status_code in (403, 404), address
        for canary in (RECIPIENT, CONDITION, WHY, CALLED):
            assert canary not in page.text


@pytest.mark.parametrize("name", ["psychologist", "lawyer", "mediator", "coordinator", "officer"])
def test_who_only_reads_consents_writes_none(hers: Cast, sign_in: SignIn, name: str) -> None:
    client = sign_in(name)
    for address in writing(hers):
        assert client.get(address).status_code == 403, address
        assert client.post(address, {}).status_code == 403, address


def test_the_assigned_worker_opens_every_page(hers: Cast, sign_in: SignIn) -> None:
    client = sign_in("assigned")
    for address in writing(hers):
        page = client.get(address)
        assert page.status_code == 200, address
        assert FAMILY_NAME not in page.text


@pytest.mark.parametrize("name", ["assigned", "mediator", "psychologist", "lawyer", "coordinator"])
def test_she_takes_it_back_with_one_button_by_whoever_she_tells(hers: Cast, sign_in: SignIn, name: str) -> None:
    client = sign_in(name)
    button = f"/cases/{hers.code}/consents/{consent_number()}/withdraw/"
    assert button in client.get(pages(hers)["all"]).text
    page = client.post(button, follow=True)
    assert "She took it back" in page.text
    assert "Ask them to erase what they have" in page.text
    assert button not in client.get(pages(hers)["all"]).text


@pytest.mark.parametrize("name", ["officer", "colleague", "stranger", "administrator"])
def test_others_take_nothing_back(hers: Cast, sign_in: SignIn, name: str) -> None:
    answer = sign_in(name).post(f"/cases/{hers.code}/consents/{consent_number()}/withdraw/")
    assert answer.status_code in (403, 404)
    assert ConsentAnswer.objects.count() == 1


def test_taking_back_by_a_link_does_nothing(hers: Cast, sign_in: SignIn) -> None:
    sign_in("assigned").get(f"/cases/{hers.code}/consents/{consent_number()}/withdraw/")
    assert ConsentAnswer.objects.count() == 1


def test_before_her_yes_the_page_says_why_nothing_is_signed(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("assigned")
    page = client.get(f"/cases/{cast.code}/consents/")
    assert "First she says yes to being accompanied" in page.text
    assert "/consents/ask/" not in page.text
    asked = client.get(f"/cases/{cast.code}/consents/ask/taking_part/")
    assert "Do you want us to accompany you?" in asked.text
    assert 'name="answer"' not in asked.text
    refused = client.post(f"/cases/{cast.code}/consents/ask/taking_part/", answered())
    assert refused.status_code == 422
    assert "First she says yes to being accompanied" in refused.text


def answered(**changes: Any) -> dict[str, Any]:
    return {
        "answer": "given",
        "on": TODAY.isoformat(),
        "until": "",
        "language": "ro",
        "interpreted": "nobody",
        "explained": ["read_together"],
        "conditions": "her-own-condition",
        "proof": "word",
        "witness": "Somebody",
        **changes,
    }


def ask(client: Client, cast: Cast, purpose: str = "taking_part", **changes: Any) -> Any:
    return client.post(f"/cases/{cast.code}/consents/ask/{purpose}/", answered(**changes))


def test_the_text_stands_in_her_language_beside_the_readers(hers: Cast, sign_in: SignIn) -> None:
    page = sign_in("assigned").get(f"/cases/{hers.code}/consents/ask/taking_part/")
    assert "Vrei să te însoțim?" in page.text
    assert "Do you want us to accompany you?" in page.text
    page = sign_in("assigned").get(f"/cases/{hers.code}/consents/ask/taking_part/?language=it")
    assert "Vuoi che ti accompagniamo?" in page.text


def test_where_no_text_is_in_a_language_of_hers_the_page_says_who_reads_it_to_her(hers: Cast, sign_in: SignIn) -> None:
    Person.objects.filter(code=hers.code).update(languages=["ka"])
    page = sign_in("assigned").get(f"/cases/{hers.code}/consents/ask/taking_part/")
    assert "There is no text in a language of hers yet." in page.text


def test_her_answer_is_saved_and_shown(hers: Cast, sign_in: SignIn) -> None:
    client = sign_in("assigned")
    saved = ask(client, hers)
    page = client.get(saved.headers["Location"])
    assert "She said yes" in page.text
    assert "her-own-condition" in page.text


def test_a_signature_is_drawn_and_opens_again_for_the_team_only(hers: Cast, sign_in: SignIn) -> None:
    client = sign_in("assigned")
    drawn = "data:image/png;base64," + b64encode(png()).decode()
    saved = ask(client, hers, proof="drawn", signature=drawn)
    assert saved.status_code == 302
    number = ConsentAnswer.objects.order_by("-pk")[0].pk
    address = f"/cases/{hers.code}/consents/signatures/{number}/"
    assert address in client.get(saved.headers["Location"]).text
    picture = client.get(f"{address}picture/")
    assert f"{address}picture/" in client.get(address).text
    assert picture.headers["Content-Type"] == "image/png"
    assert picture.headers["Cache-Control"] == "no-store, private"
    assert picture.content.startswith(b"\x89PNG")
    for name in ("colleague", "stranger", "administrator"):
        assert sign_in(name).get(f"{address}picture/").status_code in (403, 404)
    assert client.get(f"/cases/{hers.code}/consents/signatures/{number - 1}/").status_code == 404


def test_a_signed_paper_is_added_as_a_photograph(hers: Cast, sign_in: SignIn) -> None:
    paper = SimpleUploadedFile("scan.png", png(), "image/png")
    assert ask(sign_in("assigned"), hers, proof="paper", paper=paper).status_code == 302


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"proof": "drawn"}, "Her signature is missing"),
        ({"proof": "drawn", "signature": "data:text/html,x"}, "did not arrive whole"),
        ({"proof": "drawn", "signature": "data:image/png;base64,AAAA"}, "not a picture"),
        ({"proof": "paper", "paper": SimpleUploadedFile("a.png", b"<html>")}, "not a picture"),
        ({"proof": ""}, "Please choose an answer"),
        ({"witness": ""}, "Who else heard her yes?"),
        ({"language": "zh"}, "not among those she understands"),
        ({"on": (TODAY + timedelta(days=2)).isoformat()}, "still to come"),
        ({"on": "31/31/2026"}, "valid date"),
        ({"until": (TODAY + timedelta(days=2000)).isoformat()}, "earlier"),
    ],
)
def test_a_wrong_answer_comes_back_with_what_was_typed(
    hers: Cast, sign_in: SignIn, changes: dict[str, Any], told: str
) -> None:
    page = ask(sign_in("assigned"), hers, **changes)
    assert page.status_code == 422
    assert told in page.text
    assert "her-own-condition" in page.text
    assert ConsentAnswer.objects.count() == 1


def test_a_no_needs_no_proof(hers: Cast, sign_in: SignIn) -> None:
    assert ask(sign_in("assigned"), hers, answer="refused", proof="", witness="").status_code == 302


@pytest.mark.parametrize(
    "address",
    ["ask/nothing/", "ask/contact_by/", "ways/contact_by/social_media/", "ways/taking_part/", "999999/", "999999/ask/"],
)
def test_what_nobody_asks_for_is_not_there(hers: Cast, sign_in: SignIn, address: str) -> None:
    assert sign_in("assigned").get(f"/cases/{hers.code}/consents/{address}").status_code == 404


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("es", ["Lo que decidiste", "Para quién", "Si cambias de opinión"]),
        ("it", ["Che cosa hai deciso", "Per chi", "Se cambi idea"]),
        ("ro", ["Ce ai hotărât", "Dacă te răzgândești"]),
    ],
)
def test_her_copy_is_a_paper_in_her_language(hers: Cast, sign_in: SignIn, language: str, words: list[str]) -> None:
    answer = sign_in("assigned").get(f"/cases/{hers.code}/consents/hers/paper/?language={language}")
    assert answer.headers["Content-Type"] == "application/pdf"
    paper = PdfReader(BytesIO(answer.content))
    found = " ".join(" ".join(page.extract_text() for page in paper.pages).split())
    for word in (*words, RECIPIENT, CONDITION):
        assert word in found
    assert paper.trailer["/Root"]["/Lang"] == language
    for betrays in ("Here House", hers.code, CALLED, FAMILY_NAME):
        assert betrays not in found


def test_our_name_stands_on_her_copy_only_where_she_wants_it(hers: Cast, sign_in: SignIn) -> None:
    client = sign_in("assigned")
    address = f"/cases/{hers.code}/consents/{consent_number()}/hers/paper/?name=1"
    paper = PdfReader(BytesIO(client.get(address).content))
    assert "Here House" in paper.pages[0].extract_text()


def test_pages_ask_the_database_the_same_for_one_consent_and_for_thirty(
    hers: Cast, sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    client = sign_in("assigned")
    addresses = [pages(hers)["all"], pages(hers)["hers"], pages(hers)["passed on"]]
    counts = []
    for _round in range(2):
        for address in addresses:
            client.get(address)
            with django_assert_max_num_queries(60) as asked:
                client.get(address)
            counts.append(len(asked))
        for number in range(30):
            said = Said(answer=Answer.GIVEN, on=TODAY, language="ro", shared=("code",), witness="x")
            other = Asked("partner_referral", recipient=f"Partner {number}", recipient_kind="legal")
            consent = consenting.record_answer(hers.case(), other, said, by=hers["assigned"])
            passed = Passed(ground=Ground.CONSENT, consent=consent, shared=("code",), on=TODAY)
            consenting.record_disclosure(hers.case(), passed, by=hers["assigned"])
    assert counts[:3] == counts[3:]


def passed_on(**changes: Any) -> dict[str, Any]:
    return {
        "ground": "danger_to_life",
        "recipient": "Emergency line",
        "recipient_kind": "police",
        "shared": ["name"],
        "why": "typed-why",
        "on": TODAY.isoformat(),
        "knowing": "not_yet",
        **changes,
    }


def note(client: Client, cast: Cast, **changes: Any) -> Any:
    return client.post(f"/cases/{cast.code}/disclosures/new/", passed_on(**changes))


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"ground": "other"}, "only danger to life or a court"),
        ({"ground": "court_order", "why": ""}, "which order of which court"),
        ({"recipient": ""}, "Please fill this in"),
        ({"knowing": "told"}, "On which day was she told?"),
        ({"knowing": "endangers"}, "put her in danger"),
        ({"shared": []}, "choose an answer"),
        ({"ground": "consent:999999"}, "choice"),
    ],
)
def test_what_no_ground_opens_is_refused_with_the_way_out(
    hers: Cast, sign_in: SignIn, changes: dict[str, Any], told: str
) -> None:
    page = note(sign_in("assigned"), hers, **changes)
    assert page.status_code == 422
    assert told in page.text
    assert Disclosure.objects.count() == 1


def test_more_than_she_agreed_to_is_refused_and_after_she_took_it_back_everything(hers: Cast, sign_in: SignIn) -> None:
    client = sign_in("assigned")
    ground = f"consent:{consent_number()}"
    assert "does not include all of this" in note(client, hers, ground=ground, shared=["code", "health"]).text
    assert note(client, hers, ground=ground, shared=["code"]).status_code == 302
    consenting.withdraw_consent(hers.case(), consent_number(), by=hers["assigned"])
    assert "She withdrew her yes" in note(client, hers, ground=ground, shared=["code"]).text


def test_what_she_does_not_know_yet_is_told_and_noted(hers: Cast, sign_in: SignIn) -> None:
    client = sign_in("assigned")
    assert "Tell her what was passed on" in client.get("/").text
    address = f"/cases/{hers.code}/disclosures/{Disclosure.objects.get().pk}/told/"
    assert client.post(address, {"told_on": TODAY.isoformat()}).status_code == 302
    assert "Tell her what was passed on" not in client.get("/").text
    assert "She knows" in client.get(pages(hers)["passed on"]).text


def test_history_tells_what_happened_without_names(hers: Cast, sign_in: SignIn) -> None:
    client = sign_in("assigned")
    page = client.get(f"/cases/{hers.code}/history/").text
    assert "She said yes: Telling another service about you (Shelter or housing)" in page
    assert "Passed on, on this ground: Her yes" in page
    for canary in (RECIPIENT, CONDITION, WHY):
        assert canary not in page


def test_what_she_can_still_be_asked_is_folded_away_from_what_she_answered(cast: Cast, sign_in: SignIn) -> None:
    Case.objects.filter(pk=cast.case_number).update(status=Status.ACCOMPANIED)
    client, page = sign_in("assigned"), f"/cases/{cast.code}/consents/"
    fresh = client.get(page).text
    assert "/consents/ask/taking_part/" in fresh
    assert "<details" not in fresh.partition("Passed on")[0].partition("<h1")[2]
    ask(client, cast)
    answered_, _, folded = client.get(page).text.partition("<h1")[2].partition("<details")
    assert "She said yes" in answered_
    assert "/consents/ask/taking_part/" not in answered_ + folded
    assert "/consents/ask/group_work/" in folded
    assert "/consents/ask/group_work/" not in sign_in("lawyer").get(page).text
