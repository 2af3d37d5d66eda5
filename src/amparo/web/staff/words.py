"""Coded words in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amparo.areas.access.rules import Audience
from amparo.areas.cases.rules import DueKind, Status

_STATUS: dict[str, Promise] = {
    Status.MEETING: gettext_lazy("Getting to know each other"),
    Status.ACCOMPANIED: gettext_lazy("Accompanied"),
    Status.FOLLOW_UP: gettext_lazy("Follow-up"),
    Status.CLOSED: gettext_lazy("Closed"),
}
_LEVEL: dict[str, Promise] = {
    "low": gettext_lazy("low"),
    "medium": gettext_lazy("medium"),
    "high": gettext_lazy("high"),
}
LEVELS_TO_CHOOSE = [
    ("low", gettext_lazy("Low")),
    ("medium", gettext_lazy("Medium")),
    ("high", gettext_lazy("High")),
]
_DUE: dict[str, Promise] = {
    DueKind.REFERRAL: gettext_lazy("Read how she came to you"),
    DueKind.INTERVIEW: gettext_lazy("First interview"),
    DueKind.APPOINTMENT: gettext_lazy("Appointment"),
    DueKind.SESSION: gettext_lazy("A planned session: look at it"),
    DueKind.REMINDER: gettext_lazy("She could not be reminded as agreed"),
    DueKind.RISK: gettext_lazy("Assess her risk"),
    DueKind.REVIEW: gettext_lazy("Review with her"),
    DueKind.STEP: gettext_lazy("Next step"),
    DueKind.MEASURE: gettext_lazy("Safety measure"),
    DueKind.CONSENT: gettext_lazy("Consent ends: ask her"),
    DueKind.HANDOVER: gettext_lazy("Handover to read"),
    DueKind.REFERENT_TOLD: gettext_lazy("Tell her about the change of referent"),
    DueKind.FOLLOW_UP: gettext_lazy("Follow-up call"),
    DueKind.DEADLINE: gettext_lazy("Deadline"),
    DueKind.EXPIRY: gettext_lazy("A document ends"),
    DueKind.ENTITLED: gettext_lazy("What she can have changed"),
    DueKind.RIGHTS: gettext_lazy("Answer what she asked about her file"),
    DueKind.TELL_HER: gettext_lazy("Tell her what was passed on"),
    DueKind.ASK_AFTER: gettext_lazy("She has not come twice: ask how she is"),
    DueKind.SAID_LATE: gettext_lazy("What she said of a group came late: save it"),
    DueKind.GLASS: gettext_lazy("Opened in danger to life: to be looked at"),
    DueKind.IDENTITY_ASK: gettext_lazy("A colleague asks to open her identity"),
}
_AUDIENCE: dict[str, Promise] = {
    Audience.TEAM: gettext_lazy("Her team"),
    Audience.PSYCHOLOGIST: gettext_lazy("Psychologist only"),
    Audience.LAWYER: gettext_lazy("Lawyer only"),
    Audience.REFERENT: gettext_lazy("Referent only"),
}
_WHEN: dict[str, Promise] = {
    "overdue": gettext_lazy("Overdue"),
    "today": gettext_lazy("Today"),
    "week": gettext_lazy("This week"),
    "later": gettext_lazy("Later"),
}


def status_words(status: str) -> str:
    """Where a case stands."""
    return str(_STATUS[status])


def level_words(level: str) -> str:
    """A level of risk; 'not assessed yet' where there is none."""
    return str(_LEVEL.get(level, _("not assessed yet")))


def due_words(kind: str) -> str:
    """What is due, as something to do."""
    return str(_DUE[kind])


def audience_words(audience: str) -> str:
    """Who a note is for."""
    return str(_AUDIENCE[audience])


def when_words(when: str) -> str:
    """How soon it is due."""
    return str(_WHEN[when])


def statuses() -> list[tuple[str, str]]:
    """Every status with its words, for a list to choose from."""
    return [(key, str(words)) for key, words in _STATUS.items()]


def audience_choices(mine: frozenset[Audience]) -> list[tuple[str, str]]:
    """The audiences to choose from: those the writer belongs to, and the professionals one may write to."""
    open_to_all = {Audience.TEAM, Audience.PSYCHOLOGIST, Audience.LAWYER}
    return [(key, str(words)) for key, words in _AUDIENCE.items() if key in mine | open_to_all]


def why_words(why: str) -> str:
    """Why something is due; empty where no reason was noted."""
    return str(WHY[why]) if why in WHY else ""


# Reasons of what is due; each part of the path adds its own.
WHY: dict[str, Promise] = {}
