"""Her job plan: what she wants and what she can do, talked about section by section."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from amparo.areas.access.rules import Part, Viewer
from amparo.areas.cases.acting import acting
from amparo.areas.cases.files import CaseFile
from amparo.areas.cases.models import Case
from amparo.areas.vault import sealing
from amparo.kernel import clock
from amparo.kernel.decision import Conflict, require

from .models import JobPlan


@dataclass(frozen=True)
class JobPlanFile:
    """What she answered, by the key of the prompt."""

    answers: dict[str, str] = field(default_factory=dict)
    changed_on: date | None = None
    version: int = 0


def job_plan_of(viewer: Viewer, case: CaseFile) -> JobPlanFile:
    """Her job plan; an empty one where nothing was talked about yet."""
    require(case.readable(viewer, Part.PLAN))
    row = JobPlan.objects.filter(case=case.id, organisation=viewer.organisation).first()
    return _file(case, row) if row else JobPlanFile()


def answer_prompts(case: CaseFile, *, by: Viewer, area: str, answers: Mapping[str, str], version: int) -> None:
    """Keep her answers to the prompts of one section; the other sections stay as they are.

    Raises Conflict where a colleague changed the job plan since it was shown.
    """
    with acting(case, by=by, part=Part.PLAN, verb="job plan written") as act:
        # The first two answers at once must not make two plans.
        Case.objects.select_for_update(no_key=True).get(pk=case.id)
        row = JobPlan.objects.filter(case=case.id).first()
        before = _file(case, row) if row else JobPlanFile()
        if before.version != version:
            raise Conflict([(key, before.answers.get(key, "")) for key in answers])
        merged = {key: text for key, text in {**before.answers, **answers}.items() if text}
        JobPlan.objects.update_or_create(
            case_id=case.id,
            organisation_id=case.organisation,
            defaults={
                "answers": sealing.seal_text(case.person, json.dumps(merged), "jobplan.answers"),
                "changed_on": clock.today(by.time_zone),
                "version": version + 1,
            },
        )
        act.words = [area]


def _file(case: CaseFile, row: JobPlan) -> JobPlanFile:
    answers = json.loads(sealing.open_text(case.person, row.answers, "jobplan.answers"))
    return JobPlanFile(answers, row.changed_on, row.version)
