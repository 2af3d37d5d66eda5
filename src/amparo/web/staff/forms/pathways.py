"""The forms of her pathways."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.areas.entitlements.rules.pathways import Happened, Outcome, What
from amparo.areas.entitlements.rules.scheme import Length
from amparo.web.components.fields import ChoiceFromList, ChoiceOne, DayField, LongText, WholeNumber
from amparo.web.staff.pathway_words import OUTCOME, UNIT

BY, UNTIL = "by", "until"
MOST = 999
DAY: dict[str, Any] = {
    What.STARTED: _("First day"),
    What.EXTENDED: _("Day on which it was extended"),
    What.SUSPENDED: _("First day on which the clock stands still"),
    What.RESUMED: _("First day on which it runs again"),
    What.DECIDED: _("Day of the decision"),
    What.APPEALED: _("Day on which the appeal was lodged"),
    What.APPEAL_DECIDED: _("Day of the answer"),
    What.HANDLED: _("Day"),
}


class BeginForm(forms.Form):
    """Where she is now in a scheme, and since when."""

    stage = ChoiceOne(label=_("Where is she now?"), choices=())
    on = DayField(label=_("Since which day?"), help_text=_("The first day counts."))

    def __init__(self, *args: Any, stages: Sequence[tuple[str, str]], hints: dict[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["stage"].choices = stages  # type: ignore[attr-defined]
        self.fields["stage"].hints = hints  # type: ignore[attr-defined]


class EventForm(forms.Form):
    """What happened in a stage: the day, and what belongs to this kind of thing alone."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    outcome = ChoiceOne(label=_("What was decided?"), choices=())
    on = DayField(label=_("Day"))
    how = ChoiceOne(
        label=_("Until when?"),
        choices=((BY, _("By a length of time")), (UNTIL, _("Until a day"))),
        reveals={BY: ("count", "unit"), UNTIL: ("until",)},
    )
    count = WholeNumber(label=_("How many"), min_value=1, max_value=MOST, required=False)
    unit = ChoiceFromList(label=_("Of what"), choices=tuple(UNIT.items()), required=False)
    until = DayField(label=_("Last day"), required=False)
    words = LongText(
        label=_("What else belongs to it"),
        required=False,
        rows=3,
        help_text=_("Who said so, or which letter. No name of anyone that is not needed."),
    )

    def __init__(self, *args: Any, what: What, aside_only: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.what = what
        self.fields["on"].label = DAY[what]
        for name in set(self.fields) - {"version", "on", "words"} - _MORE.get(what, set()):
            del self.fields[name]
        if what is What.SUSPENDED:
            self.fields["until"].label = _("Last day on which it stands still, if it is known")
        if "outcome" in self.fields:
            open_to = [Outcome.WITHDRAWN] if aside_only else list(Outcome)
            self.fields["outcome"].choices = [(one, OUTCOME[one]) for one in open_to]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """What the chosen way of extending needs."""
        typed = super().clean() or {}
        needed = {BY: ("count", "unit"), UNTIL: ("until",)}.get(typed.get("how", ""), ())
        for name in needed:
            if not typed.get(name) and name not in self.errors:
                self.add_error(name, _("Please fill this in."))
        return typed

    def happened(self, stage: str) -> Happened:
        """What happened, once the form is valid."""
        typed = self.cleaned_data
        by = Length(**{typed["unit"]: typed["count"]}) if typed.get("how") == BY else None
        until = None if by else typed.get("until")
        outcome = Outcome(typed["outcome"]) if typed.get("outcome") else None
        return Happened(stage, self.what, typed["on"], by=by, until=until, outcome=outcome)


_MORE: dict[What, set[str]] = {
    What.DECIDED: {"outcome"},
    What.APPEAL_DECIDED: {"outcome"},
    What.EXTENDED: {"how", "count", "unit", "until"},
    What.SUSPENDED: {"until"},
}

IT_WAS, IT_WAS_NOT = "it_was", "it_was_not"


class CorrectForm(forms.Form):
    """Another day than was written down, or that it never happened."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    happened = ChoiceOne(
        label=_("What is right?"),
        choices=((IT_WAS, _("It happened on this day")), (IT_WAS_NOT, _("It did not happen"))),
        reveals={IT_WAS: ("on", "until")},
    )
    on = DayField(label=_("Day"), required=False)
    until = DayField(label=_("Last day"), required=False)
    words = LongText(label=_("Why it is corrected"), required=False, rows=2)

    def __init__(self, *args: Any, what: What, has_until: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["on"].label = DAY[what]
        if not has_until:
            del self.fields["until"]
            self.fields["happened"].reveals = {IT_WAS: ("on",)}  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A day where there is one."""
        typed = super().clean() or {}
        if typed.get("happened") == IT_WAS and not typed.get("on") and "on" not in self.errors:
            self.add_error("on", _("Please fill this in."))
        return typed
