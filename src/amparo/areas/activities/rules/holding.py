"""When the list of a session is open to whoever holds it, and what may be made of who came (pure)."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from enum import StrEnum

from amparo.kernel.decision import ALLOWED, Decision, refused

from .states import Came

#: From here on, the evening before, so that a room can be made ready for who will be in it.
EVENING_BEFORE = time(18)
#: Some come early.
EARLY = timedelta(minutes=30)
#: So many sessions of a group missed one after the other, and her referent asks how she is.
ASK_AFTER = 2

R17 = "R17; C&H-L 368-370, 987-992"


class Use(StrEnum):
    """For what somebody could read who came to sessions."""

    SHOW = "show"  # to her and to those who accompany her
    ADAPT = "adapt"  # ask how she is, change what kept her away
    CERTIFY = "certify"  # the hours on a paper that she asks for
    COUNT = "count"  # how an activity went, of all together
    KEEP = "keep"  # not to lose what was noted: a plan that was begun is not taken back
    EXCLUDE = "exclude"
    MARK = "mark"
    ORDER = "order"  # who is served first


_FOR_HER = frozenset({Use.SHOW, Use.ADAPT, Use.CERTIFY, Use.COUNT, Use.KEEP})


def may_use_attendance(use: Use) -> Decision:
    """Whether attendance may be read for this: never to exclude, to mark, or to order a queue (R17)."""
    if use in _FOR_HER:
        return ALLOWED
    return refused("Not coming has no consequence: no place is lost, nothing is marked, no queue changes.", R17)


def list_is_open(starts: datetime, *, now: datetime) -> Decision:
    """Whether the list of a session is open at this moment; both in the house's time zone (R3, R12).

    From the evening before, since rooms, chairs, languages and children are prepared then, until the end of the day.
    """
    opens = datetime.combine(starts.date() - timedelta(days=1), EVENING_BEFORE, tzinfo=starts.tzinfo)
    if now < opens:
        return refused("The list opens at 18:00 on the evening before.", "R3, R12")
    if now.date() > starts.date():
        return refused("The day of this session is over, and so is its list. Her team can still note who came.", "R3")
    return ALLOWED


def may_note_who_came(starts: datetime, *, now: datetime) -> Decision:
    """Whether somebody can have come already: from a little before it begins."""
    if now < starts - EARLY:
        return refused("This session is still to come. Who came can be noted from half an hour before it begins.")
    return ALLOWED


def is_missed(lately: Sequence[Came]) -> bool:
    """Whether her referent asks how she is: the last known sessions, the latest first, all went without her."""
    known = [one for one in lately if one is not Came.NOT_KNOWN][:ASK_AFTER]
    return len(known) == ASK_AFTER and set(known) == {Came.ABSENT}


def minutes_there(sessions: Iterable[tuple[Came, int]]) -> int:
    """The minutes that a certificate names: whole sessions, also where she came late or left early."""
    return sum(minutes for came, minutes in sessions if came in (Came.CAME, Came.LATE, Came.LEFT_EARLY))


def settled(*, was: str, chosen: str, now: str) -> str | None:
    """What is to be written of one woman: her state as chosen, or None where nothing is.

    `was`: what the page showed; `now`: what stands there. A page that is old in one line changes the others. Raises
    ValueError where somebody else changed this very line to something else meanwhile.
    """
    if chosen in (was, now, ""):
        return None
    if now != was:
        raise ValueError(now)
    return chosen
