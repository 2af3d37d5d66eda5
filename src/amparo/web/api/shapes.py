"""What the API gives and takes."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Annotated, Literal

from ninja import Schema
from pydantic import AfterValidator, ConfigDict, Field

Page = Annotated[int, Field(ge=1, le=10_000)]


def _sayable(text: str) -> str:
    """Text that can be kept: no sign that no text has."""
    if "\0" in text or any(0xD800 <= ord(sign) <= 0xDFFF for sign in text):
        raise ValueError("contains a sign that no text has")
    return text.strip()


Words = Annotated[str, AfterValidator(_sayable)]
Day = Annotated[date, Field(ge=date(1990, 1, 1), le=date(2100, 1, 1))]


class Taken(Schema):
    """What is taken in: a field too many is told, not passed over."""

    model_config = ConfigDict(extra="forbid")


class Problem(Schema):
    """What went wrong (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str


class Head(Schema):
    """A case, as far as the reader may know of it. `called` only in her team."""

    code: str
    status: str
    referent: str
    in_team: bool
    opened_on: date
    closed_on: date | None
    called: str | None
    risk_level: str | None
    risk_on: date | None


class Heads(Schema):
    """One page of cases, newest first."""

    cases: list[Head]
    page: int
    more: bool


class Note(Schema):
    """A note that is for the reader."""

    number: int
    author: str
    audience: str
    happened_on: date
    text: str
    written_at: datetime
    version: int


class Notes(Schema):
    """One page of notes, latest first."""

    notes: list[Note]
    page: int
    more: bool


class Service(Schema):
    """Something that was done with her or for her."""

    number: int
    by: str
    kind: str
    on: date
    minutes: int | None
    cost: Decimal | None
    note: str


class Services(Schema):
    """One page of services, latest first."""

    services: list[Service]
    page: int
    more: bool


class Appointment(Schema):
    """An appointment with her."""

    number: int
    on: date
    at: time | None
    about: str
    place: str
    with_colleague: str
    state: str


class Appointments(Schema):
    """The latest appointments, those to come first."""

    appointments: list[Appointment]


class Due(Schema):
    """Something that must not be missed."""

    kind: str
    on: date
    at: time | None
    when: str
    code: str
    called: str | None
    mine: bool


class Dues(Schema):
    """What is due, earliest first."""

    due: list[Due]


class Step(Schema):
    """A step towards a goal."""

    number: int
    words: str
    by: str
    due_on: date | None
    done_on: date | None


class Goal(Schema):
    """A goal with its steps."""

    number: int
    domain: str
    words: str
    status: str
    steps: list[Step]


class Need(Schema):
    """A need, in her words first."""

    number: int
    domain: str
    her_words: str | None
    our_view: str
    status: str
    goals: list[Goal]


class Plan(Schema):
    """Her plan as it stands, open needs as she ranks them."""

    needs: list[Need]
    past_needs: list[Need]
    other_goals: list[Goal]
    review_on: date | None


class NewNote(Taken):
    """A note to write."""

    text: Annotated[Words, Field(min_length=1, max_length=20_000)]
    audience: Literal["team", "psychologist", "lawyer", "referent"]
    happened_on: Day


class NewService(Taken):
    """Something that was done. Money is never tied to what she does (R11)."""

    kind: Annotated[str, Field(max_length=60)]
    on: Day
    minutes: Annotated[int, Field(ge=1, le=1440)] | None = None
    cost: Annotated[Decimal, Field(ge=0, max_digits=9, decimal_places=2)] | None = None
    note: Annotated[Words, Field(max_length=20_000)] = ""


class Saved(Schema):
    """The number of what was saved."""

    number: int
