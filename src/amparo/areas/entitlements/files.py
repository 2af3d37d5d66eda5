"""Read files of rules and say everything that is wrong with them, with file, line and field."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path

import msgspec

from amparo.areas.entitlements import examples, linting
from amparo.areas.entitlements.rules.scheme import RuleSet
from amparo.kernel.marked import Marked, Place, Problem, read_marked
from amparo.kernel.shape import Mistake, misfits

#: No file of rules comes near it; whoever hands in more has mistaken the file.
LARGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Loaded:
    """One file: its rules, or None where they cannot be used, and everything that is wrong with it."""

    name: str
    rule_set: RuleSet | None
    problems: tuple[Problem, ...] = ()
    marked: Marked | None = field(default=None, repr=False)

    def problem(self, place: Place, expected: str) -> Problem:
        """A mistake at a place of this file."""
        return (self.marked or Marked(self.name, None, {})).problem(place, expected)


def load(path: Path, name: str, *, today: date) -> Loaded:
    """Read and check the file at `path`, called `name` in what is told about it. Never raises."""
    try:
        if path.stat().st_size > LARGEST:
            return _unreadable(name, f"a file of at most {LARGEST // 1_000_000} MB")
        text = path.read_text("utf-8-sig")
    except OSError as error:
        return _unreadable(name, f"a file that can be read ({error.strerror or error})")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return _unreadable(name, "text in UTF-8", line)
    return check(text, name, today=today)


def check(text: str, name: str, *, today: date) -> Loaded:
    """Read and check rules from a text: its form, then its types, then its meaning, then its examples. Never raises."""
    marked = read_marked(text, name)
    broken = {problem.field for problem in marked.problems}
    found = [*marked.problems]
    if marked.lines or not found:
        shape = (marked.problem(*mistake) for mistake in misfits(marked.content, RuleSet))
        found += [problem for problem in shape if problem.field not in broken]
    if found:
        return Loaded(name, None, _in_order(found), marked)
    rule_set = msgspec.convert(marked.content, RuleSet)
    problems = [marked.problem(*mistake) for mistake in _senseless(rule_set, today)]
    return Loaded(name, None if problems else rule_set, _in_order(problems), marked)


def clashes(files: Sequence[Loaded]) -> Iterator[Problem]:
    """Where the periods of one country's files overlap, told of the later one."""
    usable = [(one, one.rule_set) for one in files if one.rule_set is not None]
    usable.sort(key=lambda pair: (pair[1].country, pair[1].valid_from))
    for (before, earlier), (after, later) in pairwise(usable):
        if earlier.country == later.country and (earlier.valid_to is None or later.valid_from <= earlier.valid_to):
            until = f"to {earlier.valid_to}" if earlier.valid_to else "on, without end"
            yield after.problem(
                ("valid_from",),
                f"a day that no other rules cover, found {later.valid_from}; {before.name} holds from "
                f"{earlier.valid_from} {until}",
            )


def _senseless(rule_set: RuleSet, today: date) -> Iterator[Mistake]:
    """Examples are run only where the rest makes sense."""
    found = list(linting.mistakes(rule_set, today=today))
    yield from found or examples.failures(rule_set)


def _unreadable(name: str, expected: str, line: int = 1) -> Loaded:
    return Loaded(name, None, (Problem(name, line, "the file", expected),))


def _in_order(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda problem: problem.line))
