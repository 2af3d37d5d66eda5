"""What stands out in the log: worth a look, and what looking at it came to."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from amparo.areas.access.rules import Task
from amparo.areas.audit.rules import AlertState, Outcome
from amparo.areas.cases import alerts
from amparo.areas.cases.alerts import AlertFile
from amparo.web.staff.forms.desk import AlertForm, ReadingForm
from amparo.web.staff.log_words import OUTCOMES, rule_reason, rule_words, who_words
from amparo.web.staff.pages import Command, Context, FormPage, StaffPage

from .log import log_address


class Desk(StaffPage):
    """What is worth a look, and the ways to everything else."""

    task = Task.READ_AUDIT
    place = "desk"
    template = "staff/desk/desk.html"

    def context(self) -> Context:
        """Those alerts first that nobody has looked at; the newest are found while the page is made."""
        page = self.asked_page()
        state = self.asked_for("state")
        kept, more = alerts.alerts_of(self.viewer, state=state if state in set(AlertState) else "", page=page)
        fresh = alerts.just_now(self.viewer) if page == 1 and state != AlertState.LOOKED_AT else []
        return {
            "title": _("Data protection"),
            "fresh": [alert_card(one) for one in fresh],
            "cards": [alert_card(one) for one in kept],
            "state": state,
            **self.turn_pages(page, more=more),
        }


class LookNow(Command):
    """Look through the log now."""

    task = Task.READ_AUDIT
    done = gettext_lazy("The log was looked through.")

    def back_url(self) -> str:
        """The desk."""
        return reverse("desk")

    def act(self) -> str:
        """Look."""
        alerts.look_now(by=self.viewer)
        return self.back_url()


class LookAtAlert(FormPage):
    """One alert: what stands out, why that is worth a look, and what came of looking."""

    task = Task.READ_AUDIT
    place = "desk"
    template = "staff/desk/alert.html"
    form_class = AlertForm
    title = gettext_lazy("Worth a look")
    submit_label = gettext_lazy("Looked at")
    done = gettext_lazy("Saved.")

    def fetch(self, **kwargs: Any) -> None:
        """The alert, of the viewer's own organisation."""
        self.alert = alerts.alert_of(self.viewer, kwargs["alert"])

    def cancel_url(self) -> str:
        """The desk."""
        return reverse("desk")

    def form_context(self) -> Context:
        """What it is about."""
        own = self.alert.member == self.viewer.member
        return {"card": alert_card(self.alert), "own": own, "open": self.alert.state is AlertState.NEW and not own}

    def save(self, form: Any) -> str:
        """Note what came of it."""
        typed = form.cleaned_data
        alerts.settle_alert(self.alert.id, by=self.viewer, outcome=Outcome(typed["outcome"]), words=typed["words"])
        return reverse("desk")


class ReadingSettings(FormPage):
    """The house's hours, and whether her list names colleagues on paper."""

    task = Task.READ_AUDIT
    place = "desk"
    form_class = ReadingForm
    title = gettext_lazy("Hours and names")
    done = gettext_lazy("Saved.")

    def initial(self) -> Context:
        """As it stands."""
        now = alerts.reading_settings(self.viewer)
        return {"open_from": now.open_from, "open_until": now.open_until, "names_readers": now.names_readers}

    def cancel_url(self) -> str:
        """The desk."""
        return reverse("desk")

    def save(self, form: Any) -> str:
        """Change them."""
        alerts.change_reading_settings(by=self.viewer, **form.cleaned_data)
        return reverse("desk")


def alert_card(one: AlertFile) -> Context:
    """An alert in words."""
    return {
        "alert": one,
        "what": rule_words(one.rule),
        "why": rule_reason(one.rule),
        "who": who_words(one.name, one.role),
        "count": ngettext("%(count)d time", "%(count)d times", one.count) % {"count": one.count},
        "outcome": str(OUTCOMES[Outcome(one.outcome)]) if one.outcome else "",
        "url": reverse("desk_alert", args=(one.id,)) if one.id else "",
        "log_url": log_address(member=one.member, from_number=one.first, until_number=one.last),
    }
