"""How long things are kept here, what is due to go, and who looks at it before anything goes."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from amparo.areas.access.rules import Part, Task, may_do
from amparo.areas.rights import keeping
from amparo.kernel.decision import NotThere, require
from amparo.kernel.language import pick
from amparo.web.staff.case_pages import CaseForm
from amparo.web.staff.case_words import reader
from amparo.web.staff.forms.rights import KeepLongerForm, PeriodForm
from amparo.web.staff.history import VERBS, simple
from amparo.web.staff.pages import Context, FormPage, StaffPage

VERBS["kept longer"] = simple(_("Kept longer than planned, with a reason"))


class Keeping(StaffPage):
    """Erasures that wait, cases whose time is over, and the schedule."""

    task = Task.KEEP_OR_ERASE
    place = "keeping"
    template = "staff/rights/keeping.html"

    def context(self) -> Context:
        """Three short lists."""
        return {
            "title": gettext("Keeping and erasing"),
            "erasures": keeping.open_erasures(self.viewer),
            "due": keeping.due_to_go(self.viewer),
            "periods": [
                {"one": one, "name": pick(one.text.name, reader()), "text": pick(one.text.text, reader())}
                for one in keeping.schedule(self.viewer)
            ],
        }


class ChangePeriod(FormPage):
    """Keep one kind of thing longer or shorter."""

    task = Task.KEEP_OR_ERASE
    place = "keeping"
    form_class = PeriodForm
    done = _("Saved.")

    def fetch(self, **kwargs: Any) -> None:
        """The period that the address names."""
        found = [one for one in keeping.schedule(self.viewer) if one.text.key == kwargs["keep"]]
        if not found:
            raise NotThere
        self.period = found[0]

    def cancel_url(self) -> str:
        """Back to the schedule."""
        return reverse("keeping")

    def form_arguments(self) -> Context:
        """How few and how many years."""
        return {"lowest": self.period.text.lowest, "highest": self.period.text.highest}

    def form_context(self) -> Context:
        """What it is about."""
        text = self.period.text
        return {"title": pick(text.name, reader()), "intro": pick(text.text, reader())}

    def initial(self) -> Context:
        """As it stands."""
        return {"years": self.period.years, "reason": self.period.reason}

    def save(self, form: Any) -> str:
        """Change it."""
        typed = form.cleaned_data
        keeping.set_period(self.period.text.key, by=self.viewer, years=typed["years"], reason=typed["reason"])
        return reverse("keeping")


class KeepLonger(CaseForm):
    """Keep a case whose time is over until another day."""

    part = Part.RIGHTS
    section = "rights"
    form_class = KeepLongerForm
    title = _("Keep it longer")
    intro = _("Her file is closed, and its time is over. Whoever keeps it longer says why, and until when.")
    done = _("Saved. It is looked at again on that day.")

    def fetch(self, **kwargs: Any) -> None:
        """A case that stands on the list; for whoever decides."""
        super().fetch(**kwargs)
        require(may_do(self.viewer, Task.KEEP_OR_ERASE))
        if not keeping.is_due(self.viewer, self.case):
            raise NotThere

    def cancel_url(self) -> str:
        """Back to the list."""
        return reverse("keeping")

    def save(self, form: Any) -> str:
        """Keep it."""
        typed = form.cleaned_data
        keeping.keep_longer(self.case, by=self.viewer, until=typed["until"], reason=typed["reason"])
        return reverse("keeping")
