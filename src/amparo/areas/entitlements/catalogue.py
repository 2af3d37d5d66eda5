"""The rules of countries: which are in force on a day. Files that change are read anew while the node works.

Ours stand in `countries/<iso>/*.yaml`, a node's own in `AMPARO_HOME/entitlements/<iso>/*.yaml`: a file of the same name
there takes the place of ours, others are added. A country is read as a whole; as long as something is wrong with one of
its files, its last good rules stay in force, also in a process that starts only then, and `problems()` says what is
wrong.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from amparo.areas.entitlements.folders import SHIPPED, Watched
from amparo.areas.entitlements.rules.scheme import RuleSet
from amparo.kernel.marked import Problem
from amparo.node.home import home

_watched = Watched(SHIPPED, lambda: home() / "entitlements")


class NoRules(LookupError):
    """There are no rules for this country or this day; the text says so to a person."""


@dataclass(frozen=True, slots=True)
class InForce:
    """The rules for a day. `outdated`: none cover it, these are the newest from before. `own`: an organisation's."""

    rule_set: RuleSet
    outdated: bool = False
    own: bool = False


def in_force(country: str, on: date, own: Sequence[RuleSet] = ()) -> InForce:
    """The rules of a country for a day, in this order: an organisation's own that cover it, the newest made first (they
    are given as they were made); those of the files that cover it; the newest from before. Raises NoRules."""
    for rule_set in reversed(own):
        if rule_set.country == country and covers(rule_set, on):
            return InForce(rule_set, own=True)
    sets = sets_of(country)
    for rule_set in sets:
        if covers(rule_set, on):
            return InForce(rule_set)
    earlier = [rule_set for rule_set in sets if rule_set.valid_from <= on]
    if not earlier:
        first = min(rule_set.valid_from for rule_set in sets)
        raise NoRules(f"There are no rules for {country} on {on}; the earliest hold from {first}.")
    return InForce(earlier[-1], outdated=True)


def covers(rule_set: RuleSet, on: date) -> bool:
    """Whether the rules were in force on this day."""
    return rule_set.valid_from <= on and (rule_set.valid_to is None or on <= rule_set.valid_to)


def countries() -> tuple[str, ...]:
    """The countries with rules, in the order of their codes; EU is the European minimum."""
    return tuple(code for code, country in _watched.everything().items() if country.rules)


def sets_of(country: str) -> tuple[RuleSet, ...]:
    """All rules of a country, earliest first. Raises NoRules where there are none, or none without mistakes."""
    found = _watched.country(country)
    if found.rules:
        return found.rules
    if found.problems:
        others = len(found.problems) - 1
        more = f" ({others} more mistakes: amparo entitlements lint)" if others else ""
        raise NoRules(f"The rules of {country} cannot be used. {found.problems[0]}{more}")
    hint = " The United Kingdom is GB." if country == "UK" else ""
    raise NoRules(f"There are no rules for '{country}', only for {', '.join(countries())}.{hint}")


def problems(country: str | None = None) -> tuple[Problem, ...]:
    """What is wrong with files now, of one country or of all; their last good rules stay in force meanwhile."""
    asked = _watched.everything().values() if country is None else [_watched.country(country)]
    return tuple(problem for one in asked for problem in one.problems)


def version() -> str:
    """A short fingerprint of all rules, the same in every process: another one means that some rule changed. That a
    new day can bring other rules into force is not in it."""
    return _watched.fingerprint()


def prepare() -> None:
    """Read all rules before the first question, and keep good ones on the disk: for whatever serves for long."""
    _watched.prepare()


def look_again() -> None:
    """Read all files anew at the next question, without waiting for a second to pass."""
    _watched.forget()
