"""The kinds of documents and applications, worded."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from amparo.kernel.catalogue import Entry, read_list
from amparo.kernel.language import Texts

from .rules.applications import Sort

_FILE = Path(__file__).parent / "data" / "applications.yaml"


@dataclass(frozen=True, slots=True)
class PaperworkKind:
    """A kind of document or application."""

    key: str
    sort: Sort
    name: Texts


@lru_cache
def kinds() -> dict[str, PaperworkKind]:
    """Every kind by its key, in the order in which they are chosen from."""
    return {one.key: one for one in read_list(_FILE, "kinds", _kind)}


def _kind(entry: Entry) -> PaperworkKind:
    sort = Sort(entry.word("sort", [one.value for one in Sort]))
    return PaperworkKind(entry.word("key"), sort, entry.text("name"))
