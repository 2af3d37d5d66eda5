"""Who holds sessions: in which languages, in which hours of the week, and when not (R12: only who is cleared)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from amparo.areas.access.rules import Task, Viewer, may_do
from amparo.areas.audit.actions import Trace, record
from amparo.areas.orgs.queries import Colleague, colleagues
from amparo.kernel.decision import Conflict, NotThere, refused, require

from .models import Leader, LeaderAway, LeaderTime, Leading
from .rules.weeks import Weekly

_Gathered = tuple[Colleague, Leader | None, list[Weekly], list[tuple[date, date]], int]


@dataclass(frozen=True)
class LeaderFile:
    """A colleague who is trained and has signed, with what is known of her or him as somebody who holds sessions."""

    colleague: Colleague
    languages: tuple[str, ...]
    times: tuple[Weekly, ...]
    away: tuple[tuple[date, date], ...]
    holds: int
    version: int


def leaders_of(viewer: Viewer) -> list[LeaderFile]:
    """Everybody who may hold sessions, those who do first; a fixed number of queries."""
    require(may_do(viewer, Task.PLAN_SESSIONS))
    found = [_file(one) for one in _gathered(viewer)]
    return sorted(found, key=lambda one: (not one.holds, one.colleague.name))


def leader_of(viewer: Viewer, member: int) -> LeaderFile:
    """One of them; raises NotThere where nobody of this house, trained and with a signed statement, has that number."""
    for one in leaders_of(viewer):
        if one.colleague.member == member:
            return one
    raise NotThere


@transaction.atomic
def write_leader(
    member: int,
    *,
    by: Viewer,
    languages: Sequence[str],
    times: Iterable[Weekly],
    away: Iterable[tuple[date, date]],
    version: int,
) -> None:
    """Put down languages, weekly times and days away; raises Conflict where a colleague was faster."""
    Leader.objects.select_for_update(no_key=True).filter(organisation=by.organisation, member=member).first()
    there = leader_of(by, member)
    if there.version != version:
        raise Conflict([("languages", ", ".join(there.languages))])
    days = list(away)
    if any(last < first for first, last in days):
        require(refused("The last day away lies before the first."))
    mine: dict[str, Any] = {"organisation_id": by.organisation, "member_id": member}
    Leader.objects.update_or_create(**mine, defaults={"languages": list(languages), "version": version + 1})
    LeaderTime.objects.filter(**mine).delete()
    LeaderTime.objects.bulk_create(
        [LeaderTime(**mine, weekday=one.weekday, starts=one.starts, ends=one.ends) for one in times]
    )
    LeaderAway.objects.filter(**mine).delete()
    LeaderAway.objects.bulk_create([LeaderAway(**mine, first_on=first, last_on=last) for first, last in days])
    record(Trace("hours written", f"member {member}"), organisation=by.organisation, member=by.member)


def _gathered(viewer: Viewer) -> list[_Gathered]:
    house = {"organisation": viewer.organisation}
    rows = {row.member_id: row for row in Leader.objects.filter(**house)}
    times: dict[int, list[Weekly]] = {}
    for time in LeaderTime.objects.filter(**house).order_by("weekday", "starts"):
        times.setdefault(time.member_id, []).append(Weekly(time.weekday, time.starts, time.ends))
    away: dict[int, list[tuple[date, date]]] = {}
    for days in LeaderAway.objects.filter(**house).order_by("first_on"):
        away.setdefault(days.member_id, []).append((days.first_on, days.last_on))
    holds: dict[int, int] = {}
    for member in Leading.objects.filter(**house, activity__in_use=True).values_list("member", flat=True):
        holds[member] = holds.get(member, 0) + 1
    return [
        (one, rows.get(one.member), times.get(one.member, []), away.get(one.member, []), holds.get(one.member, 0))
        for one in colleagues(viewer.organisation)
    ]


def _file(gathered: _Gathered) -> LeaderFile:
    colleague, row, times, away, holds = gathered
    return LeaderFile(
        colleague=colleague,
        languages=tuple(row.languages) if row else (),
        times=tuple(times),
        away=tuple(away),
        holds=holds,
        version=row.version if row else 1,
    )
