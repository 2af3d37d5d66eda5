"""Which yes of hers was answered: she has a place for it, or took part to its end (pure).

Whether she came is asked nowhere (R11, R17): who left before the end, or whose place only waited, is planned again.
What goes on until she says otherwise is not used up by weeks: it is planned again for those that do not overlap.
What she chose holds until she is asked again: an end of her place, and a pause in what goes on.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from .states import Agreed

#: The first day and the last of some weeks.
Weeks = tuple[date, date]


@dataclass(frozen=True)
class TakingPart:
    """Her place in an activity in some published weeks, from her first session to the last of the group.

    `weeks`: those that were planned. `in_pause`: a pause was agreed with her in them, and nothing else since.
    """

    first_on: date
    until: date
    is_over: bool
    weeks: Weeks
    in_pause: bool = False

    @property
    def is_completed(self) -> bool:
        """Whether its end lies behind her, and it did not pass while her place only waited."""
        return self.is_over and not self.in_pause

    def has_begun(self, today: date) -> bool:
        """Whether she is in the midst of it on that day."""
        return not self.is_over and self.first_on <= today

    def answers(self, asked_on: date) -> bool:
        """Whether a yes of that day is answered by it. A yes from its first day on is one to what comes after."""
        return asked_on < self.first_on and (self.is_completed or not self.is_over)

    def answers_going_on(self, asked_on: date, planned: Weeks | None) -> bool:
        """The same of what goes on until she says otherwise, in `planned` weeks; None: as things stand.

        A place that she has is hers whenever she was asked: nobody plans her twice in weeks that overlap.
        """
        if planned is None:
            return not self.is_over
        return self.overlaps(planned) and (not self.is_over or self.answers(asked_on))

    def overlaps(self, planned: Weeks) -> bool:
        """Whether some day lies in both weeks."""
        return self.weeks[0] <= planned[1] and planned[0] <= self.weeks[1]


@dataclass(frozen=True)
class Word:
    """What was agreed with her in some weeks of an activity, or that she comes again: on which day, noted when."""

    period: int
    on: date
    noted_at: datetime
    agreed: Collection[str]
    comes_again: bool = False

    @property
    def goes_elsewhere(self) -> bool:
        """Whether she would have it otherwise, so that she waits to be planned."""
        return not _ELSEWHERE.isdisjoint(self.agreed)


_ELSEWHERE = frozenset({Agreed.OTHER_TIME, Agreed.OTHER_GROUP, Agreed.ALONE})


@dataclass(frozen=True)
class Stop:
    """A pause in what goes on, or else an end that she chose: nobody plans her until she is asked again (R17)."""

    on: date
    is_pause: bool


#: By what a yes is answered.
By = TakingPart | Stop


def stop_of(asked_on: date, said: Iterable[Word], *, goes_on: bool) -> Stop | None:
    """The pause or the end of her place that stands after her yes of that day; None where none does.

    `said`: all of one activity, in order. In what ends, a pause is one in its weeks alone.
    """
    stop = None
    for word in said:
        stop = _after(stop, word, goes_on=goes_on) if asked_on <= word.on else None
    return stop


def _after(stop: Stop | None, word: Word, *, goes_on: bool) -> Stop | None:
    """What stands after one word more. Whoever ended her place has none that could wait, or be had otherwise."""
    if Agreed.LEAVES in word.agreed and not word.goes_elsewhere:
        return Stop(word.on, is_pause=False)
    if stop and not stop.is_pause and not word.comes_again and not word.goes_elsewhere:
        return stop
    return Stop(word.on, is_pause=True) if goes_on and is_pause(word) else None


def is_pause(word: Word) -> bool:
    """Whether it was agreed that her place waits."""
    return Agreed.PAUSE in word.agreed


def as_they_stand(parts: Iterable[TakingPart], stop: Stop | None) -> list[TakingPart]:
    """Of what goes on: while a pause stands her place waits in all weeks that come after it, and then no longer."""
    return [replace(one, in_pause=_waits(one, stop)) for one in parts]


def _waits(part: TakingPart, stop: Stop | None) -> bool:
    stands = stop is not None and stop.is_pause and (not part.is_over or stop.on < part.first_on)
    return stands or (part.is_over and part.in_pause)


def to_tell(part: TakingPart | None, stop: Stop | None) -> By | None:
    """What is told of a yes that is answered: a place that she has, else what she chose, else what is behind her."""
    return part if part and not part.is_over else stop or part


def is_complete(*, until: date | None, ends_on: date | None, is_over: bool) -> bool:
    """Whether a course is behind her: the sessions in the days of her place are over, and it goes to the last day."""
    return is_over and (until is None or (ends_on is not None and until >= ends_on))


def latest(parts: Iterable[TakingPart]) -> TakingPart | None:
    """The one that lasts longest; None where she took part in none."""
    return max(parts, key=lambda one: one.until, default=None)


def answered_by(
    asked_on: date, parts: Iterable[TakingPart], *, goes_on: bool, planned: Weeks | None = None
) -> TakingPart | None:
    """By which of these a yes of that day is answered; None where it still waits.

    `goes_on`: until she says otherwise; then only in `planned` weeks that overlap, or, without any, as things stand.
    """
    if goes_on:
        return latest(one for one in parts if one.answers_going_on(asked_on, planned))
    return latest(one for one in parts if one.answers(asked_on))
