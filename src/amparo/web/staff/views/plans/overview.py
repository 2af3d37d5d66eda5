"""Her plan on one page: what she says first, in her order; what stands beside it; the next small steps."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from amparo.areas.access.rules import Part
from amparo.areas.cases.rules import when_due
from amparo.areas.knowledge.catalogue import domains_with_points
from amparo.areas.plans import actions, queries, rules
from amparo.areas.plans.queries import GoalFile, NeedFile, PlanFile, StepFile
from amparo.areas.plans.rules import GoalStatus, PlanWarning, WarningKind
from amparo.kernel import clock
from amparo.kernel.decision import NotThere
from amparo.web.staff.case_pages import CaseForm, CasePart
from amparo.web.staff.forms.plans import ReviewDayForm
from amparo.web.staff.pages import Context
from amparo.web.staff.plan_words import (
    about_words,
    agreement_shape,
    agreement_words,
    domain_words,
    goal_status_words,
    kind_words,
    need_status_words,
    points_of,
    warning_words,
    weeks_words,
    who_words,
    why_it_stays,
)


class Plan(CasePart):
    """The plan, with everything that takes one tap done in place."""

    part = Part.PLAN
    section = "plan"
    template = "staff/plans/plan.html"

    def context(self) -> Context:
        """Needs, goals and steps as they stand."""
        plan = queries.plan_of(self.viewer, self.case)
        return {
            "can_write": bool(self.case.writable(self.viewer, Part.PLAN)),
            "stays": why_it_stays(self.case),
            "plan": plan,
            "empty": not (plan.needs or plan.past_needs or plan.other_goals),
            "warnings": [self._warning(plan, one) for one in rules.warnings(queries.facts_of(plan))],
            "needs": [self._need(need) for need in plan.needs],
            "past_needs": [self._need(need) for need in plan.past_needs],
            "other_goals": [self._goal(goal) for goal in plan.other_goals],
            "agreed": plan.agreed,
            "agreed_words": agreement_words(plan.agreed.agreement) if plan.agreed else "",
            "agreed_shape": agreement_shape(plan.agreed.agreement) if plan.agreed else "",
        }

    def _need(self, need: NeedFile) -> Context:
        return {
            "row": need,
            "about": about_words(need.domain, need.basic_need),
            "status": need_status_words(need.status),
            "goals": [self._goal(goal) for goal in need.goals],
        }

    def _goal(self, goal: GoalFile) -> Context:
        return {
            "row": goal,
            "domain": domain_words(goal.domain),
            "status": goal_status_words(goal.status),
            "going": goal.status == GoalStatus.GOING,
            "steps": [self._step(step) for step in goal.steps],
        }

    def _step(self, step: StepFile) -> Context:
        today = clock.today(self.viewer.time_zone)
        return {
            "row": step,
            "kind": kind_words(step.kind),
            "who": who_words(step.who, step.by),
            "weeks": weeks_words(step.weeks) if step.weeks else "",
            "late": step.due_on is not None and step.done_on is None and when_due(step.due_on, today) == "overdue",
        }

    def _warning(self, plan: PlanFile, warning: PlanWarning) -> Context:
        of, url = "", ""
        if warning.kind is WarningKind.LONG_BEFORE_BASIC:
            of, url = _words_of_step(plan, warning.subject), self.url("step_change", warning.subject)
        elif warning.kind is WarningKind.BASIC_WITHOUT_GOAL:
            url = self.url("need_goal", warning.subject)
        elif warning.kind is WarningKind.HER_WORDS_MISSING:
            need = next(need for need in plan.needs if need.id == warning.subject)
            of, url = about_words(need.domain, need.basic_need), self.url("need_change", warning.subject)
        else:
            url = self.url("plan_review_day")
        return {**warning_words(warning, of), "url": url}


class Advice(CasePart):
    """What has helped others in one area of life, there when asked for."""

    part = Part.PLAN
    section = "plan"
    template = "staff/plans/advice.html"

    def fetch(self, **kwargs: Any) -> None:
        """The area of life as well."""
        super().fetch(**kwargs)
        if kwargs["domain"] not in domains_with_points():
            raise NotThere

    def context(self) -> Context:
        """The points of the area."""
        domain = self.kwargs["domain"]
        return {"name": domain_words(domain), "points": points_of(domain)}


class ReviewDay(CaseForm):
    """The day on which the plan is looked at with her again."""

    part = Part.PLAN
    section = "plan"
    back_to = "case_plan"
    form_class = ReviewDayForm
    title = _("Next review")
    done = _("The day is set.")

    def initial(self) -> Context:
        """The day that is set."""
        return {"on": queries.next_review(self.viewer, self.case)}

    def save(self, form: Any) -> str:
        """Set it."""
        actions.set_next_review(self.case, by=self.viewer, on=form.cleaned_data["on"])
        return self.url("case_plan")


def _words_of_step(plan: PlanFile, number: int) -> str:
    goals = [goal for need in (*plan.needs, *plan.past_needs) for goal in need.goals] + list(plan.other_goals)
    return next(step.words for goal in goals for step in goal.steps if step.id == number)
