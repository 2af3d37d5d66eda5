"""Run the worked examples of a set of rules: they are its tests, written by whoever wrote the rules (pure)."""

from collections.abc import Iterator, Mapping
from datetime import date

from amparo.areas.entitlements.rules.days import OutOfReach
from amparo.areas.entitlements.rules.judging import Answer, JudgedPermit, JudgedService, judge
from amparo.areas.entitlements.rules.scheme import Example, Expected, RuleSet, Status, Test
from amparo.kernel.marked import Place
from amparo.kernel.shape import Mistake

_COULD_BE: dict[Test, tuple[Status, ...]] = {Test(all=()): ("eligible",), Test(any=()): ("not_eligible",)}


def failures(rule_set: RuleSet) -> Iterator[Mistake]:
    """Examples that do not hold, and permits that no example shows; the conditions must have been found right."""
    for number, example in enumerate(rule_set.examples, 1):
        yield from _failures_of(example, rule_set, ("examples", number))
    shown = {(key, _status(expected)) for example in rule_set.examples for key, expected in example.expect.items()}
    for number, permit in enumerate(rule_set.permits, 1):
        possible = _COULD_BE.get(permit.conditions) if isinstance(permit.conditions, Test) else None
        for status in possible or ("eligible", "not_eligible"):
            if (permit.id, status) not in shown:
                yield ("permits", number), f"an example that expects {permit.id}: {status}"


def _failures_of(example: Example, rule_set: RuleSet, place: Place) -> Iterator[Mistake]:
    try:
        answer = judge(rule_set, example.facts, as_of=rule_set.valid_from)
    except OutOfReach as error:
        yield (*place, "facts"), f"days that can be counted with: {error}"
        return
    judged = _by_id(answer)
    for key, expected in example.expect.items():
        here = (*place, "expect", key)
        if key not in judged:
            yield here, "the id of a permit or a service of this file"
        else:
            yield from _differences(here, expected, judged[key])
    yield from _wrong_days((*place, "deadlines"), example.deadlines, {one.id: one.due_on for one in answer.deadlines})


def _differences(place: Place, expected: Status | Expected, judged: JudgedPermit | JudgedService) -> Iterator[Mistake]:
    came, wanted = judged.judgement, expected if isinstance(expected, Expected) else Expected(status=expected)
    if wanted.status != came.status:
        because = f" ({', '.join(came.failed or came.ask)})" if came.failed or came.ask else ""
        yield place, f"by the example: {wanted.status}, came: {came.status}{because}"
    for field, facts in (("ask", came.ask), ("failed", came.failed)):
        named = getattr(wanted, field)
        if named is not None and sorted(named) != sorted(facts):
            yield (*place, field), f"by the example: {', '.join(named) or 'none'}, came: {', '.join(facts) or 'none'}"
    if wanted.ends_on is not None:
        ends_on = judged.ends_on if isinstance(judged, JudgedPermit) else None
        if ends_on != wanted.ends_on:
            yield (*place, "ends_on"), f"by the example: {wanted.ends_on}, came: {ends_on or 'no day'}"


def _wrong_days(place: Place, expected: Mapping[str, date], came: Mapping[str, date]) -> Iterator[Mistake]:
    for key, day in expected.items():
        if came.get(key) != day:
            yield (*place, key), f"by the example: {day}, came: {came.get(key, 'no day')}"


def _by_id(answer: Answer) -> dict[str, JudgedPermit | JudgedService]:
    permits = {permit.item.id: permit for permit in answer.permits}
    return permits | {service.item.id: service for service in answer.services}


def _status(expected: Status | Expected) -> Status:
    return expected.status if isinstance(expected, Expected) else expected
