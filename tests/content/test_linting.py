"""Whoever writes rules of a country is told every mistake: file, line, field, and what is expected."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from amparo.areas.entitlements.files import LARGEST, check, clashes, load
from amparo.areas.entitlements.rules.facts import VALUES
from tests.content.rule_files import RIGHT, changed, write

TODAY = date(2026, 11, 22)
CONDITIONS = "{all: [possible_victim, {not: threat_to_public_order}]}"
YES_OR_NO = [fact for fact, values in VALUES.items() if values == (True, False)]
NO_LINES = "expected 'lines N-M' within the 1396 lines of FIIT"
SECOND = RIGHT.index("  - id: be.stage_two")


def told(text: str) -> list[str]:
    return [str(problem) for problem in check(text, "be/2013.yaml", today=TODAY).problems]


def test_rules_without_mistakes_can_be_used() -> None:
    loaded = check(RIGHT, "be/2013.yaml", today=TODAY)
    assert loaded.problems == ()
    assert loaded.rule_set is not None
    assert loaded.rule_set.permits[0].lasts is not None


MISTAKES = [
    # the period and the place
    ("valid_to: 2013-12-31", "valid_to: 2011-12-31", "line 4: valid_to: expected a day from 2012-01-01 on, found 2011"),
    (
        "on: 2013-06-01, by",
        "on: 2027-06-01, by",
        "line 5: checked.on: expected a day that has come already, found 2027",
    ),
    ("country: BE", "country: XX", "line 1: country: expected a country by its two letters of ISO 3166"),
    ("country: BE", "country: be", "line 1: country: expected a country by its two letters of ISO 3166"),
    ("country: BE", "country: UK", "such as BE (the United Kingdom is GB), or EU; found 'UK'"),
    ("services:", "holidays: {country: XX}\nservices:", "holidays: expected a place whose public holidays are known"),
    ("region: BE-VLG", "region: ES-CT", "line 24: services[1].region: expected a part of BE by ISO 3166-2"),
    ("region: BE-VLG", "region: BE-XXX", "line 24: services[1].region: expected a part of BE by ISO 3166-2"),
    # texts and sources
    ("es: Salud", "fr: Santé", "line 20: services[1].title.es: expected a text in that language"),
    ("it: Salute", "it: ' '", "line 20: services[1].title.it: expected a text in that language"),
    ("it: Salute", "it: Salute, french: Santé", "line 20: services[1].title.french: expected a text in that language"),
    ("by: FIIT", "by: ' '", "line 5: checked.by: expected a text, found nothing but spaces"),
    ('"Belgium, lines 61-170"', "Belgium", f"line 6: source.where: {NO_LINES}, found 'Belgium'"),
    ("lines 61-170", "lines 61-1700", f"line 6: source.where: {NO_LINES}"),
    # ids
    ("id: be.health", "id: health", "line 18: services[1].id: expected 'be.' and words in lower case, found 'health'"),
    ("id: be.health", "id: fr.health", "line 18: services[1].id: expected 'be.' and words in lower case"),
    ("id: be.health", "id: be.Health", "line 18: services[1].id: expected 'be.' and words in lower case"),
    ("id: be.health", "id: be.reflection", "expected an id of its own; 'be.reflection' stands at permits[1] already"),
    # conditions
    (CONDITIONS, "possible_victims", "line 11: permits[1].conditions: expected a fact that exists (perhaps possible_v"),
    (CONDITIONS, "{not: zzz}", "line 11: permits[1].conditions.not: expected a fact that exists, found 'zzz'"),
    (CONDITIONS, "identified_on", "permits[1].conditions: expected a fact with few answers, not a day, found 'identif"),
    (CONDITIONS, "{}", "line 11: permits[1].conditions: expected exactly one of all, any, not or fact"),
    (CONDITIONS, "{all: [adult], any: [adult]}", "permits[1].conditions: expected exactly one of all, any, not or f"),
    (CONDITIONS, "{not: adult, in: [x]}", "permits[1].conditions.in: expected the field fact beside it"),
    (CONDITIONS, "{fact: adult, in: [x]}", "permits[1].conditions.fact: expected no field in beside it"),
    (CONDITIONS, "gender", "permits[1].conditions: expected fact: gender with in: and one or more of female, male"),
    (CONDITIONS, "{fact: gender}", "permits[1].conditions.fact: expected fact: gender with in: and one or more of"),
    (CONDITIONS, "{fact: gender, in: [woman]}", "expected in: with some of female, male, other, each once, found 'wom"),
    (CONDITIONS, "{fact: gender, in: [male, male]}", "each once, found 'male, male'"),
    (CONDITIONS, "{fact: gender, in: [female, male, other]}", "this one always holds (write all: [] where that is m"),
    (
        CONDITIONS,
        f"{{any: [{', '.join(YES_OR_NO[:17])}]}}",
        "line 11: permits[1].conditions: expected at most 16 facts in",
    ),
    (CONDITIONS, "{fact: gender, in: []}", "this one never holds (write any: [] where that is meant)"),
    (CONDITIONS, "{all: [adult, {not: adult}]}", "line 11: permits[1].conditions: expected a condition that some answ"),
    (CONDITIONS, "{any: [adult, {all: [adult, {not: adult}]}]}", "permits[1].conditions.any[2]: expected a condition"),
    ("when: holds_residence_permit", "when: {any: [adult, {not: adult}]}", "permits[1].opens[2].when: expected a con"),
    # lengths
    ("{days: 45}", "{}", "line 12: permits[1].lasts: expected exactly one of days, working_days, months, years"),
    ("{days: 45}", "{days: 1, months: 1}", "line 12: permits[1].lasts: expected exactly one of days, working_days"),
    ("{days: 45}", "{days: 0}", "line 12: permits[1].lasts.days: expected a whole number from 1 to 36500, found 0"),
    ("{days: 45}", "{years: 999}", "line 12: permits[1].lasts.years: expected a whole number from 1 to 100, found 9"),
    ("{days: 45}", "{days: 45}\n    lasts_up_to: {days: 45}", "lasts_up_to.days: expected more than 45, found 45"),
    ("{days: 45}", "null\n    lasts_up_to: {days: 45}", "line 12: permits[1].lasts: expected the shorter length where"),
    # pathways
    ("permit: be.reflection", "permit: be.none", "pathways[1].stages[1].permit: expected the id of a permit of this"),
    ("after: [be.stage_one]", "after: [be.no]", "stages[2].after[1]: expected the id of another stage of this pathway"),
    ("after: [be.stage_one]", "after: [be.stage_two]", "stages[2].after: expected stages that come before it; 'be.st"),
    ("after: [be.stage_one]", "warn: true", "pathways[1].stages[2]: expected starts or after; without either"),
    # examples
    ("be.health: eligible", "be.none: eligible", "line 51: examples[1].expect.be.none: expected the id of a permit or"),
    ("be.health: eligible", "be.health: not_eligible", "be.health: expected by the example: not_eligible, came: eli"),
    ("{status: eligible", "{status: undetermined", "line 50: examples[1].expect.be.reflection: expected by the exam"),
    ("victim: true, threat_to_public_order: false", "victim: true", "came: undetermined (threat_to_public_order)"),
    ("ask: []", "ask: [adult]", "be.reflection.ask: expected by the example: adult, came: none"),
    ("failed: [threat_to_public_order]", "failed: []", "failed: expected by the example: none, came: threat_to_publ"),
    ("ends_on: 2013-07-15", "ends_on: 2013-07-16", "ends_on: expected by the example: 2013-07-16, came: 2013-07-15"),
    ("be.health: eligible", "be.health: {status: eligible, ends_on: 2013-07-15}", "came: no day"),
    ("stage_one: 2013-04-08", "stage_one: 2013-04-05", "be.stage_one: expected by the example: 2013-04-05, came: 2"),
    ("{be.stage_one: 2013-04-08}", "{be.stage_nine: 2013-04-08}", "be.stage_nine: expected by the example: 2013-04-0"),
    ("reflection_started_on: 2013-06-01", "reflection_started_on: 0013-06-01", "facts: expected days that can be cou"),
    ("{status: not_eligible, failed: [threat_to_public_order]}", "not_eligble", "expected one of eligible, not_eligib"),
    ("status: not_eligible, failed", "status: not_eligible, fialed", "perhaps 'failed'"),
    (
        "facts: {threat_to_public_order",
        "facts: {threat_to_order",
        "facts.threat_to_order: expected a field that exists, perhaps 'threat_to_pub",
    ),
    ("facts: {threat_to_public_order: true", "facts: {threat_to_public_order: 1", "expected true or false, found 1"),
]


@pytest.mark.parametrize(("old", "new", "expected"), MISTAKES, ids=[mistake[2][:60] for mistake in MISTAKES])
def test_a_mistake_is_told_with_its_line(old: str, new: str, expected: str) -> None:
    found = told(changed((old, new)))
    assert any(expected in problem for problem in found), found
    assert all(problem.startswith("be/2013.yaml, line ") for problem in found)


def test_rules_with_a_mistake_cannot_be_used() -> None:
    assert check(changed(("days: 45", "days: 0")), "be/2013.yaml", today=TODAY).rule_set is None


def test_all_mistakes_of_a_file_are_told_in_the_order_of_its_lines() -> None:
    found = told(
        changed(("es: Bélgica, ", ""), ("lines 61-170", "lines 0-1"), ("days: 45", "days: 0"), ("be.health", "be."))
    )
    assert [problem.split(":")[0] for problem in found] == [f"be/2013.yaml, line {line}" for line in (2, 6, 12, 18)]


def test_a_day_that_does_not_exist_is_told_once() -> None:
    assert told(changed(("on: 2013-06-01", "on: 2013-02-30"))) == [
        "be/2013.yaml, line 5: checked.on: expected a day that exists, found 2013-02-30"
    ]


def test_a_file_that_is_no_yaml_is_told_once() -> None:
    assert len(told("country: BE: x")) == 1


def test_stages_that_come_after_each_other_are_told() -> None:
    found = told(changed(("starts: referral_received_on", "after: [be.stage_two]")))
    assert sum("comes after itself" in problem for problem in found) == 2


def test_a_permit_wants_an_example_of_each_outcome() -> None:
    found = told(
        changed(("be.reflection: {status: not_eligible, failed: [threat_to_public_order]}", "be.health: eligible"))
    )
    assert found == ["be/2013.yaml, line 8: permits[1]: expected an example that expects be.reflection: not_eligible"]


def test_a_permit_that_nobody_can_get_wants_no_example_of_getting_it() -> None:
    never = changed((CONDITIONS, "{any: []}"), ("{status: eligible, ", "{status: not_eligible, "))
    assert told(changed(("failed: [threat_to_public_order]", "failed: []"), text=never)) == []


def test_working_days_want_a_place_with_holidays() -> None:
    anywhere = RIGHT.replace("country: BE", "country: EU").replace("be.", "eu.").replace("    region: BE-VLG\n", "")
    assert any("holidays: expected a place whose public holidays are known" in problem for problem in told(anywhere))
    assert told(changed(("services:", "holidays: {country: BE}\nservices:"), text=anywhere)) == []


@pytest.mark.parametrize(
    ("later", "overlap"),
    [
        (("2012-01-01", "2013-12-31"), True),
        (("2013-12-31", "null"), True),
        (("2014-01-01", "null"), False),
        (("2010-01-01", "2011-12-31"), False),
        (("2010-01-01", "null"), True),
    ],
)
def test_periods_of_one_country_do_not_overlap(later: tuple[str, str], overlap: bool) -> None:
    text = changed(
        ("valid_from: 2012-01-01", f"valid_from: {later[0]}"), ("valid_to: 2013-12-31", f"valid_to: {later[1]}")
    )
    files = [check(RIGHT, "be/2013.yaml", today=TODAY), check(text, "be/other.yaml", today=TODAY)]
    found = [str(problem) for problem in clashes(files)]
    assert bool(found) is overlap
    assert all("line 3: valid_from: expected a day that no other rules cover, found 20" in problem for problem in found)


def test_periods_of_two_countries_may_overlap() -> None:
    french = RIGHT.replace("country: BE", "country: FR").replace("be.", "fr.").replace("    region: BE-VLG\n", "")
    files = [check(RIGHT, "be/2013.yaml", today=TODAY), check(french, "fr/2013.yaml", today=TODAY)]
    assert all(one.rule_set for one in files)
    assert list(clashes(files)) == []


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    file = write(tmp_path)
    file.write_bytes(b"country: BE\ntitle: B\xe9lgica\n")
    assert [str(one) for one in load(file, "x.yaml", today=TODAY).problems] == [
        "x.yaml, line 2: the file: expected text in UTF-8"
    ]
    file.write_bytes(b" " * (LARGEST + 1))
    assert "expected a file of at most 1 MB" in str(load(file, "x.yaml", today=TODAY).problems[0])
    missing = load(tmp_path / "none.yaml", "none.yaml", today=TODAY)
    assert "line 1: the file: expected a file that can be read (No such file" in str(missing.problems[0])
    assert str(missing.problem(("a",), "b")) == "none.yaml, line 1: a: expected b"


def test_a_file_from_an_editor_that_marks_utf_8_is_read(tmp_path: Path) -> None:
    file = write(tmp_path, "\ufeff" + RIGHT)
    assert load(file, "x.yaml", today=TODAY).problems == ()


_SCRAPS = st.sampled_from(
    [
        "",
        "x",
        "null",
        "[]",
        "{}",
        "- x",
        "all: [adult]",
        "days: 0",
        "2013-02-30",
        "\t",
        "'",
        "&a *a",
        "a: b: c",
        "id: be.x",
        "{",
    ]
)
_BREAKING = st.lists(
    st.tuples(st.integers(0, RIGHT.count("\n")), st.sampled_from(["leave out", "twice", "replace", "cut"]), _SCRAPS),
    min_size=1,
    max_size=4,
)


def broken(text: str, ways: list[tuple[int, str, str]]) -> str:
    lines = text.split("\n")
    for place, way, scrap in ways:
        at = place % len(lines)
        name, colon, _ = lines[at].partition(": ")
        instead = {
            "leave out": [],
            "twice": [lines[at]] * 2,
            "replace": [f"{name}{colon}{scrap}"],
            "cut": [lines[at][:-3]],
        }
        lines[at : at + 1] = instead[way]
        lines = lines or [""]
    return "\n".join(lines)


@given(ways=_BREAKING)
@example(ways=[(56, "replace", "x")])
def test_however_a_file_is_broken_it_is_used_whole_or_told_wrong(ways: list[tuple[int, str, str]]) -> None:
    text = broken(RIGHT, ways)
    loaded = check(text, "be/2013.yaml", today=TODAY)
    assert (loaded.rule_set is None) is bool(loaded.problems)
    assert all(1 <= problem.line <= text.count("\n") + 1 for problem in loaded.problems)
