"""Joining what two entries know of one woman."""

import pytest

from amparo.areas.people.rules import joined


def test_what_was_missing_is_added_and_what_stands_stays() -> None:
    assert joined({"given_names": "Ana"}, {"given_names": "ana", "phone": "600"}) == {"phone": "600"}


def test_another_number_or_name_is_kept_beside_the_first() -> None:
    assert joined({"phone": "600"}, {"phone": "700"}) == {"other_phone": "700"}
    assert joined({"phone": "600", "other_phone": "700"}, {"phone": "800"}) == {"other_phone": "700, 800"}
    known = {"given_names": "Ana", "family_names": "Sol"}
    assert joined(known, {"given_names": "Maria", "family_names": "Luna"}) == {"alias": "Maria, Luna"}
    assert joined({"document_number": "A1"}, {"document_number": "B2"}) == {"document_number": "A1, B2"}


@pytest.mark.parametrize("one_first", [True, False])
def test_nothing_that_the_other_entry_knew_is_lost_in_whatever_order_it_stands(one_first: bool) -> None:
    learned = [("phone", "700"), ("other_phone", "800"), ("given_names", "Maria"), ("alias", "Luz")]
    gained = joined({"phone": "600", "given_names": "Ana"}, dict(learned if one_first else learned[::-1]))
    assert gained == {"other_phone": "800, 700", "alias": "Luz, Maria"}


def test_a_further_name_or_number_joins_the_further_ones_once() -> None:
    known = {"alias": "Luz", "other_phone": "700, 800", "phone": "600"}
    assert joined(known, {"alias": "Sol", "phone": "800", "other_phone": "900"}) == {
        "alias": "Luz, Sol",
        "other_phone": "700, 800, 900",
    }


def test_what_has_no_place_beside_it_stays_as_it_was() -> None:
    assert joined({"birth_date": "1990-01-01"}, {"birth_date": "1991-01-01"}) == {}
