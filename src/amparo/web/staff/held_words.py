"""The coded words of sessions as they are held, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from amparo.areas.activities.held.hers import Course
from amparo.areas.activities.rules.states import Agreed, Found, Paper, RoomNeed

NEEDS: dict[str, Promise] = {
    RoomNeed.STEP_FREE: _("No steps"),
    RoomNeed.BREAKS: _("Breaks, a comfortable chair"),
    RoomNeed.NEAR_DOOR: _("A seat near the door"),
    RoomNeed.QUIET: _("Quiet, no sudden noise"),
    RoomNeed.SIGHT: _("Sees little: large letters"),
    RoomNeed.HEARING: _("Hears little: a seat in front"),
    RoomNeed.READING: _("Without reading and writing"),
    RoomNeed.MEDIATOR: _("Somebody who interprets"),
    RoomNeed.NO_PICTURES: _("No pictures of her"),
    RoomNeed.NO_TOUCH: _("Nobody touches her"),
}
FOUND: dict[str, Promise] = {
    Found.COMES_AGAIN: _("She comes again, nothing stands in the way"),
    Found.TIME: _("Work, an office or the children need this hour"),
    Found.WAY: _("The way there"),
    Found.CHILDREN: _("Nobody looks after the children"),
    Found.HEALTH: _("Health"),
    Found.NOT_FOR_HER: _("It is not what she hoped for"),
    Found.GROUP: _("She does not feel well in this group"),
    Found.SAFETY: _("She does not feel safe"),
    Found.REST: _("She needs rest"),
    Found.NOT_REACHED: _("Not reached in the ways that she agreed to"),
    Found.NOT_SAID: _("She does not want to say"),
}
AGREED: dict[str, Promise] = {
    Agreed.OTHER_TIME: _("Another time"),
    Agreed.OTHER_GROUP: _("Another group or activity"),
    Agreed.ALONE: _("The same alone with one professional"),
    Agreed.CHILDCARE: _("Childcare"),
    Agreed.TICKETS: _("Tickets"),
    Agreed.LANGUAGE: _("Help with the language"),
    Agreed.PAUSE: _("A pause; her place waits for her"),
    Agreed.LEAVES: _("She ends her place, and may come back"),
    Agreed.ASSESS: _("Look at her safety together"),
}
PAPERS: dict[str, Promise] = {
    Paper.PARTICIPATION: _("That she took part"),
    Paper.COMPLETION: _("That she completed it"),
}


def cancelled_words(course: Course) -> str:
    """How many sessions were held in the days of her place, and how many were cancelled; empty where none was."""
    if not course.cancelled:
        return ""
    held = ngettext("%(count)s session was held", "%(count)s sessions were held", len(course.held))
    cancelled = ngettext("%(count)s was cancelled", "%(count)s were cancelled", course.cancelled)
    said = {"held": held % {"count": len(course.held)}, "cancelled": cancelled % {"count": course.cancelled}}
    return gettext("In the days of her place %(held)s, and %(cancelled)s.") % said
