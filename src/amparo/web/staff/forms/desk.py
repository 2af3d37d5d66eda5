"""Forms of the data protection officer's desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.areas.cases.log import Asked
from amparo.areas.consent.ledger import Narrowed
from amparo.areas.consent.rules import Ground
from amparo.web.components.fields import ChoiceFromList, ChoiceOne, DayField, LongText, ShortText, Tick, TimeOfDayField
from amparo.web.staff.consent_words import GROUND, KNOWING, RECIPIENTS
from amparo.web.staff.log_words import DOES, OUTCOMES


class DaysForm(forms.Form):
    """From a day to a day."""

    first = DayField(label=_("From"), required=False)
    last = DayField(label=_("Until"), required=False)

    def again(self) -> list[tuple[str, Any]]:
        """What was asked, to ask the same once more."""
        return [(name, value) for name in self.fields if (value := self[name].value())]

    def clean_code(self) -> str:
        """Spaces around a code do not matter."""
        return str(self.cleaned_data.get("code") or "").strip()


class LogForm(DaysForm):
    """What the log is narrowed to; everything may stay empty."""

    code = ShortText(label=_("Her code"), max_length=20, required=False)
    member = ChoiceFromList(label=_("Colleague"), choices=(), required=False)
    does = ChoiceFromList(
        label=_("Kind of act"), choices=[(one.value, words) for one, words in DOES.items()], required=False
    )
    origin = ShortText(label=_("From where (network address)"), max_length=64, required=False)
    from_number = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    until_number = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    field_order = ("code", "member", "does", "first", "last", "origin")

    def __init__(self, *args: Any, colleagues: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["member"].choices = [("", ""), *colleagues]  # type: ignore[attr-defined]

    def asked(self) -> Asked:
        """What it asks; an answer that makes no sense asks for nothing."""
        self.is_valid()
        typed = self.cleaned_data
        return Asked(
            code=typed.get("code") or "",
            member=int(typed.get("member") or 0),
            does=typed.get("does") or "",
            first=typed.get("first"),
            last=typed.get("last"),
            origin=(typed.get("origin") or "").strip(),
            from_number=_small(typed.get("from_number")),
            until_number=_small(typed.get("until_number")),
        )


class LedgerForm(DaysForm):
    """What the ledger of disclosures is narrowed to."""

    code = ShortText(label=_("Her code"), max_length=20, required=False)
    ground = ChoiceFromList(
        label=_("Ground"),
        choices=[(one.value, words) for one, words in GROUND.items() if one is not Ground.OTHER],
        required=False,
    )
    recipient_kind = ChoiceFromList(label=_("To whom"), choices=RECIPIENTS, required=False)
    knowing = ChoiceFromList(
        label=_("Does she know?"), choices=[(one.value, words) for one, words in KNOWING.items()], required=False
    )
    field_order = ("code", "ground", "recipient_kind", "knowing", "first", "last")

    def narrowed(self) -> Narrowed:
        """What it asks."""
        self.is_valid()
        typed = self.cleaned_data
        return Narrowed(
            code=typed.get("code") or "",
            ground=typed.get("ground") or "",
            recipient_kind=typed.get("recipient_kind") or "",
            knowing=typed.get("knowing") or "",
            first=typed.get("first"),
            last=typed.get("last"),
        )


class AlertForm(forms.Form):
    """What looking at an alert came to."""

    outcome = ChoiceOne(label=_("What did you find?"), choices=[(one.value, words) for one, words in OUTCOMES.items()])
    words = LongText(
        label=_("In a sentence or two"),
        rows=3,
        max_length=2000,
        required=False,
        help_text=_("Not needed for usual work. No names of women here."),
    )


class ReadingForm(forms.Form):
    """The organisation's hours, and whether her list names colleagues on paper."""

    open_from = TimeOfDayField(label=_("The house works from"))
    open_until = TimeOfDayField(
        label=_("until"), help_text=_("The same time twice: day and night. Reading at other hours is worth a look.")
    )
    names_readers = Tick(
        label=_("Her list of readers names colleagues on paper"),
        help_text=_(
            "Without this, paper says roles only: who finds it with her learns no name of the house. "
            "She may always ask for the names and be told."
        ),
    )


def _small(number: int | None) -> int:
    """Numbers beyond any log ask for nothing."""
    return number if number and number < 2**62 else 0
