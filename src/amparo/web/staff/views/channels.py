"""Which ways of sending work, for the administrator of the node."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amparo.areas.access.rules import Task
from amparo.areas.activities.reminders.working import ChannelFile, channels_of
from amparo.node.channels import Problem
from amparo.web.staff.contact_words import WAYS
from amparo.web.staff.pages import Context, StaffPage

PROBLEMS: dict[Problem, Promise] = {
    Problem.NOT_THERE: gettext_lazy("Nobody answers there. Look at the name and the port."),
    Problem.TOO_SLOW: gettext_lazy("It does not answer in time."),
    Problem.NOT_ENCRYPTED: gettext_lazy("It offers no encryption there, so nothing is sent. Look at the port."),
    Problem.NOT_TRUSTED: gettext_lazy("Its certificate is not valid for this name, so nothing is sent."),
    Problem.SIGN_IN: gettext_lazy("It does not let us in. Look at the user name, the password or the token."),
    Problem.BUSY: gettext_lazy("It was too busy. What could not be sent is tried again."),
    Problem.NOT_TAKEN: gettext_lazy("It did not take a message. Her team finds it on Today; here is nothing to do."),
    Problem.BROKEN_OFF: gettext_lazy("The link broke while a message was handed over. It is not sent a second time."),
}


class ChannelsThere(StaffPage):
    """How each is set up and how it went last; nothing of any woman."""

    task = Task.MANAGE_MEMBERS
    place = "channels"
    template = "staff/members/channels.html"

    def context(self) -> Context:
        """Both channels, set up or not."""
        found = channels_of(self.viewer)
        return {"title": _("Channels"), "wrong": found.wrong, "rows": [_row(one) for one in found.channels]}


def _row(one: ChannelFile) -> Context:
    state, shape = _("Works"), "done"
    if not one.place:
        state, shape = _("Not set up"), "plain"
    elif one.fails:
        state, shape = _("Failed last"), "overdue"
    elif one.sent_at is None:
        state, shape = _("Not used yet"), "open"
    return {
        "one": one,
        "way": WAYS[one.channel],
        "state": state,
        "shape": shape,
        "problem": PROBLEMS[one.problem] if one.problem else "",
    }
