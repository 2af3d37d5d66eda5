"""Deadlines and pathways: the staged schemes that are followed for her, one calm list of stages each."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from amparo.areas.access.rules import Part, Viewer
from amparo.areas.cases.dues import DueLine
from amparo.areas.cases.rules import DueKind
from amparo.areas.entitlements import pathway_acts, pathways
from amparo.areas.entitlements.pathways import EventFile, RunFile, StageFile
from amparo.areas.entitlements.rules.pathways import State, What
from amparo.areas.entitlements.rules.scheme import Pathway, Stage
from amparo.kernel import clock
from amparo.web.components.fields import country_name
from amparo.web.staff.case_pages import CaseCommand, CaseForm, CasePart
from amparo.web.staff.entitlement_words import ACTOR, here
from amparo.web.staff.forms.pathways import BeginForm
from amparo.web.staff.information_age import information_age
from amparo.web.staff.lines import ACTIONS, DONE_AT, TELL, Told, in_days
from amparo.web.staff.pages import Context
from amparo.web.staff.pathway_words import (
    HAPPENED,
    OUTCOME,
    STAGE_STATE,
    TO_DO,
    pathway_words,
    who_words,
)
from amparo.web.staff.scheme_words import time_words

from .pages import LegalPart

DONE_AT[DueKind.DEADLINE] = "case_pathways"
ACTIONS[DueKind.DEADLINE] = ("case_pathway_handled", _("Dealt with"))
_NOT_HERS = _("It does not apply")
_NOT_FOLLOWED = ("plain", _("Not followed here"))


def _tell(viewer: Viewer, lines: Sequence[DueLine]) -> dict[int, Told]:
    """Of a deadline: its stage, how far ahead it lies, who must act, and what for."""
    found = pathways.stages_due(viewer, [line.subject for line in lines])
    told = {}
    for line in lines:
        stage = found.get(line.subject)
        if stage:
            what = now_("Appeal: %(stage)s") if stage.to_appeal else "%(stage)s"
            why = " ".join((in_days(line, viewer), who_words(stage.who), "" if stage.to_appeal else here(stage.due)))
            told[line.id] = Told(what % {"stage": here(stage.title)}, why.strip())
    return told


TELL[DueKind.DEADLINE] = _tell


class Pathways(LegalPart):
    """Every scheme that is or was followed, stage by stage."""

    template = "staff/pathways/list.html"

    def context(self) -> Context:
        """All of them on one page, in a fixed number of queries."""
        writes = bool(self.case.writable(self.viewer, Part.LEGAL))
        today = clock.today(self.viewer.time_zone)
        runs = pathways.pathways_of(self.viewer, self.case)
        return {
            "can_write": writes,
            "runs": [_run(one, self.case.code, today, can_write=writes and not one.ended_on) for one in runs],
        }


class BeginPathway(LegalPart, CaseForm):
    """Follow a scheme: where she is in it, and since when."""

    back_to = "case_pathways"
    form_class = BeginForm
    template = "staff/pathways/begin.html"
    title = _("Follow a scheme for her")
    done = _("Followed from now on. What is due stands on Today in good time.")

    def _schemes(self) -> tuple[Pathway, ...]:
        today = clock.today(self.viewer.time_zone)
        rules, found = pathways.to_begin(self.viewer, self.country, today)
        self.rules = rules
        return found

    def form_arguments(self) -> Context:
        """The stages of every scheme of the country."""
        paths = self._schemes()
        several = len(paths) > 1
        stages = [(path, stage) for path in paths for stage in path.stages]
        return {
            "stages": [(f"{path.id} {stage.id}", _named(path, stage, several=several)) for path, stage in stages],
            "hints": {f"{path.id} {stage.id}": time_words(stage.lasts, stage.lasts_up_to) for path, stage in stages},
        }

    def form_context(self) -> Context:
        """How old the rules are."""
        age = None
        if self.rules:
            today = clock.today(self.viewer.time_zone)
            age = information_age(self.rules.rule_set, today=today, outdated=self.rules.outdated)
        return {**self.about_country(), "age": age, "none": not self.form_arguments()["stages"]}

    def cancel_url(self) -> str:
        """Back to the list."""
        return self.url("case_pathways")

    def save(self, form: Any) -> str:
        """Follow it."""
        pathway, stage = form.cleaned_data["stage"].split(" ")
        pathway_acts.start_pathway(
            self.case,
            by=self.viewer,
            country=self.country,
            pathway=pathway,
            on=form.cleaned_data["on"],
            stage=stage,
        )
        return self.cancel_url()


class EndPathway(CaseCommand):
    """Follow it no longer."""

    part = Part.LEGAL
    back_to = "case_pathways"
    done = _("It is no longer followed. Nothing of it is due any more.")

    def act(self) -> str:
        """Say so."""
        pathway_acts.end_pathway(self.case, self.kwargs["run"], by=self.viewer)
        return self.back_url()


class HandleStage(CaseCommand):
    """One tap, on Today or in the case: what is due was dealt with."""

    part = Part.LEGAL
    back_to = "case_pathways"
    done = _("Dealt with. If another stage follows, it has begun. Was it a slip? Take it back under Legal.")

    def act(self) -> str:
        """Say so."""
        pathway_acts.handle_stage(self.case, self.kwargs["stage"], by=self.viewer)
        return self.back_url()


def block(page: CasePart) -> list[Context]:
    """What is running now, for the first page of the section: the stage, where it stands, until when."""
    found = [run for run in pathways.pathways_of(page.viewer, page.case) if not run.ended_on]
    return [
        {
            "title": f"{pathway_words(run.pathway)}, {country_name(run.country)}",
            "stages": [_stage(one, page.case.code, can_write=False) for one in run.stages if _is_open(one)],
        }
        for run in found
    ]


def _is_open(stage: StageFile) -> bool:
    return stage.line.state not in (State.TO_COME, State.DONE)


def _named(path: Pathway, stage: Stage, *, several: bool) -> str:
    return f"{here(path.title)}: {here(stage.title)}" if several else here(stage.title)


def _run(run: RunFile, code: str, today: date, *, can_write: bool) -> Context:
    begun = [place for place, one in enumerate(run.stages) if one.line.state is not State.TO_COME]
    first = begun[0] if begun else 0
    rules = run.scheme.rules if run.scheme else None
    return {
        "title": f"{pathway_words(run.pathway)}, {country_name(run.country)}",
        "ended_on": run.ended_on,
        "age": information_age(rules.rule_set, today=today, outdated=rules.outdated) if rules else None,
        "stages": [
            _stage(one, code, can_write=can_write, skipped=place < first) for place, one in enumerate(run.stages)
        ],
        "end_url": reverse("case_pathway_end", args=(code, run.id)) if can_write else "",
        "notes": [here(note) for note in run.scheme.pathway.notes] if run.scheme else [],
    }


def _stage(one: StageFile, code: str, *, can_write: bool, skipped: bool = False) -> Context:
    line, stage = one.line, one.line.stage
    shape, words = _NOT_FOLLOWED if skipped else STAGE_STATE[line.state]
    runs = line.state in (State.RUNNING, State.OVERDUE, State.SUSPENDED)
    return {
        "title": here(stage.title),
        "shape": shape,
        "state": words,
        "outcome": OUTCOME[line.outcome] if line.outcome else "",
        "starts_on": line.starts_on,
        "due_on": line.due_on,
        "latest_on": line.latest_on,
        "lasts": time_words(stage.lasts, stage.lasts_up_to),
        "stands_since": line.suspended_on,
        "who": ACTOR[line.who],
        "due": here(stage.due)
        if (runs and not line.to_appeal) or (line.state is State.TO_COME and not skipped)
        else "",
        "appeal": here(stage.appeal.when) if line.to_appeal and stage.appeal else "",
        "to_appeal": line.to_appeal,
        "extension": here(stage.extension.when) if runs and stage.extension and not line.to_appeal else "",
        "source": stage.source,
        "events": [_event(event, code, can_write=can_write) for event in one.events],
        "can": _can(one, code) if can_write and one.number else [],
    }


def _can(one: StageFile, code: str) -> list[Context]:
    return [
        {
            "words": _NOT_HERS if _is_aside(one, what) else TO_DO[what],
            "url": reverse("case_pathway_record", args=(code, one.number, what)),
        }
        for what in one.can
    ]


def _is_aside(one: StageFile, what: str) -> bool:
    """Of a stage to come nothing is decided yet; all that can be said is that it does not apply."""
    return one.line.state is State.TO_COME and what == What.DECIDED


def _event(one: EventFile, code: str, *, can_write: bool) -> Context:
    event, happened = one.event, HAPPENED[one.event.what]
    more = [
        OUTCOME[event.outcome] if event.outcome else "",
        time_words(event.by) if event.by else "",
    ]
    return {
        "what": now_("Taken back: %(what)s") % {"what": happened} if one.taken_back else happened,
        "more": ", ".join(str(words) for words in more if words),
        "on": event.on,
        "until": event.until,
        "words": one.words,
        "who": one.member_name,
        "corrected": not (one.stands or one.taken_back),
        "correct_url": reverse("case_pathway_correct", args=(code, one.id)) if can_write and one.stands else "",
    }
