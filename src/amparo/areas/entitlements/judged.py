"""What the rules of a country come to for her, on any day: what she can have, what not, and what is not known."""

from dataclasses import dataclass
from datetime import date

from amparo.areas.access.rules import Viewer
from amparo.areas.cases.files import CaseFile

from .house_rules import schemes_for
from .rules.answers import NOT_SAID, facts_from
from .rules.asking import Worth, worth_asking
from .rules.explaining import Needed, explained
from .rules.facts import Facts, known
from .rules.judging import Answer, JudgedPermit, JudgedService, judge
from .schemes import OwnSet
from .telling import FactFile, facts_of_case


@dataclass(frozen=True)
class Judged:
    """The answer for one country and one day, what it was judged by, and what she does not want to say."""

    answer: Answer
    facts: Facts
    told: dict[str, FactFile]
    ours: OwnSet | None  # where the organisation put rules of its own in their place

    def asks(self) -> list[Worth]:
        """What is still worth asking, what settles most first; never what she does not want to say."""
        never = [key for key, one in self.told.items() if one.value == NOT_SAID]
        return worth_asking([one.item.conditions for one in self.items()], known(self.facts), never=never)

    def items(self) -> list[JudgedPermit | JudgedService]:
        """Permits, then services, in the order of the rules."""
        return [*self.answer.permits, *self.answer.services]

    def why(self, one: JudgedPermit | JudgedService) -> Needed:
        """What a permit or a service asks for, each part with where it stands."""
        return explained(one.item.conditions, known(self.facts))


def judged(viewer: Viewer, case: CaseFile, country: str, *, on: date) -> Judged:
    """What the rules of a country come to for her on that day. Raises NoRules where there are none."""
    schemes = schemes_for(viewer.organisation)
    force = schemes.in_force(country, on)
    told = facts_of_case(viewer, case, country=country)
    facts = facts_from({key: one.value for key, one in told.items()})
    answer = judge(force.rule_set, facts, as_of=on, outdated=force.outdated)
    return Judged(answer, facts, told, schemes.changed_by_us(force.rule_set))
