"""Who read her file: on the screen for her team and the officer, and as paper for her (R14)."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from amparo.areas.access.rules import Part
from amparo.areas.cases.readers import readers_of, take_out_readers
from amparo.areas.people.queries import person_file
from amparo.kernel.language import LANGUAGES
from amparo.web import exports, pdf
from amparo.web.components.fields import language_name
from amparo.web.staff.case_pages import CasePart
from amparo.web.staff.case_words import reader
from amparo.web.staff.log_words import who_words
from amparo.web.staff.pages import Context
from amparo.web.staff.readers_paper import done_words, readers_language, readers_paper


class CaseReaders(CasePart):
    """One line for each colleague and day, with the reasons that were given."""

    part = Part.READERS
    section = "history"
    template = "staff/cases/readers.html"

    def context(self) -> Context:
        """The lines, and in which language the paper can be had."""
        page = self.asked_page()
        found = readers_of(self.viewer, self.case, page=page)
        hers = readers_language(person_file(self.viewer, self.case.person).languages)
        return {
            "title": _("Who read her file"),
            "lines": [
                {"line": line, "who": who_words(line.name, line.role), "done": done_words(line, reader())}
                for line in found.lines
            ],
            "names": found.names,
            "languages": [(one, language_name(one), one == hers) for one in LANGUAGES],
            **self.turn_pages(page, more=found.more),
        }


class CaseReadersPaper(CasePart):
    """The paper for her, in her language. Taking it out is noted, so it is asked for with a button."""

    part = Part.READERS

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Lead back: a GET takes nothing out."""
        return redirect(self.url("case_readers"))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The PDF; it names no colleague unless the organisation settled that it may."""
        hers = person_file(self.viewer, self.case.person).languages
        language = readers_language(hers, request.POST.get("language", ""))
        readers, export = take_out_readers(self.case, by=self.viewer)
        heading, blocks = readers_paper(readers, language)
        title = self.seat.membership.tab_title or _("Notes")
        made = exports.paper(heading, blocks, export=export, title=title, language=language, hers=True)
        return pdf.pdf_response(made)
