"""Her job plan and CV: in her words, section by section; the paper betrays nothing and is not kept."""

import pytest
from django.test import Client

from amparo.areas.audit.models import Entry
from amparo.areas.plans import catalogue, job
from amparo.areas.plans.models import JobPlan
from tests.cast import Cast
from tests.web.conftest import SignIn
from tests.web.plans.papers import text_of
from tests.web.plans.world import OUTSIDERS, READERS

CARED = "canary-cared-for-children"
UNWANTED = "canary-never-at-night"
NAME = "Lucía Inventada"
PHONE = "+34 600 000 111"


def answer(cast: Cast) -> None:
    for area, answers in (("skills", {"care": CARED}), ("wishes", {"unwanted_work": UNWANTED})):
        version = job.job_plan_of(cast["assigned"], cast.case()).version
        job.answer_prompts(cast.case(), by=cast["assigned"], area=area, answers=answers, version=version)


def make_cv(client: Client, cast: Cast, **changed: str) -> str:
    typed = {"name": NAME, "contact": PHONE, "skills": f"- {CARED}\n\nsewing", "language": "es", **changed}
    page = client.post(f"/cases/{cast.code}/plan/job/cv/", typed)
    assert page.status_code == 200
    assert page.headers["Content-Type"] == "application/pdf"
    return text_of(page.content)


def test_sections_are_talked_about_one_after_the_other_and_can_be_left(cast: Cast, sign_in: SignIn) -> None:
    client, plan = sign_in("assigned"), f"/cases/{cast.code}/plan/job/"
    typed = {"wished_work": "a bakery", "version": "0"}
    assert client.post(f"{plan}wishes/", typed).headers["Location"] == f"{plan}skills/"
    left = client.post(f"{plan}skills/", {"care": CARED, "version": "1", "later": "1"})
    assert left.headers["Location"] == plan
    page = client.get(plan).text
    assert "a bakery" in page
    assert CARED in page
    assert client.post(f"{plan}preparation/", {"version": "2"}).headers["Location"] == plan


def test_every_section_asks_its_prompts_with_examples(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("assigned")
    for area in catalogue.JOB_PLAN_AREAS:
        page = client.get(f"/cases/{cast.code}/plan/job/{area}/").text
        for prompt in catalogue.job_prompts():
            assert (f'name="{prompt.key}"' in page) is (prompt.area == area)


def test_one_section_leaves_the_others_as_they_are_and_an_emptied_answer_goes(cast: Cast) -> None:
    answer(cast)
    case, worker = cast.case(), cast["assigned"]
    job.answer_prompts(case, by=worker, area="wishes", answers={"unwanted_work": ""}, version=2)
    assert job.job_plan_of(worker, case).answers == {"care": CARED}
    assert b"canary" not in bytes(JobPlan.objects.get().answers)


def test_two_tabs_meet_and_the_second_can_save_again(cast: Cast, sign_in: SignIn) -> None:
    client, address = sign_in("assigned"), f"/cases/{cast.code}/plan/job/skills/"
    assert client.post(address, {"care": "first tab", "version": "0"}).status_code == 302
    page = client.post(address, {"care": "second tab", "version": "0"})
    assert page.status_code == 409
    assert "first tab" in page.text
    assert "second tab" in page.text
    version = page.context["form"]["version"].value()
    assert client.post(address, {"care": "both", "version": version}).status_code == 302


def test_a_cv_is_drafted_from_what_she_can_do_and_not_from_what_is_hers_alone(cast: Cast, sign_in: SignIn) -> None:
    answer(cast)
    page = sign_in("assigned").get(f"/cases/{cast.code}/plan/job/cv/").text
    assert CARED in page
    assert UNWANTED not in page


def test_a_cv_says_what_was_typed_and_nothing_about_us(cast: Cast, sign_in: SignIn) -> None:
    answer(cast)
    paper = make_cv(sign_in("assigned"), cast)
    for words in (NAME, PHONE, CARED, "sewing"):
        assert words in paper
    for words in (cast.code, "Here House", UNWANTED, "Zubaida"):
        assert words not in paper
    assert f"- {CARED}" not in paper


def test_a_section_left_empty_has_no_heading(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in("assigned")
    assert "Experience" not in make_cv(client, cast, language="en")
    assert "Experience" in make_cv(client, cast, language="en", experience="market")


def test_the_name_in_a_cv_is_not_kept_anywhere(cast: Cast, sign_in: SignIn) -> None:
    answer(cast)
    client = sign_in("assigned")
    make_cv(client, cast)
    assert NAME not in client.get(f"/cases/{cast.code}/plan/job/cv/").text
    assert job.job_plan_of(cast["assigned"], cast.case()).version == 2
    assert not [entry for entry in Entry.objects.all() if "Invent" in str(entry.facts)]


@pytest.mark.parametrize("changed", [{"name": ""}, {"language": "xx"}, {"contact": "x" * 300}])
def test_a_wrong_cv_form_gives_back_what_was_typed(cast: Cast, sign_in: SignIn, changed: dict[str, str]) -> None:
    typed = {"name": NAME, "skills": "keep me", "language": "en", **changed}
    page = sign_in("assigned").post(f"/cases/{cast.code}/plan/job/cv/", typed)
    assert page.status_code == 422
    assert "keep me" in page.text


@pytest.mark.parametrize("name", READERS)
def test_who_reads_her_plan_reads_her_job_plan(cast: Cast, sign_in: SignIn, name: str) -> None:
    answer(cast)
    page = sign_in(name).get(f"/cases/{cast.code}/plan/job/")
    assert page.status_code == 200
    assert CARED in page.text


@pytest.mark.parametrize(("name", "status"), OUTSIDERS)
def test_for_others_her_job_plan_is_not_there(cast: Cast, sign_in: SignIn, name: str, status: int) -> None:
    answer(cast)
    client = sign_in(name)
    for address in ("", "skills/", "cv/"):
        page = client.get(f"/cases/{cast.code}/plan/job/{address}")
        assert page.status_code == status
        assert CARED not in page.text


@pytest.mark.parametrize("name", ["lawyer", "mediator", "coordinator"])
def test_who_only_reads_changes_nothing_and_makes_no_cv(cast: Cast, sign_in: SignIn, name: str) -> None:
    client, plan = sign_in(name), f"/cases/{cast.code}/plan/job/"
    assert "skills/" not in client.get(plan).text
    assert client.post(f"{plan}skills/", {"care": "x", "version": "0"}).status_code == 403
    assert client.post(f"{plan}cv/", {"name": NAME, "language": "en"}).status_code == 403
    assert not JobPlan.objects.exists()


def test_a_section_that_does_not_exist_is_not_there(cast: Cast, sign_in: SignIn) -> None:
    assert sign_in("assigned").get(f"/cases/{cast.code}/plan/job/dreams/").status_code == 404
