"""Read the catalogues that ship with the product: YAML files of worded items, each with its source.

A catalogue is written by people, so every mistake is told with its file, its field and what is expected.
Fields nobody asked for are refused as well: a misspelt field must not silently mean "left out".
"""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

from amparo.kernel.language import LANGUAGES, Texts
from amparo.kernel.marked import read_marked

#: The five source documents and their length in lines (docs/glossary.md, "Sources").
DOCUMENTS = {"C&H-R": 267, "C&H-B": 1036, "C&H-L": 1081, "ENPATES": 7871, "FIIT": 1396}
#: What no document says, and those who do the work know; the place then says what was considered.
FIELD_PRACTICE = "field practice"

_WORD = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_LINES = re.compile(r"(\d+)(?:-(\d+))?")
_NAMED_LINES = re.compile(r"\blines? ([^a-z]*)$")
_LANGUAGE = re.compile(r"[a-z]{2}")


class CatalogueError(ValueError):
    """A catalogue file is wrong; the text names the file, the field and what is expected."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from: a document as the glossary cites it, and the place in it."""

    cite: str
    where: str

    def __str__(self) -> str:
        """As a citation is shown: 'C&H-L, 5.1.1, lines 477-491'."""
        return f"{self.cite}, {self.where}"


class Keyed(Protocol):
    """Anything in a catalogue that has a key of its own."""

    @property
    def key(self) -> str:
        """The identifier that is stored in the database; it never changes its meaning."""
        ...


Built = TypeVar("Built")
Item = TypeVar("Item", bound=Keyed)


class Entry:
    """One mapping of a catalogue; every read checks, and `done` refuses what nobody read."""

    def __init__(self, content: object, file: str, path: str = "") -> None:
        """Wrap `content`, found in `file` at `path`; raises CatalogueError unless it is a mapping."""
        self.file = file
        self.path = path
        if not isinstance(content, dict):
            raise CatalogueError(f"{file}: {path or 'the file'}: expected fields with values, found {content!r}")
        self._content: dict[str, Any] = content
        self._read: set[str] = set()

    def fail(self, field: str, expected: str) -> CatalogueError:
        """The error to raise for `field`; it says where the field stands and what is `expected`."""
        return CatalogueError(f"{self.file}: {self._at(field)}: expected {expected}")

    def has(self, field: str) -> bool:
        """Whether the file gives `field`."""
        return field in self._content

    def word(self, field: str, allowed: Collection[str] = ()) -> str:
        """An identifier in lower case with underscores; one of `allowed` where that is given."""
        value = self._take(field)
        if not isinstance(value, str) or not _WORD.fullmatch(value):
            raise self.fail(field, f"a lower-case word such as 'court_date', found {value!r}")
        if allowed and value not in allowed:
            raise self.fail(field, f"one of {', '.join(allowed)}, found {value!r}")
        return value

    def words(self, field: str, allowed: Collection[str] = ()) -> tuple[str, ...]:
        """A list of identifiers, none twice; empty where the field is left out."""
        value = self._take(field) if self.has(field) else []
        if not isinstance(value, list) or len(set(value)) != len(value):
            raise self.fail(field, f"a list of different words, found {value!r}")
        for word in value:
            if word not in allowed if allowed else not (isinstance(word, str) and _WORD.fullmatch(word)):
                raise self.fail(field, f"one of {', '.join(allowed) or 'lower-case words'}, found {word!r}")
        return tuple(value)

    def line(self, field: str) -> str:
        """A line that needs no translation, such as a telephone number."""
        value = self._take(field)
        if not isinstance(value, str) or not value.strip():
            raise self.fail(field, f"a line of text (in quotes if it looks like a number), found {value!r}")
        return value

    def number(self, field: str, lowest: int, highest: int) -> int:
        """A whole number from `lowest` to `highest`."""
        value = self._take(field)
        if not isinstance(value, int) or isinstance(value, bool) or not lowest <= value <= highest:
            raise self.fail(field, f"a whole number from {lowest} to {highest}, found {value!r}")
        return value

    def numbers(self, field: str, lowest: int, highest: int) -> tuple[int, ...]:
        """A list of whole numbers from `lowest` to `highest`, each greater than the one before."""
        value = self._take(field)
        if not isinstance(value, list) or not value or any(type(one) is not int for one in value):
            raise self.fail(field, f"a list of whole numbers, found {value!r}")
        if value != sorted(set(value)) or not lowest <= value[0] <= value[-1] <= highest:
            raise self.fail(field, f"rising whole numbers from {lowest} to {highest}, found {value!r}")
        return tuple(value)

    def flag(self, field: str) -> bool:
        """True or false; false where the field is left out."""
        value = self._take(field) if self.has(field) else False
        if not isinstance(value, bool):
            raise self.fail(field, f"true or false, found {value!r}")
        return value

    def text(self, field: str) -> Texts:
        """A text in every language of the product, and in others where somebody wrote them."""
        return self._checked_text(field, self._take(field))

    def texts(self, field: str, count: int | None = None) -> tuple[Texts, ...]:
        """A list of texts, exactly `count` of them where that is given."""
        value = self._take(field)
        if not isinstance(value, list) or not value or (count is not None and len(value) != count):
            raise self.fail(field, f"a list of {count or 'at least 1'} texts")
        return tuple(self._checked_text(f"{field}[{place}]", one) for place, one in enumerate(value, 1))

    def source(self, field: str = "source") -> Source:
        """The citation of this entry; named lines must exist in the document."""
        found = self.built(field, lambda entry: Source(entry.line("cite"), entry.line("where")))
        if found.cite == FIELD_PRACTICE:
            return found
        if found.cite not in DOCUMENTS:
            raise self.fail(field, f"one of {', '.join(DOCUMENTS)} or '{FIELD_PRACTICE}', found {found.cite!r}")
        if not lines_exist(found):
            raise self.fail(field, f"'lines N-M' within the {DOCUMENTS[found.cite]} lines of {found.cite}")
        return found

    def built(self, field: str, build: Callable[["Entry"], Built]) -> Built:
        """What `build` makes of the mapping under `field`, with nothing left unread."""
        return self._built(field, self._take(field), build)

    def entries(self, field: str, build: Callable[["Entry"], Item]) -> tuple[Item, ...]:
        """A list of entries, each built by `build`, with no key twice."""
        value = self._take(field)
        if not isinstance(value, list) or not value:
            raise self.fail(field, "a list with at least one entry")
        built = tuple(self._built(f"{field}[{place}]", one, build) for place, one in enumerate(value, 1))
        refuse_same_keys(built, f"{self.file}: {self._at(field)}")
        return built

    def done(self) -> None:
        """Refuse the fields that nobody asked for."""
        unknown = sorted(set(self._content) - self._read)
        if unknown:
            raise self.fail(unknown[0], f"one of the fields {', '.join(sorted(self._read))}")

    def _built(self, field: str, content: object, build: Callable[["Entry"], Built]) -> Built:
        entry = Entry(content, self.file, self._at(field))
        item = build(entry)
        entry.done()
        return item

    def _take(self, field: str) -> Any:
        self._read.add(field)
        if field not in self._content:
            raise self.fail(field, "a value, found nothing")
        return self._content[field]

    def _checked_text(self, field: str, value: object) -> Texts:
        if not isinstance(value, dict):
            raise self.fail(field, f"a text in {', '.join(LANGUAGES)}, found {value!r}")
        for language in (*LANGUAGES, *value):
            words = value.get(language)
            if not _LANGUAGE.fullmatch(str(language)) or not isinstance(words, str) or not words.strip():
                raise self.fail(f"{field}.{language}", "a text in that language (two letters)")
        return dict(value)

    def _at(self, field: str) -> str:
        return f"{self.path}.{field}" if self.path else field


