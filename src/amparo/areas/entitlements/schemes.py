"""The rules that one organisation goes by: those of the files, and in their place its own where it made some."""

from dataclasses import dataclass
from datetime import date

from . import catalogue
from .catalogue import InForce, NoRules
from .rules.scheme import RuleSet

EUROPE = "EU"


@dataclass(frozen=True)
class OwnSet:
    """Rules that an organisation put in the place of those of the files, since when, and why."""

    id: int
    rules: RuleSet
    reason: str
    made_by: str
    made_on: date


@dataclass(frozen=True)
class Schemes:
    """All rules for one organisation."""

    own: tuple[OwnSet, ...] = ()

    def countries(self) -> tuple[str, ...]:
        """Every country with rules, the European minimum last."""
        found = {*catalogue.countries(), *(one.rules.country for one in self.own)}
        return tuple(sorted(found, key=lambda country: (country == EUROPE, country)))

    def in_force(self, country: str, on: date) -> InForce:
        """The rules of a country for a day; raises NoRules where there are none from that day or before."""
        return catalogue.in_force(country, on, own=[one.rules for one in self.own])

    def known(self, country: str, on: date) -> InForce | None:
        """The same; None where there are none."""
        try:
            return self.in_force(country, on)
        except NoRules:
            return None

    def sets_of(self, country: str) -> tuple[RuleSet, ...]:
        """Every dated set of a country, earliest first, the organisation's own among them."""
        shipped = catalogue.sets_of(country) if country in catalogue.countries() else ()
        own = (one.rules for one in self.own if one.rules.country == country)
        return tuple(sorted((*shipped, *own), key=lambda rules: rules.valid_from))

    def changed_by_us(self, rules: RuleSet) -> OwnSet | None:
        """What the organisation noted when it made these rules; None where they are not its own."""
        return next((one for one in self.own if one.rules is rules), None)
