"""The form of a token for a program."""

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.web.components.fields import ChoiceOne, ShortText

READ, WRITE = "read", "write"


class TokenForm(forms.Form):
    """What it is for, what it may do, for how long."""

    name = ShortText(label=_("What it is for"), max_length=60)
    may = ChoiceOne(
        label=_("What it may do"),
        choices=((READ, _("Read what I may read")), (WRITE, _("Read, and write notes and services in my name"))),
    )
    days = ChoiceOne(
        label=_("For how long"), choices=(("7", _("A week")), ("30", _("A month")), ("90", _("Three months")))
    )
