"""What a summary on paper holds."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.web.components.fields import ChoiceMany


class SummaryForm(forms.Form):
    """The parts to print, none more than the reader may read."""

    parts = ChoiceMany(label=_("What it holds"), choices=())

    def __init__(self, *args: Any, parts: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["parts"].choices = parts  # type: ignore[attr-defined]
