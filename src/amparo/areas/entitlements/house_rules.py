"""The rules that an organisation goes by: a mark that shows when they change, and what they call their items."""

from datetime import date
from hashlib import sha256

import msgspec

from amparo.kernel.language import Texts

from .catalogue import InForce
from .own_rules import own_sets
from .rules.scheme import RuleSet
from .schemes import Schemes

MOST_MARKS = 256
_marks: dict[int, tuple[RuleSet, str]] = {}


def schemes_for(organisation: int) -> Schemes:
    """All rules that an organisation goes by: those of the files, and its own in their place; one query."""
    return Schemes(own_sets(organisation))


def rules_in_force(organisation: int, country: str, on: date) -> InForce:
    """The rules of a country that an organisation goes by on a day. Raises NoRules where there are none."""
    return schemes_for(organisation).in_force(country, on)


def mark_of(rules: InForce) -> str:
    """A mark of these rules: another one means that what was judged by them has to be judged again."""
    known = _marks.get(id(rules.rule_set))
    if known is None or known[0] is not rules.rule_set:
        content = msgspec.json.encode(rules.rule_set, order="deterministic")
        known = (rules.rule_set, sha256(content).hexdigest()[:32])
        if len(_marks) >= MOST_MARKS:  # an organisation's own rules are read anew each time
            _marks.clear()
        _marks[id(rules.rule_set)] = known
    return known[1]


def titles(schemes: Schemes) -> dict[str, Texts]:
    """What each permit and service is called, by its number; of several dated sets, in the newest that has it."""
    found: dict[str, Texts] = {}
    for country in schemes.countries():
        for rules in schemes.sets_of(country):
            found |= {one.id: one.title for one in rules.permits} | {one.id: one.title for one in rules.services}
    return found
