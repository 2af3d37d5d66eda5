"""Pages of one case: the same head and sections on each, and one part of the case that the page is about."""

from functools import cached_property
from typing import Any, ClassVar

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from amparo.areas.access.rules import Part, Task
from amparo.areas.cases.danger import own_glass
from amparo.areas.cases.dues import DueLine, due_of_case
from amparo.areas.cases.files import Erased, HeldBack
from amparo.areas.cases.queries import CaseFile, case_for
from amparo.areas.cases.rules import OPEN, Status
from amparo.areas.cases.team import standing_in
from amparo.kernel import clock
from amparo.kernel.decision import NotThere, Refused
from amparo.kernel.labels import Label
from amparo.web import errors

from .addresses import case_address
from .contact_words import reach_words
from .pages import Command, Context, FormPage, StaffPage
from .words import due_words, level_words, status_words

SECTIONS = (
    ("now", Part.HEAD, "case", gettext_lazy("Now")),
    ("plan", Part.PLAN, "case_plan", gettext_lazy("Her plan")),
    ("safety", Part.SAFETY, "case_safety", gettext_lazy("Safety")),
    ("legal", Part.LEGAL, "case_legal", gettext_lazy("Legal")),
    ("consents", Part.CONSENTS, "case_consents", gettext_lazy("Consents")),
    ("activities", Part.ACTIVITIES, "case_activities", gettext_lazy("Activities")),
    ("services", Part.SERVICES, "case_services", gettext_lazy("Services")),
    ("notes", Part.NOTES, "case_notes", gettext_lazy("Notes")),
    ("papers", Part.PAPERS, "case_papers", gettext_lazy("Papers")),
    ("people", Part.TEAM, "case_people", gettext_lazy("People")),
    ("history", Part.HISTORY, "case_history", gettext_lazy("History")),
    ("rights", Part.RIGHTS, "case_rights", gettext_lazy("Her rights")),
)


class CasePart(StaffPage):
    """A page of a case. `part` is what it reads (or, with `writes`, changes); `section` is the word marked current."""

    task = Task.LIST_CASES
    place = "cases"
    part: ClassVar[Part]
    section: ClassVar[str] = ""
    writes: ClassVar[bool] = False
    case: CaseFile

    def fetch(self, **kwargs: Any) -> None:
        """The case by the code in the address."""
        self.case = case_for(self.viewer, kwargs["code"], self.part, write=self.writes)

    def not_there(self, nothing: NotThere) -> HttpResponse:
        """Whoever knew of her is told calmly that her file was erased."""
        return errors.erased(self.request, nothing.on) if isinstance(nothing, Erased) else super().not_there(nothing)

    def refused(self, no: Refused) -> HttpResponse:
        """What she had held opens with a reason, which is asked first; nothing is changed in it."""
        if isinstance(no, HeldBack) and self.request.method == "GET":
            return redirect(reverse("rights_read", args=(no.case.code, no.thing)))
        return super().refused(no)

    @cached_property
    def dues(self) -> list[DueLine]:
        """What is due in this case, as far as the viewer may know, earliest first."""
        return due_of_case(self.viewer, self.case)

    def url(self, name: str, *args: object) -> str:
        """An address within this case."""
        return reverse(name, args=(self.case.code, *args)) if args else case_address(name, self.case.code)

    def page(self, context: Context, **arguments: Any) -> HttpResponse:
        """The page below the head of the case."""
        around = {"head": head(self), "sections": sections(self), "case": self.case}
        return super().page({**around, **context}, **arguments)


class CaseForm(CasePart, FormPage):
    """A form that changes a part of a case."""

    template = "layouts/case_form.html"
    writes = True
    back_to: ClassVar[str] = "case"

    def cancel_url(self) -> str:
        """Back to the section that the form belongs to."""
        return self.url(self.back_to)


class CaseCommand(CasePart, Command):
    """A button within a case."""

    writes = True
    back_to: ClassVar[str] = "case"

    def back_url(self) -> str:
        """Today where the button was pressed there, otherwise the section that it stands in."""
        return reverse("today") if self.request.POST.get("from") == "today" else self.url(self.back_to)


def sections(page: CasePart) -> list[Context]:
    """The sections that the viewer reads, as words."""
    return [
        {"url": page.url(name), "label": label, "current": key == page.section}
        for key, part, name, label in SECTIONS
        if page.case.readable(page.viewer, part)
    ]


def head(page: CasePart) -> Context:
    """The head of the case (look.md): who, referent, risk with its age, how to reach her, what is next."""
    case = page.case
    return {
        "code": case.code,
        "url": page.url("case"),
        "name": case.called or None,
        "referent": case.referent_name,
        "stands_in": _stands_in(page),
        "reach": _reach(page),
        "reach_url": page.url("case_contact") if case.shows(page.viewer, Part.CONTACT, Label.PERSONAL) else None,
        "status_words": status_words(Status(case.status)),
        "next_due": _next(page.dues[0]) if page.dues else None,
        "danger_url": page.url("case_danger", own_glass(page.viewer, case)) if case.in_danger else None,
        **_risk(page),
    }


def _risk(page: CasePart) -> Context:
    case = page.case
    if not case.readable(page.viewer, Part.CONTACT):
        return {}
    today, ended = clock.today(page.viewer.time_zone), case.status not in OPEN  # then nothing is overdue
    if not case.risk_level or case.risk_on is None:
        late = not ended and (case.risk_due is None or case.risk_due < today)
        return {"risk_words": _("not assessed yet"), "risk_level": "unknown", "risk_overdue": late}
    late = not ended and case.risk_due is not None and case.risk_due < today
    days = (today - case.risk_on).days
    age = ngettext("%(days)d day ago", "%(days)d days ago", days) % {"days": days} if days else _("today")
    return {"risk_words": f"{level_words(case.risk_level)}, {age}", "risk_level": case.risk_level, "risk_overdue": late}


def _stands_in(page: CasePart) -> str | None:
    """Whom to turn to while her referent is away (R10, R20)."""
    found = standing_in(page.viewer, page.case) if page.case.readable(page.viewer, Part.TEAM) else None
    if found is None:
        return None
    day = date_format(found.until, "SHORT_DATE_FORMAT")
    return _("%(name)s stands in until %(day)s") % {"name": found.name, "day": day}


def _reach(page: CasePart) -> str | None:
    """How to reach her, in her team; where nothing is agreed, that too is said (R7)."""
    case = page.case
    if not case.shows(page.viewer, Part.CONTACT, Label.PERSONAL):
        return None
    return reach_words(case.reach) if case.reach else _("nothing agreed yet")


def _next(line: DueLine) -> str:
    return f"{due_words(line.kind)}, {date_format(line.on, 'SHORT_DATE_FORMAT')}"
