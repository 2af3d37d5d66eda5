"""The forms of her legal status."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.areas.entitlements import paperwork
from amparo.areas.entitlements.applications import Filled
from amparo.areas.entitlements.questions import Question
from amparo.areas.entitlements.rules.answers import OF_ONE_COUNTRY, WAYS_OUT, SaidBy, choices_of
from amparo.areas.entitlements.rules.applications import KEPT, Days, State
from amparo.areas.entitlements.rules.facts import DATES
from amparo.areas.entitlements.telling import FactFile, Told
from amparo.web.components.fields import ChoiceFromList, ChoiceOne, CountryField, DayField, LongText, ShortText, Tick
from amparo.web.staff.entitlement_words import SAID_BY, STATE, here, kind_words

_ON = "on"


class FactsForm(forms.Form):
    """Some questions, each with its answers and the two ways out; who said so, and when, once for all of them."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    said_by = ChoiceFromList(label=_("Who said so?"), choices=())
    told_on = DayField(label=_("When?"))
    note = LongText(label=_("What else belongs to it?"), required=False, rows=2)

    def __init__(self, *args: Any, asked: Sequence[Question], country_name: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.asked, self.country_name = asked, country_name
        for question in asked:
            self._ask(question)
        self.order_fields([*(name for name in self.fields if name not in _SHARED), *_SHARED])
        by = [(one, words) for one, words in SAID_BY.items() if one != SaidBy.FILE]
        self.fields["said_by"].choices = [("", ""), *by]  # type: ignore[attr-defined]

    def _ask(self, question: Question) -> None:
        key = question.key
        of_day = key in DATES
        answers = [(_ON, _("On a day"))] if of_day else [(one, here(question.says[one])) for one in choices_of(key)]
        field = ChoiceOne(
            label=here(question.question),
            choices=answers,
            reveals={_ON: (f"{key}_on",)} if of_day else {},
            may_be_unknown=True,
            may_stay_unsaid=True,
            required=False,
        )
        field.says_optional = False  # type: ignore[attr-defined]
        if key in OF_ONE_COUNTRY:
            field.help_text = _("Seen from %(country)s") % {"country": self.country_name}
        self.fields[key] = field
        if of_day:
            self.fields[f"{key}_on"] = DayField(label=_("Day"), required=False)

    def clean(self) -> dict[str, Any]:
        """A day where one was chosen."""
        typed = super().clean() or {}
        for question in self.asked:
            if typed.get(question.key) == _ON and not typed.get(f"{question.key}_on"):
                self.add_error(f"{question.key}_on", _("Please fill this in."))
        return typed

    def given(self) -> dict[str, str]:
        """The answers by the key of their fact; what was left empty is left out."""
        typed = self.cleaned_data
        chosen = {one.key: typed[one.key] for one in self.asked if typed[one.key]}
        return {
            key: typed[f"{key}_on"].isoformat() if key in DATES and value not in WAYS_OUT else value
            for key, value in chosen.items()
        }

    def told(self) -> Told:
        """Who said so, when, and what belongs to it."""
        typed = self.cleaned_data
        return Told(SaidBy(typed["said_by"]), typed["told_on"], typed["note"])


_SHARED = ("said_by", "told_on", "note", "seen")


def initial_of(known: Iterable[FactFile]) -> dict[str, Any]:
    """The form of these answers as they stand."""
    found: dict[str, Any] = {}
    for one in known:
        of_day = one.key in DATES and one.value not in WAYS_OUT
        found |= {one.key: _ON, f"{one.key}_on": one.value} if of_day else {one.key: one.value}
    return found


class CountryForm(forms.Form):
    """A country to look at."""

    country = CountryField(label=_("Country"))
    is_here = Tick(label=_("She is there now"))


class ApplicationForm(forms.Form):
    """What it is, where it stands since when, and until when it is valid; the rest only where it helps."""

    kind = ChoiceFromList(label=_("What is it?"), choices=())
    country = CountryField(label=_("Of which country?"))
    permit = ChoiceFromList(label=_("For which permit of the rules?"), choices=(), required=False)
    status = ChoiceOne(label=_("Where does it stand?"), choices=[(one, STATE[one][1]) for one in KEPT])
    requested = DayField(label=_("Requested on"), required=False)
    received = DayField(label=_("Received on"), required=False)
    refused = DayField(label=_("Refused on"), required=False)
    appealed = DayField(label=_("Appealed against on"), required=False)
    expires = DayField(label=_("Last day on which it is valid"), required=False)
    where = ShortText(label=_("Office"), required=False, help_text=_("Where it is asked for. Never her address."))
    reference = ShortText(
        label=_("Their number for it"), required=False, help_text=_("Kept sealed: only her team reads it.")
    )
    note = LongText(label=_("Note"), required=False, rows=3)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    groups = (
        (_("What it is"), ["kind", "country", "permit"]),
        (_("Where it stands"), ["status", "requested", "received", "refused", "appealed", "expires"]),
        (_("What helps to follow it up"), ["where", "reference", "note"]),
    )

    def __init__(self, *args: Any, permits: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        kinds = [(one, kind_words(one)) for one in paperwork.kinds()]
        self.fields["kind"].choices = [("", ""), *kinds]  # type: ignore[attr-defined]
        self.fields["permit"].choices = [("", ""), *permits]  # type: ignore[attr-defined]


def filled_from(typed: dict[str, Any]) -> Filled:
    """What was typed, as it is kept."""
    days = Days(**{name: typed[name] for name in _DAYS})
    words = {name: typed[name] for name in ("kind", "country", "permit", "where", "reference", "note")}
    return Filled(status=State(typed["status"]), days=days, **words)


def initial_from(filled: Filled) -> dict[str, Any]:
    """The form of a document or an application as it stands."""
    words = {name: getattr(filled, name) for name in ("kind", "country", "permit", "where", "reference", "note")}
    return {**words, "status": filled.status, **{name: getattr(filled.days, name) for name in _DAYS}}


_DAYS = ("requested", "received", "refused", "appealed", "expires")
