"""The form on which it is noted how she may be reached."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.areas.consent.rules.contact import TIMED, WRITTEN, Channel, Checked
from amparo.web.components.fields import ChoiceMany, ChoiceOne, DayField, LongText, ShortText, TimeOfDayField, YesNo
from amparo.web.staff.contact_words import day_name


class ContactForm(forms.Form):
    """Whether this way may be used, when, under which name, and what never to do."""

    allowed = YesNo(label=_("May we reach her in this way?"))
    days = ChoiceMany(label=_("On which days?"), choices=(), required=False, help_text=_("None ticked: any day."))
    from_time = TimeOfDayField(label=_("From"), required=False)
    until_time = TimeOfDayField(label=_("Until"), required=False)
    ask_for = ShortText(
        label=_("Which name do we use?"), required=False, help_text=_("For her, and for us if somebody asks who it is.")
    )
    otherwise = LongText(
        label=_("What do we say if somebody else answers?"),
        rows=2,
        max_length=500,
        required=False,
        help_text=_("Nothing that says who we are or why. To hang up is always right."),
    )
    never = LongText(label=_("What must never happen?"), rows=2, max_length=500, required=False)
    leaves_message = YesNo(label=_("May a message be left?"))
    checked = ChoiceOne(
        label=_("Does somebody else look at it?"),
        choices=[(Checked.YES, _("Yes")), (Checked.NO, _("No")), (Checked.UNKNOWN, _("Not known yet"))],
    )
    agreed_on = DayField(label=_("On which day did you agree on this?"))
    number = forms.IntegerField(widget=forms.HiddenInput, required=False)

    groups = (
        ("", ("allowed",)),
        (_("When"), ("days", "from_time", "until_time")),
        (_("How"), ("ask_for", "otherwise", "never", "leaves_message", "checked")),
        ("", ("agreed_on",)),
    )

    def __init__(self, *args: Any, channel: Channel, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["days"].choices = [(str(day), day_name(day)) for day in range(7)]  # type: ignore[attr-defined]
        if channel not in TIMED:
            for name in ("days", "from_time", "until_time"):
                del self.fields[name]
        if channel in WRITTEN:
            for name in ("otherwise", "leaves_message"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """A no needs nothing further."""
        typed = super().clean() or {}
        if typed.get("allowed") == "no":
            for name in ("leaves_message", "checked"):
                self.errors.pop(name, None)
        return typed
