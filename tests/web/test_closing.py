"""Closing with her, being asked how she is, coming back; the list, the history and the summary on paper."""

import inspect
import io
import re
from datetime import date, timedelta
from importlib import import_module

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from amparo.areas.audit.models import Entry
from amparo.areas.cases import actions, appointments, family, papers, particulars, services, standing, team
from amparo.areas.cases.models import Case, Closing, Due
from amparo.areas.cases.rules import DueKind, Status, Topic
from amparo.areas.cases.services import Delivered
from amparo.areas.cases.team import Handing
from amparo.areas.people import actions as people
from amparo.areas.people.actions import Particulars
from amparo.kernel import clock
from amparo.web.staff.history import VERBS
from tests.cast import CALLED, FAMILY_NAME, LAWYER_NOTE, PHONE, TEAM_NOTE, Cast
from tests.web.conftest import SignIn

HERS = "canary-what-helped-her"
TYPED = {"with_her": "with_her", "on": "2026-04-01", "reason": "own_life", "said_helped": HERS, "rating_safe": "5"}


def _closed(cast: Cast, sign_in: SignIn, **changes: object) -> None:
    answer = sign_in("assigned").post(f"/cases/{cast.code}/closing/now/", {**TYPED, **changes})
    assert answer.status_code == 302


def test_closing_keeps_her_words_and_the_days_she_agreed_to(cast: Cast, sign_in: SignIn) -> None:
    _closed(cast, sign_in, ask_in=["1", "6"])
    page = sign_in("assigned").get(f"/cases/{cast.code}/closing/").text
    assert HERS in page
    assert "5, fully" in page
    assert cast.case().status == Status.FOLLOW_UP
    days = Due.objects.filter(kind=DueKind.FOLLOW_UP, done_at=None).order_by("on").values_list("on", flat=True)
    assert list(days) == [date(2026, 5, 1), date(2026, 10, 1)]


def test_everything_but_the_reason_may_stay_open(cast: Cast, sign_in: SignIn) -> None:
    answer = sign_in("assigned").post(
        f"/cases/{cast.code}/closing/now/", {"with_her": "without_her", "on": "2026-04-01", "reason": "no_contact"}
    )
    assert answer.status_code == 302
    assert (Closing.objects.get().outcome, cast.case().status) == ("unknown", Status.CLOSED)


def test_a_wrong_closing_comes_back_with_her_words(cast: Cast, sign_in: SignIn) -> None:
    page = sign_in("assigned").post(f"/cases/{cast.code}/closing/now/", {**TYPED, "reason": ""})
    assert page.status_code == 422
    assert HERS in page.text
    assert not Closing.objects.exists()


def test_a_follow_up_is_done_from_today_and_the_last_one_is_not_forgotten(cast: Cast, sign_in: SignIn) -> None:
    _closed(cast, sign_in, ask_in=["1"])
    client = sign_in("assigned")
    done = f"/cases/{cast.code}/follow-up/1/done/"
    assert done in client.get("/").text
    assert client.post(done, {"from": "today"}).headers["Location"] == "/"
    assert done not in client.get("/").text
    client.post(f"/cases/{cast.code}/follow-up/end/")
    assert cast.case().status == Status.CLOSED


@pytest.mark.parametrize("name", ["assigned", "coordinator"])
def test_one_button_and_she_is_back_with_no_question_why(cast: Cast, sign_in: SignIn, name: str) -> None:
    _closed(cast, sign_in)
    client = sign_in(name)
    page = client.get(f"/cases/{cast.code}/closing/").text
    assert f"/cases/{cast.code}/closing/back/" in page
    assert client.post(f"/cases/{cast.code}/closing/back/").status_code == 302
    assert cast.case().status == Status.ACCOMPANIED
    assert "she came back on" in sign_in("assigned").get(f"/cases/{cast.code}/closing/").text


