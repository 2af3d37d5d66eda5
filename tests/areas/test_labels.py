"""Every stored field says how sensitive it is, and whatever is personal is sealed before it is stored."""

from itertools import chain

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import connections, models

from amparo.kernel.labels import Label, marking_of
from tests import cast as canaries
from tests.world import FOREIGN_CALLED, FOREIGN_FAMILY_NAME, FOREIGN_NOTE, World

OURS = [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("amparo.")]
SEALED = {Label.PERSONAL, Label.IDENTIFYING, Label.SAFETY_CRITICAL}
# Keys by which a row is found, days, hours and answers of a yes or no: coded, and counted.
CODED = (models.UUIDField, models.ForeignKey, models.TimeField, models.DateField, models.BooleanField)
NARRATIVE = (models.TextField,)
# JSON of codes and counts in the log, checked when it is written.
# Codes and counts; and what a session holds, sealed with a key that only the browser has.
NARRATIVE_THAT_IS_CODED = {"audit.Entry.facts", "orgs.OpenSession.session_data"}

FIELDS = {
    f"{model._meta.app_label}.{model.__name__}.{field.name}": field
    for model in OURS
    for field in model._meta.local_fields
    if not field.auto_created
}


def test_there_are_models_to_look_at() -> None:
    assert {"cases.Note.text", "people.Person.called", "vault.Identity.sealed"} <= set(FIELDS)


def test_every_field_carries_a_label() -> None:
    assert [name for name, field in FIELDS.items() if marking_of(field) is None] == []


def test_whatever_is_personal_is_stored_sealed() -> None:
    unsealed = []
    for name, field in FIELDS.items():
        marking = marking_of(field)
        if marking and marking.label in SEALED and not _may_stand_in_clear(field):
            unsealed.append(name)
    assert unsealed == []


def test_no_field_in_clear_has_room_for_a_narrative() -> None:
    long_words = [
        name
        for name, field in FIELDS.items()
        if isinstance(field, NARRATIVE) or (isinstance(field, models.CharField) and (field.max_length or 999) > 300)
    ]
    assert set(long_words) == NARRATIVE_THAT_IS_CODED


def _may_stand_in_clear(field: object) -> bool:
    """Sealed before it is stored, or of a kind that has room for a code only."""
    if isinstance(field, ArrayField):
        return isinstance(field.base_field, models.SmallIntegerField)
    short = isinstance(field, models.CharField) and (field.max_length or 999) <= 20
    return short or isinstance(field, (models.BinaryField, *CODED))


@pytest.mark.parametrize("database", ["default", "keys"])
def test_no_word_of_hers_stands_in_clear_anywhere_in_the_database(world: World, database: str) -> None:
    dump = _dump(database)
    words = [getattr(canaries, name) for name in dir(canaries) if name.isupper() and name not in ("PASSWORD", "ROLES")]
    words = [word for word in words if isinstance(word, str)]
    words += [FOREIGN_CALLED, FOREIGN_FAMILY_NAME, FOREIGN_NOTE, "canary-thing", "600123987", "Ana María", "Xochitl"]
    assert len(words) > 10
    assert [word for word in words if _stands_in(dump, word)] == []
    assert world.cast.code in dump or database == "keys"


def _stands_in(dump: str, word: str) -> bool:
    """In clear, or as the bytes of a column that is not sealed."""
    return word in dump or word.encode().hex() in dump


def _dump(database: str) -> str:
    """Every row of every table as text; binary columns in hexadecimal."""
    with connections[database].cursor() as cursor:
        tables = connections[database].introspection.table_names(cursor)
        rows = []
        for table in tables:
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            rows.append(cursor.fetchall())
    return "\n".join(row[0] for row in chain.from_iterable(rows))
