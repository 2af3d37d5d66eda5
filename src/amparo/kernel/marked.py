"""Read YAML as people write it, and remember on which line everything stands.

Nothing is guessed: 'no' and 'on' are words, 045 is not the number 37, a field given twice is a mistake, and nothing
stands in for something written elsewhere (no anchors). Mistakes are collected, so that a person sees all at once.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml

#: Where something stands: names of fields, and the place in a list, from 1 on.
Place = tuple[str | int, ...]

_DEEPEST = 40
_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PLAIN = {"": None, "~": None, "null": None, "true": True, "false": False}
#: What the parser says, and what it mostly means.
_MEANINGS = {
    "mapping values are not allowed": "a text with a colon and a space in quotes, and fields below each other",
    "cannot start any token": "spaces to indent (no tabs), and a text that starts with a special sign in quotes",
    "a tab character": "spaces to indent, no tabs",
    "end of stream": "a closing quotation mark",
    "did not find expected": "lines that belong together indented alike, and every bracket closed",
    "unknown escape": "'…' instead of \"…\" around a text with a backslash",
    "not allowed": "a text without control characters",
}
_CSafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Problem:
    """A mistake in a file: where it stands, and what is expected there."""

    file: str
    line: int
    field: str
    expected: str

    def __str__(self) -> str:
        """As a person reads it: 'be/2013.yaml, line 14: permits[2].lasts.days: expected a whole number'."""
        return f"{self.file}, line {self.line}: {self.field}: expected {self.expected}"


@dataclass(frozen=True, slots=True)
class Marked:
    """The content of a file, the line of each place in it, and what could not be read."""

    file: str
    content: object
    lines: Mapping[Place, int]
    problems: tuple[Problem, ...] = ()

    def problem(self, place: Place, expected: str) -> Problem:
        """The mistake at a place; where nothing stands there, on the line of what it is missing from."""
        near = next(place[:end] for end in range(len(place), -1, -1) if place[:end] in self.lines or not end)
        return Problem(self.file, self.lines.get(near, 1), worded(place), expected)


class _NotReadableError(Exception):
    """The rest of the file cannot be made sense of."""

    def __init__(self, line: int, expected: str) -> None:
        super().__init__(expected)
        self.line = line


def worded(place: Place) -> str:
    """A place as a person reads it: 'permits[2].lasts.days'."""
    words = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)
    return words.removeprefix(".") or "the file"


def read_marked(text: str, file: str) -> Marked:
    """What a text in YAML holds; never raises: what is wrong stands in `problems`, in the order of the lines."""
    reading = _Reading(text)
    try:
        content = reading.whole()
    except _NotReadableError as error:
        found = Problem(file, error.line, worded(()), str(error))
        return Marked(file, None, {}, (found,))
    problems = tuple(Problem(file, line, worded(place), expected) for line, place, expected in reading.mistakes)
    return Marked(file, content, reading.lines, problems)


class _Reading:
    """One pass over the text, from its beginning to its end."""

    def __init__(self, text: str) -> None:
        self.lines: dict[Place, int] = {}
        self.mistakes: list[tuple[int, Place, str]] = []
        self._events: Iterator[Any] = _events(text)

    def whole(self) -> object:
        """The one document of the file."""
        next(self._events)
        if isinstance(next(self._events), yaml.StreamEndEvent):
            return None
        content = self._content(next(self._events), ())
        next(self._events)
        after: Any = next(self._events)
        if not isinstance(after, yaml.StreamEndEvent):
            raise _NotReadableError(after.start_mark.line + 1, "one document, without --- in between")
        return content

    def _content(self, event: Any, place: Place) -> object:
        self.lines.setdefault(place, event.start_mark.line + 1)
        if len(place) > _DEEPEST:
            raise _NotReadableError(event.start_mark.line + 1, f"at most {_DEEPEST} levels inside each other")
        if getattr(event, "anchor", None) or getattr(event, "tag", None):
            self._note(event, place, "the words themselves, without &, * or ! before them")
        if isinstance(event, yaml.MappingStartEvent):
            return self._fields(place)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(place)
        return self._scalar(event, place) if isinstance(event, yaml.ScalarEvent) else None

    def _fields(self, place: Place) -> dict[str, object]:
        fields: dict[str, object] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            line = event.start_mark.line + 1
            if not isinstance(event, yaml.ScalarEvent):
                raise _NotReadableError(line, "the name of a field before the colon")
            inside = (*place, event.value)
            if event.value in fields:
                self._note(event, inside, f"every field once: the field '{event.value}' is given twice")
            self.lines[inside] = line
            fields[event.value] = self._content(next(self._events), inside)
        return fields

    def _list(self, place: Place) -> list[object]:
        items: list[object] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._content(event, (*place, len(items) + 1)))
        return items

    def _scalar(self, event: Any, place: Place) -> object:
        text: str = event.value
        if event.style:
            return text
        if text in _PLAIN:
            return _PLAIN[text]
        if _WHOLE.fullmatch(text):
            return int(text)
        if _DAY.fullmatch(text):
            try:
                return date.fromisoformat(text)
            except ValueError:
                self._note(event, place, f"a day that exists, found {text}")
        return text

    def _note(self, event: Any, place: Place, expected: str) -> None:
        self.mistakes.append((event.start_mark.line + 1, place, expected))


def _events(text: str) -> Iterator[Any]:
    """The parts of the text one by one; raises _NotReadableError where the parser gives up."""
    try:
        yield from yaml.parse(text, Loader=_CSafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        said = str(getattr(error, "problem", None) or error)
        line = mark.line if mark else text.count("\n", 0, getattr(error, "position", 0))
        meaning = next((words for part, words in _MEANINGS.items() if part in said), "text that follows the form")
        line = min(line, text.count("\n"))  # the parser may look one line past the end
        raise _NotReadableError(line + 1, f"YAML: {meaning} ({said})") from error
