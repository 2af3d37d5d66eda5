"""What a viewer gets to see of a case: fetched and decided in one step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from amparo.areas.access import rules as access
from amparo.areas.access.rules import NOTHING_HELD, Asked, Audience, Held, Part, Purpose, Ties, Viewer
from amparo.areas.audit.actions import Fact, Trace
from amparo.areas.audit.reads import note_read
from amparo.areas.orgs.rules import Role
from amparo.areas.people.queries import called_by
from amparo.areas.vault import sealing
from amparo.kernel import clock
from amparo.kernel.codes import read_code
from amparo.kernel.decision import Decision, NotThere, Refused
from amparo.kernel.labels import Label
from amparo.storage.prepared import in_few_lengths, prepared

from .models import BreakGlass, Case, Due, HeldReading, IdentityAsk, Restriction, TeamMember
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
    in_danger: bool = False
    approved: bool = False
    held: Held = NOTHING_HELD

    def readable(self, viewer: Viewer, part: Part) -> Decision:
        """Whether the viewer reads this part of it."""
        return access.decide(viewer, Asked(part), self.ties(viewer))

    def writable(self, viewer: Viewer, part: Part) -> Decision:
        """Whether the viewer changes this part of it, as the case stands."""
        decision = access.decide(viewer, Asked(part, write=True), self.ties(viewer))
        return decision and may_still_change(Status(self.status), part)

    def shows(self, viewer: Viewer, part: Part, label: Label) -> Decision:
        """Whether words of this label in this part of it are shown to the viewer."""
        return access.decide(viewer, Asked(part, label=label), self.ties(viewer))

    def purpose(self, viewer: Viewer, part: Part, *, write: bool = False) -> Purpose | None:
        """For what the part is open to the viewer."""
        return access.purpose_of(viewer, Asked(part, write), self.ties(viewer))

    def audiences(self, viewer: Viewer) -> frozenset[Audience]:
        """The audiences of notes that the viewer belongs to here."""
        return access.audiences_of(viewer, self.ties(viewer))

    def ties(self, viewer: Viewer) -> Ties:
        """How the viewer stands to it, for the decision."""
        return Ties(
            organisation=self.organisation,
            in_team=self.in_team,
            is_referent=self.referent == viewer.member,
            in_danger=self.in_danger,
            approved=self.approved,
            held=self.held,
        )


class HeldBack(Refused):
    """It is open to the viewer, but at her wish it is read only with a reason (GDPR, Art. 18)."""

    def __init__(self, case: CaseFile, thing: str) -> None:
        super().__init__(access.HELD)
        self.case, self.thing = case, thing


class Erased(NotThere):
    """The viewer knew of this case; it was erased on that day."""

    def __init__(self, on: date) -> None:
        super().__init__()
        self.on = on


def visible_cases(viewer: Viewer, *, now: datetime | None = None) -> QuerySet[Case]:
    """The one scope of every list of cases: those whose head the viewer may read at this moment.

    Beside each stands how the viewer is tied to it: `in_team`, `in_danger`, `approved`.
    """
    return _known_cases(viewer, now=now).filter(erased_on=None)


def _known_cases(viewer: Viewer, *, now: datetime | None = None) -> QuerySet[Case]:
    team, danger, approved = _ties(viewer, now or clock.now())
    beside = {
        "in_team": Exists(team.filter(case=OuterRef("pk"))),
        "in_danger": Exists(danger.filter(case=OuterRef("pk"))),
        "approved": Exists(approved.filter(case=OuterRef("pk"))),
    }
    cases = Case.objects.filter(organisation=viewer.organisation).annotate(**beside)
    if access.sees_all_cases(viewer):
        return cases
    scopes = {Purpose.ACCOMPANY: team, Purpose.DANGER: danger, Purpose.APPROVED: approved}
    heads = [scope.values("case") for purpose, scope in scopes.items() if access.opens_heads(viewer, purpose)]
    if not heads:
        return cases.none()
    return cases.filter(pk__in=heads[0].union(*heads[1:], all=True) if heads[1:] else heads[0])


def _ties(viewer: Viewer, now: datetime) -> tuple[QuerySet[TeamMember], QuerySet[BreakGlass], QuerySet[IdentityAsk]]:
    """The viewer's teams, what she or he opened in danger to life, and a second person's yes, as they hold now."""
    mine: dict[str, int] = {"member": viewer.member, "organisation": viewer.organisation}
    return (
        TeamMember.objects.filter(**mine, until=None),
        BreakGlass.objects.filter(**mine, until__gt=now),
        IdentityAsk.objects.filter(**mine, until__gt=now),
    )


def files(rows: QuerySet[Case], viewer: Viewer) -> list[CaseFile]:
    """The rows of a visible scope as files; keys are fetched once for all."""
    return _files(list(_columns(rows)), viewer)


def files_with_code(viewer: Viewer, code: str) -> list[CaseFile]:
    """The case with this code, where the viewer may know of it."""
    shape: dict[str, Any] = {"role": viewer.role, "cleared": viewer.cleared}
    rows = _with_code(viewer.organisation, viewer.member, code, clock.now(), **shape)
    return _files(rows, viewer)


def latest_files(viewer: Viewer, *, status: str, mine: bool, start: int, size: int) -> list[CaseFile]:
    """Cases that the viewer may know of, newest first: of one status or any, the viewer's own as referent or all."""
    shape: dict[str, Any] = {"role": viewer.role, "cleared": viewer.cleared, "start": start, "size": size}
    rows = _latest(viewer.organisation, viewer.member, clock.now(), status=status, mine=mine, **shape)
    return _files(rows, viewer)


