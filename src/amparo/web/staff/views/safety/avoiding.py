"""Whom or where she keeps away from in sessions: a page of her safety, for whoever reads that."""

from typing import Any

from django.utils.translation import gettext_lazy

from amparo.areas.access.rules import Part
from amparo.areas.activities import rechecking
from amparo.areas.activities.places import names_of_sites
from amparo.areas.safety import avoiding
from amparo.areas.safety.avoiding import Avoids
from amparo.web.staff.activity_words import AVOIDS
from amparo.web.staff.case_pages import CaseCommand, CaseForm, CasePart
from amparo.web.staff.forms.asking import AvoidanceForm
from amparo.web.staff.pages import Context


class Avoidances(CasePart):
    """What holds now."""

    part = Part.SAFETY
    section = "safety"
    template = "staff/safety/avoidances.html"

    def context(self) -> Context:
        """Each with what the viewer may know of it."""
        sites = dict(names_of_sites(self.viewer))
        return {
            "lines": [
                {"one": one, "kind": AVOIDS[one.kind], "site": sites.get(one.site, "")}
                for one in avoiding.avoidances_of(self.viewer, self.case)
            ],
            "can_write": bool(self.case.writable(self.viewer, Part.SAFETY)),
        }


class NoteAvoidance(CaseForm):
    """Note that she keeps away from somebody, everybody or a place. What is planned is looked at again at once."""

    part = Part.SAFETY
    section = "safety"
    back_to = "case_avoidances"
    form_class = AvoidanceForm
    title = gettext_lazy("Whom or where she keeps away from")
    intro = gettext_lazy(
        "Sessions are then planned so that they do not meet. What is planned already is looked at again."
    )
    done = gettext_lazy("Noted. What is planned is being looked at again.")

    def form_arguments(self) -> Context:
        """The places of the house."""
        return {"sites": [(str(number), name) for number, name in names_of_sites(self.viewer)]}

    def save(self, form: Any) -> str:
        """Note it."""
        typed = form.cleaned_data
        noted = {"by": self.viewer, "why": typed["why"]}
        match Avoids(typed["kind"]):
            case Avoids.WOMAN:
                avoiding.avoid_woman(self.case, code=typed["code"], **noted)
            case Avoids.SITE:
                avoiding.avoid_site(self.case, site=int(typed["site"]), **noted)
            case Avoids.EVERYBODY:
                avoiding.avoid_everybody(self.case, **noted)
        rechecking.soon(self.viewer)
        return self.cancel_url()


class EndAvoidance(CaseCommand):
    """It need not be kept apart any more."""

    part = Part.SAFETY
    back_to = "case_avoidances"
    done = gettext_lazy("Saved.")

    def act(self) -> str:
        """End it."""
        avoiding.end_avoidance(self.case, self.kwargs["avoidance"], by=self.viewer)
        rechecking.soon(self.viewer)
        return self.back_url()
