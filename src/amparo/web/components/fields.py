"""Form fields in common use. Plain Django fields: no model is needed and none is touched."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, ClassVar

from babel import Locale, UnknownLocaleError
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.functional import lazy
from django.utils.translation import get_language, gettext, to_locale
from django.utils.translation import gettext_lazy as _

from amparo.kernel.hours import SKIPPED, is_one_moment
from amparo.web.components.places import COUNTRY_CODES
from amparo.web.components.tongues import COMMON_LANGUAGES, OTHER_LANGUAGES

Choice = tuple[str, Any]

NOT_KNOWN = "unknown"
DOES_NOT_WANT_TO_SAY = "does_not_want_to_say"
LONGEST_TEXT = 10_000


class Plain(forms.Field):
    """What every field of ours says when it is left empty."""

    default_error_messages: ClassVar[dict[str, Any]] = {"required": _("Please fill this in.")}


class PlainChoice(forms.Field):
    """What every choice of ours says when nothing is chosen."""

    default_error_messages: ClassVar[dict[str, Any]] = {"required": _("Please choose an answer.")}


class ShortText(Plain, forms.CharField):
    """One line, 200 characters at most."""

    def __init__(self, *, label: Any, max_length: int = 200, **options: Any) -> None:
        super().__init__(label=label, max_length=max_length, **options)


class LongText(Plain, forms.CharField):
    """Several lines of free text; the box grows with what is written."""

    def __init__(self, *, label: Any, rows: int = 4, max_length: int | None = LONGEST_TEXT, **options: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
        options.setdefault("widget", widget)
        super().__init__(label=label, max_length=max_length, **options)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """No ``maxlength``: browsers cut a pasted text there without a word."""
        return {}


class HerWords(LongText):
    """What she says, in her words: shown in plum, never edited by others (domain R8)."""

    def __init__(self, *, label: Any, rows: int = 3, **options: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows, "dir": "auto", "class": "a-her-input"})
        super().__init__(label=label, rows=rows, widget=widget, **options)


class DayField(Plain, forms.DateField):
    """A day, chosen with the browser's own calendar or typed; ISO 8601 on the wire."""

    def __init__(self, *, label: Any, **options: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "a-input--day"})
        super().__init__(label=label, widget=widget, **options)
        self.input_formats = ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y"]


class TimeOfDayField(Plain, forms.TimeField):
    """A time of day in hours and minutes."""

    def __init__(self, *, label: Any, **options: Any) -> None:
        widget = forms.TimeInput(format="%H:%M", attrs={"type": "time", "class": "a-input--day"})
        super().__init__(label=label, widget=widget, **options)
        self.input_formats = ["%H:%M", "%H:%M:%S", "%H.%M"]


class MomentField(Plain, forms.DateTimeField):
    """A day with a time of day, in the time zone of the person who types it; aware when cleaned."""

    def __init__(self, *, label: Any, **options: Any) -> None:
        attrs = {"type": "datetime-local", "class": "a-input--moment"}
        widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs=attrs)
        super().__init__(label=label, widget=widget, **options)
        self.input_formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M"]

    def to_python(self, value: Any) -> datetime | None:
        """Of an hour that comes twice in its night, the first; raises ValidationError for one that clocks skip."""
        try:
            return super().to_python(value)
        except forms.ValidationError as wrong:
            if wrong.code != "ambiguous_timezone" or wrong.params is None:
                raise
            typed, zone = wrong.params["datetime"], wrong.params["current_timezone"]
        if is_one_moment(typed.date(), typed.time(), str(zone)) == SKIPPED:
            raise forms.ValidationError(gettext(SKIPPED.reason))
        return typed.replace(tzinfo=zone).astimezone(UTC)  # type: ignore[no-any-return]


