"""A cost of an activity."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amparo.web.components.fields import ChoiceFromList, ChoiceOne, DayField
from amparo.web.staff.activity_words import COSTS

from .services import MoneyField


class CostForm(forms.Form):
    """Which activity, what for, when, how much."""

    activity = ChoiceFromList(label=gettext_lazy("Activity"), choices=())
    kind = ChoiceOne(label=gettext_lazy("What for"), choices=list(COSTS.items()))
    on = DayField(label=gettext_lazy("Day"))
    cost = MoneyField(label=gettext_lazy("Cost"))

    def __init__(self, *args: Any, activities: Sequence[tuple[int, str]], currency: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["activity"].choices = [("", ""), *activities]  # type: ignore[attr-defined]
        self.fields["cost"].label = _("Cost in %(currency)s") % {"currency": currency}
