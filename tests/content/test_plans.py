"""The catalogues of the plan say what the sources say: 14 domains, five steps each, basic needs first."""

import pytest

from amparo.areas.plans import catalogue


def test_there_are_the_14_domains_in_their_order() -> None:
    assert tuple(domain.key for domain in catalogue.domains()) == catalogue.DOMAIN_KEYS
    assert len(catalogue.DOMAIN_KEYS) == 14


@pytest.mark.parametrize("key", catalogue.DOMAIN_KEYS)
def test_every_domain_has_five_different_steps(key: str) -> None:
    domain = catalogue.domain(key)
    for language in ("en", "es", "it"):
        assert len({domain.step(rating)[language] for rating in range(1, 6)}) == 5


@pytest.mark.parametrize("rating", [0, 6])
def test_a_rating_outside_the_scale_has_no_wording(rating: int) -> None:
    with pytest.raises(ValueError, match="from 1 to 5"):
        catalogue.domain("safety").step(rating)


def test_steps_never_judge_her() -> None:
    judging = ("fails", "refuses", "lazy", "unable", "se niega", "incapaz", "rifiuta", "incapace")
    words = [text for domain in catalogue.domains() for step in domain.steps for text in step.values()]
    assert [text for text in words if any(word in text.lower().split() for word in judging)] == []


def test_the_basic_needs_are_those_of_the_sources_and_each_belongs_to_one_domain() -> None:
    assert tuple(need.key for need in catalogue.basic_needs()) == catalogue.BASIC_NEED_KEYS
    placed = [need for domain in catalogue.domains() for need in domain.basic_needs]
    assert sorted(placed) == sorted(catalogue.BASIC_NEED_KEYS)
    assert catalogue.domain_of_basic_need("food") == "economic_situation"


def test_language_documents_childcare_and_transport_are_the_satellite_steps() -> None:
    satellites = {kind.key for kind in catalogue.step_kinds() if kind.satellite}
    assert satellites == {"language", "documents", "childcare", "transport"}


def test_the_job_plan_asks_in_every_section() -> None:
    assert {prompt.area for prompt in catalogue.job_prompts()} == set(catalogue.JOB_PLAN_AREAS)
