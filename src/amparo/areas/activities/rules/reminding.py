"""When and how she is reminded of a time with us: only as she agreed, in words that give nothing away (R7; pure)."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

import phonenumbers

from amparo.areas.consent.rules.contact import Agreed, Channel, Checked, may_contact
from amparo.kernel.language import Texts

#: Those by which the worker sends by itself where the node can, to an address that she gave for it; the first is tried
#: first. An app of social media is none of them: it shows who knows whom (C&H-L 5.1.1, lines 541-542).
_BY_ITSELF = (Channel.SMS, Channel.EMAIL)
SENT_BY_ITSELF = frozenset(_BY_ITSELF)
#: Those by which a colleague tells her, from a list, where nothing is sent by itself.
BY_HAND = (Channel.CALL, Channel.THROUGH_SOMEONE, *_BY_ITSELF)
#: Ways about which she is asked whether she would like to be reminded.
REMINDING = frozenset(BY_HAND)

EVENING_FROM, EVENING_UNTIL = time(18), time(20)
# Where she gave no hours, nothing is sent at night (field practice).
_DAY_FROM, _DAY_UNTIL = time(8), time(21)
# Later than this before it starts, a message helps nobody.
LEAD = timedelta(hours=1)
# How many days before at most, where the evening before does not fit.
_DAYS_BEFORE = 3
_STEP = timedelta(minutes=15)
_SATURDAY = 5
# How long a colleague waits before she is called again.
_TELL_AGAIN = timedelta(hours=1)
# Her hours must not end sooner than this after the moment that is chosen: the worker looks once a minute.
_ROOM = timedelta(minutes=10)
# How long is waited before the next try, try by try; after the last one a person calls her.
BACKOFF = (timedelta(minutes=5), timedelta(minutes=20), timedelta(hours=1))


class Told(StrEnum):
    """What became of telling her by hand, as a colleague ticks it off."""

    REACHED = "reached"  # she knows
    AGAIN = "again"  # nobody answered, or somebody else: later today
    NOT_NOW = "not_now"  # it was not the moment: another day
    NOT_REACHED = "no_answer"  # tried for the last time


class Sending(StrEnum):
    """Where a reminder stands."""

    PLANNED = "planned"
    SENDING = "sending"  # handed over to a channel at this moment
    SENT = "sent"
    FAILED = "failed"  # not sent, and not tried again
    UNKNOWN = "unknown"  # stopped while it was handed over: perhaps sent, so it is not sent again
    WITHDRAWN = "withdrawn"


#: She was told, or may have been.
GONE_OUT = (Sending.SENT, Sending.SENDING, Sending.UNKNOWN)


class About(StrEnum):
    """What she is told."""

    TIME = "time"  # when we meet
    CHANGED = "changed"  # that the time she was told does not stand any more


class Why(StrEnum):
    """Why she is not reminded, or not in this way."""

    NO_WAY = "no_way"  # she agreed to no reminder in any way that is at hand
    NOT_HELD = "not_held"  # cancelled, moved, or her place ended
    NOT_USED = "not_used"  # closed, erased, or held at her wish
    PAUSED = "paused"  # a pause was agreed with her in this activity
    ALARM = "alarm"  # the session may not be safe for her: a person looks first
    NO_HOUR = "no_hour"  # no hour that she agreed to is left
    STOPPED = "stopped"  # by a colleague
    REFUSED = "refused"  # the channel does not take it
    TRIED = "tried"  # tried as often as makes sense
    NOT_REACHED = "no_answer"  # a colleague tried
    AGAIN = "again"  # she was told that it does not take place; now it does


@dataclass(frozen=True)
class Way:
    """One way that she agreed to, as far as reminding is concerned. `agreement` is the number of what she agreed to."""

    agreed: Agreed
    agreement: int
    wanted: bool  # she would like to be reminded in this way
    has_address: bool
    checked: Checked = Checked.UNKNOWN
    taken_back: bool = False  # her consent to this way was asked for in writing, and does not stand any more

    @property
    def channel(self) -> Channel:
        """The way itself."""
        return self.agreed.channel


@dataclass(frozen=True)
class Standing:
    """What else has to be so for her to be reminded."""

    held: bool  # it takes place, at the time for which this is asked, and she has a place
    used: bool  # her case is open, not erased, and nothing of this is held at her wish
    alarmed: bool = False
    paused: bool = False


def why_not(standing: Standing) -> Why | None:
    """What forbids to remind her, whatever she agreed to; None where nothing does."""
    if not standing.used:
        return Why.NOT_USED
    if not standing.held:
        return Why.NOT_HELD
    if standing.paused:
        return Why.PAUSED
    return Why.ALARM if standing.alarmed else None


def way_to_remind(ways: Iterable[Way], *, at_hand: frozenset[Channel]) -> Way | None:
    """The first way by which she may be reminded: by itself where the node can (`at_hand`), else by hand.

    Nothing is written where somebody else reads along (C&H-L 5.1.1, lines 528-532).
    """
    by_channel = {one.channel: one for one in ways if one.channel in REMINDING and _fits(one)}
    order = (*(one for one in _BY_ITSELF if one in at_hand), *BY_HAND)
    return next((by_channel[one] for one in order if one in by_channel), None)


def _fits(way: Way) -> bool:
    if not (way.agreed.allowed and way.wanted) or way.taken_back:
        return False
    return way.channel not in SENT_BY_ITSELF or (way.has_address and way.checked is not Checked.YES)


def may_remind(way: Way, *, at: datetime) -> bool:
    """Whether she may be reminded at this moment, given in the time zone she lives in."""
    if not may_contact([way.agreed], way.channel, at=at):
        return False
    gave_hours = way.agreed.from_time is not None or way.agreed.until_time is not None
    return gave_hours or _DAY_FROM <= at.time() <= _DAY_UNTIL


def latest_for(starts_at: datetime) -> datetime:
    """Until when telling her of a time helps. In UTC, where an hour is an hour in every night."""
    return starts_at.astimezone(UTC) - LEAD


def when_to_remind(way: Way, *, starts_at: datetime, now: datetime) -> datetime | None:
    """The moment to remind her: the evening before, else the last agreed time before it, else what is left.

    `starts_at` carries the time zone she lives in. None where no time is left that she agreed to.
    """
    zone = starts_at.tzinfo
    day_before = starts_at.date() - timedelta(days=1)
    evening = datetime.combine(day_before, EVENING_FROM, zone), datetime.combine(day_before, EVENING_UNTIL, zone)
    earliest = max(now, starts_at - timedelta(days=_DAYS_BEFORE))
    moments = [
        at
        for at in _steps(earliest, latest_for(starts_at))
        if all(may_remind(way, at=one.astimezone(zone)) for one in (at, at + _ROOM))
    ]
    inside = [at for at in moments if evening[0] <= at <= evening[1]]
    before = [at for at in moments if at < evening[0]]
    later = [at for at in moments if at > evening[1]]
    return inside[0] if inside else before[-1] if before else later[0] if later else None


def as_soon_as(way: Way, *, starts_at: datetime, now: datetime) -> datetime | None:
    """The first moment that she agreed to, before the time comes; None where none is left.

    For what cannot wait: the time she was told does not stand any more.
    """
    zone = starts_at.tzinfo
    fits = (at for at in _steps(now, starts_at, exact=True) if may_remind(way, at=at.astimezone(zone)))
    return next(fits, None)


def when_to_tell(way: Way, *, starts_at: datetime, now: datetime, off: Container[date] = ()) -> datetime | None:
    """From when on a colleague tells her by hand: the first agreed moment of the day before, of a working day if one
    of the three before it will do, else what is left of the day itself. None where nothing is. `off` are the public
    holidays of the place.
    """
    zone = starts_at.tzinfo
    first_day = datetime.combine(starts_at.date() - timedelta(days=_DAYS_BEFORE), time.min, zone)
    first_of: dict[date, datetime] = {}
    for at in _steps(max(now, first_day), latest_for(starts_at)):
        if may_remind(way, at=at.astimezone(zone)):
            first_of.setdefault(at.astimezone(zone).date(), at)
    before = [day for day in first_of if day < starts_at.date()]
    working = [day for day in before if _is_worked(day, off)]
    chosen = (working or before or list(first_of))[-1:]
    return first_of[chosen[0]] if chosen else None


def tell_again_at(
    way: Way, *, not_today: bool, starts_at: datetime, now: datetime, off: Container[date] = ()
) -> datetime | None:
    """When a colleague tries once more: an hour later, or on another day, a working day before it where one
    will do; None where no agreed moment is left. `off` are the public holidays of the place.
    """
    zone = starts_at.tzinfo
    here = now.astimezone(zone)
    tomorrow = datetime.combine(here.date() + timedelta(days=1), time.min, zone)
    first = tomorrow if not_today else now + _TELL_AGAIN
    fits = [at for at in _steps(first, latest_for(starts_at)) if may_remind(way, at=at.astimezone(zone))]
    days = {at: at.astimezone(zone).date() for at in fits} if not_today else {}
    before = (at for at, day in days.items() if day < starts_at.date() and _is_worked(day, off))
    return next(before, next(iter(fits), None))


def _is_worked(day: date, off: Container[date]) -> bool:
    return day.weekday() < _SATURDAY and day not in off


def try_again_at(way: Way, *, attempts: int, starts_at: datetime, now: datetime) -> datetime | None:
    """When to try once more after so many tries; None where that makes no sense any more."""
    if attempts > len(BACKOFF):
        return None
    zone = starts_at.tzinfo
    left = _steps(now + BACKOFF[attempts - 1], latest_for(starts_at), exact=True)
    return next((at for at in left if may_remind(way, at=at.astimezone(zone))), None)


def _steps(first: datetime, last: datetime, *, exact: bool = False) -> Iterable[datetime]:
    """Every quarter of an hour from the first on. In UTC, where no hour comes twice or not at all."""
    at = first.astimezone(UTC)
    if not exact:
        at = datetime.fromtimestamp(-(-at.timestamp() // _STEP.total_seconds()) * _STEP.total_seconds(), UTC)
    while at <= last:
        yield at
        at += _STEP


@dataclass(frozen=True)
class Wording:
    """What a message can say. `{time}`, `{day}` and `{name}` stand for what is put in."""

    # By 'today', 'tomorrow', 'on_day', each also with '_no_time'; after 'not_', that it does not take place then.
    sentences: Mapping[str, Texts]
    days: tuple[Texts, ...]  # the names of the days of the week, Monday first
    subject: Texts

    @property
    def languages(self) -> frozenset[str]:
        """Those in which all of it is there."""
        texts = (*self.sentences.values(), *self.days, self.subject)
        return frozenset(set(texts[0]).intersection(*texts))


@dataclass(frozen=True)
class Moment:
    """A day, and a time of it where one is known."""

    day: date
    at: time | None


def message(
    wording: Wording,
    language: str,
    *,
    when: Moment | None,
    sent_on: date | None,
    name: str = "",
    off: Moment | None = None,
) -> tuple[str, str]:
    """Subject and text: when, and the name she knows us by. No place, no house, nothing of what it is (R7, R13).

    `off` is a time that does not stand any more, `when` the one that does, where there is one. Without `sent_on`, days
    are named: it may be said today or later.
    """
    told = [
        _sentence(wording, language, moment, sent_on, prefix)
        for prefix, moment in (("not_", off), ("", when))
        if moment is not None
    ]
    return wording.subject[language], " ".join([*told, name]).strip()


def _sentence(wording: Wording, language: str, moment: Moment, sent_on: date | None, prefix: str) -> str:
    key = {0: "today", 1: "tomorrow"}.get((moment.day - sent_on).days, "on_day") if sent_on else "on_day"
    sentence = wording.sentences[f"{prefix}{key}" if moment.at else f"{prefix}{key}_no_time"][language]
    day = wording.days[moment.day.weekday()][language]
    return sentence.format(time=f"{moment.at:%H:%M}" if moment.at else "", day=day)


def is_told_too(new: datetime | None, *, sent_on: date) -> bool:
    """Whether the time that stands instead is told in the same message: where the name of its day says which it is."""
    return new is not None and timedelta(0) <= new.date() - sent_on < timedelta(days=7)


def language_for(wording: Wording, hers: Iterable[str], *, house: str) -> str:
    """The first of her languages in which there are words, else the house's, else English."""
    wanted = [*hers, house, "en"]
    return next(one for one in (each.split("-")[0] for each in wanted) if one in wording.languages)


def dialled(typed: str) -> str:
    """A telephone number as it is dialled from anywhere (E.164); empty where it is none, or lacks its country."""
    try:
        number = phonenumbers.parse(typed, None)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
