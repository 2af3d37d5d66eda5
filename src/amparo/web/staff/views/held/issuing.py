"""Under which name certificates are issued, and whether one that somebody asks about is genuine."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy

from amparo.areas.access.rules import Task
from amparo.areas.activities.held import certifying
from amparo.web.staff.forms.hers_held import IssuerForm, NumberForm
from amparo.web.staff.pages import Context, FormPage


class NameIssuer(FormPage):
    """One name for all certificates of the house."""

    task = Task.PLAN_SESSIONS
    form_class = IssuerForm
    title = gettext_lazy("Who issues certificates")
    intro = gettext_lazy("It stands on every certificate in place of the name of the house.")
    done = gettext_lazy("Saved.")

    def initial(self) -> Context:
        """As it stands."""
        issuer = certifying.issuer_of(self.viewer)
        return {"name": issuer.name, "place": issuer.place, "version": issuer.version}

    def save(self, form: Any) -> str:
        """Choose it."""
        typed = form.cleaned_data
        certifying.name_issuer(certifying.IssuerWords(typed["name"], typed["place"], typed["version"]), by=self.viewer)
        return reverse("certificate_issuer")


class AskNumber(FormPage):
    """Somebody holds a certificate and asks: yes with its day, or no. Neither name nor course is shown."""

    task = Task.LIST_CASES
    template = "staff/held/number.html"
    form_class = NumberForm
    title = gettext_lazy("Is this certificate ours?")
    submit_label = gettext_lazy("Look it up")

    def context(self) -> Context:
        """Nothing was asked yet."""
        return {"asked": False, "day": None}

    def save(self, form: Any) -> HttpResponse:
        """The answer, on the same page."""
        day = certifying.issued_on(self.viewer, form.cleaned_data["number"])
        answer = {"asked": True, "day": day, "title": self.title, "form": form, "submit_label": self.submit_label}
        rest = {"intro": "", "once": "", "cancel_url": self.cancel_url(), "kept": False, "conflict": None}
        return self.page({**rest, **answer})
