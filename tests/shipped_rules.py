"""The files of rules that we ship, and what stands in them told on one line each, for tests of their content."""

from datetime import date
from functools import cache
from pathlib import Path

import amparo.areas.entitlements
from amparo.areas.entitlements.files import load
from amparo.areas.entitlements.rules.scheme import Condition, Length, Opening, Permit, RuleSet, Service, Stay

FOLDER = Path(amparo.areas.entitlements.__file__).with_name("countries")
FILES = sorted(FOLDER.rglob("*.yaml"))
FIIT = ("be/2013", "fr/2013", "it/2013", "hu/2013", "gb/2013")


@cache
def rules(name: str) -> RuleSet:
    loaded = load(FOLDER / f"{name}.yaml", name, today=date(2026, 11, 22))
    assert loaded.rule_set is not None, loaded.problems
    return loaded.rule_set


@cache
def items(name: str) -> dict[str, Permit | Service]:
    return {one.id: one for one in (*rules(name).permits, *rules(name).services)}


def home_of(item: str) -> str:
    return f"{item[:2]}/2013"


def permit(name: str, item: str) -> Permit:
    found = items(name)[item]
    assert isinstance(found, Permit)
    return found


def service(item: str) -> Service:
    found = items(home_of(item))[item]
    assert isinstance(found, Service)
    return found


def told(condition: Condition) -> str:
    """A condition on one line."""
    if isinstance(condition, str):
        return condition
    if condition.not_ is not None:
        return f"not({told(condition.not_)})"
    if condition.fact is not None:
        return f"{condition.fact} in {'|'.join(condition.in_ or ())}"
    name, parts = ("all", condition.all) if condition.all is not None else ("any", condition.any)
    return f"{name}({', '.join(map(told, parts or ()))})"


def long(length: Length | None) -> str:
    """A length as '45 days'; empty where there is none."""
    if length is None:
        return ""
    return next(
        f"{number} {unit}"
        for unit in ("days", "working_days", "months", "years")
        if (number := getattr(length, unit)) is not None
    )


def opened(item: Permit) -> str:
    return " ".join(one.right if isinstance(one, Opening) else one for one in item.opens)


def stays(stay: Stay) -> str:
    parts = {"legal": stay.legal, "to": stay.legal_up_to, "average": stay.average}
    words = [f"{name} {long(length)}" for name, length in parts.items() if length]
    if stay.extension:
        words.append(f"extended {long(stay.extension.by)}".strip())
    return ", ".join(words)
