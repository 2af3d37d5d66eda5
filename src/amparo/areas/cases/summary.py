"""A summary on paper leaves a trace: who printed which parts, and when (R14)."""

from collections.abc import Sequence

from django.db import transaction

from amparo.areas.access.rules import Part, Viewer
from amparo.areas.audit.actions import Trace, record
from amparo.kernel.decision import require

from .files import CaseFile


def note_summary(case: CaseFile, *, by: Viewer, parts: Sequence[Part]) -> None:
    """Write down that these parts were printed; raises Refused where one of them is closed to the viewer."""
    for part in parts:
        require(case.readable(by, part))
    with transaction.atomic():
        trace = Trace("summary printed", f"case {case.id}", case.person, {"parts": " ".join(parts)})
        record(trace, organisation=case.organisation, member=by.member)
