"""What changed between what was judged last and what is judged now (pure)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Because(StrEnum):
    """Why something changed."""

    FACT = "fact"
    RULES = "rules"


@dataclass(frozen=True, slots=True)
class Change:
    """One permit or service of a country, and its status before and after; empty: the rules do not have it."""

    item: str
    before: str
    after: str


def changes_between(before: Mapping[str, str], after: Mapping[str, str]) -> list[Change]:
    """What differs between two judgements of the same country, by item, in the order of the rules."""
    items = [*after, *(item for item in before if item not in after)]
    pairs = ((item, before.get(item, ""), after.get(item, "")) for item in items)
    return [Change(item, was, now) for item, was, now in pairs if was != now]


def in_sum(changes: Iterable[Change]) -> list[Change]:
    """Several changes of one country, earliest first, as one for each item; what went there and back is left out."""
    first: dict[str, str] = {}
    last: dict[str, str] = {}
    for change in changes:
        first.setdefault(change.item, change.before)
        last[change.item] = change.after
    return changes_between(first, last)
