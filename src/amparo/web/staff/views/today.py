"""Today: what must I not miss, in one look."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amparo.areas.access.rules import Task, may_do
from amparo.areas.activities import showing
from amparo.areas.activities.held.lists import own_sessions
from amparo.areas.activities.periods import period_file
from amparo.areas.activities.reminders.calling import count_calls
from amparo.areas.cases.alerts import count_new
from amparo.areas.cases.dues import due_lines
from amparo.areas.cases.services import lately_with
from amparo.areas.consent.asked import due_requests
from amparo.areas.intake.queries import to_decide
from amparo.areas.orgs.rules import Role
from amparo.kernel import clock
from amparo.web.signin import seat_of
from amparo.web.staff.lines import grouped
from amparo.web.staff.pages import Context, StaffPage
from amparo.web.staff.views.activities.planner import days_of
from amparo.web.staff.views.requests import due_cards

# What is rarely needed, at the foot of the page.
DOORS = (
    (Task.OPEN_IN_DANGER, "danger", gettext_lazy("Her life is in danger: open a file that is not yours")),
    (Task.ASK_FOR_IDENTITIES, "identity_asks", gettext_lazy("Ask to open an identity")),
    (Task.FOLLOW_CHANGES, "legal_changes", gettext_lazy("What women can have from states, and what changed")),
)


class Today(StaffPage):
    """Overdue, today and this week, each line with what, who and the thing to do."""

    task = Task.SEE_TODAY
    place = "today"
    template = "staff/today.html"

    def context(self) -> Context:
        """The lines in their groups."""
        if not self.viewer.cleared:
            return {"title": _("Welcome"), "not_cleared": True}
        if self.viewer.role is Role.FACILITATOR:
            return {"title": _("Today"), "holds_groups": True, "sessions": own_sessions(self.viewer)}
        until = clock.today(self.viewer.time_zone) + timedelta(days=7)
        lines = due_lines(self.viewer, until=until)
        return {
            "title": _("Today"),
            "calls": count_calls(self.viewer),
            "groups": grouped(self.viewer, lines, here="today"),
            "referrals": to_decide(self.viewer),
            "women": lately_with(self.viewer),
            "doors": [
                {"url": reverse(name), "label": label} for task, name, label in DOORS if may_do(self.viewer, task)
            ],
            "alarmed": showing.alarmed(self.viewer),
            "sessions": showing.sessions_soon(self.viewer),
            "plans_ready": [(one.pk, days_of(period_file(one))) for one in showing.ready_plans(self.viewer)],
            "new_alerts": count_new(self.viewer),
            "due_requests": due_cards(due_requests(self.viewer), clock.today(self.viewer.time_zone)),
        }


def second_step_first(request: HttpRequest) -> HttpResponse:
    """Why a second step at sign-in comes first for this role, and where to set it up."""
    if seat_of(request) is None:
        return redirect("account_login")
    return render(request, "staff/second_step_first.html", {"title": _("One thing first")})
