"""Forms for what is not open to the reader: in danger to life, and with a second person's yes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.areas.cases.rules import Finding
from amparo.kernel.codes import read_code
from amparo.web.components.fields import ChoiceOne, LongText, ShortText

FINDINGS = (
    (Finding.NEEDED, _("It was needed")),
    (Finding.UNCLEAR, _("It is not clear yet: we talked about it")),
    (Finding.NOT_NEEDED, _("It was not needed: we talked about it")),
)


class DangerForm(forms.Form):
    """Who she is, and what the danger is."""

    who = ShortText(
        label=_("Her code, a name or a telephone number"),
        help_text=_("Exactly as she is known here. What you look for stands in the log without the words."),
    )
    reason = LongText(label=_("What is the danger?"), rows=3, max_length=1000)


class LookForm(forms.Form):
    """What the data protection officer found."""

    finding = ChoiceOne(label=_("What did you find?"), choices=FINDINGS)
    words = LongText(label=_("What do you want to keep of it?"), rows=4, required=False)


class AskForm(forms.Form):
    """Whose identity, and why."""

    code = ShortText(label=_("Her code"), max_length=20)
    reason = LongText(label=_("Why do you need her name or contacts?"), rows=3, max_length=500)

    def clean_code(self) -> str:
        """The code as codes are written."""
        code = read_code(self.cleaned_data["code"])
        if code is None:
            raise forms.ValidationError(_("A code has four signs, a line and three signs, such as 7K2M-4QX."))
        return code


class AnswerForm(forms.Form):
    """Yes, or no with a reason."""

    answer = ChoiceOne(
        label=_("Do you agree?"),
        choices=(("yes", _("Yes, for four hours and for this colleague")), ("no", _("No"))),
        reveals={"no": ("words",)},
    )
    words = LongText(label=_("Why not?"), rows=2, max_length=500, required=False)

    def clean(self) -> dict[str, Any]:
        """A no says why."""
        typed = super().clean() or {}
        if typed.get("answer") == "no" and not typed.get("words"):
            self.add_error("words", _("Say why not, so that your colleague knows what to do."))
        return typed
