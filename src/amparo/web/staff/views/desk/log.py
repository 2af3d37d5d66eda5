"""Searching the log, and taking a search out as a table."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from amparo.areas.access.rules import Task
from amparo.areas.cases.log import LogLine, log_page, readable_colleagues, take_out_log
from amparo.web import exports
from amparo.web.context import role_words
from amparo.web.staff.addresses import case_address
from amparo.web.staff.forms.desk import LogForm
from amparo.web.staff.log_words import act_words, fact_words, who_words
from amparo.web.staff.pages import Context, StaffPage


class Log(StaffPage):
    """What was asked, and the entries that fit, each in words."""

    task = Task.READ_AUDIT
    place = "desk"
    template = "staff/desk/log.html"

    def context(self) -> Context:
        """The search and one page of what it found."""
        form = _form(self, self.request.GET)
        page = self.asked_page()
        asked = form.asked()
        found = log_page(self.viewer, asked, page=page)
        return {
            "title": _("Search the log"),
            "search": form,
            "again": form.again(),
            "lines": [_shown(line) for line in found.lines],
            "no_such_code": found.no_such_code,
            "narrowed_to_entries": bool(asked.until_number),
            **self.turn_pages(page, more=found.more),
        }


class TakeOutLog(StaffPage):
    """The same as a table, marked with who took it out."""

    task = Task.READ_AUDIT

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Lead back: a GET takes nothing out."""
        return redirect(reverse("desk_log"))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The table: the latest 5,000 entries that fit."""
        lines, export = take_out_log(by=self.viewer, asked=_form(self, request.POST).asked())
        heads = [
            _("Entry"),
            _("When"),
            _("Who"),
            _("Role"),
            _("What"),
            _("Her code"),
            _("Besides"),
            _("Why"),
            _("From where"),
        ]
        return exports.csv_response(heads, [_row(line) for line in lines], export=export, name="log")


def log_address(**asked: Any) -> str:
    """The address of this search."""
    return f"{reverse('desk_log')}?{urlencode({key: value for key, value in asked.items() if value})}"


def _form(page: StaffPage, typed: Any) -> LogForm:
    colleagues = [(str(one.member), f"{one.name} ({role_words(one.role)})") for one in readable_colleagues(page.viewer)]
    return LogForm(typed, colleagues=colleagues)


def _shown(line: LogLine) -> Context:
    return {
        "line": line,
        "who": who_words(line.name, line.role),
        "what": act_words(line.verb),
        "besides": fact_words(line.facts),
        "case_url": case_address("case_readers", line.code) if line.code else "",
    }


def _row(line: LogLine) -> list[str | int | None]:
    return [
        line.number,
        date_format(line.at, "Y-m-d H:i:s"),
        line.name,
        role_words(line.role) if line.role else "",
        act_words(line.verb),
        line.code,
        fact_words(line.facts),
        line.reason,
        line.origin,
    ]
