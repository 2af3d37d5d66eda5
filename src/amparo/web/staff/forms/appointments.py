"""A time with her."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.web.components.fields import ChoiceOne, DayField, ShortText, TimeOfDayField
from amparo.web.staff.case_words import TOPICS


class AppointmentForm(forms.Form):
    """When, with whom, about what, and where to meet."""

    on = DayField(label=_("Day"))
    at = TimeOfDayField(label=_("Time"), required=False)
    about = ChoiceOne(label=_("What about"), choices=tuple(TOPICS.items()))
    member = ChoiceOne(label=_("Who meets her"), choices=())
    place = ShortText(
        label=_("Meeting point"),
        required=False,
        help_text=_("A place that anybody may be seen at. Never where she or other women live."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, team: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["member"].choices = team  # type: ignore[attr-defined]
