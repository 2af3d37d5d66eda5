"""A page asks the database as often for thirty rows as for one."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amparo.areas.access.rules import Audience, Part
from amparo.areas.activities.models import Alarm, Period
from amparo.areas.activities.rules.explaining import OF_SAFETY
from amparo.areas.activities.rules.states import PeriodState, Solving
from amparo.areas.cases import actions as cases
from amparo.areas.cases.dues import set_due
from amparo.areas.cases.restricting import restrict
from amparo.areas.cases.rules import DueKind, HeldBecause
from amparo.areas.entitlements import pathway_acts
from amparo.areas.intake.deciding import Judgement, decide
from amparo.areas.intake.models import Resolution
from amparo.areas.intake.queries import referral_for
from amparo.areas.intake.rules import Verdict
from amparo.areas.people import actions as people
from amparo.areas.people.actions import Particulars
from amparo.kernel import clock
from tests.cast import Cast
from tests.gathering import House, house_of, woman_of
from tests.referring import referred
from tests.web.conftest import SignIn


def _one_more(cast: Cast, number: int) -> None:
    """One more note, one more thing due, one more woman."""
    worker, case = cast["assigned"], cast.case()
    day = date(2026, 2, 1 + number % 28)
    cases.write_note(case, by=worker, text="a note", audience=Audience.TEAM, happened_on=day)
    set_due(case, DueKind.MEASURE, on=clock.today("Europe/Madrid"), subject=1000 + number)
    person = people.create_person(by=worker, particulars=Particulars(called="Someone"))
    cases.open_case(person, by=worker, referent=worker.member)


@pytest.mark.parametrize("page", ["/", "/cases/", "/cases/?q=Someone", "{case}", "{case}notes/", "{case}history/"])
def test_thirty_rows_take_as_many_queries_as_one(cast: Cast, sign_in: SignIn, page: str) -> None:
    address, client, counts = page.format(case=f"/cases/{cast.code}/"), sign_in("assigned"), []
    for rows in (range(1), range(1, 30)):
        for number in rows:
            _one_more(cast, number)
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("who", ["assigned", "coordinator"])
def test_today_full_of_everything_takes_as_many_queries_as_with_one_of_each(
    cast: Cast, sign_in: SignIn, who: str
) -> None:
    house, client, counts = house_of(cast, women=0), sign_in(who), []
    house.plan()
    Period.objects.filter(pk=house.period).update(state=PeriodState.PUBLISHED)
    for rounds in (range(1, 2), range(2, 6)):
        for number in rounds:
            _one_more_of_everything(house, number)
        shown = client.get("/").context
        with CaptureQueriesContext(connection) as asked:
            client.get("/")
        counts.append(len(asked))
        planned = (len(shown["alarmed"]), len(shown["plans_ready"]))
        assert planned == ((number, number) if who == "coordinator" else (0, 0))
        assert (shown["referrals"].count, shown["referrals"].look_again) == (number, number)
        assert len(shown["sessions"]) == (2 * number if who == "assigned" else 0)
        due = [line["what"] for group in shown["groups"] for line in group["lines"]]
        assert sum("Reflection period" in what for what in due) == number
    assert counts[0] == counts[1]


def _one_more_of_everything(house: House, number: int) -> None:
    """One more session of tomorrow with two women, an alarm, a plan, deadlines, things held, and referrals."""
    cast, by = house.cast, house.cast["assigned"]
    women = [woman_of(cast, house.activity) for _ in range(2)]
    group, starts = house.add_group(women, number + 1, 10), clock.now() + timedelta(hours=6 + number)
    group.sessions.update(starts_at=starts, ends_at=starts + timedelta(hours=1))
    session, mine = group.sessions.get(), {"organisation_id": by.organisation}
    Alarm.objects.create(**mine, session=session, rule=min(OF_SAFETY), found_at=clock.now())
    first = house.first_on + timedelta(days=7 * (number + 1))
    ready = {"asked_by_id": house.coordinator.member, "solving": Solving.DONE}
    Period.objects.create(**mine, first_on=first, last_on=first + timedelta(days=6), **ready)
    begun = clock.today(by.time_zone) - timedelta(days=14)
    pathway_acts.start_pathway(women[0], by=by, country="BE", pathway="be.pathway", on=begun, stage="")
    restrict(women[1], by=by, thing=Part.PLAN, ground=HeldBecause.NOT_WANTED, words="", since=begun)
    referred(house.coordinator)
    to_wait, later = referred(house.coordinator), clock.today("Europe/Madrid") + timedelta(days=9)
    judgement = Judgement(Verdict.WAIT, "no_place", "", wait_until=later)
    decide(referral_for(house.coordinator, to_wait), judgement, by=house.coordinator)
    Resolution.objects.filter(referral=to_wait).update(wait_until=clock.today("Europe/Madrid"))
