"""Your safety."""

import json
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from amparo.areas.safety.instruments import instrument
from amparo.web.staff import activity_words, safety_words
from amparo.web.staff.words import level_words

from .telling import HERS, WHEN, WHO, WORDS, Shown, Values, among, called, plain


def _asked(value: Any, row: Values) -> str:
    """The answers of a risk assessment, each below its question."""
    asked = instrument(row["instrument"], row["instrument_version"])
    lines = [(asked.item(key), answer) for key, answer in (value or {}).items() if answer]
    return "\n".join(
        f"{safety_words.said(item.to_her)} {safety_words.said(item.answer(one).text)}" for item, one in lines
    )


def _said(value: Any, row: Values) -> str:
    asked = instrument(row["instrument"], row["instrument_version"])
    found: dict[str, list[str]] = json.loads(value) if value else {}
    lines = [f"{safety_words.said(asked.item(key).to_her)} {' / '.join(one for one in both if one)}"
             for key, both in found.items()]  # fmt: skip
    return "\n".join(lines)


FIELDS: Mapping[str, Mapping[str, Shown]] = {
    "safety.Assessment": {
        "hers": (_("What you answered"), _asked),
        "theirs": (_("What the team answered"), _asked),
        "words": (WORDS, _said),
        "started_by": (_("Begun by"), plain),
        "decided_by": (_("Decided by"), plain),
        "decided_on": (WHEN, plain),
        "proposed_level": (_("Proposed by the program"), called(level_words)),
        "level": (_("Risk"), called(level_words)),
        "reason": (_("Why"), plain),
        "next_on": (_("To be looked at again on"), plain),
    },
    "safety.Change": {
        "trigger": (_("What changed"), called(safety_words.trigger_words)),
        "on": (WHEN, plain),
        "due_on": (_("To be looked at until"), plain),
        "note": (WORDS, plain),
        "member": (WHO, plain),
        "taken_back_at": (_("Taken back, it was a mistake"), plain),
    },
    "safety.Incident": {
        "kind": (_("What it was"), called(safety_words.incident_words)),
        "happened_at": (WHEN, plain),
        "danger_now": (_("Danger then"), among(safety_words.DANGER)),
        "told": (_("Who was told"), among(safety_words.TOLD)),
        "happened": (_("What happened"), plain),
        "done": (_("What was done"), plain),
        "member": (WHO, plain),
    },
    "safety.SafetyPlan": {
        "her_steps": (_("What you do"), plain),
        "team_steps": (_("What the team does"), plain),
        "calls": (_("Whom to call"), plain),
        "her_words": (HERS, plain),
        "agreed": (_("You agreed"), among(safety_words.AGREED)),
        "member": (WHO, plain),
        "made_on": (WHEN, plain),
    },
    "safety.Measure": {
        "key": (_("What"), called(safety_words.measure_words)),
        "moment": (_("When"), among(safety_words.MOMENT)),
        "words": (WORDS, plain),
        "who": (_("Who"), among(safety_words.WHO)),
        "until": (_("Until"), plain),
        "done_on": (_("Done on"), plain),
    },
    "safety.Avoidance": {
        "kind": (_("What you keep away from"), among(activity_words.AVOIDS)),
        "why": (_("Why"), plain),
        "noted_on": (WHEN, plain),
        "member": (WHO, plain),
        "ended_on": (_("Until"), plain),
        "ended_by": (_("Ended by"), plain),
    },
}
