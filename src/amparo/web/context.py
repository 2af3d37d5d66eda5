"""What every page shows around its content."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from amparo.areas.orgs.rules import Role

from .signin import seat_of


def page(request: HttpRequest) -> dict[str, Any]:
    """The organisation, the person signed in, and the browser tab's word, which says nothing of who we are."""
    seat = seat_of(request)
    if seat is None:
        return {}
    mine = seat.membership
    return {
        "organisation_name": mine.organisation_name,
        "tab_title": mine.tab_title,
        "user_name": mine.name,
        "user_role": role_words(mine.role),
    }


def role_words(role: Role) -> str:
    """A role in the reader's language."""
    return {
        Role.CASEWORKER: _("Caseworker"),
        Role.COORDINATOR: _("Coordinator"),
        Role.PSYCHOLOGIST: _("Psychologist"),
        Role.LAWYER: _("Lawyer"),
        Role.MEDIATOR: _("Cultural mediator"),
        Role.FACILITATOR: _("Activity facilitator"),
        Role.HOTLINE_OPERATOR: _("Hotline operator"),
        Role.ANALYST: _("Analyst"),
        Role.DATA_PROTECTION_OFFICER: _("Data protection officer"),
        Role.ADMINISTRATOR: _("Administrator"),
    }[role]
