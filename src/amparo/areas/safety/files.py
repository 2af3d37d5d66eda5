"""What readers get of this area: rows with their words opened, and nothing that can be changed."""

from dataclasses import dataclass
from datetime import date, datetime

from amparo.areas.cases.files import CaseFile

from . import catalogue
from .instruments import Instrument, instrument
from .models import Assessment, Change, Incident, Measure, SafetyPlan
from .rules import Proposal, propose_level
from .sealed import Words, unseal, unseal_words


@dataclass(frozen=True)
class ChangeFile:
    """Something that changed and opened a new assessment."""

    id: int
    trigger: str
    on: date
    due_on: date
    note: str
    member: int
    member_name: str
    noted_at: datetime


@dataclass(frozen=True)
class AssessmentFile:
    """An assessment with its words; `before` has what counted at the one before it."""

    id: int
    instrument: Instrument
    hers: dict[str, str]
    theirs: dict[str, str]
    before: dict[str, str]
    words: Words
    saved: dict[str, int]
    version: int
    started_by_name: str
    started_at: datetime
    decided_by_name: str
    decided_on: date | None
    proposed_level: str
    level: str
    reason: str
    next_on: date | None

    @property
    def proposal(self) -> Proposal:
        """The level that the answers lead to, with its reasons."""
        return propose_level(self.instrument, self.hers, self.theirs, self.before)


@dataclass(frozen=True)
class AssessmentLine:
    """A decided assessment in the list of all of them."""

    id: int
    level: str
    proposed_level: str
    decided_on: date
    decided_by_name: str


@dataclass(frozen=True)
class IncidentFile:
    """Something that happened, with what was done."""

    id: int
    kind: str
    happened_at: datetime
    danger_now: str
    told: tuple[str, ...]
    happened: str
    done: str
    member_name: str
    version: int


@dataclass(frozen=True)
class MeasureFile:
    """A measure of the plan; `words` are her own where `key` is empty, else a remark to it."""

    id: int
    key: str
    moment: str
    words: str
    who: str
    until: date | None
    done_on: date | None
    version: int


@dataclass(frozen=True)
class PlanFile:
    """A version of the safety plan with the measures that stand in it."""

    number: int
    her_steps: str
    team_steps: str
    calls: str
    her_words: str
    agreed: str
    made_on: date
    member_name: str
    measures: tuple[MeasureFile, ...]

    @property
    def calls_by_name(self) -> tuple[tuple[str, str], ...]:
        """Whom to call: (name, number), the number empty where the line has none."""
        lines = [line.strip() for line in self.calls.splitlines() if line.strip()]
        return tuple(_name_and_number(line) for line in lines)

    def at(self, moment: str) -> tuple[MeasureFile, ...]:
        """The measures for this moment, as the catalogue orders them, her own ones last."""
        order = [measure.key for measure in catalogue.measures()]
        mine = [one for one in self.measures if one.moment == moment]
        return tuple(sorted(mine, key=lambda one: (order.index(one.key) if one.key in order else len(order), one.id)))


def change_file(case: CaseFile, row: Change) -> ChangeFile:
    """The row as readers get it."""
    note = unseal(case, row.note, "change.note")
    return ChangeFile(row.pk, row.trigger, row.on, row.due_on, note, row.member_id, row.member.name, row.noted_at)


def assessment_file(case: CaseFile, row: Assessment, before: dict[str, str]) -> AssessmentFile:
    """The row as readers get it."""
    return AssessmentFile(
        id=row.pk,
        instrument=instrument(row.instrument, row.instrument_version),
        hers=row.hers,
        theirs=row.theirs,
        before=before,
        words=unseal_words(case, row.words),
        saved=row.saved,
        version=row.version,
        started_by_name=row.started_by.name,
        started_at=row.started_at,
        decided_by_name=row.decided_by.name if row.decided_by else "",
        decided_on=row.decided_on,
        proposed_level=row.proposed_level,
        level=row.level,
        reason=unseal(case, row.reason, "assessment.reason"),
        next_on=row.next_on,
    )


def incident_file(case: CaseFile, row: Incident) -> IncidentFile:
    """The row as readers get it."""
    return IncidentFile(
        id=row.pk,
        kind=row.kind,
        happened_at=row.happened_at,
        danger_now=row.danger_now,
        told=tuple(row.told),
        happened=unseal(case, row.happened, "incident.happened"),
        done=unseal(case, row.done, "incident.done"),
        member_name=row.member.name,
        version=row.version,
    )


def measure_file(case: CaseFile, row: Measure) -> MeasureFile:
    """The row as readers get it."""
    words = unseal(case, row.words, "measure.words")
    return MeasureFile(row.pk, row.key, row.moment, words, row.who, row.until, row.done_on, row.version)


def plan_file(case: CaseFile, row: SafetyPlan, measures: list[Measure]) -> PlanFile:
    """The row as readers get it, with its measures."""
    return PlanFile(
        number=row.number,
        her_steps=unseal(case, row.her_steps, "plan.her_steps"),
        team_steps=unseal(case, row.team_steps, "plan.team_steps"),
        calls=unseal(case, row.calls, "plan.calls"),
        her_words=unseal(case, row.her_words, "plan.her_words"),
        agreed=row.agreed,
        made_on=row.made_on,
        member_name=row.member.name,
        measures=tuple(measure_file(case, one) for one in measures),
    )


def _name_and_number(line: str) -> tuple[str, str]:
    name, colon, number = line.partition(":")
    if colon:
        return name.strip(), number.strip()
    return ("", line) if line.lstrip("+").replace(" ", "").isdigit() else (line, "")
