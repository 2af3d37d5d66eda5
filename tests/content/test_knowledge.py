"""The practice points of the 14 domains: short, sourced, practices before pitfalls."""

import pytest

from amparo.areas.knowledge.catalogue import domains_with_points, practice_points
from amparo.areas.plans.catalogue import DOMAIN_KEYS


def test_every_domain_has_points_and_no_other_has() -> None:
    assert domains_with_points() == set(DOMAIN_KEYS)
    with pytest.raises(KeyError):
        practice_points("weather")


@pytest.mark.parametrize("domain", DOMAIN_KEYS)
def test_a_domain_has_enough_points_to_help_and_few_enough_to_read(domain: str) -> None:
    assert 6 <= len(practice_points(domain)) <= 18


@pytest.mark.parametrize("domain", DOMAIN_KEYS)
def test_practices_come_before_pitfalls_and_both_are_there(domain: str) -> None:
    kinds = [point.kind for point in practice_points(domain)]
    assert kinds == sorted(kinds, reverse=True)
    assert set(kinds) == {"practice", "pitfall"}


@pytest.mark.parametrize("domain", DOMAIN_KEYS)
def test_points_are_short_and_drawn_from_a_document(domain: str) -> None:
    for point in practice_points(domain):
        assert point.source.cite in {"C&H-B", "C&H-L", "C&H-R", "ENPATES"}
        assert len(point.text["en"].split()) <= 35, point.key
