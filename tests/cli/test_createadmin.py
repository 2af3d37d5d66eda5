"""The first administrator comes with her organisation, or not at all."""

import pytest

from amparo.cli.commands.createadmin import _currency, _time_zone
from tests.cli.command import Amparo, Ended

PASSWORD = "a long way to the sea 9"
NEW = ("--organisation-name", "Casa", "--country", "es")


def create(node: Amparo, username: str, organisation: str, *more: str, password: str = PASSWORD) -> Ended:
    arguments = ("--username", username, "--name", "Ana", "--organisation", organisation, *more)
    return node("createadmin", *arguments, typed=f"{password}\n")


def test_she_can_sign_in_once_she_is_created(node: Amparo) -> None:
    ended = create(node, "ana", "casa", *NEW)
    assert (ended.code, ended.output) == (0, "ana can sign in now as administrator of casa.\n")


def test_a_name_is_taken_once(node: Amparo) -> None:
    assert create(node, "berta", "casa-b", *NEW).code == 0
    again = create(node, "berta", "casa-b")
    assert (again.code, again.complaint) == (2, "amparo: --username berta: this name is taken.\n")


def test_a_new_organisation_needs_a_name_and_a_country(node: Amparo) -> None:
    ended = create(node, "carla", "casa-c")
    assert ended.code == 2
    assert "--organisation-name and --country" in ended.complaint


def test_a_country_that_does_not_exist_is_refused(node: Amparo) -> None:
    ended = create(node, "dora", "casa-d", "--organisation-name", "Casa", "--country", "XX")
    assert (ended.code, "XX" in ended.complaint) == (2, True)


def test_a_weak_password_is_refused_and_nothing_created(node: Amparo) -> None:
    ended = create(node, "elsa", "casa-e", *NEW, password="short")
    assert ended.code == 2
    assert ended.complaint.startswith("amparo: The password was refused:")
    assert create(node, "elsa", "casa-e").complaint.startswith("amparo: casa-e is a new organisation")


def test_a_time_zone_that_does_not_exist_is_refused(node: Amparo) -> None:
    ended = create(node, "fina", "casa-f", *NEW, "--time-zone", "Europe/Nowhere")
    assert (ended.code, "Europe/Nowhere" in ended.complaint) == (2, True)


@pytest.mark.parametrize(
    ("country", "zone", "currency"),
    [("GB", "Europe/London", "GBP"), ("ES", "Europe/Madrid", "EUR"), ("CO", "America/Bogota", "COP")],
)
def test_an_organisation_lives_by_the_clock_and_the_money_of_its_country(
    country: str, zone: str, currency: str
) -> None:
    assert (_time_zone(country), _currency(country)) == (zone, currency)
