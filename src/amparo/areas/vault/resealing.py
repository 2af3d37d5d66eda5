"""Sealing again, with her newest key, whatever is sealed with an earlier key of a person. It may stop anywhere.

Which fields that are comes from the registry. A value is replaced only while it is still the one that was read, so
that nobody's saving is lost; where it was changed meanwhile, the next round finds it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from uuid import UUID

from django.db import connection, models, transaction
from django.db.models import QuerySet
from psycopg import sql

from amparo.kernel.labels import Seal
from amparo.node.errors import NodeError

from . import registry, rules, store
from .registry import MarkedField

BATCH = 500
Rings = Mapping[UUID, rules.Ring]


def reseal(rings: Rings) -> int:
    """Go once over everything sealed with these persons' keys; gives how much of it was sealed with an earlier one.

    Raises NodeError where a value opens with none of them.
    """
    found = sum(_resealed(one, batch) for one in registry.sealed_fields() for batch in _old_values(one, rings))
    files = (one for one in registry.marked_fields() if one.seal is Seal.FILE)
    return found + sum(_resealed_files(one, rings) for one in files)


def _old_values(one: MarkedField, rings: Rings) -> Iterator[list[tuple[object, UUID, bytes, bytes]]]:
    """Primary key, person, the value and the same sealed anew, for what is not sealed with her newest key."""
    batch = []
    for pk, person, kept in _rows(one):
        sealed = bytes(kept or b"")
        ring = rings.get(person)
        if not sealed or ring is None or rules.number_of(sealed) == max(ring):
            continue
        batch.append((pk, person, sealed, _anew(one, pk, person, sealed, ring)))
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _rows(one: MarkedField) -> Iterator[tuple[object, UUID, bytes | memoryview | None]]:
    every: QuerySet[models.Model] = QuerySet(one.model)
    rows = every.order_by("pk").values_list("pk", one.person, one.name)
    after = rows[:BATCH]
    while found := list(after):
        yield from found
        after = rows.filter(pk__gt=found[-1][0])[:BATCH]


def _anew(one: MarkedField, pk: object, person: UUID, sealed: bytes, ring: rules.Ring) -> bytes:
    context = f"{one.context} {person}"
    try:
        return rules.seal_newest(ring, rules.unseal_any(ring, sealed, context), context)
    except rules.Unreadable as wrong:
        raise NodeError(f"{one.label} {pk} does not open with any key of hers: no key was destroyed.") from wrong


def _resealed(one: MarkedField, batch: list[tuple[object, UUID, bytes, bytes]]) -> int:
    """Replace these values, each only where it is still what was read; gives how many were looked at."""
    meta, primary = one.model._meta, one.model._meta.pk
    table = [meta.db_table, one.name, primary.column or "", primary.rel_db_type(connection) or ""]
    statement = sql.SQL(
        "UPDATE {table} AS t SET {field} = v.anew FROM unnest(%s::{kind}[], %s::bytea[], %s::bytea[]) "
        "AS v(pk, old, anew) WHERE t.{pk} = v.pk AND t.{field} = v.old"
    ).format(
        table=sql.Identifier(table[0]),
        field=sql.Identifier(table[1]),
        pk=sql.Identifier(table[2]),
        kind=sql.SQL(table[3]),
    )
    with connection.cursor() as cursor, _unguarded(meta.db_table):
        query = statement.as_string(cursor.connection)
        cursor.execute(query, [[row[0] for row in batch], [row[2] for row in batch], [row[3] for row in batch]])
    return len(batch)


@contextmanager
def _unguarded(table: str) -> Iterator[None]:
    """Let the table's owner change what is sealed where a trigger keeps rows as they are: the words stay the same.

    All in one transaction, so that nobody else ever meets the table without its triggers.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal", [table])
        guarded = cursor.fetchone() is not None
        name = sql.Identifier(table).as_string(cursor.connection)
        if guarded:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {name} DISABLE TRIGGER USER")
        yield
        if guarded:
            cursor.execute(f"ALTER TABLE {name} ENABLE TRIGGER USER")


def _resealed_files(one: MarkedField, rings: Rings) -> int:
    names: dict[UUID, list[str]] = defaultdict(list)
    for person, name in QuerySet(one.model).values_list(one.person, one.name):
        if person in rings and name:
            names[person].append(name)
    return sum(store.reseal(name, person, rings[person]) for person, hers in names.items() for name in hers)
