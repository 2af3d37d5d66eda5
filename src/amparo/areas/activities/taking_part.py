"""In what she has a place or took part to its end: derived from her places and their sessions, kept nowhere."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
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
from .rules.taking_part import TakingPart, answered_by, is_complete

#: A case and an activity.
Request = tuple[int, int]


def parts_of(organisation: int, cases: Collection[int]) -> dict[Request, list[TakingPart]]:
    """In what these women have a place or took part to its end, by the activity: one for each period. Two queries."""
    weeks: dict[tuple[int, int, int], list[_Stay]] = defaultdict(list)
    for case, activity, period, until, first_on, ends_on, last_at in _stays(organisation, cases):
        weeks[case, activity, period].append(_Stay(until, first_on, ends_on, last_at))
    paused, now = in_pause(organisation, cases), clock.now()
    found: dict[Request, list[TakingPart]] = defaultdict(list)
    for (case, activity, period), stays in weeks.items():
        part = _part(stays, now, in_pause=(case, activity, period) in paused)
        found[case, activity] += [part] if part else []
    return dict(found)


def answered(organisation: int, asked: Mapping[Request, date]) -> dict[Request, TakingPart]:
    """Which of these yeses, each with the day on which she said it, are answered, and by what."""
    parts = parts_of(organisation, {case for case, _ in asked})
    found = {one: answered_by(on, parts.get(one, ())) for one, on in asked.items()}
    return {one: part for one, part in found.items() if part}


def in_pause(organisation: int, cases: Collection[int]) -> set[tuple[int, int, int]]:
    """Cases, activities and periods in which a pause was agreed with her and nothing else since (R17).

    Nobody reminds her. In other weeks she has a place because she said yes to them: that pause is over.
    """
    rows = AskedAfter.objects.filter(organisation=organisation, case__in=cases).order_by("on", "pk")
    rows = rows.filter(Q(found=Found.COMES_AGAIN) | ~Q(agreed=[]))
    latest = {
        (case, activity, period): agreed
        for case, activity, period, agreed in rows.values_list("case", "group__activity", "group__period", "agreed")
    }
    return {one for one, agreed in latest.items() if Agreed.PAUSE in agreed}


@dataclass(frozen=True)
class _Stay:
    """A place of hers, with the first session in its days and the last of its group; None where there is none."""

    until: date | None
    first_on: date | None
    ends_on: date | None
    last_at: datetime | None


_StayRow = tuple[int, int, int, date | None, date | None, date | None, datetime | None]


def _stays(organisation: int, cases: Collection[int]) -> QuerySet[Place, _StayRow]:
    rows = Place.objects.filter(organisation=organisation, case__in=cases, group__period__state=PeriodState.PUBLISHED)
    day = TruncDate("group__sessions__starts_at", tzinfo=ZoneInfo(house_of(organisation).time_zone))
    held = ~Q(group__sessions__state=SessionState.CANCELLED)
    rows = rows.exclude(until__lt=F("since")).annotate(
        first_on=Min(day, filter=held & Q(GreaterThanOrEqual(day, F("since")))),
        ends_on=Max(day, filter=held),
        last_at=Max("group__sessions__starts_at", filter=held),
    )
    columns = ("case", "group__activity", "group__period", "until", "first_on", "ends_on", "last_at")
    return rows.order_by("pk").values_list(*columns)


def _part(stays: Iterable[_Stay], now: datetime, *, in_pause: bool) -> TakingPart | None:
    """Of all her places in some weeks: she may have been moved, or have left and come back."""
    first = min((one.first_on for one in stays if one.first_on), default=None)
    ends = [one.ends_on for one in stays if one.first_on and one.ends_on and _counts(one, now)]
    if first is None or not ends:
        return None
    is_over = all(one.last_at <= now for one in stays if one.last_at and one.ends_on == max(ends))
    return TakingPart(first, max(ends), is_over=is_over, in_pause=in_pause)


def _counts(stay: _Stay, now: datetime) -> bool:
    """Whether it is hers still, or was until the end."""
    is_over = stay.last_at is not None and stay.last_at <= now
    return stay.until is None or is_complete(until=stay.until, ends_on=stay.ends_on, is_over=is_over)
