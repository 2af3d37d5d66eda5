"""A name, a telephone and a document are found however they are written, and another one is not."""

import hashlib
import random
import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as some

from amparo.areas.vault.rules import finding

KEY, OTHER = b"k" * 32, b"o" * 32
LETTERS = "abcdefghijklmnopqrstuvwxyzñáéíóúüçßøłžșțабвгдежзийклмнопрстуфхцчшщъыьэюяαβγδεζηθικλμνξοπρστυφχψω"
NAMES = some.text(LETTERS, min_size=1, max_size=12)


def stored(given_names: str = "", family_names: str = "", alias: str = "", *, key: bytes = KEY) -> set[bytes]:
    return finding.stored_tokens(key, (given_names, family_names, alias), (), (), region="ES")


def typed(text: str, *, region: str = "ES", key: bytes = KEY) -> set[bytes]:
    return finding.typed_tokens(key, text, region=region)


@given(some.lists(NAMES, min_size=1, max_size=5), some.randoms(use_true_random=False))
def test_order_case_accents_and_spaces_never_matter(words: list[str], chance: random.Random) -> None:
    said = words[:]
    chance.shuffle(said)
    written = "  ".join(chance.choice((str.upper, str.lower, str.title, _with_accents))(word) for word in said)
    assert typed(f" {written},") & stored(" ".join(words))
    assert typed(f" {written},") & stored(words[0], " ".join(words[1:]))


@given(NAMES, NAMES)
def test_a_word_of_other_sounds_finds_nobody(one: str, other: str) -> None:
    assume(finding.spelt(one) != finding.spelt(other))
    assert not typed(one) & stored(other)


@pytest.mark.parametrize("text", ["Núñez María", "maria NUNEZ", " Nunez,  María ", "María Núñez", "Maria", "nuñez"])
def test_a_name_or_one_word_of_it_finds_her(text: str) -> None:
    assert typed(text) & stored("María", "Núñez")


@pytest.mark.parametrize("text", ["Mari", "Marian Nunez", "Nunez Maria Ana", "600123"])
def test_another_name_finds_nothing(text: str) -> None:
    assert not typed(text) & stored("María", "Núñez")


@pytest.mark.parametrize("text", ["Ana", "María", "Núñez", "lopes", "AnaMaríaNúñezLópez", "Núñez-López-Ana-María"])
def test_any_one_word_of_a_long_name_is_enough_and_so_is_all_of_it_in_one(text: str) -> None:
    assert typed(text) & stored("Ana María", "Núñez López")
    assert typed(text) & finding.stored_tokens(KEY, ("Ana María", "Núñez López", ""), ["600123987"], (), region="ES")


def test_a_word_of_two_letters_finds_her_and_an_initial_does_not() -> None:
    assert typed("Li") & stored("Li Na", "Wang")
    assert not typed("M") & stored("Ana M.", "Wang")


def test_names_of_vowels_alone_have_nothing_in_common() -> None:
    assert not stored("Io") & stored("Ea")
    assert not typed("Io Núñez") & stored("Ea", "Núñez")


def test_signs_that_have_no_name_of_their_own_part_words_like_spaces() -> None:
    assert typed("María\tNúñez") & stored("María", "Núñez\n")


@pytest.mark.parametrize("text", ["Ana Núñez", "María López", "López María", "Ana María Núñez López", "Ana María"])
def test_one_given_and_one_family_name_are_enough(text: str) -> None:
    assert typed(text) & stored("Ana María", "Núñez López")


@pytest.mark.parametrize(
    "spellings",
    [
        "Оксана Oksana Oxana",
        "Юлия Yulia Julia Iulia Yuliya",
        "Наталья Natalia Natalya Nataliya",
        "Αικατερίνη Aikaterini",
        "Щукина Shchukina",
        "Александра Aleksandra Alexandra",
        "Христина Kristina Christina",
        "González Gonzales GONZALEZ",
        "O'Connor OConnor O’Connor",
        "Şerife Serife",
        "Хадижа Khadija",
        "Vasile VASILE Ｖａｓｉｌｅ",
        "ნინო Nino",
    ],
)
def test_one_name_in_several_scripts_and_spellings_is_one(spellings: str) -> None:
    for one in spellings.split():
        for other in spellings.split():
            assert typed(one) & stored(other), (one, other)


@pytest.mark.parametrize("pair", ["محمد Mohamed", "محمد Muhammad", "فاطمة Fatima", "يوسف Yusuf", "נטליה Natalia"])
def test_a_script_without_vowels_meets_the_others(pair: str) -> None:
    hers, others = pair.split()
    assert typed(hers) & stored(others)
    assert typed(others) & stored(hers)


