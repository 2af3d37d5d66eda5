"""The texts she is asked to agree to."""

import pytest

from amparo.areas.consent.catalogue import (
    CONTACT_WAYS,
    PURPOSES,
    ConsentText,
    consent_text,
    consent_texts,
    current_consent_text,
)


def test_there_is_one_text_for_each_purpose() -> None:
    assert tuple(text.purpose for text in consent_texts()) == PURPOSES


def test_a_text_is_found_by_purpose_and_version() -> None:
    assert current_consent_text("taking_part") is consent_text("taking_part", 1)
    with pytest.raises(KeyError):
        consent_text("taking_part", 99)


@pytest.mark.parametrize("text", consent_texts(), ids=lambda text: text.purpose)
def test_every_text_is_whole_in_six_languages(text: ConsentText) -> None:
    assert text.languages == ("en", "es", "fr", "it", "pt", "ro")


def test_a_text_counts_as_translated_only_where_its_variants_are_too() -> None:
    whole = current_consent_text("contact_by")
    title = {**whole.title, "de": "Erreichbarkeit"}
    half = ConsentText(**{**{name: getattr(whole, name) for name in ConsentText.__slots__}, "title": title})
    assert "de" not in half.languages


def test_each_way_of_contact_is_agreed_to_by_itself() -> None:
    variants = {text.purpose: tuple(one.key for one in text.variants) for text in consent_texts() if text.variants}
    assert variants == {"contact_by": CONTACT_WAYS}


def test_whatever_leaves_the_house_names_its_recipient() -> None:
    named = {text.purpose for text in consent_texts() if text.needs_recipient}
    assert named == {
        "contact_with_authorities",
        "contact_with_family",
        "interpreter_or_mediator",
        "partner_referral",
        "pictures_and_works",
    }


@pytest.mark.parametrize("text", consent_texts(), ids=lambda text: text.purpose)
def test_she_is_asked_and_not_told(text: ConsentText) -> None:
    assert all("?" in words for words in text.we_ask.values())


@pytest.mark.parametrize("text", consent_texts(), ids=lambda text: text.purpose)
def test_saying_no_is_never_answered_with_a_loss(text: ConsentText) -> None:
    threats = ("you will lose", "you must", "cannot help", "unless you", "otherwise")
    assert not any(threat in text.if_no["en"].lower() for threat in threats)


def test_no_yes_holds_longer_than_two_years() -> None:
    assert {text.months for text in consent_texts()} <= {6, 12, 24}
