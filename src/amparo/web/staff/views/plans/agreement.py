"""What she says to her plan, version by version, and the plan on paper."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _

from amparo.areas.access.rules import Part
from amparo.areas.cases.summary import note_paper
from amparo.areas.people.queries import person_file
from amparo.areas.plans import agreeing, queries
from amparo.areas.plans.rules import Agreement, NeedStatus, Who
from amparo.kernel import clock
from amparo.kernel.language import LANGUAGES
from amparo.web import pdf
from amparo.web.staff.case_pages import CaseForm, CasePart
from amparo.web.staff.forms.plans import AgreementForm
from amparo.web.staff.pages import Context
from amparo.web.staff.plan_words import about_words, agreement_shape, agreement_words, kind_words, who_words


class Agree(CaseForm):
    """Read the plan to her, and write down what she says to it."""

    part = Part.PLAN
    section = "plan"
    back_to = "case_plan"
    template = "staff/plans/agreement.html"
    form_class = AgreementForm
    title = gettext_lazy("Ask her about the plan")
    intro = gettext_lazy(
        "Read it to her in a language she understands. What she says is kept with the plan as it stands."
    )
    done = gettext_lazy("Her answer is kept with this version of the plan.")

    def fetch(self, **kwargs: Any) -> None:
        """The plan as it stands."""
        super().fetch(**kwargs)
        self.plan = queries.plan_of(self.viewer, self.case)

    def initial(self) -> Context:
        """Asked today."""
        return {
            "asked_on": clock.today(self.viewer.time_zone),
            "review_on": self.plan.review_on,
            "mark": self.plan.mark,
        }

    def form_context(self) -> Context:
        """The plan as it will be kept."""
        return {"said": shown(self.plan.snapshot)}

    def save(self, form: Any) -> str:
        """Keep her answer with the version."""
        typed = form.cleaned_data
        agreeing.record_agreement(
            self.case,
            by=self.viewer,
            agreement=Agreement(typed["agreement"]),
            her_words=typed["her_words"],
            asked_on=typed["asked_on"],
            mark=typed["mark"],
            review_on=typed["review_on"],
        )
        return self.url("case_plan")


class Versions(CasePart):
    """Every version she was asked about."""

    part = Part.PLAN
    section = "plan"
    template = "staff/plans/versions.html"

    def context(self) -> Context:
        """Latest first."""
        rows = queries.versions_of(self.viewer, self.case)
        return {"versions": [(row, agreement_words(row.agreement), agreement_shape(row.agreement)) for row in rows]}


class Version(CasePart):
    """The plan as it stood when she was asked."""

    part = Part.PLAN
    section = "plan"
    template = "staff/plans/version.html"

    def context(self) -> Context:
        """The version, her words to it, and the plan."""
        row = queries.version_of(self.viewer, self.case, self.kwargs["number"])
        return {
            "version": row,
            "said": shown(row.snapshot),
            "answer": agreement_words(row.agreement),
            "shape": agreement_shape(row.agreement),
        }


class Paper(CasePart):
    """Her plan on paper, for her: her words and her steps, without the professional's view, a name or our address."""

    part = Part.PLAN
    section = "plan"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The PDF in the language asked for, else in the first of hers that we have, else in the reader's."""
        plan = queries.plan_of(self.viewer, self.case)
        hers = person_file(self.viewer, self.case.person).languages
        wanted = (request.GET.get("language", ""), *hers, get_language() or "")
        language = next((one for one in wanted if one in LANGUAGES), "en")
        note_paper(self.case, "plan")
        return pdf.pdf_response(_paper(plan.snapshot, language), "plan")


def _paper(snapshot: dict[str, Any], language: str) -> bytes:
    with override(language):
        said = shown(snapshot)
        blocks = [block for need in said["needs"] if need["open"] for block in _need_blocks(need)]
        foot = _("You can change this plan at any time, and ask for another copy.")
        context = {"heading": _("My plan"), "blocks": blocks + _goal_blocks(said["goals"]), "foot": foot}
        return pdf.render("sheet.typ", context, title=_("My plan"), language=language)


def shown(snapshot: dict[str, Any]) -> Context:
    """A snapshot in the reader's language."""
    needs = [
        {
            **need,
            "about": about_words(need["domain"], need["basic_need"]),
            "open": need["status"] == NeedStatus.OPEN,
            "goals": [_goal(goal) for goal in need["goals"]],
        }
        for need in snapshot["needs"]
    ]
    return {"needs": needs, "goals": [_goal(goal) for goal in snapshot["goals"]]}


def _goal(goal: dict[str, Any]) -> Context:
    return {**goal, "steps": [_step(step) for step in goal["steps"]]}


def _step(step: dict[str, Any]) -> Context:
    due_on = parse_date(step["due_on"]) if step["due_on"] else None
    return {
        **step,
        "kind": kind_words(step["kind"]),
        "who": who_words(step["who"], step["by"]),
        "who_is": step["who"],
        "due": date_format(due_on, "SHORT_DATE_FORMAT") if due_on else "",
        "done": bool(step["done_on"]),
    }


def _need_blocks(need: dict[str, Any]) -> list[pdf.Block]:
    words = [pdf.hers(need["her_words"])] if need["her_words"] else []
    return [pdf.heading(need["about"]), *words, *_goal_blocks(need["goals"])]


def _goal_blocks(goals: list[Context]) -> list[pdf.Block]:
    blocks: list[pdf.Block] = []
    for goal in goals:
        blocks.append(pdf.heading(goal["words"], level=3))
        lines = [_line(step) for step in goal["steps"] if not step["done"]]
        blocks += [pdf.points(lines)] if lines else []
    return blocks


def _line(step: Context) -> str:
    """A step as the paper says it: no colleague is named on what she carries with her."""
    who = {Who.SHE: _("I do this"), Who.MEMBER: _("Someone who accompanies me does this")}.get(step["who_is"])
    return " · ".join(part for part in (step["words"], who or step["who"], step["due"]) if part)
