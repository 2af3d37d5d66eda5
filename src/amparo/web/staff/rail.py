"""The rail: the few places of the site, only those that the role has."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from amparo.areas.access.rules import Task, Viewer, may_do

PLACES = (
    (Task.SEE_TODAY, "today", _("Today")),
    (Task.LIST_CASES, "cases", _("Women")),
    (Task.PLAN_SESSIONS, "periods", _("Sessions")),
    (Task.READ_PROGRAMME, "activities", _("Activities")),
    (Task.HOLD_SESSIONS, "held_today", _("You hold")),
    (Task.RECEIVE_REFERRALS, "referrals", _("Referrals")),
    (Task.ACTIVITY_FIGURES, "activity_figures", _("Figures")),
    (Task.READ_AUDIT, "desk", _("Data protection")),
    (Task.HANDLE_REQUESTS, "requests", _("Authorities")),
    (Task.MANAGE_MEMBERS, "members", _("Colleagues")),
    (Task.MANAGE_MEMBERS, "channels", _("Channels")),
    (Task.KEEP_OR_ERASE, "keeping", _("Keeping")),
    (Task.RECORD_TRAINING, "members", _("Colleagues")),
    (Task.READ_SCHEMES, "schemes", _("The law")),
)


def rail(viewer: Viewer, current: str) -> list[dict[str, Any]]:
    """The entries for this viewer, with the current one marked."""
    return [
        {"url": reverse(name), "label": label, "current": name == current}
        for task, name, label in PLACES
        if may_do(viewer, task)
    ]
