"""The data protection officer's search of the log. Each search stands in the log itself (R14)."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet

from amparo.areas.access.exports import Export, take_out
from amparo.areas.access.rules import Task, Viewer, may_do
from amparo.areas.audit.actions import Fact, Trace
from amparo.areas.audit.catalogue import verbs_that
from amparo.areas.audit.models import Entry
from amparo.areas.audit.reads import note_read
from amparo.areas.audit.rules import Does
from amparo.areas.orgs.queries import Colleague, everyone_ever, members_by_number
from amparo.areas.orgs.rules import Role
from amparo.areas.people.queries import codes_of, found_by_code
from amparo.areas.vault import sealing
from amparo.kernel.decision import require

PAGE = 50
MOST_TAKEN_OUT = 5000


@dataclass(frozen=True)
class Asked:
    """What the log is narrowed to; days are in the viewer's time zone, both included."""

    code: str = ""
    member: int = 0
    does: str = ""
    verb: str = ""
    first: date | None = None
    last: date | None = None
    origin: str = ""
    from_number: int = 0
    until_number: int = 0


@dataclass(frozen=True)
class LogLine:
    """One entry in a form that a screen can word; `code` is empty where it is about nobody, or about an erased file."""

    number: int
    at: datetime
    member: int | None
    name: str
    role: Role | None
    verb: str
    subject: str
    about_somebody: bool
    code: str
    facts: dict[str, Fact]
    reason: str
    origin: str


@dataclass(frozen=True)
class LogPage:
    """One page of the log, latest first, and whether another follows."""

    lines: list[LogLine]
    more: bool
    no_such_code: bool = False


def log_page(viewer: Viewer, asked: Asked, *, page: int = 1) -> LogPage:
    """The entries that fit, 50 a page; raises Refused for all but who reads the log. The search is noted."""
    person, entries = _asked_for(viewer, asked)
    note_read(Trace("log searched", "", person, _facts(asked)))
    if asked.code and person is None:
        return LogPage([], more=False, no_such_code=True)
    start = (max(page, 1) - 1) * PAGE
    found = list(entries.order_by("-number")[start : start + PAGE + 1])
    return LogPage(_lines(viewer, found[:PAGE]), len(found) > PAGE)


@transaction.atomic
def take_out_log(*, by: Viewer, asked: Asked) -> tuple[list[LogLine], Export]:
    """The latest 5,000 entries that fit, and the mark of the table; that it leaves is noted."""
    person, entries = _asked_for(by, asked)
    none = bool(asked.code) and person is None
    lines = [] if none else _lines(by, list(entries.order_by("-number")[:MOST_TAKEN_OUT]))
    return lines, take_out("log", by=by, person=person, facts={**_facts(asked), "entries": len(lines)})


def readable_colleagues(viewer: Viewer) -> list[Colleague]:
    """Everyone whose entries may stand in the log, for the search."""
    require(may_do(viewer, Task.READ_AUDIT))
    return everyone_ever(viewer.organisation)


def _asked_for(viewer: Viewer, asked: Asked) -> tuple[UUID | None, QuerySet[Entry]]:
    require(may_do(viewer, Task.READ_AUDIT))
    person = found_by_code(viewer, asked.code) if asked.code else None
    entries = Entry.objects.filter(chain=viewer.organisation)
    if person is not None:
        entries = entries.filter(person=person)
    if asked.member:
        entries = entries.filter(member=asked.member)
    if asked.does:
        entries = entries.filter(verb__in=verbs_that(Does(asked.does)))
    if asked.verb:
        entries = entries.filter(verb=asked.verb)
    if asked.origin:
        entries = entries.filter(origin=asked.origin)
    if asked.from_number:
        entries = entries.filter(number__gte=asked.from_number)
    if asked.until_number:
        entries = entries.filter(number__lte=asked.until_number)
    return person, _in_days(entries, asked, ZoneInfo(viewer.time_zone))


def _in_days(entries: QuerySet[Entry], asked: Asked, zone: ZoneInfo) -> QuerySet[Entry]:
    if asked.first:
        entries = entries.filter(at__gte=written(datetime.combine(asked.first, time(), zone)))
    if asked.last:
        entries = entries.filter(at__lt=written(datetime.combine(asked.last + timedelta(days=1), time(), zone)))
    return entries


def written(moment: datetime) -> str:
    """A moment as the log writes it; the order of such texts is the order of the moments."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _facts(asked: Asked) -> dict[str, Fact]:
    """What was asked, without any code: whom it was about stands in its own column."""
    asked_for: dict[str, Fact] = {
        "member": asked.member,
        "does": asked.does,
        "verb": asked.verb,
        "first": asked.first.isoformat() if asked.first else "",
        "last": asked.last.isoformat() if asked.last else "",
        "by_origin": bool(asked.origin),
    }
    return {key: value for key, value in asked_for.items() if value}


def _lines(viewer: Viewer, rows: Iterable[Entry]) -> list[LogLine]:
    found = list(rows)
    names = members_by_number(viewer.organisation, [row.member for row in found])
    codes = codes_of(viewer, {row.person for row in found if row.person})
    return [_line(viewer, row, names, codes) for row in found]


def _line(viewer: Viewer, row: Entry, names: dict[int, Colleague], codes: dict[UUID, str]) -> LogLine:
    who = names.get(row.member or 0)
    return LogLine(
        number=row.number,
        at=datetime.fromisoformat(row.at).astimezone(ZoneInfo(viewer.time_zone)),
        member=row.member,
        name=who.name if who else "",
        role=who.role if who else None,
        verb=row.verb,
        subject=row.subject,
        about_somebody=row.person is not None,
        code=codes.get(row.person, "") if row.person else "",
        facts=json.loads(row.facts),
        reason=sealing.open_reason(viewer.organisation, row.reason),
        origin=row.origin,
    )
