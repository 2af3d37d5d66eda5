"""The form of a note."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.web.components.fields import ChoiceOne, DayField, LongText


class NoteForm(forms.Form):
    """What happened, when, and who may read it."""

    text = LongText(
        label=_("Note"), rows=8, help_text=_("What the next one must know, so that she need not tell it again.")
    )
    happened_on = DayField(label=_("Day"))
    audience = ChoiceOne(label=_("Who may read it"), choices=())

    def __init__(self, *args: Any, audiences: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["audience"].choices = audiences  # type: ignore[attr-defined]


class CorrectionForm(forms.Form):
    """The text of a note again."""

    text = LongText(label=_("Note"), rows=8)
    version = forms.IntegerField(widget=forms.HiddenInput)


class ReasonForm(forms.Form):
    """Why an identity is opened."""

    reason = LongText(label=_("Why do you need her name or contacts now?"), rows=2, max_length=500)
