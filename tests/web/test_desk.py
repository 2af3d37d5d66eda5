"""The desk on the screen and on paper: what the officer, her team and the letter show, and what they do not."""

import json

import pytest

from amparo.areas.access.models import Alert
from amparo.areas.cases import requesting
from amparo.areas.cases.particulars import open_identity
from amparo.areas.cases.requesting import Answer
from amparo.areas.consent import asked
from amparo.areas.consent.models import AuthorityRequest
from amparo.areas.orgs.models import Organisation
from amparo.kernel import clock
from amparo.kernel.tables import read_csv
from tests.cast import Cast
from tests.desking import decided_request, desk_things
from tests.web.conftest import SignIn

FORMULA = "=HYPERLINK(1)"


def test_her_paper_says_roles_and_no_names_unless_the_house_settled_otherwise(
    cast: Cast, sign_in: SignIn, papers_unset: None
) -> None:
    open_identity(cast.case(), by=cast["assigned"], reason="a letter of the health centre")
    place = f"/cases/{cast.code}/readers/"
    assert "Assigned (Caseworker)" in sign_in("officer").get(place).text
    paper = str(json.loads(sign_in("assigned").post(f"{place}paper/", {"language": "es"}).content))
    assert "Quién leyó tu expediente" in paper
    assert "a letter of the health centre" in paper
    assert "Assigned" not in paper
    assert cast.code not in paper
    Organisation.objects.update(names_readers=True)
    assert "Assigned" in sign_in("assigned").post(f"{place}paper/", {"language": "es"}).text


def test_a_get_takes_nothing_out(cast: Cast, sign_in: SignIn) -> None:
    for place in ("/desk/log/table/", "/desk/disclosures/table/", f"/cases/{cast.code}/readers/paper/"):
        assert sign_in("officer").get(place).status_code == 302


def test_the_log_is_worded_and_taken_out_as_a_table_with_a_mark(cast: Cast, sign_in: SignIn) -> None:
    open_identity(cast.case(), by=cast["assigned"], reason=FORMULA)
    client = sign_in("officer")
    page = client.get("/desk/log/", {"code": cast.code, "does": "opened"})
    assert "Opened her name and contacts" in page.text
    assert FORMULA in page.text
    answer = client.post("/desk/log/table/", {"code": cast.code, "does": "opened"})
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert f"'{FORMULA}" in answer.content.decode()
    rows = read_csv(answer.content)
    assert len(rows) == 3
    assert rows[1][2] == "Assigned"
    assert "Officer" in rows[-1][0]


def test_the_table_of_disclosures_holds_what_the_page_shows(cast: Cast, sign_in: SignIn) -> None:
    number = decided_request(cast.case().person, by=cast["officer"], word="the third station")
    given = Answer(words="She lives here.", on=clock.today(cast["officer"].time_zone), shared=("code",))
    requesting.answer(asked.request_of(cast["officer"], number), given, by=cast["officer"])
    client = sign_in("officer")
    page = client.get("/desk/disclosures/", {"code": cast.code, "ground": "court_order"})
    assert "the third station" in page.text
    for others in ({"code": "2222-222"}, {"ground": "danger_to_life"}):
        assert "the third station" not in client.get("/desk/disclosures/", others).text
    rows = read_csv(client.post("/desk/disclosures/table/", {"code": cast.code}).content)
    assert rows[1][1:3] == [cast.code, "the third station"]


def test_an_alert_is_looked_at_and_says_why_it_is_one(cast: Cast, sign_in: SignIn) -> None:
    things = desk_things(cast.case().person, by=cast["officer"], reader=cast["assigned"], word="a word")
    client, number = sign_in("officer"), things["alert"]
    assert "Worth a look" in client.get("/").text
    page = client.get(f"/desk/alerts/{number}/")
    assert "One woman at night is usually an emergency" in page.text
    once = page.context["once"]
    assert client.post(f"/desk/alerts/{number}/", {"once": once, "outcome": "talked"}).status_code == 422
    told = {"once": once, "outcome": "usual_work", "words": ""}
    assert client.post(f"/desk/alerts/{number}/", told).status_code == 302
    assert Alert.objects.get(pk=number).state == "looked_at"


