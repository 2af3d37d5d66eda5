"""Three-valued logic agrees with looking at every way in which the unknown may turn out."""

from collections.abc import Iterator, Mapping
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.areas.entitlements.rules.conditions import Judgement, diagram_of, judge_condition
from amparo.areas.entitlements.rules.facts import VALUES
from amparo.areas.entitlements.rules.scheme import Condition, Test
from amparo.kernel.logic import NO, YES, Logic, Value

SOME = ("adult", "consents", "cooperates", "in_shelter", "nationality_group", "gender")
Known = dict[str, Value]


def _leaves() -> st.SearchStrategy[Condition]:
    plain: st.SearchStrategy[Condition] = st.sampled_from(SOME[:4])
    chosen = st.sampled_from(SOME).flatmap(
        lambda fact: st.lists(st.sampled_from(VALUES[fact]), min_size=1, unique=True).map(
            lambda values: Test(fact=fact, in_=tuple(values))  # type: ignore[arg-type]
        )
    )
    return plain | chosen


def _tests(parts: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    several = st.lists(parts, max_size=4).map(tuple)
    return (
        several.map(lambda all_: Test(all=all_))
        | several.map(lambda any_: Test(any=any_))
        | parts.map(lambda part: Test(not_=part))
    )


CONDITIONS = st.recursive(_leaves(), _tests, max_leaves=12)
KNOWN = st.fixed_dictionaries({}, optional={fact: st.sampled_from(VALUES[fact]) for fact in SOME})


def holds(condition: Condition, whole: Mapping[str, Value]) -> bool:
    """What the condition means where everything is known: written anew, without diagrams."""
    if isinstance(condition, str):
        return whole[condition] is True
    if condition.fact is not None:
        return whole[condition.fact] in (condition.in_ or (True,))
    if condition.not_ is not None:
        return not holds(condition.not_, whole)
    if condition.any is not None:
        return any(holds(part, whole) for part in condition.any)
    return all(holds(part, whole) for part in condition.all or ())


def completions(known: Known) -> Iterator[Known]:
    open_ones = [fact for fact in SOME if fact not in known]
    for values in product(*(VALUES[fact] for fact in open_ones)):
        yield {**known, **dict(zip(open_ones, values, strict=True))}


def can_matter(condition: Condition, known: Known, fact: str) -> bool:
    """Whether in some completion another value of this one fact gives another answer."""
    return any(
        holds(condition, whole) != holds(condition, {**whole, fact: other})
        for whole in completions(known)
        for other in VALUES[fact]
    )


@given(CONDITIONS, KNOWN)
def test_the_status_is_what_all_completions_agree_on(condition: Condition, known: Known) -> None:
    answers = {holds(condition, whole) for whole in completions(known)}
    expected = {(True,): "eligible", (False,): "not_eligible"}.get(tuple(answers), "undetermined")
    assert judge_condition(condition, known).status == expected


@given(CONDITIONS, KNOWN)
def test_exactly_the_facts_that_can_matter_are_asked(condition: Condition, known: Known) -> None:
    found = judge_condition(condition, known)
    expected = sorted(fact for fact in SOME if fact not in known and can_matter(condition, known, fact))
    assert list(found.ask) == (expected if found.status == "undetermined" else [])


@given(CONDITIONS, KNOWN, KNOWN)
def test_knowing_more_never_takes_an_answer_back(condition: Condition, known: Known, more: Known) -> None:
    before, after = judge_condition(condition, known), judge_condition(condition, {**more, **known})
    assert before.status in ("undetermined", after.status)
    assert set(after.ask) <= set(before.ask)


@given(CONDITIONS, KNOWN)
def test_what_failed_is_known_and_settles_it_by_itself(condition: Condition, known: Known) -> None:
    found = judge_condition(condition, known)
    assert set(found.failed) <= set(known)
    if found.status == "not_eligible":
        alone = {fact: known[fact] for fact in found.failed}
        assert judge_condition(condition, alone).status == "not_eligible"
    else:
        assert found.failed == ()


@given(CONDITIONS)
def test_the_same_meaning_is_the_same_diagram(condition: Condition) -> None:
    assert diagram_of(Test(not_=Test(not_=condition))) is diagram_of(condition)
    assert diagram_of(Test(any=(condition, condition))) is diagram_of(Test(all=(condition, condition)))
    assert diagram_of(Test(any=(condition, Test(not_=condition)))) is YES
    assert diagram_of(Test(all=(condition, Test(not_=condition)))) is NO


def test_a_condition_in_several_branches_is_asked_only_where_it_matters() -> None:
    both_ways = Test(any=(Test(all=("adult", "consents")), Test(all=(Test(not_="adult"), "consents"))))
    assert judge_condition(both_ways, {}) == Judgement("undetermined", ask=("consents",))
    assert judge_condition(both_ways, {"consents": True}) == Judgement("eligible")
    assert judge_condition(both_ways, {"consents": False}) == Judgement("not_eligible", failed=("consents",))


def test_a_no_that_no_branch_reaches_alone_names_what_it_rests_on() -> None:
    held_up = Test(all=(Test(any=("cooperates", "adult")), Test(any=("cooperates", Test(not_="adult")))))
    found = judge_condition(held_up, {"cooperates": False, "consents": True})
    assert found == Judgement("not_eligible", failed=("cooperates",))


def test_a_fact_without_a_name_is_refused() -> None:
    with pytest.raises(KeyError):
        Logic({"adult": (True, False)}).fact("grown_up")
    with pytest.raises(KeyError):
        diagram_of("grown_up")
