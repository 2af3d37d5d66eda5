"""The coded words of activities in the reader's language."""

from collections.abc import Mapping
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amparo.areas.activities.rules.states import Answer, Came, CostKind, InGroup, Kind, Moment, Reason
from amparo.web.components.fields import language_name

KINDS: dict[str, Promise] = {Kind.GROUP: _("In a group"), Kind.INDIVIDUAL: _("Alone with one professional")}
ANSWERS: dict[str, Promise] = {Answer.YES: _("Yes"), Answer.LATER: _("Later, perhaps"), Answer.NO: _("No")}
IN_GROUP: dict[str, Promise] = {
    InGroup.YES: _("Yes, with others"),
    InGroup.ALONE: _("Only alone"),
    InGroup.NOT_ASKED: _("Not asked yet"),
}
REASONS: dict[str, Promise] = {
    Reason.WORK: _("Work"),
    Reason.SCHOOL: _("The children's school"),
    Reason.COURT: _("Court"),
    Reason.OFFICE: _("An office"),
    Reason.HEALTH: _("Health"),
    Reason.CHILDREN: _("Nobody looks after the children"),
    Reason.TRANSPORT: _("The way there"),
    Reason.REST: _("She needs rest"),
    Reason.OTHER: _("Something else"),
}
CAME: dict[str, Promise] = {
    Came.CAME: _("Was there"),
    Came.PART: _("Was there for a part"),
    Came.ABSENT: _("Could not come"),
}
MOMENTS: dict[str, Promise] = {Moment.START: _("At the start"), Moment.END: _("At the end")}
COSTS: dict[str, Promise] = {
    CostKind.LEADER: _("Who holds it"),
    CostKind.MATERIALS: _("Materials"),
    CostKind.ROOM: _("Room"),
    CostKind.CHILDCARE: _("Childcare"),
    CostKind.TICKETS: _("Tickets"),
    CostKind.OTHER: _("Something else"),
}
AVOIDS: dict[str, Promise] = {
    "woman": _("One woman of this house"),
    "everybody": _("Everybody: she meets nobody"),
    "site": _("A place"),
}
LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")


def weekday_words(weekday: int) -> str:
    """The name of a day of the week; 0 is Monday."""
    return str(WEEKDAYS[weekday])


def weekday_of(value: Any, _row: Mapping[str, Any]) -> str:
    """The same for a row of her file."""
    return weekday_words(value)


def level_words(levels: Mapping[str, str]) -> str:
    """Her levels, each language with its own: 'Spanish A1, English B2'."""
    return ", ".join(f"{language_name(language)} {level}" for language, level in sorted(levels.items()))


def levels_of(value: Any, _row: Mapping[str, Any]) -> str:
    """The same for a row of her file."""
    return level_words(value)


def answers_of(value: Any, _row: Mapping[str, Any]) -> str:
    """The numbers that she chose, in the order of the questions, for a row of her file."""
    return ", ".join(str(one) for one in value.values())
