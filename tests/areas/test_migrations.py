"""Upgrades migrate while old code still runs: what a migration may do to a table that the version before it reads."""

import pytest
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation

# The first version, which nobody upgrades from. What comes after these must leave the version before it at work.
FIRST_VERSION = {
    "access": "0003",
    "activities": "0001",
    "audit": "0004",
    "cases": "0004",
    "consent": "0006",
    "entitlements": "0001",
    "intake": "0001",
    "orgs": "0004",
    "people": "0002",
    "plans": "0002",
    "rights": "0001",
    "safety": "0002",
    "vault": "0002",
}


def breaks_the_version_before(operation: Operation) -> str:
    """Why this operation would stop code of the version before it; empty where it would not.

    A column or table goes in two versions: the first stops using it, the next takes it away (RunSQL or
    SeparateDatabaseAndState, with the words 'unused since').
    """
    match operation:
        case migrations.AddField(field=field):
            fills_itself = field.null or field.has_db_default() or isinstance(field, models.ManyToManyField)
            return "" if fills_itself else "rows written by the version before would lack it: null or db_default"
        case migrations.RemoveField() | migrations.DeleteModel():
            return "the version before still reads it"
        case migrations.RenameField() | migrations.RenameModel() | migrations.AlterModelTable():
            return "the version before knows it by the old name"
        case migrations.AlterField(field=field):
            return "" if field.null or field.has_db_default() else "the version before may write what no longer fits"
    return ""


@pytest.mark.parametrize(
    ("operation", "breaks"),
    [
        (migrations.AddField("note", "mood", models.TextField(null=True)), False),
        (migrations.AddField("note", "mood", models.TextField(db_default="")), False),
        (migrations.AddField("note", "mood", models.TextField(default="")), True),
        (migrations.RemoveField("note", "text"), True),
        (migrations.RenameField("note", "text", "words"), True),
        (migrations.AlterField("note", "text", models.CharField(max_length=3)), True),
        (migrations.DeleteModel("note"), True),
        (migrations.CreateModel("mood", []), False),
    ],
)
def test_what_stops_the_version_before_is_known(operation: Operation, breaks: bool) -> None:
    assert bool(breaks_the_version_before(operation)) is breaks


def test_no_migration_stops_the_version_before() -> None:
    every = MigrationLoader(None).disk_migrations
    ours = {key: one for key, one in every.items() if one.__module__.startswith("amparo.areas.")}
    assert {area for area, _ in ours} == set(FIRST_VERSION)
    later = {key: one for key, one in ours.items() if key[1][:4] > FIRST_VERSION[key[0]]}
    found = {
        f"{area}.{name}: {why}"
        for (area, name), one in later.items()
        for operation in one.operations
        if (why := breaks_the_version_before(operation))
    }
    assert found == set()
