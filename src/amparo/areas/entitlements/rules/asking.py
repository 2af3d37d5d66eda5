"""Which question settles most: what to ask first, so that she is asked little (R18; pure)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from amparo.kernel.logic import NO, YES, Diagram, Value

from .conditions import LOGIC, diagram_of
from .facts import FACTS, VALUES
from .scheme import Condition

_ENDS = (YES, NO)


@dataclass(frozen=True, slots=True)
class Worth:
    """What an answer brings: how many open things it settles on average over its answers, and in how many it counts."""

    fact: str
    settles: Fraction
    counts_in: int


def worth_asking(
    conditions: Iterable[Condition], known: Mapping[str, Value], *, never: Collection[str] = ()
) -> list[Worth]:
    """The facts that can still change something, the one that settles most first; those of `never` are left out.

    Between equals the one that counts in more things comes first, then the one that is asked earlier.
    """
    left = [LOGIC.given(diagram_of(condition), known) for condition in conditions]
    open_ones = [one for one in left if one not in _ENDS]
    counts = [fact for one in open_ones for fact in LOGIC.depends_on(one)]
    found = [Worth(fact, _settles(fact, open_ones), counts.count(fact)) for fact in set(counts) - set(never)]
    return sorted(found, key=lambda one: (-one.settles, -one.counts_in, FACTS.index(one.fact)))


def _settles(fact: str, open_ones: list[Diagram]) -> Fraction:
    values = VALUES[fact]
    settled = sum(LOGIC.given(one, {fact: value}) in _ENDS for one in open_ones for value in values)
    return Fraction(settled, len(values))
