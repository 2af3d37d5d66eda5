"""The sheet she takes home: what she can have and whom she can call, in her language, telling a stranger nothing.

No name of ours, of a programme or of another organisation stands on it, and nothing of what happened to her: kinds of
permits and services in everyday words, telephone numbers without names.
"""

from babel import Locale
from babel.dates import format_date

from amparo.areas.directory.catalogue import Organisation, hotlines_of, organisations_of
from amparo.areas.entitlements.rules.her_sheet import SheetLine, sheet_lines
from amparo.areas.entitlements.rules.judging import Answer
from amparo.areas.entitlements.rules.scheme import Length
from amparo.areas.entitlements.sheet_words import sheet_words
from amparo.kernel.language import pick
from amparo.web import pdf

from .directory_lines import readable

# Those that accompany people; ministries and the like are for her team to call.
_FOR_HER = ("specialised_ngo", "migration_ngo")


def said(key: str, language: str, **filled: object) -> str:
    """One word or sentence of the sheet."""
    return pick(sheet_words()[key], language).format(**filled)


def sheet_blocks(answer: Answer, *, language: str) -> list[pdf.Block]:
    """Everything on the sheet below its heading."""
    lines = sheet_lines(answer)
    name = str(Locale.parse(language).territories.get(answer.country, answer.country))
    blocks = [pdf.text(said("intro", language, country=name))]
    if not lines:
        blocks.append(pdf.text(said("nothing", language)))
    for key, chosen in (("sure", True), ("perhaps", False)):
        blocks += _part(key, [one for one in lines if one.sure is chosen], language)
    checked = answer.rule_set.checked.on.year
    return [
        *blocks,
        *_calls(answer.country, language),
        pdf.text(said("lawyer", language)),
        pdf.text(said("our_help", language)),
        pdf.quiet(said("age", language, year=checked)),
    ]


def _part(key: str, lines: list[SheetLine], language: str) -> list[pdf.Block]:
    if not lines:
        return []
    after = [pdf.quiet(said("ask_us", language))] if key == "perhaps" else []
    return [pdf.heading(said(key, language)), *(block for one in lines for block in _line(one, language)), *after]


def _line(one: SheetLine, language: str) -> list[pdf.Block]:
    about = ", ".join(part for part in (_time(one, language), *_also(one, language)) if part)
    rights = ", ".join(said(f"right_{right}", language) for right in one.rights)
    with_it = said("gives", language, rights=rights) if rights else ""
    words = "\n".join(part for part in (_as_sentence(about), with_it) if part)
    return [pdf.heading(said(one.kind, language), 3), *([pdf.text(words)] if words else [])]


def _time(one: SheetLine, language: str) -> str:
    if one.ends_on is not None:
        return said("until", language, day=format_date(one.ends_on, "long", locale=language))
    if one.lasts is None:
        return ""
    least = _length(one.lasts, language)
    if one.lasts_up_to is None:
        return said("lasts", language, time=least)
    return said("up_to", language, least=least, most=_length(one.lasts_up_to, language))


def _also(one: SheetLine, language: str) -> list[str]:
    chosen = (("renewable", one.renewable), ("free", one.free))
    return [said(key, language) for key, is_so in chosen if is_so]


def _length(length: Length, language: str) -> str:
    """'45 days' in her language, also in those that the product itself does not speak."""
    units = (("day", length.days), ("day", length.working_days), ("month", length.months), ("year", length.years))
    unit, count = next((unit, count) for unit, count in units if count is not None)
    plural = Locale.parse(language).plural_form(count)
    return said(f"{unit}_{plural}" if plural in ("one", "few") else f"{unit}_other", language, count=count)


def _calls(country: str, language: str) -> list[pdf.Block]:
    """Numbers alone; the city of an office, never a name."""
    lines = [one for one in hotlines_of(country) if one.number or one.short]
    offices = [one for one in organisations_of(country) if one.kind in _FOR_HER and one.phones]
    numbers = [readable(one.number) or one.short for one in lines] + [_office(one) for one in offices]
    if not numbers:
        return []
    year = min([one.checked for one in lines] + [one.checked for one in offices])
    shown = pdf.text("\n".join(dict.fromkeys(numbers)))
    return [pdf.heading(said("calls", language)), shown, pdf.quiet(said("calls_age", language, year=year))]


def _office(one: Organisation) -> str:
    number = readable(one.phones[0])
    return f"{number} ({one.city})" if one.city else number


def _as_sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}." if words else ""
