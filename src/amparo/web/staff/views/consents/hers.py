"""Her copy, on the screen to read together and print, and as PDF."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from amparo.areas.access.rules import Part
from amparo.areas.cases.summary import note_paper
from amparo.areas.consent.queries import ConsentFile, consent_of, consents_of
from amparo.areas.people.queries import person_file
from amparo.kernel import clock
from amparo.web.components.fields import language_name
from amparo.web.pdf import pdf_response, render
from amparo.web.staff.case_pages import CasePart
from amparo.web.staff.her_copy import Paper, her_paper, languages_of_paper, paper_language
from amparo.web.staff.pages import Context
from amparo.web.typeset import RIGHT_TO_LEFT


class HerCopy(CasePart):
    """What she decided, or one consent of it, in her language."""

    part = Part.CONSENTS
    section = "consents"
    template = "staff/consents/hers.html"

    def fetch(self, **kwargs: Any) -> None:
        """All she was asked, or the one that the address names."""
        super().fetch(**kwargs)
        person = self.case.person
        number = kwargs.get("consent")
        self.consents: list[ConsentFile] = (
            consents_of(self.viewer, person) if number is None else [consent_of(self.viewer, person, number)]
        )
        hers = person_file(self.viewer, person).languages
        self.language = paper_language(hers, self.request.GET.get("language", ""))
        self.names_us = self.request.GET.get("name") == "1"

    def paper(self) -> Paper:
        """What stands on it."""
        name = self.seat.membership.organisation_name if self.names_us else ""
        today = clock.today(self.viewer.time_zone)
        return her_paper(self.consents, language=self.language, today=today, organisation=name)

    def context(self) -> Context:
        """The paper, and how else it can be had."""
        number = self.kwargs.get("consent")
        pdf_url = self.url("consents_paper") if number is None else self.url("consent_paper", number)
        return {
            "title": _("Her copy"),
            "paper": self.paper(),
            "language": self.language,
            "direction": "rtl" if self.language in RIGHT_TO_LEFT else "ltr",
            "languages": [
                {"code": one, "name": language_name(one), "current": one == self.language}
                for one in languages_of_paper()
            ],
            "names_us": self.names_us,
            "further": "&name=1" if self.names_us else "",
            "pdf_url": f"{pdf_url}?language={self.language}{'&name=1' if self.names_us else ''}",
        }


class HerCopyAsPdf(HerCopy):
    """The same as PDF."""

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """The paper; its metadata say no more than the tab of the browser does."""
        title = self.seat.membership.tab_title or _("Notes")
        note_paper(self.case, "consents")
        return pdf_response(render("sheet.typ", self.paper(), title=title, language=self.language))
