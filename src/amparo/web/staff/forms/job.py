"""The forms of her job plan and of her CV."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from amparo.areas.plans.catalogue import JobPrompt
from amparo.web.components.fields import ChoiceOne, HerWords, LongText, PersonNameField, ShortText
from amparo.web.staff.plan_words import worded


class PromptsForm(forms.Form):
    """The prompts of one section, in her words; none needs an answer."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, prompts: list[JobPrompt], **options: Any) -> None:
        super().__init__(*args, **options)
        for prompt in prompts:
            examples = "; ".join(worded(example) for example in prompt.examples)
            self.fields[prompt.key] = HerWords(
                label=worded(prompt.question), help_text=examples, required=False, rows=2
            )


class CvForm(forms.Form):
    """What stands in her CV; nothing of this page is kept."""

    name = PersonNameField(label=_("Name she wants in her CV"), help_text=_("Only for this paper. It is not kept."))
    contact = ShortText(
        label=_("Telephone or e-mail for employers"),
        required=False,
        help_text=_("One that is safe for her to give away. No address is needed. It is not kept."),
    )
    aim = LongText(label=_("Work she is looking for"), required=False, rows=2)
    skills = LongText(label=_("What she can do"), required=False, help_text=_("One line for each."))
    strengths = LongText(label=_("Her strengths"), required=False, rows=2, help_text=_("One line for each."))
    languages = LongText(label=_("Languages"), required=False, rows=2, help_text=_("One line for each."))
    learning = LongText(label=_("What she has learnt"), required=False, rows=3, help_text=_("One line for each."))
    experience = LongText(
        label=_("Work she wants to mention"), required=False, rows=3, help_text=_("One line for each. She chooses.")
    )
    language = ChoiceOne(label=_("Language of the headings"), choices=settings.LANGUAGES)
