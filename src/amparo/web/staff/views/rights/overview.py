"""What she asked about her file and what became of it, and the page that tells her what she may ask."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from amparo.areas.access.rules import Part
from amparo.areas.cases.restricting import RestrictionFile, restrictions_of
from amparo.areas.people.queries import person_file
from amparo.areas.rights.catalogue import her_rights
from amparo.areas.rights.correcting import CorrectionFile, corrections_of
from amparo.areas.rights.erasing import ErasureFile, erasures_of
from amparo.kernel.language import pick
from amparo.web import pdf
from amparo.web.components.fields import language_name
from amparo.web.staff.case_pages import CasePart
from amparo.web.staff.pages import Context
from amparo.web.staff.rights_words import ASKERS, CORRECTING, ERASING, HELD_BECAUSE, thing_words
from amparo.web.typeset import RIGHT_TO_LEFT


class HerRights(CasePart):
    """The section."""

    part = Part.RIGHTS
    section = "rights"
    template = "staff/rights/overview.html"

    def context(self) -> Context:
        """What is held now, what was, and what can be asked."""
        return {
            "held": [self._row(one) for one in restrictions_of(self.viewer, self.case)],
            "corrections": [self._correction(one) for one in corrections_of(self.viewer, self.case)],
            "can_copy": self.case.in_team,
            "erasures": [erasure_row(one) for one in erasures_of(self.viewer, self.case)],
            "can_write": bool(self.case.writable(self.viewer, Part.RIGHTS)),
        }

    def _correction(self, one: CorrectionFile) -> Context:
        words, shape = CORRECTING[one.state]
        return {"file": one, "what": thing_words(one.thing), "state": words, "shape": shape}

    def _row(self, one: RestrictionFile) -> Context:
        return {"file": one, "what": thing_words(one.thing), "why": HELD_BECAUSE[one.ground]}


def erasure_row(one: ErasureFile) -> Context:
    """An erasure as lists show it."""
    words, shape = ERASING[one.stand.state]
    return {"file": one, "what": thing_words(one.thing), "asker": ASKERS[one.asker], "state": words, "shape": shape}


class RightsSheet(CasePart):
    """The page to read together and to take home, in her language."""

    part = Part.RIGHTS
    section = "rights"
    template = "staff/rights/sheet.html"

    def fetch(self, **kwargs: Any) -> None:
        """Her case, and the language: the one asked for, else the first of hers that we have, else English."""
        super().fetch(**kwargs)
        ours = her_rights().languages
        asked = (self.asked_for("language"), *person_file(self.viewer, self.case.person).languages)
        self.language = next((one for one in asked if one in ours), "en")

    def context(self) -> Context:
        """The page, and how else it can be had."""
        page = her_rights()
        shown = {"language": self.language, "direction": "rtl" if self.language in RIGHT_TO_LEFT else "ltr"}
        return {
            **shown,
            "title": _("What she may ask"),
            "paper": {"heading": pick(page.heading, self.language), "blocks": self.blocks(), "foot": self.foot()},
            "languages": [
                {"code": one, "name": language_name(one), "current": one == self.language} for one in page.languages
            ],
            "further": "",
            "pdf_url": f"{self.url('rights_sheet_pdf')}?language={self.language}",
        }

    def blocks(self) -> list[pdf.Block]:
        """What stands on it."""
        page, language = her_rights(), self.language
        blocks = [pdf.text(pick(page.intro, language))]
        for right in page.rights:
            blocks += [pdf.heading(pick(right.title, language), 3), pdf.text(pick(right.text, language))]
        return [*blocks, pdf.text(pick(page.answer_by, language))]

    def foot(self) -> str:
        """What she should think of before she takes it home."""
        return pick(her_rights().careful, self.language)


class RightsSheetAsPdf(RightsSheet):
    """The same as PDF."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The paper, without our name and without hers."""
        title = self.seat.membership.tab_title or _("Notes")
        heading = pick(her_rights().heading, self.language)
        sheet = {"heading": heading, "blocks": self.blocks(), "foot": self.foot()}
        return pdf.pdf_response(pdf.render("sheet.typ", sheet, title=title, language=self.language))
