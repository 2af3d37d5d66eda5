"""Joining what two entries know of one woman."""

from amparo.areas.people.rules import joined


def test_what_was_missing_is_added_and_what_stands_stays() -> None:
    assert joined({"given_names": "Ana"}, {"given_names": "ana", "phone": "600"}) == {"phone": "600"}


def test_another_number_or_name_is_kept_beside_the_first() -> None:
    assert joined({"phone": "600"}, {"phone": "700"}) == {"other_phone": "700"}
    assert joined({"phone": "600", "other_phone": "700"}, {"phone": "800"}) == {"other_phone": "700, 800"}
    known = {"given_names": "Ana", "family_names": "Sol"}
    assert joined(known, {"given_names": "Maria", "family_names": "Luna"}) == {"alias": "Maria, Luna"}
    assert joined({"document_number": "A1"}, {"document_number": "B2"}) == {"document_number": "A1, B2"}


def test_what_has_no_place_beside_it_stays_as_it_was() -> None:
    assert joined({"birth_date": "1990-01-01"}, {"birth_date": "1991-01-01"}) == {}
