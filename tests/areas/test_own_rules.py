"""An organisation's own rules: for it alone, from their day on, with a reason; never changed, only withdrawn."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amparo.areas.audit.models import Entry
from amparo.areas.entitlements import own_rules
from amparo.areas.entitlements.case_countries import look_at_country
from amparo.areas.entitlements.folders import SHIPPED
from amparo.areas.entitlements.house_rules import mark_of, rules_in_force, schemes_for
from amparo.areas.entitlements.models import CountryOfCase, OwnRules
from amparo.areas.entitlements.rejudging import judge_where_rules_changed
from amparo.kernel import clock
from amparo.kernel.decision import NotThere, Refused
from tests.cast import Cast

REASON = "canary-of-a-reason: the house of 2026 has 60 months"
DAY = date(2026, 3, 1)


def belgium(*, months: int = 60, since: str = "2026-01-01", until: str = "null") -> str:
    """The rules of Belgium with another usual stay in a specialised shelter."""
    text = (SHIPPED / "be" / "2013.yaml").read_text("utf-8")
    changed = text.replace("stay: {average: {months: 3}}", f"stay: {{average: {{months: {months}}}}}")
    changed = changed.replace("valid_from: 2012-01-01", f"valid_from: {since}")
    return changed.replace("valid_to: 2013-12-31", f"valid_to: {until}")


@pytest.fixture
def put(cast: Cast) -> Callable[..., int]:
    def made(who: str = "lawyer", **changes: object) -> int:
        text = belgium(**changes)  # type: ignore[arg-type]
        return own_rules.put_in_place(text, by=cast[who], country="BE", reason=REASON)

    return made


def _months(organisation: int, on: date = DAY) -> int | None:
    housing = rules_in_force(organisation, "BE", on).rule_set.services[0].housing
    return housing.stay.average.months if housing and housing.stay.average else None


def test_own_rules_hold_from_their_day_on_for_the_organisation_and_nobody_else(
    cast: Cast, put: Callable[..., int]
) -> None:
    put()
    assert _months(cast["lawyer"].organisation) == 60
    assert _months(cast["lawyer"].organisation, date(2025, 12, 31)) == 3
    assert _months(cast["stranger"].organisation) == 3


def test_of_several_the_newest_holds_and_when_it_ends_the_one_before(cast: Cast, put: Callable[..., int]) -> None:
    put()
    put(months=70, since="2026-02-01", until="2026-06-30")
    house = cast["lawyer"].organisation
    assert [_months(house, day) for day in (date(2026, 1, 31), DAY, date(2026, 7, 1))] == [60, 70, 60]


def test_withdrawn_the_rules_of_the_files_hold_again(cast: Cast, put: Callable[..., int]) -> None:
    number = put()
    own_rules.withdraw(number, by=cast["coordinator"], reason="a mistake")
    assert _months(cast["lawyer"].organisation) == 3
    shown = own_rules.own_rules_file(cast["lawyer"], number)
    assert (shown.withdrawn_why, shown.withdrawn_by) == ("a mistake", cast["coordinator"].name)
    with pytest.raises(NotThere):
        own_rules.withdraw(number, by=cast["coordinator"], reason="again")


def test_they_are_marked_with_who_when_and_why(cast: Cast, put: Callable[..., int]) -> None:
    put()
    schemes = schemes_for(cast["lawyer"].organisation)
    ours = schemes.changed_by_us(schemes.in_force("BE", DAY).rule_set)
    assert ours is not None
    assert (ours.reason, ours.made_by) == (REASON, cast["lawyer"].name)
    assert schemes.changed_by_us(schemes.in_force("FR", DAY).rule_set) is None


@pytest.mark.parametrize("who", ["assigned", "psychologist", "mediator", "administrator", "analyst", "officer"])
def test_nobody_else_puts_rules_in_place_or_withdraws_them(cast: Cast, put: Callable[..., int], who: str) -> None:
    number = put()
    with pytest.raises(Refused):
        put(who)
    with pytest.raises(Refused):
        own_rules.withdraw(number, by=cast[who], reason="x")
    assert OwnRules.objects.filter(withdrawn_at=None).count() == 1


def test_another_organisation_neither_reads_nor_withdraws_them(cast: Cast, put: Callable[..., int]) -> None:
    number, foreign = put(), cast["foreign_coordinator"]
    assert own_rules.own_rules_of(foreign) == []
    for asked in (
        lambda: own_rules.own_rules_file(foreign, number),
        lambda: own_rules.text_of(foreign, number),
        lambda: own_rules.withdraw(number, by=foreign, reason="x"),
    ):
        with pytest.raises(NotThere):
            asked()


def test_without_a_reason_or_with_a_mistake_nothing_is_put_in_place(cast: Cast) -> None:
    for text, reason in ((belgium(), "  "), (belgium(months=0), REASON), ("x: [", REASON), ("", REASON)):
        with pytest.raises(Refused):
            own_rules.put_in_place(text, by=cast["lawyer"], country="BE", reason=reason)
    assert not OwnRules.objects.exists()


def test_rules_of_another_country_do_not_take_the_place_of_these(cast: Cast) -> None:
    loaded = own_rules.read_rules(belgium(), "FR", today=DAY)
    assert loaded.rule_set is None
    assert loaded.problems[0].line > 0
    with pytest.raises(Refused):
        own_rules.put_in_place(belgium(), by=cast["lawyer"], country="FR", reason=REASON)


def test_reason_and_text_are_sealed_and_the_log_says_which_country_from_when(
    cast: Cast, put: Callable[..., int]
) -> None:
    number = put()
    row = OwnRules.objects.get(pk=number)
    assert b"canary" not in bytes(row.reason)
    assert b"Belgium" not in bytes(row.text)
    entry = Entry.objects.filter(verb="rules put in place").get()
    assert '"country": "BE"' in entry.facts
    assert own_rules.text_of(cast["lawyer"], number) == belgium()


def test_one_starts_from_the_own_text_where_there_is_one(cast: Cast, put: Callable[..., int]) -> None:
    put()
    rules = rules_in_force(cast["lawyer"].organisation, "BE", DAY).rule_set
    assert own_rules.text_to_start_from(cast["lawyer"], "BE", rules) == belgium()


def test_rules_that_this_version_cannot_read_are_told_and_those_of_the_files_hold(
    cast: Cast, put: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    number = put()
    monkeypatch.setattr(own_rules, "_read", {})
    monkeypatch.setattr(own_rules, "_opened", lambda row: "country: BE\nnew_field: 1")
    assert _months(cast["lawyer"].organisation) == 3
    told = own_rules.unreadable(own_rules.own_rules_of(cast["lawyer"]))
    assert [one.id for one in told] == [number]
    assert own_rules.problems_of(cast["lawyer"], number)


def test_asking_for_the_rules_is_one_query_however_many_there_are(cast: Cast, put: Callable[..., int]) -> None:
    counts = []
    for _ in range(3):
        put()
        schemes_for(cast["lawyer"].organisation)
        with CaptureQueriesContext(connection) as asked:
            schemes_for(cast["lawyer"].organisation).in_force("BE", DAY)
        counts.append(len(asked))
    assert counts == [1, 1, 1]


def test_women_judged_by_other_rules_are_judged_again(cast: Cast, put: Callable[..., int]) -> None:
    case = cast.case()
    look_at_country(case, "BE", by=cast["assigned"], is_here=True)
    row = CountryOfCase.objects.get(case=case.id)
    put()
    judge_where_rules_changed(case.organisation)
    now = mark_of(rules_in_force(case.organisation, "BE", clock.today("Europe/Madrid")))
    row.refresh_from_db()
    assert row.rules == now
