"""A summary on paper leaves a trace: who printed which parts, and when (R14)."""

from collections.abc import Sequence

from amparo.areas.access.exports import Export, take_out
from amparo.areas.access.rules import Part, Viewer
from amparo.areas.audit.actions import Trace
from amparo.areas.audit.reads import note_read
from amparo.kernel.decision import require

from .files import CaseFile


def note_paper(case: CaseFile, what: str) -> None:
    """Note that a paper of hers was made: her consents, her plan, her safety sheet, her CV. It is hers to take home."""
    note_read(Trace("paper for her made", f"case {case.id}", case.person, {"what": what}))


def take_out_summary(case: CaseFile, *, by: Viewer, parts: Sequence[Part]) -> Export:
    """Write down that these parts were printed, and give the paper's mark.

    Raises Refused where one of the parts is closed to the viewer.
    """
    for part in parts:
        require(case.readable(by, part))
    return take_out("summary", by=by, person=case.person, facts={"case": case.id, "parts": " ".join(parts)})