def test_vowels_count_between_scripts_that_write_them() -> None:
    assert not typed("Marina") & stored("Morena")
    assert not typed("Мария") & stored("Mira")


def test_a_name_that_is_written_in_one_word_meets_the_two() -> None:
    assert typed("王小明") & stored("Wang Xiaoming")
    assert typed("María José") & stored("Mariajosé")


@pytest.mark.parametrize("text", ["+40 712 345 678", "0712 345 678", "0040712345678", "0712-345.678", "(0712) 345 678"])
@pytest.mark.parametrize("kept", ["+40712345678", "0712345678", "0040 712 345 678"])
@pytest.mark.parametrize("region", ["RO", "ES", ""])
def test_a_telephone_is_found_however_it_is_written(text: str, kept: str, region: str) -> None:
    tokens = finding.stored_tokens(KEY, ("", "", ""), [kept], (), region=region)
    assert typed(text, region=region) & tokens
    assert not typed("0712345679", region=region) & tokens


@pytest.mark.parametrize("text", ["+356 7912 3456", "7912 3456", "00356 79123456"])
def test_a_short_number_meets_the_one_with_its_country(text: str) -> None:
    assert typed(text, region="MT") & finding.stored_tokens(KEY, ("", "", ""), ["79123456"], (), region="MT")


def test_the_same_digits_in_two_countries_are_two_numbers() -> None:
    tokens = finding.stored_tokens(KEY, ("", "", ""), ["+356 7912 3456"], (), region="ES")
    assert not typed("+371 7912 3456") & tokens


@pytest.mark.parametrize("text", ["600123", "60-01-23"])
def test_six_digits_are_a_telephone(text: str) -> None:
    assert finding.is_phone(text)


def test_digits_of_another_script_are_digits() -> None:
    assert typed("٦٠٠١٢٣٩٨٧") & finding.stored_tokens(KEY, ("", "", ""), ["600 123 987"], (), region="ES")


@pytest.mark.parametrize("text", ["12345", "X1234567", "+", "600 12a 345"])
def test_too_few_digits_and_letters_are_no_telephone(text: str) -> None:
    assert not finding.is_phone(text)
    assert finding.stored_tokens(KEY, ("", "", ""), [text], (), region="ES") == set()


@pytest.mark.parametrize("text", ["X1234567Z", "x-1234567-z", "X 1234567 Z", "x1234567z", "X.1234.567.Z"])
def test_a_document_is_found_without_its_separators(text: str) -> None:
    tokens = finding.stored_tokens(KEY, ("", "", ""), (), ["X-1234567/Z"], region="ES")
    assert typed(text) & tokens
    assert not typed("Y1234567Z") & tokens


def test_a_document_of_digits_alone_is_found_too() -> None:
    assert typed("12 345 678") & finding.stored_tokens(KEY, ("", "", ""), (), ["12345678"], region="ES")


@pytest.mark.parametrize(
    ("text", "hashes"),
    [
        ("Юлия", "11a0d60ccb932ffa 0a204f1f9c4137d3"),
        ("Io Núñez", "4af96f2e75e7c595 4a3177c7d437a980"),
        ("محمد", "be6b674c4cf57b9b 61b09e405e1697ff"),
        ("+40 712 345 678", "4bf0540373ff33a4 4f2336008ff15dee"),
        ("X-1234567-Z", "ef424a1c326445fb 72a1fbc385e2045e"),
    ],
)
def test_hashes_are_those_of_their_form_and_whoever_changes_them_gives_the_next_one_a_number(
    text: str, hashes: str
) -> None:
    kept = finding.stored_tokens(KEY, (text, "", ""), [text], [text], region="ES")
    assert {len(token) for token in kept | typed(text)} == {16}
    assert (finding.FORM, _one_of(kept), _one_of(typed(text))) == (3, *hashes.split())


def test_nothing_typed_finds_nobody_and_nothing_kept_is_found_by_nobody() -> None:
    assert typed(" . ") == set()
    assert stored() == set()
    assert finding.stored_tokens(KEY, ("", "", ""), (), [" - "], region="ES") == set()


def test_another_organisation_has_other_hashes() -> None:
    assert not stored("María", "Núñez") & stored("María", "Núñez", key=OTHER)


def _one_of(tokens: set[bytes]) -> str:
    return hashlib.sha256(b"".join(sorted(tokens))).hexdigest()[:16]


def _with_accents(word: str) -> str:
    return unicodedata.normalize("NFD", word).replace("e", "e\u0301").replace("a", "a\u0308")
