"""Opening an identity, with a reason (R3)."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amparo.areas.access.rules import Part
from amparo.areas.cases import actions
from amparo.web.staff.case_pages import CaseForm
from amparo.web.staff.forms.notes import ReasonForm


class OpenIdentity(CaseForm):
    """Ask for the reason, write it down, then show her names and contacts once."""

    part = Part.IDENTITY
    writes = False
    form_class = ReasonForm
    title = gettext_lazy("Open her identity")
    intro = gettext_lazy(
        "Your reason is kept, and she can ask who opened it and why. The page closes when you leave it."
    )
    submit_label = gettext_lazy("Open")

    def save(self, form: Any) -> HttpResponse:
        """Open it; nothing but this one answer shows it."""
        words = actions.open_identity(self.case, by=self.viewer, reason=form.cleaned_data["reason"])
        labels = identity_labels()
        shown = [(labels[field], words[field]) for field in labels if words.get(field)]
        return self.page({"words": shown}, template="staff/cases/identity.html")


def identity_labels() -> dict[str, str]:
    """The fields of an identity in the reader's language, in their order."""
    return {
        "given_names": _("Given names"),
        "family_names": _("Family names"),
        "alias": _("Other names"),
        "birth_date": _("Day of birth"),
        "phone": _("Telephone"),
        "other_phone": _("Other telephone"),
        "email": _("E-mail"),
        "address": _("Address"),
        "document_number": _("Number of a document"),
    }
