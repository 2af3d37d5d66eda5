"""Due lines as the screens show them."""

from django.urls import reverse
from django.utils.formats import date_format, time_format

from amparo.areas.cases.dues import DueLine

from .case_pages import stands
from .pages import Context
from .words import due_words, when_words, why_words

# Where the thing is done, by the kind of what is due; the case itself for all others.
DONE_AT = {
    "risk": "case_safety",
    "measure": "case_safety",
    "step": "case_plan",
    "review": "case_plan",
    "consent": "case_consents",
    "tell_her": "case_consents",
    "handover": "case_people",
}


_STATE = {"overdue": "overdue", "today": "soon"}


def shown(line: DueLine) -> Context:
    """A line as `components/due.html` shows it."""
    day = date_format(line.on, "SHORT_DATE_FORMAT")
    return {
        "what": due_words(line.kind),
        "when": f"{day} {time_format(line.at, 'TIME_FORMAT')}" if line.at else day,
        "state": _STATE.get(line.when, ""),
        "why": why_words(line.why),
        "code": line.code,
        "name": line.called,
        "url": _address(line),
    }


def _address(line: DueLine) -> str:
    name = "case" if line.closed else DONE_AT.get(line.kind, "case")
    return reverse(name if stands(name) else "case", args=(line.code,))


def grouped(lines: list[DueLine]) -> list[Context]:
    """The lines under Overdue, Today, This week and Later; empty groups are left out."""
    groups = []
    for when in ("overdue", "today", "week", "later"):
        mine = [shown(line) for line in lines if line.when == when]
        if mine:
            groups.append({"when": when, "words": when_words(when), "lines": mine})
    return groups
