"""The questions behind the facts: how each is asked, why, and what its answers say in plain words."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from amparo.kernel.catalogue import Entry, reading
from amparo.kernel.language import Texts

from .rules.answers import wordings_of
from .rules.facts import FACTS

_FILE = Path(__file__).parent / "data" / "questions.yaml"


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that stand on one short page, and why they are asked."""

    key: str
    name: Texts
    why: Texts


@dataclass(frozen=True, slots=True)
class Question:
    """One fact as a question; `says` words each of its answers, of a day the words before it."""

    key: str
    group: str
    question: Texts
    says: dict[str, Texts]


@lru_cache
def groups() -> tuple[Group, ...]:
    """The groups in the order in which they are asked."""
    return _read()[0]


@lru_cache
def questions() -> dict[str, Question]:
    """Every question by the key of its fact, in the order in which they are asked."""
    return {one.key: one for one in _read()[1]}


def questions_of(group: str) -> list[Question]:
    """The questions of one group; raises KeyError where there is no such group."""
    found = [one for one in questions().values() if one.group == group]
    if not found:
        raise KeyError(group)
    return found


@lru_cache
def _read() -> tuple[tuple[Group, ...], tuple[Question, ...]]:
    with reading(_FILE) as entry:
        found = entry.entries("groups", _group)
        keys = tuple(one.key for one in found)
        asked = entry.entries("questions", lambda one: _question(one, keys))
    missing = sorted(set(FACTS) - {one.key for one in asked})
    if missing:
        raise entry.fail("questions", f"one question for every fact, found none for {', '.join(missing)}")
    return found, asked


def _group(entry: Entry) -> Group:
    return Group(entry.word("key"), entry.text("name"), entry.text("why"))


def _question(entry: Entry, groups: tuple[str, ...]) -> Question:
    key = entry.word("key", FACTS)
    says = entry.built("answers", lambda answers: {one: answers.text(one) for one in wordings_of(key)})
    return Question(key, entry.word("group", groups), entry.text("question"), says)
