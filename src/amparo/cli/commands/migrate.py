"""`amparo migrate`: bring the tables of both databases to this version."""

import argparse

from amparo.cli import schema
from amparo.cli.django_ready import django_ready


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("migrate", help="bring the database to this version")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Apply what is missing; nothing happens where nothing is."""
    with django_ready():
        migrate()
    print("The database is up to date.")
    return 0


def migrate() -> None:
    """Apply every missing migration to each database that Django knows, and the wall to it. Django must be set up."""
    from django.conf import settings
    from django.core.management import call_command

    from amparo.areas.access import building

    schema.make_table()
    for alias in settings.DATABASES:
        call_command("migrate", database=alias, interactive=False, verbosity=0)
        building.build(alias)
    _prepare_vault()
    schema.remember(schema.FINGERPRINT, schema.fingerprint())


def _prepare_vault() -> None:
    """A new node gets its key. Hashes made before names were spelt as they are today find nobody: make them anew."""
    from amparo.areas.vault import finders, sealing

    sealing.prepare_node_key()
    for organisation in finders.finders_of_an_earlier_form():
        finders.bring_finders_to_form(organisation)
