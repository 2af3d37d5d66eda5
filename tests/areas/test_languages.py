"""Whoever reads Amparo in Spanish or Italian reads it whole, in words that respect her."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from django.conf import settings

from scripts import messages
from tests.content.test_texts import BANNED

COMPLETE = ("es", "it")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}")
#: Texts that are the same in another language because they are names, signs, or words that both have.
SAME = {"es": {"Error:", "Legal", "No", "hotel"}, "it": {"Browser", "E-mail", "File", "No", "Passkey", "Password"}}


@cache
def texts() -> Catalog:
    return messages.extracted()


@cache
def catalogue(language: str) -> Catalog:
    return messages.catalogue(language)


def entries(catalog: Catalog) -> Iterator[Message]:
    return (entry for entry in catalog if entry.id)


def forms(words: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [form for form in ([words] if isinstance(words, str) else words or ()) if form]


def pairs(language: str) -> Iterator[tuple[str, str]]:
    """Every text with every form of its translation; a plural form stands beside the plural."""
    for entry in entries(catalogue(language)):
        for number, form in enumerate(forms(entry.string)):
            yield forms(entry.id)[min(number, len(forms(entry.id)) - 1)], form


@pytest.mark.parametrize("language", messages.TRANSLATED)
def test_a_catalogue_stands_as_the_code_is_now(language: str) -> None:
    written = messages.path_of(language).read_text(encoding="utf-8")
    assert written == messages.as_po(messages.renewed(language, texts())), "run `make messages`"


@pytest.mark.parametrize("language", COMPLETE)
def test_every_text_is_translated_with_all_its_plural_forms(language: str) -> None:
    assert messages.untranslated(catalogue(language)) == []


@pytest.mark.parametrize("language", messages.TRANSLATED)
def test_no_translation_is_a_guess_of_a_tool(language: str) -> None:
    assert [entry.id for entry in entries(catalogue(language)) if entry.fuzzy] == []
    assert not catalogue(language).obsolete
    assert not catalogue(language).fuzzy


@pytest.mark.parametrize("language", messages.TRANSLATED)
def test_a_translation_fills_in_the_same_things(language: str) -> None:
    wrong = [
        (text, form)
        for text, form in pairs(language)
        if sorted(PLACEHOLDER.findall(text)) != sorted(PLACEHOLDER.findall(form))
    ]
    assert wrong == []


@pytest.mark.parametrize("language", messages.TRANSLATED)
def test_a_translation_ends_as_its_text_does(language: str) -> None:
    def end(words: str) -> str:
        return words[-1] if words[-1] in ".:…?!" or words[-1].isspace() else ""

    assert [(text, form) for text, form in pairs(language) if end(text) != end(form)] == []
    assert [form for text, form in pairs(language) if text[0].isspace() != form[0].isspace()] == []


@pytest.mark.parametrize("language", COMPLETE)
def test_nothing_was_left_in_english(language: str) -> None:
    assert {text for text, form in pairs(language) if text == form} - SAME[language] == set()


def test_the_list_of_words_that_stay_is_no_longer_than_needed() -> None:
    for language, stay in SAME.items():
        assert stay <= {text for text, form in pairs(language) if text == form}


@pytest.mark.parametrize("language", messages.TRANSLATED)
def test_no_text_on_a_screen_uses_a_word_that_belittles_her(language: str) -> None:
    every = [words for pair in pairs(language) for words in pair] + [
        form for text in texts() for form in forms(text.id)
    ]
    assert [words for words in every if BANNED.search(words)] == []


def test_spanish_questions_open_with_their_sign() -> None:
    assert [form for _text, form in pairs("es") if form.count("?") != form.count("¿")] == []
    assert [form for _text, form in pairs("es") if form.count("!") != form.count("¡")] == []


def test_a_language_is_offered_once_it_is_complete() -> None:
    offered = {code for code, _name in settings.LANGUAGES} - {"en"}
    assert offered == {code for code in messages.TRANSLATED if not messages.untranslated(catalogue(code))}


# Reasons of rules: worded in English below the web, translated where they are shown.


def calls(name: str) -> Iterator[tuple[Path, ast.Call]]:
    for file in sorted((messages.SOURCE / "areas").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
                yield file, node


@pytest.mark.parametrize("name", ["refused", "Unusable"])
def test_every_reason_is_a_text_that_the_catalogues_find(name: str) -> None:
    found = list(calls(name))
    assert found
    odd = [f"{file.name}:{call.lineno}" for file, call in found if not _is_found(file, call.args[0])]
    assert odd == [], "wrap the texts in worded()"


def _is_found(file: Path, reason: ast.expr) -> bool:
    """Whether the reason stands there itself, or is one of the file's texts that are marked."""
    if isinstance(reason, ast.Constant):
        return True
    name = ast.unparse(reason.value if isinstance(reason, ast.Subscript) else reason)
    tree = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    values = [node.value for node in tree if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name]
    texts = values[0].values if values and isinstance(values[0], ast.Dict) else values
    return bool(texts) and all(ast.unparse(text).startswith("worded(") for text in texts)
