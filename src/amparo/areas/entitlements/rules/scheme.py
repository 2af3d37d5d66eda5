"""What a country file holds: one dated set of permits, services and pathways. Its types are its schema (pure)."""

from datetime import date
from typing import Literal

import msgspec

from .facts import Facts

Texts = dict[str, str]
PermitKind = Literal["reflection_period", "temporary_stay", "long_term_permit", "humanitarian_permit"]
ServiceKind = Literal[
    "accommodation_specialised",
    "accommodation_mainstream",
    "psychosocial",
    "health",
    "legal_assistance",
    "language_courses",
    "training",
    "employment",
]
Right = Literal[
    "work",
    "police_protection",
    "social_welfare",
    "education",
    "language_courses",
    "temporary_residence_certificate",
    "no_removal",
]
Provider = Literal["specialised", "mainstream", "both", "none"]
By = Literal[
    "accommodation_staff",
    "cultural_mediators",
    "employment_service",
    "health_professionals",
    "integration_services",
    "lawyers",
    "local_authority",
    "psychologists",
    "social_workers",
    "specialised_ngo",
    "volunteers",
]
HousingType = Literal["shelter", "studio", "flat", "hotel", "foster_care", "social_housing"]
Accepted = Literal["national", "eu", "third_country", "women", "men", "adults", "minors"]
Mixing = Literal["mixed_only", "separate_possible", "separate_only"]
Actor = Literal[
    "she",
    "her_team",
    "competent_authority",
    "court",
    "first_responder",
    "immigration_authority",
    "police",
    "prosecutor",
    "shelter",
    "social_services",
    "specialised_centre",
]
DateFact = Literal["identified_on", "reflection_started_on", "permit_started_on", "referral_received_on"]
Status = Literal["eligible", "not_eligible", "undetermined"]


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """What all parts of a country file have in common: a misspelt field is an error, never silently left out."""


class Source(Part, frozen=True):
    """Where a rule stands: a document as the glossary or a lawyer cites it, and the place in it."""

    cite: str
    where: str


class Length(Part, frozen=True):
    """A stretch of time: exactly one of these. `ends_on` is its last day and the first day counts; working days
    leave out weekends and public holidays, and their day of receipt is day zero."""

    days: int | None = None
    working_days: int | None = None
    months: int | None = None
    years: int | None = None


class Test(Part, frozen=True):
    """A condition: exactly one of all, any, not, or a fact (with `in` where it has more values than yes and no)."""

    all: tuple["Condition", ...] | None = None
    any: tuple["Condition", ...] | None = None
    not_: "Condition | None" = msgspec.field(default=None, name="not")
    fact: str | None = None
    in_: tuple[str, ...] | None = msgspec.field(default=None, name="in")


#: The key of a fact that must be true, or a test.
Condition = str | Test


class Opening(Part, frozen=True):
    """A right that opens only under a condition of its own."""

    right: Right
    when: Condition


class Extension(Part, frozen=True):
    """By how much a time can be prolonged, when, and how often (None: as often as needed)."""

    when: Texts
    by: Length | None = None
    times: int | None = None


class Permit(Part, frozen=True):
    """A reflection period or a permit. `lasts` is None where no time is fixed; `lasts_up_to` where it is a range.

    `renewable` is None where the source does not say, which is neither yes nor no.
    """

    id: str
    kind: PermitKind
    title: Texts
    conditions: Condition
    lasts: Length | None
    renewable: bool | None
    source: Source
    lasts_up_to: Length | None = None
    renewal: Extension | None = None
    opens: tuple[Right | Opening, ...] = ()
    guarantees: tuple[Right, ...] = ()
    starts: DateFact | None = None
    notes: tuple[Texts, ...] = ()
    region: str | None = None


class Stay(Part, frozen=True):
    """How long she may stay: by law, on average, and prolonged; all None where nothing is fixed."""

    legal: Length | None = None
    legal_up_to: Length | None = None
    average: Length | None = None
    extension: Extension | None = None


class Housing(Part, frozen=True):
    """What accommodation there is, for whom, and for how long."""

    types: tuple[HousingType, ...]
    accepts: tuple[Accepted, ...]
    stay: Stay
    mixing: Mixing | None = None


class Service(Part, frozen=True):
    """A service of the state or of others. `free_of_charge` is None where the source does not say."""

    id: str
    kind: ServiceKind
    title: Texts
    conditions: Condition
    provider: Provider
    free_of_charge: bool | None
    source: Source
    cost: Texts | None = None
    by: tuple[By, ...] = ()
    housing: Housing | None = None
    staff_trained: bool | None = None
    notes: tuple[Texts, ...] = ()
    region: str | None = None


class Stage(Part, frozen=True):
    """One stage of a pathway: who must act within which time, counted from a date that is known, or from the end of
    the stage before (`after`)."""

    id: str
    title: Texts
    who: Actor
    due: Texts
    lasts: Length | None
    source: Source
    lasts_up_to: Length | None = None
    starts: DateFact | None = None
    after: tuple[str, ...] = ()
    permit: str | None = None
    extension: Extension | None = None
    appeal: Extension | None = None
    ends: Texts | None = None
    warn: bool = True


class Pathway(Part, frozen=True):
    """A staged scheme, from its first stage on."""

    id: str
    title: Texts
    stages: tuple[Stage, ...]
    source: Source
    region: str | None = None
    notes: tuple[Texts, ...] = ()


class Expected(Part, frozen=True):
    """What an example must come to for one permit or service."""

    status: Status
    ask: tuple[str, ...] | None = None
    failed: tuple[str, ...] | None = None
    ends_on: date | None = None


class Example(Part, frozen=True):
    """A worked example: for these facts the answer holds at least this. It is run as a test."""

    says: str
    facts: Facts
    expect: dict[str, Status | Expected] = {}
    deadlines: dict[str, date] = {}


class Checked(Part, frozen=True):
    """When the rules were last compared with the law, and by whom (a body or a role, never a private person)."""

    on: date
    by: str


class Mechanisms(Part, frozen=True):
    """Whether the state has the three things that the sources ask about; None where they do not say."""

    action_plan: bool | None
    referral_mechanism: bool | None
    rapporteur: bool | None


class Holidays(Part, frozen=True):
    """Whose public holidays count: ISO 3166 codes of the country and of a part of it."""

    country: str
    part: str | None = None


class RuleSet(Part, frozen=True):
    """The rules of one country that were in force from `valid_from` to `valid_to` (its last day; None: still)."""

    country: str
    title: Texts
    valid_from: date
    valid_to: date | None
    checked: Checked
    source: Source
    permits: tuple[Permit, ...]
    services: tuple[Service, ...]
    pathways: tuple[Pathway, ...] = ()
    examples: tuple[Example, ...] = ()
    mechanisms: Mechanisms | None = None
    holidays: Holidays | None = None
    notes: tuple[Texts, ...] = ()
