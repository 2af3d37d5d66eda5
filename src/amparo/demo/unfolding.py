"""From the lines of a story to single happenings in their order (pure)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from amparo.areas.consent.catalogue import current_consent_text

from .days import Calendar
from .reading import Beat, Story, bank, threads

MOVED_EARLIER = timedelta(days=12)
BETWEEN_STEPS = timedelta(days=14)
RENEWED_EARLIER = timedelta(days=9)
DAYS_OF_MONTH = 30
# Themes of the diary that tell something from its beginning; the others begin anywhere.
IN_ORDER = frozenset({"learning", "work", "law", "hearing", "listening", "home"})


@dataclass(frozen=True)
class Happening:
    """One thing that somebody does on a day."""

    day: date
    verb: str
    value: Any
    more: Mapping[str, Any] = field(default_factory=dict)


def happenings(story: Story, calendar: Calendar) -> list[Happening]:
    """Everything that happens in a story, in its order."""
    found: list[Happening] = []
    for beat in story.beats:
        if beat.verb == "thread":
            found += _thread(beat, calendar)
        elif beat.verb == "routine":
            found += _routine(beat, calendar)
        elif beat.verb == "consents":
            found += _consents(beat, story, calendar)
        else:
            found.append(Happening(calendar.day(beat.on), beat.verb, beat.value, beat.more))
    return sorted(found, key=lambda one: one.day)


def _thread(beat: Beat, calendar: Calendar) -> Iterator[Happening]:
    """A need, its goal, and steps that are added one after the other as they get done."""
    name, more = beat.value, beat.more
    start, every = calendar.day(beat.on), timedelta(days=more.get("every", 0))
    yield Happening(start, "need", name)
    yield Happening(start, "goal", name)
    written, day = threads()[name]["steps"], start
    for number in range(len(written)):
        if number < more["done"]:
            until = calendar.day((start + every * (number + 1) - calendar.opened).days)
            yield from _done_step(name, number, day, until)
            day = until
        elif "next" in more:
            due = calendar.day(more["next"]) + BETWEEN_STEPS * (number - more["done"])
            yield Happening(day, "step", (name, number), {"due": due})
    if more.get("met"):
        yield Happening(day, "met", name)


def _done_step(name: str, number: int, day: date, until: date) -> Iterator[Happening]:
    moves = number == 1 and until - day > 2 * MOVED_EARLIER
    yield Happening(day, "step", (name, number), {"due": until - MOVED_EARLIER if moves else until})
    if moves:
        yield Happening(until - MOVED_EARLIER, "move", (name, number), {"to": until})
    yield Happening(until, "done", (name, number))


def _routine(beat: Beat, calendar: Calendar) -> Iterator[Happening]:
    """Ordinary weeks: themes take turns; a note that was written once is not written again."""
    first, themes = int(beat.on), beat.more["themes"]
    for turn, offset in enumerate(range(first, beat.value, beat.more["every"])):
        used, theme = turn // len(themes), themes[turn % len(themes)]
        entries, skipped = bank("diary")[theme], 0 if theme in IN_ORDER else first
        entry = entries[(skipped + used) % len(entries)]
        yield Happening(calendar.day(offset + turn % 4), "diary", entry, {"note": used < len(entries)})


def _consents(beat: Beat, story: Story, calendar: Calendar) -> Iterator[Happening]:
    """What she agrees to on one day, and again before each runs out, while she is accompanied."""
    first = calendar.day(beat.on)
    last = _until(beat, story, calendar)
    for name in beat.value:
        holds = timedelta(days=current_consent_text(name.partition(":")[0]).months * DAYS_OF_MONTH) - RENEWED_EARLIER
        day = first
        while day < last:
            until = calendar.day(beat.more["until"]) if "until" in beat.more and name == beat.value[0] else None
            yield Happening(day, "consent", name, {"answer": "given", "until": until})
            day = last if until else calendar.day((day + holds - calendar.opened).days)


def _until(beat: Beat, story: Story, calendar: Calendar) -> date:
    """She is asked again until the case ends or a later line asks for the same."""
    later = [one for one in story.beats if one.verb in ("close", "consents") and one is not beat]
    days = [calendar.day(one.on) for one in later]
    return min((day for day in days if day > calendar.day(beat.on)), default=calendar.today)
