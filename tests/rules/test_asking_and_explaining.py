"""What to ask first, why and why not, and what changed: each checked against trying every answer by hand."""

from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from amparo.areas.entitlements.rules.answers import answer_of
from amparo.areas.entitlements.rules.asking import worth_asking
from amparo.areas.entitlements.rules.changes import Change, changes_between, in_sum
from amparo.areas.entitlements.rules.conditions import judge_condition
from amparo.areas.entitlements.rules.explaining import Needed, Stand, explained
from amparo.areas.entitlements.rules.facts import VALUES
from amparo.areas.entitlements.rules.scheme import Condition, Test
from amparo.kernel.logic import Value

ASKED = ("adult", "consents", "cooperates", "nationality_group")
LEAVES: st.SearchStrategy[Condition] = st.sampled_from(
    (*ASKED[:3], Test(fact="nationality_group", in_=("eu", "national")), Test(fact="nationality_group", in_=("eu",)))
)


def _combined(part: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    several = st.lists(part, max_size=3).map(tuple)
    return (several.map(lambda parts: Test(all=parts)) | several.map(lambda parts: Test(any=parts))) | part.map(
        lambda one: Test(not_=one)
    )


CONDITIONS = st.recursive(LEAVES, _combined, max_leaves=6)
KNOWN: st.SearchStrategy[dict[str, Value]] = st.fixed_dictionaries(
    {}, optional={fact: st.sampled_from(VALUES[fact]) for fact in ASKED}
)


def settled(conditions: list[Condition], known: dict[str, Value]) -> int:
    return sum(judge_condition(one, known).status != "undetermined" for one in conditions)


@given(st.lists(CONDITIONS, max_size=4), KNOWN, st.sets(st.sampled_from(ASKED), max_size=2))
@settings(deadline=None)
def test_what_is_worth_asking_is_what_an_answer_settles_on_average(
    conditions: list[Condition], known: dict[str, Value], never: set[str]
) -> None:
    found = worth_asking(conditions, known, never=never)
    matters = {fact for one in conditions for fact in judge_condition(one, known).ask}
    assert {one.fact for one in found} == matters - never
    before = settled(conditions, known)
    for one in found:
        answers = [settled(conditions, {**known, one.fact: value}) - before for value in VALUES[one.fact]]
        assert one.settles == Fraction(sum(answers), len(answers))
        assert one.counts_in == sum(one.fact in judge_condition(each, known).ask for each in conditions)
    order = [(one.settles, one.counts_in) for one in found]
    assert order == sorted(order, reverse=True)


def test_between_equals_what_is_asked_earlier_comes_first() -> None:
    found = worth_asking([Test(all=("cooperates", "adult"))], {})
    assert [one.fact for one in found] == ["adult", "cooperates"]
    more = worth_asking(["cooperates", Test(all=("cooperates", "adult"))], {})
    assert more[0].fact == "cooperates"


def holds(needed: Needed, person: dict[str, Value]) -> bool:
    """What was laid out, read as its words say it."""
    if needed.fact:
        return answer_of(person[needed.fact]) in needed.answers
    return (all if needed.all_of else any)(holds(part, person) for part in needed.parts)


def every(needed: Needed) -> list[Needed]:
    return [needed, *(one for part in needed.parts for one in every(part))]


@given(CONDITIONS, KNOWN)
@settings(deadline=None)
def test_what_is_laid_out_means_the_same_for_everybody_and_stands_as_judged(
    condition: Condition, known: dict[str, Value]
) -> None:
    needed = explained(condition, known)
    words = {"eligible": Stand.MET, "not_eligible": Stand.MISSING, "undetermined": Stand.OPEN}
    assert needed.stand is words[judge_condition(condition, known).status]
    people = [dict(zip(ASKED, values, strict=True)) for values in product(*(VALUES[fact] for fact in ASKED))]
    for person in people:
        assert holds(needed, person) is (judge_condition(condition, person).status == "eligible")
    completions = [person for person in people if person.items() >= known.items()]
    for part in every(needed):
        reached = {holds(part, person) for person in completions}
        assert part.stand is (Stand.OPEN if len(reached) == 2 else Stand.MET if reached == {True} else Stand.MISSING)
        assert all(inner.all_of is not part.all_of for inner in part.parts if inner.parts)


def test_a_no_is_said_as_the_answer_that_is_needed() -> None:
    needed = explained(Test(all=("consents", Test(not_="asylum_claim"))), {"consents": True})
    assert [(one.fact, one.answers, one.stand) for one in needed.parts] == [
        ("consents", ("yes",), Stand.MET),
        ("asylum_claim", ("no",), Stand.OPEN),
    ]


def test_what_differs_is_a_change_in_the_order_of_the_rules() -> None:
    before = {"xx.gone": "eligible", "xx.same": "eligible", "xx.other": "undetermined"}
    after = {"xx.new": "eligible", "xx.other": "eligible", "xx.same": "eligible"}
    assert changes_between(before, after) == [
        Change("xx.new", "", "eligible"),
        Change("xx.other", "undetermined", "eligible"),
        Change("xx.gone", "eligible", ""),
    ]


def test_what_went_there_and_back_is_no_change_in_sum() -> None:
    there, back = Change("xx.a", "eligible", "undetermined"), Change("xx.a", "undetermined", "eligible")
    on = Change("xx.a", "undetermined", "not_eligible")
    other = Change("xx.b", "undetermined", "eligible")
    assert in_sum([there, other, back]) == [other]
    assert in_sum([there, on]) == [Change("xx.a", "eligible", "not_eligible")]
