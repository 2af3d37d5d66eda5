"""Another woman of the same organisation, accompanied by somebody else."""

from datetime import date

from amparo.areas.cases import actions as cases
from amparo.areas.cases.queries import CaseFile, case_for
from amparo.areas.people import actions as people
from amparo.areas.people.actions import Particulars
from amparo.areas.people.models import Person
from amparo.areas.plans import actions, reviewing
from amparo.areas.plans.actions import StepWords
from tests.cast import Cast


def another_case(cast: Cast) -> CaseFile:
    """Her case, as her own caseworker opens it."""
    worker = cast["colleague"]
    person = people.create_person(by=worker, particulars=Particulars(called="Other"), identity={})
    cases.open_case(person, by=worker, referent=worker.member)
    return case_for(worker, Person.objects.get(pk=person).code)


def another_plan(cast: Cast) -> tuple[int, int, int]:
    """The numbers of a need, a goal and a step of hers."""
    worker, case = cast["colleague"], another_case(cast)
    need = actions.note_need(case, by=worker, domain="safety", her_words="hers alone")
    goal = actions.set_goal(case, by=worker, domain="safety", words="hers alone", need=need)
    return need, goal, actions.add_step(case, goal, by=worker, step=StepWords("procedure", "hers alone"))


def another_review(cast: Cast) -> int:
    """The number of a review of hers."""
    return reviewing.begin_review(another_case(cast), by=cast["colleague"], on=date(2026, 3, 2))
