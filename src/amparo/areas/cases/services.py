"""Services delivered: what was done with her or for her. Money is never tied to performance (R11; C&H-R 240)."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from amparo.areas.access.rules import TEAM_WRITES, Part, Viewer
from amparo.areas.vault import sealing
from amparo.kernel import clock
from amparo.kernel.decision import Decision, NotThere, require
from amparo.storage.prepared import prepared

from .acting import acting
from .files import CaseFile, files, files_numbered, visible_cases
from .models import Event, ServiceDelivered
from .queries import one_page
from .rules import may_correct

PAGE = 25
LOOKED_BACK = 60  # how many of one's last entries tell what one usually does, and with whom


@dataclass(frozen=True)
class Delivered:
    """One thing done: its kind by the catalogue's key, minutes and money where they are known."""

    kind: str
    on: date
    minutes: int | None = None
    cost_cents: int | None = None
    note: str = ""


@dataclass(frozen=True)
class ServiceLine:
    """A service delivered, with its note opened."""

    id: int
    member: int
    member_name: str
    what: Delivered
    correctable: Decision


@dataclass(frozen=True)
class MonthTotal:
    """What one month adds up to."""

    month: date
    times: int
    minutes: int
    cost_cents: int


def note_service(case: CaseFile, *, by: Viewer, what: Delivered) -> int:
    """Note something that was done; gives its number. Asks nothing of her in return (R11)."""
    with acting(case, by=by, part=Part.SERVICES, verb="service delivered", on=what.on) as act:
        row = ServiceDelivered.objects.create(
            organisation_id=case.organisation,
            case_id=case.id,
            member_id=by.member,
            written_at=clock.now(),
            **_values(case, what),
        )
        act.subject, act.words = row.pk, [what.kind]
    return row.pk


def correct_service(case: CaseFile, number: int, *, by: Viewer, what: Delivered) -> None:
    """Change an entry of one's own within a day."""
    with acting(case, by=by, part=Part.SERVICES, verb="service corrected") as act:
        _mine(case, number, by)
        ServiceDelivered.objects.filter(pk=number, case=case.id).update(**_values(case, what))
        Event.objects.filter(case=case.id, verb="service delivered", subject=number).update(
            on=what.on, words=[what.kind]
        )
        act.subject, act.quiet = number, True


def take_back_service(case: CaseFile, number: int, *, by: Viewer) -> None:
    """Remove an entry of one's own within a day, such as one saved for the wrong woman; the audit keeps that it was."""
    with acting(case, by=by, part=Part.SERVICES, verb="service taken back") as act:
        _mine(case, number, by).delete()
        Event.objects.filter(case=case.id, verb="service delivered", subject=number).delete()
        act.subject, act.quiet = number, True


def services_of(viewer: Viewer, case: CaseFile, *, page: int = 1) -> tuple[list[ServiceLine], bool]:
    """What was done, latest first, 25 a page, and whether there is more."""
    rows = _rows(viewer, case).select_related("member").order_by("-on", "-pk")
    found, more = one_page(rows, page, PAGE)
    return [_line(case, row, viewer) for row in found], more


def service_of(viewer: Viewer, case: CaseFile, number: int) -> ServiceLine:
    """One entry; raises NotThere where there is none in this case."""
    row = _rows(viewer, case).select_related("member").filter(pk=number).first()
    if row is None:
        raise NotThere
    return _line(case, row, viewer)


def monthly_totals(viewer: Viewer, case: CaseFile, *, months: int = 24) -> list[MonthTotal]:
    """How often, how long and at what cost, month by month, latest first."""
    rows = _rows(viewer, case).annotate(month=TruncMonth("on")).values("month")
    sums = rows.annotate(times=Count("pk"), all_minutes=Sum("minutes"), all_cents=Sum("cost_cents"))
    return [
        MonthTotal(row["month"], row["times"], row["all_minutes"] or 0, row["all_cents"] or 0)
        for row in sums.order_by("-month")[:months]
    ]


def usual_services(viewer: Viewer) -> list[tuple[str, int | None]]:
    """The kinds that this colleague noted lately, the most frequent first, each with its usual minutes."""
    last = ServiceDelivered.objects.filter(member=viewer.member, organisation=viewer.organisation)
    rows = list(last.order_by("-pk").values_list("kind", "minutes")[:LOOKED_BACK])
    kinds = Counter(kind for kind, _ in rows)
    return [(kind, _usual([minutes for one, minutes in rows if one == kind])) for kind, _ in kinds.most_common()]


def lately_with(viewer: Viewer, *, limit: int = 6) -> list[CaseFile]:
    """The women of the viewer's teams whom she or he worked with last; the newest for who has just begun."""
    if not viewer.cleared or Part.SERVICES not in TEAM_WRITES.get(viewer.role, frozenset()):
        return []
    touched = [case for (case,) in _touched(viewer.organisation, viewer.member)]
    order = list(dict.fromkeys(touched))[: 2 * limit]
    if not order:
        mine = visible_cases(viewer).filter(Q(in_team=True))
        return files(mine.order_by("-opened_on", "-pk")[:limit], viewer)
    found = {case.id: case for case in files_numbered(viewer, order)}
    return [found[case] for case in order if case in found and found[case].in_team][:limit]


@prepared
def _touched(organisation: int, member: int) -> QuerySet[Event, tuple[int]]:
    mine = Event.objects.filter(member=member, organisation=organisation)
    return mine.order_by("-at").values_list("case")[:LOOKED_BACK]


def _rows(viewer: Viewer, case: CaseFile) -> QuerySet[ServiceDelivered]:
    return ServiceDelivered.objects.filter(case=case.id, organisation=viewer.organisation)


def _mine(case: CaseFile, number: int, by: Viewer) -> ServiceDelivered:
    row = ServiceDelivered.objects.select_for_update(no_key=True).filter(pk=number, case=case.id).first()
    if row is None:
        raise NotThere
    require(may_correct(author=row.member_id, written_at=row.written_at, by=by.member, now=clock.now()))
    return row


def _values(case: CaseFile, what: Delivered) -> dict[str, object]:
    return {
        "kind": what.kind,
        "on": what.on,
        "minutes": what.minutes,
        "cost_cents": what.cost_cents,
        "note": sealing.seal_text(case.person, what.note, "service.note"),
    }


def _usual(minutes: list[int | None]) -> int | None:
    return Counter(minutes).most_common(1)[0][0]


def _line(case: CaseFile, row: ServiceDelivered, viewer: Viewer) -> ServiceLine:
    note = sealing.open_text(case.person, row.note, "service.note")
    return ServiceLine(
        id=row.pk,
        member=row.member_id,
        member_name=row.member.name,
        what=Delivered(kind=row.kind, on=row.on, minutes=row.minutes, cost_cents=row.cost_cents, note=note),
        correctable=may_correct(author=row.member_id, written_at=row.written_at, by=viewer.member, now=clock.now()),
    )
