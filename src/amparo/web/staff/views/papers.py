"""Her papers: added, opened in memory, removed."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from amparo.areas.access.rules import Part
from amparo.areas.cases import papers
from amparo.areas.cases.rules import PaperKind, Status, papers_may_be_taken
from amparo.kernel.decision import refused, require
from amparo.web.staff.case_pages import CaseCommand, CaseForm, CasePart
from amparo.web.staff.case_words import PAPERS
from amparo.web.staff.forms.papers import NOT_A_PAPER, PaperForm
from amparo.web.staff.history import VERBS
from amparo.web.staff.pages import Context

ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}
FORM_AROUND_IT = 64 * 1024

VERBS["paper added"] = lambda line: f"{_('Paper added')}: {_kind(line.words)}"
VERBS["paper removed"] = lambda line: f"{_('Paper removed')}: {_kind(line.words)}"


class Papers(CasePart):
    """The list."""

    part = Part.PAPERS
    section = "papers"
    template = "staff/papers/list.html"

    def context(self) -> Context:
        """One page of papers, and why none may be added yet."""
        page = self.asked_page()
        found, more = papers.papers_of(self.viewer, self.case, page=page)
        may = papers_may_be_taken(Status(self.case.status))
        return {
            "papers": [(one, PAPERS.get(one.kind, one.kind), filesizeformat(one.size)) for one in found],
            "can_write": bool(self.case.writable(self.viewer, Part.PAPERS)),
            "not_yet": gettext(may.reason),
            "source": may.source,
            **self.turn_pages(page, more=more),
        }


class AddPaper(CaseForm):
    """A new paper."""

    part = Part.PAPERS
    section = "papers"
    back_to = "case_papers"
    form_class = PaperForm
    title = _("Add a paper")
    done = _("Saved. What the file said about place and time was removed.")

    def fetch(self, **kwargs: Any) -> None:
        """The case; before her yes no paper is taken."""
        super().fetch(**kwargs)
        require(papers_may_be_taken(Status(self.case.status)))

    def form_arguments(self) -> Context:
        """Whether more was sent than a paper may weigh: then no file arrives at all."""
        sent = int(self.request.META.get("CONTENT_LENGTH") or 0)
        return {"too_large": sent > settings.PAPER_MAX_BYTES + FORM_AROUND_IT}

    def save(self, form: Any) -> str | HttpResponse:
        """Clean, seal and keep it."""
        typed = form.cleaned_data
        file = typed["file"]
        if (file.size or 0) > settings.PAPER_MAX_BYTES:
            require(refused(str(NOT_A_PAPER["too_large"])))
        kind = PaperKind(typed["kind"])
        try:
            papers.add_paper(self.case, by=self.viewer, kind=kind, title=typed["title"], content=file.read())
        except papers.NotAPaper as no:
            form.add_error("file", NOT_A_PAPER[no.reason])
            raise Unsaved(form) from no
        return self.url("case_papers")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Save; a file that cannot be kept is an error at its field."""
        try:
            return super().post(request, *args, **kwargs)
        except Unsaved as unsaved:
            return self.form_page(unsaved.form, status=422)


class OpenPaper(CasePart):
    """A paper's content, sent once and kept nowhere in the clear."""

    part = Part.PAPERS

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The bytes, in a box where nothing can act; a PDF is saved, a picture is shown."""
        number = kwargs["paper"]
        paper = papers.open_paper(self.viewer, self.case, number)
        how = "attachment" if paper.media_type == "application/pdf" else "inline"
        response = HttpResponse(paper.content, content_type=paper.media_type)
        response["Content-Disposition"] = f'{how}; filename="{number}.{ENDINGS[paper.media_type]}"'
        response["Content-Security-Policy"] = "sandbox; default-src 'none'"
        response["X-Content-Type-Options"] = "nosniff"
        return response


class RemovePaper(CaseCommand):
    """Take a paper out."""

    part = Part.PAPERS
    back_to = "case_papers"
    done = _("The paper was removed.")

    def act(self) -> str:
        """Remove it."""
        papers.remove_paper(self.case, self.kwargs["paper"], by=self.viewer)
        return self.back_url()


class Unsaved(Exception):
    """The form was filled in well, but the file in it cannot be kept."""

    def __init__(self, form: forms.Form) -> None:
        super().__init__("the file cannot be kept")
        self.form = form


def _kind(words: tuple[str, ...]) -> str:
    return str(PAPERS.get(words[0], words[0])) if words else ""
