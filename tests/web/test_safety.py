"""The pages of safety: who sees them, the way from a change to a decision, and that nothing typed is lost."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from amparo.areas.access.rules import Viewer
from amparo.areas.safety import actions, planning, queries
from amparo.areas.safety.actions import Filled, Happened
from amparo.areas.safety.planning import Chosen, PlanWords
from amparo.kernel import clock
from tests.cast import CALLED, Cast
from tests.web.conftest import SignIn

CANARIES = ("canary-her-words", "canary-remark", "canary-note", "canary-happened", "canary-done", "canary-steps",
            "canary-team", "canary-call", "canary-wish", "canary-measure")  # fmt: skip


def fill(cast: Cast) -> dict[str, int]:
    """Something of everything, each with words that could leak; gives the numbers."""
    by, case = cast["assigned"], cast.case()
    first = actions.start_assessment(case, by=by)
    filled = Filled(
        hers={"imminent_danger": "no"},
        theirs={"imminent_danger": "yes"},
        words={"imminent_danger": ("canary-her-words", "canary-remark")},
    )
    actions.save_answers(case, first, by=by, area="now", filled=filled, seen=0)
    actions.decide_level(case, first, by=by, level="high", reason="", version=2)
    actions.note_change(case, by=by, trigger="move", note="canary-note")
    what = Happened("threat", datetime(2026, 5, 1, tzinfo=UTC), "yes", (), "canary-happened", "canary-done")
    incident = actions.report_incident(case, by=by, what=what)
    words = PlanWords("canary-steps", "canary-team", "canary-call: +34 600 000 111", "canary-wish", "yes")
    chosen = Chosen(frozenset({"code_word", "protected_place"}), added=(("prepare", "canary-measure"),))
    planning.write_plan(case, by=by, words=words, chosen=chosen, seen=0)
    plan = queries.plan_of(by, case)
    assert plan is not None
    draft = actions.start_assessment(case, by=by)
    change = queries.changes_waiting(by, case)[0].id
    return {
        "decided": first,
        "draft": draft,
        "incident": incident,
        "change": change,
        "measure": plan.at("prepare")[0].id,
    }


def reading(cast: Cast, numbers: dict[str, int]) -> list[str]:
    base = f"/cases/{cast.code}/safety/"
    return [
        base,
        f"{base}assess/{numbers['decided']}/",
        f"{base}assess/{numbers['draft']}/",
        f"{base}incidents/{numbers['incident']}/",
        f"{base}plan/versions/1/",
        f"{base}plan/sheet/",
        f"{base}plan/sheet.pdf",
    ]


def writing(cast: Cast, numbers: dict[str, int]) -> list[str]:
    base = f"/cases/{cast.code}/safety/"
    return [
        f"{base}assess/{numbers['draft']}/now/",
        f"{base}assess/{numbers['draft']}/decide/",
        f"{base}changed/more/",
        f"{base}incidents/new/",
        f"{base}incidents/{numbers['incident']}/more/",
        f"{base}plan/",
        f"{base}measures/{numbers['measure']}/",
    ]


def pressing(cast: Cast, numbers: dict[str, int]) -> list[str]:
    base = f"/cases/{cast.code}/safety/"
    return [
        f"{base}assess/",
        f"{base}changed/",
        f"{base}changed/{numbers['change']}/back/",
        f"{base}measures/{numbers['measure']}/done/",
    ]


@pytest.mark.parametrize("name", ["assigned", "psychologist"])
def test_who_works_on_her_safety_opens_every_page(cast: Cast, sign_in: SignIn, name: str) -> None:
    numbers, client = fill(cast), sign_in(name)
    for address in reading(cast, numbers) + writing(cast, numbers):
        assert client.get(address).status_code == 200, address
    overview = client.get(f"/cases/{cast.code}/safety/").text
    assert "canary-steps" in overview
    assert "112" in overview


def test_a_coordinator_outside_the_team_reads_and_changes_nothing(cast: Cast, sign_in: SignIn) -> None:
    numbers, client = fill(cast), sign_in("coordinator")
    for address in reading(cast, numbers):
        assert client.get(address).status_code == 200, address
    for address in writing(cast, numbers):
        assert client.get(address).status_code == 403, address
    for address in pressing(cast, numbers) + writing(cast, numbers):
        assert client.post(address, {"trigger": "threat"}).status_code == 403, address
    assert "Something changed" not in client.get(f"/cases/{cast.code}/safety/").text


@pytest.mark.parametrize(
    ("name", "status"),
    [("lawyer", 403), ("mediator", 403), ("officer", 403), ("colleague", 404), ("stranger", 404),
     ("foreign_coordinator", 404), ("facilitator", 403), ("hotline", 403), ("analyst", 403), ("administrator", 403),
     ("untrained", 403)],
)  # fmt: skip
def test_for_everybody_else_her_safety_is_closed(cast: Cast, sign_in: SignIn, name: str, status: int) -> None:
    numbers, client = fill(cast), sign_in(name)
    pages = [client.get(address) for address in reading(cast, numbers) + writing(cast, numbers)]
    pages += [client.post(address, {"trigger": "threat"}) for address in pressing(cast, numbers)]
    assert {page.status_code for page in pages} == {status}
    for page in pages:
        assert not [word for word in (*CANARIES, CALLED) if word in page.text and word != CALLED]


def test_whoever_is_not_signed_in_is_asked_to(cast: Cast) -> None:
    numbers = fill(cast)
    for address in reading(cast, numbers) + writing(cast, numbers) + pressing(cast, numbers):
        page = Client().get(address)
        assert page.status_code == 302, address
        assert page.headers["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("name", ["lawyer", "mediator"])
def test_the_rest_of_the_team_sees_the_level_and_that_it_is_overdue_and_no_more(
    cast: Cast, sign_in: SignIn, name: str
) -> None:
    client = sign_in(name)
    for address in ("/", f"/cases/{cast.code}/"):
        page = client.get(address).text
        assert "Assess her risk" in page, address
        assert "She has just come to us" not in page
        assert f"{cast.code}/safety/" not in page
    fill(cast)
    assert "high, today" in client.get(f"/cases/{cast.code}/").text


@pytest.mark.parametrize("name", ["assigned", "mediator", "lawyer"])
def test_the_head_says_that_risk_is_overdue_until_it_is_assessed(cast: Cast, sign_in: SignIn, name: str) -> None:
    address = f"/cases/{cast.code}/"
    assert "not assessed yet, overdue" in sign_in(name).get(address).text
    with clock.standing_at(datetime(2026, 2, 1, 12, tzinfo=UTC)):
        fill(cast)
    assert "days ago, overdue" in sign_in(name).get(address).text
    number = queries.draft_of(cast["assigned"], cast.case())
    assert number is not None
    actions.decide_level(cast.case(), number.id, by=cast["assigned"], level="high", reason="", version=1)
    assert "overdue" not in sign_in(name).get(address).text.split("a-sections")[0]


def test_numbers_of_another_case_or_organisation_open_nothing(cast: Cast, sign_in: SignIn) -> None:
    numbers = fill(cast)
    client, base = sign_in("assigned"), f"/cases/{cast.code}/safety/"
    absent = max(numbers.values()) + 1000
    for address in (f"assess/{absent}/", f"assess/{absent}/now/", f"assess/{numbers['draft']}/weather/",
                    f"incidents/{absent}/", f"measures/{absent}/", "plan/versions/9/"):  # fmt: skip
        assert client.get(base + address).status_code == 404, address


def test_from_a_tap_to_a_decision(cast: Cast, sign_in: SignIn) -> None:
    client, base = sign_in("psychologist"), f"/cases/{cast.code}/safety/"
    client.post(f"{base}changed/", {"trigger": "contact_by_network"})
    assert "Contact by those who exploited her" in client.get(base).text
    tasks = client.post(f"{base}assess/", follow=True)
    assert tasks.text.count("Not asked yet") == 6
    number = tasks.context["assessment"].id
    area = {"seen": 0, "contact_by_network": "know_address", "contact_by_network-her_words": "She saw the car."}
    client.post(f"{base}assess/{number}/network/", area)
    decide = client.get(f"{base}assess/{number}/decide/")
    assert "They know where she lives or goes" in decide.text
    assert '" checked' not in decide.text
    answer = client.post(f"{base}assess/{number}/decide/", {"level": "high", "version": decide.context["form"]["version"].value(), "reason": "They know the street."})  # fmt: skip  # noqa: E501
    assert answer.status_code == 302
    assert cast.case().risk_level == "high"
    read = client.get(f"{base}assess/{number}/").text
    assert "She saw the car." in read
    assert "They know the street." in read
    assert "Contact by those who exploited her" in read


def test_a_decision_without_its_reason_comes_back_with_what_was_typed(cast: Cast, sign_in: SignIn) -> None:
    client, base = sign_in("assigned"), f"/cases/{cast.code}/safety/"
    number = actions.start_assessment(cast.case(), by=cast["assigned"])
    page = client.post(f"{base}assess/{number}/decide/", {"level": "low", "version": 1, "next_on": "2030-01-01"})
    assert page.status_code == 422
    assert "Write why" in page.text
    assert "2030-01-01" in page.text
    page = client.post(
        f"{base}assess/{number}/decide/", {"level": "low", "version": 1, "next_on": "2040-01-01", "reason": "keep me"}
    )
    assert page.status_code == 422
    assert "keep me" in page.text
    assert cast.case().risk_level == ""


def test_the_answers_of_last_time_are_there_to_confirm_and_count_only_once_saved(cast: Cast, sign_in: SignIn) -> None:
    numbers, client = fill(cast), sign_in("assigned")
    draft = f"/cases/{cast.code}/safety/assess/{numbers['draft']}/"
    assert "To confirm" in client.get(draft).text
    page = client.get(f"{draft}now/")
    assert "Confirm or change them" in page.text
    assert "canary-her-words" in page.text
    assert page.context["form"]["imminent_danger"].value() == "no"
    assert page.context["form"]["imminent_danger-her_words"].value() == ""
    assert queries.assessment_of(cast["assigned"], cast.case(), numbers["draft"]).hers == {}
    client.post(f"{draft}now/", {"seen": 0, "imminent_danger": "does_not_want_to_say"})
    again = client.get(f"{draft}now/")
    assert "Confirm or change them" not in again.text
    assert again.context["form"]["imminent_danger"].value() == "does_not_want_to_say"


def test_two_who_save_the_same_part_see_each_others_words(cast: Cast, sign_in: SignIn) -> None:
    numbers = fill(cast)
    address = f"/cases/{cast.code}/safety/assess/{numbers['draft']}/health/"
    sign_in("psychologist").post(address, {"seen": 0, "self_harm": "past", "self_harm-words": "hers first"})
    page = sign_in("assigned").post(address, {"seen": 0, "self_harm": "plan", "self_harm-her_words": "typed meanwhile"})
    assert page.status_code == 409
    assert "hers first" in page.text
    assert "typed meanwhile" in page.text


def test_a_part_saved_after_the_decision_gives_the_text_back(cast: Cast, sign_in: SignIn) -> None:
    numbers, client = fill(cast), sign_in("assigned")
    address = f"/cases/{cast.code}/safety/assess/{numbers['decided']}/now/"
    assert client.get(address).status_code == 302
    page = client.post(address, {"seen": 1, "imminent_danger": "no", "imminent_danger-words": "typed too late"})
    assert page.status_code == 409
    assert "typed too late" in page.text


def test_an_answer_that_nobody_offered_comes_back(cast: Cast, sign_in: SignIn) -> None:
    numbers, client = fill(cast), sign_in("assigned")
    address = f"/cases/{cast.code}/safety/assess/{numbers['draft']}/now/"
    page = client.post(address, {"seen": 0, "imminent_danger": "x", "imminent_danger-her_words": "keep me"})
    assert page.status_code == 422
    assert "keep me" in page.text


def test_a_tap_that_is_no_trigger_changes_nothing(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("assigned")
    for trigger in ("", "weather", "set_time", "entry"):
        assert client.post(f"/cases/{cast.code}/safety/changed/", {"trigger": trigger}).status_code == 404
    assert client.get(f"/cases/{cast.code}/safety/changed/").status_code == 302
    assert queries.changes_waiting(cast["assigned"], cast.case()) == []


def test_a_tap_by_mistake_is_taken_back_from_the_page(cast: Cast, sign_in: SignIn) -> None:
    client, base = sign_in("assigned"), f"/cases/{cast.code}/safety/"
    client.post(f"{base}changed/", {"trigger": "return_considered"})
    (waiting,) = queries.changes_waiting(cast["assigned"], cast.case())
    address = f"{base}changed/{waiting.id}/back/"
    assert address in client.get(base).text
    colleague = sign_in("psychologist")
    assert address not in colleague.get(base).text
    assert "Only who noted it" in colleague.post(address, follow=True).text
    assert address not in client.post(address, follow=True).text
    assert "Noted by mistake: She thinks of returning" in client.get(f"/cases/{cast.code}/history/").text
    assert client.post(address).status_code == 404


def test_danger_now_shows_what_to_do_at_once_and_assessing_is_due_today(cast: Cast, sign_in: SignIn) -> None:
    fill(cast)
    client, base = sign_in("assigned"), f"/cases/{cast.code}/safety/"
    typed = {
        "kind": "discrimination",
        "happened_at": "2026-05-01T10:00",
        "happened": "At the office.",
        "told": ["police"],
    }
    safe = client.post(f"{base}incidents/new/", typed | {"danger_now": "no"}, follow=True)
    assert "If she is in danger now" not in safe.text
    danger = client.post(f"{base}incidents/new/", typed | {"danger_now": "yes"}, follow=True)
    assert "If she is in danger now" in danger.text
    assert "canary-steps" in danger.text
    assert 'href="tel:112"' in danger.text
    assert cast.case().risk_due == clock.today(cast["assigned"].time_zone)
    assert "She is in danger now." in client.get(base).text


def test_a_wrong_incident_comes_back_with_what_was_typed(cast: Cast, sign_in: SignIn) -> None:
    page = sign_in("assigned").post(
        f"/cases/{cast.code}/safety/incidents/new/",
        {"kind": "threat", "happened_at": "yesterday", "happened": "keep me"},
    )
    assert page.status_code == 422
    assert "keep me" in page.text


def test_an_incident_is_followed_up_until_the_danger_is_over(cast: Cast, sign_in: SignIn) -> None:
    numbers, client = fill(cast), sign_in("assigned")
    address = f"/cases/{cast.code}/safety/incidents/{numbers['incident']}/more/"
    assert "canary-done" in client.get(address).text
    client.post(address, {"danger_now": "no", "done": "She moved.", "version": 1})
    assert "She is in danger now." not in client.get(f"/cases/{cast.code}/safety/").text
    late = client.post(address, {"danger_now": "no", "done": "typed meanwhile", "version": 1})
    assert late.status_code == 409
    assert "She moved." in late.text
    assert "typed meanwhile" in late.text


def test_a_plan_goes_from_version_to_version_and_asks_for_her_yes_each_time(cast: Cast, sign_in: SignIn) -> None:
    fill(cast)
    client, address = sign_in("assigned"), f"/cases/{cast.code}/safety/plan/"
    form = client.get(address).context["form"]
    assert form["agreed"].value() is None
    ticked = form["prepare"].value()
    typed = {"seen": 1, "her_steps": "Another way.", "prepare": ticked, "new_after": "tea\n\nsleep", "agreed": "partly"}
    assert client.post(address, typed).status_code == 302
    plan = queries.plan_of(cast["assigned"], cast.case())
    assert plan is not None
    assert [one.words or one.key for one in plan.at("prepare")] == ["code_word", "protected_place", "canary-measure"]
    assert [one.words for one in plan.at("after")] == ["tea", "sleep"]
    late = client.post(address, typed | {"her_steps": "typed meanwhile"})
    assert late.status_code == 409
    assert "typed meanwhile" in late.text
    assert "Another way." in late.text
    assert "canary-steps" in client.get(f"{address}versions/1/").text


def test_a_measure_gets_a_day_and_is_done_in_one_tap(cast: Cast, sign_in: SignIn) -> None:
    numbers, client = fill(cast), sign_in("assigned")
    address = f"/cases/{cast.code}/safety/measures/{numbers['measure']}/"
    day = clock.today(cast["assigned"].time_zone) + timedelta(days=2)
    client.post(address, {"who": "referent", "until": day.isoformat(), "version": 1})
    assert "We have a word that means" in client.get("/").text
    client.post(f"{address}done/")
    assert "We have a word that means" not in client.get("/").text
    assert "In place since" in client.get(f"/cases/{cast.code}/safety/").text


def test_her_sheet_says_nothing_of_us_or_of_why(cast: Cast, sign_in: SignIn) -> None:
    fill(cast)
    client = sign_in("assigned")
    sheet = client.get(f"/cases/{cast.code}/safety/plan/sheet/?language=es")
    article = sheet.text.split("<article")[1].split("</article>")[0]
    for word in (
        "Here House",
        "Notes",
        cast.code,
        CALLED,
        "protegida",
        "segur",
        "peligro",
        "canary-team",
        "canary-wish",
    ):
        assert word not in article, word
    for word in ("112", "canary-call", "canary-steps", "canary-measure", "nuestra palabra"):
        assert word in article, word


def test_the_paper_of_her_sheet_is_as_neutral(cast: Cast, sign_in: SignIn) -> None:
    from io import BytesIO

    fill(cast)
    answer = sign_in("assigned").get(f"/cases/{cast.code}/safety/plan/sheet.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    paper = PdfReader(BytesIO(answer.content))
    written = "".join(page.extract_text() for page in paper.pages) + str(paper.metadata)
    assert "canary-steps" in written
    for word in ("Here House", "Amparo", cast.code, CALLED, "protected", "safety", "danger"):
        assert word not in written, word


def test_without_a_plan_there_is_no_sheet_and_the_page_offers_the_first_step(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("assigned")
    assert client.get(f"/cases/{cast.code}/safety/plan/sheet/").status_code == 404
    page = client.get(f"/cases/{cast.code}/safety/").text
    assert "Make a plan with her" in page
    assert "Psychological groups wait" in page


def _more(cast: Cast, by: Viewer, count: int) -> None:
    for day in range(count):
        at = datetime(2026, 4, 1, tzinfo=UTC) + timedelta(hours=day)
        actions.report_incident(cast.case(), by=by, what=Happened("other", at, "no", (), "x", ""))
        actions.note_change(cast.case(), by=by, trigger="asked_for", on=date(2026, 3, 1) + timedelta(days=day))
        number = actions.start_assessment(cast.case(), by=by)
        actions.decide_level(cast.case(), number, by=by, level="medium", reason="x", version=1)


@pytest.mark.parametrize("address", ["", "assess/{draft}/", "plan/"])
def test_the_pages_ask_as_often_for_one_row_as_for_thirty(cast: Cast, sign_in: SignIn, address: str) -> None:
    numbers, client = fill(cast), sign_in("assigned")
    address = f"/cases/{cast.code}/safety/" + address.format(**numbers)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    actions.decide_level(cast.case(), numbers["draft"], by=cast["assigned"], level="high", reason="", version=1)
    _more(cast, cast["assigned"], 25)
    client.get(address)
    with CaptureQueriesContext(connection) as many:
        page = client.get(address)
    assert page.status_code == 200
    assert len(many) <= len(few) + 1  # a decided assessment asks for what had changed
    assert len(few) <= 24


def test_history_tells_it_in_words_and_only_to_those_who_may_read_it(cast: Cast, sign_in: SignIn) -> None:
    fill(cast)
    worker = sign_in("assigned").get(f"/cases/{cast.code}/history/").text
    for words in ("Risk assessed: high", "She moves or has moved", "Incident: Threat", "Safety plan: She agrees"):
        assert words in worker, words
    assert "canary" not in worker.replace("canary-her", "")
    assert "Risk assessed" not in sign_in("officer").get(f"/cases/{cast.code}/history/").text


@pytest.mark.parametrize(("language", "words"), [("es", "¿Estás en peligro hoy"), ("it", "Sei in pericolo oggi")])
def test_questions_are_in_the_readers_language(cast: Cast, sign_in: SignIn, language: str, words: str) -> None:
    numbers, client = fill(cast), sign_in("assigned")
    address = f"/cases/{cast.code}/safety/assess/{numbers['draft']}/now/"
    client.cookies["language"] = language
    assert words in client.get(address).text
