"""The words of messages to her, read once from their file."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from amparo.kernel.catalogue import Entry, reading
from amparo.kernel.language import Texts

from .rules.reminding import Wording

_FILE = Path(__file__).parent / "data" / "reminders.yaml"


@dataclass(frozen=True, slots=True)
class _Sentence:
    key: str
    text: Texts


@lru_cache
def wording() -> Wording:
    """What a message can say; raises CatalogueError where the file is wrong."""
    with reading(_FILE) as entry:
        sentences = {one.key: one.text for one in entry.entries("sentences", _sentence)}
        found = Wording(sentences, entry.texts("days", 7), entry.text("subject"))
        entry.source()
    return found


def _sentence(entry: Entry) -> _Sentence:
    return _Sentence(entry.word("key"), entry.text("text"))
