"""What police, courts and offices ask about somebody, and what may be answered (R2; pure).

No rule here, and no rule that grants help, reads whether she or the house cooperates with anybody (R1).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from amparo.kernel.decision import ALLOWED, Decision, refused
from amparo.kernel.language import worded

from . import Ground, HerKnowing

RULE = "R2; C&H-B 2.1.2, lines 242-253"
#: At the latest after so many days it is looked at again whether she can be told by now.
LONGEST_SILENCE = timedelta(days=92)
#: What is due within these days stands on Today.
SOON = timedelta(days=7)


class Asker(StrEnum):
    """Who asks."""

    POLICE = "police"
    PROSECUTOR = "prosecutor"
    COURT = "court"
    MIGRATION = "migration"
    CHILD_PROTECTION = "child_protection"
    OTHER = "other"


class Channel(StrEnum):
    """How it came."""

    LETTER = "letter"
    IN_PERSON = "in_person"
    PHONE = "phone"
    EMAIL = "email"
    ELECTRONIC = "electronic"


class Basis(StrEnum):
    """On what the request stands."""

    COURT_ORDER = "court_order"
    DANGER_TO_LIFE = "danger_to_life"
    HER_CONSENT = "her_consent"
    LAW_NAMED = "law_named"
    NONE = "none"


class Verdict(StrEnum):
    """What is decided to be given."""

    NOTHING = "nothing"
    MINIMAL = "minimal"
    AS_ORDERED = "as_ordered"


class State(StrEnum):
    """Where a request stands."""

    RECEIVED = "received"
    WEIGHED = "weighed"  # its legal basis is looked at
    DECIDED = "decided"
    ANSWERED = "answered"
    TAKEN_BACK = "taken_back"


class Move(StrEnum):
    """What can be done with it."""

    LINK = "link"
    ADD_PAPER = "add_paper"
    NAME_BASIS = "name_basis"
    DECIDE = "decide"
    ANSWER = "answer"
    TAKE_BACK = "take_back"
    ADVISE = "advise"
    TELL = "tell"


class Silence(StrEnum):
    """Why she is not told yet; both are looked at again."""

    ENDANGERS_HER = "endangers_her"
    ORDERED = "ordered"  # a court forbids it, until a day or until further notice


_OPEN = frozenset({State.RECEIVED, State.WEIGHED, State.DECIDED})
_MOVES: dict[Move, frozenset[State]] = {
    Move.LINK: _OPEN,
    Move.ADD_PAPER: _OPEN,
    Move.NAME_BASIS: _OPEN,
    Move.DECIDE: frozenset({State.WEIGHED, State.DECIDED}),
    Move.ANSWER: frozenset({State.DECIDED}),
    Move.TAKE_BACK: _OPEN,
    Move.ADVISE: frozenset(State),
    Move.TELL: frozenset(State),
}
# A decision stands on a basis: where the basis changes, it is taken anew.
_AFTER: dict[Move, State] = {
    Move.NAME_BASIS: State.WEIGHED,
    Move.DECIDE: State.DECIDED,
    Move.ANSWER: State.ANSWERED,
    Move.TAKE_BACK: State.TAKEN_BACK,
}
_NOT_NOW = {
    State.RECEIVED: worded("First look at the legal basis, even if none was given."),
    State.WEIGHED: worded("First decide what is given, with the reason."),
    State.DECIDED: worded("This is not possible once it is decided."),
    State.ANSWERED: worded("It is answered. What came after can be noted as advice or appeal."),
    State.TAKEN_BACK: worded("It was taken back. If they ask again, note a new request."),
}
#: What opens something about her, and the ground under which that stands in the ledger. Nothing else does (R2).
OPENS: dict[Basis, Ground] = {
    Basis.COURT_ORDER: Ground.COURT_ORDER,
    Basis.DANGER_TO_LIFE: Ground.DANGER_TO_LIFE,
    Basis.HER_CONSENT: Ground.CONSENT,
}


@dataclass(frozen=True)
class Weighed:
    """What a decision looks at: the basis with its words, and whether it is known whom the request is about."""

    basis: Basis
    basis_words: str
    is_linked: bool


@dataclass(frozen=True)
class Standing:
    """What of a request can fall due."""

    state: State
    due_on: date | None
    knowing: HerKnowing
    look_again_on: date | None
    is_linked: bool


class DueWhy(StrEnum):
    """Why a request stands on Today."""

    ANSWER = "answer"
    TELL_HER = "tell_her"
    LOOK_AGAIN = "look_again"


def may_move(state: State, move: Move) -> Decision:
    """Whether this can be done where the request stands."""
    return ALLOWED if state in _MOVES[move] else refused(_NOT_NOW[state])


def after(state: State, move: Move) -> State:
    """Where it stands afterwards."""
    return _AFTER.get(move, state)


def is_basis_whole(basis: Basis, words: str) -> Decision:
    """Whoever names an order, a danger or a law writes down which; 'none given' needs no words."""
    if basis is not Basis.NONE and not words.strip():
        return refused("Write down which order of which court, which danger, which consent, or which law.", RULE)
    return ALLOWED


def may_decide(verdict: Verdict, weighed: Weighed, *, reason: str) -> Decision:
    """Whether this may be decided. Giving nothing always may; something about her needs one of three grounds (R2)."""
    if not reason.strip():
        return refused("Write down the reason. It is what you show to a court, and to her.", RULE)
    if verdict is Verdict.NOTHING:
        return ALLOWED
    if weighed.basis not in OPENS:
        return refused(
            "A law that is only named, or no basis at all, opens nothing about her. Answer without saying whether "
            "you know her, ask for a court's order, and take legal advice.",
            RULE,
        )
    if verdict is Verdict.AS_ORDERED and weighed.basis is not Basis.COURT_ORDER:
        return refused("Only a court's order is answered as ordered. All else gets the least that suffices.", RULE)
    if not weighed.is_linked:
        return refused("First note whom it is about: what is given stands in her list.", RULE)
    return ALLOWED


def may_answer(verdict: Verdict, *, shared: Collection[str], words: str) -> Decision:
    """Whether the answer fits the decision: exact words always, and of her only what was decided."""
    if not words.strip():
        return refused("Write down exactly what the answer says.")
    if verdict is Verdict.NOTHING and shared:
        return refused("It was decided to give nothing about her. Decide anew, or leave this out.", RULE)
    if verdict is not Verdict.NOTHING and not shared:
        return refused("Mark what the answer tells about her, so that her list is true.", RULE)
    return ALLOWED


def may_keep_silent(
    knowing: HerKnowing, *, silence: str, why_not: str, look_again_on: date | None, told_on: date | None, today: date
) -> Decision:
    """She is told, unless that endangers her or a court forbids it: then the ground, and a day to look again (R2)."""
    if knowing is HerKnowing.NOT_YET:
        return ALLOWED
    if knowing is HerKnowing.TOLD:
        return _was_told(told_on, today)
    if not silence or not why_not.strip():
        return refused("Write down what speaks against telling her. Otherwise tell her.", RULE)
    return _is_looked_at_again(look_again_on, today)


def _was_told(told_on: date | None, today: date) -> Decision:
    if told_on is None:
        return refused("On which day was she told?", RULE)
    return ALLOWED if told_on <= today else refused("This day is still to come.")


def _is_looked_at_again(on: date | None, today: date) -> Decision:
    if on is None or on <= today:
        return refused("On which day will you look again whether she can be told?", RULE)
    if on > today + LONGEST_SILENCE:
        return refused("Look again within three months. Silence does not last by itself.", RULE)
    return ALLOWED


def is_received_whole(received_on: date, due_on: date | None, *, today: date) -> Decision:
    """It came today or before, and an answer is not due before it came."""
    if received_on > today:
        return refused("This day is still to come.")
    if due_on is not None and due_on < received_on:
        return refused("The answer would be due before the request came.")
    return ALLOWED


def what_is_due(standing: Standing) -> list[tuple[DueWhy, date | None]]:
    """What is due about a request, and when; None where it is due now."""
    due: list[tuple[DueWhy, date | None]] = []
    if standing.state in _OPEN:
        due.append((DueWhy.ANSWER, standing.due_on))
    if not standing.is_linked or standing.state in (State.RECEIVED, State.WEIGHED):
        return due
    if standing.knowing is HerKnowing.NOT_YET:
        due.append((DueWhy.TELL_HER, None))
    if standing.knowing is HerKnowing.ENDANGERS:
        due.append((DueWhy.LOOK_AGAIN, standing.look_again_on))
    return due
