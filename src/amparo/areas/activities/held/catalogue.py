"""Worded content of sessions: what stands on a certificate, and what she is asked in pictures."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from amparo.areas.activities.rules.states import Moment
from amparo.kernel.catalogue import Entry, read_list
from amparo.kernel.language import Texts

_FOLDER = Path(__file__).parents[1] / "data"
#: In which languages a certificate is issued.
LANGUAGES = ("en", "es", "it", "ca")
SCALES = ("how", "agree")


@dataclass(frozen=True, slots=True)
class Question:
    """One question of an evaluation, with the moments at which it is asked."""

    key: str
    text: Texts
    moments: tuple[Moment, ...]
    scale: str  # whether its faces say how it is ('how'), or yes and no ('agree')


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a page or a paper."""

    key: str
    text: Texts


@lru_cache
def certificate_words() -> dict[str, Texts]:
    """Every word of a certificate by its key."""
    return {one.key: one.text for one in read_list(_FOLDER / "certificates.yaml", "words", _word)}


@lru_cache
def page_words() -> dict[str, Texts]:
    """The words around the questions, and of the answers (of each scale: 'how_1' to 'how_5'; 'unsaid') by key."""
    return {one.key: one.text for one in read_list(_FOLDER / "evaluation_words.yaml", "words", _word)}


@lru_cache
def questions(moment: Moment) -> tuple[Question, ...]:
    """What she is asked at this moment, in order."""
    return tuple(
        one for one in read_list(_FOLDER / "evaluations.yaml", "questions", _question) if moment in one.moments
    )


def _word(entry: Entry) -> Word:
    return Word(entry.word("key"), entry.text("text"))


def _question(entry: Entry) -> Question:
    moments = tuple(Moment(one) for one in entry.words("moments", [one.value for one in Moment]))
    return Question(entry.word("key"), entry.text("text"), moments, entry.word("scale", SCALES))
