"""Her plan on the screen: hers first, in place, and for nobody it is not meant for."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from amparo.areas.people.models import Person
from amparo.areas.plans import actions
from amparo.areas.plans.actions import StepWords
from amparo.areas.plans.catalogue import basic_needs
from amparo.areas.plans.models import Goal, Need, PlanVersion, Step
from amparo.areas.plans.rules import Who
from amparo.kernel import clock
from tests.cast import Cast
from tests.web.conftest import SignIn
from tests.web.plans.another import another_plan
from tests.web.plans.papers import text_of
from tests.web.plans.world import ALL, ANSWER, GOAL, OUTSIDERS, READERS, SAYS, STEP, VIEW, make_plan

PAGES = ("", "versions/", "versions/1/", "advice/employment/")
FORMS = ("needs/new/", "basic-needs/", "agreement/", "review-day/", "goals/new/")


@pytest.mark.parametrize("name", READERS)
def test_her_team_and_the_coordinator_read_the_plan_with_her_words_first(
    cast: Cast, sign_in: SignIn, name: str
) -> None:
    make_plan(cast)
    client = sign_in(name)
    page = client.get(f"/cases/{cast.code}/plan/").text
    assert page.index(SAYS) < page.index(VIEW)
    assert GOAL in page
    assert STEP in page
    for address in PAGES:
        assert client.get(f"/cases/{cast.code}/plan/{address}").status_code == 200, address
    assert ANSWER in client.get(f"/cases/{cast.code}/plan/versions/1/").text


@pytest.mark.parametrize(("name", "status"), OUTSIDERS)
def test_for_others_no_page_of_the_plan_is_there(cast: Cast, sign_in: SignIn, name: str, status: int) -> None:
    make_plan(cast)
    client = sign_in(name)
    need = Need.objects.get().pk
    for address in (*PAGES, *FORMS, "paper/", f"needs/{need}/again/", f"goals/{Goal.objects.get().pk}/again/"):
        page = client.get(f"/cases/{cast.code}/plan/{address}")
        assert page.status_code == status, address
        assert not [word for word in ALL if word in page.text], address


@pytest.mark.parametrize("name", ["lawyer", "mediator", "coordinator"])
def test_who_only_reads_sees_no_button_and_cannot_press_one(cast: Cast, sign_in: SignIn, name: str) -> None:
    make_plan(cast)
    client = sign_in(name)
    assert "formaction" not in client.get(f"/cases/{cast.code}/plan/").text
    for address in FORMS:
        assert client.get(f"/cases/{cast.code}/plan/{address}").status_code == 403
    step = Step.objects.get()
    assert client.post(f"/cases/{cast.code}/plan/steps/{step.pk}/done/").status_code == 403
    assert Step.objects.get().done_on is None


def test_nobody_signed_in_is_asked_to_sign_in(cast: Cast) -> None:
    make_plan(cast)
    page = Client().get(f"/cases/{cast.code}/plan/")
    assert page.status_code == 302
    assert page.headers["Location"].startswith("/accounts/login/")


def test_a_need_is_noted_and_the_form_leads_to_the_next(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("assigned")
    address = f"/cases/{cast.code}/plan/needs/new/"
    typed = {"about": "basic.food", "her_words": "I cook at night", "our_view": "no kitchen"}
    assert client.post(address, typed).headers["Location"].startswith(f"/cases/{cast.code}/plan/#need-")
    assert client.post(address, {**typed, "another": "1"}).headers["Location"] == address
    assert set(Need.objects.values_list("domain", "basic_need")) == {("economic_situation", "food")}
    assert client.get(f"/cases/{cast.code}/plan/").text.count("I cook at night") == 2


def test_basic_needs_are_asked_about_on_one_page(cast: Cast, sign_in: SignIn) -> None:
    client, address = sign_in("assigned"), f"/cases/{cast.code}/plan/basic-needs/"
    page = client.get(address).text
    for need in basic_needs():
        assert f'name="{need.key}"' in page
    typed = {"food": "missing", "food_words": "one meal a day", "clothing": "there", "transport": "unknown"}
    assert client.post(address, typed).status_code == 302
    assert "one meal a day" in client.get(f"/cases/{cast.code}/plan/").text
    assert "missing: Food" in client.get(f"/cases/{cast.code}/history/").text
    assert client.post(address, {"food_words": "keep me"}).status_code == 422
    wrong = client.post(address, {"food": "perhaps", "food_words": "keep me"})
    assert wrong.status_code == 422
    assert "keep me" in wrong.text


@pytest.mark.parametrize("about", ["", "basic.gold", "domain.", "employment"])
def test_a_wrong_need_gives_back_what_was_typed(cast: Cast, sign_in: SignIn, about: str) -> None:
    page = sign_in("assigned").post(f"/cases/{cast.code}/plan/needs/new/", {"about": about, "her_words": "keep me"})
    assert page.status_code == 422
    assert "keep me" in page.text
    assert not Need.objects.exists()


def test_a_goal_leads_to_its_first_step_and_a_step_to_the_next(cast: Cast, sign_in: SignIn) -> None:
    make_plan(cast)
    client, plan = sign_in("assigned"), f"/cases/{cast.code}/plan"
    need = Need.objects.get().pk
    page = client.get(f"{plan}/needs/{need}/goals/new/")
    assert SAYS in page.text, "her words stand beside the goal"
    answer = client.post(f"{plan}/needs/{need}/goals/new/", {"words": "a key of mine", "domain": "accommodation"})
    goal = Goal.objects.get(need=need, domain="accommodation")
    assert answer.headers["Location"] == f"{plan}/goals/{goal.pk}/steps/new/"
    lawyer = cast["lawyer"].member
    typed = {"words": "ring the office", "kind": "procedure", "who": f"member.{lawyer}", "another": "1"}
    page = client.post(f"{plan}/goals/{goal.pk}/steps/new/", typed)
    assert page.status_code == 302, page.context["form"].errors
    assert page.headers["Location"] == f"{plan}/goals/{goal.pk}/steps/new/"
    assert Step.objects.get(goal=goal).member_id == lawyer


@pytest.mark.parametrize("who", ["", "member.", "member.1000000", "colleague", "nobody"])
def test_a_step_for_somebody_outside_the_team_gives_back_what_was_typed(cast: Cast, sign_in: SignIn, who: str) -> None:
    make_plan(cast)
    goal = Goal.objects.get().pk
    chosen = f"member.{cast['colleague'].member}" if who == "colleague" else who
    typed = {"words": "keep me", "kind": "procedure", "who": chosen}
    page = sign_in("assigned").post(f"/cases/{cast.code}/plan/goals/{goal}/steps/new/", typed)
    assert page.status_code == 422
    assert "keep me" in page.text


def test_a_step_is_done_in_one_tap_from_today(cast: Cast, sign_in: SignIn) -> None:
    make_plan(cast)
    client = sign_in("assigned")
    done = f"/cases/{cast.code}/plan/steps/{Step.objects.get().pk}/done/"
    today = client.get("/").text
    assert f'action="{done}"' in today
    assert STEP not in today
    assert client.post(done, {"from": "today"}).headers["Location"] == "/"
    assert f'action="{done}"' not in client.get("/").text
    assert Step.objects.get().done_on == clock.today("Europe/Madrid")


def test_a_colleague_who_only_reads_the_plan_has_no_button_on_today(cast: Cast, sign_in: SignIn) -> None:
    make_plan(cast)
    page = sign_in("lawyer").get("/").text
    assert f"/cases/{cast.code}/plan/" in page
    assert "/done/" not in page


def test_a_step_moves_in_one_field_and_a_day_that_is_over_is_given_back(cast: Cast, sign_in: SignIn) -> None:
    make_plan(cast)
    client = sign_in("assigned")
    address = f"/cases/{cast.code}/plan/steps/{Step.objects.get().pk}/move/"
    later = clock.today("Europe/Madrid") + timedelta(days=20)
    assert client.post(address, {"to": later.isoformat()}).status_code == 302
    assert Step.objects.get().due_on == later
    page = client.post(address, {"to": "2020-01-01"})
    assert page.status_code == 422
    assert "2020-01-01" in page.text


def test_buttons_move_a_need_and_mark_it(cast: Cast, sign_in: SignIn) -> None:
    make_plan(cast, needs=2)
    client, plan = sign_in("assigned"), f"/cases/{cast.code}/plan"
    first, second = Need.objects.order_by("pk").values_list("pk", flat=True)
    assert client.post(f"{plan}/needs/{second}/up/").headers["Location"] == f"{plan}/#need-{second}"
    page = client.get(f"{plan}/").text
    assert page.index(f'id="need-{second}"') < page.index(f'id="need-{first}"')
    client.post(f"{plan}/needs/{first}/met/")
    client.post(f"{plan}/needs/{second}/aside/")
    assert set(Need.objects.values_list("status", flat=True)) == {"met", "aside"}
    client.post(f"{plan}/needs/{first}/open/")
    assert Need.objects.get(pk=first).status == "open"


def test_a_goal_is_reached_set_aside_or_taken_up_again(cast: Cast, sign_in: SignIn) -> None:
    make_plan(cast)
    client, goal = sign_in("assigned"), Goal.objects.get().pk
    for word in ("reached", "aside", "going"):
        client.post(f"/cases/{cast.code}/plan/goals/{goal}/{word}/")
        assert Goal.objects.get().status == word


def test_a_get_on_a_button_changes_nothing(cast: Cast, sign_in: SignIn) -> None:
    make_plan(cast)
    client, need = sign_in("assigned"), Need.objects.get().pk
    assert client.get(f"/cases/{cast.code}/plan/needs/{need}/met/").status_code == 302
    assert Need.objects.get().status == "open"


def test_numbers_of_another_womans_plan_are_not_there(cast: Cast, sign_in: SignIn) -> None:
    make_plan(cast)
    need, goal, step = another_plan(cast)
    client, plan = sign_in("assigned"), f"/cases/{cast.code}/plan"
    for address in (f"needs/{need}/again/", f"needs/{need}/goals/new/", f"goals/{goal}/again/", f"steps/{step}/move/"):
        assert client.get(f"{plan}/{address}").status_code == 404, address
    for address in (f"needs/{need}/met/", f"needs/{need}/up/", f"goals/{goal}/reached/", f"steps/{step}/done/"):
        assert client.post(f"{plan}/{address}").status_code == 404, address


def test_two_tabs_changing_a_need_meet_and_the_second_can_save_again(cast: Cast, sign_in: SignIn) -> None:
    make_plan(cast)
    client = sign_in("assigned")
    address = f"/cases/{cast.code}/plan/needs/{Need.objects.get().pk}/again/"
    typed = {"our_view": "from the first tab", "her_words": "", "version": "1"}
    assert client.post(address, typed).status_code == 302
    page = client.post(address, {**typed, "our_view": "from the second tab"})
    assert page.status_code == 409
    assert "from the first tab" in page.text
    assert "from the second tab" in page.text
    assert "How you see it" in page.text
    version = page.context["form"]["version"].value()
    both = {"our_view": "both", "her_words": "", "version": version}
    assert client.post(address, both).status_code == 302
    assert "both" in client.get(f"/cases/{cast.code}/plan/").text


def test_her_answer_is_to_the_plan_that_was_shown(cast: Cast, sign_in: SignIn) -> None:
    make_plan(cast)
    client, address = sign_in("assigned"), f"/cases/{cast.code}/plan/agreement/"
    mark = client.get(address).context["form"]["mark"].value()
    client.post(f"/cases/{cast.code}/plan/goals/new/", {"words": "one more", "domain": "motivation"})
    typed = {
        "agreement": "yes",
        "her_words": "so be it",
        "asked_on": clock.today("Europe/Madrid").isoformat(),
        "mark": mark,
    }
    page = client.post(address, typed)
    assert page.status_code == 409
    assert "so be it" in page.text
    assert "one more" in page.text, "the plan as it stands now is shown again"
    renewed = page.context["form"]["mark"].value()
    assert client.post(address, {**typed, "mark": renewed}).status_code == 302
    assert PlanVersion.objects.count() == 2


def test_a_long_course_before_a_basic_need_is_pointed_out_with_a_way_out_and_its_source(
    cast: Cast, sign_in: SignIn
) -> None:
    make_plan(cast)
    page = sign_in("assigned").get(f"/cases/{cast.code}/plan/").text
    assert "C&amp;H-L 5.2" in page
    assert "stops nothing" in page
    assert f"steps/{Step.objects.get().pk}/again/" in page


def test_an_empty_plan_explains_itself_and_offers_the_first_step(cast: Cast, sign_in: SignIn) -> None:
    page = sign_in("assigned").get(f"/cases/{cast.code}/plan/").text
    assert "in her order" in page
    assert f"/cases/{cast.code}/plan/needs/new/" in page


def test_the_plan_takes_as_many_queries_for_one_need_as_for_thirty(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("assigned")
    counts = []
    for more in (1, 29):
        make_plan(cast, needs=more)
        client.get(f"/cases/{cast.code}/plan/")
        with CaptureQueriesContext(connection) as queries:
            page = client.get(f"/cases/{cast.code}/plan/", headers={"Accept-Encoding": "gzip"})
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert len(page.content) < 30_000


def test_the_history_words_every_line_of_the_plan(cast: Cast, sign_in: SignIn) -> None:
    make_plan(cast)
    page = sign_in("assigned").get(f"/cases/{cast.code}/history/").text
    for words in ("Need noted: Food", "Goal set: Work", "Step planned: A course", "version 1: She agrees to part"):
        assert words in page
    assert not [word for word in ALL if word in page]


def test_her_paper_has_her_words_and_steps_and_not_the_professionals_view(cast: Cast, sign_in: SignIn) -> None:
    make_plan(cast)
    goal, lawyer = Goal.objects.get().pk, cast["lawyer"]
    theirs = StepWords("procedure", "write to the court", Who.MEMBER, lawyer.member)
    actions.add_step(cast.case(), goal, by=cast["assigned"], step=theirs)
    answer = sign_in("assigned").get(f"/cases/{cast.code}/plan/paper/")
    text = text_of(answer.content)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert SAYS in text
    assert GOAL in text
    assert STEP in text
    assert "write to the court · Someone who accompanies me" in text
    for word in (VIEW, cast.code, "Here House", lawyer.name):
        assert word not in text


@pytest.mark.parametrize(
    ("hers", "asked", "words"),
    [("it", "", "Cibo"), ("ro", "", "Food"), ("it", "es", "Comida"), ("it", "xx", "Cibo"), ("", "", "Food")],
)
def test_her_paper_is_in_a_language_of_hers_where_we_have_one(
    cast: Cast, sign_in: SignIn, hers: str, asked: str, words: str
) -> None:
    make_plan(cast)
    Person.objects.filter(code=cast.code).update(languages=[hers] if hers else [])
    answer = sign_in("assigned").get(f"/cases/{cast.code}/plan/paper/", {"language": asked})
    assert words in text_of(answer.content)


def test_every_address_on_the_page_leads_somewhere(cast: Cast, sign_in: SignIn) -> None:
    make_plan(cast, needs=2)
    client = sign_in("assigned")
    client.post(f"/cases/{cast.code}/plan/goals/new/", {"words": "one more", "domain": "motivation"})
    client.post(f"/cases/{cast.code}/plan/steps/{Step.objects.order_by('pk')[0].pk}/done/")
    client.post(f"/cases/{cast.code}/plan/needs/{Need.objects.order_by('pk')[1].pk}/met/")
    page = client.get(f"/cases/{cast.code}/plan/").text
    found = set(re.findall(rf'(?:href|action|formaction)="(/cases/{cast.code}/plan/[^"#]*)', page))
    assert len(found) > 25
    for address in found - {f"/cases/{cast.code}/plan/paper/"}:
        assert client.get(address).status_code in (200, 302), address
