"""Goals: what she wants to reach."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from amparo.areas.access.rules import Part
from amparo.areas.plans import actions, queries
from amparo.areas.plans.rules import GoalStatus
from amparo.web.staff.case_pages import CaseCommand, CaseForm
from amparo.web.staff.forms.plans import GoalAgainForm, GoalForm
from amparo.web.staff.pages import Context
from amparo.web.staff.plan_words import about_words, points_of


class SetGoal(CaseForm):
    """A goal for a need, or for its own sake. The first step follows at once."""

    part = Part.PLAN
    section = "plan"
    back_to = "case_plan"
    template = "staff/plans/goal.html"
    form_class = GoalForm
    title = _("Set a goal")
    submit_label = _("Save, and plan the first step")

    def fetch(self, **kwargs: Any) -> None:
        """The need behind it, where there is one."""
        super().fetch(**kwargs)
        self.need = queries.need_of(self.viewer, self.case, kwargs["need"]) if "need" in kwargs else None

    def initial(self) -> Context:
        """The area of life of the need."""
        return {"domain": self.need.domain} if self.need else {}

    def form_context(self) -> Context:
        """The need in her words, and what has helped others."""
        if self.need is None:
            return {}
        return {
            "about": about_words(self.need.domain, self.need.basic_need),
            "said": [self.need.said] if self.need.said else [],
            "points": points_of(self.need.domain),
        }

    def save(self, form: Any) -> str:
        """Set it."""
        typed = form.cleaned_data
        need = self.need.id if self.need else None
        goal = actions.set_goal(self.case, by=self.viewer, domain=typed["domain"], words=typed["words"], need=need)
        return self.url("step_add", goal)


class ChangeGoal(CaseForm):
    """A goal, worded anew with her."""

    part = Part.PLAN
    section = "plan"
    back_to = "case_plan"
    form_class = GoalAgainForm
    title = _("Word this goal anew")
    intro = _("Only with her: it is her goal.")
    done = _("Saved.")

    def fetch(self, **kwargs: Any) -> None:
        """The goal as well."""
        super().fetch(**kwargs)
        self.goal = queries.goal_of(self.viewer, self.case, kwargs["goal"])

    def initial(self) -> Context:
        """The goal as it stands."""
        return {"words": self.goal.words, "domain": self.goal.domain, "version": self.goal.version}

    def save(self, form: Any) -> str:
        """Save it."""
        typed = form.cleaned_data
        actions.change_goal(
            self.case,
            self.goal.id,
            by=self.viewer,
            domain=typed["domain"],
            words=typed["words"],
            version=typed["version"],
        )
        return f"{self.url('case_plan')}#goal-{self.goal.id}"


class MarkGoal(CaseCommand):
    """Reached, set aside, or going on again."""

    part = Part.PLAN
    back_to = "case_plan"

    def act(self) -> str:
        """Mark it."""
        status: GoalStatus = self.kwargs["status"]
        actions.mark_goal(self.case, self.kwargs["goal"], by=self.viewer, status=status)
        return f"{self.url('case_plan')}#goal-{self.kwargs['goal']}"
