"""A deadline that somebody has seen: it comes back at its next warning."""

from django.utils.translation import gettext_lazy as _

from amparo.areas.access.rules import Part
from amparo.areas.cases.deadlines import see_deadline
from amparo.web.staff.case_pages import CaseCommand


class SeeDeadline(CaseCommand):
    """One tap. In its last days a deadline stays, whoever has seen it."""

    part = Part.LEGAL
    done = _("Seen. It comes back in good time.")

    def act(self) -> str:
        """Put it off."""
        see_deadline(self.case, self.kwargs["due"], by=self.viewer)
        return self.back_url()
