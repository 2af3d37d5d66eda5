"""Planning published weeks again: what would change, in words, before anything is in force."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amparo.areas.activities import comparing, periods, replacing, replanning, showing
from amparo.areas.activities.comparing import Comparison, Hers, Holds
from amparo.areas.activities.editing import NotSafe
from amparo.areas.activities.rules.states import Solving
from amparo.areas.activities.standing import aware_tomorrow
from amparo.kernel.decision import NotThere
from amparo.web.staff.forms.planning import ReleaseForm
from amparo.web.staff.not_served_words import not_served_words
from amparo.web.staff.pages import Context, FormPage

from . import sheets
from .editing import in_words
from .planner import LOOK_AGAIN, OfPeriod, PeriodCommand, days_of

_NO_MORE = gettext_lazy("She does not ask for it any more, or is not accompanied here now.")


class AskAgain(OfPeriod, FormPage):
    """Let the program propose; what is in force stays, and whoever has a place keeps one unless she is named here."""

    template = "layouts/form.html"
    form_class = ReleaseForm
    title = gettext_lazy("Propose how to plan it again")
    submit_label = gettext_lazy("Propose")
    intro = gettext_lazy(
        "What is published stays in force until you put the proposal in its place. Times may move, and new wishes find "
        "a place. Whoever has a place was told so, and keeps one: only whom you name here may lose hers to others."
    )

    def cancel_url(self) -> str:
        """Back to the plan."""
        return self.url("period")

    def initial(self) -> Context:
        """Who was named for the proposal that stands."""
        there = replanning.proposal_of(self.viewer, self.period.id)
        return {"released": [str(one) for one in there.released]} if there else {}

    def form_arguments(self) -> Context:
        """Who has a place."""
        places = comparing.places_to_come(self.viewer, self.period.id)
        return {"places": [(str(one.place), *_holds(one)) for one in places]}

    def save(self, form: Any) -> str:
        """Ask for it; the page says when it stands."""
        replanning.ask_again(self.period.id, by=self.viewer, released=form.places())
        return self.url("period_proposal")


class Proposal(OfPeriod):
    """What the proposal would change: which sessions, who gains, who loses, and whose reminder went out already."""

    template = "staff/activities/proposal.html"

    def fetch(self, **kwargs: Any) -> None:
        """The period and its proposal; raises NotThere where there is none."""
        super().fetch(**kwargs)
        found = replanning.proposal_of(self.viewer, self.period.id)
        if found is None:
            raise NotThere
        self.proposal = found

    def not_there(self, nothing: NotThere) -> HttpResponse:
        """Where there was a proposal for these weeks: what became of the last one."""
        number = self.kwargs["period"]
        how = periods.last_ended(self.viewer, number)
        return self.ended_page(number, how) if how else super().not_there(nothing)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The page; while it is computed it looks again by itself."""
        answer = super().get(request, *args, **kwargs)
        if self.proposal.solving is Solving.RUNNING:
            answer["Refresh"] = str(LOOK_AGAIN)
        return answer

    def context(self) -> Context:
        """The comparison, once it stands."""
        solving = self.proposal.solving
        found = comparing.comparison_of(self.viewer, self.period.id) if solving is Solving.DONE else None
        return {
            "title": _("Planned again"),
            "days": days_of(self.period),
            "period": self.period,
            "proposal": self.proposal,
            "running": solving is Solving.RUNNING,
            "failed": solving is Solving.FAILED,
            "stopped": solving is Solving.STOPPED,
            "stuck": showing.stuck_of(self.viewer, self.proposal.stuck),
            "stuck_few": self.proposal.stuck_few,
            "found": found,
            **(_hers(found) | self._plan(found) if found else {}),
        }

    def _plan(self, found: Comparison) -> Context:
        """The groups as they would be, to be changed by hand, and what is to be put right before they are in force."""
        codes = showing.codes_of(self.viewer, sheets.cases_of(found.there))
        since = aware_tomorrow(self.row)
        lines = sheets.by_group(found.there, codes)
        return {
            "draft": found.there.period,
            "groups": [one for one in lines if any(each["session"].starts_at >= since for each in one["sessions"])],
            "troubles": showing.told(self.viewer, found.there, found.troubles),
        }


class PutInForce(PeriodCommand):
    """Let what was looked at count instead of what is published."""

    done = gettext_lazy("The new plan is in force. Tell those whose sessions changed.")

    def back_url(self) -> str:
        """The proposal, where there still is one."""
        there = replanning.proposal_of(self.viewer, self.period.id)
        return self.url("period_proposal" if there else "period")

    def act(self) -> str:
        """Put it in force."""
        try:
            replacing.put_in_force(
                self.period.id, by=self.viewer, proposal=self.sent("proposal"), version=self.sent("version")
            )
        except NotSafe as no:
            raise in_words(self, no) from no
        return self.url("period")


class Drop(PeriodCommand):
    """Leave everything as it is."""

    def act(self) -> str:
        """Drop it; a second click finds it dropped."""
        try:
            replanning.drop(self.period.id, by=self.viewer)
        except NotThere:
            return self.url("period")
        messages.success(self.request, _("Everything stays as it was."))
        return self.url("period")


def _holds(one: Holds) -> tuple[str, str]:
    words = {"code": one.code, "activity": one.activity, "number": one.number}
    return (
        _("%(code)s: %(activity)s, group %(number)s") % words if one.number else f"{one.code}: {one.activity}",
        _("A reminder has gone out to her.") if one.told else "",
    )


def _hers(found: Comparison) -> Context:
    headed = (
        (_("Who gains a place"), [(one, "") for one in found.gains]),
        (_("Who loses a place"), [(one, _lost(one)) for one in found.loses]),
        (_("Who comes into another group"), [(one, "") for one in found.other_group]),
    )
    return {"women": headed}


def _lost(one: Hers) -> str:
    """Why she would lose it: who was not named keeps hers wherever that can be."""
    why = str(not_served_words(one.reason) if one.reason else _NO_MORE)
    if one.released:
        return _("You said that she may lose it. %(why)s") % {"why": why}
    return _("Her place could not be kept: talk with her before you decide. %(why)s") % {"why": why}
