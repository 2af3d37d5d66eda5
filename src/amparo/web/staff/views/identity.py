"""Opening and writing an identity, with a reason (R3)."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from amparo.areas.access.rules import Part
from amparo.areas.cases import particulars
from amparo.kernel import clock
from amparo.web import kept
from amparo.web.staff.case_pages import CaseCommand, CaseForm, CasePart
from amparo.web.staff.forms.notes import ReasonForm
from amparo.web.staff.forms.people import IdentityForm
from amparo.web.staff.pages import Context


class OpenIdentity(CaseForm):
    """Ask for the reason and write it down. Nothing is shown yet."""

    part = Part.IDENTITY
    section = "people"
    writes = False
    form_class = ReasonForm
    back_to = "case_people"
    title = _("Open her identity")
    intro = _("Your reason is kept, and she can ask who opened it and why. It closes by itself after five minutes.")
    submit_label = _("Open")

    def cancel_url(self) -> str:
        """Her people, or the case where only that is open."""
        return _back(self)

    def save(self, form: Any) -> str:
        """Open it; it is shown on a page of its own, so that coming back in the browser shows nothing."""
        particulars.open_identity(self.case, by=self.viewer, reason=form.cleaned_data["reason"])
        return self.url("identity_shown")


class ShowIdentity(CasePart):
    """Her names and contacts, while they are open; then only that they have closed."""

    part = Part.IDENTITY
    section = "people"
    template = "staff/cases/identity.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The words, and the browser asks again when their time is over: with or without scripts."""
        opened = particulars.opened_identity(self.viewer, self.case)
        around: Context = {"opened": opened, "back_url": _back(self), "words": [], "may_write": False, "left": 0}
        if opened is None:
            return self.page(around)
        labels = {name: field.label for name, field in IdentityForm.base_fields.items()}
        left = max(1, int((opened.until - clock.now()).total_seconds()) + 1)
        response = self.page(
            {
                **around,
                "words": [(labels[field], opened.words[field]) for field in labels if opened.words.get(field)],
                "may_write": bool(self.case.writable(self.viewer, Part.IDENTITY)),
                "left": left,
            }
        )
        response.headers["Refresh"] = str(left)
        return response


class CloseIdentity(CaseCommand):
    """Close it before its time."""

    part = Part.IDENTITY
    writes = False
    back_to = "case_people"
    done = _("Closed.")

    def back_url(self) -> str:
        """Where one came from."""
        return _back(self)

    def act(self) -> str:
        """Close it."""
        particulars.close_identity(self.case, by=self.viewer)
        return self.back_url()


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
        """An empty form where there is no identity yet; otherwise it must stand open."""
        shown = self.initial()
        if shown["version"] and len(shown) == 1 and kept.given_back(request) is None:
            return redirect(self.url("case_identity"))
        return super().get(request, *args, **kwargs)

    def form_arguments(self) -> Context:
        """Whether she is accompanied without a name."""
        return {"anonymous": self.case.anonymous}

    def initial(self) -> Context:
        """The words while they stand open; otherwise the version alone."""
        opened = particulars.opened_identity(self.viewer, self.case)
        if opened is not None:
            return {**opened.words, "version": opened.version}
        return {"version": particulars.identity_version(self.viewer, self.case)}

    def save(self, form: Any) -> str:
        """Seal them; what stood open closes."""
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


def _back(page: CasePart) -> str:
    return page.url("case_people" if page.case.readable(page.viewer, Part.TEAM) else "case")
