"""Prints, as JSON, every sentence that the node of AMPARO_HOME holds sealed, by field, and every row as text."""

import json
import sys
from collections.abc import Iterator
from typing import Any

from amparo.cli.django_ready import django_ready


def sentences(value: Any) -> Iterator[str]:
    """The texts in an opened value, long enough that they cannot stand somewhere by accident."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from sentences(one)
    elif isinstance(value, str) and len(value) >= 16 and " " in value and "\n" not in value:
        yield value


def sealed() -> dict[str, list[str]]:
    """By field, what stands there once it is opened; None for pictures and files."""
    from amparo.areas.vault.registry import opened, sealed_fields

    found: dict[str, list[str]] = {}
    for field in sealed_fields():
        texts: set[str] = set()
        rows = field.model._base_manager.exclude(**{field.name: b""})
        for row in rows:
            content = opened(field, row)
            texts.update(sentences(_read(content)))
        found[field.label] = sorted(texts) if rows else []
    return found


def _read(content: bytes) -> Any:
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return None
    return json.loads(text) if text[:1] in "[{" else text


def rows() -> str:
    """Every row of both databases, as PostgreSQL writes it."""
    from amparo.node import database

    lines: list[str] = []
    for name in (database.MAIN, database.KEYS):
        with database.connect(name) as connection:
            tables = connection.execute(
                "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables"
                " WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
            ).fetchall()
            for (table,) in tables:
                lines += [str(row[0]) for row in connection.execute(f"SELECT t::text FROM {table} t")]
    return "\n".join(lines)


if __name__ == "__main__":
    with django_ready():
        json.dump({"sealed": sealed(), "rows": rows()}, sys.stdout)
