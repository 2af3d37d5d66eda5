"""What a case can be and become (pure)."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from amparo.areas.access.rules import Part
from amparo.kernel.decision import ALLOWED, Decision, refused


class Status(StrEnum):
    """Where a case stands. Leaving and coming back is normal (R17)."""

    MEETING = "meeting"  # accepted; first interview not yet a yes
    ACCOMPANIED = "accompanied"
    FOLLOW_UP = "follow_up"
    CLOSED = "closed"


class DueKind(StrEnum):
    """What must not be missed."""

    REFERRAL = "referral"
    INTERVIEW = "interview"
    APPOINTMENT = "appointment"
    RISK = "risk"
    REVIEW = "review"
    STEP = "step"
    MEASURE = "measure"
    CONSENT = "consent"
    HANDOVER = "handover"
    REFERENT_TOLD = "referent_told"  # tell her about a change of referent
    FOLLOW_UP = "follow_up"
    DEADLINE = "deadline"  # a stage of a state's scheme ends
    EXPIRY = "expiry"  # a document or a permit of hers ends
    ENTITLED = "entitled"  # what she can have from a state changed: to be looked at, and told her
    TELL_HER = "tell_her"
    RIGHTS = "rights"  # answer what she asked about her file
    GLASS = "glass"  # opened in danger to life: the data protection officer looks at it
    SESSION = "session"  # a planned session is not safe to hold, or no longer fits: look at it
    ASK_AFTER = "ask_after"  # she has not come to her group: ask how she is
    SAID_LATE = "said_late"  # what she said of a group came when nobody was signed in: save it, or not
    REMINDER = "reminder"  # she could not be reminded as agreed: somebody calls her
    IDENTITY_ASK = "identity_ask"  # a colleague waits for a second person's yes


class Outcome(StrEnum):
    """How an accompaniment ended (case-import.md)."""

    INTEGRATED = "integrated"
    RETURNED = "returned"
    MOVED = "moved"
    TRANSFERRED = "transferred"
    LEFT = "left"
    UNKNOWN = "unknown"


class Move(StrEnum):
    """What changes where a case stands."""

    SAY_YES = "say yes"  # she wants to be accompanied, after the first interview
    CLOSE = "close"
    CLOSE_AND_ASK = "close and ask"  # closing, with days agreed on which she is asked how she is
    END_FOLLOW_UP = "end follow-up"
    COME_BACK = "come back"


class HeldBecause(StrEnum):
    """Why something of her file is kept and not used (GDPR, Art. 18(1))."""

    WRONG = "wrong"  # she says that it is not right; until that is looked at
    NOT_WANTED = "not_wanted"  # she does not want it to be used, and not to be destroyed either
    CLAIM = "claim"  # she needs it for a court or an office
    OBJECTED = "objected"  # she objected, and it is not decided yet


class Meeting(StrEnum):
    """What became of an appointment. None of them counts against her (R17)."""

    PLANNED = "planned"
    ATTENDED = "attended"
    COULD_NOT_COME = "could_not_come"
    CALLED_OFF = "called_off"  # by us


class Topic(StrEnum):
    """What an appointment is about, in one word that may stand on a list."""

    TALK = "talk"
    HEALTH = "health"
    LAW = "law"
    OFFICE = "office"
    HOME = "home"
    WORK = "work"
    LEARNING = "learning"
    FAMILY = "family"
    OTHER = "other"


class PaperKind(StrEnum):
    """What a paper is."""

    IDENTITY = "identity"
    RESIDENCE = "residence"
    HEALTH = "health"
    COURT = "court"
    WORK = "work"
    SCHOOL = "school"
    HOME = "home"
    OTHER = "other"


# Every way from one standing to the next; what is not here cannot be done. She may come back from every ending.
_WAYS: dict[tuple[Status, Move], Status] = {
    (Status.MEETING, Move.SAY_YES): Status.ACCOMPANIED,
    (Status.MEETING, Move.CLOSE): Status.CLOSED,
    (Status.MEETING, Move.CLOSE_AND_ASK): Status.FOLLOW_UP,
    (Status.ACCOMPANIED, Move.CLOSE): Status.CLOSED,
    (Status.ACCOMPANIED, Move.CLOSE_AND_ASK): Status.FOLLOW_UP,
    (Status.FOLLOW_UP, Move.END_FOLLOW_UP): Status.CLOSED,
    (Status.FOLLOW_UP, Move.COME_BACK): Status.ACCOMPANIED,
    (Status.CLOSED, Move.COME_BACK): Status.ACCOMPANIED,
}
OPEN = frozenset({Status.MEETING, Status.ACCOMPANIED})


def after(status: Status, move: Move) -> Status | None:
    """Where the case stands after this; None where it cannot be done from here."""
    return _WAYS.get((status, move))


def may_move(status: Status, move: Move) -> Decision:
    """Whether this can be done from where the case stands. Asks nothing about her conduct (R1, R17)."""
    if after(status, move) is not None:
        return ALLOWED
    return refused("This was done before, or does not fit where her case stands now. Look at the page again.")


def may_still_change(status: Status, part: Part) -> Decision:
    """Her plan stays as she left it once her case is closed; her coming back opens it again, in one step (R8, R17).

    Notes, papers and services can still be added: a last letter may come, and she may be asked how she is.
    """
    if part is not Part.PLAN or status in OPEN:
        return ALLOWED
    return refused(
        "Her case is closed, and her plan stays as she left it. When she is back, it goes on where it stood.", "R8, R17"
    )


def may_change_team(*, coordinates: bool, is_referent: bool) -> Decision:
    """Her referent and the coordination decide who is in her team (R10; C&H-R 262)."""
    if coordinates or is_referent:
        return ALLOWED
    return refused("Her referent or the coordination changes who is in her team. Ask one of them.", "R10")


def may_leave_team(*, member: int, referent: int) -> Decision:
    """She always has one referent: whoever is it hands over first (R10; C&H-R 262; C&H-B 5.3)."""
    if member != referent:
        return ALLOWED
    return refused("She always has one referent. Hand over first, then leave the team.", "R10")


def may_hand_over(*, to: int, referent: int, told_on: date | None, tell_by: date | None) -> Decision:
    """A handover goes to somebody else, and says when she was told or by when she will be (R10)."""
    if to == referent:
        return refused("This colleague is her referent already.", "R10")
    if told_on is None and tell_by is None:
        return refused("Say when she was told, or by which day she will be told.", "R10")
    return ALLOWED


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


# Long enough for a night in which somebody is in danger, short enough that nobody lives with it.
GLASS_TIME = timedelta(hours=3)
# A yes is used the same day.
YES_TIME = timedelta(hours=4)
# Time to dial a number or copy a name. Whoever needs it again says why again.
OPENING_TIME = timedelta(minutes=5)


class Glass(StrEnum):
    """Where an opening in danger to life stands."""

    RUNNING = "running"
    ENDED = "ended"  # and waits for the data protection officer
    LOOKED_AT = "looked_at"


class Finding(StrEnum):
    """What the data protection officer found. It accuses nobody: a talk comes before anything else."""

    NEEDED = "needed"
    UNCLEAR = "unclear"  # talked about with the colleague
    NOT_NEEDED = "not_needed"


class Ask(StrEnum):
    """Where a question for an identity stands."""

    WAITING = "waiting"
    GRANTED = "granted"
    REFUSED = "refused"
    OVER = "over"  # a yes whose time has passed


def glass_state(*, until: datetime, looked_at: datetime | None, now: datetime) -> Glass:
    """Where it stands at this moment."""
    if now < until:
        return Glass.RUNNING
    return Glass.LOOKED_AT if looked_at else Glass.ENDED


def may_record_look(state: Glass) -> Decision:
    """It is looked at once, and when it is over."""
    if state is Glass.ENDED:
        return ALLOWED
    if state is Glass.RUNNING:
        return refused("Her file is still open. Look at it when it has ended, or end it first.", "R14")
    return refused("Somebody looked at it already.", "R14")


def ask_state(*, answered_at: datetime | None, until: datetime | None, now: datetime) -> Ask:
    """Where it stands at this moment. `until` is that of a yes."""
    if answered_at is None:
        return Ask.WAITING
    if until is None:
        return Ask.REFUSED
    return Ask.GRANTED if now < until else Ask.OVER


def may_be_answered(state: Ask) -> Decision:
    """A question is answered once, while it waits."""
    if state is Ask.WAITING:
        return ALLOWED
    return refused("This was answered already.", "R3")


# A reason opens what is held for one colleague and this long.
HELD_READING_TIME = timedelta(minutes=30)
NARRATIVES = ("note", "paper")


def one_narrative(thing: str) -> tuple[str, int] | None:
    """The kind and number of a single narrative, from 'note-12'; None where it is none."""
    kind, _, number = thing.partition("-")
    return (kind, int(number)) if kind in NARRATIVES and number.isdecimal() else None


def may_lift(*, words: str, on: date, since: date, today: date) -> Decision:
    """What she had held is used again with her word alone, on a day that has come (GDPR, Art. 18)."""
    if not words.strip():
        return refused("Write down what she said: only her word lifts this.", "GDPR, Art. 18")
    if not since <= on <= today:
        return refused("Choose the day on which she said so: not before it was asked for, and not to come.")
    return ALLOWED


# A deadline shows on Today so many days ahead, each time until somebody has seen it.
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
