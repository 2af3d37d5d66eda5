"""The log and what stands out in it, in the reader's language."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amparo.areas.access.rules import Purpose
from amparo.areas.audit.actions import Fact
from amparo.areas.audit.catalogue import acts, thresholds
from amparo.areas.audit.rules import Does, Outcome, RuleKey
from amparo.areas.orgs.rules import Role
from amparo.web.context import role_words

from .consent_words import worded

DOES: dict[Does, Promise] = {
    Does.LOOKED: gettext_lazy("Looked"),
    Does.OPENED: gettext_lazy("Opened an identity"),
    Does.OVERSAW: gettext_lazy("Looked at the traces themselves"),
    Does.CHANGED: gettext_lazy("Wrote or changed"),
    Does.SEARCHED: gettext_lazy("Searched by name"),
    Does.PRINTED: gettext_lazy("Took out on paper or as a file"),
    Does.PASSED_ON: gettext_lazy("Passed on"),
    Does.EMERGENCY: gettext_lazy("Opened because of danger to life"),
    Does.MANAGED: gettext_lazy("Changed settings or colleagues"),
    Does.SYSTEM: gettext_lazy("The node or a command"),
}
OUTCOMES: dict[Outcome, Promise] = {
    Outcome.USUAL_WORK: gettext_lazy("Usual work: nothing more to do"),
    Outcome.EXPLAINED: gettext_lazy("Asked, and understood why"),
    Outcome.TALKED: gettext_lazy("Talked about it, and something changes"),
    Outcome.TAKEN_FURTHER: gettext_lazy("Taken further: coordination, or an authority for data protection"),
}
_PURPOSES: dict[Purpose, Promise] = {
    Purpose.GROUP: gettext_lazy("for today's group"),
    Purpose.COORDINATE: gettext_lazy("to coordinate, not in her team"),
    Purpose.OVERSEE: gettext_lazy("to oversee, not in her team"),
    Purpose.DANGER: gettext_lazy("in danger to life"),
    Purpose.APPROVED: gettext_lazy("a second person agreed"),
}
_FACTS: dict[str, Promise] = {
    "found": gettext_lazy("found"),
    "elsewhere": gettext_lazy("of other teams"),
    "what": gettext_lazy("what"),
    "parts": gettext_lazy("parts"),
    "fields": gettext_lazy("fields"),
    "shared": gettext_lazy("told"),
    "verdict": gettext_lazy("decision"),
    "words": gettext_lazy("coded"),
    "outcome": gettext_lazy("outcome"),
    "new": gettext_lazy("new"),
}


def act_words(verb: str) -> str:
    """What an entry says; the verb itself where no words are written for it yet."""
    act = acts().get(verb)
    return worded(act.text) if act else verb


def rule_words(rule: RuleKey) -> str:
    """What stands out."""
    return worded(thresholds()[rule].name)


def rule_reason(rule: RuleKey) -> str:
    """Why that is worth a look from just there on."""
    return worded(thresholds()[rule].why)


def who_words(name: str, role: Role | None) -> str:
    """A colleague with her or his role; the node itself where nobody acted."""
    return f"{name} ({role_words(role)})" if role else _("The node")


def fact_words(facts: Mapping[str, Fact]) -> str:
    """What an entry knows besides, in short."""
    said = [f"{_FACTS[key]}: {value}" for key, value in facts.items() if key in _FACTS and value not in ("", None)]
    if facts.get("purpose") in _PURPOSES:
        said.append(str(_PURPOSES[Purpose(str(facts["purpose"]))]))
    return "; ".join(said)
