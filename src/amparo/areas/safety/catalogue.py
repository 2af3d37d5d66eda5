"""The worded catalogues of safety: triggers of a new assessment, measures, kinds of incidents, numbers to call."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from amparo.kernel.catalogue import Entry, Source, read_list, reading
from amparo.kernel.language import Texts

_FOLDER = Path(__file__).parent / "data"

#: The levels of risk, from least to most.
LEVELS = ("low", "medium", "high")
#: The triggers of rule R5, and the two the team may choose besides.
TRIGGER_KEYS = (
    "entry",
    "move",
    "new_training_or_work_place",
    "court_date",
    "threat",
    "contact_by_network",
    "set_time",
    "return_considered",
    "asked_for",
)
#: When a measure of the safety plan is for.
MOMENTS = ("prepare", "now", "after")
#: What a number answers to.
SERVICES = ("all", "police", "ambulance", "sms_emergency", "hotline")


@dataclass(frozen=True, slots=True)
class Trigger:
    """What opens a new risk assessment, and within how many days that is to be done (R5)."""

    key: str
    name: Texts
    due_within_days: int
    source: Source


@dataclass(frozen=True, slots=True)
class Triggers:
    """All triggers, and for how many months an assessment holds at each level."""

    months_by_level: dict[str, int]
    triggers: tuple[Trigger, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure to choose for a safety plan; its text speaks in her voice or to her.

    `on_paper` says it so that a stranger who finds the sheet learns nothing; without it, it is left off the sheet.
    """

    key: str
    moment: str
    text: Texts
    on_paper: Texts | None
    source: Source


@dataclass(frozen=True, slots=True)
class IncidentKind:
    """A kind of incident, and the trigger it pulls, if it pulls one."""

    key: str
    name: Texts
    opens: str | None
    source: Source


@dataclass(frozen=True, slots=True)
class EmergencyContact:
    """A number to call; `to_check` where it must be verified before it is given to anybody."""

    key: str
    service: str
    name: str
    number: str
    to_check: bool
    source: Source


@dataclass(frozen=True, slots=True)
class CountryContacts:
    """The numbers of one country; the key is its ISO 3166 code in lower case."""

    key: str
    contacts: tuple[EmergencyContact, ...]


@dataclass(frozen=True, slots=True)
class EmergencyContacts:
    """Numbers by country, with the year they are from and a note that says so."""

    as_of: int
    note: Texts
    countries: tuple[CountryContacts, ...]


@lru_cache
def triggers() -> Triggers:
    """What opens a new risk assessment, and how long one holds."""
    with reading(_FOLDER / "triggers.yaml") as entry:
        return Triggers(
            months_by_level=entry.built("months_by_level", _months),
            triggers=entry.entries("triggers", _trigger),
        )


@lru_cache
def measures() -> tuple[Measure, ...]:
    """The measures of a safety plan: to prepare, in danger now, and after."""
    return read_list(_FOLDER / "measures.yaml", "measures", _measure)


@lru_cache
def incident_kinds() -> tuple[IncidentKind, ...]:
    """The kinds of incidents."""
    return read_list(_FOLDER / "incident_kinds.yaml", "incident_kinds", _incident_kind)


@lru_cache
def emergency_contacts() -> EmergencyContacts:
    """The numbers of all countries we know."""
    with reading(_FOLDER / "emergency_contacts.yaml") as entry:
        return EmergencyContacts(
            as_of=entry.number("as_of", 2000, 2100),
            note=entry.text("note"),
            countries=entry.entries("countries", _country),
        )


def contacts_in(country: str) -> tuple[EmergencyContact, ...]:
    """The numbers of `country` (ISO 3166 alpha-2, any case); empty where we know none."""
    wanted = country.lower()
    return next((one.contacts for one in emergency_contacts().countries if one.key == wanted), ())


def _months(entry: Entry) -> dict[str, int]:
    return {level: entry.number(level, 1, 24) for level in LEVELS}


def _trigger(entry: Entry) -> Trigger:
    return Trigger(
        key=entry.word("key", TRIGGER_KEYS),
        name=entry.text("name"),
        due_within_days=entry.number("due_within_days", 0, 90),
        source=entry.source(),
    )


def _measure(entry: Entry) -> Measure:
    return Measure(
        key=entry.word("key"),
        moment=entry.word("moment", MOMENTS),
        text=entry.text("text"),
        on_paper=entry.text("on_paper") if entry.has("on_paper") else None,
        source=entry.source(),
    )


def _incident_kind(entry: Entry) -> IncidentKind:
    return IncidentKind(
        key=entry.word("key"),
        name=entry.text("name"),
        opens=entry.word("opens", TRIGGER_KEYS) if entry.has("opens") else None,
        source=entry.source(),
    )


def _country(entry: Entry) -> CountryContacts:
    return CountryContacts(key=entry.word("key"), contacts=entry.entries("contacts", _contact))


def _contact(entry: Entry) -> EmergencyContact:
    return EmergencyContact(
        key=entry.word("key"),
        service=entry.word("service", SERVICES),
        name=entry.line("name"),
        number=entry.line("number"),
        to_check=entry.flag("to_check"),
        source=entry.source(),
    )
