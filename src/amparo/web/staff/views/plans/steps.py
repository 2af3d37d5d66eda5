"""Steps: small, with who and until when; done or moved in one tap."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from amparo.areas.access.rules import Part
from amparo.areas.cases.rules import DueKind
from amparo.areas.plans import actions, queries
from amparo.areas.plans.actions import StepWords
from amparo.areas.plans.rules import Who
from amparo.web.staff.case_pages import CaseCommand, CaseForm
from amparo.web.staff.forms.plans import MEMBER, MoveForm, StepAgainForm, StepForm
from amparo.web.staff.lines import ACTIONS
from amparo.web.staff.pages import Context

ACTIONS[DueKind.STEP] = ("step_done", _("Done"))


class _StepForm(CaseForm):
    part = Part.PLAN
    section = "plan"
    back_to = "case_plan"

    def form_arguments(self) -> Context:
        """Her team: one of them may take the step."""
        return {"team": queries.who_can(self.viewer, self.case)}


class AddStep(_StepForm):
    """A step towards a goal, and another one if they like."""

    template = "staff/plans/step.html"
    form_class = StepForm
    title = _("Plan a small step")
    done = _("The step is planned.")

    def fetch(self, **kwargs: Any) -> None:
        """The goal as well."""
        super().fetch(**kwargs)
        self.goal = queries.goal_of(self.viewer, self.case, kwargs["goal"])

    def initial(self) -> Context:
        """She takes her own steps unless somebody else is named."""
        return {"who": Who.SHE}

    def form_context(self) -> Context:
        """The goal, and the way to the next step."""
        return {"goal": self.goal, "second_label": _("Save and plan another"), "second_name": "another"}

    def save(self, form: Any) -> str:
        """Add it."""
        actions.add_step(self.case, self.goal.id, by=self.viewer, step=_typed(form.cleaned_data))
        if "another" in self.request.POST:
            return self.url("step_add", self.goal.id)
        return f"{self.url('case_plan')}#goal-{self.goal.id}"


class ChangeStep(_StepForm):
    """A step, worded anew."""

    form_class = StepAgainForm
    title = _("Change this step")
    done = _("Saved.")

    def fetch(self, **kwargs: Any) -> None:
        """The step as well."""
        super().fetch(**kwargs)
        self.step = queries.step_of(self.viewer, self.case, kwargs["step"])

    def form_arguments(self) -> Context:
        """Her team, with whoever takes the step now."""
        team = queries.who_can(self.viewer, self.case)
        return {"team": team}

    def initial(self) -> Context:
        """The step as it stands."""
        step = self.step
        return {
            "words": step.words,
            "kind": step.kind,
            "who": f"{MEMBER}{step.member}" if step.who == Who.MEMBER else step.who,
            "other": step.by if step.who == Who.OTHER else "",
            "due_on": step.due_on,
            "weeks": step.weeks,
            "version": step.version,
        }

    def save(self, form: Any) -> str:
        """Save it."""
        typed = form.cleaned_data
        actions.change_step(self.case, self.step.id, by=self.viewer, step=_typed(typed), version=typed["version"])
        return f"{self.url('case_plan')}#goal-{self.step.goal}"


class FinishStep(CaseCommand):
    """Done, in one tap, here or from Today."""

    part = Part.PLAN
    back_to = "case_plan"

    done = _("The step is done. If it was not, her plan takes it back.")

    def act(self) -> str:
        """Say that it is done."""
        actions.finish_step(self.case, self.kwargs["step"], by=self.viewer)
        return self.back_url()


class ReopenStep(CaseCommand):
    """Not done after all."""

    part = Part.PLAN
    back_to = "case_plan"

    def act(self) -> str:
        """Open it again."""
        actions.reopen_step(self.case, self.kwargs["step"], by=self.viewer)
        return self.back_url()


class MoveStep(CaseForm):
    """Another day, in one field."""

    part = Part.PLAN
    section = "plan"
    back_to = "case_plan"
    form_class = MoveForm
    title = _("Move this step")
    intro = _("Moving is normal and costs her nothing.")
    done = _("The step was moved.")

    def fetch(self, **kwargs: Any) -> None:
        """The step as well."""
        super().fetch(**kwargs)
        self.step = queries.step_of(self.viewer, self.case, kwargs["step"])

    def save(self, form: Any) -> str:
        """Move it."""
        actions.move_step(self.case, self.step.id, by=self.viewer, to=form.cleaned_data["to"])
        return f"{self.url('case_plan')}#goal-{self.step.goal}"


def _typed(typed: dict[str, Any]) -> StepWords:
    who: str = typed["who"]
    member = int(who.removeprefix(MEMBER)) if who.startswith(MEMBER) else None
    return StepWords(
        kind=typed["kind"],
        words=typed["words"],
        who=Who.MEMBER if member is not None else Who(who),
        member=member,
        other=typed["other"],
        weeks=typed["weeks"],
        due_on=typed["due_on"],
    )
