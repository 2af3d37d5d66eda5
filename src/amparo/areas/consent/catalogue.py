"""The texts she is asked to agree to: one file for each purpose and version, in her language where we have it.

A version that somebody agreed to never changes; a better wording is a new file with a higher version.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from amparo.kernel.catalogue import CatalogueError, Entry, Source, reading
from amparo.kernel.language import Texts

from .rules.requests import Basis

_FOLDER = Path(__file__).parent / "data" / "texts"
_REQUEST_DESK = Path(__file__).parent / "data" / "request_desk.yaml"
_COPY_WORDS = Path(__file__).parent / "data" / "copy_words.yaml"

#: What she may be asked for, in the order in which it is talked about; each is decided by itself (R2).
PURPOSES = (
    "privacy_policy",
    "taking_part",
    "keeping_a_record",
    "contact_by",
    "interpreter_or_mediator",
    "partner_referral",
    "group_work",
    "pictures_and_works",
    "contact_with_family",
    "contact_with_authorities",
    "anonymous_statistics",
)
#: The purpose that is asked for each of them.
CONTACT_BY = "contact_by"
#: The ways of contact, each one a consent of its own (R7).
CONTACT_WAYS = ("call", "sms", "messaging_app", "email", "letter", "through_someone")


@dataclass(frozen=True, slots=True)
class Variant:
    """One way within a purpose that is agreed to by itself, with what she should know about it."""

    key: str
    name: Texts
    note: Texts


@dataclass(frozen=True, slots=True)
class ConsentText:
    """One version of the text for a purpose; `months` is how long a yes holds at most."""

    purpose: str
    version: int
    months: int
    needs_recipient: bool
    variants: tuple[Variant, ...]
    title: Texts
    we_ask: Texts
    it_means: Texts
    if_no: Texts
    withdraw: Texts
    how_long: Texts
    source: Source

    @property
    def parts(self) -> tuple[Texts, ...]:
        """The parts in the order in which they are read to her, after the title."""
        return self.we_ask, self.it_means, self.if_no, self.withdraw, self.how_long

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which every word of this text is there, in alphabetical order."""
        notes = [part for variant in self.variants for part in (variant.name, variant.note)]
        return tuple(sorted(set(self.title).intersection(*self.parts, *notes)))


@dataclass(frozen=True, slots=True)
class Word:
    """A word or line of the paper that she takes home."""

    key: str
    text: Texts


@dataclass(frozen=True, slots=True)
class RequestBasis:
    """On what a request of an authority can stand, and what that means here."""

    key: str
    name: Texts
    meaning: Texts
    source: Source


@lru_cache
def request_bases() -> dict[str, RequestBasis]:
    """The legal bases of requests, by the word of `rules.requests.Basis`."""
    return {one.key: one for one in _request_desk()[0]}


@lru_cache
def letter_words() -> dict[str, Texts]:
    """The words of a letter of answer, by key."""
    return _request_desk()[1]


@lru_cache
def _request_desk() -> tuple[tuple[RequestBasis, ...], dict[str, Texts]]:
    with reading(_REQUEST_DESK) as entry:
        bases = entry.entries("bases", _request_basis)
        return bases, _by_key(entry, "letter")


def _request_basis(entry: Entry) -> RequestBasis:
    key = entry.word("key", [one.value for one in Basis])
    return RequestBasis(key, entry.text("name"), entry.text("meaning"), entry.source())


@lru_cache
def copy_words() -> dict[str, Texts]:
    """The words around the texts on her paper, by key."""
    return _words()[0]


@lru_cache
def shared_words() -> dict[str, Texts]:
    """What may be told about her, worded, by the word of `rules.Shared`."""
    return _words()[1]


@lru_cache
def consent_texts() -> tuple[ConsentText, ...]:
    """All versions of all texts, in the order of PURPOSES, older versions first."""
    found = [_consent_text(path) for path in _FOLDER.glob("*.yaml")]
    return tuple(sorted(found, key=lambda one: (PURPOSES.index(one.purpose), one.version)))


def consent_text(purpose: str, version: int) -> ConsentText:
    """That version of the text for a purpose; raises KeyError where there is none."""
    return {(one.purpose, one.version): one for one in consent_texts()}[purpose, version]


def current_consent_text(purpose: str) -> ConsentText:
    """The newest text for a purpose; raises KeyError where there is none."""
    return {one.purpose: one for one in consent_texts()}[purpose]


def _consent_text(path: Path) -> ConsentText:
    with reading(path) as entry:
        found = ConsentText(
            purpose=entry.word("purpose", PURPOSES),
            version=entry.number("version", 1, 99),
            months=entry.number("months", 1, 24),
            needs_recipient=entry.flag("needs_recipient"),
            variants=entry.entries("variants", _variant) if entry.has("variants") else (),
            title=entry.text("title"),
            we_ask=entry.text("we_ask"),
            it_means=entry.text("it_means"),
            if_no=entry.text("if_no"),
            withdraw=entry.text("withdraw"),
            how_long=entry.text("how_long"),
            source=entry.source(),
        )
    if path.stem != f"{found.purpose}_v{found.version}":
        raise CatalogueError(f"{path.name}: expected the file name {found.purpose}_v{found.version}.yaml")
    return found


@lru_cache
def _words() -> tuple[dict[str, Texts], dict[str, Texts]]:
    with reading(_COPY_WORDS) as entry:
        return _by_key(entry, "words"), _by_key(entry, "shared")


def _by_key(entry: Entry, field: str) -> dict[str, Texts]:
    return {one.key: one.text for one in entry.entries(field, lambda one: Word(one.word("key"), one.text("text")))}


def _variant(entry: Entry) -> Variant:
    return Variant(key=entry.word("key"), name=entry.text("name"), note=entry.text("note"))
