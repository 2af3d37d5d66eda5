"""Her list of readers in words: on the screen of her team, and on the paper that she takes along, in her language."""

from collections.abc import Iterable
from typing import Any

from django.utils import translation

from amparo.areas.audit.catalogue import things
from amparo.areas.audit.rules import Does
from amparo.areas.cases.catalogue import readers_words
from amparo.areas.cases.readers import ReaderLine, Readers
from amparo.kernel.language import LANGUAGES, pick
from amparo.web import pdf
from amparo.web.context import role_words

from .her_copy import day_in

Paper = dict[str, Any]


def readers_language(hers: Iterable[str], asked: str = "") -> str:
    """The language of the paper: the one asked for, else the first of hers that we have, else English."""
    return next((one for one in (asked, *hers) if one in LANGUAGES), "en")


def done_words(line: ReaderLine, language: str) -> list[str]:
    """What was done on that day: 'Looked at: your plan, notes'."""
    return [f"{_word(does, language)}: {_things(keys, language)}" for does, keys in line.done.items()]


def names_on_paper(readers: Readers, language: str) -> dict[int | None, str]:
    """How each colleague is called on paper: by name and role, or by role alone, numbered where one has several."""
    called: dict[int | None, str] = {None: _word("node", language)}
    counted: dict[str, int] = {}
    with translation.override(language):
        for line in reversed(readers.lines):
            if line.member in called:
                continue
            role = role_words(line.role) if line.role else _word("node", language)
            counted[role] = counted.get(role, 0) + 1
            called[line.member] = f"{line.name}, {role}" if readers.names else f"{role} {counted[role]}"
    return called


def readers_paper(readers: Readers, language: str) -> tuple[str, list[pdf.Block]]:
    """The heading and the blocks of the paper."""
    called = names_on_paper(readers, language)
    blocks = [pdf.text(_word("intro", language))]
    if not readers.names:
        blocks.append(pdf.quiet(_word("roles_only", language)))
    rows = [_row(line, called, language) for line in readers.lines]
    heads = [_word(key, language) for key in ("day", "who", "what")]
    blocks.append(pdf.table(heads, rows) if rows else pdf.text(_word("nothing", language)))
    if readers.more:
        blocks.append(pdf.quiet(_word("older", language)))
    return _word("heading", language), [*blocks, pdf.quiet(_word("keep", language))]


def _row(line: ReaderLine, called: dict[int | None, str], language: str) -> list[str]:
    reasons = [f"{_word('why', language)}: {reason.words}" for reason in line.reasons]
    return [day_in(line.on, language), called[line.member], "\n".join([*done_words(line, language), *reasons])]


def _things(keys: Iterable[str], language: str) -> str:
    return ", ".join(pick(things()[key], language) for key in keys)


def _word(key: Does | str, language: str) -> str:
    return pick(readers_words()[str(key)], language)
