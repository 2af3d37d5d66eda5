"""Filling an empty node with the demonstration, or finding one there."""

import json
import random
from datetime import timedelta

from django.db import transaction

from amparo.areas.orgs import queries as orgs
from amparo.kernel import clock
from amparo.node.home import home, write_private

from .many import make_many
from .staff import Staffed, staff_organisations

SEED = 7


def is_demonstration() -> bool:
    """Whether this node already holds a demonstration."""
    return orgs.is_demonstration() is True


def holds_real_data() -> bool:
    """Whether this node holds an organisation that is not a demonstration's."""
    return orgs.is_demonstration() is False


@transaction.atomic
def fill(*, cases: int) -> None:
    """Make up the organisations, their staff and that many cases; write the accounts to AMPARO_HOME/demo-accounts.json.

    All or nothing: a demonstration that was stopped half way leaves an empty node.
    """
    houses = staff_organisations(since=clock.today() - timedelta(days=4 * 365), cases=cases)
    make_many(houses, cases, chance=random.Random(SEED))  # noqa: S311  (the same people every time)
    _write_accounts(houses)


def _write_accounts(houses: list[Staffed]) -> None:
    accounts = [account for house in houses for account in house.accounts]
    text = json.dumps(accounts, ensure_ascii=False, indent=2) + "\n"
    write_private(home() / "demo-accounts.json", text.encode())