class WholeNumber(Plain, forms.IntegerField):
    """A whole number; typed with the number keys, without arrows that change it by accident."""

    def __init__(self, *, label: Any, min_value: int = 0, **options: Any) -> None:
        attrs = {"inputmode": "numeric", "class": "a-input--number"}
        widget = forms.TextInput(attrs=attrs)
        super().__init__(label=label, min_value=min_value, widget=widget, **options)
        for one in self.validators:
            if isinstance(one, MinValueValidator):
                one.message = _("Please write %(limit_value)s or more.")
            elif isinstance(one, MaxValueValidator):
                one.message = _("Please write %(limit_value)s or less.")


def _with_ways_out(choices: Iterable[Choice], *, may_be_unknown: bool, may_stay_unsaid: bool) -> list[Choice]:
    """The answers, followed by the two that are answers everywhere (look.md, Shape of a page)."""
    ways_out: list[Choice] = []
    if may_be_unknown:
        ways_out.append((NOT_KNOWN, _("Not known yet")))
    if may_stay_unsaid:
        ways_out.append((DOES_NOT_WANT_TO_SAY, _("She does not want to say")))
    return [*choices, *ways_out]


class ChoiceOne(PlainChoice, forms.ChoiceField):
    """One answer out of a few, as radios.

    ``hints`` explains answers by their value. ``reveals`` names, by the value of an answer, the fields of
    the same form that it opens; without JavaScript they are always open. ``may_be_unknown`` and
    ``may_stay_unsaid`` add the two ways out.
    """

    def __init__(
        self,
        *,
        label: Any,
        choices: Iterable[Choice],
        hints: Mapping[str, Any] | None = None,
        reveals: Mapping[str, tuple[str, ...]] | None = None,
        may_be_unknown: bool = False,
        may_stay_unsaid: bool = False,
        inline: bool = False,
        **options: Any,
    ) -> None:
        answers = _with_ways_out(choices, may_be_unknown=may_be_unknown, may_stay_unsaid=may_stay_unsaid)
        super().__init__(label=label, choices=answers, widget=forms.RadioSelect, **options)
        self.hints = hints or {}
        self.reveals = reveals or {}
        self.inline = inline
        self.divided_before = NOT_KNOWN if may_be_unknown else DOES_NOT_WANT_TO_SAY


class ChoiceMany(PlainChoice, forms.MultipleChoiceField):
    """Any number of answers, as checkboxes; hints and revealed fields as in ``ChoiceOne``."""

    def __init__(
        self,
        *,
        label: Any,
        choices: Iterable[Choice],
        hints: Mapping[str, Any] | None = None,
        reveals: Mapping[str, tuple[str, ...]] | None = None,
        **options: Any,
    ) -> None:
        widget = forms.CheckboxSelectMultiple
        super().__init__(label=label, choices=list(choices), widget=widget, **options)
        self.hints = hints or {}
        self.reveals = reveals or {}


class ChoiceFromList(PlainChoice, forms.ChoiceField):
    """One answer out of many, as a drop-down list that starts empty."""

    def __init__(self, *, label: Any, choices: Iterable[Choice], **options: Any) -> None:
        super().__init__(label=label, choices=[("", ""), *choices], **options)


class YesNo(ChoiceOne):
    """Yes or no, side by side, optionally with the two ways out."""

    def __init__(self, *, label: Any, **options: Any) -> None:
        plain = not (options.get("may_be_unknown") or options.get("may_stay_unsaid"))
        choices = [("yes", _("Yes")), ("no", _("No"))]
        super().__init__(label=label, choices=choices, inline=plain, **options)


class Tick(forms.BooleanField):
    """A single box to tick; the label says what ticking means."""

    default_error_messages: ClassVar[dict[str, Any]] = {"required": _("Please tick this to go on.")}

    def __init__(self, *, label: Any, required: bool = False, **options: Any) -> None:
        super().__init__(label=label, required=required, **options)


