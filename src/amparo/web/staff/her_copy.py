"""The paper that she takes home: what she was asked, what she answered, how she takes it back; in her language."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

from amparo.areas.consent.catalogue import ConsentText, consent_text, copy_words, shared_words
from amparo.areas.consent.queries import ConsentFile
from amparo.areas.consent.rules import State
from amparo.kernel.language import pick
from amparo.web import pdf

from .consent_words import variant_words

Paper = dict[str, Any]


def languages_of_paper() -> tuple[str, ...]:
    """The languages in which the whole paper can be had."""
    return tuple(sorted(copy_words()["heading"]))


def paper_language(hers: Iterable[str], asked: str = "") -> str:
    """The language of her paper: the one asked for, else the first of hers that we have, else English."""
    ours = languages_of_paper()
    return next((one for one in (asked, *hers) if one in ours), "en")


def her_paper(consents: Iterable[ConsentFile], *, language: str, today: date, organisation: str = "") -> Paper:
    """Heading, blocks and foot as `amparo.web.pdf` sets them; our name only where she wants it on the paper."""
    blocks = [block for consent in consents for block in _blocks(consent, language, today)]
    heading = [pdf.quiet(organisation)] if organisation else []
    return {
        "heading": _word("heading", language),
        "blocks": heading + (blocks or [pdf.text(_word("nothing_yet", language))]),
        "foot": _word("keep", language),
    }


def _blocks(consent: ConsentFile, language: str, today: date) -> list[pdf.Block]:
    latest = consent.latest
    text = consent_text(consent.purpose, latest.text_version)
    blocks = [
        pdf.heading(pick(text.title, language)),
        pdf.text("\n".join(pick(part, language) for part in (text.we_ask, text.it_means))),
        pdf.facts(_facts(consent, text, language, today)),
    ]
    if latest.conditions:
        blocks.append(pdf.hers(latest.conditions, _word("conditions", language)))
    take_back = [pick(text.withdraw, language), pick(text.how_long, language)]
    if consent.state_on(today) is State.REFUSED:
        take_back = [pick(text.if_no, language)]
    return [*blocks, pdf.heading(_word("take_back", language), 3), pdf.text("\n".join(take_back))]


def _facts(consent: ConsentFile, text: ConsentText, language: str, today: date) -> list[tuple[str, str]]:
    latest, state = consent.latest, consent.state_on(today)
    shared = ", ".join(pick(shared_words()[one], language) for one in latest.shared if one in shared_words())
    until = latest.until if state in (State.GIVEN, State.ENDED) else None
    rows = [
        ("answer", _word(state, language)),
        ("on", day_in(latest.on, language)),
        ("until", day_in(until, language) if until else ""),
        ("for_whom", consent.recipient),
        ("way", variant_words(text, consent.variant, language)),
        ("what_for", latest.about),
        ("may_be_told", shared),
    ]
    return [(_word(key, language), words) for key, words in rows if words]


def day_in(on: date, language: str) -> str:
    """A day written out in that language."""
    try:
        return format_date(on, "long", locale=Locale.parse(language))
    except (UnknownLocaleError, ValueError):
        return format_date(on, "long", locale="en")


def _word(key: str, language: str) -> str:
    return pick(copy_words()[key], language)
