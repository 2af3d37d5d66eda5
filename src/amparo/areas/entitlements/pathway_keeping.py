"""Working out where pathways stand, and keeping their stages and deadlines as they are. Called inside actions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from amparo.areas.access.rules import Viewer
from amparo.areas.cases.deadlines import keep_deadline
from amparo.areas.cases.files import CaseFile
from amparo.areas.cases.rules import DueKind
from amparo.kernel import clock
from amparo.kernel.decision import Refused, refused
from amparo.kernel.public_holidays import UnknownPlace

from .catalogue import InForce, NoRules
from .house_rules import schemes_for
from .models import PathwayEvent, PathwayRun, PathwayStage
from .rules.answers import country_of
from .rules.days import OutOfReach
from .rules.judging import holidays_of
from .rules.pathways import Happened, Line, Outcome, What, timeline
from .rules.scheme import Length, Pathway
from .schemes import Schemes

#: A correction that says of what it replaces that it never happened.
TAKEN_BACK = "taken_back"
_BEYOND = refused("No day can be counted from this. Look at the year, and at the length.")
UNITS = ("working_days", "days", "months", "years")


@dataclass(frozen=True)
class Scheme:
    """A pathway with the rules that it stands in."""

    pathway: Pathway
    rules: InForce

    def lines(self, events: Iterable[Happened], today: date) -> tuple[Line, ...]:
        """Every stage as it stands today. Raises OutOfReach."""
        return timeline(self.pathway, events, off=holidays_of(self.rules.rule_set), today=today)


def scheme_of(schemes: Schemes, country: str, pathway: str, on: date) -> Scheme | None:
    """The pathway by the rules that the organisation goes by on this day; None where they do not know it any more."""
    try:
        rules = schemes.in_force(country, on)
    except (NoRules, UnknownPlace):
        return None
    found = next((one for one in rules.rule_set.pathways if one.id == pathway), None)
    return Scheme(found, rules) if found else None


def scheme_of_run(run: PathwayRun, schemes: Schemes | None = None) -> Scheme | None:
    """The pathway of a run, by the rules of the day on which it began; one query where no `schemes` are given."""
    return scheme_of(schemes or schemes_for(run.organisation_id), run.country, run.pathway, run.begun_on)


def standing(rows: Iterable[PathwayEvent]) -> list[PathwayEvent]:
    """What happened, as it was last said, in the order in which it was recorded first."""
    every = sorted(rows, key=lambda row: row.pk)
    replaced = {row.replaces_id for row in every}
    return [row for row in every if row.pk not in replaced and row.what != TAKEN_BACK]


def happened(row: PathwayEvent) -> Happened:
    """The event as the timeline reads it."""
    return Happened(
        stage=row.stage,
        what=What(row.what),
        on=row.on,
        by=Length(**{row.unit: row.count}) if row.count else None,
        until=row.until,
        outcome=Outcome(row.outcome) if row.outcome else None,
    )


def events_of(run: PathwayRun) -> list[PathwayEvent]:
    """What happened in a run, as it was last said."""
    return standing(run.events.all())


def keep(case: CaseFile, run: PathwayRun, *, today: date) -> tuple[Line, ...]:
    """Work the run out anew; its stages and deadlines are kept as they stand now. Raises OutOfReach.

    Where no rules know the pathway any more, everything stays as it was.
    """
    scheme = scheme_of_run(run)
    if scheme is None:
        return ()
    lines = scheme.lines([happened(row) for row in events_of(run)], today)
    rows = {row.stage: row for row in run.stages.all()}
    for line in lines:
        row = rows.get(line.stage.id) or PathwayStage(
            organisation_id=case.organisation, case_id=case.id, run=run, stage=line.stage.id
        )
        if put(row, line):
            row.save()
        keep_deadline(case, DueKind.DEADLINE, subject=row.pk, on=line.deadline, why=why_of(line))
    return lines


def move_on(case: CaseFile, run: PathwayRun, *, by: Viewer) -> None:
    """Something changed in the run: a new version, worked out anew. Raises Refused where no day can be counted."""
    run.version += 1
    run.save(update_fields=("version",))
    try:
        keep(case, run, today=clock.today(by.time_zone))
    except OutOfReach:
        raise Refused(_BEYOND) from None


def settle(case: CaseFile, run: PathwayRun) -> None:
    """Nothing of this run is due any more."""
    for row in run.stages.all():
        keep_deadline(case, DueKind.DEADLINE, subject=row.pk, on=None)


def put(row: PathwayStage, line: Line) -> bool:
    """Write on the row how its stage stands; gives whether anything changed, or the row is new."""
    before = (row.pk is not None, row.state, row.starts_on, row.due_on)
    row.state, row.starts_on, row.due_on = line.state, line.starts_on, line.due_on
    return before != (True, row.state, row.starts_on, row.due_on)


def why_of(line: Line) -> str:
    """Who must act, as a coded reason of what is due."""
    return f"who_{line.who}"


def first_stage(pathway: Pathway) -> str:
    """The stage that a pathway begins with: the first that follows no other."""
    return next((one.id for one in pathway.stages if not one.after), pathway.stages[0].id)


def follow_facts(case: CaseFile, *, by: Viewer, country: str, days: Mapping[str, date]) -> None:
    """A day that became known among the facts starts the stage that counts from it, or corrects its start (R18).

    Raises Refused where no day can be counted from it.
    """
    if not days:
        return
    schemes = schemes_for(case.organisation)
    for run in PathwayRun.objects.select_for_update(no_key=True).filter(case=case.id, ended_on=None):
        mine = {key: day for key, day in days.items() if country_of(key, country) in ("", run.country)}
        scheme = scheme_of_run(run, schemes)
        changed = [
            _follow(case, run, stage.id, mine[stage.starts], by=by)
            for stage in (scheme.pathway.stages if scheme else ())
            if stage.starts and stage.starts in mine
        ]
        if any(changed):
            move_on(case, run, by=by)


def _follow(case: CaseFile, run: PathwayRun, stage: str, day: date, *, by: Viewer) -> bool:
    rows = [row for row in events_of(run) if row.stage == stage and row.what == What.STARTED]
    if rows and rows[-1].on == day:
        return False
    add_event(case, run, Happened(stage, What.STARTED, day), by=by, replaces=rows[-1] if rows else None)
    return True


def add_event(
    case: CaseFile,
    run: PathwayRun,
    event: Happened,
    *,
    by: Viewer,
    words: bytes = b"",
    replaces: PathwayEvent | None = None,
) -> PathwayEvent:
    """Write down what happened; the caller has decided that it can be, and works the run out anew."""
    unit = next((one for one in UNITS if event.by and getattr(event.by, one)), "")
    return PathwayEvent.objects.create(
        organisation_id=case.organisation,
        case_id=case.id,
        run=run,
        stage=event.stage,
        what=event.what,
        on=event.on,
        count=getattr(event.by, unit) if unit else None,
        unit=unit,
        until=event.until,
        outcome=event.outcome or "",
        words=words,
        member_id=by.member,
        noted_at=clock.now(),
        replaces=replaces,
    )
