"""How she may be reached (R7)."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amparo.areas.access.rules import Part
from amparo.areas.activities.reminders import showing
from amparo.areas.activities.rules.reminding import Sending
from amparo.areas.cases.contact import agree_on_contact, contact_of
from amparo.areas.cases.rules import DueKind
from amparo.areas.consent.contact import Terms
from amparo.areas.consent.rules.contact import Channel, Checked, may_contact
from amparo.kernel import clock
from amparo.kernel.decision import NotThere
from amparo.web.staff.case_pages import CaseCommand, CaseForm, CasePart
from amparo.web.staff.contact_words import WAYS, terms_rows
from amparo.web.staff.forms.contact import ContactForm
from amparo.web.staff.lines import ACTIONS
from amparo.web.staff.pages import Context
from amparo.web.staff.reminder_words import WHYS, state_words, way_words

ACTIONS[DueKind.REMINDER] = ("reminder_told", gettext_lazy("She knows"))
_SHAPES = {Sending.SENT: "done", Sending.PLANNED: "open", Sending.FAILED: "overdue", Sending.UNKNOWN: "soon"}


class Contact(CasePart):
    """Every way with what she agreed to, and whether it may be used at this moment."""

    part = Part.CONTACT
    section = "people"
    template = "staff/contact/ways.html"

    def fetch(self, **kwargs: Any) -> None:
        """What holds now, for her team."""
        super().fetch(**kwargs)
        self.terms = contact_of(self.viewer, self.case)

    def context(self) -> Context:
        """One card for each way she was asked about, then the ways nobody asked about yet."""
        found = {one.channel: one for one in self.terms}
        at = timezone.localtime(clock.now())
        agreed = [one.agreed for one in found.values()]
        cards = [
            {
                "way": WAYS[terms.channel],
                "allowed": terms.allowed,
                "now": may_contact(agreed, terms.channel, at=at),
                "rows": terms_rows(terms) if terms.allowed else [],
                "terms": terms,
                "url": self.url("contact_agree", terms.channel),
            }
            for terms in found.values()
        ]
        return {
            "title": _("How to reach her"),
            "cards": cards,
            "others": [
                {
                    "label": WAYS[channel],
                    "url": self.url("contact_agree", channel),
                    "state": _("Not agreed: do not use"),
                }
                for channel in Channel
                if channel not in found
            ],
            "reminders": [
                (one, way_words(one), state_words(one), WHYS.get(one.why, ""), _SHAPES.get(one.state, "plain"))
                for one in showing.reminders_of(self.viewer, self.case)
            ],
            "can_write": bool(self.case.writable(self.viewer, Part.CONTACT)),
        }


class AgreeOnContact(CaseForm):
    """What she agrees to about one way."""

    part = Part.CONTACT
    section = "people"
    back_to = "case_contact"
    form_class = ContactForm
    intro = gettext_lazy("Ask her. What she does not agree to is not used, and no message says who we are or why.")
    done = gettext_lazy("Saved. It counts from now on.")

    def fetch(self, **kwargs: Any) -> None:
        """The way, if there is such a one, and what holds for it now."""
        super().fetch(**kwargs)
        if kwargs["channel"] not in set(Channel):
            raise NotThere
        self.channel = Channel(kwargs["channel"])
        found = contact_of(self.viewer, self.case)
        self.now = next((one for one in found if one.channel is self.channel), None)

    def form_arguments(self) -> Context:
        """The way decides which questions there are."""
        return {"channel": self.channel, "has_address": bool(self.now and self.now.has_address)}

    def form_context(self) -> Context:
        """The way as the title."""
        return {"title": WAYS[self.channel]}

    def form_page(self, form: Any, **arguments: Any) -> HttpResponse:
        """After a conflict, a second try replaces what stands there now: it was seen."""
        conflict = arguments.get("conflict")
        if conflict is not None and self.now is not None:
            conflict.theirs = terms_rows(self.now)
            conflict.when = date_format(self.now.agreed_on, "SHORT_DATE_FORMAT")
            form.data = form.data.copy()
            form.data["number"] = str(self.now.number)
        return super().form_page(form, **arguments)

    def initial(self) -> Context:
        """What holds now; today."""
        today = clock.today(self.viewer.time_zone)
        if self.now is None:
            return {"agreed_on": today, "number": 0}
        yes_no = {True: "yes", False: "no"}
        return {
            **vars(self.now),
            "allowed": yes_no[self.now.allowed],
            "leaves_message": yes_no[self.now.leaves_message],
            "reminders": yes_no[self.now.reminders],
            "address": "",
            "days": [str(day) for day in self.now.days],
            "agreed_on": today,
        }

    def save(self, form: Any) -> str:
        """Note it; where a colleague agreed on something else meanwhile, both stand side by side."""
        typed = form.cleaned_data
        terms = Terms(
            channel=self.channel,
            allowed=typed["allowed"] == "yes",
            agreed_on=typed["agreed_on"],
            days=tuple(int(day) for day in typed.get("days", ())),
            from_time=typed.get("from_time"),
            until_time=typed.get("until_time"),
            leaves_message=typed.get("leaves_message") == "yes",
            checked=Checked(typed.get("checked") or Checked.UNKNOWN),
            ask_for=typed["ask_for"],
            who=typed.get("who", ""),
            call_from=typed.get("call_from", ""),
            otherwise=typed.get("otherwise", ""),
            never=typed["never"],
            reminders=typed.get("reminders") == "yes",
            address=typed.get("address", ""),
        )
        agree_on_contact(self.case, terms, by=self.viewer, instead_of=typed["number"])
        return self.url("case_contact")


class StopReminder(CaseCommand):
    """A reminder that shall not be sent."""

    part = Part.CONTACT
    back_to = "case_contact"
    done = gettext_lazy("Stopped. It is not sent.")

    def act(self) -> str:
        """Stop it."""
        showing.stop(self.case, self.kwargs["reminder"], by=self.viewer)
        return self.back_url()


class ToldHer(CaseCommand):
    """She could not be reminded; a colleague told her."""

    part = Part.CONTACT
    back_to = "case_contact"
    done = gettext_lazy("Saved.")

    def act(self) -> str:
        """Say so."""
        showing.note_called(self.case, self.kwargs["reminder"], by=self.viewer)
        return self.back_url()
