"""Her safety plan: writing it with her, its measures, and the sheet she takes along."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amparo.areas.access.rules import Part
from amparo.areas.cases.summary import note_paper
from amparo.areas.people.queries import person_file
from amparo.areas.safety import catalogue, planning, queries
from amparo.areas.safety.files import MeasureFile, PlanFile
from amparo.kernel.decision import NotThere
from amparo.kernel.language import LANGUAGES, pick
from amparo.web import pdf
from amparo.web.staff.case_pages import CaseCommand, CaseForm, CasePart
from amparo.web.staff.forms.safety import MeasureForm, PlanForm, ticked
from amparo.web.staff.pages import Context
from amparo.web.staff.safety_words import AGREED, MOMENT

from .overview import measure_line


class WritePlan(CaseForm):
    """A new version of the plan, starting from the one that stands."""

    part = Part.SAFETY
    section = "safety"
    back_to = "case_safety"
    form_class = PlanForm
    template = "staff/safety/plan_form.html"
    title = gettext_lazy("Safety plan")
    intro = gettext_lazy("Write it with her. Everything is hers to choose; nothing has to be filled in today.")
    done = gettext_lazy("The safety plan is saved.")

    def fetch(self, **kwargs: Any) -> None:
        """The case and the plan that stands."""
        super().fetch(**kwargs)
        self.plan = queries.plan_of(self.viewer, self.case)

    def form_arguments(self) -> Context:
        """Her own measures can be kept or left out."""
        return {"own": self.plan.measures if self.plan else ()}

    def initial(self) -> Context:
        """The plan as it stands; what she says, and her agreement, are asked again for each version."""
        plan = self.plan
        if plan is None:
            return {"seen": 0, "now": ["call_emergency"]}
        return {
            "seen": plan.number,
            "her_steps": plan.her_steps,
            "team_steps": plan.team_steps,
            "calls": plan.calls,
            **{moment: ticked(plan.measures, moment) for moment in catalogue.MOMENTS},
        }

    def form_context(self) -> Context:
        """What she said about the version that stands."""
        return {"plan": self.plan}

    def save(self, form: Any) -> str:
        """Write the version."""
        planning.write_plan(
            self.case, by=self.viewer, words=form.words(), chosen=form.chosen(), seen=form.cleaned_data["seen"]
        )
        return self.cancel_url()


class PlanVersion(CasePart):
    """One version of the plan, as it was agreed."""

    part = Part.SAFETY
    section = "safety"
    template = "staff/safety/plan_version.html"

    def fetch(self, **kwargs: Any) -> None:
        """The case and that version."""
        super().fetch(**kwargs)
        self.plan = _there(queries.plan_of(self.viewer, self.case, kwargs["plan_version"]))

    def context(self) -> Context:
        """The words, the measures, and the version before."""
        measures = [(words, [measure_line(one) for one in self.plan.at(key)]) for key, words in MOMENT.items()]
        return {
            "plan": self.plan,
            "agreed": AGREED[self.plan.agreed],
            "measures": [(words, lines) for words, lines in measures if lines],
            "earlier": self.plan.number - 1,
        }


class Sheet(CasePart):
    """The sheet she takes along: no name of ours, and no word that tells a stranger what it is for."""

    part = Part.SAFETY
    section = "safety"
    template = "staff/safety/sheet.html"

    def fetch(self, **kwargs: Any) -> None:
        """The plan, and the language: the one asked for, else hers, else the reader's."""
        super().fetch(**kwargs)
        self.plan = _there(queries.plan_of(self.viewer, self.case))
        hers = person_file(self.viewer, self.case.person).languages
        wanted = (self.request.GET.get("language", ""), *hers, translation.get_language() or "en")
        self.language = next((one for one in wanted if one in LANGUAGES), "en")

    def context(self) -> Context:
        """The sheet's sections, and the other languages."""
        return {
            "sheet_language": self.language,
            "sections_of_sheet": sheet_sections(self.plan, self.seat.membership.country, self.language),
            "languages": [(one, translation.get_language_info(one)["name_local"]) for one in LANGUAGES],
        }


class SheetPdf(Sheet):
    """The same as PDF."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The paper; its file name says nothing."""
        return self._paper()

    def _paper(self) -> HttpResponse:
        blocks = []
        for title, lines in sheet_sections(self.plan, self.seat.membership.country, self.language):
            blocks += [pdf.heading(title), pdf.points(lines)]
        with translation.override(self.language):
            title = _("For me")
        context = {"heading": title, "blocks": blocks, "foot": ""}
        note_paper(self.case, "safety sheet")
        return pdf.pdf_response(pdf.render("sheet.typ", context, title=title, language=self.language))


class OneMeasure(CasePart):
    """A page or a button about one measure."""

    part = Part.SAFETY
    section = "safety"
    back_to = "case_safety"

    def fetch(self, **kwargs: Any) -> None:
        """The case and the measure."""
        super().fetch(**kwargs)
        self.measure: MeasureFile = queries.measure_of(self.viewer, self.case, kwargs["measure"])


class ArrangeMeasure(OneMeasure, CaseForm):
    """Who takes care of it, and until when."""

    form_class = MeasureForm
    title = gettext_lazy("Safety measure")
    done = gettext_lazy("Saved.")

    def form_arguments(self) -> Context:
        """Her own measures are in her words."""
        return {"hers": not self.measure.key}

    def form_context(self) -> Context:
        """Which one it is."""
        return {"intro": measure_line(self.measure)["text"]}

    def initial(self) -> Context:
        """As it stands."""
        it = self.measure
        return {"who": it.who, "until": it.until, "words": it.words, "version": it.version}

    def save(self, form: Any) -> str:
        """Arrange it."""
        typed = form.cleaned_data
        planning.arrange_measure(
            self.case,
            self.measure.id,
            by=self.viewer,
            who=typed["who"],
            until=typed["until"],
            words=typed["words"],
            version=typed["version"],
        )
        return self.cancel_url()


class FinishMeasure(OneMeasure, CaseCommand):
    """It is in place, or not any more."""

    def act(self) -> str:
        """Note it."""
        planning.finish_measure(self.case, self.measure.id, by=self.viewer, done=self.measure.done_on is None)
        return self.back_url()


def sheet_sections(plan: PlanFile, country: str, language: str) -> list[tuple[str, list[str]]]:
    """What stands on her sheet, in that language: whom to call, what she does, what is ready."""
    first = [one.number for one in catalogue.contacts_in(country) if not one.to_check]
    calls = [" ".join(part for part in call if part) for call in plan.calls_by_name]
    paper = {one.key: pick(one.on_paper, language) for one in catalogue.measures() if one.on_paper}
    lines = {
        moment: [paper[one.key] if one.key else one.words for one in plan.at(moment) if not one.key or one.key in paper]
        for moment in catalogue.MOMENTS
    }
    with translation.override(language):
        found = [
            (_("I call"), [*first, *calls]),
            (_("What I do"), [*_steps(plan.her_steps), *lines["now"]]),
            (_("Afterwards"), lines["after"]),
            (_("Ready"), lines["prepare"]),
        ]
    return [(title, texts) for title, texts in found if texts]


def _steps(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _there(plan: PlanFile | None) -> PlanFile:
    if plan is None:
        raise NotThere
    return plan
