"""A summary of a case on paper: the parts that were chosen, under the code alone, with who printed it and when (R3)."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amparo.areas.access.rules import Part
from amparo.areas.cases import appointments, family, queries, services, team
from amparo.areas.cases.dues import due_of_case
from amparo.areas.cases.summary import take_out_summary
from amparo.web import exports, pdf
from amparo.web.context import role_words
from amparo.web.staff.case_pages import CaseForm
from amparo.web.staff.case_words import MEETINGS, TOPICS, minutes_words, reader, relation_choices, service_words
from amparo.web.staff.forms.summary import SummaryForm
from amparo.web.staff.history import history_words
from amparo.web.staff.pages import Context
from amparo.web.staff.words import due_words, level_words, status_words

Blocks = list[pdf.Block]


class Summary(CaseForm):
    """Choose the parts, then the PDF."""

    part = Part.HEAD
    section = "now"
    writes = False
    form_class = SummaryForm
    title = gettext_lazy("Summary on paper")
    intro = gettext_lazy(
        "It carries her code, your name and the time, and no name of hers. Keep it locked, and shred it afterwards. "
        "Giving it to somebody else needs her consent."
    )
    submit_label = gettext_lazy("Make the PDF")

    def form_arguments(self) -> Context:
        """The parts that the reader reads."""
        return {"parts": [(part.value, str(label)) for part, (label, _) in PARTS.items() if self._reads(part)]}

    def initial(self) -> Context:
        """What is due and who is there."""
        return {"parts": [part.value for part in (Part.HEAD, Part.TEAM) if self._reads(part)]}

    def save(self, form: Any) -> HttpResponse:
        """Note it, and set the paper."""
        parts = [part for part in PARTS if part in form.cleaned_data["parts"]]
        export = take_out_summary(self.case, by=self.viewer, parts=parts)
        blocks: Blocks = []
        for part in parts:
            label, make = PARTS[part]
            blocks += [pdf.heading(label), *make(self)]
        made = exports.paper(self.case.code, blocks, export=export, title=_("Summary"), language=reader())
        return pdf.pdf_response(made, "summary")

    def _reads(self, part: Part) -> bool:
        return bool(self.case.readable(self.viewer, part))


def _now(page: Summary) -> Blocks:
    case = page.case
    rows: list[tuple[object, object]] = [
        (_("Where it stands"), status_words(case.status)),
        (_("Since"), _day(case.opened_on)),
        (_("Referent"), case.referent_name),
    ]
    if case.readable(page.viewer, Part.CONTACT):
        rows.append((_("Risk"), level_words(case.risk_level)))
    dues = [f"{_day(line.on)}: {due_words(line.kind)}" for line in due_of_case(page.viewer, case)]
    return [pdf.facts(rows), pdf.heading(_("What is due"), 3), pdf.points(dues) if dues else _nothing()]


def _team(page: Summary) -> Blocks:
    rows = [(line.name, role_words(line.role)) for line in team.team_of(page.viewer, page.case)]
    return [pdf.facts(rows)]


def _notes(page: Summary) -> Blocks:
    notes, _more = queries.notes_of(page.viewer, page.case)
    blocks: Blocks = []
    for note in notes:
        blocks += [pdf.quiet(f"{_day(note.happened_on)} · {note.author_name}"), pdf.text(note.text)]
    return blocks or [_nothing()]


def _services(page: Summary) -> Blocks:
    lines, _more = services.services_of(page.viewer, page.case)
    rows = [(_day(one.what.on), service_words(one.what.kind), minutes_words(one.what.minutes)) for one in lines]
    met = [
        (_day(one.plan.on), str(TOPICS[one.plan.about]), str(MEETINGS[one.state]))
        for one in appointments.appointments_of(page.viewer, page.case)
    ]
    blocks: Blocks = [pdf.table((_("Day"), _("What was done"), _("Time")), rows)] if rows else [_nothing()]
    if met:
        blocks += [pdf.heading(_("Appointments"), 3), pdf.table((_("Day"), _("What about"), _("How it went")), met)]
    return blocks


def _family(page: Summary) -> Blocks:
    kin = dict(relation_choices())
    found = family.family_of(page.viewer, page.case)
    rows = [(kin.get(one.kinship, one.kinship), str(one.birth_year or "")) for one in found]
    return [pdf.facts(rows) if rows else _nothing()]


def _history(page: Summary) -> Blocks:
    lines, _more = queries.history_of(page.viewer, page.case)
    points = [f"{_day(line.on)}: {history_words(line)}" for line in lines]
    return [pdf.points(points) if points else _nothing()]


def _day(day: Any) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")


def _nothing() -> pdf.Block:
    return pdf.quiet(_("Nothing is written here yet."))


PARTS: dict[Part, tuple[Promise, Callable[[Summary], Blocks]]] = {
    Part.HEAD: (gettext_lazy("Now"), _now),
    Part.TEAM: (gettext_lazy("Her team"), _team),
    Part.FAMILY: (gettext_lazy("Children and family, without names"), _family),
    Part.SERVICES: (gettext_lazy("Services"), _services),
    Part.NOTES: (gettext_lazy("Notes"), _notes),
    Part.HISTORY: (gettext_lazy("History"), _history),
}
