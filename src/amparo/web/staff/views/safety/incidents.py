"""Incidents: a quick form, what to do at once, and what was done since."""

from typing import Any

from django.utils.translation import gettext_lazy

from amparo.areas.access.rules import Part
from amparo.areas.safety import actions, queries
from amparo.areas.safety.actions import Happened
from amparo.kernel import clock
from amparo.web.staff.case_pages import CaseForm, CasePart
from amparo.web.staff.forms.safety import FollowUpForm, IncidentForm
from amparo.web.staff.pages import Context
from amparo.web.staff.safety_words import DANGER, TOLD, incident_words

from . import emergency


class ReportIncident(CaseForm):
    """Something happened."""

    part = Part.SAFETY
    section = "safety"
    back_to = "case_safety"
    form_class = IncidentForm
    title = gettext_lazy("Report an incident")
    done = gettext_lazy("The incident is noted.")

    def initial(self) -> Context:
        """Now."""
        return {"happened_at": clock.now()}

    def save(self, form: Any) -> str:
        """Report it; the next page says what to do where there is danger now."""
        typed = form.cleaned_data
        what = Happened(
            kind=typed["kind"],
            at=typed["happened_at"],
            danger_now=typed["danger_now"],
            told=tuple(typed["told"]),
            happened=typed["happened"],
            done=typed["done"],
        )
        return self.url("incident", actions.report_incident(self.case, by=self.viewer, what=what))


class Incident(CasePart):
    """One incident; with danger now the steps stand on top."""

    part = Part.SAFETY
    section = "safety"
    template = "staff/safety/incident.html"

    def fetch(self, **kwargs: Any) -> None:
        """The case and its incident."""
        super().fetch(**kwargs)
        self.incident = queries.incident_of(self.viewer, self.case, kwargs["incident"])

    def context(self) -> Context:
        """What happened and what was done."""
        danger = self.incident.danger_now != "no"
        plan = queries.plan_of(self.viewer, self.case) if danger else None
        return {
            "incident": self.incident,
            "kind": incident_words(self.incident.kind),
            "danger": DANGER[self.incident.danger_now],
            "told": [TOLD[one] for one in self.incident.told],
            "emergency": emergency.steps(plan, self.seat.membership.country) if danger else None,
            "can_write": bool(self.case.writable(self.viewer, Part.SAFETY)),
        }


class FollowUp(Incident, CaseForm):
    """What was done since."""

    template = "layouts/case_form.html"
    form_class = FollowUpForm
    title = gettext_lazy("What was done")
    done = gettext_lazy("Saved.")

    def context(self) -> Context:
        """The form alone."""
        return {"intro": incident_words(self.incident.kind)}

    def initial(self) -> Context:
        """As it stands."""
        it = self.incident
        return {"danger_now": it.danger_now, "done": it.done, "told": list(it.told), "version": it.version}

    def cancel_url(self) -> str:
        """Back to the incident."""
        return self.url("incident", self.incident.id)

    def save(self, form: Any) -> str:
        """Save it."""
        typed = form.cleaned_data
        actions.update_incident(
            self.case,
            self.incident.id,
            by=self.viewer,
            danger_now=typed["danger_now"],
            told=tuple(typed["told"]),
            done=typed["done"],
            version=typed["version"],
        )
        return self.cancel_url()
