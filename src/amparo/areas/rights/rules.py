"""When something of hers is put right, erased or kept longer (pure)."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from amparo.kernel.decision import ALLOWED, Decision, refused

ARTICLE_16, ARTICLE_17 = "GDPR, Art. 16", "GDPR, Art. 17"
STORAGE = "GDPR, Art. 5(1)(e)"
# An answer is due within one month (GDPR, Art. 12(3)); shorter than any month, so that nobody has to count.
ANSWER_WITHIN = timedelta(days=28)
# Time to think again, and for the second person to look. Both lie well within the month for an answer.
WAIT_FOR_ALL = timedelta(days=14)
WAIT_FOR_ONE = timedelta(days=3)


class Correcting(StrEnum):
    """Where a wish to correct stands."""

    ASKED = "asked"
    CORRECTED = "corrected"
    BESIDE = "beside"  # the professional sees it otherwise: her words stand beside it


class Asker(StrEnum):
    """Who asked that something be erased."""

    HERSELF = "herself"
    GUARDIAN = "guardian"  # of a child
    SCHEDULE = "schedule"  # its time is over
    ORDER = "order"  # a court or an authority ordered it


class Obligation(StrEnum):
    """What obliges to keep it (GDPR, Art. 17(3))."""

    NOTHING = "nothing"
    COURT = "court"  # a court or prosecutor has ordered that it be kept
    CLAIM = "claim"  # a claim of hers or against somebody, not ended
    CHILD = "child"  # the protection of a child
    ACCOUNTS = "accounts"  # the law on accounts
    OTHER = "other"


class Erasing(StrEnum):
    """Where an erasure stands."""

    WAITING = "waiting"
    CALLED_OFF = "called_off"
    UNDER_WAY = "under_way"  # the words are gone; the key is next
    DONE = "done"


@dataclass(frozen=True)
class Stand:
    """What decides whether an erasure may be carried out."""

    state: Erasing
    asked_by: int
    agreed_by: int | None
    obligation: Obligation
    keep_until: date | None
    not_before: date


def may_correct_now(state: Correcting) -> Decision:
    """A wish is decided once."""
    if state is Correcting.ASKED:
        return ALLOWED
    return refused("This was decided already. Take down a new wish if she says something else.", ARTICLE_16)


def is_explained(state: Correcting, *, why: str) -> Decision:
    """Where it stays as it is, she is owed the reason."""
    if state is Correcting.BESIDE and not why.strip():
        return refused("Write down why it stays as it is: she will read it.", ARTICLE_16)
    return ALLOWED


def has_time_to_think(*, whole: bool, asked_on: date) -> date:
    """The first day on which it may be carried out."""
    return asked_on + (WAIT_FOR_ALL if whole else WAIT_FOR_ONE)


def is_told_why_kept(obligation: Obligation, *, keep_until: date | None, today: date) -> Decision:
    """Whatever must be kept by law says until when, so that it is looked at again."""
    if obligation is Obligation.NOTHING:
        return ALLOWED
    if keep_until is None or keep_until <= today:
        return refused("Until which day must it be kept? Choose a day to come; it is looked at again then.", ARTICLE_17)
    return ALLOWED


def may_agree(stand: Stand, *, by: int) -> Decision:
    """A second person looks at it: never the one who took it down."""
    if stand.state is not Erasing.WAITING or stand.agreed_by is not None:
        return refused("This was decided already.", ARTICLE_17)
    if stand.asked_by == by:
        return refused("A second person looks at it. You took it down.", ARTICLE_17)
    return ALLOWED


def may_call_off(stand: Stand) -> Decision:
    """As long as nothing was erased, she may think again."""
    if stand.state is Erasing.WAITING:
        return ALLOWED
    return refused("This cannot be called off any more.", ARTICLE_17)


def may_carry_out(stand: Stand, *, today: date, is_confirmed: bool) -> Decision:
    """All that has to be true before something is erased for good, in the order in which it is asked."""
    if stand.state is not Erasing.WAITING:
        return refused("This was decided already.", ARTICLE_17)
    if stand.agreed_by is None:
        return refused("A second person looks at it first.", ARTICLE_17)
    if today < stand.not_before:
        return refused("The days to think again are not over yet.", ARTICLE_17)
    if stand.obligation is not Obligation.NOTHING and (stand.keep_until is None or today < stand.keep_until):
        return refused("A law obliges to keep it until then. Keep it without using it instead.", "GDPR, Art. 17(3)")
    if not is_confirmed:
        return refused("Type her code exactly as it stands above. Nothing was erased.", ARTICLE_17)
    return ALLOWED


def may_last(years: int, *, lowest: int, highest: int, reason: str) -> Decision:
    """An organisation keeps longer or shorter than the standard within bounds, and says why."""
    if not lowest <= years <= highest:
        return refused("This is outside of what may be chosen. The page says how few and how many years.", STORAGE)
    if not reason.strip():
        return refused("Write down why: the data protection officer answers for it.", STORAGE)
    return ALLOWED


def may_keep_longer(*, until: date, today: date, reason: str) -> Decision:
    """What is due to go is kept longer for a reason, and never without an end."""
    if not reason.strip():
        return refused("Write down why it is kept longer.", STORAGE)
    if not today < until <= years_later(today, 5):
        return refused("Choose a day to come, at most five years away. It is looked at again then.", STORAGE)
    return ALLOWED


def years_later(on: date, years: int) -> date:
    """The same day so many years later; the last of February where there is no 29th."""
    try:
        return on.replace(year=on.year + years)
    except ValueError:
        return on.replace(year=on.year + years, day=28)


def is_due_to_go(*, closed_on: date | None, years: int, today: date) -> bool:
    """Whether a closed case has been kept as long as it may be."""
    return closed_on is not None and years_later(closed_on, years) <= today


def code_is_typed(typed: str, code: str) -> bool:
    """Whether somebody typed the code; spaces, hyphens and case do not matter."""
    return bool(_plain(typed)) and _plain(typed) == _plain(code)


def _plain(code: str) -> str:
    return "".join(sign for sign in code.casefold() if sign.isalnum())
