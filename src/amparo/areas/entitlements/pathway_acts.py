"""What happens in her pathways, written down as it happened: begun, decided, extended, stood still, appealed, done."""

from dataclasses import replace
from datetime import date

from amparo.areas.access.rules import Part, Viewer
from amparo.areas.cases.acting import acting
from amparo.areas.cases.files import CaseFile
from amparo.areas.cases.models import Case
from amparo.areas.vault import sealing
from amparo.kernel import clock
from amparo.kernel.decision import Conflict, NotThere, Refused, refused, require

from .house_rules import schemes_for
from .models import PathwayEvent, PathwayRun, PathwayStage
from .pathway_keeping import (
    TAKEN_BACK,
    Scheme,
    add_event,
    events_of,
    first_stage,
    happened,
    move_on,
    scheme_of,
    scheme_of_run,
    settle,
)
from .rules.answers import SaidBy, answer_of
from .rules.pathways import Happened, Line, What
from .rules.recording import may_record
from .telling import Told, facts_for, record_facts

CONTEXT = "pathwayevent.words"
_RUNS = refused("This is followed for her already. Write down there what happened.")
_ENDED = refused("This is no longer followed for her. Begin it again first.")
_UNKNOWN = refused("The rules of this country do not know this any more, so that nothing can be counted by them.")


def start_pathway(case: CaseFile, *, by: Viewer, country: str, pathway: str, on: date, stage: str = "") -> int:
    """Follow a staged scheme in her case: from this day on she is in this stage, or its first. Gives the run's number.

    The days that are known among the facts start the stages that count from them.
    """
    scheme = _known(scheme_of(schemes_for(case.organisation), country, pathway, on))
    with acting(case, by=by, part=Part.LEGAL, verb="pathway begun", on=on) as act:
        Case.objects.select_for_update(no_key=True).get(pk=case.id)
        mine = {"case_id": case.id, "country": country, "pathway": pathway}
        if PathwayRun.objects.filter(**mine, ended_on=None).exists():
            require(_RUNS)
        run = PathwayRun.objects.create(organisation_id=case.organisation, begun_on=on, member_id=by.member, **mine)
        first = _stage(scheme, stage)
        known = facts_for(by, case, country)
        add_event(case, run, Happened(first, What.STARTED, on), by=by)
        for one in scheme.pathway.stages:
            day = getattr(known, one.starts) if one.starts and one.id != first else None
            if day:
                add_event(case, run, Happened(one.id, What.STARTED, day), by=by)
        move_on(case, run, by=by)
        _tell_fact(case, by=by, country=country, fact=_fact_of(scheme, first), on=on)
        act.subject, act.words = run.pk, [country, pathway]
    return run.pk


def record_event(
    case: CaseFile, number: int, *, by: Viewer, event: Happened, words: str = "", version: int | None = None
) -> None:
    """Write down what happened in a stage of this run. Raises Conflict where a colleague wrote something since
    (`version`), Refused where it does not fit, NotThere."""
    with acting(case, by=by, part=Part.LEGAL, verb=f"pathway {event.what}", on=event.on) as act:
        run = _locked(case, number)
        scheme = _known(scheme_of_run(run))
        rows = events_of(run)
        line = _line(scheme, rows, event.stage, by)
        if version is not None and run.version != version:
            raise _conflict(case, rows)
        require(may_record(line, event, today=clock.today(by.time_zone)))
        add_event(case, run, event, by=by, words=_sealed(case, words))
        move_on(case, run, by=by)
        if event.what is What.STARTED:
            _tell_fact(case, by=by, country=run.country, fact=line.stage.starts, on=event.on)
        act.subject, act.words = run.pk, [run.country, event.stage, *([event.outcome] if event.outcome else [])]


def handle_stage(case: CaseFile, number: int, *, by: Viewer) -> None:
    """What is due in this stage was dealt with today. Raises NotThere, Refused."""
    row = PathwayStage.objects.filter(pk=number, case=case.id).first()
    if row is None:
        raise NotThere
    event = Happened(row.stage, What.HANDLED, clock.today(by.time_zone))
    record_event(case, row.run_id, by=by, event=event)


