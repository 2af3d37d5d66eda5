"""Taking her words out of every table that holds some, and nothing else: driven by the labels of the fields alone."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models

from amparo.areas.vault.registry import fields_about_her, our_models, person_of
from amparo.kernel.labels import Label, Seal

from .narratives import has_words, rows_of, words_in


@dataclass(frozen=True)
class Amount:
    """What stands of her in one table: rows in all, rows with words in them, rows that go as a whole."""

    table: str
    rows: int
    with_words: int
    goes: bool


def amounts(person: UUID) -> list[Amount]:
    """What stands of her, table by table: what will go, and what stays to be counted. Nothing is opened."""
    return [_amount(table, person) for table in _tables()]


def wipe_person(person: UUID) -> list[str]:
    """Empty every sealed field about her, take out whatever identifies her; gives the names of her files.

    Coded words stay as they are, so that every count stays the same.
    """
    names: list[str] = []
    for table in _tables():
        rows = rows_of(table).filter(**{person_of(table): person})
        names += _wipe(table, rows)
        if _identifies(table):
            rows.delete()
    return names


def wipe_row(table: type[models.Model], number: int) -> list[str]:
    """The same for one row of hers: that it was there stays."""
    return _wipe(table, rows_of(table).filter(pk=number))


def _wipe(table: type[models.Model], rows: models.QuerySet[Any]) -> list[str]:
    files = [one.name for one in fields_about_her() if one.model is table and one.seal is Seal.FILE]
    names = [name for field in files for name in rows.exclude(**{field: ""}).values_list(field, flat=True)]
    emptied = dict.fromkeys((one.name for one in words_in(table)), b"") | dict.fromkeys(files, "")
    if emptied:
        rows.update(**emptied)
    return names


def _amount(table: type[models.Model], person: UUID) -> Amount:
    some = has_words(table) if words_in(table) else models.Q(pk__isnull=False)
    hers = rows_of(table).filter(**{person_of(table): person})
    counted = hers.aggregate(rows=models.Count("pk"), with_words=models.Count("pk", filter=some))
    return Amount(table._meta.label, counted["rows"], counted["with_words"], _identifies(table))


def _tables() -> list[type[models.Model]]:
    """Every table about one person in which something of hers is sealed or identifies her, but not the keys."""
    return [one for one in our_models() if person_of(one) and (words_in(one) or _identifies(one))]


def _identifies(table: type[models.Model]) -> bool:
    return any(one.marking.label is Label.IDENTIFYING for one in fields_about_her() if one.model is table)
