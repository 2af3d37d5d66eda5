"""`amparo migrate`: bring the tables of both databases to this version."""

import argparse

from amparo.cli import schema
from amparo.cli.django_ready import django_ready


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("migrate", help="bring the database to this version")
    parser.add_argument("--only-keys", action="store_true", help="only the database of keys")
    parser.add_argument("--quiet", action="store_true", help="say nothing where all is well")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Apply what is missing; nothing happens where nothing is."""
    with django_ready():
        migrate(only_keys=arguments.only_keys)
    if not arguments.quiet:
        print("The database is up to date.")
    return 0


def migrate(*, only_keys: bool = False) -> None:
    """Apply every missing migration to each database that Django knows, and the wall to it. Django must be set up."""
    from django.conf import settings
    from django.core.management import call_command

    from amparo.areas.access import building

    if not only_keys:
        schema.make_table()
    for alias in ["keys"] if only_keys else settings.DATABASES:
        call_command("migrate", database=alias, interactive=False, verbosity=0)
        building.build(alias)
    if not only_keys:
        _prepare_vault()
        schema.remember(schema.FINGERPRINT, schema.fingerprint())


def _prepare_vault() -> None:
    """A new node gets its key. Hashes made before names were spelt as they are today find nobody: make them anew."""
    from amparo.areas.vault import finders, sealing

    sealing.prepare_node_key()
    for organisation in finders.finders_of_an_earlier_form():
        finders.bring_finders_to_form(organisation)
