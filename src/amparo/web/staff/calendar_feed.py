"""Days as a calendar reads them (RFC 5545), and nothing else: who finds it learns that something is due."""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from icalendar import Alarm, Calendar, Event

from amparo.areas.cases.rules import THRESHOLDS

_NOBODY = "-//Notes//Notes//EN"
_MORNING = timedelta(hours=9)


def feed(days: Iterable[tuple[int, date]], *, word: str, mark: bytes, now: datetime) -> bytes:
    """A calendar with an entry for each (number, day): all of them called by the word, with an alarm at each warning.

    Entries are named by a hash of their number under the mark of the address: the same at every fetch, and nothing
    that stands anywhere else.
    """
    calendar = Calendar()
    calendar.add("prodid", _NOBODY)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", word)
    for number, day in days:
        calendar.add_component(_entry(number, day, word=word, mark=mark, now=now))
    return bytes(calendar.to_ical())


def _entry(number: int, day: date, *, word: str, mark: bytes, now: datetime) -> Event:
    entry = Event()
    entry.add("uid", hashlib.blake2b(number.to_bytes(8), key=mark, digest_size=16).hexdigest())
    entry.add("dtstamp", now)
    entry.add("dtstart", day)
    entry.add("dtend", day + timedelta(1))
    entry.add("summary", word)
    entry.add("class", "PRIVATE")
    entry.add("transp", "TRANSPARENT")
    for ahead in THRESHOLDS:
        entry.add_component(_alarm(timedelta(-ahead) + _MORNING, word))
    return entry


def _alarm(before: timedelta, word: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", word)
    alarm.add("trigger", before)
    return alarm
