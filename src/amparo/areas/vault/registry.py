"""Every stored field with its label: what sealing, copies, exports, erasure and the data map go through.

Nothing here is kept by hand. A field that a colleague adds with its label is in these lists at once.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from django.apps import apps
from django.db import models

from amparo.kernel.labels import SEALED_LABELS, Marking, Seal, marking_of

from . import sealing

PERSON = "people.Person"
# A foreign key to one of these leads to whoever works here, not to whom a row is about.
_NOT_HER = ("orgs.Organisation", "orgs.Member", "orgs.Account")


@dataclass(frozen=True)
class MarkedField:
    """A field with what is known of it.

    `seal` is None where it stands in clear. `context` names the place it is sealed for (`note.text`). `person` is the
    lookup from a row to the UUID of the person it is about (`case__person`), empty where it is about nobody.
    """

    model: type[models.Model]
    name: str
    marking: Marking
    seal: Seal | None
    context: str
    person: str

    @property
    def label(self) -> str:
        """The field as the data map calls it: `cases.Note.text`."""
        return f"{self.model._meta.label}.{self.name}"


def marked_fields() -> tuple[MarkedField, ...]:
    """Every field of every table of ours, by area and table; raises LookupError where a label was forgotten."""
    return tuple(_marked(model, field) for model in our_models() for field in _fields(model))


def sealed_fields() -> tuple[MarkedField, ...]:
    """Those sealed with a person's own key, in the order of `marked_fields`: destroying the key destroys them."""
    return tuple(one for one in marked_fields() if one.seal is Seal.PERSON)


def fields_about_her() -> tuple[MarkedField, ...]:
    """Every field of every table whose rows are about one person, sealed or in clear."""
    return tuple(one for one in marked_fields() if one.person)


@cache
def our_models() -> tuple[type[models.Model], ...]:
    """Every table of ours, in one order."""
    every = apps.get_models(include_auto_created=True)
    return tuple(
        sorted((one for one in every if one.__module__.startswith("amparo.")), key=lambda one: one._meta.label)
    )


@cache
def person_of(model: type[models.Model]) -> str:
    """The lookup from a row of this table to the UUID of the person it is about; empty where it is about nobody."""
    if model._meta.label == PERSON:
        return "pk"
    reached: list[tuple[str, type[models.Model]]] = [("", model)]
    seen = {model}
    for path, table in reached:
        for field in table._meta.local_fields:
            target = field.related_model
            if field.name == "person" and (target is None or _label(target) == PERSON):
                return f"{path}person"
            if isinstance(target, type) and target not in seen and _label(target) not in _NOT_HER:
                seen.add(target)
                reached.append((f"{path}{field.name}__", target))
    return ""


def opened(field: MarkedField, row: models.Model) -> bytes:
    """What stands in this field of this row, unsealed; empty stays empty. Raises Unreadable where it does not open.

    What is about nobody yet who is known here is sealed with the key of the row's organisation.
    """
    sealed = bytes(getattr(row, field.name))
    if not sealed:
        return b""
    if getattr(row, person_of(type(row)).split("__")[0], None) is None:
        return sealing.open_of_house(getattr(row, "organisation_id"), sealed, field.context)  # noqa: B009  (any table)
    return sealing.open_bytes(about_whom(row), sealed, field.context)


def about_whom(row: models.Model) -> UUID:
    """The person that this row is about; raises LookupError where it is about nobody."""
    lookup = person_of(type(row))
    if not lookup:
        raise LookupError(f"{type(row).__name__} is about nobody")
    found: object = row
    for step in lookup.split("__"):
        found = getattr(found, step)
    person = getattr(found, "pk", found)
    if not isinstance(person, UUID):
        raise LookupError(f"{type(row).__name__} leads to no person")
    return person


def _fields(model: type[models.Model]) -> Iterator[models.Field]:  # type: ignore[type-arg]
    """Those that somebody declared: the numbers that Django adds by itself say nothing."""
    return (field for field in model._meta.local_fields if not field.auto_created)


def _marked(model: type[models.Model], field: models.Field) -> MarkedField:  # type: ignore[type-arg]
    marking = marking_of(field)
    if marking is None:
        raise LookupError(f"{model._meta.label}.{field.name} has no label (kernel.labels)")
    seal = marking.seal
    if seal is None and isinstance(field, models.BinaryField) and marking.label in SEALED_LABELS:
        seal = Seal.PERSON
    context = marking.context or f"{model._meta.model_name}.{field.name}"
    return MarkedField(model, field.name, marking, seal, context if seal else "", person_of(model))


def _label(model: object) -> str:
    return model._meta.label if isinstance(model, type) and issubclass(model, models.Model) else ""