def test_no_page_of_the_desk_accuses(cast: Cast, sign_in: SignIn) -> None:
    desk_things(cast.case().person, by=cast["officer"], reader=cast["assigned"], word="a word")
    text = sign_in("officer").get("/desk/").text.lower()
    assert "worth a look" in text
    assert [word for word in ("violation", "suspicious", "misuse", "breach") if word in text] == []


def test_a_request_goes_from_the_letter_to_the_answer(cast: Cast, sign_in: SignIn, papers_unset: None) -> None:
    client, today = sign_in("coordinator"), clock.today(cast["coordinator"].time_zone).isoformat()
    came = {"asker": "police", "office": "Third station", "what": "Where does she live?", "channel": "in_person"}
    once = client.get("/requests/new/").context["once"]
    page = client.post("/requests/new/", {**came, "once": once, "received_on": today, "code": cast.code})
    assert page.status_code == 302
    place = page.headers["Location"]

    def send(step: str, **typed: object) -> int:
        form = client.get(f"{place}{step}/")
        version = AuthorityRequest.objects.get().version
        return client.post(f"{place}{step}/", {"once": form.context["once"], "version": version, **typed}).status_code

    assert client.get(f"{place}answer/").status_code == 403
    assert send("basis", basis="none") == 302
    assert send("decision", verdict="minimal", reason="they insist") == 422
    assert send("decision", verdict="nothing", reason="no order") == 302
    assert send("answer", words="We say this of nobody.", on=today) == 302
    letter = client.post(f"{place}letter/").text
    assert "We say this of nobody." in letter
    assert "Third station" in letter
    assert [word for word in (cast.code, "Coordinator", "Zubaida") if word in letter] == []
    assert json.loads(letter)["blocks"]


def test_what_is_due_about_a_request_stands_on_today_of_those_who_handle_it(cast: Cast, sign_in: SignIn) -> None:
    decided_request(cast.case().person, by=cast["officer"], word="the third station")
    for name, shown in (("officer", True), ("coordinator", True), ("assigned", False), ("administrator", False)):
        assert ("Answer a request" in sign_in(name).get("/").text) is shown


def test_the_administrator_sees_nothing_of_it(cast: Cast, sign_in: SignIn) -> None:
    decided_request(cast.case().person, by=cast["officer"], word="the third station")
    client = sign_in("administrator")
    for place in ("/requests/", "/requests/1/", "/desk/", "/desk/log/", "/desk/disclosures/"):
        assert client.get(place).status_code == 403


def test_two_people_at_once_lose_nothing(cast: Cast, sign_in: SignIn) -> None:
    number = decided_request(cast.case().person, by=cast["officer"], word="the third station")
    client = sign_in("officer")
    form = client.get(f"/requests/{number}/decision/")
    seen = asked.request_of(cast["coordinator"], number).version
    AuthorityRequest.objects.update(version=seen + 1)
    typed = {"once": form.context["once"], "version": seen, "verdict": "nothing", "reason": "my long reason"}
    answer = client.post(f"/requests/{number}/decision/", typed)
    assert answer.status_code == 409
    assert "my long reason" in answer.text


@pytest.mark.parametrize(
    "place",
    [
        "/desk/log/?code={}&first={}&member={}&page={}",
        "/desk/disclosures/?code={}&ground={}&page={}",
        "/desk/?state={}&page={}",
        "/requests/?state={}&page={}",
    ],
)
@pytest.mark.parametrize("typed", ["\0", "x" * 500, "-1", "99999999999999999999", "0000-99-99"])
def test_whatever_an_address_asks_no_list_falls_over(cast: Cast, sign_in: SignIn, place: str, typed: str) -> None:
    client = sign_in("officer")
    assert client.get(place.replace("{}", typed)).status_code == 200
