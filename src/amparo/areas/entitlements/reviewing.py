"""Check files of rules for whoever writes them: those named, or all that are in force."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from amparo.areas.entitlements.files import clashes, load
from amparo.areas.entitlements.folders import SHIPPED, files_in, read_country
from amparo.areas.entitlements.rules.scheme import RuleSet
from amparo.kernel.marked import Problem
from amparo.node.home import home


@dataclass(frozen=True, slots=True)
class Review:
    """How many files were looked at, the rules that hold, and what is wrong."""

    files: int
    rules: tuple[RuleSet, ...]
    problems: tuple[Problem, ...]


def review(paths: Sequence[Path], *, today: date) -> Review:
    """Check these files, and all below these folders, together."""
    loaded = [load(file, str(file), today=today) for path in paths for file in _files(path)]
    problems = [problem for one in loaded for problem in one.problems]
    rules = tuple(one.rule_set for one in loaded if one.rule_set is not None)
    return Review(len(loaded), rules, (*problems, *clashes(loaded)))


def review_all(*, today: date) -> Review:
    """Check what we ship together with what the node keeps of its own."""
    found = files_in(SHIPPED, home() / "entitlements")
    read = [read_country(code, files, today=today) for code, files in found.items()]
    return Review(
        files=sum(map(len, found.values())),
        rules=tuple(rule_set for country in read for rule_set in country.rules),
        problems=tuple(problem for country in read for problem in country.problems),
    )


def _files(path: Path) -> Iterator[Path]:
    """The file itself, or the files below a folder; the folder itself where there are none, so that it is told."""
    below = sorted(file for file in path.rglob("*") if file.suffix in {".yaml", ".yml"})
    yield from below or [path]
