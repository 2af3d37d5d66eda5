"""The request desk in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from amparo.areas.consent.asked import RequestFile
from amparo.areas.consent.catalogue import request_bases
from amparo.areas.consent.rules.requests import Asker, Channel, DueWhy, Silence, State, Verdict

from .consent_words import KNOWING, worded

ASKER: dict[Asker, Promise] = {
    Asker.POLICE: gettext_lazy("Police"),
    Asker.PROSECUTOR: gettext_lazy("Prosecutor"),
    Asker.COURT: gettext_lazy("Court"),
    Asker.MIGRATION: gettext_lazy("Migration office"),
    Asker.CHILD_PROTECTION: gettext_lazy("Child protection"),
    Asker.OTHER: gettext_lazy("Another office"),
}
CHANNEL: dict[Channel, Promise] = {
    Channel.LETTER: gettext_lazy("A letter"),
    Channel.IN_PERSON: gettext_lazy("They came"),
    Channel.PHONE: gettext_lazy("A call"),
    Channel.EMAIL: gettext_lazy("An email"),
    Channel.ELECTRONIC: gettext_lazy("A portal of an office"),
}
STATE: dict[State, Promise] = {
    State.RECEIVED: gettext_lazy("Came in"),
    State.WEIGHED: gettext_lazy("Basis looked at"),
    State.DECIDED: gettext_lazy("Decided, not answered"),
    State.ANSWERED: gettext_lazy("Answered"),
    State.TAKEN_BACK: gettext_lazy("Taken back by them"),
}
SHAPE: dict[State, str] = {
    State.RECEIVED: "open",
    State.WEIGHED: "open-now",
    State.DECIDED: "soon",
    State.ANSWERED: "done",
    State.TAKEN_BACK: "plain",
}
VERDICT: dict[Verdict, Promise] = {
    Verdict.NOTHING: gettext_lazy("Give nothing, and do not say whether she is known here"),
    Verdict.MINIMAL: gettext_lazy("Give the least that suffices"),
    Verdict.AS_ORDERED: gettext_lazy("Give what the court ordered, no more"),
}
SILENCE: dict[Silence, Promise] = {
    Silence.ENDANGERS_HER: gettext_lazy("Telling her would endanger her"),
    Silence.ORDERED: gettext_lazy("A court forbids telling her"),
}
DUE: dict[DueWhy, Promise] = {
    DueWhy.ANSWER: gettext_lazy("Answer a request"),
    DueWhy.TELL_HER: gettext_lazy("Tell her of a request"),
    DueWhy.LOOK_AGAIN: gettext_lazy("Look again whether she can be told"),
}
NOTE: dict[str, Promise] = {
    "advice": gettext_lazy("Legal advice"),
    "appeal": gettext_lazy("Appeal or objection"),
    "call": gettext_lazy("Call or talk with them"),
}


def basis_words(basis: str) -> str:
    """On what a request stands; empty where nobody has looked yet."""
    return worded(request_bases()[basis].name) if basis else ""


def request_words(one: RequestFile) -> dict[str, object]:
    """A request in coded words alone: who asked, where it stands, what was decided, whether she knows."""
    return {
        "on": one.received_on,
        "who": ASKER[one.asker],
        "state": STATE[one.state],
        "shape": SHAPE[one.state],
        "verdict": VERDICT[Verdict(one.verdict)] if one.verdict else "",
        "knowing": KNOWING[one.knowing.knowing],
    }
