"""How she may be reached: through ways, at times and under a name that she agreed to (R7; pure)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum

from amparo.kernel.decision import ALLOWED, Decision, refused

RULE = "R7; C&H-L 5.1.1, lines 528-547"


class Channel(StrEnum):
    """The ways there are, the one that is tried first on top. Social media are none of them."""

    CALL = "call"
    SMS = "sms"
    MESSAGING_APP = "messaging_app"
    THROUGH_SOMEONE = "through_someone"
    EMAIL = "email"
    LETTER = "letter"


class Checked(StrEnum):
    """Whether somebody else looks at her telephone or mail."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


#: Ways that reach her at once, so that the hour matters.
TIMED = frozenset({Channel.CALL, Channel.SMS, Channel.MESSAGING_APP, Channel.THROUGH_SOMEONE})
#: Ways by which something written stays behind.
WRITTEN = frozenset({Channel.SMS, Channel.MESSAGING_APP, Channel.EMAIL, Channel.LETTER})


@dataclass(frozen=True)
class Agreed:
    """What she agreed to about one way. No days: any day; no hours: any hour."""

    channel: Channel
    allowed: bool
    days: frozenset[int] = frozenset()  # 0 is Monday
    from_time: time | None = None
    until_time: time | None = None


def may_contact(agreed: Iterable[Agreed], channel: str, *, at: datetime) -> Decision:
    """Whether she may be reached in this way at this moment (in the time zone she lives in)."""
    if channel not in set(Channel):
        return refused("This way is never used: others can read along, and it shows who knows whom.", RULE)
    mine = next((one for one in agreed if one.channel == channel), None)
    if mine is None:
        return refused("Nothing is agreed about this way yet. Use one she agreed to, or ask her.", RULE)
    if not mine.allowed:
        return refused("She does not want to be reached in this way.", RULE)
    if mine.days and at.weekday() not in mine.days:
        return refused("Not on this day of the week: choose one she agreed to.", RULE)
    if not is_within(at.time(), mine.from_time, mine.until_time):
        return refused("Not at this hour: wait for the hours she agreed to.", RULE)
    return ALLOWED


def is_within(at: time, from_time: time | None, until_time: time | None) -> bool:
    """Whether a time of day lies within these hours, which may go past midnight."""
    first, last = from_time or time.min, until_time or time.max
    if first <= last:
        return first <= at <= last
    return at >= first or at <= last


def first_way(agreed: Iterable[Agreed]) -> Agreed | None:
    """The way to try first: the first in the order of Channel that she allows; None where there is none."""
    allowed = {one.channel: one for one in agreed if one.allowed}
    return next((allowed[channel] for channel in Channel if channel in allowed), None)


def terms_are_whole(agreed: Agreed, *, checked: Checked, leaves_message: bool) -> Decision:
    """No message is left where somebody else reads or hears it (C&H-L lines 528-532)."""
    if agreed.allowed and checked is Checked.YES and leaves_message:
        return refused("Somebody else checks it: leave no message there.", RULE)
    return ALLOWED
