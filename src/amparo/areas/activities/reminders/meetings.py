"""What she is to be told, what stands for and against telling her, and how and when: in few queries."""

import logging
from collections.abc import Collection, Container
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from amparo.areas.access.rules import WHOLE_FILE, Part
from amparo.areas.activities.models import Alarm
from amparo.areas.activities.rules.reminding import (
    About,
    Standing,
    Way,
    Why,
    as_soon_as,
    latest_for,
    way_to_remind,
    when_to_remind,
    when_to_tell,
    why_not,
)
from amparo.areas.activities.taking_part import InWeeks, in_pause
from amparo.areas.cases.models import Restriction
from amparo.areas.consent.contact import reminding_terms
from amparo.areas.consent.queries import ways_taken_back
from amparo.areas.consent.rules.contact import Channel
from amparo.areas.orgs.queries import house_of
from amparo.kernel.public_holidays import UnknownPlace, holidays_in
from amparo.node.channels import Channels, channels
from amparo.node.errors import NodeError

from .models import Reminder
from .times import Time, times_to_tell

log = logging.getLogger(__name__)

Key = tuple[str, int | None, int | None, int, datetime]


@dataclass(frozen=True)
class Coming:
    """A time of hers with us, in the time zone of the house, with what stands for and against telling her of it."""

    time: Time
    why_not: Why | None
    ways: tuple[Way, ...]
    off: Container[date] = ()  # the public holidays of the house

    @property
    def key(self) -> Key:
        """By what its reminder is found."""
        one = self.time
        return (one.about, one.session, one.appointment, one.case, one.starts_at)

    @property
    def latest(self) -> datetime:
        """Until when telling her helps."""
        return latest_for(self.time.starts_at) if self.time.about is About.TIME else self.time.starts_at


@dataclass(frozen=True)
class Proposal:
    """In which way and when she is told; `by_hand` where a colleague does."""

    way: Way
    at: datetime
    by_hand: bool


def key_of(row: Reminder) -> Key:
    """By what the time is found that a reminder is about."""
    return (row.about, row.session_id, row.appointment_id, row.case_id, row.starts_at)


def set_up() -> Channels:
    """The node's channels; none where their file is wrong, which is logged."""
    try:
        return channels()
    except NodeError:
        log.error("channels.toml cannot be used: nothing is sent until it is put right (amparo channels check)")
        return Channels()


def at_hand(found: Channels) -> frozenset[Channel]:
    """The ways by which she can be reminded as the node is set up."""
    there = {Channel.SMS: found.sms, Channel.EMAIL: found.email}
    return frozenset(channel for channel, one in there.items() if one is not None)


def way_for(coming: Coming | None, *, ways: frozenset[Channel]) -> Way | Why:
    """In which way she may be told of it as everything stands, or why not."""
    if coming is None:
        return Why.NOT_HELD
    if coming.why_not is not None:
        return coming.why_not
    return way_to_remind(coming.ways, at_hand=ways) or Why.NO_WAY


def proposal(coming: Coming | None, *, ways: frozenset[Channel], now: datetime) -> Proposal | Why:
    """How and when she is told of it, or why not."""
    way = way_for(coming, ways=ways)
    if coming is None or isinstance(way, Why):
        return way if isinstance(way, Why) else Why.NOT_HELD
    by_hand = way.channel not in ways
    starts_at = coming.time.starts_at
    if coming.time.about is About.CHANGED:
        at = as_soon_as(way, starts_at=starts_at, now=now)
    elif by_hand:
        at = when_to_tell(way, starts_at=starts_at, now=now, off=coming.off)
    else:
        at = when_to_remind(way, starts_at=starts_at, now=now)
    return Why.NO_HOUR if at is None else Proposal(way, at, by_hand)


def coming_up(organisation: int, *, now: datetime, cases: Collection[int] | None = None) -> dict[Key, Coming]:
    """What is to be told of the next days, in the whole house or in these cases."""
    house = house_of(organisation)
    off = days_off(house.country)
    rows = times_to_tell(house, now=now, cases=cases)
    held = _held(organisation, {row.case for row in rows})
    open_alarms = Alarm.objects.filter(session__in=[row.session for row in rows if row.session], ended_at=None)
    alarmed = set(open_alarms.values_list("session", flat=True))
    used = {
        row
        for row in rows
        if row.is_open and not held & {(row.case, WHOLE_FILE), (row.case, Part.CONTACT), (row.case, row.part)}
    }
    paused = in_pause(organisation, {(row.case, row.activity, row.period) for row in rows if row.session})
    ways = _ways(organisation, {row.person for row in used}, now.astimezone(ZoneInfo(house.time_zone)).date())
    found = [
        Coming(
            row,
            why_not(_standing(row, row in used, alarmed, paused)),
            ways.get(row.person, ()),
            off,
        )
        for row in rows
    ]
    return {one.key: one for one in found}


def _standing(row: Time, used: bool, alarmed: Container[int], paused: Container[InWeeks]) -> Standing:
    """That it does not take place is told however safe it would have been, and also in a pause."""
    if row.about is not About.TIME or row.session is None:
        return Standing(held=True, used=used)
    return Standing(True, used, row.session in alarmed, paused=(row.case, row.activity, row.period) in paused)


def days_off(country: str) -> Container[date]:
    """The public holidays of a whole country; none where nobody here knows them."""
    try:
        return holidays_in(country)
    except UnknownPlace:
        return ()


def _held(organisation: int, cases: set[int]) -> set[tuple[int, str]]:
    rows = Restriction.objects.filter(organisation=organisation, case__in=cases, lifted_on=None)
    return set(rows.values_list("case", "thing"))


def _ways(organisation: int, persons: set[UUID], today: date) -> dict[UUID, tuple[Way, ...]]:
    taken_back = ways_taken_back(organisation, persons, on=today)
    return {
        person: tuple(
            Way(
                agreed=one.agreed,
                agreement=one.number,
                wanted=one.reminders,
                has_address=one.has_address,
                checked=one.checked,
                taken_back=(person, one.channel) in taken_back,
            )
            for one in terms
        )
        for person, terms in reminding_terms(organisation, persons).items()
    }
