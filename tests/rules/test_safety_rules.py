"""What level is proposed, when risk is looked at again, and who decides."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.areas.cases.rules import FIRST_RISK_WITHIN
from amparo.areas.safety import rules
from amparo.areas.safety.catalogue import TRIGGER_KEYS
from amparo.areas.safety.instruments import OPEN_ANSWERS, WEIGHTS, RiskItem, Threshold, current_instrument

FIRST = current_instrument()
CALM = {item.key: item.answers[0].key for item in FIRST.items}
DAY = date(2026, 3, 31)


def weighing(item: RiskItem, weight: str) -> str:
    return next(answer.key for answer in item.answers if answer.weight == weight)


def items_with(weight: str, *, alone: bool = False) -> list[RiskItem]:
    having = [item for item in FIRST.items if any(answer.weight == weight for answer in item.answers)]
    return [item for item in having if item.raises_alone is alone]


def with_(weight: str, count: int) -> dict[str, str]:
    return CALM | {item.key: weighing(item, weight) for item in items_with(weight)[:count]}


views = st.fixed_dictionaries(
    {}, optional={item.key: st.sampled_from([answer.key for answer in item.answers]) for item in FIRST.items}
)


def rank(level: str) -> int:
    return ("low", "medium", "high").index(level)


def heavier(item: RiskItem, than: str) -> list[str]:
    return [one.key for one in item.answers[:-2] if WEIGHTS.index(one.weight) >= WEIGHTS.index(than)]


@given(views, views, views, st.data())
def test_adding_a_danger_never_lowers_the_level(
    hers: dict[str, str], theirs: dict[str, str], before: dict[str, str], data: st.DataObject
) -> None:
    earlier = {key: answer for key, answer in before.items() if answer not in OPEN_ANSWERS}
    level = rules.propose_level(FIRST, hers, theirs, earlier)
    item = data.draw(st.sampled_from(FIRST.items))
    counts = next((one.weight for one in level.reasons if one.item == item.key), "none")
    side = data.draw(st.sampled_from(["hers", "theirs"]))
    worse = data.draw(st.sampled_from(heavier(item, counts) or [""]))
    changed = {"hers": hers, "theirs": theirs}
    changed[side] = changed[side] | {item.key: worse}
    if worse:
        again = rules.propose_level(FIRST, changed["hers"], changed["theirs"], earlier)
        assert rank(again.level) >= rank(level.level)


@given(views, st.sampled_from(FIRST.items), st.sampled_from(["", *OPEN_ANSWERS]))
def test_not_knowing_never_lowers_what_was_no_danger(hers: dict[str, str], item: RiskItem, unknown: str) -> None:
    harmless = hers | {item.key: item.answers[0].key}
    known = rules.propose_level(FIRST, harmless, {})
    unclear = rules.propose_level(FIRST, harmless | {item.key: unknown}, {})
    assert rank(unclear.level) >= rank(known.level)


@given(views, views)
def test_of_two_views_the_heavier_one_counts(hers: dict[str, str], theirs: dict[str, str]) -> None:
    both = rules.propose_level(FIRST, hers, theirs)
    assert both == rules.propose_level(FIRST, rules.counted(FIRST, hers, theirs), {}) or both.still_open
    for one in both.dangers:
        given_weights = [
            FIRST.item(one.item).answer(view[one.item]).weight for view in (hers, theirs) if one.item in view
        ]
        assert WEIGHTS.index(one.weight) == max(WEIGHTS.index(weight) for weight in given_weights)


def test_no_danger_is_low_and_nothing_asked_is_not() -> None:
    assert rules.propose_level(FIRST, CALM, {}) == rules.Proposal("low", "", None, ())
    nothing = rules.propose_level(FIRST, {}, {})
    assert nothing.level == "medium"
    assert [one.item for one in nothing.still_open] == [item.key for item in FIRST.items]


@pytest.mark.parametrize("item", items_with("high", alone=True), ids=lambda item: item.key)
def test_one_answer_that_is_enough_alone_makes_the_level_high(item: RiskItem) -> None:
    proposal = rules.propose_level(FIRST, CALM | {item.key: weighing(item, "high")}, {})
    assert (proposal.level, proposal.alone, proposal.threshold) == ("high", item.key, None)


@pytest.mark.parametrize(
    ("weight", "count", "level"),
    [("high", 1, "medium"), ("high", 2, "high"), ("medium", 1, "low"), ("medium", 2, "medium"), ("low", 5, "low"),
     ("low", 6, "medium")],
)  # fmt: skip
def test_several_answers_together_make_the_level(weight: str, count: int, level: str) -> None:
    proposal = rules.propose_level(FIRST, with_(weight, count), {})
    assert proposal.level == level
    assert proposal.alone == ""
    assert (proposal.threshold is None) == (level == "low")
    assert len(proposal.dangers) == count


def test_where_an_instrument_lets_no_answer_be_enough_alone_two_are_needed() -> None:
    from dataclasses import replace

    other = replace(FIRST, level=replace(FIRST.level, high_if_any_alone=False))
    danger = CALM | {"imminent_danger": "yes"}
    assert rules.propose_level(FIRST, danger, {}).level == "high"
    assert rules.propose_level(other, danger, {}).level == "medium"


def test_the_reasons_stand_with_the_heaviest_first_and_say_where_they_come_from() -> None:
    proposal = rules.propose_level(FIRST, CALM | {"debt": "not_pressed", "substances": "controlled"}, {"debt": "pays"})
    reasons = (rules.Reason("substances", "controlled", "high"), rules.Reason("debt", "pays", "medium"))
    reached = Threshold("high", 1)
    assert proposal == rules.Proposal("medium", "", reached, reasons, "C&H-B, 2.1.1, lines 230-236")


def test_a_danger_of_last_time_counts_until_somebody_knows_better() -> None:
    before = {"lives_with_exploiters": "yes", "debt": "gone_from_the_instrument"}
    for now in ("", "unknown", "does_not_want_to_say"):
        proposal = rules.propose_level(FIRST, CALM | {"lives_with_exploiters": now}, {}, before)
        assert proposal.level == "high"
        assert proposal.dangers == (rules.Reason("lives_with_exploiters", now, "high", from_before=True),)
        assert proposal.still_open == ()
    assert rules.propose_level(FIRST, CALM, {}, before).level == "low"


def test_what_counted_is_carried_to_the_next_assessment() -> None:
    hers = {"debt": "unknown", "substances": "some", "support": "unknown"}
    carried = rules.counted(FIRST, hers, {"support": "nobody"}, {"debt": "pays", "risky_places": "no"})
    assert carried == {"substances": "some", "support": "nobody", "debt": "pays"}


def test_the_higher_the_risk_the_sooner_it_is_looked_at_again() -> None:
    assert rules.next_due("high", date(2026, 1, 31)) == date(2026, 2, 28)
    assert rules.next_due("medium", date(2026, 1, 31)) == date(2026, 4, 30)
    assert rules.next_due("low", date(2026, 8, 15)) == date(2027, 2, 15)


@pytest.mark.parametrize("trigger", TRIGGER_KEYS)
def test_every_trigger_sets_a_day_and_dangers_the_next_one(trigger: str) -> None:
    due = rules.due_after(trigger, DAY)
    assert DAY <= due <= DAY + timedelta(days=14)
    assert (due == DAY + timedelta(days=1)) == (trigger in ("threat", "contact_by_network"))


def test_a_trigger_that_nobody_knows_is_an_error() -> None:
    with pytest.raises(KeyError):
        rules.due_after("weather", DAY)


def test_the_days_for_the_first_assessment_are_those_of_the_entry_trigger() -> None:
    assert rules.due_after("entry", DAY) == DAY + FIRST_RISK_WITHIN


def test_overdue_is_what_should_have_been_done_before_today() -> None:
    assert rules.is_overdue(DAY - timedelta(days=1), DAY)
    assert not rules.is_overdue(DAY, DAY)
    assert not rules.is_overdue(None, DAY)


def decides(**changed: str | date) -> rules.Decision:
    given = {"proposed": "high", "decided": "high", "reason": "", "on": DAY, "next_on": DAY + timedelta(days=7)}
    return rules.may_decide(**given | changed)  # type: ignore[arg-type]


def test_a_person_decides_and_says_why_where_the_level_differs() -> None:
    assert decides()
    assert decides(decided="medium", reason="She moved away yesterday.")
    for level in ("low", "medium"):
        assert not decides(decided=level)
        assert not decides(decided=level, reason="  ")
    assert not decides(proposed="low", decided="high")
    assert not decides(decided="")


def test_nobody_can_put_the_next_assessment_off() -> None:
    last = rules.next_due("high", DAY)
    assert decides(next_on=last)
    assert not decides(next_on=last + timedelta(days=1))
    assert not decides(next_on=DAY)


@pytest.mark.parametrize(("by", "hours", "may"), [(1, 0, True), (1, 24, True), (1, 25, False), (2, 0, False)])
def test_a_tap_by_mistake_is_taken_back_by_who_tapped_within_a_day(by: int, hours: int, may: bool) -> None:
    noted_at = datetime(2026, 3, 1, tzinfo=UTC)
    decision = rules.may_take_back(noted_by=1, noted_at=noted_at, by=by, now=noted_at + timedelta(hours=hours))
    assert decision.allowed is may


@pytest.mark.parametrize(
    ("level", "overdue", "may"),
    [
        ("low", False, True),
        ("low", True, False),
        ("medium", False, False),
        ("medium", True, False),
        ("high", False, False),
        ("", False, False),
    ],
)
def test_psychological_groups_are_for_low_risk_that_was_looked_at_in_time(level: str, overdue: bool, may: bool) -> None:
    decision = rules.may_join_psychological_group(level, overdue=overdue)
    assert decision.allowed is may
    assert may or "C&H-L" in decision.source
    assert ("wait until her risk is assessed" in decision.reason) == (overdue or not level)
