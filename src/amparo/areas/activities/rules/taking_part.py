"""Which yes of hers was answered: she has a place for it, or took part to its end (pure).

Whether she came is asked nowhere (R11, R17): who left before the end, or whose place only waited, is planned again.
What goes on until she says otherwise is not used up by weeks: it is planned again for those that do not overlap.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

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
