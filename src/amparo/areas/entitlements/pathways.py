"""Reading her pathways: where each stage stands, what happened in it, and what is due of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from amparo.areas.access.rules import Part, Viewer
from amparo.areas.cases.files import CaseFile
from amparo.areas.vault import sealing
from amparo.kernel import clock
from amparo.kernel.decision import NotThere, require
from amparo.kernel.language import Texts

from .catalogue import InForce
from .house_rules import schemes_for
from .models import PathwayEvent, PathwayRun, PathwayStage
from .pathway_keeping import TAKEN_BACK, Scheme, happened, scheme_of_run, standing
from .rules.days import OutOfReach
from .rules.pathways import Happened, Line
from .rules.recording import can_happen
from .rules.scheme import Actor, Pathway
from .schemes import Schemes


@dataclass(frozen=True)
class EventFile:
    """One thing that was written down; `stands` is False where it was corrected or taken back since."""

    id: int
    event: Happened
    words: str
    member_name: str
    stands: bool
    taken_back: bool
    replaces: int | None


@dataclass(frozen=True)
class StageFile:
    """One stage: how it stands, what was written down, and what can be. `number` is of its row, 0 where it is new."""

    number: int
    line: Line
    events: tuple[EventFile, ...]

    @property
    def can(self) -> tuple[str, ...]:
        """What can be recorded now."""
        return can_happen(self.line)


@dataclass(frozen=True)
class RunFile:
    """A pathway that is or was followed. `scheme` is None where no rules know it any more; then it has no stages."""

    id: int
    country: str
    pathway: str
    begun_on: date
    ended_on: date | None
    version: int
    scheme: Scheme | None
    stages: tuple[StageFile, ...]

    def stage(self, name: str) -> StageFile:
        """One of its stages; raises NotThere."""
        found = next((one for one in self.stages if one.line.stage.id == name), None)
        if found is None:
            raise NotThere
        return found


@dataclass(frozen=True)
class DueStage:
    """What a line about a deadline tells: the stage, what is to be done, and who does it."""

    title: Texts
    due: Texts
    who: Actor
    to_appeal: bool


def pathways_of(viewer: Viewer, case: CaseFile) -> list[RunFile]:
    """The pathways of her case, those that are followed first; a constant number of queries."""
    require(case.readable(viewer, Part.LEGAL))
    schemes = schemes_for(viewer.organisation)
    runs = PathwayRun.objects.filter(case=case.id, organisation=viewer.organisation)
    rows = runs.prefetch_related("stages", "events__member").order_by("-ended_on", "-pk")
    found = [_run(viewer, case, row, schemes) for row in rows]
    return sorted(found, key=lambda one: one.ended_on is not None)


def pathway_for(viewer: Viewer, case: CaseFile, number: int) -> RunFile:
    """One of them; raises NotThere."""
    found = next((one for one in pathways_of(viewer, case) if one.id == number), None)
    if found is None:
        raise NotThere
    return found


def to_begin(viewer: Viewer, country: str, on: date) -> tuple[InForce | None, tuple[Pathway, ...]]:
    """The pathways of a country by the rules of that day, with those rules; none where there are none."""
    rules = schemes_for(viewer.organisation).known(country, on)
    return rules, rules.rule_set.pathways if rules else ()


def stages_due(viewer: Viewer, numbers: Iterable[int]) -> dict[int, DueStage]:
    """What is told of these stages, by their numbers, in three queries; those that no rules know are left out."""
    stages = list(numbers)
    if not stages:
        return {}
    rows = PathwayStage.objects.filter(pk__in=stages, organisation=viewer.organisation)
    today = clock.today(viewer.time_zone)
    schemes, found = schemes_for(viewer.organisation), {}
    for row in rows.select_related("run").prefetch_related("run__events"):
        line = _line_of(row, schemes, today)
        if line:
            found[row.pk] = DueStage(line.stage.title, line.stage.due, line.who, line.to_appeal)
    return found


def _line_of(row: PathwayStage, schemes: Schemes, today: date) -> Line | None:
    scheme = scheme_of_run(row.run, schemes)
    lines = _lines(scheme, standing(row.run.events.all()), today) if scheme else ()
    return next((line for line in lines if line.stage.id == row.stage), None)


def _lines(scheme: Scheme, rows: list[PathwayEvent], today: date) -> tuple[Line, ...]:
    try:
        return scheme.lines([happened(row) for row in rows], today)
    except OutOfReach:  # by rules that changed since; whoever keeps the rules is told so by the nightly work
        return ()


def _run(viewer: Viewer, case: CaseFile, row: PathwayRun, schemes: Schemes) -> RunFile:
    scheme = scheme_of_run(row, schemes)
    every = sorted(row.events.all(), key=lambda one: one.pk)
    stand = standing(every)
    lines = _lines(scheme, stand, clock.today(viewer.time_zone)) if scheme else ()
    numbers = {stage.stage: stage.pk for stage in row.stages.all()}
    first = {one.pk: one for one in every}
    files = [(one.stage, _event(case, one, first.get(one.replaces_id or 0), stands=one in stand)) for one in every]
    return RunFile(
        id=row.pk,
        country=row.country,
        pathway=row.pathway,
        begun_on=row.begun_on,
        ended_on=row.ended_on,
        version=row.version,
        scheme=scheme,
        stages=tuple(
            StageFile(
                number=numbers.get(line.stage.id, 0),
                line=line,
                events=tuple(event for stage, event in files if stage == line.stage.id),
            )
            for line in lines
        ),
    )


def _event(case: CaseFile, row: PathwayEvent, replaced: PathwayEvent | None, *, stands: bool) -> EventFile:
    taken_back = row.what == TAKEN_BACK
    shown = replaced if taken_back and replaced else row
    return EventFile(
        id=row.pk,
        event=happened(shown),
        words=sealing.open_text(case.person, row.words, "pathwayevent.words") if row.words else "",
        member_name=row.member.name,
        stands=stands,
        taken_back=taken_back,
        replaces=row.replaces_id,
    )
