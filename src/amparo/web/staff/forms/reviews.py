"""The forms of a review: domain by domain, her answer and the professional's."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.areas.plans.catalogue import Domain
from amparo.web.components.fields import ChoiceOne, DayField, HerWords, LongText, ShortText
from amparo.web.staff.plan_words import DISCARDING, worded


class BeginForm(forms.Form):
    """When, and who else is there."""

    on = DayField(label=_("Day"))
    present = ShortText(
        label=_("Who else is there?"), required=False, help_text=_("An interpreter, somebody she trusts. She decides.")
    )


class RatingForm(forms.Form):
    """Where she stands in one area of life: as she sees it, and as the professional does."""

    hers = ChoiceOne(
        label=_("How does she see it?"), choices=(), may_be_unknown=True, may_stay_unsaid=True, required=False
    )
    her_words = HerWords(label=_("In her words"), required=False)
    ours = ChoiceOne(label=_("How do you see it?"), choices=(), may_be_unknown=True, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, domain: Domain, **options: Any) -> None:
        super().__init__(*args, **options)
        steps = [(str(number), worded(text)) for number, text in enumerate(domain.steps, 1)]
        for name in ("hers", "ours"):
            field = self.fields[name]
            field.choices = [*steps, *field.choices]  # type: ignore[attr-defined]
        self.fields["hers"].help_text = worded(domain.question)


class DiscardForm(forms.Form):
    """Why it is not kept."""

    why = ChoiceOne(label=_("Why?"), choices=DISCARDING)


class FinishForm(forms.Form):
    """What she says about it all, and when they look again."""

    her_words = HerWords(label=_("What does she say about how it goes?"), required=False)
    our_view = LongText(label=_("How you see it"), required=False, rows=3)
    next_on = DayField(label=_("When will you look at it together again?"), required=False)
