"""What a plan says about itself, and what may be done with it (pure). Nothing here decides about her (R8)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from amparo.kernel.decision import ALLOWED, Decision, refused


class NeedStatus(StrEnum):
    """Where a need stands; set aside is hers to say, and it can be taken up again."""

    OPEN = "open"
    MET = "met"
    ASIDE = "aside"


class GoalStatus(StrEnum):
    """Where a goal stands."""

    GOING = "going"
    REACHED = "reached"
    ASIDE = "aside"


class Who(StrEnum):
    """Who takes a step."""

    SHE = "she"
    MEMBER = "member"
    OTHER = "other"


class Agreement(StrEnum):
    """What she says to one version of her plan."""

    YES = "yes"
    PARTLY = "partly"
    NOT_YET = "not_yet"


class Answer(StrEnum):
    """A rating that is no number: both are answers everywhere (look.md)."""

    UNKNOWN = "unknown"
    UNSAID = "does_not_want_to_say"


class BasicAnswer(StrEnum):
    """What she says when a basic need is asked about; the two ways out of `Answer` are answers as well."""

    THERE = "there"
    MISSING = "missing"


class Discarding(StrEnum):
    """Why a review that was begun is not kept."""

    MISTAKE = "mistake"
    HER_WISH = "her_wish"


class WarningKind(StrEnum):
    """What a plan draws attention to."""

    LONG_BEFORE_BASIC = "long_before_basic"
    BASIC_WITHOUT_GOAL = "basic_without_goal"
    HER_WORDS_MISSING = "her_words_missing"
    NO_REVIEW = "no_review"


RATINGS = ("1", "2", "3", "4", "5")
# Domains whose steps bind her for weeks. C&H-L 5.2 (615-624) advises against long training while basic needs are open.
LONG_DOMAINS = frozenset({"education_and_training", "employment"})
# The source says 'long-term' without a number; two months is our reading, and the warning leaves the choice to them.
LONG_WEEKS = 8


@dataclass(frozen=True)
class NeedFacts:
    """A need as the rules see it: coded, without a word of hers."""

    id: int
    basic_need: str
    status: str
    has_her_words: bool


@dataclass(frozen=True)
class GoalFacts:
    """A goal as the rules see it."""

    id: int
    need: int | None
    domain: str
    status: str


@dataclass(frozen=True)
class StepFacts:
    """A step as the rules see it; `weeks` is how long it lasts, where that was said."""

    id: int
    goal: int
    open: bool
    weeks: int | None
    noted_on: date
    due_on: date | None


@dataclass(frozen=True)
class PlanFacts:
    """A whole plan as the rules see it."""

    needs: Sequence[NeedFacts]
    goals: Sequence[GoalFacts]
    steps: Sequence[StepFacts]
    review_on: date | None


@dataclass(frozen=True)
class PlanWarning:
    """Something to look at together: what, about which row, and where the advice comes from."""

    kind: WarningKind
    subject: int = 0
    basic_needs: tuple[str, ...] = ()
    source: str = ""


def warnings(plan: PlanFacts) -> tuple[PlanWarning, ...]:
    """What the plan draws attention to; nothing is stopped by it (R8, R9; C&H-B 2.1.3, 2.2.6; C&H-L 5.2)."""
    missing = tuple(need.basic_need for need in plan.needs if need.basic_need and need.status == NeedStatus.OPEN)
    found = [
        PlanWarning(WarningKind.LONG_BEFORE_BASIC, step.id, missing, "C&H-L 5.2")
        for step in (_long_steps(plan) if missing else ())
    ]
    with_goal = {goal.need for goal in plan.goals if goal.status != GoalStatus.ASIDE}
    for need in plan.needs:
        if need.status != NeedStatus.OPEN:
            continue
        if need.basic_need and need.id not in with_goal:
            found.append(PlanWarning(WarningKind.BASIC_WITHOUT_GOAL, need.id, (need.basic_need,), "C&H-B 2.1.3"))
        if not need.has_her_words:
            found.append(PlanWarning(WarningKind.HER_WORDS_MISSING, need.id, source="C&H-B 2.2.6"))
    if (plan.needs or plan.goals) and plan.review_on is None:
        found.append(PlanWarning(WarningKind.NO_REVIEW, source="C&H-B 2.2.8"))
    return tuple(found)


def lasts_weeks(step: StepFacts) -> int:
    """How many weeks the step takes: as was said, else from the day it was noted to the day it is due."""
    if step.weeks is not None:
        return step.weeks
    return (step.due_on - step.noted_on).days // 7 if step.due_on else 0


def moved(order: Sequence[int], one: int, *, up: bool) -> list[int]:
    """The order with `one` a place higher or lower; unchanged at either end, or where it is not in it."""
    new = list(order)
    if one not in new:
        return new
    place = new.index(one)
    other = place - 1 if up else place + 1
    if 0 <= other < len(new):
        new[place], new[other] = new[other], new[place]
    return new


def may_agree(*, needs: int, goals: int) -> Decision:
    """Only to something: an empty plan has nothing that she could agree to (R8)."""
    if needs or goals:
        return ALLOWED
    return refused("There is nothing in the plan yet. Note a need or a goal first, in her words.", "R8")


def may_keep_answers(answers: int) -> Decision:
    """Asked about nothing, there is nothing to keep."""
    if answers:
        return ALLOWED
    return refused("Nothing is answered yet. One answer is enough.")


def may_move_to(day: date, today: date) -> Decision:
    """A step moves to today or later; the past cannot be planned."""
    if day >= today:
        return ALLOWED
    return refused("This day is over. Choose today or a later day.")


def may_change_review(*, finished: bool) -> Decision:
    """A finished review stays as she said it; what changed since belongs into a new one (R8)."""
    if not finished:
        return ALLOWED
    return refused("This review is finished and stays as it is. Hold a new one to say what changed.", "R8")


def may_finish(answered: int) -> Decision:
    """A review is finished when at least one domain was talked about; she need not answer any other (R17)."""
    if answered:
        return ALLOWED
    return refused("Nothing is rated yet. One area of life is enough; all others may stay open.", "R17")


def number_of(rating: str | None) -> int | None:
    """The step of the scale, from 1 to 5; None for every other answer."""
    return int(rating) if rating in RATINGS else None


def trajectory(ratings: Iterable[Mapping[str, str]], domains: Sequence[str]) -> dict[str, tuple[int | None, ...]]:
    """For each domain its step at every review, in the order of `ratings`; None where it was not rated."""
    reviews = list(ratings)
    return {domain: tuple(number_of(one.get(domain)) for one in reviews) for domain in domains}


def _long_steps(plan: PlanFacts) -> list[StepFacts]:
    goals = {one.id for one in plan.goals if one.domain in LONG_DOMAINS and one.status == GoalStatus.GOING}
    return [step for step in plan.steps if step.open and step.goal in goals and lasts_weeks(step) > LONG_WEEKS]


# A CV by competences (C&H-L 5.5, lines 903-906): what she can do first, then where. What she would not accept,
# what is missing and what makes a place safe are hers and the team's, and never reach an employer.
CV_SECTIONS: dict[str, tuple[str, ...]] = {
    "aim": ("wished_work",),
    "skills": ("care", "selling", "crafts", "organising", "digital"),
    "strengths": ("with_people", "hard_times"),
    "languages": ("languages",),
    "learning": ("learnt",),
    "experience": ("worked",),
}


def cv_draft(answers: Mapping[str, str]) -> dict[str, str]:
    """A first draft of each section of a CV from the answers of the job plan, one line for each answer."""
    return {
        section: "\n".join(answers[key].strip() for key in keys if answers.get(key, "").strip())
        for section, keys in CV_SECTIONS.items()
    }


def cv_lines(text: str) -> list[str]:
    """The lines of a section, without blank ones and without the dashes that people type."""
    lines = (line.strip().lstrip("-•*").strip() for line in text.splitlines())
    return [line for line in lines if line]
