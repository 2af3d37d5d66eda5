"""Your plan, in your words."""

import json
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from amparo.web.staff import plan_words

from .telling import HERS, WHEN, WHO, Shown, Values, called, plain, written_in


def _snapshot(value: Any, _row: Values) -> str:
    """The plan as she was asked about it: what it said in words."""
    return "\n".join(_spoken(json.loads(value))) if value else ""


def _spoken(found: Any) -> list[str]:
    if isinstance(found, list):
        return [line for one in found for line in _spoken(one)]
    if not isinstance(found, dict):
        return []
    mine = [found[key] for key in ("her_words", "words", "our_view") if found.get(key)]
    return mine + [line for value in found.values() for line in _spoken(value)]


def _rating(value: Any, row: Values) -> str:
    return plan_words.rating_words(row["domain"], value)


def _need(value: Any, row: Values) -> str:
    return plan_words.about_words(value, row.get("basic_need", "")) if value else ""


def _need_beside(value: Any, row: Values) -> str:
    return plan_words.about_words(value, row.get("need.basic_need", "")) if value else ""


_DOMAIN = called(plan_words.domain_words)
FIELDS: Mapping[str, Mapping[str, Shown]] = {
    "plans.Need": {
        "domain": (_("Part of life"), _need),
        "our_view": (_("How we see it"), plain),
        "status": (_("Where it stands"), called(plan_words.need_status_words)),
        "noted_on": (WHEN, plain),
    },
    "plans.Saying": {
        "need.domain": (_("Part of life"), _need_beside),
        "words": (HERS, plain),
        "heard_on": (WHEN, plain),
        "member": (_("Heard by"), plain),
    },
    "plans.Goal": {
        "domain": (_("Part of life"), _DOMAIN),
        "words": (_("Goal"), plain),
        "status": (_("Where it stands"), called(plan_words.goal_status_words)),
        "noted_on": (WHEN, plain),
    },
    "plans.Step": {
        "goal.words": (_("For"), plain),
        "kind": (_("What kind"), called(plan_words.kind_words)),
        "words": (_("Step"), plain),
        "who": (_("Who"), lambda value, _row: plan_words.who_words(value, gettext("The team")) if value else ""),
        "member": (_("Colleague"), plain),
        "other": (_("Somebody else"), plain),
        "weeks": (_("How long"), lambda value, _row: plan_words.weeks_words(value) if value else ""),
        "noted_on": (WHEN, plain),
        "due_on": (_("Until"), plain),
        "done_on": (_("Done on"), plain),
    },
    "plans.PlanVersion": {
        "number": (_("Version"), plain),
        "asked_on": (WHEN, plain),
        "agreement": (_("You agreed"), called(plan_words.agreement_words)),
        "her_words": (HERS, plain),
        "snapshot": (_("What the plan said"), _snapshot),
        "member": (WHO, plain),
    },
    "plans.Review": {
        "on": (WHEN, plain),
        "member": (_("With"), plain),
        "present": (_("Who was there"), plain),
        "her_words": (HERS, plain),
        "our_view": (_("How we see it"), plain),
    },
    "plans.Rating": {
        "review.on": (WHEN, plain),
        "domain": (_("Part of life"), _DOMAIN),
        "hers": (_("How you see it"), _rating),
        "ours": (_("How we see it"), _rating),
        "her_words": (HERS, plain),
    },
    "plans.JobPlan": {"answers": (HERS, written_in), "changed_on": (WHEN, plain)},
}
