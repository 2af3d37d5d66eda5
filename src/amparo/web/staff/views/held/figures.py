"""Reports activity by activity, and the costs that stand in them."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amparo.areas.access.rules import Task, may_do
from amparo.areas.activities.held import figures
from amparo.areas.activities.held.figures import Spent
from amparo.areas.activities.rules.counting import Figures, Span, quarters
from amparo.areas.activities.rules.states import CostKind
from amparo.kernel import clock
from amparo.web import exports
from amparo.web.staff.forms.figures import CostForm
from amparo.web.staff.pages import Context, FormPage, StaffPage
from amparo.web.staff.views.services import money_words

OFFERED = 8
HIDDEN = "–"


class ActivityFigures(StaffPage):
    """One quarter; for who is not of the coordination, one that is over, without what shows too few women."""

    task = Task.ACTIVITY_FIGURES
    place = "activity_figures"
    template = "staff/held/figures.html"

    @property
    def coordinates(self) -> bool:
        """Whether every figure is shown."""
        return bool(may_do(self.viewer, Task.PLAN_SESSIONS))

    def spans(self) -> list[Span]:
        """The quarters to choose from, the newest first."""
        return quarters(clock.today(self.viewer.time_zone), count=OFFERED, running=self.coordinates)

    def span(self, asked: str) -> Span:
        """The one that was asked for, or the newest."""
        return next((one for one in self.spans() if one.first.isoformat() == asked), self.spans()[0])

    def lines(self, rows: list[Figures], span: Span) -> list[list[str]]:
        """Each activity, and at the end what the times for children cost for all of them."""
        currency, care = self.seat.membership.currency, figures.care_of(self.viewer, span)
        found = [cells(one, currency) for one in rows]
        return [*found, _care_line(money_words(care, currency))] if care else found

    def context(self) -> Context:
        """The table."""
        span = self.span(self.asked_for("quarter"))
        rows = figures.figures_of(self.viewer, span)
        return {
            "title": _("Activities in figures"),
            "span": span,
            "spans": [(one, one == span) for one in self.spans()],
            "heads": heads(),
            "rows": [
                (at < len(rows), list(zip(heads(), one, strict=True))) for at, one in enumerate(self.lines(rows, span))
            ],
            "hidden": HIDDEN,
            "coordinates": self.coordinates,
            "words": figures.said_without_a_name(self.viewer, span) if self.coordinates else [],
        }


class ActivityFiguresAsTable(ActivityFigures):
    """The same to take out."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Where the button stands."""
        return redirect("activity_figures")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The table with its mark."""
        span = self.span(request.POST.get("quarter", ""))
        rows, export = figures.take_out_figures(span, by=self.viewer)
        return exports.csv_response(heads(), self.lines(rows, span), export=export, name="figures")


class NoteCost(FormPage):
    """Money that an activity took."""

    task = Task.PLAN_SESSIONS
    place = "activity_figures"
    form_class = CostForm
    title = gettext_lazy("A cost of an activity")
    done = gettext_lazy("Saved.")

    def form_arguments(self) -> Context:
        """Which activities there are, and in which money."""
        return {
            "activities": figures.names_of_activities(self.viewer),
            "currency": self.seat.membership.currency,
        }

    def initial(self) -> Context:
        """Today."""
        return {"on": clock.today(self.viewer.time_zone)}

    def cancel_url(self) -> str:
        """Back to the figures."""
        return reverse("activity_figures")

    def save(self, form: Any) -> str:
        """Note it."""
        typed = form.cleaned_data
        spent = Spent(int(typed["activity"]), CostKind(typed["kind"]), typed["on"], int(typed["cost"] * 100))
        figures.note_cost(spent, by=self.viewer, currency=self.seat.membership.currency)
        return self.cancel_url()


def heads() -> list[str]:
    """What the columns say."""
    return [
        _("Activity"),
        _("Asked"),
        _("Would like it"),
        _("Had a place"),
        _("To the end"),
        _("Sessions"),
        _("Came"),
        _("Did not come"),
        _("Start, 1 to 5"),
        _("End, 1 to 5"),
        _("Childcare"),
        _("Tickets"),
        _("Other costs"),
        _("All costs"),
    ]


def cells(row: Figures, currency: str) -> list[str]:
    """One row in words; a dash where nothing is shown."""
    counts = [row.asked, row.wanted, row.served, row.stayed, row.sessions, row.came, row.missed]
    means = [row.at_start, row.at_end]
    return [row.name, *(_shown(one) for one in (*counts, *means)), *_money(row, currency)]


def _care_line(cost: str) -> list[str]:
    """Children of several activities are looked after together: a line of its own, divided among none of them."""
    line = dict.fromkeys(heads(), HIDDEN)
    line |= {_("Activity"): _("Hours of childcare, for all together"), _("Childcare"): cost, _("All costs"): cost}
    return list(line.values())


def _money(row: Figures, currency: str) -> list[str]:
    if row.costs is None:
        return [HIDDEN] * 4
    childcare, tickets = (row.costs.get(kind, 0) for kind in (CostKind.CHILDCARE, CostKind.TICKETS))
    amounts = (childcare, tickets, (row.cents or 0) - childcare - tickets, row.cents)
    return [money_words(one, currency) or "0" for one in amounts]


def _shown(value: float | None) -> str:
    return HIDDEN if value is None else str(value)
