"""The words of the sheet that she takes home, in the languages of her papers."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from amparo.kernel.catalogue import Entry, read_list
from amparo.kernel.language import Texts

_FILE = Path(__file__).parent / "data" / "sheet_words.yaml"


@dataclass(frozen=True, slots=True)
class SheetWord:
    """One word or sentence of the sheet, by its key."""

    key: str
    text: Texts


@lru_cache
def sheet_words() -> dict[str, Texts]:
    """Everything that the sheet can say, by key; rights stand under `right_…`."""
    return {one.key: one.text for one in read_list(_FILE, "words", _word)}


@lru_cache
def sheet_languages() -> tuple[str, ...]:
    """The languages in which every word of the sheet is there."""
    return tuple(sorted(set.intersection(*(set(text) for text in sheet_words().values()))))


def _word(entry: Entry) -> SheetWord:
    return SheetWord(entry.word("key"), entry.text("text"))
