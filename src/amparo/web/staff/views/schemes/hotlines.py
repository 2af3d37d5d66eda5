"""The telephone lines of the member states: to call for her, or with her. Nothing of anyone stands here.

They are for whoever is signed in, not for the world: a page on this node's open address that lists such lines would
tell whoever finds the address in a phone what the house does (R7).
"""

from django.utils.translation import gettext as _

from amparo.areas.access.rules import Task
from amparo.areas.directory.catalogue import COUNTRIES
from amparo.kernel import clock
from amparo.web.components.fields import country_name
from amparo.web.staff.directory_lines import numbers_age, states
from amparo.web.staff.pages import Context, StaffPage


class Hotlines(StaffPage):
    """Every state with its lines, or the one that was asked for."""

    task = Task.READ_SCHEMES
    place = "schemes"
    template = "staff/schemes/hotlines.html"

    def context(self) -> Context:
        """The states, and which one is chosen."""
        asked = self.asked_for("country")
        chosen = asked if asked in COUNTRIES else ""
        names = sorted(((one, country_name(one)) for one in COUNTRIES), key=lambda one: one[1].casefold())
        return {
            "title": _("Hotlines"),
            "states": states(only=chosen),
            "names": names,
            "chosen": chosen,
            "age": numbers_age(today=clock.today(self.viewer.time_zone)),
        }
