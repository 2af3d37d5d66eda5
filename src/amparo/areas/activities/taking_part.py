"""In what she has a place or took part to its end: derived from her places and their sessions, kept nowhere."""

from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import F, Max, Min, Q, QuerySet
from django.db.models.functions import TruncDate
from django.db.models.lookups import GreaterThanOrEqual

from amparo.areas.orgs.queries import house_of
from amparo.kernel import clock

from .held.models import AskedAfter
from .models import Place
from .rules.states import Agreed, Found, PeriodState, SessionState
from .rules.taking_part import TakingPart, Weeks, answered_by, is_complete

#: A case and an activity.
Request = tuple[int, int]
_Said = tuple[datetime, list[str]]  # when, and what was agreed with her


def parts_of(organisation: int, cases: Collection[int]) -> dict[Request, list[TakingPart]]:
    """In what these women have a place or took part to its end, by the activity: one for each period. Two queries."""
    places: dict[tuple[int, int, int], list[_Stay]] = defaultdict(list)
    weeks: dict[int, Weeks] = {}
    for case, activity, period, begins, ends, until, first_on, ends_on, last_at in _stays(organisation, cases):
        places[case, activity, period].append(_Stay(until, first_on, ends_on, last_at))
        weeks[period] = begins, ends
    asked, now = _asked_after(organisation, cases), clock.now()
    found: dict[Request, list[TakingPart]] = defaultdict(list)
    for (case, activity, period), stays in places.items():
        part = _part(stays, weeks[period], now, asked[case, activity, period])
        found[case, activity] += [part] if part else []
    return dict(found)


def answered(
    organisation: int, asked: Mapping[Request, date], *, going_on: Container[int], planned: Weeks | None = None
) -> dict[Request, TakingPart]:
    """Which of these yeses, each with the day on which she said it, are answered, and by what.

    `going_on`: the activities that go on until she says otherwise; `planned`: the weeks for which that is asked.
    """
    parts = parts_of(organisation, {case for case, _ in asked})
    found = {
        one: answered_by(on, parts.get(one, ()), goes_on=one[1] in going_on, planned=planned)
        for one, on in asked.items()
    }
    return {one: part for one, part in found.items() if part}


def in_pause(organisation: int, cases: Collection[int]) -> set[tuple[int, int, int]]:
    """Cases, activities and periods in which a pause was agreed with her and nothing else since (R17).

    Nobody reminds her. In other weeks she has a place because she said yes to them: that pause is over.
    """
    return {one for one, said in _asked_after(organisation, cases).items() if _is_paused(said)}


def _asked_after(organisation: int, cases: Collection[int]) -> dict[tuple[int, int, int], list[_Said]]:
    """Each time that something was agreed with her, or that she comes again, in order; by case, activity, period."""
    rows = AskedAfter.objects.filter(organisation=organisation, case__in=cases).order_by("on", "pk")
    rows = rows.filter(Q(found=Found.COMES_AGAIN) | ~Q(agreed=[]))
    found: dict[tuple[int, int, int], list[_Said]] = defaultdict(list)
    columns = ("case", "group__activity", "group__period", "noted_at", "agreed")
    for case, activity, period, noted_at, agreed in rows.values_list(*columns):
        found[case, activity, period].append((noted_at, agreed))
    return found


def _is_paused(said: Sequence[_Said]) -> bool:
    return bool(said) and Agreed.PAUSE in said[-1][1]


@dataclass(frozen=True)
class _Stay:
    """A place of hers, with the first session in its days and the last of its group; None where there is none."""

    until: date | None
    first_on: date | None
    ends_on: date | None
    last_at: datetime | None


_StayRow = tuple[int, int, int, date, date, date | None, date | None, date | None, datetime | None]


def _stays(organisation: int, cases: Collection[int]) -> QuerySet[Place, _StayRow]:
    rows = Place.objects.filter(organisation=organisation, case__in=cases, group__period__state=PeriodState.PUBLISHED)
    day = TruncDate("group__sessions__starts_at", tzinfo=ZoneInfo(house_of(organisation).time_zone))
    held = ~Q(group__sessions__state=SessionState.CANCELLED)
    rows = rows.exclude(until__lt=F("since")).annotate(
        first_on=Min(day, filter=held & Q(GreaterThanOrEqual(day, F("since")))),
        ends_on=Max(day, filter=held),
        last_at=Max("group__sessions__starts_at", filter=held),
    )
    weeks = ("group__period", "group__period__first_on", "group__period__last_on")
    columns = ("case", "group__activity", *weeks, "until", "first_on", "ends_on", "last_at")
    return rows.order_by("pk").values_list(*columns)


def _part(stays: Iterable[_Stay], weeks: Weeks, now: datetime, said: Iterable[_Said]) -> TakingPart | None:
    """Of all her places in some weeks: she may have been moved, or have left and come back.

    What was agreed with her once it was over is about what comes after.
    """
    first = min((one.first_on for one in stays if one.first_on), default=None)
    ends = [one.ends_on for one in stays if one.first_on and one.ends_on and _counts(one, now)]
    if first is None or not ends:
        return None
    last_at = max(one.last_at for one in stays if one.last_at and one.ends_on == max(ends))
    before = [one for one in said if one[0] <= last_at]
    return TakingPart(first, max(ends), is_over=last_at <= now, weeks=weeks, in_pause=_is_paused(before))


def _counts(stay: _Stay, now: datetime) -> bool:
    """Whether it is hers still, or was until the end."""
    is_over = stay.last_at is not None and stay.last_at <= now
    return stay.until is None or is_complete(until=stay.until, ends_on=stay.ends_on, is_over=is_over)
