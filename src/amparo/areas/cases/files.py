"""What a viewer gets to see of a case: fetched and decided in one step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from amparo.areas.access import rules as access
from amparo.areas.access.rules import Audience, Part, Viewer
from amparo.areas.audit.actions import Trace
from amparo.areas.audit.reads import note_read
from amparo.areas.orgs.rules import Role
from amparo.areas.people.queries import called_by
from amparo.areas.vault import sealing
from amparo.kernel.codes import read_code
from amparo.kernel.decision import Decision, NotThere, Refused
from amparo.storage.prepared import in_few_lengths, prepared

from .models import Case, Due, TeamMember
from .rules import DueKind, Status, may_still_change


@dataclass(frozen=True)
class CaseFile:
    """A case that the viewer may know of, with what its head shows. Other queries and actions start from it."""

    id: int
    code: str
    person: UUID
    organisation: int
    status: str
    anonymous: bool
    opened_on: date
    closed_on: date | None
    outcome: str
    referent: int
    referent_name: str
    in_team: bool
    called: str
    risk_level: str
    risk_on: date | None
    risk_due: date | None
    reach: str
    version: int

    def readable(self, viewer: Viewer, part: Part) -> Decision:
        """Whether the viewer reads this part of it."""
        return access.may_read(viewer, part, organisation=self.organisation, in_team=self.in_team)

    def writable(self, viewer: Viewer, part: Part) -> Decision:
        """Whether the viewer changes this part of it, as the case stands."""
        decision = access.may_write(viewer, part, organisation=self.organisation, in_team=self.in_team)
        return decision and may_still_change(Status(self.status), part)

    def audiences(self, viewer: Viewer) -> frozenset[Audience]:
        """The audiences of notes that the viewer belongs to here."""
        return access.audiences(viewer, in_team=self.in_team, is_referent=self.referent == viewer.member)


def visible_cases(viewer: Viewer) -> QuerySet[Case]:
    """The one scope of every list of cases: those whose head the viewer may read, with `in_team` beside each."""
    mine = TeamMember.objects.filter(case=OuterRef("pk"), member=viewer.member, until=None)
    cases = Case.objects.filter(organisation=viewer.organisation)
    if access.sees_all_cases(viewer):
        return cases.annotate(in_team=Exists(mine))
    if not viewer.cleared or viewer.role not in access.TEAM_READS:
        return cases.annotate(in_team=Exists(mine)).none()
    in_my_teams = Q(pk__in=TeamMember.objects.filter(member=viewer.member, until=None).values("case"))
    return cases.filter(in_my_teams).annotate(in_team=Q(pk__isnull=False))


def files(rows: QuerySet[Case], viewer: Viewer) -> list[CaseFile]:
    """The rows of a visible scope as files; keys are fetched once for all."""
    return _files(list(_columns(rows)), viewer)


def files_with_code(viewer: Viewer, code: str) -> list[CaseFile]:
    """The case with this code, where the viewer may know of it."""
    rows = _with_code(viewer.organisation, viewer.member, code, role=viewer.role, cleared=viewer.cleared)
    return _files(rows, viewer)


def latest_files(viewer: Viewer, *, status: str, mine: bool, start: int, size: int) -> list[CaseFile]:
    """Cases that the viewer may know of, newest first: of one status or any, the viewer's own as referent or all."""
    shape: dict[str, Any] = {"role": viewer.role, "cleared": viewer.cleared, "start": start, "size": size}
    return _files(_latest(viewer.organisation, viewer.member, status=status, mine=mine, **shape), viewer)


def files_numbered(viewer: Viewer, numbers: Sequence[int]) -> list[CaseFile]:
    """The cases with these numbers that the viewer may know of, in no order; a few dozen at most."""
    if not numbers:
        return []
    wanted = in_few_lengths(numbers)
    rows = _with_numbers(viewer.organisation, viewer.member, *wanted, role=viewer.role, cleared=viewer.cleared)
    return _files(rows, viewer)


def case_for(viewer: Viewer, code: str, part: Part = Part.HEAD, *, write: bool = False) -> CaseFile:
    """The case with this code, for reading (or changing) the part; the read is noted.

    Raises NotThere where there is none or the viewer may not know of it, Refused where only the part is closed.
    """
    written = read_code(code)
    found = files_with_code(viewer, written) if written else []
    if not found:
        raise NotThere
    case = found[0]
    decision = case.writable(viewer, part) if write else case.readable(viewer, part)
    if not decision:
        raise Refused(decision)
    note_read(Trace(f"read {part}", f"case {case.id}", case.person))
    return case


_COLUMNS = (
    "id",
    "person_id",
    "person__code",
    "person__called",
    "organisation_id",
    "status",
    "anonymous",
    "opened_on",
    "closed_on",
    "outcome",
    "referent_id",
    F("referent__name"),
    "risk_level",
    "risk_on",
    "risk_due",
    "reach",
    "version",
    "in_team",
)
_Row = tuple[
    int,
    UUID,
    str,
    bytes,
    int,
    str,
    bool,
    date,
    date | None,
    str,
    int,
    str,
    str,
    date | None,
    date | None,
    bytes,
    int,
    bool,
]


@prepared
def _with_code(organisation: int, member: int, code: str, *, role: Role, cleared: bool) -> QuerySet[Case, _Row]:
    viewer = Viewer(member=member, organisation=organisation, role=role, cleared=cleared)
    return _columns(visible_cases(viewer).filter(person__code=code))


@prepared
def _latest(
    organisation: int, member: int, *, role: Role, cleared: bool, status: str, mine: bool, start: int, size: int
) -> QuerySet[Case, _Row]:
    viewer = Viewer(member=member, organisation=organisation, role=role, cleared=cleared)
    narrowed: dict[str, object] = {"status": status} if status else {}
    if mine:
        narrowed["referent"] = member
    rows = visible_cases(viewer).filter(**narrowed).order_by("-opened_on", "-pk")
    return _columns(rows[start : start + size])


@prepared
def _with_numbers(organisation: int, member: int, *numbers: int, role: Role, cleared: bool) -> QuerySet[Case, _Row]:
    viewer = Viewer(member=member, organisation=organisation, role=role, cleared=cleared)
    return _columns(visible_cases(viewer).filter(pk__in=numbers))


def _columns(rows: QuerySet[Case]) -> QuerySet[Case, _Row]:
    risk_due = Due.objects.filter(case=OuterRef("pk"), kind=DueKind.RISK, subject=0, done_at=None).values("on")
    return rows.select_related(None).annotate(risk_due=Subquery(risk_due)).values_list(*_COLUMNS)


def _files(rows: list[_Row], viewer: Viewer) -> list[CaseFile]:
    sealing.load_keys(row[1] for row in rows if row[-1])
    return [_file(row, viewer) for row in rows]


def _file(row: _Row, viewer: Viewer) -> CaseFile:
    (number, person, code, called, organisation, status, anonymous, opened, closed, outcome, referent, name, level, on,
     due, reach, version, in_team) = row  # fmt: skip
    knows_her = access.may_read(viewer, Part.CONTACT, organisation=organisation, in_team=in_team) and in_team
    return CaseFile(
        id=number,
        code=code,
        person=person,
        organisation=organisation,
        status=status,
        anonymous=anonymous,
        opened_on=opened,
        closed_on=closed,
        outcome=outcome,
        referent=referent,
        referent_name=name,
        in_team=in_team,
        called=called_by(person, called) if knows_her else "",
        risk_level=level,
        risk_on=on,
        risk_due=due,
        reach=sealing.open_text(person, reach, "case.reach") if knows_her else "",
        version=version,
    )
