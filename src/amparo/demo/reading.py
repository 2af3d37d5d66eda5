"""Stories as they are written in `data/`: what happens on which day, worded in three languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

_FOLDER = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Beat:
    """One line of a story: on a day (as written), somebody does something."""

    on: int | str
    verb: str
    value: Any
    more: Mapping[str, Any]


@dataclass(frozen=True)
class Story:
    """One woman's way so far. `worker` is the place of her first referent, `opened` how many days ago she came."""

    key: str
    worker: int
    opened: int
    her: Mapping[str, Any]
    beats: tuple[Beat, ...]
    anonymous: bool = False


@lru_cache
def stories() -> tuple[Story, ...]:
    """Every story, in the order of the files."""
    files = sorted((_FOLDER / "stories").glob("*.yaml"))
    return tuple(_story(one) for file in files for one in _content(file)["stories"])


@lru_cache
def bank(name: str) -> Any:
    """A file that stories draw on, such as `threads_daily`; its one list or mapping."""
    return next(iter(_content(_FOLDER / f"{name}.yaml").values()))


@lru_cache
def threads() -> Mapping[str, Any]:
    """Needs with their goal and steps, by key."""
    return {**bank("threads_daily"), **bank("threads_people")}


def _content(file: Path) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return content


def _story(one: Mapping[str, Any]) -> Story:
    return Story(
        key=one["key"],
        worker=one["worker"],
        opened=one["opened"],
        her=one["her"],
        beats=tuple(_beat(beat) for beat in one["beats"]),
        anonymous=one.get("anonymous", False),
    )


def _beat(written: Mapping[str, Any]) -> Beat:
    """The first word after the day says what is done; all others belong to it."""
    verb = next(word for word in written if word != "at")
    more = {word: value for word, value in written.items() if word not in ("at", verb)}
    return Beat(on=written["at"], verb=verb, value=written[verb], more=more)