def read(path: Path) -> Entry:
    """The whole content of one file; raises CatalogueError where it is not readable YAML."""
    try:
        marked = read_marked(path.read_text("utf-8"), path.name)
    except OSError as error:
        raise CatalogueError(f"{path.name}: expected a file that can be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise CatalogueError(f"{path.name}: expected text in UTF-8") from error
    if marked.problems:
        raise CatalogueError(str(marked.problems[0]))
    return Entry(marked.content, path.name)


@contextmanager
def reading(path: Path) -> Iterator[Entry]:
    """The same; the block asks for every field, and one that nobody asked for is refused at its end."""
    entry = read(path)
    yield entry
    entry.done()


def read_list(path: Path, field: str, build: Callable[[Entry], Item]) -> tuple[Item, ...]:
    """The items of a file that holds nothing but one list, called `field`."""
    with reading(path) as entry:
        return entry.entries(field, build)


def refuse_same_keys(items: Sequence[Keyed], where: str) -> None:
    """Raise CatalogueError where two of `items` share a key."""
    seen: set[str] = set()
    for item in items:
        if item.key in seen:
            raise CatalogueError(f"{where}: expected every key once, found '{item.key}' twice")
        seen.add(item.key)


def lines_exist(source: Source) -> bool:
    """Whether `where` names lines, all of them inside the document and in order."""
    named = _NAMED_LINES.search(source.where)
    if named is None:
        return False
    for part in named[1].split(", "):
        match = _LINES.fullmatch(part)
        if match is None:
            return False
        first, last = int(match[1]), int(match[2] or match[1])
        if not 1 <= first <= last <= DOCUMENTS[source.cite]:
            return False
    return True


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a list in a form, by its key."""

    key: str
    name: Texts


def read_choice(entry: Entry) -> Choice:
    """The choice that an entry of a list words."""
    return Choice(key=entry.word("key"), name=entry.text("name"))
