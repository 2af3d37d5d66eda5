"""The catalogues of safety: the first instrument, triggers, measures, incidents and numbers to call."""

import pycountry
import pytest

from amparo.areas.safety import catalogue
from amparo.areas.safety.instruments import OPEN_ANSWERS, RiskItem, current_instrument, instrument, instruments

ITEMS = current_instrument().items


def test_the_first_instrument_is_found_by_key_and_version() -> None:
    assert current_instrument() is instrument("first_safety", 1)
    assert instruments() == (instrument("first_safety", 1),)
    with pytest.raises(KeyError):
        instrument("first_safety", 99)


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.key)
def test_every_question_can_stay_open_and_has_an_answer_that_weighs_nothing(item: RiskItem) -> None:
    assert tuple(answer.key for answer in item.answers[-2:]) == OPEN_ANSWERS
    assert {item.answer(key).weight for key in OPEN_ANSWERS} == {"none"}
    assert item.answers[0].weight == "none"


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.key)
def test_answers_are_graded_from_least_to_most(item: RiskItem) -> None:
    order = ("none", "low", "medium", "high")
    weights = [order.index(answer.weight) for answer in item.answers[:-2]]
    assert weights == sorted(weights)


def test_the_items_the_sources_name_are_all_asked() -> None:
    asked = {item.key for item in ITEMS}
    assert {"physical_health", "emotional_state", "risk_from_family", "contact_by_network", "substances"} <= asked
    assert {"debt", "proceedings", "children_at_risk", "lives_with_exploiters", "recent_threats"} <= asked
    assert {"imminent_danger", "meeting_others", "protected_witness", "self_harm"} <= asked


def test_danger_now_raises_the_level_alone_and_cooperation_does_not() -> None:
    alone = {item.key for item in ITEMS if item.raises_alone}
    assert alone == {"imminent_danger", "lives_with_exploiters", "children_at_risk", "self_harm", "still_exploited"}


def test_every_part_of_the_instrument_has_questions() -> None:
    assert {item.area for item in ITEMS} == {area.key for area in current_instrument().areas}
    assert current_instrument().item("debt").area == "network"


def test_the_triggers_are_those_of_the_rule_and_higher_risk_is_looked_at_sooner() -> None:
    found = catalogue.triggers()
    assert tuple(trigger.key for trigger in found.triggers) == catalogue.TRIGGER_KEYS
    months = [found.months_by_level[level] for level in catalogue.LEVELS]
    assert months == sorted(months, reverse=True)


def test_a_safety_plan_can_say_what_to_prepare_what_to_do_now_and_after() -> None:
    assert {measure.moment for measure in catalogue.measures()} == set(catalogue.MOMENTS)


def test_threats_and_contact_by_the_network_open_a_new_assessment() -> None:
    opens = {kind.key: kind.opens for kind in catalogue.incident_kinds()}
    assert opens["threat"] == "threat"
    assert opens["contact_by_network"] == "contact_by_network"
    assert opens["other"] is None


def test_every_country_of_the_union_and_britain_has_112() -> None:
    countries = catalogue.emergency_contacts().countries
    assert len(countries) == 28
    assert all(pycountry.countries.get(alpha_2=country.key.upper()) for country in countries)
    assert all(country.contacts[0].number == "112" for country in countries)


def test_every_hotline_from_the_source_is_marked_to_be_checked() -> None:
    hotlines = [
        one
        for country in catalogue.emergency_contacts().countries
        for one in country.contacts
        if one.service == "hotline"
    ]
    assert len(hotlines) == 35
    assert all(one.to_check and one.source.cite == "FIIT" for one in hotlines)


def test_numbers_are_found_by_country_in_any_case() -> None:
    assert catalogue.contacts_in("IT") == catalogue.contacts_in("it") != ()
    assert catalogue.contacts_in("xx") == ()
