"""How the words of her file are found: each field has a label, and a way from its value to words."""

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amparo.areas.orgs.rules import Role
from amparo.web.context import role_words
from amparo.web.staff.case_words import minutes_words

Values = Mapping[str, Any]
Word = Callable[[Any, Values], str]
Shown = tuple[Promise | str, Word]

YES_NO = {True: _("Yes"), False: _("No"), "yes": _("Yes"), "no": _("No"), "unknown": _("Not known yet")}
WHEN, WHO, WORDS, HERS = _("On"), _("By"), _("What was written"), _("Your words")


def plain(value: Any, _row: Values) -> str:
    """A value that needs no list of words: text, a day, a time, a number, a colleague by her or his role."""
    if isinstance(value, Role):
        return role_words(value)
    if isinstance(value, bool):
        return str(YES_NO[value])
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    if isinstance(value, time):
        return time_format(value, "TIME_FORMAT")
    return "" if value is None else str(value)


def among(words: Mapping[Any, Any]) -> Word:
    """Coded words from a list that stands in the program; several of them with commas."""

    def word(value: Any, _row: Values) -> str:
        several = value if isinstance(value, list) else [value]
        return ", ".join(str(words[one]) for one in several if one in words)

    return word


def called(words: Callable[[str], str]) -> Word:
    """Coded words by a function; several of them with commas."""

    def word(value: Any, _row: Values) -> str:
        several = value if isinstance(value, list) else [value]
        return ", ".join(words(one) for one in several if one)

    return word


def choices(listed: Callable[[], list[tuple[str, str]]]) -> Word:
    """Coded words from a list of the content."""

    def word(value: Any, row: Values) -> str:
        return among(dict(listed()))(value, row)

    return word


def written_in(value: Any, _row: Values) -> str:
    """Whatever was written on a page of several boxes, one below the other."""
    found = json.loads(value) if value else {}
    return "\n".join(str(text) for text in found.values() if isinstance(text, str) and text)


def money(value: Any, _row: Values) -> str:
    """An amount in cents, in whole units."""
    return f"{value / 100:.2f}" if value else ""


def minutes(value: Any, _row: Values) -> str:
    """How long something took."""
    return minutes_words(value)
