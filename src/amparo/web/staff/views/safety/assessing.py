"""Assessing her risk: part by part, in any order, resumed at any time; then a person decides."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from amparo.areas.access.rules import Part
from amparo.areas.activities import rechecking
from amparo.areas.safety import actions, queries
from amparo.areas.safety.files import AssessmentFile
from amparo.areas.safety.instruments import RiskArea, RiskItem
from amparo.kernel.decision import NotThere
from amparo.web.staff.case_pages import CaseCommand, CaseForm, CasePart
from amparo.web.staff.forms.safety import AreaForm, DecisionForm, area_initial
from amparo.web.staff.pages import Context
from amparo.web.staff.safety_words import answer_words, ground_words, reason_line, said, trigger_words
from amparo.web.staff.words import level_words


class StartAssessment(CaseCommand):
    """Begin, or go on with what a colleague began."""

    part = Part.SAFETY
    back_to = "case_safety"

    def act(self) -> str:
        """The task list of the draft."""
        return self.url("safety_assessment", actions.start_assessment(self.case, by=self.viewer))


class OneAssessment(CasePart):
    """A page about one assessment."""

    part = Part.SAFETY
    section = "safety"
    assessment: AssessmentFile

    def fetch(self, **kwargs: Any) -> None:
        """The case and its assessment."""
        super().fetch(**kwargs)
        self.assessment = queries.assessment_of(self.viewer, self.case, kwargs["assessment"])

    def items(self, area: str) -> list[RiskItem]:
        """The questions of one part."""
        return [item for item in self.assessment.instrument.items if item.area == area]


class Assessment(OneAssessment):
    """While it is a draft the list of its parts; once decided all answers, hers beside the professional's."""

    template = "staff/safety/assessment.html"

    def context(self) -> Context:
        """The parts with their state, or with their answers."""
        shown = self.assessment
        around = {"assessment": shown, "can_write": bool(self.case.writable(self.viewer, Part.SAFETY))}
        if shown.decided_on is None:
            rows = [self._task(area) for area in shown.instrument.areas]
            return {**around, "rows": rows, "introduction": said(shown.instrument.introduction)}
        changes = queries.changes_looked_at(self.viewer, self.case, shown.id)
        return {
            **around,
            **proposal_context(shown),
            "level_words": level_words(shown.level),
            "proposed_words": level_words(shown.proposed_level),
            "areas": self._areas(),
            "not_asked": [said(item.to_staff) for item in shown.instrument.items if not self._was_asked(item)],
            "changes": [(change, trigger_words(change.trigger)) for change in changes],
        }

    def _task(self, area: RiskArea) -> Context:
        count = len(self.items(area.key))
        if self.assessment.saved.get(area.key):
            state, shape = _("Done"), "done"
        elif any(item.key in self.assessment.before for item in self.items(area.key)):
            state, shape = _("To confirm"), "soon"
        else:
            state, shape = _("Not asked yet"), "open"
        return {
            "label": said(area.name),
            "hint": ngettext("%(n)d question", "%(n)d questions", count) % {"n": count},
            "url": self.url("safety_area", self.assessment.id, area.key),
            "state": state,
            "shape": shape,
        }

    def _areas(self) -> list[tuple[str, list[Context]]]:
        areas = [
            (said(area.name), [self._answer(item) for item in self.items(area.key) if self._was_asked(item)])
            for area in self.assessment.instrument.areas
        ]
        return [(name, answers) for name, answers in areas if answers]

    def _was_asked(self, item: RiskItem) -> bool:
        shown = self.assessment
        return any(item.key in answers for answers in (shown.hers, shown.theirs, shown.words))

    def _answer(self, item: RiskItem) -> Context:
        shown = self.assessment
        hers, theirs = shown.hers.get(item.key, ""), shown.theirs.get(item.key, "")
        her_words, words = shown.words.get(item.key, ("", ""))
        same = hers and not theirs
        return {
            "question": said(item.to_staff),
            "hers": _lines(answer_words(shown.instrument, item.key, hers), her_words),
            "theirs": _lines(_("As she does") if same else answer_words(shown.instrument, item.key, theirs), words),
        }


