"""Risk instruments: versioned questions with graded answers, and how a level is proposed from them.

An instrument never changes once it is used; a better one is a new file with a higher version.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from amparo.kernel.catalogue import CatalogueError, Entry, Source, reading
from amparo.kernel.language import Texts

_FOLDER = Path(__file__).parent / "data" / "instruments"

#: How much an answer weighs, from nothing to most.
WEIGHTS = ("none", "low", "medium", "high")
#: Answers that every question has; they are never read as "no".
OPEN_ANSWERS = ("unknown", "does_not_want_to_say")


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a graded question, with its weight."""

    key: str
    weight: str
    text: Texts


@dataclass(frozen=True, slots=True)
class RiskArea:
    """A part of the instrument under which questions stand."""

    key: str
    name: Texts


@dataclass(frozen=True, slots=True)
class RiskItem:
    """One question: in words for her, in words for the team, and why it is asked."""

    key: str
    area: str
    raises_alone: bool
    to_her: Texts
    to_staff: Texts
    why: Texts
    answers: tuple[Answer, ...]
    source: Source

    def answer(self, key: str) -> Answer:
        """The answer with that key; raises KeyError where there is none."""
        return {one.key: one for one in self.answers}[key]


@dataclass(frozen=True, slots=True)
class Threshold:
    """At least `count` answers of `weight` or more."""

    weight: str
    count: int

    @property
    def key(self) -> str:
        """The weight: no list of thresholds names one twice."""
        return self.weight


@dataclass(frozen=True, slots=True)
class LevelProposal:
    """How the level is proposed: high, else medium, else low; a person decides (R8).

    A threshold counts the answers of its weight or more; a question that stays open weighs `open_weighs`.
    """

    high_if_any_alone: bool
    high_if_at_least: Threshold
    medium_if_at_least: tuple[Threshold, ...]
    open_weighs: str
    explanation: Texts


@dataclass(frozen=True, slots=True)
class Instrument:
    """A risk instrument in one version; each item's answers include the open ones, last."""

    key: str
    version: int
    title: Texts
    introduction: Texts
    valid_months: int
    areas: tuple[RiskArea, ...]
    level: LevelProposal
    items: tuple[RiskItem, ...]

    def item(self, key: str) -> RiskItem:
        """The item with that key; raises KeyError where there is none."""
        return {one.key: one for one in self.items}[key]


@lru_cache
def instruments() -> tuple[Instrument, ...]:
    """All versions of all instruments, by key and version."""
    found = [_instrument(path) for path in _FOLDER.glob("*.yaml")]
    return tuple(sorted(found, key=lambda one: (one.key, one.version)))


def instrument(key: str, version: int) -> Instrument:
    """That version of an instrument; raises KeyError where there is none."""
    return {(one.key, one.version): one for one in instruments()}[key, version]


def current_instrument(key: str = "first_safety") -> Instrument:
    """The newest version of an instrument; raises KeyError where there is none."""
    return {one.key: one for one in instruments()}[key]


def _instrument(path: Path) -> Instrument:
    with reading(path) as entry:
        areas = entry.entries("areas", _area)
        always = entry.entries("answers_always", _open_answer)
        keys = tuple(area.key for area in areas)
        found = Instrument(
            key=entry.word("key"),
            version=entry.number("version", 1, 99),
            title=entry.text("title"),
            introduction=entry.text("introduction"),
            valid_months=entry.number("valid_months", 1, 24),
            areas=areas,
            level=entry.built("level", _level),
            items=entry.entries("items", lambda one: _item(one, keys, always)),
        )
    if path.stem != f"{found.key}_v{found.version}":
        raise CatalogueError(f"{path.name}: expected the file name {found.key}_v{found.version}.yaml")
    return found


def _area(entry: Entry) -> RiskArea:
    return RiskArea(key=entry.word("key"), name=entry.text("name"))


def _answer(entry: Entry) -> Answer:
    return Answer(key=entry.word("key"), weight=entry.word("weight", WEIGHTS), text=entry.text("text"))


def _open_answer(entry: Entry) -> Answer:
    return Answer(
        key=entry.word("key", OPEN_ANSWERS),
        weight=entry.word("weight", ("none",)),
        text=entry.text("text"),
    )


def _item(entry: Entry, areas: tuple[str, ...], always: tuple[Answer, ...]) -> RiskItem:
    item = RiskItem(
        key=entry.word("key"),
        area=entry.word("area", areas),
        raises_alone=entry.flag("raises_alone"),
        to_her=entry.text("to_her"),
        to_staff=entry.text("to_staff"),
        why=entry.text("why"),
        answers=(*entry.entries("answers", _answer), *always),
        source=entry.source(),
    )
    if item.raises_alone and all(answer.weight != "high" for answer in item.answers):
        raise entry.fail("answers", "an answer of weight 'high', because the item raises the level alone")
    return item


def _level(entry: Entry) -> LevelProposal:
    return LevelProposal(
        high_if_any_alone=entry.flag("high_if_any_alone"),
        high_if_at_least=entry.built("high_if_at_least", _threshold),
        medium_if_at_least=entry.entries("medium_if_at_least", _threshold),
        open_weighs=entry.word("open_weighs", WEIGHTS),
        explanation=entry.text("explanation"),
    )


def _threshold(entry: Entry) -> Threshold:
    return Threshold(weight=entry.word("weight", WEIGHTS[1:]), count=entry.number("count", 1, 99))
