"""What happens in a stage, written down as it happened, and corrected where it was written down wrongly."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from amparo.areas.access.rules import Part
from amparo.areas.entitlements import pathway_acts, pathways
from amparo.areas.entitlements.pathways import EventFile, RunFile, StageFile
from amparo.areas.entitlements.rules.pathways import Outcome, State, What
from amparo.kernel import clock
from amparo.kernel.decision import NotThere
from amparo.web.staff.case_pages import CaseForm
from amparo.web.staff.entitlement_words import here
from amparo.web.staff.forms.pathways import IT_WAS, IT_WAS_NOT, CorrectForm, EventForm
from amparo.web.staff.pages import Context
from amparo.web.staff.pathway_words import HAPPENED, TO_DO


class _InStage(CaseForm):
    part = Part.LEGAL
    section = "legal"
    back_to = "case_pathways"
    done = _("Noted. What is due was worked out anew.")
    run: RunFile
    stage: StageFile

    def found(self, runs: list[RunFile], number: int) -> None:
        """The stage with this number."""
        both = [(run, stage) for run in runs for stage in run.stages if stage.number == number]
        if not both:
            raise NotThere
        self.run, self.stage = both[0]


class RecordEvent(_InStage):
    """One kind of thing in one stage."""

    form_class = EventForm
    what: What

    def fetch(self, **kwargs: Any) -> None:
        """The stage, and what is to be written down in it."""
        super().fetch(**kwargs)
        self.found(pathways.pathways_of(self.viewer, self.case), kwargs["stage"])
        if kwargs["what"] not in set(What):
            raise NotThere
        self.what = What(kwargs["what"])

    def form_arguments(self) -> Context:
        """Which kind of thing."""
        return {"what": self.what, "aside_only": self.stage.line.state is State.TO_COME}

    def initial(self) -> Context:
        """Today, and the version that the page shows."""
        aside = self.stage.line.state is State.TO_COME and self.what is What.DECIDED
        chosen = {"outcome": Outcome.WITHDRAWN} if aside else {}
        return {"on": clock.today(self.viewer.time_zone), "version": self.run.version, **chosen}

    def form_context(self) -> Context:
        """Which stage, until when it runs, and what the scheme says of extending or of appeals."""
        stage, line = self.stage.line.stage, self.stage.line
        says = {What.EXTENDED: stage.extension, What.APPEALED: stage.appeal}.get(self.what)
        intro = here(stage.title)
        if line.due_on:
            intro += f" ({date_format(line.due_on, 'DATE_FORMAT')})"
        aside = line.state is State.TO_COME and self.what is What.DECIDED
        return {
            "title": _("It does not apply") if aside else TO_DO[self.what],
            "intro": f"{intro}. {here(says.when)}" if says else f"{intro}.",
        }

    def save(self, form: Any) -> str:
        """Write it down."""
        typed = form.cleaned_data
        pathway_acts.record_event(
            self.case,
            self.run.id,
            by=self.viewer,
            event=form.happened(self.stage.line.stage.id),
            words=typed["words"],
            version=typed["version"] or 0,
        )
        return self.cancel_url()


class CorrectEvent(_InStage):
    """Another day, or that it never happened; what was written first stays to be seen."""

    form_class = CorrectForm
    done = _("Corrected. What was written first stays to be seen.")
    one: EventFile

    def fetch(self, **kwargs: Any) -> None:
        """What was written down, as long as it stands."""
        super().fetch(**kwargs)
        for run in pathways.pathways_of(self.viewer, self.case):
            for stage in run.stages:
                for event in stage.events:
                    if event.id == kwargs["event"]:
                        self.run, self.stage, self.one = run, stage, event
                        return
        raise NotThere

    def form_arguments(self) -> Context:
        """Which kind of thing."""
        return {"what": self.one.event.what, "has_until": self.one.event.until is not None}

    def initial(self) -> Context:
        """As it was written down."""
        event = self.one.event
        return {"happened": IT_WAS, "on": event.on, "until": event.until, "version": self.run.version}

    def form_context(self) -> Context:
        """What it was."""
        event = self.one.event
        day = date_format(event.on, "DATE_FORMAT")
        return {
            "title": _("Correct what was written down"),
            "intro": f"{here(self.stage.line.stage.title)}: {HAPPENED[event.what]}, {day}.",
        }

    def save(self, form: Any) -> str:
        """Correct it, or take it back."""
        typed = form.cleaned_data
        what: dict[str, Any] = {"by": self.viewer, "words": typed["words"], "version": typed["version"] or 0}
        if typed["happened"] == IT_WAS_NOT:
            pathway_acts.take_event_back(self.case, self.one.id, **what)
        else:
            pathway_acts.correct_event(self.case, self.one.id, on=typed["on"], until=typed.get("until"), **what)
        return self.cancel_url()
