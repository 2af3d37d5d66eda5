"""The staged schemes, the rules of other sources than FIIT, and what holds for every file of rules that we ship."""

from collections.abc import Iterator
from typing import Any

import pytest

from amparo.areas.entitlements.rules.scheme import Opening, Stage, Test
from tests.shipped_rules import FIIT, FILES, FOLDER, long, permit, rules, told

NAMES = [file.relative_to(FOLDER).with_suffix("").as_posix() for file in FILES]

# The stages of each path with their lengths: who must act, within what, longest, and by how much more.
PATHS = {
    "be/2013 be.pathway": [
        ("be.reflection", "she", "45 days", "", ""),
        ("be.first_permit", "her_team", "3 months", "", ""),
        ("be.permit_while_case_runs", "her_team", "6 months", "", "6 months"),
        ("be.permanent_permit", "her_team", "5 years", "", "5 years"),
    ],
    "fr/2013 fr.pathway": [
        ("fr.reflection", "she", "30 days", "", ""),
        ("fr.short_permit", "her_team", "6 months", "1 years", ""),
        ("fr.ten_year_permit", "her_team", "10 years", "", ""),
    ],
    "it/2013 it.pathway": [
        ("it.first_assistance", "her_team", "3 months", "", ""),
        ("it.permit", "her_team", "6 months", "", ""),
        ("it.conversion", "her_team", "1 years", "", ""),
    ],
    "it/2013 it.veneto": [
        ("it.veneto_assessment", "social_services", "4 days", "5 days", ""),
        ("it.veneto_first_assistance", "social_services", "3 months", "", ""),
        ("it.veneto_programme", "social_services", "6 months", "12 months", ""),
        ("it.veneto_conversion", "her_team", "1 years", "", ""),
    ],
    "it/2018 it.pathway": [
        ("it.first_assistance", "her_team", "3 months", "", "3 months"),
        ("it.permit", "her_team", "6 months", "", "1 years"),
        ("it.conversion", "her_team", "1 years", "", ""),
    ],
    "hu/2013 hu.shelter_stay": [
        ("hu.shelter_entry", "her_team", "", "", ""),
        ("hu.shelter", "shelter", "60 days", "", "60 days"),
    ],
    "hu/2013 hu.pathway": [
        ("hu.reflection", "her_team", "30 days", "", ""),
        ("hu.humanitarian_stay", "her_team", "6 months", "", ""),
    ],
    "gb/2013 gb.pathway": [
        ("gb.referral", "first_responder", "", "", ""),
        ("gb.reasonable_grounds_decision", "competent_authority", "5 working_days", "", ""),
        ("gb.conclusive_decision", "competent_authority", "45 days", "", ""),
        ("gb.residence_permit", "her_team", "1 years", "", ""),
    ],
}


def stages(name: str) -> dict[str, Stage]:
    return {stage.id: stage for path in rules(name).pathways for stage in path.stages}


@pytest.mark.parametrize("path", PATHS)
def test_a_staged_scheme_has_its_stages_and_lengths(path: str) -> None:
    name, _, pathway = path.partition(" ")
    found = next(one for one in rules(name).pathways if one.id == pathway)
    assert [
        (
            stage.id,
            stage.who,
            long(stage.lasts),
            long(stage.lasts_up_to),
            long(stage.extension.by) if stage.extension else "",
        )
        for stage in found.stages
    ] == PATHS[path]


def test_the_first_british_decision_counts_from_the_day_on_which_the_referral_came() -> None:
    found = stages("gb/2013")
    assert found["gb.reasonable_grounds_decision"].starts == "referral_received_on"
    assert found["gb.conclusive_decision"].starts == "reflection_started_on"
    assert found["gb.conclusive_decision"].extension is not None


@pytest.mark.parametrize("name", NAMES)
def test_a_stage_counts_from_the_day_of_its_permit_or_after_another_stage(name: str) -> None:
    for stage in stages(name).values():
        if stage.starts in {"reflection_started_on", "permit_started_on"}:
            assert stage.permit is not None, stage.id
            assert stage.starts == permit(name, stage.permit).starts, stage.id
        elif stage.starts is not None:
            first = stage.id.endswith(("_assessment", "_entry", ".referral", ".identification"))
            assert stage.starts == ("identified_on" if first else "referral_received_on"), stage.id
        else:
            assert stage.after, stage.id


def test_the_path_of_veneto_is_for_veneto() -> None:
    regions = {one.id: one.region for one in rules("it/2013").pathways}
    assert regions == {"it.pathway": None, "it.veneto": "IT-34"}


def test_three_and_sixty_days_more_are_given_once() -> None:
    first, shelter = stages("it/2018")["it.first_assistance"], stages("hu/2013")["hu.shelter"]
    assert [stage.extension.times for stage in (first, shelter) if stage.extension] == [1, 1]


@pytest.mark.parametrize("name", NAMES)
def test_no_appeal_has_a_term_because_no_source_fixes_one(name: str) -> None:
    appeals = [stage.appeal for stage in stages(name).values() if stage.appeal]
    assert appeals
    assert [
        appeal for appeal in appeals if appeal.by is not None or "names no time limit" not in appeal.when["en"]
    ] == []


