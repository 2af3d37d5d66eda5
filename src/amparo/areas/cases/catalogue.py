"""The worded catalogues of a case: services delivered, closing, audiences of notes, family."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from amparo.areas.access.rules import Audience
from amparo.areas.cases.rules import Outcome
from amparo.kernel.catalogue import Choice, Entry, Source, read_choice, read_list, reading
from amparo.kernel.language import Texts

_FOLDER = Path(__file__).parent / "data"

#: The codes under which a closed case is counted (case import, column `outcome`).
OUTCOMES = tuple(outcome.value for outcome in Outcome)
#: What is written beside a service delivered: how long it took, or what it cost.
MEASURES = ("minutes", "money")
#: Who a note may be for; `access` decides who belongs to each.
AUDIENCES = tuple(audience.value for audience in Audience)
#: On which side of her life a person stands.
SIDES = ("child", "family", "other")


@dataclass(frozen=True, slots=True)
class ServiceKind:
    """A kind of service delivered; `domain` is where it usually belongs."""

    key: str
    measure: str
    domain: str
    name: Texts
    source: Source


@dataclass(frozen=True, slots=True)
class ClosingReason:
    """Why an accompaniment ends, worded without blame, and the outcome it counts as (R17)."""

    key: str
    outcome: str
    name: Texts
    source: Source


@dataclass(frozen=True, slots=True)
class ClosingQuestion:
    """A question she may answer when an accompaniment ends."""

    key: str
    question: Texts


@dataclass(frozen=True, slots=True)
class Closing:
    """All that is worded for the end of an accompaniment; `follow_up_months` count from the closing.

    She answers `evaluation` in her words and says from 1 to 5 how far she agrees with each of `ratings`.
    """

    closing_reasons: tuple[ClosingReason, ...]
    outcomes: tuple[Choice, ...]
    evaluation: tuple[ClosingQuestion, ...]
    ratings: tuple[ClosingQuestion, ...]
    follow_up_months: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NoteAudience:
    """How an audience of notes is called, and what that means."""

    key: str
    name: Texts
    meaning: Texts
    source: Source


@dataclass(frozen=True, slots=True)
class Relation:
    """Who somebody is to her; `dependent` where she usually provides or cares for that person."""

    key: str
    side: str
    dependent: bool
    name: Texts


@dataclass(frozen=True, slots=True)
class Family:
    """The relations of a person, and with whom a child of hers may live."""

    relations: tuple[Relation, ...]
    child_lives_with: tuple[Choice, ...]


@lru_cache
def service_kinds() -> tuple[ServiceKind, ...]:
    """The kinds of services delivered."""
    return read_list(_FOLDER / "service_kinds.yaml", "service_kinds", _service_kind)


@lru_cache
def closing() -> Closing:
    """The reasons and questions for the end of an accompaniment."""
    with reading(_FOLDER / "closing_reasons.yaml") as entry:
        return Closing(
            closing_reasons=entry.entries("closing_reasons", _closing_reason),
            outcomes=entry.entries("outcomes", read_choice),
            evaluation=entry.entries("evaluation", _closing_question),
            ratings=entry.entries("ratings", _closing_question),
            follow_up_months=entry.numbers("follow_up_months", 1, 60),
        )


@lru_cache
def note_audiences() -> tuple[NoteAudience, ...]:
    """The audiences of notes, the widest first."""
    return read_list(_FOLDER / "note_audiences.yaml", "note_audiences", _note_audience)


@lru_cache
def family() -> Family:
    """The relations and the places where a child may live."""
    with reading(_FOLDER / "relations.yaml") as entry:
        return Family(
            relations=entry.entries("relations", _relation),
            child_lives_with=entry.entries("child_lives_with", read_choice),
        )


def _service_kind(entry: Entry) -> ServiceKind:
    return ServiceKind(
        key=entry.word("key"),
        measure=entry.word("measure", MEASURES),
        domain=entry.word("domain"),
        name=entry.text("name"),
        source=entry.source(),
    )


def _closing_reason(entry: Entry) -> ClosingReason:
    return ClosingReason(
        key=entry.word("key"),
        outcome=entry.word("outcome", OUTCOMES),
        name=entry.text("name"),
        source=entry.source(),
    )


def _closing_question(entry: Entry) -> ClosingQuestion:
    return ClosingQuestion(key=entry.word("key"), question=entry.text("question"))


def _note_audience(entry: Entry) -> NoteAudience:
    return NoteAudience(
        key=entry.word("key", AUDIENCES),
        name=entry.text("name"),
        meaning=entry.text("meaning"),
        source=entry.source(),
    )


def _relation(entry: Entry) -> Relation:
    return Relation(
        key=entry.word("key"),
        side=entry.word("side", SIDES),
        dependent=entry.flag("dependent"),
        name=entry.text("name"),
    )


@lru_cache
def readers_words() -> dict[str, Texts]:
    """The words around her list of readers, by key."""
    return {one.key: one.name for one in read_list(_FOLDER / "readers_words.yaml", "words", _words)}


def _words(entry: Entry) -> Choice:
    return Choice(entry.word("key"), entry.text("text"))
