"""Taking over what her file knows already, so that nobody asks her again (R18)."""

from amparo.areas.access.rules import Part, Viewer
from amparo.areas.cases.files import CaseFile
from amparo.areas.cases.rules import Status
from amparo.areas.people.queries import person_file
from amparo.kernel import clock
from amparo.kernel.decision import NotThere, require

from .rules.answers import SaidBy
from .rules.suggesting import FromFile, Suggestion, suggested
from .telling import Told, facts_of_case, record_facts


def suggestions_for(viewer: Viewer, case: CaseFile, *, country: str) -> list[Suggestion]:
    """What her file says of questions that nobody answered yet, as they are asked for this country."""
    require(case.readable(viewer, Part.LEGAL))
    person = person_file(viewer, case.person)
    file = FromFile(
        birth_year=person.birth_year,
        gender=person.gender,
        citizenships=person.citizenships,
        accompanied=case.status != Status.MEETING,
    )
    answered = {key: one.value for key, one in facts_of_case(viewer, case, country=country).items()}
    return suggested(file, country=country, year=clock.today(viewer.time_zone).year, answered=answered)


def take_over(case: CaseFile, *, by: Viewer, country: str, fact: str = "") -> None:
    """Take over one suggestion, or all that mean exactly the same. Raises NotThere where there is none."""
    open_ones = suggestions_for(by, case, country=country)
    chosen = {one.fact: one.answer for one in open_ones if (one.fact == fact if fact else one.sure)}
    if not chosen:
        raise NotThere
    told = Told(SaidBy.FILE, clock.today(by.time_zone))
    record_facts(case, by=by, country=country, told=told, given=chosen)
