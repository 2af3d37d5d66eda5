"""Her needs: noted in her words, in her order."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from amparo.areas.access.rules import Part
from amparo.areas.plans import actions, catalogue, queries
from amparo.areas.plans.rules import BasicAnswer, NeedStatus
from amparo.web.staff.case_pages import CaseCommand, CaseForm
from amparo.web.staff.forms.plans import BasicNeedsForm, NeedAgainForm, NeedForm, split_about
from amparo.web.staff.pages import Context
from amparo.web.staff.plan_words import about_words, points_of


class NoteNeed(CaseForm):
    """A need, hers first."""

    part = Part.PLAN
    section = "plan"
    back_to = "case_plan"
    form_class = NeedForm
    title = _("Note a need")
    intro = _("One need at a time. Her words stand first; she puts the needs into her order.")
    done = _("Noted. She can move it up or down.")

    def form_context(self) -> Context:
        """Saving can lead straight to the next one."""
        return {"second_label": _("Save and note another"), "second_name": "another"}

    def save(self, form: Any) -> str:
        """Note it."""
        typed = form.cleaned_data
        domain, basic_need = split_about(typed["about"])
        number = actions.note_need(
            self.case,
            by=self.viewer,
            domain=domain,
            basic_need=basic_need,
            her_words=typed["her_words"],
            our_view=typed["our_view"],
        )
        return self.url("need_note") if "another" in self.request.POST else f"{self.url('case_plan')}#need-{number}"


class AskBasicNeeds(CaseForm):
    """The basic needs, before anything long is planned (R9). What is missing becomes a need."""

    part = Part.PLAN
    section = "plan"
    back_to = "case_plan"
    form_class = BasicNeedsForm
    title = _("Ask about the basic needs")
    intro = _("Before anything long is planned. Leave out what you did not talk about.")
    done = _("Her answers are kept. What is missing stands among her needs.")

    def initial(self) -> Context:
        """What is missing as far as we know."""
        plan = queries.plan_of(self.viewer, self.case)
        return {need.basic_need: BasicAnswer.MISSING for need in plan.needs if need.basic_need}

    def save(self, form: Any) -> str:
        """Keep her answers."""
        typed = form.cleaned_data
        keys = [need.key for need in catalogue.basic_needs() if typed[need.key]]
        actions.ask_basic_needs(
            self.case,
            by=self.viewer,
            answers={key: typed[key] for key in keys},
            her_words={key: typed[f"{key}_words"] for key in keys},
        )
        return self.url("case_plan")


class LookAgain(CaseForm):
    """A need as it is now: what she says is added, the professional's view replaced."""

    part = Part.PLAN
    section = "plan"
    back_to = "case_plan"
    template = "staff/plans/need_again.html"
    form_class = NeedAgainForm
    title = _("Look at this need again")
    done = _("Saved.")

    def fetch(self, **kwargs: Any) -> None:
        """The need as well."""
        super().fetch(**kwargs)
        self.need = queries.need_of(self.viewer, self.case, kwargs["need"])

    def initial(self) -> Context:
        """The view as it stands."""
        return {"our_view": self.need.our_view, "version": self.need.version}

    def form_context(self) -> Context:
        """What she said so far, and what has helped others."""
        said = [self.need.said, *self.need.said_before] if self.need.said else []
        return {
            "about": about_words(self.need.domain, self.need.basic_need),
            "said": said,
            "points": points_of(self.need.domain),
        }

    def save(self, form: Any) -> str:
        """Save both."""
        typed = form.cleaned_data
        actions.change_need(
            self.case,
            self.need.id,
            by=self.viewer,
            her_words=typed["her_words"],
            our_view=typed["our_view"],
            version=typed["version"],
        )
        return f"{self.url('case_plan')}#need-{self.need.id}"


class MoveNeed(CaseCommand):
    """One place up or down in her order."""

    part = Part.PLAN
    back_to = "case_plan"

    def act(self) -> str:
        """Move it."""
        number = self.kwargs["need"]
        actions.move_need(self.case, number, by=self.viewer, up=self.kwargs["up"])
        return f"{self.url('case_plan')}#need-{number}"


class MarkNeed(CaseCommand):
    """Met, set aside, or open again."""

    part = Part.PLAN
    back_to = "case_plan"
    done = _("Saved. You can take it back below, under needs that are met or set aside.")

    def act(self) -> str:
        """Mark it."""
        status: NeedStatus = self.kwargs["status"]
        actions.mark_need(self.case, self.kwargs["need"], by=self.viewer, status=status)
        return self.url("case_plan")
