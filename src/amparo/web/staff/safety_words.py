"""The coded words of safety in the reader's language: triggers, incidents, measures, answers, and lines of history."""

from collections.abc import Callable, Mapping
from typing import Any, cast

from django.utils.functional import Promise, lazy
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from amparo.areas.cases.queries import HistoryLine
from amparo.areas.safety import catalogue
from amparo.areas.safety.instruments import Instrument
from amparo.areas.safety.rules import Proposal, Reason
from amparo.kernel.language import Texts, pick

from .history import VERBS, simple
from .words import WHY, level_words

Choice = tuple[str, Any]

DANGER: dict[str, Any] = {
    "yes": gettext_lazy("Yes"),
    "no": gettext_lazy("No"),
    "unknown": gettext_lazy("Not known"),
}
TOLD: dict[str, Any] = {
    "referent": gettext_lazy("Her referent"),
    "coordinator": gettext_lazy("The coordinator"),
    "team": gettext_lazy("Her team"),
    "police": gettext_lazy("The police, with her agreement or in danger to life"),
    "lawyer": gettext_lazy("Her lawyer"),
    "health": gettext_lazy("A doctor or hospital"),
    "other": gettext_lazy("Somebody else"),
}
AGREED: dict[str, Any] = {
    "yes": gettext_lazy("She agrees"),
    "partly": gettext_lazy("She agrees in part"),
    "no": gettext_lazy("She does not agree"),
    "not_yet": gettext_lazy("Not talked through with her yet"),
}
WHO: dict[str, Any] = {
    "she": gettext_lazy("She herself"),
    "referent": gettext_lazy("Her referent"),
    "team": gettext_lazy("Her team"),
    "other": gettext_lazy("Somebody else"),
}
MOMENT: dict[str, Any] = {
    "prepare": gettext_lazy("To prepare, in calm"),
    "now": gettext_lazy("In danger, now"),
    "after": gettext_lazy("When it is over"),
}
SERVICE: dict[str, Any] = {
    "all": gettext_lazy("Emergency"),
    "police": gettext_lazy("Police"),
    "ambulance": gettext_lazy("Ambulance"),
    "sms_emergency": gettext_lazy("Emergency by text message"),
    "hotline": gettext_lazy("Hotline"),
}
WEIGHT: dict[str, Any] = {
    "low": gettext_lazy("weighs a little"),
    "medium": gettext_lazy("weighs"),
    "high": gettext_lazy("weighs much"),
}
#: What somebody of the team taps when it happened; entry and the set time come by themselves.
TAPPED = tuple(one for one in catalogue.TRIGGER_KEYS if one not in ("entry", "set_time"))


def said(texts: Texts) -> str:
    """The text in the reader's language."""
    return pick(texts, get_language() or "en")


def trigger_words(trigger: str) -> str:
    """What opened a new assessment."""
    return said({one.key: one.name for one in catalogue.triggers().triggers}[trigger])


def incident_words(kind: str) -> str:
    """A kind of incident."""
    return said({one.key: one.name for one in catalogue.incident_kinds()}[kind])


def measure_words(key: str) -> str:
    """A measure of the catalogue; empty where the measure is her own."""
    return said({one.key: one.text for one in catalogue.measures()}[key]) if key else ""


def answer_words(asked: Instrument, item: str, answer: str) -> str:
    """An answer of an instrument; empty where there is none."""
    return said(asked.item(item).answer(answer).text) if answer else ""


def choices(words: Mapping[str, Any]) -> list[Choice]:
    """Coded words to choose from."""
    return list(words.items())


def ground_words(asked: Instrument, proposal: Proposal) -> str:
    """Why this level is proposed, in one sentence."""
    if proposal.alone:
        question = said(asked.item(proposal.alone).to_staff)
        return _("One answer is enough by itself: %(question)s") % {"question": question}
    if proposal.threshold is None:
        return _("No answer, and no number of answers, lifts it above low.")
    count = proposal.threshold.count
    if proposal.threshold.weight == "high":
        return ngettext("%(n)d answer weighs much.", "At least %(n)d answers weigh much.", count) % {"n": count}
    if proposal.threshold.weight == "medium":
        return _("At least %(n)d answers weigh.") % {"n": count}
    return _("At least %(n)d questions are open or weigh a little: not knowing is not safety.") % {"n": count}


def reason_line(asked: Instrument, reason: Reason, before: Mapping[str, str]) -> dict[str, Any]:
    """One reason as the screen shows it."""
    item = asked.item(reason.item)
    answer = before[reason.item] if reason.from_before else reason.answer
    return {
        "question": said(item.to_staff),
        "answer": answer_words(asked, reason.item, answer) or _("Not asked yet"),
        "weight": reason.weight,
        "weight_words": WEIGHT[reason.weight],
        "from_before": reason.from_before,
        "source": item.source,
    }


def _assessed(line: HistoryLine) -> str:
    return _("Risk assessed: %(level)s") % {"level": level_words(line.words[0])}


def _changed(line: HistoryLine) -> str:
    return trigger_words(line.words[0])


def _taken_back(line: HistoryLine) -> str:
    return _("Noted by mistake: %(what)s") % {"what": trigger_words(line.words[0])}


def _reported(line: HistoryLine) -> str:
    return _("Incident: %(kind)s") % {"kind": incident_words(line.words[0])}


def _followed_up(line: HistoryLine) -> str:
    return _("Incident followed up: %(kind)s") % {"kind": incident_words(line.words[0])}


def _planned(line: HistoryLine) -> str:
    return _("Safety plan: %(agreed)s") % {"agreed": AGREED[line.words[0]]}


VERBS |= {
    "risk assessment begun": simple(gettext_lazy("Risk assessment begun")),
    "risk assessed": _assessed,
    "something changed": _changed,
    "change taken back": _taken_back,
    "incident reported": _reported,
    "incident followed up": _followed_up,
    "safety plan written": _planned,
    "safety measure done": simple(gettext_lazy("Safety measure in place")),
    "safety measure reopened": simple(gettext_lazy("Safety measure no longer in place")),
}


def _later(words: Callable[[str], str], key: str) -> Promise:
    return cast("Promise", lazy(words, str)(key))


WHY |= {trigger: _later(trigger_words, trigger) for trigger in catalogue.TRIGGER_KEYS}
WHY |= {f"measure_{one.key}": _later(measure_words, one.key) for one in catalogue.measures()}
