"""Safety at a glance, and a tap when something changed."""

from typing import Any

from django.contrib import messages
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amparo.areas.access.rules import Part
from amparo.areas.safety import actions, queries
from amparo.areas.safety.files import ChangeFile, MeasureFile
from amparo.areas.safety.rules import is_overdue, may_join_psychological_group, may_take_back
from amparo.kernel import clock
from amparo.kernel.decision import NotThere
from amparo.web.staff.case_pages import CaseCommand, CaseForm, CasePart
from amparo.web.staff.forms.safety import ChangeForm
from amparo.web.staff.pages import Context
from amparo.web.staff.safety_words import (
    AGREED,
    DANGER,
    TAPPED,
    WHO,
    incident_words,
    measure_words,
    trigger_words,
)
from amparo.web.staff.words import level_words, why_words

from . import emergency


class Safety(CasePart):
    """In danger now; how risk stands and when it is looked at again; the plan; incidents; earlier assessments."""

    part = Part.SAFETY
    section = "safety"
    template = "staff/safety/overview.html"

    def context(self) -> Context:
        """Everything on one page, in a fixed number of queries."""
        plan = queries.plan_of(self.viewer, self.case)
        incidents = queries.incidents_of(self.viewer, self.case)
        assessments = queries.assessments_of(self.viewer, self.case)
        return {
            "can_write": bool(self.case.writable(self.viewer, Part.SAFETY)),
            "emergency": emergency.steps(plan, self.seat.membership.country),
            "risk": self._risk(),
            "draft": queries.draft_of(self.viewer, self.case),
            "changes": [self._change(one) for one in queries.changes_waiting(self.viewer, self.case)],
            "taps": [(trigger, trigger_words(trigger)) for trigger in TAPPED],
            "plan": plan,
            "agreed": AGREED[plan.agreed] if plan else "",
            "to_prepare": [measure_line(one) for one in plan.at("prepare")] if plan else [],
            "afterwards": [measure_line(one) for one in plan.at("after")] if plan else [],
            "incidents": [(one, incident_words(one.kind), DANGER[one.danger_now]) for one in incidents],
            "in_danger": next((one for one in incidents if one.danger_now == "yes"), None),
            "assessments": [(one, level_words(one.level)) for one in assessments],
        }

    def _change(self, change: ChangeFile) -> tuple[ChangeFile, str, bool]:
        mine = may_take_back(noted_by=change.member, noted_at=change.noted_at, by=self.viewer.member, now=clock.now())
        return change, trigger_words(change.trigger), bool(mine)

    def _risk(self) -> Context:
        case, today = self.case, clock.today(self.viewer.time_zone)
        overdue = is_overdue(case.risk_due, today)
        groups = may_join_psychological_group(case.risk_level, overdue=overdue)
        due = next((line for line in self.dues if line.kind == "risk"), None)
        return {
            "level": case.risk_level or "unknown",
            "words": level_words(case.risk_level),
            "on": case.risk_on,
            "due": case.risk_due,
            "overdue": overdue,
            "why": why_words(due.why) if due else "",
            "groups": groups,
            "groups_reason": _(groups.reason) if groups.reason else "",
        }


class SomethingChanged(CaseCommand):
    """One tap: this changed, and risk is looked at again (R5)."""

    part = Part.SAFETY
    back_to = "case_safety"

    def act(self) -> str:
        """Note it, and say by when."""
        trigger = self.request.POST.get("trigger", "")
        if trigger not in TAPPED:
            raise NotThere
        due_on = actions.note_change(self.case, by=self.viewer, trigger=trigger)
        messages.success(self.request, _said_so(trigger, due_on))
        return self.back_url()


class TakeBackChange(CaseCommand):
    """A tap by mistake is taken back."""

    part = Part.SAFETY
    back_to = "case_safety"
    done = gettext_lazy("It is taken back.")

    def fetch(self, **kwargs: Any) -> None:
        """The case and the change, while nobody has looked at it."""
        super().fetch(**kwargs)
        self.change = queries.change_waiting(self.viewer, self.case, kwargs["change"])

    def act(self) -> str:
        """Take it back."""
        actions.take_back_change(self.case, self.change.id, by=self.viewer)
        return self.back_url()


class NoteChange(CaseForm):
    """The same with its day and a word for the team."""

    part = Part.SAFETY
    section = "safety"
    back_to = "case_safety"
    form_class = ChangeForm
    title = gettext_lazy("Something changed")
    intro = gettext_lazy("Whatever changes around her can change the danger. Risk is then assessed again.")

    def form_arguments(self) -> Context:
        """What can be chosen."""
        return {"triggers": TAPPED}

    def initial(self) -> Context:
        """Today."""
        return {"on": clock.today(self.viewer.time_zone)}

    def save(self, form: Any) -> str:
        """Note it."""
        typed = form.cleaned_data
        due_on = actions.note_change(
            self.case, by=self.viewer, trigger=typed["trigger"], on=typed["on"], note=typed["note"]
        )
        messages.success(self.request, _said_so(typed["trigger"], due_on))
        return self.cancel_url()


def measure_line(measure: MeasureFile) -> Context:
    """A measure as the screens show it."""
    return {
        "id": measure.id,
        "text": measure_words(measure.key) or measure.words,
        "remark": measure.words if measure.key else "",
        "hers": not measure.key,
        "who": WHO.get(measure.who, ""),
        "until": measure.until,
        "done_on": measure.done_on,
    }


def _said_so(trigger: str, due_on: Any) -> str:
    words = {"what": trigger_words(trigger), "day": date_format(due_on, "SHORT_DATE_FORMAT")}
    return _("Noted: %(what)s. Assess her risk by %(day)s.") % words