@pytest.mark.parametrize("name", ["psychologist", "lawyer", "mediator", "officer", "colleague", "stranger", "hotline"])
def test_others_neither_close_nor_reopen(cast: Cast, sign_in: SignIn, name: str) -> None:
    client = sign_in(name)
    assert client.post(f"/cases/{cast.code}/closing/now/", TYPED).status_code in (403, 404)
    _closed(cast, sign_in)
    client.post(f"/cases/{cast.code}/closing/back/")
    client.post(f"/cases/{cast.code}/follow-up/end/")
    assert cast.case().status == Status.CLOSED


@pytest.mark.parametrize("name", ["coordinator", "officer", "colleague", "stranger", "analyst"])
def test_her_words_at_the_end_are_for_her_team(cast: Cast, sign_in: SignIn, name: str) -> None:
    _closed(cast, sign_in)
    assert HERS not in sign_in(name).get(f"/cases/{cast.code}/closing/").text


QUIET = {"note corrected", "service corrected", "service taken back", "family removed"}
MODULES = (actions, services, papers, appointments, standing, team, family, particulars)


def test_every_line_of_a_history_has_words() -> None:
    import_module("amparo.web.staff.urls")
    code = "".join(inspect.getsource(module) for module in MODULES)
    verbs = set(re.findall(r'verb="([^"]+)"', code)) | {"family added", "family changed"}
    assert len(verbs) > 15
    assert {verb for verb in verbs - QUIET if verb not in VERBS} == set()


def test_the_history_is_narrowed_to_one_part(cast: Cast, sign_in: SignIn) -> None:
    services.note_service(cast.case(), by=cast["assigned"], what=Delivered("counselling", date(2026, 3, 2)))
    client = sign_in("assigned")
    assert "Note (" in client.get(f"/cases/{cast.code}/history/").text
    narrowed = client.get(f"/cases/{cast.code}/history/?part=services").text
    assert "Talk with the referent" in narrowed
    assert "Note (" not in narrowed
    assert "Note (" not in sign_in("officer").get(f"/cases/{cast.code}/history/?part=notes").text


def _another(cast: Cast) -> None:
    person = people.create_person(by=cast["assigned"], particulars=Particulars(called="x"))
    actions.open_case(person, by=cast["assigned"], referent=cast["assigned"].member)


