"""What was done, in two taps."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.web.components.fields import ChoiceFromList, ChoiceOne, DayField, LongText, Plain, WholeNumber

MORE = "more"
LENGTHS = (15, 30, 45, 60, 90, 120)
LONGEST_DAY = 24 * 60


class MoneyField(Plain, forms.DecimalField):
    """An amount with two decimals at most; a comma is a point."""

    def __init__(self, *, label: Any, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "a-input--number"})
        super().__init__(label=label, min_value=Decimal(0), max_digits=9, decimal_places=2, widget=widget, **options)

    def to_python(self, value: Any) -> Any:
        """The amount as it was typed, in either way of writing decimals."""
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


class ServiceForm(forms.Form):
    """What was done and how long it took; the rest only where it is needed."""

    kind = ChoiceOne(label=_("What you did"), choices=(), reveals={MORE: ("other_kind",)})
    other_kind = ChoiceFromList(label=_("Something else"), choices=(), required=False)
    length = ChoiceOne(
        label=_("How long"),
        required=False,
        choices=(
            *((str(minutes), f"{minutes} min") for minutes in LENGTHS[:3]),
            *((str(minutes), words) for minutes, words in ((60, "1 h"), (90, "1 h 30 min"), (120, "2 h"))),
            (MORE, _("Another length")),
        ),
        reveals={MORE: ("minutes",)},
        inline=True,
    )
    minutes = WholeNumber(label=_("Minutes"), min_value=1, max_value=LONGEST_DAY, required=False)
    on = DayField(label=_("Day"))
    cost = MoneyField(label=_("Cost"), required=False)
    note = LongText(label=_("Note"), rows=3, required=False)

    def __init__(
        self, *args: Any, often: list[tuple[str, str]], every: list[tuple[str, str]], currency: str, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = [*often, (MORE, _("Something else"))]  # type: ignore[attr-defined]
        self.fields["other_kind"].choices = [("", ""), *every]  # type: ignore[attr-defined]
        self.fields["cost"].label = _("Cost in %(currency)s") % {"currency": currency}
        self.fields["cost"].help_text = _("A ticket, an allowance. It never depends on what she does or achieves.")

    def clean(self) -> dict[str, Any]:
        """The one kind and the one length that were chosen."""
        typed = super().clean() or {}
        if typed.get("kind") == MORE and not typed.get("other_kind"):
            self.add_error("other_kind", _("Please choose an answer."))
        if typed.get("length") == MORE and not typed.get("minutes") and "minutes" not in self.errors:
            self.add_error("minutes", _("Please fill this in."))
        return typed

    def chosen_kind(self) -> str:
        """The key of the kind, once the form is valid."""
        typed = self.cleaned_data
        return str(typed["other_kind"] if typed["kind"] == MORE else typed["kind"])

    def chosen_minutes(self) -> int | None:
        """How long it took, once the form is valid."""
        typed = self.cleaned_data
        if typed["length"] == MORE:
            return int(typed["minutes"])
        return int(typed["length"]) if typed["length"] else None

    def chosen_cents(self) -> int | None:
        """What it cost, once the form is valid."""
        cost = self.cleaned_data["cost"]
        return None if cost is None else int(cost * 100)