class PersonNameField(Plain, forms.CharField):
    """A name as the person writes it, in one box: names do not all have a first and a last part."""

    def __init__(self, *, label: Any, max_length: int = 150, **options: Any) -> None:
        attrs = {"autocomplete": "off", "spellcheck": "false", "dir": "auto"}
        widget = forms.TextInput(attrs=attrs)
        super().__init__(label=label, max_length=max_length, widget=widget, **options)


class PhoneField(Plain, forms.CharField):
    """A telephone number, opened with the number keys on a phone and not remembered by the browser."""

    def __init__(self, *, label: Any, max_length: int = 40, **options: Any) -> None:
        attrs = {"type": "tel", "autocomplete": "off", "dir": "ltr", "class": "a-input--phone"}
        widget = forms.TextInput(attrs=attrs)
        super().__init__(label=label, max_length=max_length, widget=widget, **options)


class PaperField(Plain, forms.FileField):
    """A file to add: PDF, JPEG or PNG. What it really is gets checked where it is stored."""

    def __init__(self, *, label: Any, **options: Any) -> None:
        widget = forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"})
        super().__init__(label=label, widget=widget, **options)


def reader_locale() -> Locale:
    """The locale of the person reading, English where Babel does not know it."""
    try:
        return Locale.parse(to_locale(get_language() or "en"))
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en")


def language_name(code: str) -> str:
    """The name of a language (ISO 639) in the reader's language; the code where none is known."""
    return str(reader_locale().languages.get(code, code))


def country_name(code: str) -> str:
    """The name of a country (ISO 3166-1 alpha-2) in the reader's language; the code where none is known."""
    return str(reader_locale().territories.get(code, code))


class LongList(forms.Select):
    """A drop-down list of hundreds of answers: each is no more than its value, its label, and whether it is chosen."""

    def create_option(self, name: str, value: Any, label: Any, selected: bool, *args: Any, **kwargs: Any) -> Any:
        """What our ``select.html`` reads of an option; Django's own builds three times as much."""
        return {"value": value, "label": label, "selected": selected}


def _language_choices() -> list[Any]:
    return _named_languages(str(reader_locale()))


def _country_choices() -> list[Choice]:
    return _named_countries(str(reader_locale()))


@lru_cache(maxsize=16)
def _named_languages(_reader: str) -> list[Any]:
    def named(codes: Iterable[str]) -> list[Choice]:
        return sorted(((code, language_name(code)) for code in codes), key=_by_name)

    return [
        ("", ""),
        (gettext("Often needed"), named(COMMON_LANGUAGES)),
        (gettext("All others"), named(OTHER_LANGUAGES)),
    ]


@lru_cache(maxsize=16)
def _named_countries(_reader: str) -> list[Choice]:
    named = ((code, country_name(code)) for code in COUNTRY_CODES)
    return [("", ""), *sorted(named, key=_by_name)]


def _by_name(choice: Choice) -> str:
    return str(choice[1]).casefold()


class LanguageField(PlainChoice, forms.ChoiceField):
    """A language by its ISO 639 code, named in the reader's language, those often needed first."""

    def __init__(self, *, label: Any, **options: Any) -> None:
        super().__init__(label=label, choices=_language_choices, widget=LongList, **options)


class LanguagesField(PlainChoice, forms.MultipleChoiceField):
    """Several languages; ticked among those often needed."""

    def __init__(self, *, label: Any, **options: Any) -> None:
        widget = forms.CheckboxSelectMultiple
        super().__init__(label=label, choices=_common_language_choices, widget=widget, **options)


def _common_language_choices() -> list[Choice]:
    named = ((code, language_name(code)) for code in COMMON_LANGUAGES)
    return sorted(named, key=_by_name)


class CountryField(PlainChoice, forms.ChoiceField):
    """A country by its ISO 3166-1 code, named in the reader's language."""

    def __init__(self, *, label: Any, **options: Any) -> None:
        super().__init__(label=label, choices=_country_choices, widget=LongList, **options)


language_name_lazy = lazy(language_name, str)
country_name_lazy = lazy(country_name, str)
