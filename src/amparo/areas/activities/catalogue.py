"""The programme that a house starts from: the kinds of activities of C&H-L 4.1 to 4.15, in our own words."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from amparo.kernel.catalogue import Entry, Source, read_list
from amparo.kernel.language import Texts

from .rules.offering import LONGEST
from .rules.states import Kind

_FOLDER = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Start:
    """One activity as a house finds it: its words and what holds until the house changes it."""

    key: str
    name: Texts
    neutral: Texts
    aim: Texts
    room: Texts
    materials: Texts
    tickets: int
    kind: Kind
    sessions: int
    minutes: int
    min_women: int
    max_women: int
    days_apart: int
    goes_on: bool
    worth: int
    therapeutic: bool
    needs_no_language: bool
    childcare: bool
    source: Source


@lru_cache
def starting_catalogue() -> tuple[Start, ...]:
    """Every activity to start from, in the order of the source."""
    return read_list(_FOLDER / "catalogue.yaml", "activities", _start)


@lru_cache
def start_of(key: str) -> Start | None:
    """The activity with that key; None where the house made its own."""
    return next((one for one in starting_catalogue() if one.key == key), None)


def neutral_name(key: str, kept: str, language: str) -> str:
    """The neutral name in a language, as long as the house keeps the one that it found; else its own."""
    start = start_of(key)
    if start is None or kept not in start.neutral.values():
        return kept
    return start.neutral.get(language, kept)


def _start(entry: Entry) -> Start:
    return Start(
        key=entry.word("key"),
        name=entry.text("name"),
        neutral=entry.text("neutral"),
        aim=entry.text("aim"),
        room=entry.text("room"),
        materials=entry.text("materials"),
        tickets=entry.number("tickets", 0, 20),
        kind=Kind(entry.word("kind", [one.value for one in Kind])),
        sessions=entry.number("sessions", 1, 60),
        minutes=entry.number("minutes", 15, LONGEST),
        min_women=entry.number("min_women", 1, 20),
        max_women=entry.number("max_women", 1, 20),
        days_apart=entry.number("days_apart", 0, 60),
        goes_on=entry.flag("goes_on"),
        worth=entry.number("worth", 1, 9),
        therapeutic=entry.flag("therapeutic"),
        needs_no_language=entry.flag("needs_no_language"),
        childcare=entry.flag("childcare"),
        source=entry.source(),
    )
