"""Instances and plans out of files, with every mistake told: where it stands, and what is expected there."""

import json
import re
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import msgspec

from amparo.areas.activities.rules.instance import Instance, Plan, read_part
from amparo.kernel.marked import Place, worded
from amparo.kernel.shape import misfits

from .meaning import mistakes_in

Whole = TypeVar("Whole", Instance, Plan)
_SHOWN = 5
_MOST = 1_000  # mistakes are counted up to here
_LARGEST = 50_000_000  # bytes; two hundred women and four weeks are one
_STEP = re.compile(r"\.([^.\[]+)|\[(\d+)\]")


class WrongFileError(Exception):
    """A file is not what it should be: a few lines that name the file, the field, and what is expected."""


def read_instance(file: Path) -> Instance:
    """The instance in a file. Raises WrongFileError with what is wrong in it, in its form or in its meaning."""
    instance = _read(file, Instance)
    _tell(file, (f"{worded(place)}: expected {expected}" for place, expected in mistakes_in(instance)))
    return instance


def read_plan(file: Path) -> Plan:
    """The plan in a file. Raises WrongFileError where it has not the form of a plan; whether it holds is not asked."""
    return _read(file, Plan)


def written(plan: Plan) -> bytes:
    """A plan as a file holds it."""
    return msgspec.json.format(msgspec.json.encode(plan, enc_hook=str), indent=1) + b"\n"


def _read(file: Path, kind: type[Whole]) -> Whole:
    content = _json(file)
    _tell(file, (f"{worded(place)}: expected {expected}" for place, expected in misfits(content, kind)))
    try:
        return read_part(content, kind)
    except msgspec.ValidationError as error:
        says, _, path = str(error).partition(" - at `$")
        raise WrongFileError(f"{file}: {worded(_place(path))}: {says}") from None


def _json(file: Path) -> Any:
    try:
        return json.loads(_text(file), object_pairs_hook=_each_once, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise WrongFileError(f"{file}, line {error.lineno}, column {error.colno}: expected JSON: {error.msg}") from None
    except (ValueError, RecursionError) as error:
        raise WrongFileError(f"{file}: expected JSON: {error}") from None


def _text(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            content = opened.read(_LARGEST + 1)
    except OSError as error:
        raise WrongFileError(f"{file}: expected a file that can be read: {error.strerror or error}") from None
    if len(content) > _LARGEST:
        raise WrongFileError(f"{file}: expected a file of at most {_LARGEST // 10**6} MB, found a larger one")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise WrongFileError(f"{file}: expected text in UTF-8") from None


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(name for name in found if sum(name == other for other, _ in pairs) > 1)
        raise ValueError(f"the field '{twice}' once, found twice in one place")
    return found


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"a number, found {name}")


def _place(path: str) -> Place:
    """msgspec counts from 0, people from 1."""
    return tuple(name or int(number) + 1 for name, number in _STEP.findall(path.rstrip("`")))


def _tell(file: Path, mistakes: Iterable[str]) -> None:
    """Raise with the first mistakes, and how many more there are."""
    found = list(islice(mistakes, _MOST))
    if found:
        at_least = "at least " if len(found) == _MOST else ""
        more = [f"and {at_least}{len(found) - _SHOWN} more"] if len(found) > _SHOWN else []
        raise WrongFileError("\n".join([f"{file}: {one}" for one in found[:_SHOWN]] + more))
