"""Who read or changed her file, when and why: hers to ask for (R14; C&H-B 2.1.2). One line for a colleague's day."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, DateTimeField, F, Max, Min, QuerySet
from django.db.models.functions import Cast, TruncDate

from amparo.areas.access.exports import Export, take_out
from amparo.areas.access.rules import Part, Viewer
from amparo.areas.audit.catalogue import acts, things
from amparo.areas.audit.models import Entry
from amparo.areas.audit.rules import Does
from amparo.areas.orgs.queries import house_of, members_by_number
from amparo.areas.orgs.rules import Role
from amparo.areas.vault import sealing
from amparo.kernel.decision import require

from .files import CaseFile

DAYS_ON_PAGE = 20
# What fits on paper: the latest of about a year.
DAYS_ON_PAPER = 200
Key = tuple[date, int | None]


@dataclass(frozen=True)
class Reason:
    """Why something was opened, and when (in the viewer's time zone)."""

    at: datetime
    words: str


@dataclass(frozen=True)
class ReaderLine:
    """What one colleague did with her file on one day, under the words of the catalogue `things`.

    `member` is None where the node itself did it (a command or background work).
    """

    on: date
    member: int | None
    name: str
    role: Role | None
    first: datetime
    last: datetime
    times: int
    done: dict[Does, tuple[str, ...]]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Readers:
    """Her list, latest first, and whether there is more; `names` says whether paper names colleagues here."""

    lines: list[ReaderLine]
    more: bool
    names: bool


def readers_of(viewer: Viewer, case: CaseFile, *, page: int = 1, size: int = DAYS_ON_PAGE) -> Readers:
    """Her list of readers, `size` lines a page; four queries, however long it is."""
    require(case.readable(viewer, Part.READERS))
    start = (max(page, 1) - 1) * size
    found = list(_days(viewer, case)[start : start + size + 1])
    rows = found[:size]
    reasons = _reasons(viewer, case, [row["day"] for row in rows])
    names = members_by_number(case.organisation, [row["member"] for row in rows])
    zone = ZoneInfo(viewer.time_zone)
    lines = []
    for row in rows:
        who = names.get(row["member"])
        lines.append(
            ReaderLine(
                on=row["day"],
                member=row["member"],
                name=who.name if who else "",
                role=who.role if who else None,
                first=row["first"].astimezone(zone),
                last=row["last"].astimezone(zone),
                times=row["times"],
                done=_done(row["verbs"]),
                reasons=tuple(reasons.get((row["day"], row["member"]), ())),
            )
        )
    return Readers(lines, len(found) > size, house_of(case.organisation).names_readers)


def take_out_readers(case: CaseFile, *, by: Viewer) -> tuple[Readers, Export]:
    """The same for the paper that she takes along, with its mark; that it was taken out is noted."""
    export = take_out("readers", by=by, person=case.person, facts={"case": case.id})
    return readers_of(by, case, size=DAYS_ON_PAPER), export


def _of_her(viewer: Viewer, case: CaseFile) -> QuerySet[Any, Any]:
    moment = Cast("at", DateTimeField())
    entries: QuerySet[Any, Any] = Entry.objects.filter(chain=case.organisation, person=case.person)
    found: QuerySet[Any, Any] = entries.annotate(moment=moment).annotate(
        day=TruncDate("moment", tzinfo=ZoneInfo(viewer.time_zone))
    )
    return found


def _days(viewer: Viewer, case: CaseFile) -> QuerySet[Any, Any]:
    grouped = _of_her(viewer, case).values("day", "member")
    sums: QuerySet[Any, Any] = grouped.annotate(
        verbs=ArrayAgg("verb", distinct=True), first=Min("moment"), last=Max("moment"), times=Count("pk")
    )
    ordered: QuerySet[Any, Any] = sums.order_by("-day", "-last", F("member").asc(nulls_last=True))
    return ordered


def _reasons(viewer: Viewer, case: CaseFile, days: list[date]) -> dict[Key, list[Reason]]:
    found: dict[Key, list[Reason]] = defaultdict(list)
    if not days:
        return found
    rows = _of_her(viewer, case).exclude(reason=b"").filter(day__gte=min(days), day__lte=max(days))
    zone = ZoneInfo(viewer.time_zone)
    for day, member, moment, reason in rows.order_by("number").values_list("day", "member", "moment", "reason"):
        words = sealing.open_reason(case.organisation, reason)
        found[day, member].append(Reason(moment.astimezone(zone), words))
    return found


def _done(verbs: list[str]) -> dict[Does, tuple[str, ...]]:
    """The things that were touched, by what was done with them, in the order of the catalogue."""
    sorts: dict[Does, set[str]] = defaultdict(set)
    for verb in verbs:
        act = acts().get(verb)
        if act is not None:
            sorts[act.does].add(act.thing)
    return {does: tuple(key for key in things() if key in sorts[does]) for does in Does if does in sorts}
