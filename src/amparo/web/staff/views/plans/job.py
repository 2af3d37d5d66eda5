"""Her job plan, section by section, and a CV by competences."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _

from amparo.areas.access.rules import Part, may_write
from amparo.areas.cases.summary import note_paper
from amparo.areas.plans import catalogue, job, rules
from amparo.kernel.decision import Decision, NotThere, require
from amparo.web import pdf
from amparo.web.staff.case_pages import CaseForm, CasePart
from amparo.web.staff.forms.job import CvForm, PromptsForm
from amparo.web.staff.pages import Context
from amparo.web.staff.plan_words import job_area_words, points_of, why_it_stays, worded


class JobPlan(CasePart):
    """What she said about work so far."""

    part = Part.PLAN
    section = "plan"
    template = "staff/plans/job.html"

    def context(self) -> Context:
        """The sections with their answers."""
        plan = job.job_plan_of(self.viewer, self.case)
        return {
            "can_write": bool(self.case.writable(self.viewer, Part.PLAN)),
            "stays": why_it_stays(self.case),
            "may_make_cv": bool(plan.answers) and bool(_may_make_cv(self)),
            "job": plan,
            "areas": [
                {
                    "key": area,
                    "name": job_area_words(area),
                    "answers": [
                        (worded(prompt.question), plan.answers[prompt.key])
                        for prompt in _prompts(area)
                        if prompt.key in plan.answers
                    ],
                }
                for area in catalogue.JOB_PLAN_AREAS
            ],
        }


class TalkAboutWork(CaseForm):
    """One section, talked about with her."""

    part = Part.PLAN
    section = "plan"
    back_to = "job_plan"
    template = "staff/plans/talk.html"
    form_class = PromptsForm
    intro = gettext_lazy("Only what she wants to say. Every line may stay empty.")
    submit_label = gettext_lazy("Save and go on")

    def fetch(self, **kwargs: Any) -> None:
        """The job plan as it stands."""
        super().fetch(**kwargs)
        if kwargs["area"] not in catalogue.JOB_PLAN_AREAS:
            raise NotThere
        self.area: str = kwargs["area"]
        self.job = job.job_plan_of(self.viewer, self.case)

    def form_arguments(self) -> Context:
        """The prompts of the section."""
        return {"prompts": _prompts(self.area)}

    def initial(self) -> Context:
        """What she said before."""
        return {**self.job.answers, "version": self.job.version}

    def form_context(self) -> Context:
        """The name of the section, and what has helped others."""
        return {
            "title": job_area_words(self.area),
            "points": points_of("employment"),
            "second_label": _("Save and stop for now"),
            "second_name": "later",
        }

    def save(self, form: Any) -> str:
        """Keep the answers, and go on to the next section."""
        typed = form.cleaned_data
        answers = {prompt.key: typed[prompt.key] for prompt in _prompts(self.area)}
        job.answer_prompts(self.case, by=self.viewer, area=self.area, answers=answers, version=typed["version"])
        following = catalogue.JOB_PLAN_AREAS[catalogue.JOB_PLAN_AREAS.index(self.area) + 1 :]
        if "later" in self.request.POST or not following:
            return self.url("job_plan")
        return self.url("job_talk", following[0])


class Cv(CaseForm):
    """A CV by competences: drafted from the job plan, worded on the spot, set as a PDF, and not kept."""

    part = Part.PLAN
    writes = False  # nothing is kept of it: it is made for her at any time, of a closed case too
    section = "plan"
    back_to = "job_plan"
    form_class = CvForm
    title = gettext_lazy("Her CV")
    intro = gettext_lazy(
        "What she can do comes first. Word it with her; the paper says nothing about us, and nothing of this page "
        "is kept."
    )
    submit_label = gettext_lazy("Make the PDF")

    def fetch(self, **kwargs: Any) -> None:
        """Her case, for those who work on her plan."""
        super().fetch(**kwargs)
        require(_may_make_cv(self))

    def initial(self) -> Context:
        """A draft from her job plan."""
        answers = job.job_plan_of(self.viewer, self.case).answers
        return {**rules.cv_draft(answers), "language": get_language()}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The paper, as often as wanted: nothing is saved, so nothing can be saved twice."""
        form = self._form(data=request.POST)
        if not form.is_valid():
            return self.form_page(form, status=422)
        return self.save(form)

    def save(self, form: Any) -> HttpResponse:
        """Set the paper."""
        note_paper(self.case, "cv")
        return pdf.pdf_response(_cv(form.cleaned_data), "cv")


def _may_make_cv(page: CasePart) -> Decision:
    case = page.case
    return may_write(page.viewer, Part.PLAN, organisation=case.organisation, in_team=case.in_team)


def _cv(typed: dict[str, str]) -> bytes:
    with override(typed["language"]):
        headings = {
            "skills": _("What I can do"),
            "strengths": _("Strengths"),
            "languages": _("Languages"),
            "learning": _("Education and training"),
            "experience": _("Experience"),
        }
        blocks = [pdf.quiet(typed["contact"])] if typed["contact"] else []
        blocks += [pdf.text(typed["aim"])] if typed["aim"] else []
        for section, heading in headings.items():
            lines = rules.cv_lines(typed[section])
            blocks += [pdf.heading(heading), pdf.points(lines)] if lines else []
        context = {"heading": typed["name"], "blocks": blocks}
        return pdf.render("sheet.typ", context, title=_("CV"), language=typed["language"])


def _prompts(area: str) -> list[catalogue.JobPrompt]:
    return [prompt for prompt in catalogue.job_prompts() if prompt.area == area]