def files_numbered(viewer: Viewer, numbers: Sequence[int]) -> list[CaseFile]:
    """The cases with these numbers that the viewer may know of, in no order; a few dozen at most."""
    if not numbers:
        return []
    shape: dict[str, Any] = {"role": viewer.role, "cleared": viewer.cleared}
    rows = _with_numbers(viewer.organisation, viewer.member, clock.now(), *in_few_lengths(numbers), **shape)
    return _files(rows, viewer)


def case_for(viewer: Viewer, code: str, part: Part = Part.HEAD, *, write: bool = False) -> CaseFile:
    """The case with this code, for reading (or changing) the part; the read is noted.

    Raises NotThere where there is none or the viewer may not know of it, Refused where only the part is closed.
    """
    written = read_code(code)
    found = files_with_code(viewer, written) if written else []
    if not found:
        raise _why_nothing(viewer, written)
    case = found[0]
    decision = case.writable(viewer, part) if write else case.readable(viewer, part)
    if not decision:
        raise HeldBack(case, part) if decision == access.HELD else Refused(decision)
    # A page about her identity shows none of it yet; what is shown is noted where it is opened (`particulars`).
    seen = Part.HEAD if part is Part.IDENTITY else part
    note_read(Trace(f"read {seen}", f"case {case.id}", case.person, _why(case, viewer, part, write=write)))
    return case


def _why_nothing(viewer: Viewer, code: str | None) -> NotThere:
    """Whoever knew of her case is told that it was erased; for everybody else it is as if it had never been."""
    gone = _known_cases(viewer).filter(person__code=code).values_list("erased_on", flat=True).first() if code else None
    return Erased(gone) if gone else NotThere()


def _why(case: CaseFile, viewer: Viewer, part: Part, *, write: bool) -> dict[str, Fact]:
    """For what it was read, where that is not the everyday work of her team."""
    purpose = case.purpose(viewer, part, write=write)
    return {} if purpose in (None, Purpose.ACCOMPANY) else {"purpose": str(purpose)}


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
    "in_danger",
    "approved",
    "held",
)
_HELD = _COLUMNS.index("held")
_IN_TEAM, _IN_DANGER = _COLUMNS.index("in_team"), _COLUMNS.index("in_danger")
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
    bool,
    bool,
    list[str],
]


@prepared
def _with_code(
    organisation: int, member: int, code: str, now: datetime, *, role: Role, cleared: bool
) -> QuerySet[Case, _Row]:
    viewer = Viewer(member=member, organisation=organisation, role=role, cleared=cleared)
    return _columns(visible_cases(viewer, now=now).filter(person__code=code))


@prepared
def _latest(
    organisation: int,
    member: int,
    now: datetime,
    *,
    role: Role,
    cleared: bool,
    status: str,
    mine: bool,
    start: int,
    size: int,
) -> QuerySet[Case, _Row]:
    viewer = Viewer(member=member, organisation=organisation, role=role, cleared=cleared)
    narrowed: dict[str, object] = {"status": status} if status else {}
    if mine:
        narrowed["referent"] = member
    rows = visible_cases(viewer, now=now).filter(**narrowed).order_by("-opened_on", "-pk")
    return _columns(rows[start : start + size])


@prepared
def _with_numbers(
    organisation: int, member: int, now: datetime, *numbers: int, role: Role, cleared: bool
) -> QuerySet[Case, _Row]:
    viewer = Viewer(member=member, organisation=organisation, role=role, cleared=cleared)
    return _columns(visible_cases(viewer, now=now).filter(pk__in=numbers))


def _columns(rows: QuerySet[Case]) -> QuerySet[Case, _Row]:
    risk_due = Due.objects.filter(case=OuterRef("pk"), kind=DueKind.RISK, subject=0, done_at=None).values("on")
    held = Restriction.objects.filter(case=OuterRef("pk"), lifted_on=None).values("thing")
    beside = rows.select_related(None).annotate(risk_due=Subquery(risk_due), held=ArraySubquery(held))
    return beside.values_list(*_COLUMNS)


def _files(rows: list[_Row], viewer: Viewer) -> list[CaseFile]:
    sealing.load_keys(row[1] for row in rows if row[_IN_TEAM] or row[_IN_DANGER])
    read = _read_with_reason(viewer, [row[0] for row in rows if row[_HELD]])
    return [_file(row, viewer, read) for row in rows]


def _read_with_reason(viewer: Viewer, held: list[int]) -> set[tuple[int, str]]:
    """What of these cases, of which something is held, a reason opened to the viewer; one query."""
    if not held:
        return set()
    return set(_opened_with_reason(viewer.member, clock.now(), *in_few_lengths(held)))


@prepared
def _opened_with_reason(member: int, now: datetime, *held: int) -> QuerySet[HeldReading, tuple[int, str]]:
    return HeldReading.objects.filter(case__in=held, member=member, until__gt=now).values_list("case", "thing")


def _file(row: _Row, viewer: Viewer, read: set[tuple[int, str]]) -> CaseFile:
    (number, person, code, called, organisation, status, anonymous, opened, closed, outcome, referent, name, level, on,
     due, reach, version, in_team, in_danger, approved, held) = row  # fmt: skip
    ties = Ties(organisation, in_team, in_danger=in_danger, approved=approved)
    knows_her = access.decide(viewer, Asked(Part.CONTACT, label=Label.PERSONAL), ties)
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
        in_danger=in_danger,
        approved=approved,
        held=Held(frozenset(held), frozenset(thing for one, thing in read if one == number)) if held else NOTHING_HELD,
    )
