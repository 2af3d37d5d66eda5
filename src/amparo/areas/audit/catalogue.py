"""What each entry of the log says, in words; and the rules by which reading is worth a look."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from amparo.kernel.catalogue import Choice, Entry, Source, read_choice, read_list, reading
from amparo.kernel.language import Texts

from .rules import Does, RuleKey

_FOLDER = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Act:
    """A verb of the log: what kind of act it is, under which word it stands in her list, and how it reads."""

    key: str
    verb: str
    does: Does
    thing: str
    text: Texts


@dataclass(frozen=True, slots=True)
class Threshold:
    """From what count a kind of reading is worth a look, within how many minutes, and why just there."""

    key: str
    count: int
    minutes: int
    name: Texts
    why: Texts
    source: Source


@lru_cache
def acts() -> dict[str, Act]:
    """Every act by its verb."""
    return {act.verb: act for act in _acts()[0]}


@lru_cache
def things() -> dict[str, Texts]:
    """The words of her own list, by key."""
    return {thing.key: thing.name for thing in _acts()[1]}


@lru_cache
def thresholds() -> dict[RuleKey, Threshold]:
    """The thresholds of the alerts, by rule."""
    return {RuleKey(one.key): one for one in read_list(_FOLDER / "thresholds.yaml", "thresholds", _threshold)}


def verbs_that(*does: Does) -> frozenset[str]:
    """The verbs of these kinds of acts."""
    return frozenset(verb for verb, act in acts().items() if act.does in does)


@lru_cache
def _acts() -> tuple[tuple[Act, ...], tuple[Choice, ...]]:
    with reading(_FOLDER / "acts.yaml") as entry:
        words = entry.entries("things", read_choice)
        found = entry.entries("acts", lambda one: _act(one, tuple(word.key for word in words)))
    return found, words


def _act(entry: Entry, things: tuple[str, ...]) -> Act:
    return Act(
        key=entry.word("key"),
        verb=entry.line("verb"),
        does=Does(entry.word("does", [one.value for one in Does])),
        thing=entry.word("thing", things),
        text=entry.text("text"),
    )


def _threshold(entry: Entry) -> Threshold:
    return Threshold(
        key=entry.word("key", [one.value for one in RuleKey]),
        count=entry.number("count", 1, 1000),
        minutes=entry.number("minutes", 1, 1440),
        name=entry.text("name"),
        why=entry.text("why"),
        source=entry.source(),
    )
