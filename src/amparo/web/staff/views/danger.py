"""A case opened in danger to life: doing it, what the team and the officer see of it, ending it, looking at it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from amparo.areas.access.at_need import may_end_glass, may_look_at_glass
from amparo.areas.access.rules import Part, Task
from amparo.areas.cases import danger
from amparo.areas.cases.rules import DueKind, Finding, Glass
from amparo.kernel.decision import require
from amparo.web.staff.case_pages import CaseCommand, CaseForm, CasePart
from amparo.web.staff.forms.need import FINDINGS, DangerForm, LookForm
from amparo.web.staff.history import VERBS, simple
from amparo.web.staff.lines import READ_AT
from amparo.web.staff.pages import Context, FormPage

VERBS |= {
    "opened in danger to life": simple(_("Opened by a colleague because her life is in danger")),
    "danger ended": simple(_("The opening in danger to life was ended")),
    "danger looked at": simple(_("The data protection officer looked at the opening in danger to life")),
}
READ_AT[DueKind.GLASS] = "case_danger"
STATES = {
    Glass.RUNNING: _("Open now"),
    Glass.ENDED: _("Over; waits for the data protection officer"),
    Glass.LOOKED_AT: _("Looked at"),
}


class OpenInDanger(FormPage):
    """Open a case of the house, from outside her team, because her life is in danger."""

    task = Task.OPEN_IN_DANGER
    place = "cases"
    form_class = DangerForm
    title = _("Her life is in danger")
    intro = _(
        "You see what is needed to help her: how to reach her, her safety, her children, her name. It is open to you "
        "for three hours. Her team and the data protection officer are told at once, with your reason. You can be "
        "asked about it afterwards; nobody is blamed for a false alarm."
    )
    submit_label = _("Open her file now")

    def cancel_url(self) -> str:
        """The list of women."""
        return reverse("cases")

    def save(self, form: Any) -> str:
        """Open it."""
        code = danger.break_glass(by=self.viewer, typed=form.cleaned_data["who"], reason=form.cleaned_data["reason"])
        return reverse("case", args=(code,))


class GlassPage(CasePart):
    """A page about one opening of this case."""

    part = Part.HEAD
    section = "now"
    glass: danger.GlassFile

    def fetch(self, **kwargs: Any) -> None:
        """The opening must be one of this case, and concern the reader."""
        super().fetch(**kwargs)
        self.glass = danger.glass_of(self.viewer, self.case, kwargs["glass"])


class Opened(GlassPage):
    """Who opened it, when, why, and where that stands."""

    template = "staff/need/danger.html"

    def context(self) -> Context:
        """What may be done about it now."""
        glass, viewer = self.glass, self.viewer
        running = glass.state is Glass.RUNNING
        looks = bool(may_look_at_glass(viewer, organisation=self.case.organisation))
        ends = bool(may_end_glass(viewer, opened_by=glass.member, ties=self.case.ties(viewer)))
        return {
            "glass": glass,
            "state": STATES[glass.state],
            "finding": dict(FINDINGS).get(Finding(glass.finding)) if glass.finding else "",
            "may_end": running and ends,
            "may_look": looks and glass.state is Glass.ENDED,
        }


class End(GlassPage, CaseCommand):
    """End it before its time."""

    writes = False
    done = _("Her file is closed again to who opened it.")

    def act(self) -> str:
        """End it; who opened it may know nothing of her case afterwards."""
        danger.end_glass(self.case, self.glass.id, by=self.viewer)
        return reverse("cases") if self.glass.member == self.viewer.member else self.back_url()


class LookAt(GlassPage, CaseForm):
    """The data protection officer records having looked at it."""

    writes = False
    form_class = LookForm
    title = _("Look at an opening in danger to life")
    intro = _("Look at what was read, and talk with the colleague. Her team sees that you looked, not what you write.")
    done = _("Saved.")

    def fetch(self, **kwargs: Any) -> None:
        """For the officer alone."""
        super().fetch(**kwargs)
        require(may_look_at_glass(self.viewer, organisation=self.case.organisation))

    def save(self, form: Any) -> str:
        """Record it."""
        typed = form.cleaned_data
        finding = Finding(typed["finding"])
        danger.look_at_glass(self.case, self.glass.id, by=self.viewer, finding=finding, words=typed["words"])
        return self.url("case_danger", self.glass.id)
