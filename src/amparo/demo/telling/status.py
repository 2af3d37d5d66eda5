"""Legal status: what became known of every second woman, her documents, and where else she may go."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from amparo.areas.access.rules import Viewer
from amparo.areas.cases.files import CaseFile, case_for
from amparo.areas.cases.queries import Filters, case_list
from amparo.areas.cases.rules import Status
from amparo.areas.entitlements import applications, case_countries, changes, telling
from amparo.areas.entitlements.applications import Filled
from amparo.areas.entitlements.rules.answers import SaidBy
from amparo.areas.entitlements.rules.applications import Days, State
from amparo.areas.entitlements.telling import Told
from amparo.demo.reading import bank
from amparo.demo.scene import Stage, lines_on_today

_OF_THAT_DAY = "day"
_HAPPENED = ("requested", "received", "refused", "appealed")


def tell_status(stage: Stage) -> None:
    """Every second woman of each caseworker: facts as they became known, documents, a country she may go to.

    Of one, of the colleague who has least on Today, something became known this morning, and nobody has looked yet.
    """
    told: list[tuple[int, Viewer, str]] = []
    for by in stage.workers:
        hers = case_list(by, Filters(status=Status.ACCOMPANIED, mine=True)).cases
        for case in sorted(hers, key=lambda one: (one.opened_on, one.id))[::2]:
            _tell(stage, case_for(by, case.code), by, stage.next_of("legal", bank("legal")))
            told.append((lines_on_today(by), by, case.code))
    if told:
        _load, by, code = min(told, key=lambda one: one[0])
        permit = {"holds_residence_permit": "yes"}
        said = Told(SaidBy.DOCUMENT, stage.today)
        telling.record_facts(case_for(by, code), by=by, country=stage.house.house.country, told=said, given=permit)


def _tell(stage: Stage, case: CaseFile, by: Viewer, profile: Mapping[str, Any]) -> None:
    country = stage.house.house.country
    for one in profile["told"]:
        day = _day(case, one["after"])
        if day < stage.today:
            with stage.standing_on(day):
                _record(stage, case, by, one)
    if "may_go" in profile and profile["may_go"] != country:
        case_countries.look_at_country(case, profile["may_go"], by=by, is_here=False)
    for paper in profile["papers"]:
        _note_paper(stage, case, by, country, paper)


def _record(stage: Stage, case: CaseFile, by: Viewer, one: Mapping[str, Any]) -> None:
    """What became known that day, but for what following a scheme has told already; somebody looks at once."""
    country, day = stage.house.house.country, _day(case, one["after"])
    known = telling.facts_of_case(by, case, country=country)
    given = {key: day.isoformat() if value == _OF_THAT_DAY else value for key, value in one["facts"].items()}
    note = stage.words(one["note"]) if "note" in one else ""
    fresh = {key: value for key, value in given.items() if key not in known}
    telling.record_facts(case, by=by, country=country, told=Told(SaidBy(one["said_by"]), day, note), given=fresh)
    changes.look_at_changes(case, by=by)


def _note_paper(stage: Stage, case: CaseFile, by: Viewer, country: str, paper: Mapping[str, Any]) -> None:
    happened = {name: _day(case, paper[name]) for name in _HAPPENED if name in paper}
    if any(day > stage.today for day in happened.values()):
        return
    expires = stage.today + timedelta(days=paper["expires"]) if "expires" in paper else None
    note = stage.words(paper["note"]) if "note" in paper else ""
    days = Days(**happened, expires=expires)
    applications.add_application(
        case, by=by, filled=Filled(paper["kind"], country, State(paper["status"]), days, note=note)
    )


def _day(case: CaseFile, after: int) -> date:
    return case.opened_on + timedelta(days=after)
