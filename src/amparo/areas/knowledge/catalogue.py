"""The practice points: what the sources advise for each domain, in short, for whoever asks for it."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from amparo.kernel.catalogue import CatalogueError, Entry, Source, reading
from amparo.kernel.language import Texts

_FOLDER = Path(__file__).parent / "data" / "practice_points"

#: A practice is what has proved good; a pitfall is what to look out for.
KINDS = ("practice", "pitfall")


@dataclass(frozen=True, slots=True)
class PracticePoint:
    """One piece of advice, in one or two sentences, with the place it was drawn from."""

    key: str
    kind: str
    text: Texts
    source: Source


@lru_cache
def practice_points(domain: str) -> tuple[PracticePoint, ...]:
    """The practices of a domain and then its pitfalls; raises KeyError for an unknown domain."""
    if domain not in domains_with_points():
        raise KeyError(domain)
    with reading(_FOLDER / f"{domain}.yaml") as entry:
        if entry.word("domain") != domain:
            raise CatalogueError(f"{entry.file}: domain: expected '{domain}', as the file is called")
        points = entry.entries("points", _point)
    return tuple(sorted(points, key=lambda point: KINDS.index(point.kind)))


@lru_cache
def domains_with_points() -> frozenset[str]:
    """The keys of the domains for which there are points."""
    return frozenset(path.stem for path in _FOLDER.glob("*.yaml"))


def _point(entry: Entry) -> PracticePoint:
    return PracticePoint(
        key=entry.word("key"),
        kind=entry.word("kind", KINDS),
        text=entry.text("text"),
        source=entry.source(),
    )
