"""What she is called and speaks, and her identity in the vault, within her case (R3, R21)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from amparo.areas.access.rules import Part, Viewer
from amparo.areas.audit.actions import Fact, Trace, record
from amparo.areas.audit.reads import note_read
from amparo.areas.people import actions as people
from amparo.areas.people import queries
from amparo.areas.people.actions import Particulars
from amparo.areas.people.queries import PersonFile
from amparo.areas.vault import sealing
from amparo.kernel import clock
from amparo.kernel.decision import refused, require

from .acting import acting
from .files import CaseFile
from .models import Case, IdentityOpening
from .rules import OPENING_TIME

__all__ = (
    "OpenIdentity",
    "Particulars",
    "PersonFile",
    "close_identity",
    "identity_version",
    "open_identity",
    "opened_identity",
    "particulars_of",
    "write_identity",
    "write_particulars",
)


@dataclass(frozen=True)
class OpenIdentity:
    """Her identifying words by field, the version that a change of them refers to, and until when they are shown."""

    words: dict[str, str]
    version: int
    until: datetime


def particulars_of(viewer: Viewer, case: CaseFile) -> PersonFile:
    """What is known of her; raises Refused where it is not open to the viewer."""
    require(case.readable(viewer, Part.CONTACT))
    return queries.person_file(viewer, case.person)


def write_particulars(case: CaseFile, *, by: Viewer, particulars: Particulars, version: int) -> None:
    """Replace what is known of her. Raises Conflict where a colleague did so meanwhile."""
    with acting(case, by=by, part=Part.CONTACT, verb="particulars written"):
        people.write_particulars(case.person, by=by, particulars=particulars, version=version)


def open_identity(case: CaseFile, *, by: Viewer, reason: str) -> None:
    """Open her identity with a reason, which she can ask for (R3); it closes by itself after some minutes."""
    require(case.readable(by, Part.IDENTITY))
    purpose, now = str(case.purpose(by, Part.IDENTITY)), clock.now()
    with transaction.atomic():
        opening = IdentityOpening.objects.create(
            organisation_id=case.organisation,
            case_id=case.id,
            member_id=by.member,
            purpose=purpose,
            opened_at=now,
            until=now + OPENING_TIME,
        )
        sealed = sealing.seal_reason(case.organisation, reason)
        facts: dict[str, Fact] = {"purpose": purpose, "minutes": OPENING_TIME.seconds // 60}
        trace = Trace("identity opened", f"case {case.id} #{opening.pk}", case.person, facts, sealed)
        record(trace, organisation=case.organisation, member=by.member)


def opened_identity(viewer: Viewer, case: CaseFile) -> OpenIdentity | None:
    """Her identity while the viewer has it open; None where it closed, by hand or by itself."""
    require(case.readable(viewer, Part.IDENTITY))
    running = IdentityOpening.objects.filter(case=case.id, member=viewer.member, until__gt=clock.now())
    opening = running.order_by("-until").values_list("pk", "until", "purpose").first()
    if opening is None:
        return None
    number, until, purpose = opening
    note_read(Trace("read identity", f"case {case.id} #{number}", case.person, {"purpose": purpose}))
    words = queries.identity_of(viewer, case.person, case.ties(viewer))
    return OpenIdentity(words, queries.identity_version(viewer, case.person), until)


def close_identity(case: CaseFile, *, by: Viewer) -> None:
    """Close what the actor has open before its time; nothing where nothing is open."""
    with transaction.atomic():
        now = clock.now()
        closed = IdentityOpening.objects.filter(case=case.id, member=by.member, until__gt=now).update(until=now)
        if closed:
            trace = Trace("identity closed", f"case {case.id}", case.person)
            record(trace, organisation=case.organisation, member=by.member)


def identity_version(viewer: Viewer, case: CaseFile) -> int:
    """The version that a change of her identity refers to; 0 where the vault holds none."""
    require(case.readable(viewer, Part.IDENTITY))
    return queries.identity_version(viewer, case.person)


def write_identity(
    case: CaseFile, *, by: Viewer, words: Mapping[str, str], reason: str, version: int, her_wish: bool = False
) -> None:
    """Put her identifying words into the vault. An anonymous case gets a name only by her wish (R21)."""
    with acting(case, by=by, part=Part.IDENTITY, verb="identity written") as act:
        row = Case.objects.select_for_update(no_key=True).get(pk=case.id)
        if row.anonymous and not her_wish:
            require(refused("She is accompanied without a name. Only she can wish for another way.", "R21"))
        people.write_identity(case.person, by=by, words=words, version=version)
        Case.objects.filter(pk=case.id).update(anonymous=False)
        act.facts["fields"] = sum(1 for word in words.values() if word)
        act.reason = sealing.seal_reason(case.organisation, reason)