def correct_event(
    case: CaseFile, number: int, *, by: Viewer, on: date, until: date | None, words: str, version: int
) -> None:
    """It happened on another day than was written down; what was written stays to be seen. Raises Conflict."""
    with acting(case, by=by, part=Part.LEGAL, verb="pathway corrected", on=clock.today(by.time_zone)) as act:
        row, run = _event(case, number, version)
        scheme = _known(scheme_of_run(run))
        event = replace(happened(row), on=on, until=until)
        if event.what is not What.STARTED and on > clock.today(by.time_zone):
            require(refused("This day is still to come. Write down what happened when it has happened."))
        add_event(case, run, event, by=by, words=_sealed(case, words), replaces=row)
        move_on(case, run, by=by)
        if event.what is What.STARTED:
            _tell_fact(case, by=by, country=run.country, fact=_fact_of(scheme, row.stage), on=on)
        act.subject, act.words = run.pk, [run.country, row.stage]


def take_event_back(case: CaseFile, number: int, *, by: Viewer, words: str, version: int) -> None:
    """It never happened; that it was written down stays to be seen. Raises Conflict."""
    with acting(case, by=by, part=Part.LEGAL, verb="pathway corrected", on=clock.today(by.time_zone)) as act:
        row, run = _event(case, number, version)
        taken = add_event(case, run, happened(row), by=by, words=_sealed(case, words), replaces=row)
        PathwayEvent.objects.filter(pk=taken.pk).update(what=TAKEN_BACK)
        move_on(case, run, by=by)
        act.subject, act.words = run.pk, [run.country, row.stage]


def end_pathway(case: CaseFile, number: int, *, by: Viewer) -> None:
    """It is no longer followed for her: nothing of it is due any more, and what happened stays to be seen."""
    with acting(case, by=by, part=Part.LEGAL, verb="pathway ended") as act:
        run = _locked(case, number)
        PathwayRun.objects.filter(pk=number).update(ended_on=clock.today(by.time_zone), version=run.version + 1)
        settle(case, run)
        act.subject, act.words = run.pk, [run.country, run.pathway]


def _locked(case: CaseFile, number: int) -> PathwayRun:
    run = PathwayRun.objects.select_for_update(no_key=True).filter(pk=number, case=case.id).first()
    if run is None:
        raise NotThere
    if run.ended_on:
        require(_ENDED)
    return run


def _event(case: CaseFile, number: int, version: int) -> tuple[PathwayEvent, PathwayRun]:
    found = PathwayEvent.objects.filter(pk=number, case=case.id).first()
    if found is None:
        raise NotThere
    run = _locked(case, found.run_id)
    rows = events_of(run)
    if run.version != version:
        raise _conflict(case, rows)
    row = next((one for one in rows if one.pk == number), None)
    if row is None:
        raise NotThere
    return row, run


def _known(scheme: Scheme | None) -> Scheme:
    if scheme is None:
        raise Refused(_UNKNOWN)
    return scheme


def _stage(scheme: Scheme, name: str) -> str:
    if name and name not in {one.id for one in scheme.pathway.stages}:
        raise NotThere
    return name or first_stage(scheme.pathway)


def _line(scheme: Scheme, rows: list[PathwayEvent], stage: str, by: Viewer) -> Line:
    lines = scheme.lines([happened(row) for row in rows], clock.today(by.time_zone))
    found = next((line for line in lines if line.stage.id == stage), None)
    if found is None:
        raise NotThere
    return found


def _conflict(case: CaseFile, rows: list[PathwayEvent]) -> Conflict:
    last = rows[-1]
    who = PathwayEvent.objects.select_related("member").get(pk=last.pk).member.name
    return Conflict([("on", last.on.isoformat()), ("words", _opened(case, last))], who=who)


def _fact_of(scheme: Scheme, stage: str) -> str | None:
    return next((one.starts for one in scheme.pathway.stages if one.id == stage), None)


def _tell_fact(case: CaseFile, *, by: Viewer, country: str, fact: str | None, on: date) -> None:
    """The day on which a stage began answers the question for that day: it is asked once (R18)."""
    if fact is None or getattr(facts_for(by, case, country), fact) == on:
        return
    told = Told(SaidBy.FILE, clock.today(by.time_zone))
    record_facts(case, by=by, country=country, told=told, given={fact: answer_of(on)})


def _sealed(case: CaseFile, words: str) -> bytes:
    return sealing.seal_text(case.person, words, CONTEXT) if words else b""


def _opened(case: CaseFile, row: PathwayEvent) -> str:
    return sealing.open_text(case.person, row.words, CONTEXT) if row.words else ""
