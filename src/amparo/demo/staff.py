"""The three organisations and the people who work there."""

import base64
import random
import secrets
from dataclasses import dataclass, field
from datetime import date

from django.contrib.auth.hashers import make_password

from amparo.areas.access.queries import viewer_of
from amparo.areas.access.rules import Viewer
from amparo.areas.orgs import actions as orgs
from amparo.areas.orgs.queries import membership_of
from amparo.areas.orgs.rules import SECOND_FACTOR_ROLES, Role

from .names import identity

CASES_OF_ONE_WORKER = 25
Account = dict[str, str | None]


@dataclass(frozen=True)
class House:
    """One organisation, and how many of each role it has besides caseworkers."""

    code: str
    name: str
    country: str
    language: str
    time_zone: str
    currency: str = "EUR"


HOUSES = (
    House("casa-lavanda", "Casa Lavanda", "ES", "es", "Europe/Madrid"),
    House("casa-ginestra", "Casa Ginestra", "IT", "it", "Europe/Rome"),
    House("heather-house", "Heather House", "GB", "en", "Europe/London", "GBP"),
)
# First names are trees and herbs, family names stones and weather: nobody is called so.
_FIRST = ("Alder", "Basil", "Cedar", "Dill", "Elder", "Fennel", "Hazel", "Juniper", "Laurel", "Maple", "Olive", "Rowan")
_LAST = ("Granite", "Breeze", "Marble", "Drizzle", "Basalt", "Cloud", "Slate", "Rainbow", "Quartz", "Hail", "Flint")


@dataclass
class Staffed:
    """An organisation with its members by role, and the accounts to sign in with."""

    house: House
    organisation: int
    members: dict[Role, list[int]] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    viewers: dict[int, Viewer] = field(default_factory=dict)
    accounts: list[Account] = field(default_factory=list)
    in_the_vault: set[str] = field(default_factory=set)

    def viewer(self, role: Role, place: int = 0) -> Viewer:
        """One of the members of this role as the one who acts."""
        return self.viewers[self.members[role][place]]

    def identity(self, called: str, chance: random.Random) -> dict[str, str]:
        """Identifying words for the vault; which they were is kept, so that anyone can look for them elsewhere."""
        words = identity(called, chance)
        self.in_the_vault.update(words.values())
        return words


def staff_organisations(*, since: date, cases: int) -> list[Staffed]:
    """Create the organisations: three caseworkers or more, by the number of cases, and one of every other role."""
    password = f"{secrets.choice(_FIRST)}-{secrets.choice(_LAST)}-{secrets.randbelow(9000) + 1000}".lower()
    hashed = make_password(password)
    workers = max(3, cases // len(HOUSES) // CASES_OF_ONE_WORKER)
    return [_staffed(house, since, password, hashed, workers) for house in HOUSES]


def _staffed(house: House, since: date, password: str, hashed: str, workers: int) -> Staffed:
    number = orgs.create_organisation(
        house.code,
        name=house.name,
        country=house.country,
        language=house.language,
        time_zone=house.time_zone,
        currency=house.currency,
        is_demonstration=True,
    )
    staffed = Staffed(house, number)
    for role in Role:
        for place in range(workers if role is Role.CASEWORKER else 1):
            _employ(staffed, role, place, since, password, hashed)
    return staffed


def _employ(staffed: Staffed, role: Role, place: int, since: date, password: str, hashed: str) -> None:
    username = f"{role.value.replace('_', '-')}{place + 1 if place else ''}.{staffed.house.code}"
    account = orgs.create_account(username, password_hash=hashed)
    secret = None
    if role in SECOND_FACTOR_ROLES:
        secret = base64.b32encode(secrets.token_bytes(20)).decode()
        orgs.give_second_factor(account, secret=secret)
    count = len(staffed.names) + len(staffed.house.code)
    name = f"{_FIRST[count % len(_FIRST)]} {_LAST[count * 7 % len(_LAST)]}"
    member = orgs.create_member(
        account,
        organisation=staffed.organisation,
        role=role,
        name=name,
        language=staffed.house.language,
        trained_on=since,
        signed_on=since,
    )
    staffed.members.setdefault(role, []).append(member)
    staffed.names[member] = name
    seat = membership_of(username, staffed.house.code)
    if seat is None:
        raise LookupError(f"{username} has no seat")
    staffed.viewers[member] = viewer_of(seat)
    if place < 3:
        staffed.accounts.append(
            {
                "role": role.value,
                "username": username,
                "password": password,
                "totp_secret": secret,
                "organisation": staffed.house.code,
            }
        )
