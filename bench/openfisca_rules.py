"""The conditions of one country's rules as variables of OpenFisca-core, for the comparison in bench_entitlements.

It knows true and false only: what is not known is taken as false. Dates, reasons and questions have no place in it.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from operator import and_, or_
from typing import Any

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from amparo.areas.entitlements.rules.conditions import facts_of
from amparo.areas.entitlements.rules.facts import VALUES, Facts
from amparo.areas.entitlements.rules.scheme import Condition, RuleSet

PERIOD = "2013-06"
Array = Any
Read = Callable[[str], Array]


class System:
    """OpenFisca's system of one rule set: a boolean variable for each answer to a fact, and one for each rule."""

    def __init__(self, rules: RuleSet) -> None:
        conditions = {one.id: one.conditions for one in (*rules.permits, *rules.services)}
        self.facts = {name: facts_of(condition) for name, condition in conditions.items()}
        self._person = build_entity("person", "persons", "A person", is_person=True)
        self._system = TaxBenefitSystem([self._person])
        for fact in sorted(frozenset().union(*self.facts.values())):
            for value in VALUES[fact]:
                self._add(_input(fact, value), None)
        for name, condition in conditions.items():
            self._add(_called(name), condition)

    def arrays(self, people: Sequence[Facts]) -> Mapping[str, Array]:
        """What is known of everybody, as one array for each input."""
        named = sorted(frozenset().union(*self.facts.values()))
        columns = {fact: [getattr(person, fact) for person in people] for fact in named}
        return {
            _input(fact, value): np.fromiter((one == value for one in column), dtype=bool, count=len(people))
            for fact, column in columns.items()
            for value in VALUES[fact]
        }

    def calculated(self, arrays: Mapping[str, Array], count: int) -> dict[str, Array]:
        """Who fulfils the condition of each rule."""
        simulation = SimulationBuilder().build_default_simulation(self._system, count=count)
        for name, values in arrays.items():
            simulation.set_input(name, PERIOD, values)
        return {name: simulation.calculate(_called(name), PERIOD) for name in self.facts}

    def _add(self, name: str, condition: Condition | None) -> None:
        inside: dict[str, Any] = {"value_type": bool, "entity": self._person, "definition_period": DateUnit.MONTH}
        if condition is not None:

            def formula(person: Any, period: Any) -> Array:
                return _evaluated(condition, lambda variable: person(variable, period), person.count)

            inside["formula"] = formula
        self._system.add_variable(type(name, (Variable,), {**inside, "label": name}))


def _evaluated(condition: Condition, read: Read, count: int) -> Array:
    if isinstance(condition, str):
        return read(_input(condition, True))
    if condition.fact is not None:
        return reduce(or_, (read(_input(condition.fact, value)) for value in condition.in_ or (True,)))
    if condition.not_ is not None:
        return ~_evaluated(condition.not_, read, count)
    if condition.any is not None:
        return reduce(or_, (_evaluated(one, read, count) for one in condition.any), np.zeros(count, dtype=bool))
    return reduce(and_, (_evaluated(one, read, count) for one in condition.all or ()), np.ones(count, dtype=bool))


def _input(fact: str, value: object) -> str:
    return f"{fact}__{value}".lower()


def _called(name: str) -> str:
    return name.replace(".", "__")
