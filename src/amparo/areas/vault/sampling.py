"""Opening a sample of what is sealed, to know that the keys are the right ones. Nothing of it is shown or kept."""

from dataclasses import dataclass

from django.db.models import Model, QuerySet

from . import registry, sealing
from .models import PersonKey
from .rules import Unreadable


@dataclass(frozen=True)
class Sample:
    """How many values opened, and the fields with one that did not though its person has a key."""

    opened: int
    unreadable: list[str]


def tried(each: int) -> Sample:
    """Try so many values of every sealed field, taken at random."""
    opened, unreadable = 0, []
    for field in registry.sealed_fields():
        every: QuerySet[Model] = QuerySet(field.model)
        for row in every.order_by("?")[:each]:
            try:
                opened += bool(registry.opened(field, row))
            except Unreadable:
                person = registry.about_whom(row)
                if PersonKey.objects.using(sealing.KEYS).filter(person=person).exists():
                    unreadable.append(field.label)
    return Sample(opened, sorted(set(unreadable)))
