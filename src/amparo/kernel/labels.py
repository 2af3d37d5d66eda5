"""How sensitive a stored field is, and how long it is kept. It drives sealing, masking, logs and erasure."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

Field = TypeVar("Field")


class Label(StrEnum):
    """From what anyone may know to what can get someone killed."""

    PUBLIC = "public"
    OPERATIONAL = "operational"
    PERSONAL = "personal"
    IDENTIFYING = "identifying"
    SAFETY_CRITICAL = "safety_critical"


class Keep(StrEnum):
    """Until when a field is kept."""

    NODE = "as long as the node"
    MEMBER = "as long as the member, and 5 years"
    CASE = "as long as the case, and 5 years"
    PERSON = "until the person is erased"
    TRACE = "10 years"
    DAY = "one day"


@dataclass(frozen=True)
class Marking:
    """What is known of a field's sensitivity."""

    label: Label
    keep: Keep


def marker(label: Label, keep: Keep) -> Callable[[Field], Field]:
    """Give a function that marks a model field with this label and retention, and gives the field back."""

    def mark(field: Field) -> Field:
        setattr(field, "marking", Marking(label, keep))  # noqa: B010  (a model field has no such attribute of its own)
        return field

    return mark


public = marker(Label.PUBLIC, Keep.NODE)
node = marker(Label.OPERATIONAL, Keep.NODE)
staff = marker(Label.OPERATIONAL, Keep.MEMBER)
case_fact = marker(Label.OPERATIONAL, Keep.CASE)
personal = marker(Label.PERSONAL, Keep.PERSON)
identifying = marker(Label.IDENTIFYING, Keep.PERSON)
safety_critical = marker(Label.SAFETY_CRITICAL, Keep.PERSON)
trace = marker(Label.OPERATIONAL, Keep.TRACE)
fleeting = marker(Label.OPERATIONAL, Keep.DAY)


def marking_of(field: object) -> Marking | None:
    """The marking of a model field; None where it was forgotten."""
    return getattr(field, "marking", None)
