"""Planning some weeks together: the days, the plan with what is wrong and who found no place, and publishing it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amparo.areas.access.rules import Task
from amparo.areas.activities import periods, publishing, replanning, showing, solving, standing
from amparo.areas.activities.periods import PeriodFile
from amparo.areas.activities.rules.states import Ended, PeriodState, Solving
from amparo.areas.activities.standing import Standing
from amparo.kernel import clock
from amparo.kernel.decision import NotThere
from amparo.web.staff.activity_words import ENDED, outcome_words, period_words
from amparo.web.staff.forms.planning import PeriodForm
from amparo.web.staff.pages import Command, Context, FormPage, StaffPage

from . import sheets

LOOK_AGAIN = 4  # seconds, while a plan is being computed
_DIGITS = 19
GONE = 410


class Periods(StaffPage):
    """The weeks that were planned, are, and will be; what of it is not safe to hold stands on top."""

    task = Task.PLAN_SESSIONS
    place = "periods"
    template = "staff/activities/periods.html"

    def context(self) -> Context:
        """The latest ones."""
        return {
            "title": _("Sessions"),
            "alarmed": showing.alarmed(self.viewer),
            "periods": [(one, days_of(one), *period_words(one)) for one in periods.periods_of(self.viewer)],
        }


class NewPeriod(FormPage):
    """Begin to plan some weeks."""

    task = Task.PLAN_SESSIONS
    place = "periods"
    form_class = PeriodForm
    title = gettext_lazy("Plan some weeks")
    intro = gettext_lazy(
        "What women asked for, when they can come and whom they must not meet is taken as it stands then."
    )

    def cancel_url(self) -> str:
        """Back to the list."""
        return reverse("periods")

    def save(self, form: Any) -> str:
        """Begin."""
        typed = form.cleaned_data
        number = periods.begin_period(by=self.viewer, first_on=typed["first_on"], last_on=typed["last_on"])
        return reverse("period", args=(number,))


class OfPeriod(StaffPage):
    """A page about one period."""

    task = Task.PLAN_SESSIONS
    place = "periods"
    or_proposed = False  # whether it may be a proposal, which stands beside what is in force

    def fetch(self, **kwargs: Any) -> None:
        """The period, of the viewer's own house, with its plan as it stands."""
        self.row = periods.found(self.viewer, kwargs["period"], or_proposed=self.or_proposed)
        self.period = periods.period_file(self.row)

    def not_there(self, nothing: NotThere) -> HttpResponse:
        """Where it was a proposal: what became of it, and the way to the weeks as they stand."""
        found = periods.ended_proposal(self.viewer, self.kwargs["period"])
        if found is None:
            return super().not_there(nothing)
        return self.ended_page(*found)

    def ended_page(self, period: int, how: Ended) -> HttpResponse:
        """That a proposal is there no more, why, and the way to the weeks that it was for."""
        context = {
            "title": _("This proposal is not there any more"),
            "period_id": period,
            "how": ENDED[how],
            "was_sent": self.request.method == "POST",
        }
        return self.page(context, status=GONE, template="staff/activities/proposal_ended.html")

    def plan_url(self) -> str:
        """The page of its plan; of a proposal the one that compares it with what is in force."""
        of = self.period.proposed_for
        return self.url("period") if of is None else reverse("period_proposal", args=(of,))

    def url(self, name: str, *args: object) -> str:
        """An address within this period."""
        return reverse(name, args=(self.period.id, *args))

    def there(self) -> Standing:
        """Its plan, gathered and checked now."""
        return standing.standing(self.row)


class OnePeriod(OfPeriod):
    """The plan: by day, by group, what is wrong, and who found no place."""

    template = "staff/activities/period.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The page; while a plan is computed it looks again by itself."""
        answer = super().get(request, *args, **kwargs)
        if self.period.solving is Solving.RUNNING:
            answer["Refresh"] = str(LOOK_AGAIN)
        return answer

    def context(self) -> Context:
        """Everything about it."""
        there = self.there()
        today = clock.today(self.viewer.time_zone)
        is_draft, is_done = self.period.state is PeriodState.DRAFT, self.period.solving is Solving.DONE
        codes = showing.codes_of(self.viewer, sheets.cases_of(there))
        found = standing.to_come(there, there.troubles) if there.groups else []
        stuck = showing.stuck_of(self.viewer, self.period.stuck)
        told = showing.told(self.viewer, there, found)
        return {
            "title": days_of(self.period),
            "period": self.period,
            "state": period_words(self.period),
            "outcome": outcome_words(self.period) if is_draft and not (stuck or (is_done and found)) else "",
            "running": self.period.solving is Solving.RUNNING,
            "is_over": self.period.last_on < today,
            "is_draft": is_draft,
            "stuck": stuck,
            "stuck_few": self.period.stuck_few,
            "proposal": replanning.proposal_of(self.viewer, self.period.id),
            "troubles": told,
            "is_unsafe": any(one.unsafe for one in told),
            "days": sheets.by_day(there, codes),
            "weeks": sheets.by_week(there, codes),
            "groups": sheets.by_group(there, codes),
            "left": sheets.by_reason(showing.left_of(self.viewer, self.period.id, answered=there.gathered.answered)),
            "answered": sheets.by_part(showing.answered_of(self.viewer, there), today),
        }


class PeriodCommand(OfPeriod, Command):
    """A button of a period."""

    def back_url(self) -> str:
        """The period."""
        return self.url("period")

    def sent(self, name: str) -> int:
        """The number that the button sends under this name; 0 where it is none that there could be."""
        typed = self.request.POST.get(name, "")
        return int(typed) if typed.isdecimal() and len(typed) < _DIGITS else 0


class ComputePlan(PeriodCommand):
    """Let the program propose a plan; what is fixed stays."""

    def act(self) -> str:
        """Ask for it; the page says when it stands."""
        solving.ask_for_plan(self.period.id, by=self.viewer)
        messages.info(
            self.request, _("The plan is being computed. You can go on with something else: Today says so too.")
        )
        return self.back_url()


class Publish(PeriodCommand):
    """Let the sessions count."""

    done = gettext_lazy("Published. The sessions stand in her file and on Today of her team.")

    def act(self) -> str:
        """Publish what was seen."""
        publishing.publish(self.period.id, by=self.viewer, version=self.sent("version"))
        return self.back_url()


class TakeBackPlan(PeriodCommand):
    """Put it into draft again."""

    done = gettext_lazy("The plan is a draft again. Its sessions do not count until it is published.")

    def act(self) -> str:
        """Take it back."""
        publishing.take_back(self.period.id, by=self.viewer)
        return self.back_url()


def days_of(period: PeriodFile) -> str:
    """From when to when."""
    first, last = (date_format(day, "SHORT_DATE_FORMAT") for day in (period.first_on, period.last_on))
    return f"{first} – {last}"
