"""What differs between two sets of rules of one country, part by part (pure)."""

from dataclasses import dataclass

from .scheme import Pathway, Permit, RuleSet, Service

Item = Permit | Service | Pathway


@dataclass(frozen=True, slots=True)
class Difference:
    """One permit, service or pathway that is otherwise: `before` is None where it is new, `after` where it is gone."""

    before: Item | None
    after: Item | None

    @property
    def id(self) -> str:
        """The number of the part in the rules."""
        part = self.after or self.before
        return part.id if part else ""


def differences(before: RuleSet, after: RuleSet) -> tuple[Difference, ...]:
    """The parts that are not the same in both, in the order of what comes after, then what is gone."""
    old, new = _items(before), _items(after)
    changed = [Difference(old.get(key), part) for key, part in new.items() if old.get(key) != part]
    return (*changed, *(Difference(part, None) for key, part in old.items() if key not in new))


def _items(rules: RuleSet) -> dict[str, Item]:
    parts: tuple[Item, ...] = (*rules.permits, *rules.services, *rules.pathways)
    return {part.id: part for part in parts}
