"""Asking her about the plan: every yes, partly or not yet is to one version, kept as it stood (R8)."""

import json
from datetime import date

from amparo.areas.access.rules import Part, Viewer
from amparo.areas.cases.acting import acting
from amparo.areas.cases.dues import set_due
from amparo.areas.cases.files import CaseFile
from amparo.areas.cases.models import Case
from amparo.areas.cases.rules import DueKind
from amparo.areas.vault import sealing
from amparo.kernel import clock
from amparo.kernel.decision import Conflict, require

from . import rules
from .models import PlanVersion
from .queries import plan_of
from .rules import Agreement


def record_agreement(
    case: CaseFile,
    *,
    by: Viewer,
    agreement: Agreement,
    her_words: str,
    asked_on: date,
    mark: str,
    review_on: date | None = None,
) -> int:
    """Record what she says to the plan as it was shown (`mark`); gives the number of the version.

    Raises Conflict where a colleague changed the plan since it was shown to her.
    """
    with acting(case, by=by, part=Part.PLAN, verb="plan agreed", on=asked_on) as act:
        Case.objects.select_for_update(no_key=True).get(pk=case.id)  # two agreements at once must not share a number
        plan = plan_of(by, case)
        require(rules.may_agree(needs=len(plan.needs), goals=len(plan.other_goals)))
        if plan.mark != mark:
            raise Conflict([])
        number = plan.agreed.number + 1 if plan.agreed else 1
        row = PlanVersion.objects.create(
            organisation_id=case.organisation,
            case_id=case.id,
            number=number,
            asked_on=asked_on,
            agreement=agreement,
            her_words=sealing.seal_text(case.person, her_words, "planversion.her_words"),
            snapshot=sealing.seal_text(case.person, json.dumps(plan.snapshot), "planversion.snapshot"),
            member_id=by.member,
            made_at=clock.now(),
        )
        if review_on is not None:
            require(rules.may_move_to(review_on, clock.today(by.time_zone)))
            set_due(case, DueKind.REVIEW, on=review_on)
        act.subject, act.words = row.pk, [str(number), agreement]
    return number
