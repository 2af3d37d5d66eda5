"""The list of those whom a colleague tells a time by hand: on the screen, on paper, ticked off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from amparo.areas.access.rules import Part, Task
from amparo.areas.activities.reminders import calling, taking
from amparo.areas.activities.reminders.calling import CallLine
from amparo.areas.activities.rules.reminding import About, Told
from amparo.areas.consent.contact import Terms
from amparo.areas.consent.rules.contact import Channel
from amparo.kernel import clock
from amparo.kernel.decision import Refused, refused
from amparo.kernel.hours import SKIPPED, is_one_moment
from amparo.web import exports, pdf
from amparo.web.staff.case_pages import CaseCommand
from amparo.web.staff.contact_words import WAYS, terms_rows
from amparo.web.staff.pages import Context, StaffPage
from amparo.web.staff.reminder_words import TOLD

BOX = "☐"
# How many times at most are said to her at once, and the digits of a number that there could be.
_AT_ONCE, _DIGITS = 10, 18
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
            "mine": _women(found.mine),
            "others": _others(found.others),
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
        blocks = [
            pdf.quiet(
                _(
                    "These calls are taken: colleagues see on the screen that they are made from this paper, "
                    "until this day is over. Tick them off there the same day, with the time, then destroy this paper."
                )
            )
        ]
        for one in _women(found.mine):
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

    def fetch(self, **kwargs: Any) -> None:
        """Her case and the call."""
        super().fetch(**kwargs)
        calling.require_call(self.case, kwargs["call"], by=self.viewer)

    def back_url(self) -> str:
        """The list of the day on which the button stands."""
        on = _day(self.request.POST.get("day", ""))
        return f"{reverse('calls')}?day={on.isoformat()}" if on else reverse("calls")

    def numbers(self) -> set[int]:
        """The call, and what else is said to her at once."""
        also = self.request.POST.getlist("also")[:_AT_ONCE]
        return {self.kwargs["call"], *(int(one) for one in also if one.isdecimal() and len(one) < _DIGITS)}


class TickCall(OnTheList):
    """What became of telling her, now or earlier today."""

    done = gettext_lazy("Noted.")

    def act(self) -> str:
        """Tick it off."""
        said = self.request.POST.get("outcome", "")
        if said not in set(Told):
            raise Refused(refused("Choose what became of it."))
        calling.tick_all(self.case, self.numbers(), Told(said), by=self.viewer, at=self._at())
        return self.back_url()

    def _at(self) -> datetime | None:
        typed = self.request.POST.get("at", "").strip()
        if not typed:
            return None
        try:
            at = time.fromisoformat(typed).replace(tzinfo=ZoneInfo(self.viewer.time_zone))
        except ValueError:
            raise Refused(refused("Write the time of the call as 09:10, or leave it empty.")) from None
        today = clock.today(self.viewer.time_zone)
        if is_one_moment(today, at, self.viewer.time_zone) == SKIPPED:
            raise Refused(SKIPPED)
        return datetime.combine(today, at)


class TakeCall(OnTheList):
    """Nobody else calls her meanwhile."""

    done = gettext_lazy("You have taken it: colleagues see that you call her.")

    def act(self) -> str:
        """Take it, from a colleague only where that was talked over."""
        taking.take(self.case, self.numbers(), by=self.viewer, agreed="agreed" in self.request.POST)
        return f"{self.back_url()}#call-{self.kwargs['call']}"  # where her number stands now


class GiveCallBack(OnTheList):
    """The viewer does not get round to it."""

    done = gettext_lazy("It is given back: her referent sees it on her list.")

    def act(self) -> str:
        """Give it back."""
        taking.give_back(self.case, self.numbers(), by=self.viewer)
        return self.back_url()


def _day(asked: str) -> date | None:
    try:
        return date.fromisoformat(asked)
    except ValueError:
        return None


@dataclass(frozen=True)
class Woman:
    """One card of the list: all that is said to her at once, and how."""

    code: str
    way: str
    speaks: bool
    lines: list[CallLine]
    number: str
    rows: list[tuple[str, str]]

    @property
    def first(self) -> CallLine:
        """The one that was to be told first."""
        return self.lines[0]

    @property
    def is_off(self) -> bool:
        """Whether a time that she was told is off."""
        return any(one.about is About.CHANGED for one in self.lines)

    @property
    def taken_at(self) -> datetime | None:
        """Since when all of it is taken."""
        moments = [one.taken_at for one in self.lines]
        return max((one for one in moments if one), default=None) if all(moments) else None


def _others(lines: Sequence[CallLine]) -> list[tuple[CallLine, list[CallLine]]]:
    """Each woman once, with whoever has taken any of it: she is called once, for all of it."""
    found: dict[str, list[CallLine]] = {}
    for one in lines:
        found.setdefault(one.code, []).append(one)
    return [(next((one for one in hers if one.taken_at), hers[0]), hers) for hers in found.values()]


def _women(lines: Sequence[CallLine]) -> list[Woman]:
    """The lines of each woman together, in the order of her first one."""
    found: dict[int, tuple[Terms, list[CallLine]]] = {}
    for one in lines:
        if one.terms is not None:
            found.setdefault(one.terms.number, (one.terms, []))[1].append(one)
    return [_woman(terms, sorted(mine, key=lambda one: one.starts_at)) for terms, mine in found.values()]


def _woman(terms: Terms, lines: list[CallLine]) -> Woman:
    number = next((one.number for one in lines if one.number), "")
    if not number and terms.channel is not Channel.THROUGH_SOMEONE:
        is_taken = any(one.taken_at for one in lines)
        none, not_yet = (
            _("None is kept here. Write it under How to reach her."),
            _("Here, once you have taken the call."),
        )
        number = none if is_taken else not_yet
    return Woman(
        code=lines[0].code,
        way=str(WAYS[terms.channel]),
        speaks=terms.channel in _SPEAKS,
        lines=lines,
        number=number,
        rows=terms_rows(terms, reminders=False),
    )


def _on_paper(one: Woman) -> list[pdf.Block]:
    say, means = (_("Say") if one.speaks else _("Write")), _("It means")
    said = [row for line in one.lines for row in ((say, line.says), (means, line.means)) if row[1]]
    return [
        pdf.heading(f"{one.code} · {one.way}"),
        *([pdf.quiet(_("Taken at %(time)s.") % {"time": f"{one.taken_at:%H:%M}"})] if one.taken_at else []),
        pdf.facts([*said, *([(_("Where to"), one.number)] if one.number else []), *one.rows]),
        pdf.text("   ".join(f"{BOX} {TOLD[told]}" for told in Told)),
    ]
