"""When a deadline shows on Today: at 60, 30, 14, 7 and 2 days before, until somebody has seen it (pure)."""

from datetime import date, timedelta

THRESHOLDS = (60, 30, 14, 7, 2)
STAYS = timedelta(THRESHOLDS[-1])  # from here on it stays until it is handled, whoever has seen it


def first_shown(due_on: date) -> date:
    """The day from which a deadline shows that nobody has seen yet."""
    return due_on - timedelta(THRESHOLDS[0])


def shown_again(due_on: date, *, seen_on: date) -> date:
    """The day from which it shows after somebody saw it: the next threshold; within the last days it stays."""
    days = (due_on - timedelta(ahead) for ahead in THRESHOLDS)
    return next((day for day in days if day > seen_on), due_on - STAYS)


def may_be_put_off(due_on: date, today: date) -> bool:
    """Whether 'seen' still takes it off Today for a while."""
    return today < due_on - STAYS
