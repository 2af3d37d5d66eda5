"""The form on which it is noted how she may be reached."""

from typing import Any

from django import forms
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from amparo.areas.activities.rules.reminding import REMINDING, SENT_BY_ITSELF, dialled
from amparo.areas.consent.rules.contact import TIMED, WRITTEN, Channel, Checked
from amparo.web.components.fields import ChoiceMany, ChoiceOne, DayField, LongText, ShortText, TimeOfDayField, YesNo
from amparo.web.staff.contact_words import day_name

_KEPT = _("One is kept and not shown. Leave this empty to keep it.")
_WHERE = {
    Channel.SMS: _("Her number, with the code of its country. Kept sealed, and opened only to tell her."),
    Channel.EMAIL: _("Her mailbox. Kept sealed, and opened only to tell her."),
    Channel.CALL: _("Her number, with the code of its country. Kept sealed, and shown only to whoever calls her."),
}
_BY_HAND = {
    Channel.CALL: _("A colleague finds it on the list of calls: only when, and the name above."),
    Channel.THROUGH_SOMEONE: _("A colleague finds it on the list of calls, and says only when, and the name above."),
}
_WHO = {
    Channel.CALL: _("Who may answer?"),
    Channel.THROUGH_SOMEONE: _("Who is it, and how do we reach them?"),
}


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
    who = ShortText(label=_("Who may answer?"), required=False)
    call_from = ShortText(
        label=_("From which telephone do we call, and what does it show?"),
        required=False,
        help_text=_("One that nobody knows as ours, or with the number withheld."),
    )
    reminders = YesNo(
        label=_("Would she like to be reminded in this way?"),
        required=False,
        help_text=_("The evening before, within these hours: only when, and the name above."),
    )
    address = ShortText(label=_("Where to?"), required=False)
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
        (_("How"), ("ask_for", "who", "call_from", "otherwise", "never", "leaves_message", "checked")),
        (_("Reminders"), ("reminders", "address")),
        ("", ("agreed_on",)),
    )

    def __init__(self, *args: Any, channel: Channel, has_address: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self._channel, self._has_address = channel, has_address
        self.fields["days"].choices = [(str(day), day_name(day)) for day in range(7)]  # type: ignore[attr-defined]
        if channel not in TIMED:
            for name in ("days", "from_time", "until_time"):
                del self.fields[name]
        if channel in WRITTEN:
            for name in ("otherwise", "leaves_message"):
                del self.fields[name]
        if channel not in REMINDING:
            del self.fields["reminders"]
        if channel not in _WHERE:
            del self.fields["address"]
        else:
            self.fields["address"].help_text = _KEPT if has_address else _WHERE[channel]
        self._word_by_hand(channel)

    def _word_by_hand(self, channel: Channel) -> None:
        """What only matters where a colleague speaks to somebody."""
        if channel is not Channel.CALL:
            del self.fields["call_from"]
        if channel not in _WHO:
            del self.fields["who"]
            return
        self.fields["who"].label = _WHO[channel]
        self.fields["reminders"].help_text = _BY_HAND[channel]

    def clean_address(self) -> str:
        """The number as it is dialled from anywhere, or the mailbox; empty keeps what stands."""
        typed: str = self.cleaned_data["address"].strip()
        if not typed:
            return ""
        if self._channel is Channel.EMAIL:
            validate_email(typed)
            return typed
        number = dialled(typed)
        if not number:
            raise forms.ValidationError(_("Write the number with the code of its country, such as +34 600 111 222."))
        return number

    def clean(self) -> dict[str, Any]:
        """A no needs nothing further."""
        typed = super().clean() or {}
        if typed.get("allowed") == "no":
            for name in ("leaves_message", "checked"):
                self.errors.pop(name, None)
        elif typed.get("reminders") == "yes":
            self._complete(typed)
        return typed

    def _complete(self, typed: dict[str, Any]) -> None:
        """A reminder needs to know where to, and goes nowhere where somebody else reads it (C&H-L lines 528-532)."""
        if self._channel not in SENT_BY_ITSELF:
            return
        if not (typed.get("address") or self._has_address) and "address" not in self.errors:
            self.add_error("address", _("Write where to, or choose no reminders."))
        if typed.get("checked") == Checked.YES:
            self.add_error("reminders", _("Somebody else looks at it: no reminder is sent there."))
