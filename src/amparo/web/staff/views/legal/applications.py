"""Her documents and applications."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from amparo.areas.entitlements import applications
from amparo.areas.entitlements.house_rules import schemes_for
from amparo.areas.entitlements.rules.applications import KEPT, State
from amparo.kernel import clock
from amparo.kernel.decision import NotThere
from amparo.web.staff.case_pages import CaseForm
from amparo.web.staff.entitlement_words import here
from amparo.web.staff.forms.legal import ApplicationForm, filled_from, initial_from
from amparo.web.staff.pages import Context

from .answering import LegalCommand
from .pages import LegalPart


class AddApplication(LegalPart, CaseForm):
    """A document that she has or needs, or something that was applied for."""

    back_to = "case_legal"
    form_class = ApplicationForm
    title = _("A document or an application")
    done = _("Noted.")

    def form_arguments(self) -> Context:
        """The permits of the country, to choose what was applied for."""
        rules = schemes_for(self.viewer.organisation).known(self.country, clock.today(self.viewer.time_zone))
        permits = rules.rule_set.permits if rules else ()
        return {"permits": [(one.id, here(one.title)) for one in permits]}

    def initial(self) -> Context:
        """In the country that is looked at."""
        return {"country": self.country, "status": State.TO_REQUEST}

    def save(self, form: Any) -> str:
        """Note it."""
        applications.add_application(self.case, by=self.viewer, filled=filled_from(form.cleaned_data))
        return f"{self.url('case_legal')}#applications"


class ChangeApplication(AddApplication):
    """One of them, changed."""

    found: applications.ApplicationFile

    def fetch(self, **kwargs: Any) -> None:
        """The case, and which of them."""
        super().fetch(**kwargs)
        self.found = applications.application_of(self.viewer, self.case, kwargs["application"])

    def form_arguments(self) -> Context:
        """The permits of its own country; one that the rules no longer have stays."""
        rules = schemes_for(self.viewer.organisation).known(
            self.found.filled.country, clock.today(self.viewer.time_zone)
        )
        permits = {one.id: here(one.title) for one in rules.rule_set.permits} if rules else {}
        kept = self.found.filled.permit
        return {"permits": list((permits | ({kept: permits.get(kept, kept)} if kept else {})).items())}

    def initial(self) -> Context:
        """As it stands."""
        return {**initial_from(self.found.filled), "version": self.found.version}

    def save(self, form: Any) -> str:
        """Change it."""
        typed = form.cleaned_data
        applications.change_application(
            self.case, self.found.id, by=self.viewer, filled=filled_from(typed), version=typed["version"] or 0
        )
        return f"{self.url('case_legal')}#applications"


class MoveApplication(LegalCommand):
    """One tap: it was requested, received, refused or appealed against today."""

    done = _("Noted for today.")

    def act(self) -> str:
        """Note where it stands."""
        state = self.request.POST.get("state", "")
        if state not in KEPT:
            raise NotThere
        applications.move_application(self.case, self.kwargs["application"], by=self.viewer, status=State(state))
        return f"{self.url('case_legal')}#applications"
