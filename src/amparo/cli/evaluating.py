"""Judging facts for the command line: read, judge, print; every mistake is one line with what is expected."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

import msgspec

from amparo.areas.entitlements import catalogue
from amparo.areas.entitlements.batch import Lines, WrongLineError
from amparo.areas.entitlements.catalogue import InForce, NoRules
from amparo.areas.entitlements.json_answers import answer_json
from amparo.areas.entitlements.json_facts import LONGEST, WrongFactsError, day_from, facts_of_json
from amparo.areas.entitlements.rules.days import OutOfReach
from amparo.areas.entitlements.rules.judging import Answer, judge
from amparo.cli.answer_text import worded
from amparo.kernel import clock
from amparo.node.errors import NodeError

ALL = "ALL"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which rules are asked, for which day, in which language; `alone` where one country was named."""

    rules: Sequence[InForce]
    as_of: date
    language: str
    alone: bool


def asked(country: str, *, as_of: str | None, language: str) -> Asked:
    """What the arguments ask for. Raises NodeError with exit code 2."""
    day = _day(as_of)
    try:
        rules = _all_in_force(day) if country == ALL else [catalogue.in_force(country, day)]
    except NoRules as error:
        raise NodeError(f"--country {country}: {error}", exit_code=2) from error
    for problem in catalogue.problems(None if country == ALL else country):
        print(f"amparo: the rules from before stay in force: {problem}.", file=sys.stderr)
    return Asked(rules, day, language, alone=country != ALL)


def print_one(asked: Asked, name: str, *, as_json: bool) -> int:
    """Print the answer about one person, or with all countries one document with all of them."""
    with _opened("--facts", name) as file:
        text = file.read(LONGEST + 1)
    try:
        facts = facts_of_json(text)
        found = [judge(one.rule_set, facts, as_of=asked.as_of, outdated=one.outdated) for one in asked.rules]
    except (WrongFactsError, OutOfReach) as error:
        raise NodeError(f"{_called(name)}: {_sentence(error)}", exit_code=2) from error
    if as_json:
        sys.stdout.buffer.write(_document(found, asked) + b"\n")
    else:
        print("\n\n".join(worded(one, asked.language) for one in found))
    return 0


def print_lines(asked: Asked, name: str) -> int:
    """Print an answer for each line as it is read; where one is wrong, those before it and then the error."""
    lines = Lines(asked.rules, as_of=asked.as_of, language=asked.language, numbered=not asked.alone)
    try:
        with _opened("--facts-lines", name) as file:
            for chunk in lines.answered(iter(lambda: file.readline(LONGEST + 1), b"")):
                sys.stdout.buffer.write(chunk)
    except WrongLineError as error:
        raise NodeError(f"{_called(name)}, line {error.number}: {_sentence(error)}", exit_code=2) from error
    except BrokenPipeError:  # a reader who went away is no error
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _all_in_force(day: date) -> list[InForce]:
    """The rules of every country that has some for the day; those that have not are named. Raises NoRules."""
    found, without = [], []
    for code in catalogue.countries():
        try:
            found.append(catalogue.in_force(code, day))
        except NoRules:
            without.append(code)
    if not found:
        raise NoRules(f"No country has rules for {day}.")
    if without:
        print(f"amparo: there are no rules for {day} of {', '.join(without)}.", file=sys.stderr)
    return found


def _day(text: str | None) -> date:
    if text is None:
        return clock.today("UTC")
    try:
        return day_from(text)
    except ValueError as error:
        raise NodeError(f"--as-of {text}: expected a day that exists, as YYYY-MM-DD.", exit_code=2) from error


def _document(found: Sequence[Answer], asked: Asked) -> bytes:
    written = [answer_json(one, asked.language) for one in found]
    return msgspec.json.encode(written[0] if asked.alone else {"countries": written})


@contextmanager
def _opened(argument: str, name: str) -> Iterator[BinaryIO]:
    if name == "-":
        yield sys.stdin.buffer
        return
    try:
        file = open(name, "rb")  # noqa: PTH123, SIM115 (closed below; an OSError of the block is not ours)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise NodeError(f"{argument} {name}: expected a file that can be read ({reason}).", exit_code=2) from error
    with file:
        yield file


def _called(name: str) -> str:
    return "standard input" if name == "-" else name


def _sentence(error: ValueError) -> str:
    return f"{str(error).removesuffix('.')}."
