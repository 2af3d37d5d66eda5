"""The worded catalogues of the plan: domains, basic needs, kinds of steps, prompts of the job plan."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from amparo.kernel.catalogue import Entry, Source, read_list
from amparo.kernel.language import Texts

_FOLDER = Path(__file__).parent / "data"

#: The 14 domains, in their order (C&H-B 443-456).
DOMAIN_KEYS = (
    "accommodation",
    "legal_status",
    "employment",
    "education_and_training",
    "safety",
    "social_environment",
    "social_wellbeing",
    "economic_situation",
    "physical_wellbeing",
    "mental_wellbeing",
    "access_to_services",
    "motivation",
    "legal_proceedings",
    "secondary_beneficiaries",
)
#: The needs that come before long plans (C&H-B 2.1.3, C&H-L 5.2).
BASIC_NEED_KEYS = ("accommodation", "food", "clothing", "health_care", "safety", "transport", "emotional_support")
#: The sections of the job plan, in the order in which they are talked about.
JOB_PLAN_AREAS = ("wishes", "skills", "strengths", "experience", "preparation")
#: From 1, where nothing holds yet, to 5, where it holds.
STEPS = 5


@dataclass(frozen=True, slots=True)
class Domain:
    """One area of life, with the question that opens it and the five worded steps of its scale."""

    key: str
    name: Texts
    meaning: Texts
    question: Texts
    steps: tuple[Texts, ...]
    basic_needs: tuple[str, ...]
    source: Source

    def step(self, rating: int) -> Texts:
        """The wording of `rating`, from 1 to 5; raises ValueError for any other."""
        if not 1 <= rating <= STEPS:
            raise ValueError(f"a rating is from 1 to {STEPS}, not {rating}")
        return self.steps[rating - 1]


@dataclass(frozen=True, slots=True)
class BasicNeed:
    """A need that is asked about before anything long is planned (R9)."""

    key: str
    name: Texts
    question: Texts
    source: Source


@dataclass(frozen=True, slots=True)
class StepKind:
    """A kind of step towards a goal; a satellite step is one without which another does not hold."""

    key: str
    name: Texts
    meaning: Texts
    satellite: bool
    source: Source


@dataclass(frozen=True, slots=True)
class JobPrompt:
    """A question of the job plan, from which a CV by competences grows."""

    key: str
    area: str
    question: Texts
    examples: tuple[Texts, ...]
    source: Source


@lru_cache
def domains() -> tuple[Domain, ...]:
    """The 14 domains in their order."""
    return read_list(_FOLDER / "domains.yaml", "domains", _domain)


@lru_cache
def domain(key: str) -> Domain:
    """The domain with that key; raises KeyError where there is none."""
    return {one.key: one for one in domains()}[key]


@lru_cache
def basic_needs() -> tuple[BasicNeed, ...]:
    """The basic needs in the order in which they are asked about."""
    return read_list(_FOLDER / "basic_needs.yaml", "basic_needs", _basic_need)


@lru_cache
def domain_of_basic_need(key: str) -> str:
    """The key of the domain to which a basic need belongs; raises KeyError for an unknown need."""
    return {need: one.key for one in domains() for need in one.basic_needs}[key]


@lru_cache
def step_kinds() -> tuple[StepKind, ...]:
    """The kinds of steps; the satellite ones last."""
    return read_list(_FOLDER / "step_kinds.yaml", "step_kinds", _step_kind)


@lru_cache
def job_prompts() -> tuple[JobPrompt, ...]:
    """The prompts of the job plan, section by section."""
    return read_list(_FOLDER / "job_plan.yaml", "prompts", _job_prompt)


def _domain(entry: Entry) -> Domain:
    return Domain(
        key=entry.word("key", DOMAIN_KEYS),
        name=entry.text("name"),
        meaning=entry.text("meaning"),
        question=entry.text("question"),
        steps=entry.texts("steps", STEPS),
        basic_needs=entry.words("basic_needs", BASIC_NEED_KEYS),
        source=entry.source(),
    )


def _basic_need(entry: Entry) -> BasicNeed:
    return BasicNeed(
        key=entry.word("key", BASIC_NEED_KEYS),
        name=entry.text("name"),
        question=entry.text("question"),
        source=entry.source(),
    )


def _step_kind(entry: Entry) -> StepKind:
    return StepKind(
        key=entry.word("key"),
        name=entry.text("name"),
        meaning=entry.text("meaning"),
        satellite=entry.flag("satellite"),
        source=entry.source(),
    )


def _job_prompt(entry: Entry) -> JobPrompt:
    return JobPrompt(
        key=entry.word("key"),
        area=entry.word("area", JOB_PLAN_AREAS),
        question=entry.text("question"),
        examples=entry.texts("examples"),
        source=entry.source(),
    )
