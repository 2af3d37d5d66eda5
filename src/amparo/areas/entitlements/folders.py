"""The folders with files of rules, looked at again at most once a second, from any thread."""

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from threading import Lock
from time import monotonic

import msgspec

from amparo.areas.entitlements.files import clashes, load
from amparo.areas.entitlements.rules.scheme import RuleSet
from amparo.kernel.marked import Problem
from amparo.node.home import private_folder, write_private

#: Below the node's own folder: the rules that were good last, for the next process.
LAST_GOOD = ".last-good"
SHIPPED = Path(__file__).with_name("countries")
LOOK_AGAIN_AFTER = 1.0  # seconds
_log = logging.getLogger(__name__)

#: The files of a country by the name under which they are told, such as 'be/2013.yaml'.
Files = Mapping[str, Path]
#: What the disk says of them: another stamp means other files.
Stamp = tuple[tuple[str, int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Country:
    """The good rules of one country, earliest first, and what is wrong with its files."""

    rules: tuple[RuleSet, ...] = ()
    problems: tuple[Problem, ...] = ()
    stamp: Stamp = ()


class Watched:
    """The countries of a folder of ours and one of the node's own; each is read when it is first asked for."""

    def __init__(self, shipped: Path, own: Callable[[], Path]) -> None:
        """Watch both; the second is asked for each time, because where a node stands can change."""
        self._shipped, self._own = shipped, own
        self._keeps = False
        self._lock = Lock()
        self._looked_at = float("-inf")
        self._files: dict[str, tuple[Files, Stamp]] = {}
        self._read: dict[str, Country] = {}
        self._fingerprint: tuple[tuple[Country, ...], str] = ((), "")

    def prepare(self) -> None:
        """Read everything now, and from here on keep good rules on the disk, so that they outlast this process."""
        self._keeps = True
        self.forget()
        self.everything()

    def everything(self) -> dict[str, Country]:
        """Every country that has files, by its code, in the order of the codes."""
        self._look()
        return {country: self._country(country) for country in tuple(self._files)}

    def country(self, code: str) -> Country:
        """One country; without rules and without problems where it has no files."""
        self._look()
        return self._country(code)

    def fingerprint(self) -> str:
        """Twelve signs that are others as soon as some rule is."""
        everything = tuple(self.everything().values())
        known, fingerprint = self._fingerprint
        if not fingerprint or len(known) != len(everything) or any(map(_is_other, known, everything)):
            content = msgspec.json.encode([country.rules for country in everything], order="deterministic")
            fingerprint = sha256(content).hexdigest()[:12]
            self._fingerprint = (everything, fingerprint)
        return fingerprint

    def forget(self) -> None:
        """Read everything anew at the next question."""
        with self._lock:
            self._looked_at = float("-inf")
            self._files, self._read = {}, {}

    def _look(self) -> None:
        """See which files there are now. One thread looks; the others go on with what is known."""
        if monotonic() - self._looked_at < LOOK_AGAIN_AFTER or not self._lock.acquire(blocking=not self._files):
            return
        try:
            found = files_in(self._shipped, self._own())
            self._files = {country: (files, _stamp(files)) for country, files in found.items()}
            self._looked_at = monotonic()
        finally:
            self._lock.release()

    def _country(self, code: str) -> Country:
        files, stamp = self._files.get(code, ({}, ()))
        known = self._read.get(code)
        if known is not None and known.stamp == stamp:
            return known
        with self._lock:
            known = self._read.get(code)
            if known is None or known.stamp != stamp:
                known = self._read[code] = self._anew(code, files, stamp, known)
            return known

    def _anew(self, code: str, files: Files, stamp: Stamp, known: Country | None) -> Country:
        """The country as its files say; with its last good rules where something is wrong with any of them: those that
        this process has seen, else those kept on the disk, else what we ship."""
        found = replace(read_country(code, files), stamp=stamp)
        kept = self._own() / LAST_GOOD / f"{code}.json"
        if not found.problems:
            if self._keeps:
                _keep(kept, found.rules)
            return found
        for problem in found.problems:
            _log.error("The last good rules of %s stay in force: %s", code, problem)
        if known is not None:
            return replace(found, rules=known.rules)
        shipped = read_country(code, files_in(self._shipped).get(code, {}))
        return replace(found, rules=_kept(kept) or (() if shipped.problems else shipped.rules))


def read_country(code: str, files: Files, *, today: date = date.max) -> Country:
    """Read and check the files of a country together. `today`: no rules can have been checked after it."""
    loaded = [load(path, name, today=today) for name, path in files.items()]
    problems = [problem for one in loaded for problem in one.problems]
    usable = [(one, one.rule_set) for one in loaded if one.rule_set is not None]
    problems += [
        one.problem(("country",), f"{code}, as its folder is called, found '{rules.country}'")
        for one, rules in usable
        if rules.country != code
    ]
    problems += clashes(loaded)
    return Country(tuple(sorted((rules for _, rules in usable), key=lambda rules: rules.valid_from)), tuple(problems))


def files_in(shipped: Path, own: Path | None = None) -> dict[str, Files]:
    """The files of each country in both folders; one of the node's own takes the place of ours of the same name."""
    found: dict[str, dict[str, tuple[str, Path]]] = {}
    for folder, prefix in ((shipped, ""), (own, "entitlements/")):
        for country, file in _files_below(folder) if folder else ():
            found.setdefault(country.upper(), {})[file.name] = (f"{prefix}{country}/{file.name}", file)
    return {country: dict(sorted(files.values())) for country, files in sorted(found.items())}


def _files_below(folder: Path) -> Iterator[tuple[str, Path]]:
    """Each file with its country's folder. A folder that cannot be opened is given itself: reading it tells why."""
    for country in _listed(folder):
        for file in _listed(country) if country.name != LAST_GOOD else ():
            if file == country or (file.suffix in {".yaml", ".yml"} and not file.name.startswith(".")):
                yield country.name, file


def _listed(folder: Path) -> list[Path]:
    """What stands in a folder; nothing where there is none; the folder itself where it cannot be opened."""
    try:
        return sorted(folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError:
        return [folder]


def _keep(file: Path, rules: tuple[RuleSet, ...]) -> None:
    """Write down good rules, unless they stand there already. Where that fails, the log says so, and nothing else."""
    content = msgspec.json.encode(rules)
    try:
        if not file.is_file() or file.read_bytes() != content:
            write_private(private_folder(file.parent) / file.name, content)
    except OSError as error:
        _log.error("The last good rules could not be kept in %s: %s", file, error.strerror)


def _kept(file: Path) -> tuple[RuleSet, ...]:
    """What was written down; nothing where there is none, or where an earlier version wrote it otherwise."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=tuple[RuleSet, ...])
    except (OSError, msgspec.MsgspecError):
        return ()


def _stamp(files: Files) -> Stamp:
    found = []
    for path in files.values():
        try:
            seen = path.stat()
        except OSError:
            continue
        found.append((str(path), seen.st_mtime_ns, seen.st_size, seen.st_ino))
    return tuple(found)


def _is_other(one: Country, other: Country) -> bool:
    return one.rules is not other.rules
