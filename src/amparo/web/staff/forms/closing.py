"""Closing with her."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from amparo.areas.cases import catalogue
from amparo.kernel.language import pick
from amparo.web.components.fields import ChoiceMany, ChoiceOne, DayField, HerWords
from amparo.web.staff.case_words import closing_choices, reader

WITH_HER, WITHOUT_HER = "with_her", "without_her"
STEPS = (("1", _("1, not at all")), ("2", "2"), ("3", "3"), ("4", "4"), ("5", _("5, fully")))
RATING, SAID = "rating_", "said_"
AGREED = "agreed"


class ClosingForm(forms.Form):
    """Why, when, what she says, and whether she may be asked how she is. Every question may stay open."""

    with_her = ChoiceOne(
        label=_("Is she here?"),
        choices=((WITH_HER, _("Closing with her")), (WITHOUT_HER, _("Without her: contact was lost, or she died"))),
    )
    on = DayField(label=_("Day"))
    reason = ChoiceOne(label=_("Why now?"), choices=())
    agreed = HerWords(label=_("What was agreed with her"), required=False)
    ask_in = ChoiceMany(
        label=_("When may we ask her how she is?"),
        choices=(),
        required=False,
        help_text=_("Only if she wishes; it will stand on Today. She can come back at any time without a reason."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        language, worded = reader(), catalogue.closing()
        self.fields["reason"].choices = closing_choices()  # type: ignore[attr-defined]
        self.fields["ask_in"].choices = [  # type: ignore[attr-defined]
            (str(months), ngettext("after %(count)d month", "after %(count)d months", months) % {"count": months})
            for months in worded.follow_up_months
        ]
        for one in worded.evaluation:
            self.fields[SAID + one.key] = HerWords(label=pick(one.question, language), required=False)
        for one in worded.ratings:
            label = pick(one.question, language)
            self.fields[RATING + one.key] = ChoiceOne(
                label=label, choices=STEPS, required=False, may_stay_unsaid=True, inline=True
            )
        words = [SAID + one.key for one in worded.evaluation]
        ratings = [RATING + one.key for one in worded.ratings]
        self.groups = [(_("She says"), [*words, *ratings]), (_("From here on"), ["agreed", "ask_in"])]

    def ratings(self) -> Mapping[str, str]:
        """Her answers from 1 to 5 by question, once the form is valid."""
        return _with_prefix(RATING, self.cleaned_data)

    def words(self) -> Mapping[str, str]:
        """Her answers in words by question, and what was agreed, once the form is valid."""
        return {**_with_prefix(SAID, self.cleaned_data), AGREED: self.cleaned_data["agreed"]}


def _with_prefix(prefix: str, typed: Mapping[str, Any]) -> dict[str, str]:
    return {name.removeprefix(prefix): str(typed[name]) for name in typed if name.startswith(prefix)}
