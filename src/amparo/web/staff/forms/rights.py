"""Forms about her rights over her file."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.web.components.fields import ChoiceOne, DayField, HerWords, LongText
from amparo.web.staff.rights_words import HELD_BECAUSE


class RestrictForm(forms.Form):
    """What is kept and not used, and why."""

    thing = ChoiceOne(label=_("What may not be used?"), choices=())
    ground = ChoiceOne(label=_("Why?"), choices=tuple(HELD_BECAUSE.items()))
    words = HerWords(label=_("What she says"), required=False)
    since = DayField(label=_("On which day did she say so?"))

    def __init__(self, *args: Any, things: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["thing"].choices = things  # type: ignore[attr-defined]


class LiftForm(forms.Form):
    """Her word that it may be used again."""

    words = HerWords(label=_("What she said"))
    on = DayField(label=_("On which day did she say so?"))


class ReadHeldForm(forms.Form):
    """Why something held is read all the same."""

    reason = LongText(label=_("Why do you need to read it now?"), rows=3, max_length=500)
