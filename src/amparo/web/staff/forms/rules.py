"""An organisation's own rules of a country, as a text, and why."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.web.components.fields import LongText

#: More than the largest file that we ship, several times over.
LONGEST_RULES = 400_000


class RulesForm(forms.Form):
    """The whole set of rules as a text, and the reason."""

    text = LongText(
        label=_("The rules"),
        rows=24,
        max_length=LONGEST_RULES,
        help_text=_(
            "Change what is different, from and until which day it holds (valid_from, valid_to), and who compared it"
            " with the law, and when (checked)."
        ),
    )
    reason = LongText(
        label=_("Why?"), rows=3, max_length=2000, help_text=_("It stands beside these rules wherever they are shown.")
    )
    # What was looked at before: only a text whose differences were seen is put in place.
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        widget = self.fields["text"].widget
        widget.attrs |= {"class": "a-rules-text", "spellcheck": "false", "dir": "ltr", "autocomplete": "off"}


class WithdrawRulesForm(forms.Form):
    """Why own rules hold no longer."""

    reason = LongText(label=_("Why do they hold no longer?"), rows=3, max_length=2000)
