"""Filling an empty node with the demonstration, or finding one there."""

import json
import random
from datetime import timedelta
from typing import Any

from django.db import connection, transaction

from amparo.areas.orgs import queries as orgs
from amparo.kernel import clock
from amparo.node.home import home, write_private

from .days import calendar
from .many import make_many
from .reading import stories
from .scene import Scene, Stage
from .staff import Staffed, staff_organisations
from .telling import tell
from .telling.arriving import tell_referrals
from .telling.following import tell_pathways
from .telling.gathering import tell_programme
from .telling.overseeing import tell_oversight
from .telling.status import tell_status
from .telling.wishing import tell_wishes

SEED = 7


def is_demonstration() -> bool:
    """Whether this node already holds a demonstration."""
    return orgs.is_demonstration() is True


def holds_real_data() -> bool:
    """Whether this node holds an organisation that is not a demonstration's."""
    return orgs.is_demonstration() is False


def fill(*, cases: int) -> None:
    """Make up the organisations, their staff and that many cases.

    Writes the accounts to AMPARO_HOME/demo-accounts.json, and to demo-identities.json the fictional words that went
    into the vault: a list of strings, so that anyone can look for them where they must not be.
    First the stories, one after the other in each organisation; what is wanted beyond them is made in bulk.
    All or nothing: a demonstration that was stopped half way leaves an empty node.
    """
    chance = random.Random(SEED)  # noqa: S311  (the same people every time)
    with transaction.atomic():
        houses = staff_organisations(since=clock.today("UTC") - timedelta(days=4 * 365), cases=cases)
        told = _tell_stories(houses, cases, chance)
        make_many(houses, cases - told, chance=chance)
        _write("demo-accounts.json", [account for house in houses for account in house.accounts])
        _write("demo-identities.json", sorted({word for house in houses for word in house.in_the_vault}))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # PostgreSQL looks by itself a minute later; the first pages need not wait


def _tell_stories(houses: list[Staffed], most: int, chance: random.Random) -> int:
    """Tell each story once in every house, `most` cases at most; gives how many."""
    stages = [Stage(house, place, chance) for place, house in enumerate(houses)]
    wanted = [(story, stage) for story in stories() for stage in stages][:most]
    for story, stage in wanted:
        # Not the same day in every house: what began long ago began a little earlier in each.
        days = calendar(story.opened + stage.place * story.opened // 50, stage.today)
        tell(Scene(stage, story, days, referent=story.worker))
    for stage in stages:
        tell_referrals(stage)
        tell_programme(stage)
        tell_oversight(stage)
        tell_pathways(stage)
        tell_status(stage)
        tell_wishes(stage)
    return len(wanted)


def _write(name: str, content: list[Any]) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    write_private(home() / name, text.encode())
