"""What changed in what she can have: kept in the action that changed it, listed to her team until somebody looked."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from amparo.areas.access.rules import Part, Viewer, may_do, sees_all_cases
from amparo.areas.access.tasks import Task
from amparo.areas.cases.acting import acting
from amparo.areas.cases.dues import set_due, settle_due
from amparo.areas.cases.files import CaseFile, files, visible_cases
from amparo.areas.cases.rules import DueKind
from amparo.kernel import clock
from amparo.kernel.decision import require

from . import statuses
from .catalogue import NoRules
from .house_rules import mark_of, rules_in_force
from .models import CountryOfCase, StatusChange
from .rules.changes import Because, Change, in_sum

LATEST = 60
PAGE = 25


@dataclass(frozen=True)
class ChangeLine:
    """What changed for one permit or service of a country, in sum, and when it changed last."""

    country: str
    item: str
    before: str
    after: str
    because: Because
    fact: str
    on: date


@dataclass(frozen=True)
class LookedAt:
    """A change that somebody of her team has looked at."""

    line: ChangeLine
    name: str
    at: datetime


@dataclass(frozen=True)
class ChangedCase:
    """A woman for whom something changed that nobody of her team has looked at yet."""

    case: CaseFile
    lines: tuple[ChangeLine, ...]


def keep_up(case: CaseFile, *, by: Viewer, country: str) -> None:
    """Before a fact changes: see that its country is looked at, and judge by today's rules what was judged by others.

    Called inside an action.
    """
    today = clock.today(by.time_zone)
    _see_that_it_is_looked_at(case, country, today)
    rows = [row for row in _locked(case) if row.rules and row.rules != _mark(row, today)]
    if rows and statuses.judge_again(rows, on=today, because=Because.RULES):
        set_due(case, DueKind.ENTITLED, on=today, why=f"entitled_{Because.RULES}")


def judge_after(case: CaseFile, *, by: Viewer, told: Collection[str] = ()) -> None:
    """Judge again after these facts changed, or another country is looked at. Called inside an action."""
    today = clock.today(by.time_zone)
    if statuses.judge_again(_locked(case), on=today, because=Because.FACT, told=told):
        set_due(case, DueKind.ENTITLED, on=today, why=f"entitled_{Because.FACT}")


def look_at_changes(case: CaseFile, *, by: Viewer) -> None:
    """Somebody of her team looked at what changed. Done twice, the first one stays."""
    with acting(case, by=by, part=Part.LEGAL, verb="changes looked at") as act:
        rows = StatusChange.objects.filter(case=case.id, looked_at=None)
        act.quiet = not rows.update(looked_by=by.member, looked_at=clock.now())
        settle_due(case, DueKind.ENTITLED)


def open_changes(viewer: Viewer, case: CaseFile) -> list[ChangeLine]:
    """What changed since somebody of her team looked, in sum; by country."""
    return _in_sum(_rows(viewer, case).filter(looked_at=None).order_by("country", "pk"))


def earlier_changes(viewer: Viewer, case: CaseFile) -> list[LookedAt]:
    """What changed before and was looked at, latest first, at most 60."""
    rows = _rows(viewer, case).exclude(looked_at=None).select_related("looked_by").order_by("-pk")[:LATEST]
    return [LookedAt(_line(row), row.looked_by.name, row.looked_at) for row in rows if row.looked_by and row.looked_at]


def changed_cases(viewer: Viewer, *, mine: bool, page: int = 1) -> tuple[list[ChangedCase], bool]:
    """The women for whom something changed that nobody looked at, latest first, 25 a page; and whether more follow.

    `mine`: of the viewer's teams only. Raises Refused for roles that have no part in legal matters.
    """
    require(may_do(viewer, Task.FOLLOW_CHANGES))
    waiting = StatusChange.objects.filter(case=OuterRef("pk"), looked_at=None)
    last = Subquery(waiting.order_by("-noted_at").values("noted_at")[:1])
    found = visible_cases(viewer).filter(Exists(waiting)).annotate(last=last).order_by("-last", "-pk")
    narrowed: dict[str, object] = {"in_team": True} if mine or not sees_all_cases(viewer) else {}
    start = (max(page, 1) - 1) * PAGE
    rows = files(found.filter(**narrowed)[start : start + PAGE + 1], viewer)
    shown = [one for one in rows[:PAGE] if one.readable(viewer, Part.LEGAL)]
    changed: dict[int, list[StatusChange]] = {one.id: [] for one in shown}
    for row in StatusChange.objects.filter(case__in=changed, looked_at=None).order_by("country", "pk"):
        changed[row.case_id].append(row)
    return [ChangedCase(one, tuple(_in_sum(changed[one.id]))) for one in shown], len(rows) > PAGE


def _locked(case: CaseFile) -> list[CountryOfCase]:
    rows = CountryOfCase.objects.select_for_update(no_key=True).filter(case=case.id, until=None)
    return list(rows.order_by("pk"))


def _see_that_it_is_looked_at(case: CaseFile, country: str, today: date) -> None:
    """Facts are told for a country: where none is looked at yet, she is there."""
    open_ones = CountryOfCase.objects.filter(case=case.id, until=None)
    defaults = {"organisation_id": case.organisation, "since": today, "is_here": not open_ones.exists()}
    open_ones.get_or_create(case_id=case.id, country=country, until=None, defaults=defaults)


def _mark(row: CountryOfCase, on: date) -> str:
    try:
        return mark_of(rules_in_force(row.organisation_id, row.country, on))
    except NoRules:
        return row.rules


def _rows(viewer: Viewer, case: CaseFile) -> QuerySet[StatusChange]:
    require(case.readable(viewer, Part.LEGAL))
    return StatusChange.objects.filter(case=case.id, organisation=viewer.organisation)


def _in_sum(rows: Iterable[StatusChange]) -> list[ChangeLine]:
    """Of rows by country, earliest first: one line for each item that is otherwise than it was."""
    found: list[ChangeLine] = []
    for _, several in groupby(rows, key=lambda row: row.country):
        mine = list(several)
        last = {row.item: row for row in mine}
        sums = in_sum(Change(row.item, row.before, row.after) for row in mine)
        found += [_line(last[one.item], before=one.before) for one in sums]
    return found


def _line(row: StatusChange, *, before: str | None = None) -> ChangeLine:
    was = row.before if before is None else before
    return ChangeLine(row.country, row.item, was, row.after, Because(row.because), row.fact, row.on)
