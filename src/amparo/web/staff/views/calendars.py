"""Deadlines in a member's own calendar: its secret addresses, and what a calendar finds there."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from amparo.areas.access import calendars
from amparo.areas.access.calendars import ShownLink, Word
from amparo.areas.access.rules import Task
from amparo.areas.cases.dues import deadlines_of
from amparo.kernel import clock
from amparo.web.signin import had_second_step, seat_of
from amparo.web.staff.calendar_feed import feed
from amparo.web.staff.forms.calendars import WORDS, CalendarForm
from amparo.web.staff.pages import Command, Context, FormPage, StaffPage

HOUR = 3600


class Calendars(StaffPage):
    """The addresses that still answer."""

    task = Task.SEE_TODAY
    template = "staff/calendars/list.html"

    def context(self) -> Context:
        """Each with its word, until when it answers, and when it was last asked."""
        rows = [(one, WORDS[one.word]) for one in calendars.links_of(self.viewer)]
        return {"title": _("Deadlines in your calendar"), "rows": rows}


@method_decorator(reauthentication_required(app="allauth.mfa"), name="dispatch")
class MakeCalendar(FormPage):
    """A new address, shown once. Whoever finds an open session cannot make one without signing in again."""

    task = Task.SEE_TODAY
    form_class = CalendarForm
    title = gettext_lazy("Make an address for your calendar")
    submit_label = gettext_lazy("Make the address")
    intro = gettext_lazy(
        "Your calendar fetches days from it, and nothing else: every entry has the same word, no code, no place. "
        "Whoever has the address sees those days. It ends after a year; a change of how you sign in ends it too."
    )

    def initial(self) -> Context:
        """The word that says least."""
        return {"word": Word.NOTES}

    def cancel_url(self) -> str:
        """Back to the list."""
        return reverse("calendars")

    def save(self, form: Any) -> HttpResponse:
        """Make it, and show it this once, as this browser reached us."""
        secret = calendars.make_link(
            by=self.viewer,
            account=self.seat.membership.account,
            word=Word(form.cleaned_data["word"]),
            had_second_step=had_second_step(self.request),
        )
        address = self.request.build_absolute_uri(reverse("calendar", args=(secret,)))
        context = {"title": _("Copy this address now"), "address": address}
        return self.page(context, template="staff/calendars/made.html")


class WithdrawCalendar(Command):
    """From now on it answers nothing."""

    task = Task.SEE_TODAY
    done = gettext_lazy("The address answers nothing any more.")

    def back_url(self) -> str:
        """The list."""
        return reverse("calendars")

    def act(self) -> str:
        """Withdraw it."""
        calendars.withdraw_link(self.kwargs["calendar"], by=self.viewer)
        return self.back_url()


@require_safe
def calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """What a calendar finds. An address that is unknown, withdrawn or too old, and one of somebody who may see nothing
    any more, all get the same empty answer, whoever is signed in in this browser."""
    link, seat = getattr(request, "token", None), seat_of(request)
    if not isinstance(link, ShownLink) or seat is None or not seat.viewer.cleared:
        return HttpResponse(status=404, content_type="text/plain")
    if link.too_often:
        return HttpResponse(status=429, content_type="text/plain", headers={"Retry-After": str(HOUR)})
    days = deadlines_of(seat.viewer)
    found = feed(days, word=str(WORDS[link.word]), mark=link.mark, now=clock.now())
    name = {"Content-Disposition": 'inline; filename="notes.ics"'}
    return HttpResponse(found, content_type="text/calendar; charset=utf-8", headers=name)
