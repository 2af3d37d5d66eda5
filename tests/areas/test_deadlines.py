"""Deadlines are warned of ahead, put off by whoever has seen them, and stay in their last days."""

from datetime import date, timedelta

import pytest

from amparo.areas.access.rules import Part
from amparo.areas.cases import standing, team
from amparo.areas.cases.acting import acting
from amparo.areas.cases.deadlines import keep_deadline, see_deadline
from amparo.areas.cases.dues import DueLine, due_lines, due_of_case
from amparo.areas.cases.models import Due
from amparo.areas.cases.queries import case_for
from amparo.areas.cases.rules import DueKind
from amparo.areas.cases.standing import Ending
from amparo.kernel import clock
from amparo.kernel.decision import NotThere, Refused
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
SUBJECT = 7


def keep(cast: Cast, days: int | None, *, kind: DueKind = DueKind.EXPIRY) -> None:
    on = None if days is None else today() + timedelta(days)
    with acting(cast.case(), by=cast["assigned"], part=Part.LEGAL, verb="x") as act:
        act.quiet = True
        keep_deadline(cast.case(), kind, subject=SUBJECT, on=on)


def today() -> date:
    return clock.today("Europe/Madrid")


def on_today(cast: Cast, name: str = "assigned") -> list[DueLine]:
    lines = due_lines(cast[name], until=today() + timedelta(days=7))
    return [line for line in lines if line.kind in (DueKind.EXPIRY, DueKind.DEADLINE)]


def see(cast: Cast) -> None:
    see_deadline(cast.case(), Due.objects.get(subject=SUBJECT, done_at=None).pk, by=cast["assigned"])


@pytest.mark.parametrize(("days", "stands"), [(61, False), (60, True), (31, True), (8, True), (0, True), (-3, True)])
def test_a_deadline_stands_on_today_from_two_months_before(cast: Cast, days: int, stands: bool) -> None:
    keep(cast, days)
    assert bool(on_today(cast)) is stands


def test_who_has_seen_it_sees_it_again_at_the_next_warning(cast: Cast) -> None:
    keep(cast, 45)
    see(cast)
    assert on_today(cast) == []
    for ahead, stands in ((31, False), (30, True)):
        with clock.standing_at(clock.now() + timedelta(days=45 - ahead)):
            assert bool(on_today(cast)) is stands


def test_seen_a_week_ahead_it_rests_until_the_last_two_days(cast: Cast) -> None:
    keep(cast, 6)
    see(cast)
    assert on_today(cast) == []
    with clock.standing_at(clock.now() + timedelta(days=4)):
        assert [line.to_see for line in on_today(cast)] == [False]


@pytest.mark.parametrize("days", [2, 0, -1, -400])
def test_in_its_last_days_and_overdue_it_stays_whoever_says_seen(cast: Cast, days: int) -> None:
    keep(cast, days)
    with pytest.raises(Refused):
        see(cast)
    assert len(on_today(cast)) == 1


def test_a_deadline_that_stays_at_its_day_stays_seen_and_one_that_moved_is_new(cast: Cast) -> None:
    keep(cast, 45)
    see(cast)
    keep(cast, 45)
    assert on_today(cast) == []
    keep(cast, 40)
    assert [line.on for line in on_today(cast)] == [today() + timedelta(40)]


def test_one_that_is_no_longer_kept_is_gone(cast: Cast) -> None:
    keep(cast, 5)
    keep(cast, None)
    assert on_today(cast) == []
    keep(cast, 5)
    assert len(on_today(cast)) == 1


def test_only_those_who_work_on_her_legal_status_see_it(cast: Cast) -> None:
    keep(cast, 5)
    for name in ("assigned", "lawyer", "coordinator"):
        assert len(on_today(cast, name)) == 1, name
    for name in ("psychologist", "mediator", "colleague", "officer", "stranger", "foreign_coordinator"):
        assert on_today(cast, name) == [], name
    assert [line.doable for line in on_today(cast, "coordinator")] == [False], "she is not of the team"


def test_nobody_puts_off_what_is_not_theirs_or_not_there(cast: Cast) -> None:
    keep(cast, 45)
    number = Due.objects.get(subject=SUBJECT).pk
    with pytest.raises(Refused):
        see_deadline(cast.case("psychologist"), number, by=cast["psychologist"])
    with pytest.raises(NotThere):
        see_deadline(cast.case(), number + 1, by=cast["assigned"])
    risk = Due.objects.filter(case=cast.case_number).exclude(pk=number).first()
    with pytest.raises(NotThere):
        see_deadline(cast.case(), risk.pk if risk else 0, by=cast["assigned"])
    assert len(on_today(cast)) == 1


def test_a_new_colleague_of_her_team_sees_it_and_one_who_left_does_not(cast: Cast) -> None:
    keep(cast, 5)
    team.add_to_team(cast.case(), by=cast["assigned"], member=cast["colleague"].member)
    assert len(on_today(cast, "colleague")) == 1
    team.take_from_team(cast.case(), by=cast["assigned"], member=cast["colleague"].member)
    assert on_today(cast, "colleague") == []


def test_closing_settles_it_and_coming_back_takes_it_up_again(cast: Cast) -> None:
    standing.start_accompanying(cast.case(), by=cast["assigned"], on=date(2026, 1, 20))
    keep(cast, 45)
    ending = Ending(on=today(), reason="goals_reached", outcome="integrated", with_her=True)
    standing.close_case(cast.case(), by=cast["assigned"], ending=ending)
    assert on_today(cast) == []
    person = cast.case().person
    standing.welcome_back(person, by=cast["assigned"])
    assert len(on_today(cast)) == 1
    assert "expiry" in {line.kind for line in due_of_case(cast["assigned"], case_for(cast["assigned"], cast.code))}
