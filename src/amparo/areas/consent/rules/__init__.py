"""What she agreed to, for whom and until when; what may leave the house, and on what ground (R2; pure)."""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from amparo.kernel.decision import ALLOWED, Decision, refused
from amparo.kernel.language import worded

RULE = "R2; C&H-B 2.1.2, lines 242-253"


class Answer(StrEnum):
    """What she said."""

    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class State(StrEnum):
    """Where one consent stands on a day."""

    NOT_ASKED = "not_asked"
    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"


class Explained(StrEnum):
    """How it was explained to her."""

    READ_TOGETHER = "read_together"
    OWN_WORDS = "own_words"
    READ_ALONE = "read_alone"
    PICTURES = "pictures"
    QUESTIONS = "questions"


class Interpreted(StrEnum):
    """Who helped with the language."""

    NOBODY = "nobody"
    MEDIATOR = "mediator"
    INTERPRETER = "interpreter"
    TELEPHONE = "telephone"
    HER_CHOICE = "her_choice"


class Proof(StrEnum):
    """What shows her yes."""

    DRAWN = "drawn"
    PAPER = "paper"
    WORD = "word"


class RecipientKind(StrEnum):
    """What kind of recipient it is; the name itself is sealed."""

    HEALTH = "health"
    LEGAL = "legal"
    SHELTER = "shelter"
    SOCIAL = "social"
    TRAINING = "training"
    EMPLOYER = "employer"
    ORGANISATION = "organisation"
    ABROAD = "abroad"
    POLICE = "police"
    COURT = "court"
    AUTHORITY = "authority"
    FAMILY = "family"
    INTERPRETER = "interpreter"
    PUBLIC = "public"
    OTHER = "other"


class Shared(StrEnum):
    """What may be told about her, each by itself."""

    CODE = "code"
    NAME = "name"
    CONTACT = "contact"
    NEEDS = "needs"
    HEALTH = "health"
    SAFETY = "safety"
    LEGAL = "legal"
    DOCUMENTS = "documents"
    CHILDREN = "children"
    WORK = "work"
    STORY = "story"


class Ground(StrEnum):
    """On what ground something leaves the house."""

    CONSENT = "consent"
    DANGER_TO_LIFE = "danger_to_life"
    COURT_ORDER = "court_order"
    HER_OWN = "her_own"  # a copy of her own file, into her own hands (GDPR, Art. 15)
    OTHER = "other"


class HerKnowing(StrEnum):
    """Whether she knows of a disclosure."""

    TOLD = "told"
    NOT_YET = "not_yet"
    ENDANGERS = "endangers"


#: Purposes for which it is agreed what may be told.
SHARING = frozenset({"partner_referral", "contact_with_authorities", "contact_with_family"})
#: The only two grounds besides her yes (domain R2).
EXCEPTIONS = frozenset({Ground.DANGER_TO_LIFE, Ground.COURT_ORDER})


@dataclass(frozen=True)
class Recorded:
    """One answer of hers, for a purpose and a recipient ('' where the purpose has none)."""

    purpose: str
    recipient: str
    answer: Answer
    on: date
    until: date | None = None
    shared: frozenset[str] = frozenset()


_NO_BY_STATE = {
    State.NOT_ASKED: worded(
        "She was not asked about this yet. Ask her, or go on without anything that shows who she is."
    ),
    State.REFUSED: worded("She said no to this. Nothing is passed on; look with her for another way."),
    State.WITHDRAWN: worded("She withdrew her yes to this. Nothing more is passed on."),
    State.ENDED: worded("Her yes to this has ended. Ask her again, or go on without anything that shows who she is."),
}


def state_on(answers: Sequence[Recorded], on: date) -> State:
    """Where one consent stands: its latest answer up to that day counts, and a yes only until its last day.

    `answers` are those for one purpose and one recipient, in the order in which they were recorded.
    """
    known = [one for one in answers if one.on <= on]
    if not known:
        return State.NOT_ASKED
    last = _latest(known)
    if last.answer is Answer.GIVEN and last.until is not None and last.until < on:
        return State.ENDED
    return State(last.answer)


