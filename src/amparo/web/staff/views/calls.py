"""The list of those whom a colleague tells a time by hand: on the screen, on paper, ticked off."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from amparo.areas.access.rules import Part, Task
from amparo.areas.activities.reminders import calling
from amparo.areas.activities.reminders.calling import CallLine
from amparo.areas.activities.rules.reminding import Told
from amparo.areas.consent.rules.contact import Channel
from amparo.kernel.decision import Refused, refused
from amparo.web import exports, pdf
from amparo.web.staff.case_pages import CaseCommand
from amparo.web.staff.contact_words import WAYS, terms_rows
from amparo.web.staff.pages import Context, StaffPage
from amparo.web.staff.reminder_words import TOLD

BOX = "☐"
_SPEAKS = (Channel.CALL, Channel.THROUGH_SOMEONE)


class Calls(StaffPage):
    """A day's list: the viewer's own opened, of colleagues' only whose task it is."""

    task = Task.READ_PROGRAMME
    place = "today"
    template = "staff/contact/calls.html"

    def context(self) -> Context:
        """The list of the day that is asked for, or of today."""
        found = calling.calls_of(self.viewer, _day(self.asked_for("day")))
        return {
            "title": _("Calls to make"),
            "on": found.on,
            "days": [(one, one == found.on) for one in found.days],
            "mine": [(one, _rows(one), str(WAYS[one.terms.channel])) for one in found.mine if one.terms],
            "others": found.others,
            "outcomes": TOLD.items(),
            "told": TOLD,
        }


class CallsOnPaper(StaffPage):
    """The viewer's own lines, to tick on paper. It names neither the house nor what it is about."""

    task = Task.READ_PROGRAMME

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Where the button stands."""
        return redirect("calls")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The sheet with its number."""
        found, export = calling.take_out_calls(_day(request.POST.get("day", "")) or date.min, by=self.viewer)
        blocks = [pdf.quiet(_("Tick it off on the screen the same day, then destroy this paper."))]
        for one in found.mine:
            blocks += _on_paper(one)
        title = self.seat.membership.tab_title or _("Notes")
        language = get_language() or "en"
        heading = date_format(found.on, "DATE_FORMAT")
        return pdf.pdf_response(
            exports.paper(heading, blocks, export=export, title=title, language=language, hers=True), "list"
        )


class OnTheList(CaseCommand):
    """A button on the list; whoever sees how she is reached may press it (activities.reminders.calling)."""

    part = Part.CONTACT
    writes = False

    def back_url(self) -> str:
        """The list, where the button stands."""
        return reverse("calls")


class TickCall(OnTheList):
    """What became of telling her."""

    done = gettext_lazy("Noted.")

    def act(self) -> str:
        """Tick it off."""
        said = self.request.POST.get("outcome", "")
        if said not in set(Told):
            raise Refused(refused("Choose what became of it."))
        calling.tick(self.case, self.kwargs["call"], Told(said), by=self.viewer)
        return self.back_url()


class TakeOverCall(OnTheList):
    """A colleague's task becomes the viewer's."""

    done = gettext_lazy("It is your task now. Tell your colleague.")

    def act(self) -> str:
        """Take it over."""
        calling.take_over(self.case, self.kwargs["call"], by=self.viewer)
        return self.back_url()


def _day(asked: str) -> date | None:
    try:
        return date.fromisoformat(asked)
    except ValueError:
        return None


def _rows(line: CallLine) -> list[tuple[str, str]]:
    """How, when and under which name; what to say stands apart."""
    if line.terms is None:
        return []
    number = line.number or (_("None is kept here. Write it under How to reach her.") if _needs_number(line) else "")
    told = [row for row in terms_rows(line.terms) if row[0] != _("Reminders")]
    return [row for row in [(_("Where to"), number), *told] if row[1]]


def _needs_number(line: CallLine) -> bool:
    return line.terms is not None and line.terms.channel is not Channel.THROUGH_SOMEONE


def _on_paper(line: CallLine) -> list[pdf.Block]:
    way = WAYS[line.terms.channel] if line.terms else ""
    said = [(_("Say") if line.terms and line.terms.channel in _SPEAKS else _("Write"), line.says)]
    means = [(_("It means"), line.means)] if line.means else []
    return [
        pdf.heading(f"{line.code} · {way}"),
        pdf.facts([*said, *means, *_rows(line)]),
        pdf.text("   ".join(f"{BOX} {TOLD[one]}" for one in Told)),
    ]
