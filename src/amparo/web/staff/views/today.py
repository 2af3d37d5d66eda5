"""Today: what must I not miss, in one look."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from amparo.areas.access.rules import Task
from amparo.areas.cases.dues import due_lines
from amparo.areas.cases.services import lately_with
from amparo.areas.intake.queries import to_decide
from amparo.kernel import clock
from amparo.web.signin import seat_of
from amparo.web.staff.lines import grouped
from amparo.web.staff.pages import Context, StaffPage


class Today(StaffPage):
    """Overdue, today and this week, each line with what, who and the thing to do."""

    task = Task.SEE_TODAY
    place = "today"
    template = "staff/today.html"

    def context(self) -> Context:
        """The lines in their groups."""
        if not self.viewer.cleared:
            return {"title": _("Welcome"), "not_cleared": True}
        until = clock.today(self.viewer.time_zone) + timedelta(days=7)
        lines = due_lines(self.viewer, until=until)
        return {
            "title": _("Today"),
            "groups": grouped(lines, here="today"),
            "referrals": to_decide(self.viewer),
            "women": lately_with(self.viewer),
        }


def second_step_first(request: HttpRequest) -> HttpResponse:
    """Why a second step at sign-in comes first for this role, and where to set it up."""
    if seat_of(request) is None:
        return redirect("account_login")
    return render(request, "staff/second_step_first.html", {"title": _("One thing first")})
