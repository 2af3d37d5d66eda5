"""Three-valued logic: what follows from what is known, whatever the unknown may turn out to be.

A condition over facts of few values is kept as a reduced, ordered decision diagram (Bryant 1986, here with as many
branches as a fact has values). Two conditions mean the same exactly if their diagrams are the same object. So a
condition that no unknown fact can change is one of the two ends, and a fact on which nothing depends any more does not
stand in the diagram, in however many branches of the condition it was written.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

Value = bool | str


@dataclass(frozen=True, slots=True, eq=False)
class Diagram:
    """A condition: the first fact to look at, and what remains for each of its values, in their order."""

    fact: str
    branches: tuple["Diagram", ...] = ()


YES = Diagram("")
NO = Diagram("")
_ENDS = (YES, NO)


class Logic:
    """Makes diagrams over facts with the values given for each; facts are looked at in the order given."""

    def __init__(self, values: Mapping[str, Sequence[Value]]) -> None:
        self._values = values
        self._place = {fact: place for place, fact in enumerate(values)}
        self._made: dict[tuple[str, tuple[Diagram, ...]], Diagram] = {}
        self._both: dict[tuple[Diagram, Diagram], Diagram] = {}

    def fact(self, name: str, among: Collection[Value] = (True,)) -> Diagram:
        """That the fact has one of these values; raises KeyError for a fact that nobody named."""
        return self._make(name, tuple(YES if value in among else NO for value in self._values[name]))

    def every(self, parts: Iterable[Diagram]) -> Diagram:
        """That all parts hold; of none, always."""
        return reduce(self._and, parts, YES)

    def some(self, parts: Iterable[Diagram]) -> Diagram:
        """That at least one part holds; of none, never."""
        return self.no(self.every(self.no(part) for part in parts))

    def no(self, part: Diagram) -> Diagram:
        """That the part does not hold."""
        if part in _ENDS:
            return NO if part is YES else YES
        return self._make(part.fact, tuple(self.no(branch) for branch in part.branches))

    def given(self, part: Diagram, known: Mapping[str, Value]) -> Diagram:
        """What remains of the part when these facts are known; YES or NO where nothing more can change it."""
        if part in _ENDS:
            return part
        if part.fact in known:
            return self.given(part.branches[self._values[part.fact].index(known[part.fact])], known)
        return self._make(part.fact, tuple(self.given(branch, known) for branch in part.branches))

    def depends_on(self, part: Diagram) -> tuple[str, ...]:
        """The facts whose value can change whether the part holds, and no others, in the order of the facts."""
        found: set[str] = set()
        to_see = [part]
        while to_see:
            one = to_see.pop()
            if one not in _ENDS:
                found.add(one.fact)
                to_see.extend(one.branches)
        return tuple(sorted(found, key=self._place.__getitem__))

    def _and(self, one: Diagram, other: Diagram) -> Diagram:
        if one is other or other is YES:
            return one
        if one is YES:
            return other
        if NO in (one, other):
            return NO
        if (one, other) not in self._both:
            fact = min(one.fact, other.fact, key=self._place.__getitem__)
            pairs = zip(self._split(one, fact), self._split(other, fact), strict=True)
            self._both[one, other] = self._make(fact, tuple(self._and(*pair) for pair in pairs))
        return self._both[one, other]

    def _split(self, part: Diagram, fact: str) -> tuple[Diagram, ...]:
        return part.branches if part.fact == fact else (part,) * len(self._values[fact])

    def _make(self, fact: str, branches: tuple[Diagram, ...]) -> Diagram:
        """The one diagram with these branches; a fact that makes no difference is left out."""
        if all(branch is branches[0] for branch in branches):
            return branches[0]
        return self._made.setdefault((fact, branches), Diagram(fact, branches))
