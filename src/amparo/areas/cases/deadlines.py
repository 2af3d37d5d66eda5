"""Deadlines: warned of far ahead, seen by somebody, handled. Other areas keep theirs here, inside their own actions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from amparo.areas.access.rules import Viewer
from amparo.kernel import clock
from amparo.kernel.decision import NotThere, refused, require

from .acting import acting
from .dues import PART_OF, settle_due
from .files import CaseFile
from .models import Due
from .rules import DueKind, first_shown, may_be_put_off, shown_again

BATCH = 2000
WARNED_OF = frozenset({DueKind.DEADLINE, DueKind.EXPIRY})
_STAYS = refused("This is so near that it stays here until it is handled, so that nobody misses it.")


def keep_deadline(case: CaseFile, kind: DueKind, *, subject: int, on: date | None, why: str = "") -> None:
    """Keep the deadline of this subject at this day, or settle it (None). Called inside an action.

    One that stays at its day stays as it was seen; one that moved is new to everybody.
    """
    if on is None:
        return settle_due(case, kind, subject=subject)
    mine = Due.objects.filter(case=case.id, kind=kind, subject=subject, done_at=None)
    values = {"on": on, "why": why, "shown_from": first_shown(on)}
    if mine.filter(on=on, shown_from__isnull=False).update(why=why) or mine.update(**values):
        return None
    Due.objects.create(organisation_id=case.organisation, case_id=case.id, kind=kind, subject=subject, **values)
    return None


def see_deadline(case: CaseFile, number: int, *, by: Viewer) -> None:
    """Put a deadline off until its next warning. Raises NotThere, and Refused where it is so near that it stays."""
    row = Due.objects.filter(pk=number, case=case.id, kind__in=WARNED_OF, done_at=None).first()
    if row is None:
        raise NotThere
    today = clock.today(by.time_zone)
    with acting(case, by=by, part=PART_OF[DueKind(row.kind)], verb="deadline seen") as act:
        if not may_be_put_off(row.on, today):
            require(_STAYS)
        Due.objects.filter(pk=number).update(shown_from=shown_again(row.on, seen_on=today))
        act.subject, act.quiet = number, True


@dataclass(frozen=True)
class Wanted:
    """That this subject of a case has its deadline on this day (None: it has none), and why."""

    case: int
    subject: int
    on: date | None
    why: str = ""


def keep_deadlines(organisation: int, kind: DueKind, wanted: Iterable[Wanted]) -> int:
    """Keep many deadlines of an organisation at once, as `keep_deadline` keeps one; gives how many changed.

    For work at night, within its transaction: nobody acts, so the caller writes the entry of the log.
    """
    every = {(one.case, one.subject): one for one in wanted}
    rows = Due.objects.filter(organisation=organisation, kind=kind, done_at=None, subject__in=[key[1] for key in every])
    kept = {(row.case_id, row.subject): row for row in rows}
    moved, new, over = [], [], []
    for key, one in every.items():
        row = kept.get(key)
        if row is None and one.on:
            due = Due(organisation_id=organisation, case_id=one.case, kind=kind, subject=one.subject)
            new.append(_put(due, one.on, one.why))
        elif row and one.on is None:
            over.append(row.pk)
        elif row and one.on and (row.on != one.on or row.shown_from is None or row.why != one.why):
            moved.append(_put(row, one.on, one.why))
    Due.objects.bulk_create(new, batch_size=BATCH)
    Due.objects.bulk_create(  # much faster than bulk_update: no CASE with a branch for each row
        moved,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=("id",),
        update_fields=("on", "why", "shown_from"),
    )
    Due.objects.filter(pk__in=over).update(done_at=clock.now())
    return len(new) + len(moved) + len(over)


def _put(row: Due, on: date, why: str) -> Due:
    if row.on != on or row.shown_from is None:
        row.shown_from = first_shown(on)
    row.on, row.why = on, why
    return row