def test_the_list_tells_what_is_due_next_and_takes_no_more_queries_for_thirty(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("coordinator")
    assert "Assess her risk" in client.get("/cases/").text
    counts = []
    for more in (0, 29):
        for _ in range(more):
            _another(cast)
        client.get("/cases/")
        with CaptureQueriesContext(connection) as seen:
            client.get("/cases/")
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_the_officer_sees_no_due_thing_of_a_part_that_is_closed_to_her(cast: Cast, sign_in: SignIn) -> None:
    page = sign_in("officer").get("/cases/").text
    assert cast.code in page
    assert "Assess her risk" not in page


def test_a_coordinator_narrows_the_list_to_one_referent(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("coordinator")
    assert cast.code in client.get(f"/cases/?referent={cast['assigned'].member}").text
    assert cast.code not in client.get(f"/cases/?referent={cast['colleague'].member}").text
    assert "Colleague" not in sign_in("assigned").get("/cases/").text


def _paper(cast: Cast, sign_in: SignIn, name: str, *parts: str) -> str:
    answer = sign_in(name).post(f"/cases/{cast.code}/summary/", {"parts": parts})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "no-store" in answer.headers["Cache-Control"]
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)


def test_a_summary_holds_the_chosen_parts_under_the_code_with_its_reader(cast: Cast, sign_in: SignIn) -> None:
    text = _paper(cast, sign_in, "assigned", "head", "team", "notes")
    assert cast.code in text
    assert TEAM_NOTE in text
    assert "Taken out by Assigned, Here House" in text
    for word in (CALLED, FAMILY_NAME, PHONE, LAWYER_NOTE):
        assert word not in text
    assert (
        Entry.objects.filter(verb="taken out", person=cast.case().person, member=cast["assigned"].member).count() == 1
    )


def test_a_summary_never_holds_more_than_its_reader_reads(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("officer")
    answer = client.post(f"/cases/{cast.code}/summary/", {"parts": ["head", "notes"]})
    assert answer.status_code == 422
    assert TEAM_NOTE not in answer.text
    assert TEAM_NOTE not in _paper(cast, sign_in, "officer", "head", "history")


def test_a_case_under_a_late_due_thing_says_so_in_the_list(cast: Cast, sign_in: SignIn) -> None:
    Due.objects.update(on=clock.today("Europe/Madrid") - timedelta(days=3))
    assert "a-tag--overdue" in sign_in("assigned").get("/cases/").text
    assert Case.objects.count() == 1


def test_the_plan_of_a_closed_case_can_be_read_and_says_how_it_goes_on(cast: Cast, sign_in: SignIn) -> None:
    client, plan = sign_in("assigned"), f"/cases/{cast.code}/plan/"
    note = {"about": "basic.accommodation", "her_words": "A door that I can lock."}
    assert client.post(f"{plan}needs/new/", note).status_code == 302
    _closed(cast, sign_in)
    for page in (plan, f"{plan}job/", f"{plan}reviews/"):
        text = client.get(page).text
        assert "her plan stays as she left it" in text, page
        assert f"/cases/{cast.code}/closing/" in text, page
    assert "A door that I can lock." in client.get(plan).text
    assert client.get(f"{plan}job/cv/").status_code == 200, "her CV is hers at any time"
    assert "needs/new/" not in client.get(plan).text
    refused = client.post(f"{plan}needs/new/", note)
    assert refused.status_code == 403
    assert "When she is back, it goes on where it stood." in refused.text
    client.post(f"/cases/{cast.code}/closing/back/")
    assert client.post(f"{plan}needs/new/", note).status_code == 302


def test_what_is_to_come_does_not_stand_under_what_happened(cast: Cast, sign_in: SignIn) -> None:
    plan = appointments.Plan(
        clock.today("Europe/Madrid") + timedelta(days=3), None, Topic.HEALTH, cast["assigned"].member
    )
    appointments.plan_appointment(cast.case(), by=cast["assigned"], plan=plan)
    client = sign_in("assigned")
    now = client.get(f"/cases/{cast.code}/").text
    assert "Appointment" in now, "it is due"
    assert "Appointment agreed" not in now
    assert "Case opened" in now
    assert "Appointment agreed" in client.get(f"/cases/{cast.code}/history/").text


def test_the_head_of_her_case_says_who_stands_in(cast: Cast, sign_in: SignIn) -> None:
    assert "stands in until" not in sign_in("lawyer").get(f"/cases/{cast.code}/").text
    today = clock.today("Europe/Madrid")
    what = Handing(to=cast["colleague"].member, text="Call her on Monday.", told_words="She knows.", told_on=today)
    team.stand_in(cast.case(), by=cast["assigned"], what=what, starts_on=today, until=today + timedelta(days=7))
    page = sign_in("lawyer").get(f"/cases/{cast.code}/notes/").text
    assert re.search(r"<bdi>Colleague stands in until ", page)
    assert "Call her on Monday." not in page


def test_nothing_is_overdue_in_a_closed_case(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("assigned")
    Due.objects.update(on=clock.today("Europe/Madrid") - timedelta(days=3))
    assert "overdue" in _head(client.get(f"/cases/{cast.code}/").text)
    _closed(cast, sign_in)
    assert "overdue" not in _head(client.get(f"/cases/{cast.code}/").text)


def _head(page: str) -> str:
    found = re.search(r'<p class="a-head__first">.*?</p>', page, re.DOTALL)
    return found[0] if found else ""
