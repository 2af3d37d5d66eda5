"""What holds for every worded catalogue that ships with the product, whatever it is about."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

import amparo

AREAS = Path(amparo.__file__).parent / "areas"
WORDED = ("audit", "cases", "consent", "directory", "entitlements", "intake", "knowledge", "plans", "rights", "safety")
FILES = sorted(
    file for area in WORDED for folder in ("data", "countries") for file in (AREAS / area / folder).rglob("*.yaml")
)
BANNED = re.compile(
    r"\b(victims?|v[íi]ctimas?|vittim[ae]|clients?|client[ei]s?|clienta|beneficiar(y|ies|i[oa]s?|i[eoa])"
    r"|drop-?outs?|compliant|compliance|prostitut\w*|illegal (woman|migrant)s?)\b",
    re.IGNORECASE,
)


def texts_in(content: Any) -> Iterator[dict[str, str]]:
    if isinstance(content, dict):
        if "en" in content:
            yield content
        else:
            for value in content.values():
                yield from texts_in(value)
    elif isinstance(content, list):
        for value in content:
            yield from texts_in(value)


@cache
def texts_of(file: Path) -> list[dict[str, str]]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return list(texts_in(yaml.load(file.read_text("utf-8"), Loader=loader)))


def test_every_worded_area_ships_catalogues() -> None:
    assert {file.relative_to(AREAS).parts[0] for file in FILES} == set(WORDED)


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_every_text_is_there_in_english_spanish_and_italian(file: Path) -> None:
    texts = texts_of(file)
    assert texts or file.name == "emergency_contacts.yaml"
    assert [text for text in texts if not {"en", "es", "it"} <= set(text)] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_no_text_uses_a_word_that_belittles_her(file: Path) -> None:
    found = [(words, match[0]) for text in texts_of(file) for words in text.values() if (match := BANNED.search(words))]
    assert found == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_no_long_text_was_left_untranslated(file: Path) -> None:
    long = [text for text in texts_of(file) if len(text["en"].split()) > 3]
    assert [text for text in long if text["en"] in {text["es"], text["it"]} or text["es"] == text["it"]] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_texts_have_no_stray_spaces_and_questions_end_as_questions(file: Path) -> None:
    for text in texts_of(file):
        assert [words for words in text.values() if words != words.strip() or "  " in words] == []
        if text["en"].endswith("?"):
            assert text["it"].endswith("?"), text["it"]
            assert text["es"].endswith("?"), text["es"]
            assert "¿" in text["es"], text["es"]


@pytest.mark.parametrize("word", ["victim", "víctimas", "Vittima", "clients", "beneficiaria", "drop-out", "compliant"])
def test_the_list_of_belittling_words_knows(word: str) -> None:
    assert BANNED.search(f"the {word} came")
