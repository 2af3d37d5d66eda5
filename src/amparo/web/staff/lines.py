"""Due lines as the screens show them."""

from django.utils.formats import date_format, time_format
from django.utils.functional import Promise

from amparo.areas.cases.dues import DueLine

from .addresses import case_address
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
    "rights": "case_rights",
    "handover": "case_people",
    "referent_told": "case_people",
    "follow_up": "case_close",
    "referral": "case_referral",
    "interview": "case_interview",
}
# Pages of the very thing that is due, by its kind: addresses with the code and the number of the thing.
PAGES: dict[str, str] = {}
# The same, for everybody who sees the line, whether it is theirs to do or not.
READ_AT: dict[str, str] = {}
# What can be done in place, by the kind: the address of a command, and the word on its button.
ACTIONS: dict[str, tuple[str, Promise]] = {}
# What cannot be done before its day.
NOT_BEFORE = {"appointment", "follow_up"}


_STATE = {"overdue": "overdue", "today": "soon"}


def brief(line: DueLine) -> Context:
    """What is due, when, and how pressing it is."""
    day = date_format(line.on, "SHORT_DATE_FORMAT")
    return {
        "what": due_words(line.kind),
        "when": f"{day} {time_format(line.at, 'TIME_FORMAT')}" if line.at else day,
        "state": _STATE.get(line.when, ""),
    }


def shown(line: DueLine, *, here: str = "") -> Context:
    """A line as `components/due.html` shows it; `here` names the page that it stands on and a command leads back to."""
    return {
        **brief(line),
        "why": why_words(line.why),
        "code": "" if here == "case" else line.code,
        "name": "" if here == "case" else line.called,
        "url": _address(line),
        **_action(line, here),
    }


def _address(line: DueLine) -> str:
    if line.kind in READ_AT:
        return case_address(READ_AT[line.kind], line.code, line.subject)
    if line.kind in PAGES and line.doable:
        return case_address(PAGES[line.kind], line.code, line.subject)
    name = "case" if line.closed else DONE_AT.get(line.kind, "case")
    return case_address(name, line.code)


def _action(line: DueLine, here: str) -> Context:
    too_early = line.kind in NOT_BEFORE and line.when not in ("overdue", "today")
    if line.kind not in ACTIONS or not line.doable or too_early:
        return {}
    name, label = ACTIONS[line.kind]
    hidden = [("from", here)] if here else []
    return {"action_url": case_address(name, line.code, line.subject), "action": label, "hidden": hidden}


def grouped(lines: list[DueLine], *, here: str = "") -> list[Context]:
    """The lines under Overdue, Today, This week and Later; empty groups are left out."""
    groups = []
    for when in ("overdue", "today", "week", "later"):
        mine = [shown(line, here=here) for line in lines if line.when == when]
        if mine:
            groups.append({"when": when, "words": when_words(when), "lines": mine})
    return groups
