"""`amparo createadmin`: the first administrator of an organisation, and the organisation with her."""

import argparse
import getpass
import sys

from amparo.cli import schema
from amparo.cli.commands.migrate import migrate
from amparo.cli.django_ready import django_ready
from amparo.node.errors import NodeError


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("createadmin", help="create an organisation's first administrator")
    parser.add_argument("--username", required=True, help="the name to sign in with")
    parser.add_argument("--name", required=True, help="the administrator's name, as colleagues see it")
    parser.add_argument("--organisation", required=True, metavar="CODE", help="short code of the organisation")
    parser.add_argument("--organisation-name", metavar="NAME", help="its full name; needed where it is new")
    parser.add_argument("--country", metavar="CC", help="its country (ISO 3166, two letters); needed where it is new")
    parser.add_argument(
        "--time-zone", metavar="ZONE", help="such as Atlantic/Canary; chosen by the country if left out"
    )
    parser.add_argument("--language", default="en", help="language of the administrator's pages (default: en)")
    parser.epilog = "The password is asked for, or read from standard input where that is not a terminal."
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Create account and membership, and the organisation if there is none of this code: all of it or nothing."""
    with django_ready():
        _refuse_wrong_country(arguments.country)
        _refuse_wrong_time_zone(arguments.time_zone)
        if not schema.node_state():
            migrate()
        password = _password(arguments.username)
        _create(arguments, password)
    print(f"{arguments.username} can sign in now as administrator of {arguments.organisation}.")
    return 0


def _create(arguments: argparse.Namespace, password: str) -> None:
    from django.db import IntegrityError, transaction

    from amparo.areas.orgs import actions
    from amparo.areas.orgs.rules import Role
    from amparo.areas.vault import sealing

    with transaction.atomic():
        organisation = _organisation(arguments)
        try:
            account = actions.create_account(arguments.username, password=password)
        except IntegrityError as error:
            raise NodeError(f"--username {arguments.username}: this name is taken.", exit_code=2) from error
        actions.create_member(
            account,
            organisation=organisation,
            role=Role.ADMINISTRATOR,
            name=arguments.name,
            language=arguments.language,
        )
    sealing.organisation_keys(organisation)  # the web may use it, not make it


def _organisation(arguments: argparse.Namespace) -> int:
    from amparo.areas.orgs import actions, queries

    known = queries.organisation_with_code(arguments.organisation)
    if known:
        return known.pk
    if not arguments.organisation_name or not arguments.country:
        code = arguments.organisation
        raise NodeError(f"{code} is a new organisation: give --organisation-name and --country too.", exit_code=2)
    country = arguments.country.upper()
    return actions.create_organisation(
        arguments.organisation,
        name=arguments.organisation_name,
        country=country,
        language=arguments.language,
        time_zone=arguments.time_zone or _time_zone(country),
        currency=_currency(country),
    )


def _time_zone(country: str) -> str:
    """The country's time zone; of several the one in Europe."""
    from babel.core import get_global

    zones = sorted(zone for zone, place in get_global("zone_territories").items() if place == country)
    return next((zone for zone in zones if zone.startswith("Europe/")), zones[0] if zones else "UTC")


def _currency(country: str) -> str:
    from babel.numbers import get_territory_currencies

    return next(iter(get_territory_currencies(country)), "EUR")


def _refuse_wrong_country(code: str | None) -> None:
    import pycountry

    if code and pycountry.countries.get(alpha_2=code.upper()) is None:
        raise NodeError(f"--country {code}: expected two letters of ISO 3166, such as ES.", exit_code=2)


def _refuse_wrong_time_zone(zone: str | None) -> None:
    from zoneinfo import available_timezones

    if zone and zone not in available_timezones():
        raise NodeError(f"--time-zone {zone}: expected a name such as Europe/Madrid.", exit_code=2)


def _password(username: str) -> str:
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    if sys.stdin.isatty():
        password = getpass.getpass(f"Password for {username}: ")
        if getpass.getpass("The same again: ") != password:
            raise NodeError("The two passwords differ; nothing was created.", exit_code=2)
    else:
        password = sys.stdin.readline().rstrip("\n")
    try:
        validate_password(password)
    except ValidationError as error:
        raise NodeError(f"The password was refused: {' '.join(error.messages)}", exit_code=2) from error
    return password
