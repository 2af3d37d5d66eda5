"""What women ask about their files, and what is due to go: a little of each in every house."""

from datetime import timedelta

from amparo.areas.access.rules import Viewer
from amparo.areas.cases import restricting
from amparo.areas.cases.files import CaseFile, case_for
from amparo.areas.cases.queries import Filters, case_list
from amparo.areas.cases.rules import HeldBecause, Status
from amparo.areas.orgs.rules import Role
from amparo.areas.rights import correcting, erasing, keeping
from amparo.areas.rights.narratives import narratives_of
from amparo.areas.rights.rules import Asker, Correcting
from amparo.demo.reading import bank
from amparo.demo.scene import Stage

# So that a demonstration of four years has something that is due to go.
YEARS = 1


def tell_wishes(stage: Stage) -> None:
    """One wish to correct, one thing held, one note to be erased; a shorter time to keep, with what that makes due."""
    by, officer = stage.house.viewer(Role.CASEWORKER), stage.house.viewer(Role.DATA_PROTECTION_OFFICER)
    said = bank("wishes")
    hers = [one for one in case_list(by, Filters(status=Status.ACCOMPANIED)).cases if one.in_team]
    for case, wish in zip(hers, (_correct, _hold, _erase), strict=False):
        wish(stage, case_for(by, case.code), by)
    keeping.set_period("case", by=officer, years=YEARS, reason=stage.words(said["period"]))
    keeping.list_what_is_due(stage.house.organisation)


def _correct(stage: Stage, case: CaseFile, by: Viewer) -> None:
    said, thing = bank("wishes"), _latest(case, by, "note")
    if thing:
        day = stage.today - timedelta(days=6)
        number = correcting.ask(case, by=by, thing=thing, words=stage.words(said["wrong"]), asked_on=day)
        why = stage.words(said["stays"])
        correcting.decide(case, number, by=by, state=Correcting.BESIDE, why=why)


def _hold(stage: Stage, case: CaseFile, by: Viewer) -> None:
    thing = _latest(case, by, "note")
    if thing:
        words, day = stage.words(bank("wishes")["held"]), stage.today - timedelta(days=20)
        restricting.restrict(case, by=by, thing=thing, ground=HeldBecause.NOT_WANTED, words=words, since=day)


def _erase(stage: Stage, case: CaseFile, by: Viewer) -> None:
    thing = _latest(case, by, "note")
    if thing:
        words = stage.words(bank("wishes")["erase"])
        erasing.ask(case, by=by, wish=erasing.Wish(thing, Asker.HERSELF, stage.today, words=words))


def _latest(case: CaseFile, by: Viewer, kind: str) -> str:
    """The latest narrative of this kind; empty where there is none."""
    return next((one.thing for one in narratives_of(by, case) if one.kind == kind), "")
