"""Answers to the questions about her legal status, as they are kept, and the facts that follow from them (pure)."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from amparo.kernel.decision import ALLOWED, Decision, refused

from .facts import DATES, VALUES, Facts

NOT_KNOWN = "unknown"
NOT_SAID = "does_not_want_to_say"
#: The two answers that fit every question. The engine treats both as not known; the second is never asked again.
WAYS_OUT = (NOT_KNOWN, NOT_SAID)

#: What is so in one country and says nothing of another: it is asked for each country by itself.
OF_ONE_COUNTRY = frozenset(
    {
        "nationality_group",
        "holds_residence_permit",
        "reasonable_grounds",
        "authority_discretion_granted",
        "reflection_started_on",
        "permit_started_on",
        "referral_received_on",
    }
)


class SaidBy(StrEnum):
    """Who said so."""

    SHE = "she"
    DOCUMENT = "document"
    AUTHORITY = "authority"
    COLLEAGUE = "colleague"
    OTHER = "other"  # another organisation
    FILE = "file"  # taken over from what her file knows


def choices_of(key: str) -> tuple[str, ...]:
    """The coded answers to choose from, without the ways out; none for a day."""
    return () if key in DATES else tuple(answer_of(value) for value in VALUES[key])


def wordings_of(key: str) -> tuple[str, ...]:
    """What of an answer has words: each choice, or 'on' for what stands before a day."""
    return choices_of(key) or ("on",)


def country_of(key: str, country: str) -> str:
    """Under which country an answer is kept: blank for what is so everywhere."""
    return country if key in OF_ONE_COUNTRY else ""


def may_record(key: str, value: str, *, told_on: date, today: date) -> Decision:
    """Whether this is an answer to this question, told on a day that has come."""
    if told_on > today:
        return refused("This day is still to come.")
    if value not in WAYS_OUT and not _fits(key, value):
        return refused("This is not an answer to this question. Choose one, or 'not known yet'.")
    return ALLOWED


def facts_from(answers: Mapping[str, str]) -> Facts:
    """The facts that are known from kept answers; both ways out are not known."""
    return Facts(**{key: value_of(key, answer) for key, answer in answers.items() if answer not in WAYS_OUT})


def value_of(key: str, answer: str) -> Any:
    """The value of a fact from its kept answer: a day, yes or no, or a coded word."""
    if key in DATES:
        return date.fromisoformat(answer)
    return {"yes": True, "no": False}.get(answer, answer)


def days_among(answers: Mapping[str, str]) -> dict[str, date]:
    """The days that are known among kept answers."""
    found = {key: answer for key, answer in answers.items() if key in DATES and answer not in WAYS_OUT}
    return {key: date.fromisoformat(answer) for key, answer in found.items()}


def answer_of(value: bool | str | date) -> str:
    """How the value of a fact is kept."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, date) else value


def _fits(key: str, value: str) -> bool:
    if key not in DATES:
        return key in VALUES and value in choices_of(key)
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
