"""The first interview: booking it, and what she said."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from amparo.areas.intake.catalogue import interview_preparation, referral_choices
from amparo.areas.intake.rules import is_meeting_point
from amparo.web.components.fields import (
    ChoiceFromList,
    ChoiceMany,
    ChoiceOne,
    HerWords,
    LongText,
    MomentField,
    ShortText,
)
from amparo.web.staff.intake_words import INTERPRETER, Choices, here, listed, options


class BookingForm(forms.Form):
    """When, where and by whom she is met."""

    at = MomentField(label=_("Day and time"))
    meeting_point = ShortText(
        label=_("Where do you meet her?"),
        help_text=_("A stop, a station or a square that she knows. Never an address."),
    )
    member = ChoiceFromList(
        label=_("Who talks with her?"), help_text=_("One professional, alone with her."), choices=()
    )
    interpreter = ChoiceOne(label=_("Interpreter"), choices=(), required=False)
    prepared = ChoiceMany(
        label=_("What is sure"), choices=(), help_text=_("All of it must be sure before she comes."), required=False
    )

    def __init__(self, *args: Any, team: Choices, **arguments: Any) -> None:
        super().__init__(*args, **arguments)
        lists = {
            "member": [("", ""), *team],
            "interpreter": listed(INTERPRETER),
            "prepared": [(one.key, here(one.text)) for one in interview_preparation() if one.required],
        }
        for name, choices in lists.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices

    def clean_meeting_point(self) -> str:
        """Not an address."""
        typed = str(self.cleaned_data["meeting_point"])
        decision = is_meeting_point(typed)
        if not decision:
            raise ValidationError(gettext(decision.reason))
        return typed


class AnswerForm(forms.Form):
    """What she said after the talk."""

    answer = ChoiceOne(label=_("What does she say?"), choices=())
    her_words = HerWords(label=_("In her words"), required=False)
    words = LongText(label=_("What you add"), rows=4, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **arguments: Any) -> None:
        super().__init__(*args, **arguments)
        field = self.fields["answer"]
        if isinstance(field, ChoiceOne):
            field.choices = options(referral_choices().interview_outcomes)
            field.hints = {
                "yes": _("Her consents and papers follow now, one by one."),
                "not_yet": _("Take the time she needs. You book the next talk."),
                "no": _("Thank her. She loses nothing, and she may come back at any time."),
            }
