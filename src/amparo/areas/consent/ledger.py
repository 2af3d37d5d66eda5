"""The ledger of disclosures across all women, for the data protection officer (R2)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from amparo.areas.access.exports import Export, take_out
from amparo.areas.access.rules import Task, Viewer, may_do
from amparo.areas.audit.actions import Trace
from amparo.areas.audit.reads import note_read
from amparo.areas.people.queries import codes_of, found_by_code
from amparo.areas.vault import sealing
from amparo.kernel.decision import require

from .models import Disclosure
from .queries import DisclosureFile, disclosure_file

PAGE = 50
MOST_TAKEN_OUT = 5000


@dataclass(frozen=True)
class Narrowed:
    """What the ledger is narrowed to; days include both ends."""

    code: str = ""
    ground: str = ""
    recipient_kind: str = ""
    knowing: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class LedgerLine:
    """One disclosure, with the code of whom it was about."""

    code: str
    disclosure: DisclosureFile


def ledger(viewer: Viewer, narrowed: Narrowed, *, page: int = 1) -> tuple[list[LedgerLine], bool]:
    """The disclosures that fit, latest first, 50 a page, and whether there are more. Each woman's reading is noted."""
    start = (max(page, 1) - 1) * PAGE
    found = list(_narrowed(viewer, narrowed)[start : start + PAGE + 1])
    return _lines(viewer, found[:PAGE]), len(found) > PAGE


@transaction.atomic
def take_out_ledger(narrowed: Narrowed, *, by: Viewer) -> tuple[list[LedgerLine], Export]:
    """The latest 5,000 that fit, and the mark of the table; that it leaves is noted."""
    lines = _lines(by, list(_narrowed(by, narrowed)[:MOST_TAKEN_OUT]))
    return lines, take_out("disclosures", by=by, facts={"entries": len(lines)})


def _narrowed(viewer: Viewer, narrowed: Narrowed) -> QuerySet[Disclosure]:
    require(may_do(viewer, Task.READ_AUDIT))
    rows = Disclosure.objects.filter(organisation=viewer.organisation).select_related("member", "answer")
    if narrowed.code:
        rows = rows.filter(person=found_by_code(viewer, narrowed.code))
    for name in ("ground", "recipient_kind", "knowing"):
        if getattr(narrowed, name):
            rows = rows.filter(**{name: getattr(narrowed, name)})
    if narrowed.first:
        rows = rows.filter(on__gte=narrowed.first)
    if narrowed.last:
        rows = rows.filter(on__lte=narrowed.last)
    return rows.order_by("-on", "-pk")


def _lines(viewer: Viewer, rows: list[Disclosure]) -> list[LedgerLine]:
    persons: set[UUID] = {row.person_id for row in rows}
    sealing.load_keys(persons)
    codes = codes_of(viewer, persons)
    for person in sorted(persons):
        note_read(Trace("disclosures looked at", "", person))
    return [LedgerLine(codes.get(row.person_id, ""), disclosure_file(row.person_id, row)) for row in rows]
