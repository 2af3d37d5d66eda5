"""What a case can be and become (pure)."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from amparo.kernel.decision import ALLOWED, Decision, refused


class Status(StrEnum):
    """Where a case stands. Leaving and coming back is normal (R17)."""

    MEETING = "meeting"  # accepted; first interview not yet a yes
    ACCOMPANIED = "accompanied"
    FOLLOW_UP = "follow_up"
    CLOSED = "closed"


class DueKind(StrEnum):
    """What must not be missed."""

    INTERVIEW = "interview"
    APPOINTMENT = "appointment"
    RISK = "risk"
    REVIEW = "review"
    STEP = "step"
    MEASURE = "measure"
    CONSENT = "consent"
    HANDOVER = "handover"
    FOLLOW_UP = "follow_up"
    DEADLINE = "deadline"
    TELL_HER = "tell_her"


class Outcome(StrEnum):
    """How an accompaniment ended (case-import.md)."""

    INTEGRATED = "integrated"
    RETURNED = "returned"
    MOVED = "moved"
    TRANSFERRED = "transferred"
    LEFT = "left"
    UNKNOWN = "unknown"


CORRECTION_TIME = timedelta(hours=24)
# Risk is assessed when she comes, and looked at within a week (R5; C&H-L 5.1.1, lines 492-494).
FIRST_RISK_WITHIN = timedelta(days=7)


def may_correct(*, author: int, written_at: datetime, by: int, now: datetime) -> Decision:
    """A note is corrected by its author within a day; later, a new note says what was wrong, and both stay."""
    if author != by:
        return refused("Only the colleague who wrote this note can correct it. You can add a note of your own.")
    if now - written_at > CORRECTION_TIME:
        return refused("A note can be corrected for 24 hours. Add a new note that says what was wrong; both stay.")
    return ALLOWED


def papers_may_be_taken(status: Status) -> Decision:
    """Nothing is signed and no paper is kept before she says yes to being accompanied (C&H-L 5.1.1, lines 496-499)."""
    if status is Status.MEETING:
        return refused(
            "First she says yes to being accompanied. Until then nothing is signed and no papers are kept.",
            "C&H-L, 5.1.1, lines 496-499",
        )
    return ALLOWED


def when_due(due_on: date, today: date) -> str:
    """'overdue', 'today', 'week' or 'later'."""
    if due_on < today:
        return "overdue"
    if due_on == today:
        return "today"
    return "week" if due_on <= today + timedelta(days=7) else "later"
