"""Due lines as the screens show them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format, time_format
from django.utils.functional import Promise
from django.utils.translation import ngettext

from amparo.areas.access.rules import Viewer
from amparo.areas.cases.dues import DueLine
from amparo.kernel import clock

from .addresses import case_address
from .pages import Context
from .words import due_words, when_words, why_words

# Where the thing is done, by the kind of what is due; the case itself for all others.
DONE_AT = {
    "risk": "case_safety",
    "measure": "case_safety",
    "deadline": "case_legal",
    "expiry": "case_legal",
    "entitled": "case_legal",
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
    "session": "case_activities",
    "reminder": "case_contact",
}
# Pages of the very thing that is due, by its kind: addresses with the code and the number of the thing.
PAGES: dict[str, str] = {}
# The same, for everybody who sees the line, whether it is theirs to do or not.
READ_AT: dict[str, str] = {}
# What can be done in place, by the kind: the address of a command, and the word on its button.
ACTIONS: dict[str, tuple[str, Promise]] = {}


@dataclass(frozen=True)
class Told:
    """What a line says of the very thing that is due, and what it says below it."""

    what: str
    why: str


# By kind: what the lines of it say, by their numbers; asked once for all of them.
TELL: dict[str, Callable[[Viewer, Sequence[DueLine]], dict[int, Told]]] = {}
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


def shown(line: DueLine, *, here: str = "", told: Told | None = None) -> Context:
    """A line as `components/due.html` shows it; `here` names the page that it stands on and a command leads back to."""
    more: Context = {"what": told.what, "why": told.why} if told else {"why": why_words(line.why)}
    return {
        **_NOTHING_TO_DO,
        **brief(line),
        "long": told is not None,
        **more,
        "code": "" if here == "case" else line.code,
        "name": "" if here == "case" else line.called,
        "url": _address(line),
        **_action(line, here),
        **_seen(line, here),
    }


# A name that is not there costs a template an exception each time; an empty one costs nothing.
_NOTHING_TO_DO: Context = {"action_url": "", "action": "", "hidden": (), "seen_url": "", "seen_from": ""}


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


def _seen(line: DueLine, here: str) -> Context:
    if not (line.to_see and line.doable):
        return {}
    return {"seen_url": case_address("case_deadline_seen", line.code, line.id), "seen_from": here}


def in_days(line: DueLine, viewer: Viewer) -> str:
    """How far ahead it lies, in words; empty once it is there."""
    days = (line.on - clock.today(viewer.time_zone)).days
    return ngettext("In %(days)d day.", "In %(days)d days.", days) % {"days": days} if days > 0 else ""


def _told(viewer: Viewer, lines: Sequence[DueLine]) -> dict[int, Told]:
    """What the lines say of their things, asked once for each kind that can tell."""
    found: dict[int, Told] = {}
    for kind, tell in TELL.items():
        mine = [line for line in lines if line.kind == kind and not line.closed]
        found |= tell(viewer, mine) if mine else {}
    return found


def grouped(viewer: Viewer, lines: list[DueLine], *, here: str = "") -> list[Context]:
    """The lines under Overdue, Today, This week and Later; empty groups are left out."""
    groups, told = [], _told(viewer, lines)
    for when in ("overdue", "today", "week", "later"):
        mine = [shown(line, here=here, told=told.get(line.id)) for line in lines if line.when == when]
        if mine:
            groups.append({"when": when, "words": when_words(when), "lines": mine})
    return groups
