"""The frame of every change to a case: decide, change, note it in the history and in the audit, all or nothing."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol
from uuid import UUID

from django.db import transaction

from amparo.areas.access.rules import Part, Viewer
from amparo.areas.audit.actions import Fact, Trace, record, record_all
from amparo.kernel import clock
from amparo.kernel.decision import require

from .files import CaseFile
from .models import Case, Event


class Hers(Protocol):
    """As much of a case as a change to it needs: also for who holds her group and opens no case."""

    @property
    def id(self) -> int:
        """The number of the case."""

    @property
    def person(self) -> UUID:
        """Whose key seals what is written."""

    @property
    def organisation(self) -> int:
        """Whose case it is."""


@dataclass
class Act:
    """What the change fills in while it runs: the row it is about, and coded words for the history."""

    subject: int = 0
    words: list[str] = field(default_factory=list)
    facts: dict[str, Fact] = field(default_factory=dict)
    reason: bytes = b""
    quiet: bool = False  # only in the audit, not in the history of the case


@contextmanager
def acting(
    case: CaseFile, *, by: Viewer, part: Part, verb: str, on: date | None = None, audience: str = ""
) -> Iterator[Act]:
    """Run a change to this part of the case in one transaction; raises Refused where the actor may not change it."""
    require(case.writable(by, part))
    with noting(case, by=by, part=part, verb=verb, on=on, audience=audience) as act:
        yield act


@contextmanager
def noting(
    case: Hers, *, by: Viewer, part: Part, verb: str, on: date | None = None, audience: str = ""
) -> Iterator[Act]:
    """The same for what a rule of its own has allowed: in one transaction, with its line of history and its entry."""
    with transaction.atomic():
        act = Act()
        yield act
        if not act.quiet:
            _event(case.id, act, by=by, part=part, verb=verb, on=on, audience=audience).save(force_insert=True)
        facts: Mapping[str, Fact] = {"words": " ".join(act.words), **act.facts} if act.words else act.facts
        trace = Trace(verb, f"case {case.id} #{act.subject}", case.person, facts, act.reason)
        record(trace, organisation=case.organisation, member=by.member)


def note_for_all(said: Iterable[tuple[int, str]], *, by: Viewer, part: Part) -> None:
    """A line of history and an entry for each case of the house with its verb. Called inside an action, at its end.

    All lines come before the first entry, which closes the log to others until the transaction ends.
    """
    pairs = sorted(set(said))
    rows = Case.objects.filter(organisation=by.organisation, pk__in={case for case, _ in pairs})
    persons = dict(rows.values_list("pk", "person"))
    Event.objects.bulk_create([_event(case, Act(), by=by, part=part, verb=verb) for case, verb in pairs])
    entries = [Trace(verb, f"case {case} #0", persons[case]) for case, verb in pairs]
    record_all(entries, organisation=by.organisation, member=by.member)


def _event(
    case: int, act: Act, *, by: Viewer, part: Part, verb: str, on: date | None = None, audience: str = ""
) -> Event:
    return Event(
        organisation_id=by.organisation,
        case_id=case,
        part=part,
        verb=verb,
        subject=act.subject,
        audience=audience,
        words=act.words,
        on=on or clock.today(by.time_zone),
        at=clock.now(),
        member_id=by.member,
    )
