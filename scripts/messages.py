"""Writes the catalogues of translation again, from the texts in the code: `make messages`.

Every text keeps the translation it has; a new one stands empty, and one that nobody uses any more goes. Only Babel and
Django are needed. The files hold neither line numbers nor dates, so that a change shows what was reworded and no more.
"""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file, extract_python
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "amparo"
#: The languages that have a catalogue: complete ones are offered (settings.LANGUAGES), others wait to be filled in.
TRANSLATED = ("ca", "es", "fr", "it")

_KEYWORDS: dict[str, Any] = {
    "_": (1,),
    "gettext": (1,),
    "gettext_lazy": (1,),
    "gettext_noop": (1,),
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
    # Below the web nothing knows of languages: these carry English, which the web translates when it shows it.
    "refused": (1,),
    "worded": (1,),
    "Unusable": (1,),
}
_CHURN = re.compile(
    r'^"(?:Project-Id-Version|Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team'
    r"|Generated-By|MIME-Version):.*\n",
    re.MULTILINE,
)


def extracted(source: Path = SOURCE) -> Catalog:
    """Every text of the code and the templates, without translations."""
    catalog = Catalog(charset="utf-8")
    for file in sorted(source.rglob("*.py")):
        for _line, text, comments, context in extract_from_file("python", file, _KEYWORDS, ("Translators:",)):
            catalog.add(text, auto_comments=comments, context=context)
    for file in sorted(source.rglob("*.html")):
        for text, context in _of_template(file):
            catalog.add(text, context=context)
    return catalog


def _of_template(file: Path) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    # What Django writes for xgettext reads as Python too, once nothing is indented.
    lines = templatize(file.read_text(encoding="utf-8"), origin=str(file)).splitlines()
    python = io.BytesIO("\n".join(line.strip() for line in lines).encode())
    for _line, name, texts, _comments in extract_python(python, _KEYWORDS, (), {}):
        words = list(texts) if isinstance(texts, tuple) else [texts]
        context = words.pop(0) if name in ("pgettext", "npgettext") else None
        yield (words[0], words[1]) if name in ("ngettext", "npgettext") else words[0], context


def path_of(language: str, source: Path = SOURCE) -> Path:
    """Where the catalogue of a language stands."""
    return source / "locale" / language / "LC_MESSAGES" / "django.po"


def catalogue(language: str, source: Path = SOURCE) -> Catalog:
    """The catalogue of a language as it stands, empty where there is none yet."""
    file = path_of(language, source)
    if not file.exists():
        return Catalog(locale=language, charset="utf-8")
    with file.open("rb") as stream:
        return read_po(stream, locale=language, charset="utf-8", abort_invalid=True)


def renewed(language: str, texts: Catalog, source: Path = SOURCE) -> Catalog:
    """The texts with the translations that the language has for them."""
    old = catalogue(language, source)
    comment = f"# Amparo: {language}. Written by `make messages`; translations are typed in by hand."
    new = Catalog(locale=language, charset="utf-8", header_comment=comment, fuzzy=False)
    for text in texts:
        if not text.id:
            continue
        known = old.get(text.id, text.context)
        new.add(
            text.id,
            known.string if known else None,
            auto_comments=text.auto_comments,
            user_comments=known.user_comments if known else (),
            context=text.context,
        )
    return new


def as_po(catalog: Catalog) -> str:
    """The catalogue as it is kept: sorted, without anything that changes by itself."""
    stream = io.BytesIO()
    write_po(stream, catalog, no_location=True, sort_output=True, width=120)
    return _CHURN.sub("", stream.getvalue().decode())


def write_catalogues(source: Path = SOURCE) -> dict[str, int]:
    """Write every catalogue again; how many texts each still lacks."""
    texts, lacking = extracted(source), {}
    for language in TRANSLATED:
        catalog = renewed(language, texts, source)
        file = path_of(language, source)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(as_po(catalog), encoding="utf-8")
        lacking[language] = len(untranslated(catalog))
    return lacking


def untranslated(catalog: Catalog) -> list[str]:
    """The texts that have no translation, or lack one of their plural forms."""
    return [
        str(text.id)
        for text in catalog
        if text.id and not all(text.string if isinstance(text.string, tuple) else (text.string,))
    ]


if __name__ == "__main__":
    for name, missing in write_catalogues().items():
        sys.stdout.write(f"{name}: {missing} to translate\n")
