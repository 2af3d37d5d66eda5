"""Planning some weeks: which days, and changing a session or a place by hand."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.areas.activities.editing import When
from amparo.web.components.fields import Choice, ChoiceFromList, ChoiceMany, ChoiceOne, DayField, TimeOfDayField


class SureForm(forms.Form):
    """Nothing to fill in: what cannot be taken back is asked once more."""


class PeriodForm(forms.Form):
    """The weeks that are planned together."""

    first_on = DayField(label=_("From"))
    last_on = DayField(label=_("Until"), help_text=_("One to four weeks plan well together."))


class SessionForm(forms.Form):
    """When and where a session is held, and by whom."""

    on = DayField(label=_("Day"))
    at = TimeOfDayField(label=_("Time"))
    room = ChoiceFromList(
        label=_("Room"),
        choices=(),
        help_text=_("Those in which the activity is held."),
        error_messages={"invalid_choice": _("The activity is not held in this room. Choose one of these.")},
    )
    member = ChoiceOne(
        label=_("Who holds it"),
        choices=(),
        help_text=_("One group keeps one professional: the sessions to come change with it."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, rooms: list[Choice], leaders: list[Choice], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["room"].choices = [("", ""), *rooms]  # type: ignore[attr-defined]
        self.fields["member"].choices = leaders  # type: ignore[attr-defined]

    def when(self) -> When:
        """The choice, once the form is valid."""
        typed = self.cleaned_data
        return When(datetime.combine(typed["on"], typed["at"]), int(typed["room"]), int(typed["member"]))


class SeatForm(forms.Form):
    """Who of those who asked and have no place is given one."""

    case = ChoiceFromList(label=_("Who"), choices=(), help_text=_("Those who asked for it and have no place yet."))

    def __init__(self, *args: Any, women: list[Choice], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["case"].choices = [("", ""), *women]  # type: ignore[attr-defined]


class PlaceForm(forms.Form):
    """In which group of the same activity she has her place."""

    group = ChoiceOne(label=_("Group"), choices=())

    def __init__(self, *args: Any, groups: list[Choice], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["group"].choices = groups  # type: ignore[attr-defined]


class ReleaseForm(forms.Form):
    """Who of those with a place may lose it when the weeks are planned again."""

    released = ChoiceMany(
        label=_("Who may lose her place"),
        choices=(),
        required=False,
        help_text=_("Nobody, unless you choose her. Talk with her first: she counts on it."),
    )

    def __init__(self, *args: Any, places: list[tuple[str, str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        if not places:
            del self.fields["released"]
            return
        field = self.fields["released"]
        field.choices = [(value, words) for value, words, _hint in places]  # type: ignore[attr-defined]
        field.hints = {value: hint for value, _words, hint in places if hint}  # type: ignore[attr-defined]

    def places(self) -> list[int]:
        """The numbers of their places, once the form is valid."""
        return [int(one) for one in self.cleaned_data.get("released", ())]
