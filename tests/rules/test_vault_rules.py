"""Nothing opens with another key or in another place."""

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
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


def test_a_value_from_before_keys_had_numbers_still_opens() -> None:
    nonce = b"n" * 12
    before = b"\x01" + nonce + AESGCM(KEY).encrypt(nonce, b"words", b"note.text 1")
    assert rules.number_of(before) is None
    assert rules.unseal(KEY, before, "note.text 1") == b"words"
    for ring in ({1: KEY, 2: OTHER}, {1: OTHER, 2: KEY}):
        assert rules.unseal_any(ring, before, "note.text 1") == b"words"
    with pytest.raises(rules.Unreadable, match=r"^a sealed value does not open with these keys$"):
        rules.unseal_any({2: OTHER}, before, "note.text 1")


def test_the_newest_key_seals_and_each_value_names_its_own() -> None:
    ring = {1: KEY, 2: OTHER}
    new = rules.seal_newest(ring, b"words", "x")
    assert rules.number_of(new) == 2
    assert rules.unseal_any(ring, new, "x") == rules.unseal_any(ring, rules.seal(KEY, b"words", "x"), "x")
    with pytest.raises(rules.UnknownKey, match=r"^a sealed value names a key that is not there$"):
        rules.unseal_any({1: KEY}, new, "x")
    with pytest.raises(rules.Unreadable, match=r"^a sealed value does not open with this key$"):
        rules.unseal_any({1: KEY, 2: KEY}, new, "x")


def test_after_many_changes_of_keys_a_value_still_names_its_own() -> None:
    assert rules.number_of(rules.seal_newest({299: KEY, 300: OTHER}, b"words", "x")) == 300


def test_keys_and_values_of_today_open_in_every_version_to_come() -> None:
    assert rules.derived(KEY, "search").hex() == "c6aa6680b2171c09ddbeb73af1cd2e2298acf3e9e7d76ba7990e15dce340bde6"
    kept = bytes.fromhex("020102ca277c5426fb41acc1f83923eeb183b0c58aee355a5c6b3faf458c551b42ad9c2f")
    assert (rules.number_of(kept), rules.unseal(KEY, kept, "note.text 1")) == (258, b"words")


@pytest.mark.parametrize("sealed", [b"", b"\x02", b"\x02\x00\x01", b"\x01short", b"\x09" + b"x" * 40])
def test_a_stump_opens_nothing(sealed: bytes) -> None:
    with pytest.raises(rules.Unreadable):
        rules.unseal(KEY, sealed, "x")
    assert rules.number_of(sealed) is None


def test_a_version_to_come_is_not_taken_for_one_of_today() -> None:
    with pytest.raises(rules.Unreadable, match=r"^unknown version of a sealed value$"):
        rules.unseal(KEY, b"\x09" + b"x" * 40, "x")
