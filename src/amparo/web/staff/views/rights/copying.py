"""The copy of her file that she takes along, made together with her."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from amparo.areas.access.rules import Part
from amparo.areas.people.queries import person_file
from amparo.areas.rights import copying
from amparo.kernel.language import LANGUAGES
from amparo.web import exports, pdf
from amparo.web.staff.case_pages import CaseForm
from amparo.web.staff.forms.rights import AS_FILE, CopyForm
from amparo.web.staff.her_file import blocks_of, file_of
from amparo.web.staff.pages import Context


class CopyOfHerFile(CaseForm):
    """In which language and form, with names or without; then the paper or the file."""

    part = Part.RIGHTS
    section = "rights"
    back_to = "case_rights"
    form_class = CopyForm
    title = _("A copy of her file")
    intro = _(
        "Everything that is written about her, for her alone. Make it together with her, and ask who could find it: "
        "it can kill. She can read it here instead, or come back for it. It is noted as handed to her."
    )
    submit_label = _("Make the copy")

    def initial(self) -> Context:
        """Her own language where we have it; no names."""
        hers = person_file(self.viewer, self.case.person).languages
        return {"language": next((one for one in hers if one in LANGUAGES), "en"), "form": "paper"}

    def save(self, form: Any) -> HttpResponse:
        """Read it all, note it, set it."""
        typed = form.cleaned_data
        with_names, language = typed["names"], typed["language"]
        with override(language):
            copy, export = copying.hand_over(
                self.case,
                by=self.viewer,
                with_names=with_names,
                form=typed["form"],
                herself=gettext("She herself"),
            )
            if typed["form"] == AS_FILE:
                return exports.json_response(file_of(copy, language=language), export=export, hers=True)
            neutral = gettext("Notes")
            blocks = blocks_of(copy, with_names=with_names)
            content = exports.paper(neutral, blocks, export=export, title=neutral, language=language, hers=True)
        return pdf.pdf_response(content)
