"""Every worked example of the rules that we ship comes out as it says."""

from datetime import date

import pytest

from amparo.areas.entitlements.examples import failures
from amparo.areas.entitlements.folders import SHIPPED, files_in, read_country
from amparo.areas.entitlements.reviewing import review
from amparo.areas.entitlements.rules.judging import judge
from amparo.areas.entitlements.rules.scheme import Example, Expected, RuleSet

TODAY = date(2026, 11, 22)
SETS = [rules for code, files in files_in(SHIPPED).items() for rules in read_country(code, files).rules]
EXAMPLES = [(rules, example) for rules in SETS for example in rules.examples]


def called(one: object) -> str:
    if isinstance(one, RuleSet):
        return f"{one.country}-{one.valid_from.year}"
    return one.says if isinstance(one, Example) else str(one)


@pytest.mark.parametrize(("rules", "example"), EXAMPLES, ids=called)
def test_a_worked_example_holds(rules: RuleSet, example: Example) -> None:
    answer = judge(rules, example.facts, as_of=rules.valid_from)
    came = {one.item.id: one for one in answer.permits} | {one.item.id: one for one in answer.services}
    for key, expected in example.expect.items():
        wanted = expected if isinstance(expected, Expected) else Expected(status=expected)
        assert (key, came[key].judgement.status) == (key, wanted.status)
        assert wanted.ask is None or set(wanted.ask) == set(came[key].judgement.ask)
        assert wanted.failed is None or set(wanted.failed) == set(came[key].judgement.failed)
        assert wanted.ends_on is None or wanted.ends_on == getattr(came[key], "ends_on", None)
    assert example.deadlines.items() <= {one.id: one.due_on for one in answer.deadlines}.items()


@pytest.mark.parametrize("rules", SETS, ids=called)
def test_every_permit_that_somebody_can_get_is_shown_got_and_not_got(rules: RuleSet) -> None:
    assert list(failures(rules)) == []


def test_our_files_hold_without_any_mistake() -> None:
    found = review([SHIPPED], today=TODAY)
    assert [str(problem) for problem in found.problems] == []
    assert len(found.rules) == found.files == len(SETS)
