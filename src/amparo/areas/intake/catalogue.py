"""The worded catalogues of intake: the six questions, choices of the referral form, the first interview."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from amparo.kernel.catalogue import Choice, Entry, Source, read_choice, read_list, reading
from amparo.kernel.language import Texts

_FOLDER = Path(__file__).parent / "data"

#: The six safety questions of a referral report, in its order (C&H-L 5.1.1, 481-488).
QUESTION_KEYS = (
    "may_meet_others",
    "protected_witness",
    "court_proceedings",
    "lives_with_exploiters",
    "recent_threats",
    "imminent_danger",
)
#: How each of the six may be answered (R6).
ANSWER_KEYS = ("yes", "no", "asked_not_known")


@dataclass(frozen=True, slots=True)
class SafetyQuestion:
    """One of the six; `detail_on` is the answer that calls for care and for more words."""

    key: str
    question: Texts
    detail_on: str
    detail: Texts
    why: Texts
    source: Source


@dataclass(frozen=True, slots=True)
class SixQuestions:
    """The six questions and the answers that each of them takes."""

    questions: tuple[SafetyQuestion, ...]
    answers: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class ReferralChoices:
    """The lists of the referral form and of the decision on it."""

    senders: tuple[Choice, ...]
    urgent_needs: tuple[Choice, ...]
    told_and_agreed: tuple[Choice, ...]
    accept_reasons: tuple[Choice, ...]
    redirect_reasons: tuple[Choice, ...]
    wait_reasons: tuple[Choice, ...]
    interview_outcomes: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Preparation:
    """One thing to see to for the first interview; a required one must be confirmed to book it."""

    key: str
    required: bool
    text: Texts
    source: Source


@lru_cache
def six_questions() -> SixQuestions:
    """The six safety questions (R6)."""
    with reading(_FOLDER / "six_questions.yaml") as entry:
        return SixQuestions(
            questions=entry.entries("questions", _question),
            answers=entry.entries("answers", read_choice),
        )


@lru_cache
def referral_choices() -> ReferralChoices:
    """The lists of choices of the referral form."""
    with reading(_FOLDER / "referral_form.yaml") as entry:
        lists = {field: entry.entries(field, read_choice) for field in ReferralChoices.__slots__}
    return ReferralChoices(**lists)


@lru_cache
def interview_preparation() -> tuple[Preparation, ...]:
    """What to see to for the first interview, the required things first."""
    return read_list(_FOLDER / "interview_preparation.yaml", "preparation", _preparation)


def _question(entry: Entry) -> SafetyQuestion:
    return SafetyQuestion(
        key=entry.word("key", QUESTION_KEYS),
        question=entry.text("question"),
        detail_on=entry.word("detail_on", ("yes", "no")),
        detail=entry.text("detail"),
        why=entry.text("why"),
        source=entry.source(),
    )


def _preparation(entry: Entry) -> Preparation:
    return Preparation(
        key=entry.word("key"),
        required=entry.flag("required"),
        text=entry.text("text"),
        source=entry.source(),
    )