class AnswerArea(OneAssessment, CaseForm):
    """The questions of one part."""

    form_class = AreaForm
    template = "staff/safety/area.html"
    done = gettext_lazy("Saved.")

    def fetch(self, **kwargs: Any) -> None:
        """The part must be one of the instrument's."""
        super().fetch(**kwargs)
        areas = {area.key: area for area in self.assessment.instrument.areas}
        if kwargs["area"] not in areas:
            raise NotThere
        self.area = areas[kwargs["area"]]
        self.saved = self.assessment.saved.get(self.area.key, 0)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """A decided assessment is read, not filled in."""
        if self.assessment.decided_on is not None:
            return redirect(self.cancel_url())
        return super().get(request, *args, **kwargs)

    def form_arguments(self) -> Context:
        """The questions."""
        return {"items": self.items(self.area.key)}

    def initial(self) -> Context:
        """What stands there; where nobody saved this part yet, the answers of last time, to be confirmed (R18)."""
        items = self.items(self.area.key)
        last = None if self.saved else self._last()
        return {"seen": self.saved, **area_initial(items, last or self.assessment, with_words=last is None)}

    def form_context(self) -> Context:
        """The words of last time stand beside the question, and are not copied."""
        last = self._last()
        words = last.words if last else {}
        return {
            "title": said(self.area.name),
            "to_confirm": last.decided_on if last and not self.saved else None,
            "last_on": last.decided_on if last else None,
            "last_words": words,
            "last": {key: {"hers": her, "theirs": team} for key, (her, team) in words.items()},
        }

    def cancel_url(self) -> str:
        """Back to the list of parts."""
        return self.url("safety_assessment", self.assessment.id)

    def save(self, form: Any) -> str:
        """Save this part."""
        actions.save_answers(
            self.case,
            self.assessment.id,
            by=self.viewer,
            area=self.area.key,
            filled=form.filled(),
            seen=form.cleaned_data["seen"],
        )
        return self.cancel_url()

    def _last(self) -> AssessmentFile | None:
        if not hasattr(self, "_found"):
            self._found = queries.assessment_before(self.viewer, self.case, self.assessment.id)
        return self._found


class Decide(OneAssessment, CaseForm):
    """The proposal with its reasons; a person decides (R8)."""

    form_class = DecisionForm
    template = "staff/safety/decide.html"
    title = gettext_lazy("Decide the level")
    submit_label = gettext_lazy("Decide")
    done = gettext_lazy("The level is decided.")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """What is decided stays so; a new assessment can follow."""
        if self.assessment.decided_on is not None:
            return redirect(self.cancel_url())
        return super().get(request, *args, **kwargs)

    def initial(self) -> Context:
        """No level is chosen beforehand."""
        return {"version": self.assessment.version}

    def form_context(self) -> Context:
        """The proposal."""
        return proposal_context(self.assessment)

    def cancel_url(self) -> str:
        """Back to the list of parts."""
        return self.url("safety_assessment", self.assessment.id)

    def save(self, form: Any) -> str:
        """Decide."""
        typed = form.cleaned_data
        actions.decide_level(
            self.case,
            self.assessment.id,
            by=self.viewer,
            level=typed["level"],
            reason=typed["reason"],
            next_on=typed["next_on"],
            version=typed["version"],
        )
        rechecking.soon(self.viewer)
        return self.url("case_safety")


def proposal_context(shown: AssessmentFile) -> Context:
    """The proposed level, why, and what is still open."""
    asked, proposal = shown.instrument, shown.proposal
    return {
        "proposed": proposal.level,
        "proposed_words": level_words(proposal.level),
        "ground": ground_words(asked, proposal),
        "dangers": [reason_line(asked, one, shown.before) for one in proposal.dangers],
        "still_open": [reason_line(asked, one, shown.before) for one in proposal.still_open],
        "explanation": said(asked.level.explanation),
        "source": proposal.source,
    }


def _lines(*texts: str) -> str:
    return "\n\n".join(str(text) for text in texts if text)
