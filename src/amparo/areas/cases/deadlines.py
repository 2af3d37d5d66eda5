"""Deadlines: warned of far ahead, seen by somebody, handled. Other areas keep theirs here, inside their own actions."""

from datetime import date

from amparo.areas.access.rules import Viewer
from amparo.kernel import clock
from amparo.kernel.decision import NotThere, refused, require

from .acting import acting
from .dues import PART_OF, settle_due
from .files import CaseFile
from .models import Due
from .rules import DueKind, first_shown, may_be_put_off, shown_again

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
