"""Whoever calls her takes the call first, so that two colleagues with two lists do not both call the same woman."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import F

from amparo.areas.access.rules import Part, Viewer
from amparo.areas.cases.acting import noting
from amparo.areas.cases.files import CaseFile
from amparo.kernel import clock
from amparo.kernel.decision import Refused, refused

from .calling import TAKEN, let_go, locked, mark_taken, require_call, still, with_whose
from .models import Reminder

_HAS_IT = refused(
    "A colleague has taken this call meanwhile: the list says who. Talk with her before you call.", "R7; field practice"
)
_NOT_YOURS = refused("This call is not yours, so you cannot give it back.", "R7; field practice")


@transaction.atomic
def take(case: CaseFile, numbers: Collection[int], *, by: Viewer, agreed: bool = False) -> None:
    """From now on the viewer tells her, and colleagues see it; by itself it goes back when the day of the list is over.

    Raises Refused where it is done, off the list, or taken by a colleague with whom it is not `agreed`.
    """
    for number in sorted(numbers):
        require_call(case, number, by=by)
        row = locked(case, number)
        still(row, by)
        has_taken, whose = _whose(row, by)
        if has_taken not in (None, by.member) and not agreed:
            raise Refused(_HAS_IT)
        is_mine = whose == by.member
        verb = "call taken" if is_mine else "call taken over"
        with noting(case, by=by, part=Part.CONTACT, verb=verb) as act:
            mark_taken(row, by)
            act.subject, act.quiet = number, is_mine


@transaction.atomic
def give_back(case: CaseFile, numbers: Collection[int], *, by: Viewer) -> None:
    """The viewer does not get round to it: it is her referent's task again, or of who stands in for her.

    Raises Refused where somebody else has it.
    """
    for number in sorted(numbers):
        require_call(case, number, by=by)
        with noting(case, by=by, part=Part.CONTACT, verb="call given back") as act:
            row = locked(case, number)
            if row.caller_id != by.member:
                raise Refused(_NOT_YOURS)
            let_go(row)
            row.save(update_fields=TAKEN)
            act.subject, act.quiet = number, True


def _whose(row: Reminder, by: Viewer) -> tuple[int | None, int]:
    """Who has taken it, and whose task it is."""
    found = with_whose(Reminder.objects.filter(pk=row.pk), clock.today(by.time_zone))
    has_taken, whose = found.values_list(F("has_taken"), F("whose")).get()
    return has_taken, whose
