"""What every page shows around its content."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amparo.areas.orgs.queries import Membership
from amparo.areas.orgs.rules import Role
from amparo.kernel import clock

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
        "printed": printed_words(mine),
        "idle_ends": timezone.localtime(clock.now() + timedelta(minutes=settings.IDLE_MINUTES)),
        "idle_seconds": settings.IDLE_MINUTES * 60,
    }


def printed_words(mine: Membership) -> str:
    """What stands below a page when it is printed: the paper tells who let it out of the house, and when."""
    moment = date_format(timezone.localtime(clock.now()), "SHORT_DATETIME_FORMAT")
    words = {"name": mine.name, "organisation": mine.organisation_name, "moment": moment}
    return _("Printed by %(name)s, %(organisation)s, %(moment)s") % words


ROLE_WORDS: dict[Role, Promise] = {
    Role.CASEWORKER: gettext_lazy("Caseworker"),
    Role.COORDINATOR: gettext_lazy("Coordinator"),
    Role.PSYCHOLOGIST: gettext_lazy("Psychologist"),
    Role.LAWYER: gettext_lazy("Lawyer"),
    Role.MEDIATOR: gettext_lazy("Cultural mediator"),
    Role.FACILITATOR: gettext_lazy("Activity facilitator"),
    Role.HOTLINE_OPERATOR: gettext_lazy("Hotline operator"),
    Role.ANALYST: gettext_lazy("Analyst"),
    Role.DATA_PROTECTION_OFFICER: gettext_lazy("Data protection officer"),
    Role.ADMINISTRATOR: gettext_lazy("Administrator"),
}


def role_words(role: Role) -> str:
    """A role in the reader's language."""
    return str(ROLE_WORDS[role])
