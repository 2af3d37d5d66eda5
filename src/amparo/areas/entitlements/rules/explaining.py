"""Why and why not: a condition laid out as what is needed, each part with where it stands (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from amparo.kernel.logic import NO, YES, Value

from .answers import answer_of
from .conditions import LOGIC, diagram_of
from .facts import VALUES
from .scheme import Condition, Test


class Stand(StrEnum):
    """Where something that is needed stands."""

    MET = "met"
    MISSING = "missing"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Needed:
    """Something that is needed: of a fact one of these answers, or of several parts all or at least one."""

    stand: Stand
    fact: str = ""
    answers: tuple[str, ...] = ()  # as they are kept
    all_of: bool = True
    parts: tuple["Needed", ...] = ()


def explained(condition: Condition, known: Mapping[str, Value]) -> Needed:
    """What a condition asks for, without any 'not': that is worked into the answers. Raises KeyError like judging."""
    return _laid_out(condition, known, wanted=True)


def _laid_out(condition: Condition, known: Mapping[str, Value], *, wanted: bool) -> Needed:
    stand = _stand(condition, known, wanted=wanted)
    test = Test(fact=condition) if isinstance(condition, str) else condition
    if test.not_ is not None:
        return _laid_out(test.not_, known, wanted=not wanted)
    if test.fact is not None:
        among = test.in_ or (True,)
        answers = tuple(answer_of(value) for value in VALUES[test.fact] if (value in among) is wanted)
        return Needed(stand, fact=test.fact, answers=answers)
    all_of = (test.any is None) is wanted
    parts = [_laid_out(part, known, wanted=wanted) for part in (test.all if test.any is None else test.any) or ()]
    if len(parts) == 1:
        return parts[0]
    return Needed(stand, all_of=all_of, parts=tuple(_flat(parts, all_of=all_of)))


def _flat(parts: list[Needed], *, all_of: bool) -> list[Needed]:
    """Parts of the same kind within one another stand side by side."""
    flat: list[Needed] = []
    for part in parts:
        flat += part.parts if part.parts and part.all_of is all_of else (part,)
    return flat


def _stand(condition: Condition, known: Mapping[str, Value], *, wanted: bool) -> Stand:
    left = LOGIC.given(diagram_of(condition), known)
    if left not in (YES, NO):
        return Stand.OPEN
    return Stand.MET if (left is YES) is wanted else Stand.MISSING
