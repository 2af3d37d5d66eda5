"""Nothing opens with another key or in another place, and a name is found as it is said."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from amparo.areas.vault import rules

KEY, OTHER = b"k" * 32, b"o" * 32


@given(some.binary(max_size=2000), some.text(max_size=40))
def test_what_is_sealed_opens_again(content: bytes, context: str) -> None:
    assert rules.unseal(KEY, rules.seal(KEY, content, context), context) == content


@given(some.binary(min_size=1, max_size=200), some.data())
def test_a_changed_byte_opens_nothing(content: bytes, data: some.DataObject) -> None:
    sealed = bytearray(rules.seal(KEY, content, "note.text 1"))
    place = data.draw(some.integers(0, len(sealed) - 1))
    sealed[place] ^= data.draw(some.integers(1, 255))
    with pytest.raises(rules.Unreadable):
        rules.unseal(KEY, bytes(sealed), "note.text 1")


def test_another_key_or_another_place_opens_nothing() -> None:
    sealed = rules.seal(KEY, b"words", "note.text 1")
    for key, context in ((OTHER, "note.text 1"), (KEY, "note.text 2"), (KEY, "document.title 1")):
        with pytest.raises(rules.Unreadable):
            rules.unseal(key, sealed, context)


def test_the_same_words_are_never_sealed_to_the_same_bytes() -> None:
    assert rules.seal(KEY, b"words", "x") != rules.seal(KEY, b"words", "x")
    assert rules.new_key() != rules.new_key()
    assert len(rules.new_key()) == rules.KEY_BYTES


def test_a_key_for_one_purpose_is_not_the_key_for_another() -> None:
    assert len({rules.derived(KEY, "search"), rules.derived(KEY, "seal"), rules.derived(OTHER, "search"), KEY}) == 4


@pytest.mark.parametrize("typed", ["Núñez María", "maria NUNEZ", " Nunez,  María ", "María Núñez"])
def test_a_name_is_found_in_any_order_case_and_accent(typed: str) -> None:
    assert rules.search_token(KEY, typed) in rules.name_tokens(KEY, "María Núñez")


@pytest.mark.parametrize("typed", ["Maria", "nuñez"])
def test_one_word_of_a_name_finds_it(typed: str) -> None:
    assert rules.search_token(KEY, typed) in rules.name_tokens(KEY, "María Núñez")


@pytest.mark.parametrize("typed", ["Mari", "Marian Nunez", "Nunez Maria Ana", "600123"])
def test_another_name_finds_nothing(typed: str) -> None:
    assert rules.search_token(KEY, typed) not in rules.name_tokens(KEY, "María Núñez")


@pytest.mark.parametrize("typed", ["+34 600 123 987", "600123987", "0034-600.123.987"])
def test_a_telephone_is_found_however_it_is_written(typed: str) -> None:
    assert rules.search_token(KEY, typed) == rules.phone_token(KEY, "600 123 987")


def test_too_few_digits_are_no_telephone_and_nothing_typed_finds_nobody() -> None:
    assert rules.phone_digits("12345") == ""
    assert rules.phone_digits("X1234567") == ""
    assert rules.search_token(KEY, " . ") is None
    assert rules.name_tokens(KEY, "") == set()


def test_a_document_is_found_by_its_number() -> None:
    assert rules.search_token(KEY, "x-1234567-z") != rules.document_token(KEY, "Y1234567Z")
    assert rules.search_token(KEY, "X1234567Z") == rules.document_token(KEY, "x1234567z")


def test_another_organisation_has_other_hashes() -> None:
    assert not rules.name_tokens(KEY, "María Núñez") & rules.name_tokens(OTHER, "María Núñez")
