"""What was passed on about her, to whom and on which ground (R2)."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amparo.areas.access.rules import Part
from amparo.areas.cases import consenting
from amparo.areas.consent.actions import Passed
from amparo.areas.consent.asked import requests_about
from amparo.areas.consent.catalogue import current_consent_text
from amparo.areas.consent.queries import ConsentFile, DisclosureFile, consents_of, disclosure_of, disclosures_of
from amparo.areas.consent.rules import Ground, HerKnowing, State
from amparo.kernel import clock
from amparo.web.staff.case_pages import CaseForm, CasePart
from amparo.web.staff.consent_words import GROUND, KNOWING, STATE, recipient_kind_words, shared_list, worded
from amparo.web.staff.forms.consents import ToldForm
from amparo.web.staff.forms.disclosures import DisclosureForm
from amparo.web.staff.pages import Context
from amparo.web.staff.request_words import request_words

_SHAPE = {HerKnowing.TOLD: "done", HerKnowing.NOT_YET: "soon", HerKnowing.ENDANGERS: "plain"}


class Disclosures(CasePart):
    """Everything that left the house about her, latest first."""

    part = Part.CONSENTS
    section = "consents"
    template = "staff/consents/disclosures.html"

    def context(self) -> Context:
        """One card each."""
        can_write = bool(self.case.writable(self.viewer, Part.CONSENTS))
        found = disclosures_of(self.viewer, self.case.person)
        return {
            "title": _("Passed on"),
            "cards": [self._card(one, can_write) for one in found],
            "can_write": can_write,
            "requests": self._requests(),
        }

    def _requests(self) -> list[Context]:
        """What authorities asked about her, as far as it may be talked about with her."""
        if not self.case.readable(self.viewer, Part.REQUESTS):
            return []
        return [request_words(one) for one in requests_about(self.viewer, self.case.person)]

    def _card(self, one: DisclosureFile, can_write: bool) -> Context:
        tell = can_write and one.knowing is not HerKnowing.TOLD
        return {
            "disclosure": one,
            "kind": recipient_kind_words(one.recipient_kind),
            "shared": shared_list(one.shared),
            "ground": GROUND[one.ground],
            "knowing": KNOWING[one.knowing],
            "shape": _SHAPE[one.knowing],
            "tell_url": self.url("disclosure_told", one.id) if tell else "",
            "consent_url": self.url("consent", one.consent) if one.consent else "",
        }


class RecordDisclosure(CaseForm):
    """Note that something was passed on. Without a ground it is refused, with the way out."""

    part = Part.CONSENTS
    section = "consents"
    back_to = "case_disclosures"
    form_class = DisclosureForm
    title = gettext_lazy("Note what was passed on")
    intro = gettext_lazy("Best before it leaves: this page says whether it may.")
    done = gettext_lazy("Saved. She can ask for this list.")

    def form_arguments(self) -> Context:
        """What she said yes to, as grounds to choose from."""
        mine = consents_of(self.viewer, self.case.person)
        today = clock.today(self.viewer.time_zone)
        return {"covering": [(one.id, _her_yes(one, today)) for one in mine if one.recipient]}

    def initial(self) -> Context:
        """Today."""
        return {"on": clock.today(self.viewer.time_zone)}

    def save(self, form: Any) -> str:
        """Note it, if something opens it."""
        typed = form.cleaned_data
        consent = typed["consent"]
        passed = Passed(
            ground=Ground.CONSENT if consent is not None else Ground(typed["ground"]),
            consent=consent,
            recipient=typed["recipient"],
            recipient_kind=typed["recipient_kind"],
            shared=tuple(typed["shared"]),
            why=typed["why"],
            on=typed["on"],
            knowing=HerKnowing(typed["knowing"]),
            told_on=typed["told_on"],
            why_not=typed["why_not"],
        )
        consenting.record_disclosure(self.case, passed, by=self.viewer)
        return self.url("case_disclosures")


class NoteTold(CaseForm):
    """She was told."""

    part = Part.CONSENTS
    section = "consents"
    back_to = "case_disclosures"
    form_class = ToldForm
    title = gettext_lazy("She was told")
    done = gettext_lazy("Saved.")

    def fetch(self, **kwargs: Any) -> None:
        """The disclosure, if it is about her."""
        super().fetch(**kwargs)
        self.disclosure = disclosure_of(self.viewer, self.case.person, kwargs["disclosure"])

    def initial(self) -> Context:
        """Today."""
        return {"told_on": clock.today(self.viewer.time_zone)}

    def save(self, form: Any) -> str:
        """Note the day."""
        consenting.note_told(self.case, self.disclosure.id, by=self.viewer, told_on=form.cleaned_data["told_on"])
        return self.url("case_disclosures")


def _her_yes(consent: ConsentFile, today: date) -> str:
    title = worded(current_consent_text(consent.purpose).title)
    about = f"{title}: {consent.recipient}"
    state = consent.state_on(today)
    if state is State.GIVEN:
        return _("Her yes for %(about)s") % {"about": about}
    return f"{about} ({STATE[state]})"
