"""The page that tells her what she may ask, in the languages of her papers; and how long things are kept."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from amparo.kernel.catalogue import Entry, read_list, reading
from amparo.kernel.language import Texts

_FOLDER = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Right:
    """One thing she may ask; `article` is the GDPR's."""

    key: str
    article: str
    title: Texts
    text: Texts


@dataclass(frozen=True, slots=True)
class HerRights:
    """The whole page."""

    heading: Texts
    intro: Texts
    rights: tuple[Right, ...]
    answer_by: Texts
    careful: Texts

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which every word of the page is there."""
        around = (self.heading, self.intro, self.answer_by, self.careful)
        each = [part for right in self.rights for part in (right.title, right.text)]
        return tuple(sorted(set(self.heading).intersection(*around, *each)))


@lru_cache
def her_rights() -> HerRights:
    """The page, worded."""
    with reading(_FOLDER / "her_rights.yaml") as entry:
        return HerRights(
            heading=entry.text("heading"),
            intro=entry.text("intro"),
            rights=entry.entries("rights", _right),
            answer_by=entry.text("answer_by"),
            careful=entry.text("careful"),
        )


@dataclass(frozen=True, slots=True)
class PeriodText:
    """How long one kind of thing is kept: the standard, and the bounds of what an organisation may choose, in years."""

    key: str
    years: int
    lowest: int
    highest: int
    name: Texts
    text: Texts


@lru_cache
def periods() -> tuple[PeriodText, ...]:
    """The schedule, worded."""
    return read_list(_FOLDER / "retention.yaml", "periods", _period)


def _period(entry: Entry) -> PeriodText:
    return PeriodText(
        key=entry.word("key"),
        years=entry.number("years", 1, 30),
        lowest=entry.number("lowest", 1, 30),
        highest=entry.number("highest", 1, 30),
        name=entry.text("name"),
        text=entry.text("text"),
    )


def _right(entry: Entry) -> Right:
    return Right(entry.word("key"), entry.line("article"), entry.text("title"), entry.text("text"))
