"""Around midnight the day is the house's own, not that of the machine, which counts in UTC."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from amparo.areas.cases.models import Case
from amparo.areas.cases.rules import Status
from amparo.areas.intake import queries
from amparo.areas.rights import keeping
from amparo.areas.rights.catalogue import periods
from amparo.areas.rights.narratives import narratives_of
from amparo.areas.rights.rules import years_later
from amparo.kernel import clock
from tests.cast import Cast
from tests.referring import intake_things


@pytest.fixture(autouse=True)
def begun() -> Iterator[date]:
    """The day that has begun in Madrid, in winter half an hour ago and in summer an hour more; in UTC it has not."""
    moment = (clock.now() + timedelta(days=1)).replace(hour=23, minute=30)
    with clock.standing_at(moment):
        yield moment.date() + timedelta(days=1)


def test_a_referral_waits_since_the_day_on_which_it_came(cast: Cast, begun: date) -> None:
    number = intake_things(cast.case(), by=cast["assigned"], word="canary")["referral"]
    lines = [line for some in queries.referral_lists(cast["colleague"]).open.values() for line in some]
    assert [line.on for line in lines if line.id == number] == [begun]


def test_what_can_be_corrected_stands_under_the_day_on_which_it_was_written(cast: Cast, begun: date) -> None:
    intake_things(cast.case(), by=cast["assigned"], word="canary")
    found = narratives_of(cast["assigned"], cast.case())
    assert {one.on for one in found if one.kind == "referral"} == {begun}


def test_a_case_whose_time_is_over_today_is_listed_in_the_night_that_begins_today(cast: Cast, begun: date) -> None:
    years = next(one.years for one in periods() if one.key == "case")
    row = Case.objects.filter(pk=cast.case_number)
    row.update(status=Status.CLOSED, closed_on=years_later(begun, -years) + timedelta(days=1))
    assert keeping.list_what_is_due(cast["assigned"].organisation) == 0
    row.update(closed_on=years_later(begun, -years))
    assert keeping.list_what_is_due(cast["assigned"].organisation) == 1
