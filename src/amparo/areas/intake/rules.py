"""What a referral and a first interview can be and become, and who may do it (pure)."""

import re
from collections.abc import Collection, Mapping
from enum import StrEnum

from amparo.areas.access.rules import Task, Viewer, may_do
from amparo.areas.cases.rules import Move, Status
from amparo.kernel.decision import ALLOWED, Decision, refused

from .catalogue import ANSWER_KEYS, QUESTION_KEYS


class State(StrEnum):
    """Where a referral stands."""

    DRAFT = "draft"
    TO_DECIDE = "to_decide"
    WAITING = "waiting"
    ACCEPTED = "accepted"
    REDIRECTED = "redirected"


class Verdict(StrEnum):
    """What the pre-evaluation of a referral may come to (C&H-L 5.1.1, 489-491)."""

    ACCEPT = "accept"
    REDIRECT = "redirect"
    WAIT = "wait"


class Discarding(StrEnum):
    """Why a draft is not kept."""

    TWICE = "twice"
    MISTAKE = "mistake"
    HER_WISH = "her_wish"
    HELPED = "helped"


class Page(StrEnum):
    """The short pages of a referral, in their usual order; each can be left and resumed."""

    SENDER = "sender"
    ABOUT = "about"
    REASON = "reason"
    NEEDS = "needs"
    TOLD = "told"
    REACH = "reach"
    SIX = "six"


class Answer(StrEnum):
    """What she says after a first interview."""

    YES = "yes"
    NOT_YET = "not_yet"
    NO = "no"


AFTER_VERDICT = {
    Verdict.ACCEPT: State.ACCEPTED,
    Verdict.REDIRECT: State.REDIRECTED,
    Verdict.WAIT: State.WAITING,
}
AFTER_INTERVIEW = {Answer.YES: Move.SAY_YES, Answer.NOT_YET: None, Answer.NO: Move.CLOSE}
UNDECIDED = frozenset({State.DRAFT, State.TO_DECIDE, State.WAITING})
SIX = "R6; C&H-L 5.1.1, 477-491"

# Words that stand in a street address in the languages of our pages; with a house number beside them it is one.
_STREET = re.compile(
    r"\b(street|road|avenue|lane|calle|avenida|avda|paseo|carrer|via|viale|corso|vicolo|rue)\b|\bc/|\b(st|rd|ave|av)\.",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\b\d{1,4}\b")


def may_see(viewer: Viewer, *, taken_by: int, state: State) -> Decision:
    """Whether the viewer reads a referral of the own organisation that is not part of a case.

    Who decides sees every one; who only takes them in sees the own ones, and no longer once they are decided. An
    accepted referral belongs to the case: its team reads it there (R18).
    """
    decision = may_do(viewer, Task.RECEIVE_REFERRALS)
    if not decision:
        return decision
    if state is State.ACCEPTED:
        return refused("It belongs to her case now, and her team reads it there.", "C&H-L 5.1.2")
    if may_do(viewer, Task.DECIDE_REFERRALS):
        return ALLOWED
    if taken_by == viewer.member and state in UNDECIDED:
        return ALLOWED
    return refused("Those who decide have taken this over. You see that it was decided, not what it says.", "R12")


def may_change(state: State) -> Decision:
    """Whether the pages of a referral may still be changed: until it is decided."""
    if state in UNDECIDED:
        return ALLOWED
    return refused("This was decided. What comes to light now belongs into her case, or into a new referral.")


def may_hand_in(state: State, pages: Collection[str]) -> Decision:
    """Whether a draft goes to those who decide. Only the sender must be known: nothing else may hold up help."""
    if state is not State.DRAFT:
        return refused("It was handed over already.")
    if Page.SENDER not in pages:
        return refused("Note first who sends her, so that the answer reaches somebody.", "C&H-L 5.1.1, 477-480")
    return ALLOWED


def may_discard(state: State) -> Decision:
    """Whether a referral is thrown away: a draft alone. What was handed over is decided, so that nobody is lost."""
    if state is State.DRAFT:
        return ALLOWED
    return refused("It was handed over and cannot be discarded any more. Those who decide can send her on.")


def may_decide(viewer: Viewer, state: State) -> Decision:
    """Whether the viewer decides this referral now.

    Cooperation with authorities, identification and legal status are not asked, here or anywhere (R1; C&H-R 203, 240).
    """
    decision = may_do(viewer, Task.DECIDE_REFERRALS)
    if not decision:
        return decision
    if state is State.DRAFT:
        return refused("It is still being written. Hand it over first.")
    if state not in UNDECIDED:
        return refused("This was decided already.")
    return ALLOWED


def open_questions(answers: Mapping[str, str]) -> tuple[str, ...]:
    """Those of the six that are neither answered nor marked as asked and not known, in their order."""
    return tuple(key for key in QUESTION_KEYS if answers.get(key) not in ANSWER_KEYS)


def may_book_first_interview(answers: Mapping[str, str]) -> Decision:
    """Whether a first interview may be booked: whatever the answers say, all six were asked (R6)."""
    if not open_questions(answers):
        return ALLOWED
    return refused(
        "Some of the six safety questions are open. Ask, or mark them as asked and not known.",
        SIX,
    )


def is_prepared(done: Collection[str], required: Collection[str]) -> Decision:
    """Whether what a first interview cannot do without is seen to (C&H-L 5.1.1, 506-508)."""
    if set(required) <= set(done):
        return ALLOWED
    return refused("Confirm what must be sure before she comes.", "C&H-L 5.1.1, 506-508")


def agreed_channels(told: Collection[str], channels: Collection[str]) -> tuple[str, ...]:
    """The ways of reaching her that count as agreed: those noted by the sender, if she agreed to them (R7)."""
    return tuple(channels) if "agreed_to_contact" in told else ()


def is_meeting_point(typed: str) -> Decision:
    """Whether a place is told by something anybody can find, and not by an address (R13; C&H-L 553-556)."""
    if _STREET.search(typed) and _NUMBER.search(typed):
        return refused(
            "This looks like an address. Name a stop, a station or a square that she knows instead.",
            "R13; C&H-L 5.1.1, 553-556",
        )
    return ALLOWED


def is_whole(verdict: Verdict, *, reason: str, where_to: str, waits: bool, referent: int | None) -> Decision:
    """Whether a decision says what the one who reads it next must know: why, and to whom, where or until when."""
    if not reason:
        return refused("Choose the reason.", "C&H-L 5.1.1, 489-491")
    if verdict is Verdict.ACCEPT and referent is None:
        return refused("Choose who will be her referent: she always has one.", "R10")
    if verdict is Verdict.REDIRECT and not where_to.strip():
        return refused("Write where she is sent on to. Nobody is sent away.", "C&H-L 5.1.1, 489-491")
    if verdict is Verdict.WAIT and not waits:
        return refused("Choose a day to come, on which you look at this again.")
    return ALLOWED


def may_be_linked(state: State, *, known_before: bool, has_case: bool) -> Decision:
    """Whether a referral is moved to a woman who turned out to be known, so that she stands here once (R18)."""
    if known_before:
        return refused("This referral belongs to a woman with a code of before already.")
    if has_case:
        return refused("She has a case under this code. Ask your coordinator which of the two goes on.")
    return may_change(state)


def may_hold_interview(status: str) -> Decision:
    """Whether there is a first interview to book or to answer: only until she has said yes or no."""
    if status == Status.MEETING:
        return ALLOWED
    return refused("The first interview is behind her. Use an appointment instead.")
