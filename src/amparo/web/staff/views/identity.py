"""Opening and writing an identity, with a reason (R3)."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from amparo.areas.access.rules import Part
from amparo.areas.cases import particulars
from amparo.web import kept
from amparo.web.staff.case_pages import CaseForm
from amparo.web.staff.forms.notes import ReasonForm
from amparo.web.staff.forms.people import IdentityForm
from amparo.web.staff.pages import Context


class OpenIdentity(CaseForm):
    """Ask for the reason, write it down, then show her names and contacts once."""

    part = Part.IDENTITY
    section = "people"
    writes = False
    form_class = ReasonForm
    back_to = "case_people"
    title = _("Open her identity")
    intro = _("Your reason is kept, and she can ask who opened it and why. The page closes when you leave it.")
    submit_label = _("Open")

    def save(self, form: Any) -> HttpResponse:
        """Open it; nothing but this one answer shows it."""
        opened = particulars.open_identity(self.case, by=self.viewer, reason=form.cleaned_data["reason"])
        labels = {name: field.label for name, field in IdentityForm.base_fields.items()}
        shown = [(labels[field], opened.words[field]) for field in labels if opened.words.get(field)]
        return self.page({"words": shown, **self._changing(opened)}, template="staff/cases/identity.html")

    def _changing(self, opened: particulars.OpenIdentity) -> Context:
        if not self.case.writable(self.viewer, Part.IDENTITY):
            return {}
        return {
            "form": IdentityForm(initial={**opened.words, "version": opened.version}),
            "once": kept.fresh_token(self.seat.membership.account),
            "action": self.url("identity_write"),
            "cancel_url": self.url("case_people"),
        }


class WriteIdentity(CaseForm):
    """Her identifying words, for the vault. Those that stand there are opened first, with a reason."""

    part = Part.IDENTITY
    section = "people"
    form_class = IdentityForm
    back_to = "case_people"
    title = _("Write her identity")
    intro = _("These words are kept apart and sealed. Nobody sees them without giving a reason.")
    done = _("Saved in the vault.")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """An empty form where there is no identity yet; otherwise it is opened first."""
        if self.initial()["version"] and kept.given_back(request) is None:
            return redirect(self.url("case_identity"))
        return super().get(request, *args, **kwargs)

    def form_arguments(self) -> Context:
        """Whether she is accompanied without a name."""
        return {"anonymous": self.case.anonymous}

    def initial(self) -> Context:
        """The version alone; the words are not opened here."""
        return {"version": particulars.identity_version(self.viewer, self.case)}

    def save(self, form: Any) -> str:
        """Seal them."""
        typed = form.cleaned_data
        apart = ("reason", "version", "her_wish")
        particulars.write_identity(
            self.case,
            by=self.viewer,
            words={field: word for field, word in typed.items() if field not in apart},
            reason=typed["reason"],
            version=typed["version"] or 0,
            her_wish=bool(typed.get("her_wish")),
        )
        return self.url("case_people")