@pytest.mark.parametrize("name", FIIT)
def test_rules_of_the_toolkit_hold_for_its_two_years(name: str) -> None:
    found = rules(name)
    assert (str(found.valid_from), str(found.valid_to), str(found.checked.on)) == (
        *("2012-01-01", "2013-12-31", "2013-06-01"),
    )
    assert found.checked.by == "FIIT project (IOM)"


def test_italy_from_2018_gives_three_months_and_three_more_without_removal() -> None:
    first = permit("it/2018", "it.reflection_period")
    assert (long(first.lasts), first.guarantees) == ("3 months", ("no_removal",))
    assert first.renewal is not None
    assert (long(first.renewal.by), first.renewal.times) == ("3 months", 1)
    short = permit("it/2018", "it.temporary_stay")
    assert short.renewal is not None
    assert (long(short.lasts), long(short.renewal.by)) == ("6 months", "1 years")
    assert told(short.conditions).startswith("any(cooperates, all(identified_by_registered_ngo")


def test_what_italy_carries_over_from_2013_says_so() -> None:
    for item in rules("it/2018").services:
        assert "carried over from the rules of 2013" in item.notes[-1]["en"].lower(), item.id


def test_spain_gives_what_its_sources_say_and_no_lengths() -> None:
    found = rules("es/2021")
    assert {told(one.conditions) for one in found.permits} == {"possible_victim"}
    assert {(one.lasts, one.renewable) for one in found.permits} == {(None, None)}
    help_in_law = next(one for one in found.services if one.kind == "legal_assistance")
    assert help_in_law.free_of_charge
    assert not help_in_law.region


def test_catalonia_lists_the_rights_of_women_whatever_their_papers() -> None:
    catalan = [one for one in rules("es/2021").services if one.region == "ES-CT"]
    assert {one.kind for one in catalan} == {
        *("accommodation_mainstream", "employment", "health", "language_courses", "legal_assistance"),
        *("psychosocial", "training"),
    }
    assert [one.id for one in catalan if "holds_residence_permit" in told(one.conditions)] == []
    network = next(one for one in catalan if one.kind == "psychosocial")
    assert "financial benefits" in network.notes[1]["en"]
    assert "effective protection" in network.notes[1]["en"]


def test_the_european_minimum_is_thirty_days_and_has_no_end() -> None:
    found = rules("eu/2005")
    first, stay = found.permits
    assert (long(first.lasts), first.guarantees, found.valid_to) == ("30 days", ("no_removal",), None)
    assert first.notes[0]["en"].startswith("At least 30 days")
    assert (told(stay.conditions), stay.lasts, stay.renewable) == (
        *("any(personal_circumstances_warrant_stay, cooperates)", None, True),
    )


def test_help_of_the_united_kingdom_is_not_counted_as_scottish() -> None:
    place = rules("gb/2013").holidays
    assert place is not None
    assert (place.country, place.part) == ("GB", "ENG")


@pytest.mark.parametrize("name", NAMES)
def test_every_conditioned_item_has_an_example_for_each_status_and_asks_exactly(name: str) -> None:
    found, seen = rules(name), dict[str, set[str]]()
    for example in found.examples:
        for item, expected in example.expect.items():
            status = expected if isinstance(expected, str) else expected.status
            seen.setdefault(item, set()).add(status)
            if status == "undetermined":
                assert not isinstance(expected, str), f"{item} in '{example.says}' does not say what to ask"
                assert expected.ask, f"{item} in '{example.says}' does not say what to ask"
    for one in (*found.permits, *found.services):
        wanted = (
            {"eligible", "not_eligible", "undetermined"}
            if one.conditions not in (Test(all=()), Test(any=()))
            else set()
        )
        assert wanted <= seen.get(one.id, set()), one.id


@pytest.mark.parametrize("name", NAMES)
def test_every_permit_says_from_which_day_it_counts(name: str) -> None:
    for one in rules(name).permits:
        wanted = "reflection_started_on" if one.kind == "reflection_period" else "permit_started_on"
        assert one.starts == wanted, one.id


@pytest.mark.parametrize("name", NAMES)
def test_no_right_stands_twice(name: str) -> None:
    for one in rules(name).permits:
        rights = [right.right if isinstance(right, Opening) else right for right in (*one.opens, *one.guarantees)]
        assert len(rights) == len(set(rights)), one.id


def texts(part: Any) -> Iterator[dict[str, str]]:
    if isinstance(part, dict) and "en" in part:
        yield part
    elif isinstance(part, tuple):
        for one in part:
            yield from texts(one)
    elif hasattr(part, "__struct_fields__"):
        for field in part.__struct_fields__:
            yield from texts(getattr(part, field))


@pytest.mark.parametrize("name", NAMES)
def test_texts_are_short_enough_for_a_tired_reader(name: str) -> None:
    long_ones = [text["en"] for text in texts(rules(name)) if len(text["en"].split()) > 55]
    assert long_ones == []


def test_the_worked_examples_reach_a_leap_day_easter_and_a_new_year() -> None:
    said = " ".join(example.says for name in NAMES for example in rules(name).examples)
    assert [
        word for word in ("29 February", "leap day", "Easter", "new year", "end of a year") if word not in said
    ] == []
