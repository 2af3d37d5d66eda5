"""What was passed on, across all women; and every other way on which something leaves the node."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from amparo.areas.access.rules import Task
from amparo.areas.audit.rules import Does
from amparo.areas.consent.ledger import LedgerLine, ledger, take_out_ledger
from amparo.areas.consent.rules import HerKnowing
from amparo.web import exports
from amparo.web.staff.addresses import case_address
from amparo.web.staff.consent_words import GROUND, KNOWING, recipient_kind_words, shared_list
from amparo.web.staff.forms.desk import LedgerForm
from amparo.web.staff.pages import Context, StaffPage

from .log import log_address

_SHAPE = {HerKnowing.TOLD: "done", HerKnowing.NOT_YET: "soon", HerKnowing.ENDANGERS: "plain"}


class Ledger(StaffPage):
    """To whom what was told, on which ground, and whether she knows."""

    task = Task.READ_AUDIT
    place = "desk"
    template = "staff/desk/disclosures.html"

    def context(self) -> Context:
        """The search and one page."""
        form = LedgerForm(self.request.GET)
        page = self.asked_page()
        lines, more = ledger(self.viewer, form.narrowed(), page=page)
        return {
            "title": _("What was passed on"),
            "search": form,
            "again": form.again(),
            "lines": [_shown(line) for line in lines],
            "printed_url": log_address(does=Does.PRINTED.value),
            "answered_url": log_address(does=Does.PASSED_ON.value),
            **self.turn_pages(page, more=more),
        }


class TakeOutLedger(StaffPage):
    """The same as a table, marked with who took it out."""

    task = Task.READ_AUDIT

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Lead back: a GET takes nothing out."""
        return redirect(reverse("desk_disclosures"))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The table: the latest 5,000 that fit."""
        lines, export = take_out_ledger(LedgerForm(request.POST).narrowed(), by=self.viewer)
        heads = [
            *(_("Day"), _("Her code"), _("To whom"), _("What kind of recipient is it?"), _("What was passed on?")),
            *(_("Ground"), _("What for?"), _("Does she know?"), _("Told on"), _("Noted by")),
        ]
        return exports.csv_response(heads, [_row(line) for line in lines], export=export, name="list")


def _shown(line: LedgerLine) -> Context:
    one = line.disclosure
    return {
        "disclosure": one,
        "code": line.code,
        "url": case_address("case_disclosures", line.code) if line.code else "",
        "kind": recipient_kind_words(one.recipient_kind),
        "shared": shared_list(one.shared),
        "ground": GROUND[one.ground],
        "knowing": KNOWING[one.knowing],
        "shape": _SHAPE[one.knowing],
    }


def _row(line: LedgerLine) -> list[Any]:
    one = line.disclosure
    return [
        *(one.on, line.code, one.recipient, recipient_kind_words(one.recipient_kind), shared_list(one.shared)),
        *(str(GROUND[one.ground]), one.why, str(KNOWING[one.knowing]), one.told_on, one.member_name),
    ]
