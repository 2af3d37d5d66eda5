"""What a condition comes to for what is known of a person, in three-valued logic (pure)."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache

from amparo.kernel.logic import NO, YES, Diagram, Logic, Value

from .facts import VALUES
from .scheme import Condition, Status, Test

LOGIC = Logic(VALUES)


@dataclass(frozen=True, slots=True)
class Judgement:
    """Eligible if every completion of what is known is, not eligible if none is, otherwise undetermined.

    `failed`: the known facts that settle it negatively. `ask`: the unknown facts whose answer can still change the
    status, and no other; both by alphabet, and empty where the status is another one.
    """

    status: Status
    failed: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()


_ELIGIBLE = Judgement("eligible")


def judge_condition(condition: Condition, known: Mapping[str, Value]) -> Judgement:
    """Judge a condition by the known facts; raises KeyError where it names a fact that does not exist."""
    left = LOGIC.given(diagram_of(condition), known)
    if left is YES:
        return _ELIGIBLE
    if left is NO:
        return Judgement("not_eligible", failed=tuple(sorted(_reasons(condition, known, end=NO))))
    return Judgement("undetermined", ask=tuple(sorted(LOGIC.depends_on(left))))


@lru_cache(maxsize=4096)
def diagram_of(condition: Condition) -> Diagram:
    """The diagram of a condition; raises KeyError where it names a fact that does not exist."""
    if isinstance(condition, str):
        return LOGIC.fact(condition)
    if condition.fact is not None:
        return LOGIC.fact(condition.fact, condition.in_ or (True,))
    if condition.not_ is not None:
        return LOGIC.no(diagram_of(condition.not_))
    if condition.any is not None:
        return LOGIC.some(map(diagram_of, condition.any))
    return LOGIC.every(map(diagram_of, condition.all or ()))


def facts_of(condition: Condition) -> frozenset[str]:
    """Every fact that the condition names, whether or not anything depends on it."""
    if isinstance(condition, str):
        return frozenset({condition})
    named = frozenset({condition.fact} if condition.fact is not None else ())
    parts = (*_parts(condition), *((condition.not_,) if condition.not_ is not None else ()))
    return named.union(*map(facts_of, parts))


def _reasons(condition: Condition, known: Mapping[str, Value], *, end: Diagram) -> AbstractSet[str]:
    """The known facts because of which a settled condition came to this end, found branch by branch."""
    if isinstance(condition, str):
        return known.keys() & {condition}
    if condition.fact is not None:
        return known.keys() & {condition.fact}
    if condition.not_ is not None:
        return _reasons(condition.not_, known, end=NO if end is YES else YES)
    parts = [part for part in _parts(condition) if LOGIC.given(diagram_of(part), known) is end]
    if not parts:
        return _needed(condition, known, end=end)
    return frozenset().union(*(_reasons(part, known, end=end) for part in parts))


def _needed(condition: Condition, known: Mapping[str, Value], *, end: Diagram) -> frozenset[str]:
    """Known facts without any one of which the condition would be open; for ends that no branch reaches alone."""
    diagram, kept = diagram_of(condition), dict(known)
    for fact in known:
        fewer = {name: value for name, value in kept.items() if name != fact}
        if LOGIC.given(diagram, fewer) is end:
            kept = fewer
    return frozenset(kept)


def _parts(test: Test) -> tuple[Condition, ...]:
    return (test.any if test.any is not None else test.all) or ()
