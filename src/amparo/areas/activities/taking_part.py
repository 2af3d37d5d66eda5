"""In what she has a place or took part to its end: derived from her places and their sessions, kept nowhere."""

from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import F, Max, Min, Q, QuerySet
from django.db.models.functions import TruncDate
from django.db.models.lookups import GreaterThanOrEqual

from amparo.areas.orgs.queries import house_of
from amparo.kernel import clock

from .held.models import AskedAfter
from .models import Interest, Place
from .rules.states import Answer, Found, PeriodState, SessionState
from .rules.taking_part import (
    By,
    Stop,
    TakingPart,
    Weeks,
    Word,
    answered_by,
    as_they_stand,
    is_complete,
    is_pause,
    stop_of,
    to_tell,
)

#: A case and an activity.
Request = tuple[int, int]
#: The same in some weeks: a case, an activity and a period.
InWeeks = tuple[int, int, int]


@dataclass(frozen=True)
class Taken:
    """What became of one activity: her places in it, one for each period, and what was agreed with her, in order."""

    parts: list[TakingPart] = field(default_factory=list)
    said: list[Word] = field(default_factory=list)

    def since(self, asked_on: date, *, goes_on: bool) -> tuple[list[TakingPart], Stop | None]:
        """Her places as they stand after a yes of that day, with the pause or the end that stands."""
        stop = stop_of(asked_on, self.said, goes_on=goes_on)
        return (as_they_stand(self.parts, stop) if goes_on else self.parts), stop


def taken_of(organisation: int, cases: Collection[int]) -> dict[Request, Taken]:
    """In what these women have a place or took part to its end, and what was agreed with them. Two queries."""
    places: dict[InWeeks, list[_Stay]] = defaultdict(list)
    weeks: dict[int, Weeks] = {}
    for case, activity, period, begins, ends, until, first_on, ends_on, last_at in _stays(organisation, cases):
        places[case, activity, period].append(_Stay(until, first_on, ends_on, last_at))
        weeks[period] = begins, ends
    found: dict[Request, Taken] = defaultdict(Taken)
    for one, said in _asked_after(organisation, cases).items():
        found[one].said.extend(said)
    now = clock.now()
    for (case, activity, period), stays in places.items():
        said = [one for one in found[case, activity].said if one.period == period]
        part = _part(stays, weeks[period], now, said)
        found[case, activity].parts.extend([part] if part else [])
    return dict(found)


def parts_of(organisation: int, cases: Collection[int]) -> dict[Request, list[TakingPart]]:
    """In what these women have a place or took part to its end, by the activity: one for each period. Two queries."""
    return {one: taken.parts for one, taken in taken_of(organisation, cases).items()}


def answered(
    organisation: int, asked: Mapping[Request, date], *, going_on: Container[int], planned: Weeks | None = None
) -> dict[Request, By]:
    """Which of these yeses, each with the day on which she said it, are answered, and by what.

    `going_on`: the activities that go on until she says otherwise; `planned`: the weeks for which that is asked.
    """
    taken = taken_of(organisation, {case for case, _ in asked})
    found: dict[Request, By] = {}
    for one, on in asked.items():
        goes_on = one[1] in going_on
        parts, stop = taken.get(one, Taken()).since(on, goes_on=goes_on)
        by = to_tell(answered_by(on, parts, goes_on=goes_on, planned=planned), stop)
        found |= {one: by} if by else {}
    return found


def in_pause(organisation: int, places: Collection[InWeeks]) -> set[InWeeks]:
    """In which of these places a pause was agreed with her and nothing else since: nobody reminds her (R17).

    In what ends, it is one in its weeks: in others she has a place because she said yes to them. In what goes on it
    carries over, until she says yes again. Two queries.
    """
    cases = {case for case, _, _ in places}
    said, going_on = _asked_after(organisation, cases), _asked_of_going_on(organisation, cases)
    return {one for one in places if _waits(one[2], said.get(one[:2], []), going_on.get(one[:2]))}


def _waits(period: int, said: Iterable[Word], asked_on: date | None) -> bool:
    """`asked_on`: when she was asked about what goes on; None of what ends."""
    if asked_on is None:
        return _is_paused(one for one in said if one.period == period)
    stop = stop_of(asked_on, said, goes_on=True)
    return stop is not None and stop.is_pause


def _asked_of_going_on(organisation: int, cases: Collection[int]) -> dict[Request, date]:
    """When she said yes to what goes on; where she says otherwise now, no yes ended a pause."""
    rows = Interest.objects.filter(organisation=organisation, case__in=cases, activity__goes_on=True)
    columns = ("case", "activity", "answer", "asked_on")
    return {
        (case, activity): on if answer == Answer.YES else date.min
        for case, activity, answer, on in rows.values_list(*columns)
    }


def _asked_after(organisation: int, cases: Collection[int]) -> dict[Request, list[Word]]:
    """Each time that something was agreed with her, or that she comes again, in order."""
    rows = AskedAfter.objects.filter(organisation=organisation, case__in=cases).order_by("on", "pk")
    rows = rows.filter(Q(found=Found.COMES_AGAIN) | ~Q(agreed=[]))
    found: dict[Request, list[Word]] = defaultdict(list)
    columns = ("case", "group__activity", "group__period", "on", "noted_at", "agreed", "found")
    for case, activity, period, on, noted_at, agreed, what in rows.values_list(*columns):
        word = Word(period, on, noted_at, agreed, comes_again=what == Found.COMES_AGAIN)
        found[case, activity].append(word)
    return found


def _is_paused(said: Iterable[Word]) -> bool:
    words = list(said)
    return bool(words) and is_pause(words[-1])


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


def _part(stays: Iterable[_Stay], weeks: Weeks, now: datetime, said: Iterable[Word]) -> TakingPart | None:
    """Of all her places in some weeks: she may have been moved, or have left and come back.

    What was agreed with her once it was over is about what comes after.
    """
    first = min((one.first_on for one in stays if one.first_on), default=None)
    ends = [one.ends_on for one in stays if one.first_on and one.ends_on and _counts(one, now)]
    if first is None or not ends:
        return None
    last_at = max(one.last_at for one in stays if one.last_at and one.ends_on == max(ends))
    before = [one for one in said if one.noted_at <= last_at]
    return TakingPart(first, max(ends), is_over=last_at <= now, weeks=weeks, in_pause=_is_paused(before))


def _counts(stay: _Stay, now: datetime) -> bool:
    """Whether it is hers still, or was until the end."""
    is_over = stay.last_at is not None and stay.last_at <= now
    return stay.until is None or is_complete(until=stay.until, ends_on=stay.ends_on, is_over=is_over)
