"""Everything that a country file can hold has words, and times read as people say them."""

from typing import get_args

import pytest

from amparo.areas.entitlements.rules import scheme
from amparo.areas.entitlements.rules.scheme import Length
from amparo.web.staff import entitlement_words as words
from amparo.web.staff import scheme_words


@pytest.mark.parametrize(
    ("kind", "table"),
    [
        (scheme.Status, words.STATUS),
        (scheme.PermitKind, words.PERMIT),
        (scheme.ServiceKind, words.SERVICE),
        (scheme.Right, words.RIGHT),
        (scheme.Provider, words.PROVIDER),
        (scheme.By, words.BY),
        (scheme.HousingType, scheme_words.HOUSING),
        (scheme.Accepted, scheme_words.ACCEPTED),
        (scheme.Mixing, scheme_words.MIXING),
        (scheme.Actor, words.ACTOR),
        (scheme.DateFact, scheme_words.COUNTED_FROM),
    ],
)
def test_every_key_of_a_country_file_has_words(kind: object, table: dict[str, object]) -> None:
    assert set(get_args(kind)) == set(table)


@pytest.mark.parametrize(
    ("lasts", "up_to", "said"),
    [
        (Length(days=1), None, "1 day"),
        (Length(days=45), None, "45 days"),
        (Length(working_days=5), None, "5 working days"),
        (Length(months=6), Length(months=12), "6 months to 12 months"),
        (Length(years=1), None, "1 year"),
        (None, Length(months=3), "up to 3 months"),
        (None, None, "no fixed time"),
    ],
)
def test_times_read_as_people_say_them(lasts: Length | None, up_to: Length | None, said: str) -> None:
    assert scheme_words.time_words(lasts, up_to) == said
