"""How sensitive a stored field is, how long it is kept and how it is sealed.

It drives sealing, masking, logs, exports and erasure: `areas.vault.registry` lists every field with its marking.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeVar

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


class Seal(StrEnum):
    """With what a field is sealed, or why its bytes are none that could be read."""

    PERSON = "her key"
    ORGANISATION = "the organisation's key"
    BROWSER = "a key that only the browser has"
    WRAPPED = "a key, sealed with the key above it"
    HASH = "a hash"
    FILE = "her key; the name of the sealed file stands here"


# What must not stand anywhere in clear.
SEALED_LABELS = frozenset({Label.PERSONAL, Label.IDENTIFYING, Label.SAFETY_CRITICAL})


@dataclass(frozen=True)
class Marking:
    """What is known of a field's sensitivity.

    `seal` is empty where the field stands in clear, or, in a binary field, where it is sealed as its label asks.
    `context` names the place for which it is sealed; empty: the model's and the field's name (`note.text`).
    """

    label: Label
    keep: Keep
    seal: Seal | None = None
    context: str = ""


class Mark(Protocol):
    """Marks a model field and gives it back."""

    def __call__(self, field: Field, *, seal: Seal | None = None, context: str = "") -> Field:
        """The field, marked."""


def marker(label: Label, keep: Keep) -> Mark:
    """Give a function that marks a model field with this label and retention, and gives the field back."""

    def mark(field: Field, *, seal: Seal | None = None, context: str = "") -> Field:
        marking = Marking(label, keep, seal, context)
        setattr(field, "marking", marking)  # noqa: B010  (a model field has no such attribute of its own)
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
