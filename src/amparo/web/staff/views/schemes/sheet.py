"""The sheet for her: read together, printed, and handed over; each paper is noted with her file (R14)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from amparo.areas.cases.summary import note_paper
from amparo.areas.entitlements.catalogue import NoRules
from amparo.areas.entitlements.judged import Judged, judged
from amparo.areas.entitlements.sheet_words import sheet_languages
from amparo.areas.people.queries import person_file
from amparo.kernel import clock
from amparo.web import pdf
from amparo.web.components.fields import language_name
from amparo.web.staff.her_sheet import said, sheet_blocks
from amparo.web.staff.information_age import information_age
from amparo.web.staff.pages import Context
from amparo.web.staff.views.legal.pages import LegalPart
from amparo.web.typeset import RIGHT_TO_LEFT


class LegalSheet(LegalPart):
    """What she can have and whom she can call, in her language, on a page of its own."""

    template = "staff/schemes/sheet.html"
    judged: Judged | None

    def fetch(self, **kwargs: Any) -> None:
        """What the rules come to for her today, and the language: the one asked for, else the first of hers we have."""
        super().fetch(**kwargs)
        self.today = clock.today(self.viewer.time_zone)
        self.hers = person_file(self.viewer, self.case.person).languages
        wanted = (self.asked_for("language"), *self.hers)
        self.language = next((one for one in wanted if one in sheet_languages()), "en")
        try:
            self.judged = judged(self.viewer, self.case, self.country, on=self.today)
        except NoRules:
            self.judged = None

    def context(self) -> Context:
        """The sheet, the other languages, how old it is, and which language of hers is not there."""
        return {
            **self.about_country(),
            "language": self.language,
            "direction": "rtl" if self.language in RIGHT_TO_LEFT else "ltr",
            "heading": said("heading", self.language),
            "blocks": self.blocks(),
            "foot": said("careful", self.language),
            "languages": [
                {"code": one, "name": language_name(one), "current": one == self.language} for one in sheet_languages()
            ],
            "further": f"&country={self.country}",
            "missing": self._missing(),
            "pdf_url": f"{self.legal_url('case_legal_sheet_pdf')}&language={self.language}",
            "age": self._age(),
        }

    def blocks(self) -> list[pdf.Block]:
        """What stands on it; nothing where there are no rules of the country."""
        return sheet_blocks(self.judged.answer, language=self.language) if self.judged else []

    def _age(self) -> Context | None:
        answer = self.judged.answer if self.judged else None
        return information_age(answer.rule_set, today=self.today, outdated=answer.outdated) if answer else None

    def _missing(self) -> str:
        """The first of her languages, where the sheet is there in none of hers."""
        known = set(self.hers) & set(sheet_languages())
        return "" if known or not self.hers else language_name(self.hers[0])


class LegalSheetAsPdf(LegalSheet):
    """The same as PDF."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The paper, without our name and without hers; that it was made is noted."""
        title = self.seat.membership.tab_title or _("Notes")
        sheet = {
            "heading": said("heading", self.language),
            "blocks": self.blocks(),
            "foot": said("careful", self.language),
        }
        note_paper(self.case, "entitlements sheet")
        return pdf.pdf_response(pdf.render("sheet.typ", sheet, title=title, language=self.language))
