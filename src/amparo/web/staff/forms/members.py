"""Forms about colleagues."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from amparo.web.components.fields import ChoiceFromList, DayField, ShortText, Tick
from amparo.web.context import ROLE_WORDS


class ColleagueForm(forms.Form):
    """Who it is and what she or he does here."""

    name = ShortText(label=_("Name"), max_length=120)
    role = ChoiceFromList(label=_("Role"), choices=ROLE_WORDS.items())
    language = ChoiceFromList(label=_("Language of the pages"), choices=settings.LANGUAGES)


class NewColleagueForm(ColleagueForm):
    """The same, with the name to sign in with."""

    username = ShortText(
        label=_("Name to sign in with"),
        max_length=60,
        help_text=_("Small letters, digits, dots and dashes."),
    )
    field_order = ("username", "name", "role", "language")

    def clean_username(self) -> str:
        """Small letters, digits, dots and dashes only."""
        typed = str(self.cleaned_data["username"]).lower()
        if not all(sign.isascii() and (sign.isalnum() or sign in ".-_") for sign in typed):
            raise forms.ValidationError(_("Use only small letters from a to z, digits, dots and dashes."))
        return typed


class ChangeColleagueForm(ColleagueForm):
    """The same, and whether she or he still works here."""

    is_active = Tick(label=_("Works here"), required=False)


class TrainingForm(forms.Form):
    """When a colleague was trained and signed; empty where not yet."""

    trained_on = DayField(label=_("Trained on"), required=False)
    signed_on = DayField(label=_("Signed the confidentiality statement on"), required=False)