def _latest(answers: Sequence[Recorded]) -> Recorded:
    """The latest by its day; of several on one day, the one recorded last."""
    return max(enumerate(answers), key=lambda placed: (placed[1].on, placed[0]))[1]


def is_covered(
    recorded: Iterable[Recorded], *, purpose: str, recipient: str = "", on: date, shared: Iterable[str] = ()
) -> Decision:
    """Whether her recorded yes covers this purpose and this recipient on that day, and all that is to be told (R2).

    A yes for one recipient never covers another, and a yes for one purpose never covers another.
    """
    mine = [one for one in recorded if (one.purpose, one.recipient) == (purpose, recipient)]
    state = state_on(mine, on)
    if state is not State.GIVEN:
        return refused(_NO_BY_STATE[state], RULE)
    if not set(shared) <= _latest([one for one in mine if one.on <= on]).shared:
        return refused("Her yes does not include all of this. Ask her about the rest, or leave it out.", RULE)
    return ALLOWED


def may_disclose(ground: Ground, *, covered: Decision, why: str) -> Decision:
    """Whether something about her may leave: her yes covers it, or life is in danger, or a court ordered it (R2)."""
    if ground is Ground.CONSENT:
        return covered
    if ground is Ground.HER_OWN:
        return ALLOWED
    if ground not in EXCEPTIONS:
        return refused(
            "Without her yes, only danger to life or a court's order opens this. "
            "Ask her first, or pass it on without anything that shows who she is.",
            RULE,
        )
    if not why.strip():
        return refused("Write down what makes this danger to life, or which order of which court it is.", RULE)
    return ALLOWED


def knowing_is_whole(knowing: HerKnowing, *, told_on: date | None, why_not: str) -> Decision:
    """She is shown every disclosure, unless that endangers her; then the reason is recorded (R2)."""
    if knowing is HerKnowing.TOLD and told_on is None:
        return refused("On which day was she told?", RULE)
    if knowing is HerKnowing.ENDANGERS and not why_not.strip():
        return refused("Write down why telling her would put her in danger. Otherwise tell her.", RULE)
    return ALLOWED


def is_understood(language: str, *, hers: Iterable[str], interpreted: Interpreted) -> Decision:
    """Whether it was explained in a language she understands, or somebody interpreted (R2; C&H-L lines 585-587).

    Where none of her languages is recorded yet, nothing speaks against the one that was spoken.
    """
    known = set(hers)
    if interpreted is not Interpreted.NOBODY or not known or language in known:
        return ALLOWED
    return refused(
        "This language is not among those she understands. Explain it in one of hers, or with somebody who interprets.",
        RULE,
    )


def is_proven(answer: Answer, proof: Proof, *, has_picture: bool, witness: str) -> Decision:
    """A yes is signed, on the screen or on paper; a spoken one has a witness (C&H-B 2.1.2: preferably in writing).

    A no needs no proof at all.
    """
    if answer is not Answer.GIVEN:
        return ALLOWED
    if proof is Proof.WORD:
        return ALLOWED if witness.strip() else refused("Who else heard her yes? Write the name of one person.", RULE)
    if not has_picture:
        return refused("Her signature is missing. Let her sign, add the signed paper, or choose a spoken yes.", RULE)
    return ALLOWED


def has_happened(on: date, *, today: date) -> Decision:
    """What is recorded as done was done today or before."""
    return ALLOWED if on <= today else refused("This day is still to come.")


def is_in_time(*, on: date, until: date | None, today: date, months: int) -> Decision:
    """Her answer is of today or before, and a yes ends within the months that its text names."""
    happened = has_happened(on, today=today)
    if until is None or not happened:
        return happened
    if until < on:
        return refused("The last day lies before the day of her answer.")
    if until > months_later(on, months):
        return refused("The text promises to ask her again earlier. Choose an earlier last day.")
    return ALLOWED


def months_later(on: date, months: int) -> date:
    """The same day so many months later; the last day of the month where it has no such day."""
    years, month = divmod(on.month - 1 + months, 12)
    year = on.year + years
    return date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))
