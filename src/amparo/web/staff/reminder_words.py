"""Words for what she is reminded of, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from amparo.areas.activities.reminders.showing import ReminderFile
from amparo.areas.activities.rules.reminding import About, Sending, Told, Why

from .contact_words import WAYS
from .history import VERBS, simple
from .words import WHY

STATES: dict[str, Promise] = {
    Sending.PLANNED: _("Will be sent"),
    Sending.SENDING: _("Is being sent"),
    Sending.SENT: _("Sent"),
    Sending.FAILED: _("Not sent: call her"),
    Sending.UNKNOWN: _("Perhaps sent; it is not sent again"),
    Sending.WITHDRAWN: _("Not sent"),
}
WHYS: dict[str, Promise] = {
    Why.NO_WAY: _("She agreed to no reminder in a way that can be used here now"),
    Why.NOT_HELD: _("It does not take place then"),
    Why.NOT_USED: _("Her file is closed, or not used at her wish"),
    Why.PAUSED: _("A pause was agreed with her"),
    Why.ALARM: _("It may not be safe for her: look at the session first"),
    Why.NO_HOUR: _("No hour that she agreed to is left"),
    Why.STOPPED: _("Stopped by her team"),
    Why.REFUSED: _("It cannot be delivered there"),
    Why.TRIED: _("Tried several times"),
    Why.NOT_REACHED: _("Nobody reached her"),
    Why.AGAIN: _("She was told that it is off, and now it takes place"),
}
_BY_HAND: dict[str, Promise] = {
    Sending.PLANNED: _("A colleague tells her"),
    Sending.SENT: _("She knows"),
    Sending.FAILED: _("Not reached"),
}
TOLD: dict[str, Promise] = {
    Told.REACHED: _("She knows"),
    Told.AGAIN: _("Nobody answered: later again"),
    Told.NOT_NOW: _("Not the moment: another day"),
    Told.NOT_REACHED: _("Not reached: no more tries"),
}
ABOUT: dict[str, Promise] = {About.TIME: _("When we meet"), About.CHANGED: _("That it is off")}


def state_words(one: ReminderFile) -> Promise:
    """Where it stands."""
    return (_BY_HAND if one.by_hand else {}).get(one.state, STATES[one.state])


def way_words(one: ReminderFile) -> str:
    """By which way; and what, where it is not simply when we meet."""
    way = str(WAYS[one.channel]) if one.channel else ""
    parts = [way, str(ABOUT[one.about]) if one.about is About.CHANGED else ""]
    return ". ".join(part for part in parts if part)


VERBS |= {
    "reminder stopped": simple(_("A reminder was stopped")),
    "call noted": lambda line: f"{gettext('A colleague told her a time, or tried to')}: {TOLD[line.words[0]]}",
    "call taken over": simple(_("A colleague took over telling her a time")),
    "reminder told": simple(_("She was told a time by a colleague")),
}
WHY |= {
    "not_reminded": _("Call her, as she agreed"),
    "not_reached": _("A colleague tried. Think of another way with her team"),
    "change_untold": _("She was told a time that is off now, and no agreed way is left: think of one"),
    "stands_again": _("She was told that a time is off. Now it takes place after all: tell her"),
    "perhaps_reminded": _("It broke off: perhaps she was reminded"),
}
