"""A large house waits two minutes for a plan, a small one twenty seconds."""

import pytest
from msgspec.structs import replace

from amparo.areas.activities.rules.computing import seconds_for
from amparo.areas.activities.rules.instance import Instance, read_part
from bench.instances import LARGE, MIDDLE, make


def asked(requests: int) -> Instance:
    instance = read_part(make("easy", MIDDLE), Instance)
    first = replace(instance.activities[0], asked_by=("w1",) * requests)
    return replace(instance, activities=(first,))


@pytest.mark.parametrize(("requests", "seconds"), [(0, 20), (200, 20), (300, 45), (600, 120), (9000, 120)])
def test_the_more_was_asked_for_the_longer_it_takes(requests: int, seconds: float) -> None:
    assert seconds_for(asked(requests)) == seconds


def test_sixty_women_wait_twenty_seconds_and_two_hundred_two_minutes() -> None:
    assert seconds_for(read_part(make("levels", MIDDLE), Instance)) == 20
    assert seconds_for(read_part(make("levels", LARGE), Instance)) > 115
