"""Words for what she is reminded of, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amparo.areas.activities.rules.reminding import Sending, Why

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
    Why.ALARM: _("It may not be safe for her: look at the session first"),
    Why.NO_HOUR: _("No hour that she agreed to is left"),
    Why.STOPPED: _("Stopped by her team"),
    Why.REFUSED: _("It cannot be delivered there"),
    Why.TRIED: _("Tried several times"),
}
VERBS |= {
    "reminder stopped": simple(_("A reminder was stopped")),
    "reminder told": simple(_("She was told a time by a colleague")),
}
WHY |= {
    "not_reminded": _("Call her, as she agreed"),
    "perhaps_reminded": _("It broke off: perhaps she was reminded"),
}
