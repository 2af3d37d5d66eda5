"""What leaves the house carries a number, and the number stands in the log with who, what and of whom (R14)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from amparo.areas.audit.actions import Fact, Trace, record
from amparo.areas.orgs.models import Organisation
from amparo.kernel import clock
from amparo.kernel.codes import new_number

from .rules import Viewer


@dataclass(frozen=True)
class Export:
    """Something that was taken out: what its mark says. `moment` is in UTC."""

    number: str
    reader: str
    organisation: str
    moment: datetime


@transaction.atomic
def take_out(
    what: str, *, by: Viewer, person: UUID | None = None, facts: Mapping[str, Fact] | None = None, reason: bytes = b""
) -> Export:
    """Note in the log that this leaves the house, and give what to mark it with.

    `what` is a coded word ('summary', 'audit entries'); `facts` are codes and counts. Called where the content is made,
    in the transaction of the action if there is one. The entry is found again by `subject_of`.
    """
    export = Export(
        number=new_number(),
        reader=by.name,
        organisation=Organisation.objects.values_list("name", flat=True).get(pk=by.organisation),
        moment=clock.now(),
    )
    trace = Trace("taken out", subject_of(export.number), person, {"what": what, **(facts or {})}, reason)
    record(trace, organisation=by.organisation, member=by.member)
    return export


def subject_of(number: str) -> str:
    """The subject under which the log knows the export with this number."""
    return f"export {number.strip().upper()}"
