"""Staged schemes that are followed: one warned of ahead, one seen, one overdue, one standing still, one appealed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from amparo.areas.access.rules import Viewer
from amparo.areas.cases.deadlines import see_deadline
from amparo.areas.cases.dues import due_of_case
from amparo.areas.cases.files import CaseFile, case_for
from amparo.areas.cases.queries import Filters, case_list
from amparo.areas.cases.rules import DueKind, Status
from amparo.areas.entitlements import pathway_acts
from amparo.areas.entitlements.pathways import to_begin
from amparo.areas.entitlements.rules.days import counted
from amparo.areas.entitlements.rules.pathways import Happened, Outcome, What
from amparo.areas.orgs.rules import Role
from amparo.demo.reading import bank
from amparo.demo.scene import FULL, lines_on_today
from amparo.demo.scene import Stage as House
from amparo.kernel.public_holidays import PublicHolidays


@dataclass(frozen=True)
class Followed:
    """In which stage she is, how many days of it are left, and what happened since (`then`)."""

    country: str
    stage: str
    left: int
    then: Callable[[House, CaseFile, Viewer, int, "Followed"], None] | None = None


def tell_pathways(house: House) -> None:
    """Each in the case of another woman, of the colleague who has least on Today."""
    free = _women(house)
    for one in FOLLOWED:
        day = _first_day(house.house.viewer(Role.CASEWORKER, 0), one, house.today)
        fit = [woman for woman in free if woman[2] <= day and lines_on_today(woman[0]) < FULL]
        if not fit:
            continue
        by, code, _opened_on = min(fit, key=lambda woman: lines_on_today(woman[0]))
        free = [woman for woman in free if woman[1] != code]
        with house.standing_on(house.today - timedelta(1)):
            _follow(house, case_for(by, code), by, one, day)


def _follow(house: House, case: CaseFile, by: Viewer, one: Followed, day: date) -> None:
    pathway = f"{one.country.lower()}.{'veneto' if 'veneto' in one.stage else 'pathway'}"
    run = pathway_acts.start_pathway(case, by=by, country=one.country, pathway=pathway, on=day, stage=one.stage)
    if one.then:
        one.then(house, case, by, run, one)


def _women(house: House) -> list[tuple[Viewer, str, date]]:
    """Those who are accompanied, each with her referent and the day on which her case was opened."""
    found = []
    for by in house.workers:
        cases = case_list(by, Filters(status=Status.ACCOMPANIED, mine=True)).cases
        found += [(by, one.code, one.opened_on) for one in cases]
    return found


def _first_day(by: Viewer, one: Followed, today: date) -> date:
    """The day from which so many days are left."""
    _rules, paths = to_begin(by, one.country, today)
    stage = next(stage for path in paths for stage in path.stages if stage.id == one.stage)
    lasts = counted(today, stage.lasts, PublicHolidays(one.country)) - today if stage.lasts else timedelta(20)
    return today + timedelta(one.left) - lasts


def _seen(house: House, case: CaseFile, by: Viewer, run: int, one: Followed) -> None:
    for line in due_of_case(by, case):
        if line.kind == DueKind.DEADLINE and line.to_see:
            see_deadline(case, line.id, by=by)


def _stands_still(house: House, case: CaseFile, by: Viewer, run: int, one: Followed) -> None:
    why = house.words(bank("following")["stands_still"])
    event = Happened(one.stage, What.SUSPENDED, house.today - timedelta(4))
    pathway_acts.record_event(case, run, by=by, event=event, words=why)


def _appealed(house: House, case: CaseFile, by: Viewer, run: int, one: Followed) -> None:
    why = house.words(bank("following")["appealed"])
    no = Happened(one.stage, What.DECIDED, house.today - timedelta(9), outcome=Outcome.NEGATIVE)
    pathway_acts.record_event(case, run, by=by, event=no)
    lodged = Happened(one.stage, What.APPEALED, house.today - timedelta(3))
    pathway_acts.record_event(case, run, by=by, event=lodged, words=why)


def _longer(house: House, case: CaseFile, by: Viewer, run: int, one: Followed) -> None:
    why = house.words(bank("following")["longer"])
    event = Happened(one.stage, What.EXTENDED, house.today, until=house.today + timedelta(58))
    pathway_acts.record_event(case, run, by=by, event=event, words=why)


FOLLOWED = (
    Followed("BE", "be.reflection", 28),
    Followed("IT", "it.veneto_assessment", -3),
    Followed("FR", "fr.reflection", 12, _stands_still),
    Followed("GB", "gb.reasonable_grounds_decision", -7, _appealed),
    Followed("HU", "hu.reflection", 6),
    Followed("GB", "gb.conclusive_decision", 2),
    Followed("HU", "hu.reflection", 5, _longer),
    Followed("BE", "be.first_permit", 13, _seen),
)
