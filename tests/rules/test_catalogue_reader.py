"""The reader of catalogues tells every mistake with its file, its field and what is expected."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from amparo.kernel.catalogue import DOCUMENTS, CatalogueError, Entry, Source, read, read_list
from amparo.kernel.language import pick


@dataclass(frozen=True)
class Word:
    key: str


def build_word(entry: Entry) -> Word:
    return Word(entry.word("key"))


def write(folder: Path, text: str) -> Path:
    file = folder / "words.yaml"
    file.write_text(text, "utf-8")
    return file


def sourced(cite: str, where: str) -> Entry:
    return Entry({"source": {"cite": cite, "where": where}}, "words.yaml")


def test_a_list_is_read_in_its_order(tmp_path: Path) -> None:
    assert read_list(write(tmp_path, "words: [{key: two}, {key: one}]"), "words", build_word) == (
        Word("two"),
        Word("one"),
    )


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("words: [{key: one}, {key: one}]", "found 'one' twice"),
        ("words: [{key: One}]", r"words.yaml: words\[1\].key: expected a lower-case word"),
        ("words: [{key: one, colour: red}]", r"words\[1\].colour: expected one of the fields key"),
        ("words: []", "words: expected a list with at least one entry"),
        ("words: [one]", r"words\[1\]: expected fields with values, found 'one'"),
        ("word: [{key: one}]", "words: expected a value, found nothing"),
        ("words: [{key: one}]\nmore: 1", "more: expected one of the fields words"),
        ("words: [{key: one, key: two}]", "the field 'key' is given twice"),
        ("words: [", r"words\.yaml, line 1: the file: expected YAML"),
        ("[1]", "words.yaml: the file: expected fields with values"),
    ],
)
def test_a_mistake_names_the_file_the_field_and_what_is_expected(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(CatalogueError, match=complaint):
        read_list(write(tmp_path, text), "words", build_word)


def test_a_missing_file_is_told_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"none\.yaml: expected a file that can be read"):
        read(tmp_path / "none.yaml")


def test_no_and_on_are_words_and_only_true_and_false_are_flags(tmp_path: Path) -> None:
    entry = read(write(tmp_path, "answer: no\nstate: on\nshown: true\nhidden: false"))
    assert (entry.word("answer"), entry.word("state")) == ("no", "on")
    assert (entry.flag("shown"), entry.flag("hidden"), entry.flag("left_out")) == (True, False, False)
    entry.done()


@pytest.mark.parametrize(
    "source",
    [
        ("C&H-L", "5.1.1, lines 477-491"),
        ("C&H-B", "4.8 and 5.1, lines 646, 851-855"),
        ("FIIT", "Annex, lines 1360"),
        ("FIIT", "Annex, line 1360"),
        ("field practice", "common element of safety plans"),
    ],
)
def test_a_source_that_exists_is_accepted(source: tuple[str, str]) -> None:
    assert sourced(*source).source() == Source(*source)
    assert str(Source(*source)) == ", ".join(source)


@pytest.mark.parametrize(
    ("cite", "where"),
    [
        ("C&H-X", "lines 1-2"),
        ("C&H-L", "5.1.1"),
        ("C&H-L", "lines 20-10"),
        ("C&H-L", "lines 0-10"),
        ("C&H-L", f"lines 1-{DOCUMENTS['C&H-L'] + 1}"),
        ("C&H-L", "lines some"),
        ("C&H-L", "lines 1-2-3"),
    ],
)
def test_a_source_that_does_not_exist_is_refused(cite: str, where: str) -> None:
    with pytest.raises(CatalogueError, match="source: expected"):
        sourced(cite, where).source()


@pytest.mark.parametrize(
    "text",
    [
        "plain",
        {"en": "Yes", "es": "Sí"},
        {"en": "Yes", "es": "Sí", "it": " "},
        {"en": "Y", "es": "S", "it": "S", "french": "O"},
    ],
)
def test_a_text_without_all_languages_is_refused(text: object) -> None:
    with pytest.raises(CatalogueError, match="expected a text in"):
        Entry({"name": text}, "words.yaml").text("name")


def test_lists_of_texts_have_the_wanted_length() -> None:
    entry = Entry({"steps": [{"en": "One", "es": "Uno", "it": "Uno"}]}, "words.yaml")
    assert len(entry.texts("steps")) == 1
    with pytest.raises(CatalogueError, match="a list of 5 texts"):
        entry.texts("steps", 5)


def test_values_outside_what_is_allowed_are_refused() -> None:
    entry = Entry(
        {"key": "red", "keys": ["red", "red"], "more": ["red"], "odd": ["Red"], "days": True, "line": 12}, "w.yaml"
    )
    with pytest.raises(CatalogueError, match="key: expected one of blue, found 'red'"):
        entry.word("key", ("blue",))
    with pytest.raises(CatalogueError, match="keys: expected a list of different words"):
        entry.words("keys")
    with pytest.raises(CatalogueError, match="more: expected one of blue"):
        entry.words("more", ("blue",))
    with pytest.raises(CatalogueError, match="odd: expected one of lower-case words"):
        entry.words("odd")
    with pytest.raises(CatalogueError, match="days: expected a whole number from 1 to 3"):
        entry.number("days", 1, 3)
    with pytest.raises(CatalogueError, match="days: expected a whole number"):
        Entry({"days": 4}, "w.yaml").number("days", 1, 3)
    with pytest.raises(CatalogueError, match="line: expected a line of text"):
        entry.line("line")
    with pytest.raises(CatalogueError, match="key: expected true or false"):
        entry.flag("key")


def test_a_text_is_picked_in_her_language_or_in_english() -> None:
    texts = {"en": "Safe", "es": "A salvo", "it": "Al sicuro"}
    assert [pick(texts, language) for language in ("it", "it-ch", "fr", "")] == [
        "Al sicuro",
        "Al sicuro",
        "Safe",
        "Safe",
    ]


def test_numbers_are_read_in_rising_order() -> None:
    entry = Entry({"months": [1, 3], "back": [3, 1], "far": [1, 99], "odd": ["1"], "empty": []}, "w.yaml")
    assert entry.numbers("months", 1, 12) == (1, 3)
    for field in ("back", "far", "odd", "empty"):
        with pytest.raises(CatalogueError, match=f"{field}: expected .*whole numbers"):
            entry.numbers(field, 1, 12)
