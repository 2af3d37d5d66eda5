"""The rules of later sources: Italy from 2018, Spain with Catalonia, and the European minimum."""

import msgspec
import pytest

from tests.shipped_rules import items, long, permit, rules, told

KNOWN = "any(possible_victim, recognised_victim)"
WOMEN = f"all(gender in female, {KNOWN})"
ANYBODY = "any(possible_victim, reasonable_grounds, recognised_victim)"

# Conditions, provider, free of charge or not, by whom, and words that stand in the notes.
SERVICES = {
    "es.legal_assistance": (KNOWN, "mainstream", True, "lawyers", ["at once", "compensation", "come near"]),
    "es.psychosocial": (KNOWN, "specialised", None, "specialised_ngo", ["police begin to identify", "protocol"]),
    "es.ct_psychosocial": (WOMEN, "both", None, "", ["financial benefits", "effective protection", "speaks of women"]),
    "es.ct_health": (WOMEN, "both", None, "health_professionals", ["Her papers do not matter"]),
    "es.ct_legal_assistance": (WOMEN, "both", None, "lawyers", ["Law 5/2008"]),
    "es.ct_accommodation": (WOMEN, "mainstream", None, "", ["does not name the kinds of housing"]),
    "es.ct_language_courses": ("all()", "mainstream", None, "integration_services", ["120 hours", "residence permit"]),
    "es.ct_training": (WOMEN, "mainstream", None, "", ["gender-based violence"]),
    "es.ct_employment": (WOMEN, "mainstream", None, "", ["gender-based violence"]),
    "eu.accommodation_specialised": (ANYBODY, "both", None, "", ["safe and suits her"]),
    "eu.psychosocial": (ANYBODY, "both", None, "", ["safety and protection"]),
    "eu.health": (ANYBODY, "both", None, "", ["any other treatment"]),
    "eu.legal_assistance": (ANYBODY, "both", None, "", ["a language she understands"]),
    "eu.training": ("holds_residence_permit", "both", None, "", ["stay lawfully"]),
    "eu.employment": ("holds_residence_permit", "both", None, "", ["stay lawfully"]),
}
NOTES = {
    "es.reflection_period": ["not how long it lasts"],
    "es.temporary_stay": ["does not depend on whether she wants to cooperate"],
    "eu.reflection_period": ["At least 30 days", "public order"],
    "eu.temporary_stay": ["personal situation", "asylum"],
}


def words(part: tuple[dict[str, str], ...]) -> str:
    return " ".join(text["en"] for text in part)


@pytest.mark.parametrize("name", ["es/2021", "eu/2005"])
def test_no_service_is_added_or_lost(name: str) -> None:
    assert [one.id for one in rules(name).services] == [item for item in SERVICES if item[:2] == name[:2]]


@pytest.mark.parametrize("item", SERVICES)
def test_a_service_is_as_its_source_says(item: str) -> None:
    name = "es/2021" if item.startswith("es") else "eu/2005"
    found = next(one for one in rules(name).services if one.id == item)
    cell = (told(found.conditions), found.provider, found.free_of_charge, " ".join(found.by))
    assert cell == SERVICES[item][:4]
    assert [word for word in SERVICES[item][4] if word not in words(found.notes)] == []
    assert found.region == ("ES-CT" if ".ct_" in item else None)


@pytest.mark.parametrize("item", NOTES)
def test_a_permit_says_what_no_field_can_hold(item: str) -> None:
    name = "es/2021" if item.startswith("es") else "eu/2005"
    assert [word for word in NOTES[item] if word not in words(permit(name, item).notes)] == []
    assert permit(name, item).opens == ()


def test_spain_says_that_rights_depend_on_the_region_and_that_no_complaint_is_needed() -> None:
    said = words(rules("es/2021").notes)
    for word in ("region", "Neither a complaint", "59 bis", "Law 4/2015", "gender-based violence does not name"):
        assert word in said


def test_the_convention_asks_for_her_yes_and_for_no_testimony() -> None:
    said = words(rules("eu/2005").notes)
    assert "informed yes" in said
    assert "willing to be a witness" in said
    assert permit("eu/2005", "eu.reflection_period").renewable is None
    assert rules("eu/2005").pathways[0].stages[0].starts == "reflection_started_on"


@pytest.mark.parametrize("item", [one.id for one in rules("it/2013").services])
def test_italy_keeps_every_service_of_2013_word_for_word_and_adds_notes(item: str) -> None:
    before, after = items("it/2013")[item], items("it/2018")[item]
    assert msgspec.structs.replace(after, notes=before.notes, source=before.source) == before
    assert after.notes[: len(before.notes)] == before.notes
    assert len(after.notes) > len(before.notes)
    if item not in {"it.accommodation_specialised", "it.health"}:
        assert after.source == before.source


@pytest.mark.parametrize("item", [one.id for one in rules("it/2013").permits])
def test_italy_keeps_conditions_and_rights_of_permits_and_says_so(item: str) -> None:
    before, after = permit("it/2013", item), permit("it/2018", item)
    assert (after.conditions, after.opens, after.lasts, after.renewable) == (
        *(before.conditions, before.opens, before.lasts, before.renewable),
    )
    assert "carried over from the rules of 2013 (FIIT, lines 554-559" in words(after.notes)


def test_the_path_of_veneto_keeps_its_lengths_and_says_how_old_it_is() -> None:
    (_, before), (_, after) = rules("it/2013").pathways, rules("it/2018").pathways
    assert [(one.id, one.who, long(one.lasts), long(one.lasts_up_to), one.after) for one in before.stages] == [
        (one.id, one.who, long(one.lasts), long(one.lasts_up_to), one.after) for one in after.stages
    ]
    assert after.notes[1:] == before.notes
    assert "Carried over" in after.notes[0]["en"]


def test_italy_in_2021_had_no_plan_and_no_rapporteur_and_a_mechanism_that_works_unevenly() -> None:
    assert "does not work equally well everywhere" in words(rules("it/2018").notes)
    assert "asked for asylum on arrival" in words(rules("it/2018").notes)
