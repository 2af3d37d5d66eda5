"""How old the information is stands beside it, in words and with a shape."""

from datetime import date

import msgspec
from django.template.loader import render_to_string
from django.utils import translation

from amparo.areas.entitlements.rules.scheme import Checked, RuleSet, Source
from amparo.web.staff.information_age import information_age, oldest

TODAY = date(2026, 11, 22)
OF_2013 = RuleSet(
    country="BE",
    title={"en": "Belgium"},
    valid_from=date(2013, 1, 1),
    valid_to=None,
    checked=Checked(date(2013, 6, 1), "FIIT project (IOM)"),
    source=Source("FIIT", "Belgium"),
    permits=(),
    services=(),
)


def _shown(rules: RuleSet, *, outdated: bool = False) -> str:
    age = information_age(rules, today=TODAY, outdated=outdated)
    return render_to_string("components/information_age.html", {"age": age})


def _checked(on: date) -> RuleSet:
    return msgspec.structs.replace(OF_2013, checked=Checked(on, "the house's lawyer"))


def test_rules_checked_in_2013_say_so() -> None:
    shown = _shown(OF_2013)
    assert "Checked in June 2013, 13 years ago, by FIIT project (IOM)." in shown
    assert "Verify with a lawyer before you rely on it." in shown
    assert "a-age--old" in shown


def test_rules_checked_last_month_say_so_calmly() -> None:
    assert "1 month ago, by the house&#x27;s lawyer" in _shown(_checked(date(2026, 10, 1)))
    assert "less than a month ago" in _shown(_checked(date(2026, 11, 1)))
    assert "a-age--recent" in _shown(_checked(date(2026, 10, 1)))
    assert "a-age--ageing" in _shown(_checked(date(2025, 10, 1)))


def test_a_day_that_no_set_covers_is_told() -> None:
    ended = msgspec.structs.replace(OF_2013, valid_to=date(2015, 12, 31))
    assert "We have no rules for this day" in _shown(ended, outdated=True)
    assert "We have no rules" not in _shown(ended)
    assert "We have no rules" not in _shown(OF_2013, outdated=True)  # still in force: nothing ended


def test_of_several_the_oldest_is_the_one_to_show() -> None:
    ages = [information_age(one, today=TODAY) for one in (_checked(date(2026, 1, 1)), OF_2013)]
    assert (oldest(ages) or {})["rules"] is OF_2013
    assert oldest([]) is None


def test_month_and_time_stand_in_the_readers_language() -> None:
    with translation.override("es"):
        assert "2013" in str(information_age(OF_2013, today=TODAY)["text"])
