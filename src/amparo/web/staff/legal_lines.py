"""Her legal status as the pages show it: what to ask, each permit and service with its why, documents, changes."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amparo.areas.access.rules import Viewer
from amparo.areas.entitlements.applications import ApplicationFile
from amparo.areas.entitlements.changes import ChangeLine
from amparo.areas.entitlements.house_rules import schemes_for, titles
from amparo.areas.entitlements.judged import Judged
from amparo.areas.entitlements.questions import groups, questions
from amparo.areas.entitlements.rules.answers import NOT_KNOWN, NOT_SAID, SaidBy, answer_of, choices_of
from amparo.areas.entitlements.rules.applications import State
from amparo.areas.entitlements.rules.asking import Worth
from amparo.areas.entitlements.rules.explaining import Needed, Stand
from amparo.areas.entitlements.rules.judging import JudgedPermit, JudgedService
from amparo.kernel.language import Texts
from amparo.web.components.fields import country_name

from .addresses import case_address
from .entitlement_words import (
    BECAUSE,
    SAID_BY,
    STATE,
    STATUS,
    WAY_OUT,
    answer_words,
    here,
    item_words,
    kind_words,
    question_words,
    status_words,
)
from .pages import Context
from .scheme_lines import permit_line, service_line

ASKED_IN_A_LINE = 3
STAND: dict[Stand, tuple[str, Promise]] = {
    Stand.MET: ("done", gettext_lazy("so it is")),
    Stand.MISSING: ("closed", gettext_lazy("not so")),
    Stand.OPEN: ("unknown", gettext_lazy("not known yet")),
}
_YES_NO = {"yes": gettext_lazy("Yes"), "no": gettext_lazy("No")}
#: What can be noted of an application with one tap, by where it stands.
NEXT: dict[State, tuple[State, ...]] = {
    State.TO_REQUEST: (State.REQUESTED,),
    State.REQUESTED: (State.RECEIVED, State.REFUSED),
    State.REFUSED: (State.APPEALED,),
    State.APPEALED: (State.RECEIVED, State.REFUSED),
}


def question_line(worth: Worth) -> Context:
    """A question with its answers as buttons, why it is asked, and in how many things it counts."""
    question = questions()[worth.fact]
    group = next(one for one in groups() if one.key == question.group)
    answers = [(one, str(_YES_NO.get(one) or here(question.says[one]))) for one in choices_of(worth.fact)]
    return {
        "fact": worth.fact,
        "question": here(question.question),
        "why": here(group.why),
        "answers": answers,
        "ways_out": [(one, str(WAY_OUT[one])) for one in (NOT_KNOWN, NOT_SAID)],
        "said_by": [(one, words) for one, words in SAID_BY.items() if one != SaidBy.FILE],
        "counts_in": worth.counts_in,
    }


def item_line(found: Judged, one: JudgedPermit | JudgedService, fact_url: Callable[[str], str]) -> Context:
    """A permit or a service: what it is, where it stands for her, why, and what to ask."""
    judgement = one.judgement
    shape, status = STATUS[judgement.status]
    ask = [(question_words(key), fact_url(key)) for key in judgement.ask]
    return {
        **(permit_line(one.item) if isinstance(one, JudgedPermit) else service_line(one.item)),
        "shape": shape,
        "status": status,
        "because": [answer_words(key, answer_of(getattr(found.facts, key))) for key in judgement.failed],
        "ask": ask[:ASKED_IN_A_LINE],
        "ask_more": len(ask) - ASKED_IN_A_LINE,
        "needed": needed_line(found.why(one)),
        "days": _days(one) if isinstance(one, JudgedPermit) else "",
        "is_over": isinstance(one, JudgedPermit) and one.ends_on is not None and one.ends_on < found.answer.as_of,
    }


def needed_line(needed: Needed) -> Context:
    """What is needed, as lines within lines, each with where it stands."""
    shape, words = STAND[needed.stand]
    if needed.fact:
        says = questions()[needed.fact].says
        text = _(" or ").join(here(says[one]) for one in needed.answers)
    elif needed.parts:
        text = _("All of these:") if needed.all_of else _("One of these:")
    else:
        text = _("No condition: open to everybody.") if needed.all_of else _("Nobody.")
    return {"text": text, "shape": shape, "stand": words, "parts": [needed_line(part) for part in needed.parts]}


def called_for(viewer: Viewer) -> Mapping[str, Texts]:
    """What the rules that the viewer's organisation goes by call each permit and service."""
    return titles(schemes_for(viewer.organisation))


def change_lines(called: Mapping[str, Texts], changes: Iterable[ChangeLine]) -> list[Context]:
    """What changed, each in words; `called` says what the rules call things."""
    return [
        {
            "title": here(called[one.item]) if one.item in called else item_words(one.item),
            "country": country_name(one.country),
            "before": status_words(one.before),
            "after": status_words(one.after) or _("The rules no longer have it"),
            "shape": STATUS[one.after][0] if one.after in STATUS else "closed",
            "because": BECAUSE[one.because],
            "fact": question_words(one.fact) if one.fact else "",
            "on": one.on,
        }
        for one in changes
    ]


def application_line(code: str, application: ApplicationFile) -> Context:
    """A document or an application, where it stands, and what can be noted with one tap."""
    filled, state = application.filled, application.state
    shape, words = STATE[state]
    return {
        "id": application.id,
        "url": case_address("case_application", code, application.id),
        "kind": kind_words(filled.kind),
        "country": country_name(filled.country),
        "for": item_words(filled.permit) if filled.permit else "",
        "shape": shape,
        "state": words,
        "since": _since(application),
        "until": filled.days.expires if state in (State.RECEIVED, State.EXPIRED) else None,
        "where": filled.where,
        "reference": filled.reference,
        "note": filled.note,
        "taps": [(one, STATE[one][1]) for one in NEXT.get(filled.status, ())],
    }


def _since(application: ApplicationFile) -> Any:
    days = application.filled.days
    by_status = {
        State.REQUESTED: days.requested,
        State.RECEIVED: days.received,
        State.REFUSED: days.refused,
        State.APPEALED: days.appealed,
    }
    return by_status.get(application.filled.status)


def _days(permit: JudgedPermit) -> str:
    """From when until when, where both are known."""
    if permit.starts_on is None:
        return ""
    first = date_format(permit.starts_on, "DATE_FORMAT")
    if permit.ends_on is None:
        return _("Since %(first)s") % {"first": first}
    last = date_format(permit.ends_on, "DATE_FORMAT")
    return _("%(first)s to %(last)s, both days included") % {"first": first, "last": last}
