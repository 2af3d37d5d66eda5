"""What she is called and speaks, and her identity in the vault, within her case (R3, R21)."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from amparo.areas.access.rules import Part, Viewer
from amparo.areas.audit.actions import Trace, record
from amparo.areas.people import actions as people
from amparo.areas.people import queries
from amparo.areas.people.actions import Particulars
from amparo.areas.people.queries import PersonFile
from amparo.areas.vault import sealing
from amparo.kernel.decision import refused, require

from .acting import acting
from .files import CaseFile
from .models import Case

__all__ = (
    "OpenIdentity",
    "Particulars",
    "PersonFile",
    "identity_version",
    "open_identity",
    "particulars_of",
    "write_identity",
    "write_particulars",
)


@dataclass(frozen=True)
class OpenIdentity:
    """Her identifying words by field, and the version that a change of them refers to."""

    words: dict[str, str]
    version: int


def particulars_of(viewer: Viewer, case: CaseFile) -> PersonFile:
    """What is known of her; raises Refused where it is not open to the viewer."""
    require(case.readable(viewer, Part.CONTACT))
    return queries.person_file(viewer, case.person)


def write_particulars(case: CaseFile, *, by: Viewer, particulars: Particulars, version: int) -> None:
    """Replace what is known of her. Raises Conflict where a colleague did so meanwhile."""
    with acting(case, by=by, part=Part.CONTACT, verb="particulars written"):
        people.write_particulars(case.person, by=by, particulars=particulars, version=version)


def open_identity(case: CaseFile, *, by: Viewer, reason: str) -> OpenIdentity:
    """Open her identity with a reason, which she can ask for (R3)."""
    require(case.readable(by, Part.IDENTITY))
    with transaction.atomic():
        words = queries.identity_of(by, case.person, in_team=case.in_team)
        sealed = sealing.seal_reason(case.organisation, reason)
        trace = Trace("identity opened", f"case {case.id}", case.person, reason=sealed)
        record(trace, organisation=case.organisation, member=by.member)
    return OpenIdentity(words, queries.identity_version(by, case.person))


def identity_version(viewer: Viewer, case: CaseFile) -> int:
    """The version that a change of her identity refers to; 0 where the vault holds none."""
    require(case.readable(viewer, Part.IDENTITY))
    return queries.identity_version(viewer, case.person)


def write_identity(
    case: CaseFile, *, by: Viewer, words: Mapping[str, str], reason: str, version: int, her_wish: bool = False
) -> None:
    """Put her identifying words into the vault. An anonymous case gets a name only by her wish (R21)."""
    with acting(case, by=by, part=Part.IDENTITY, verb="identity written") as act:
        row = Case.objects.select_for_update().get(pk=case.id)
        if row.anonymous and not her_wish:
            require(refused("She is accompanied without a name. Only she can wish for another way.", "R21"))
        people.write_identity(case.person, by=by, words=words, version=version)
        Case.objects.filter(pk=case.id).update(anonymous=False)
        act.facts["fields"] = sum(1 for word in words.values() if word)
        act.reason = sealing.seal_reason(case.organisation, reason)
