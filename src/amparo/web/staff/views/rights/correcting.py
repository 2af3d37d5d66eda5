"""She says that something is wrong: taken down, then put right, or her words stand beside it."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from amparo.areas.access.rules import Part
from amparo.areas.rights import correcting
from amparo.areas.rights.narratives import narratives_of
from amparo.areas.rights.rules import Correcting
from amparo.kernel import clock
from amparo.web.staff.case_pages import CaseForm
from amparo.web.staff.forms.rights import CorrectForm, DecideCorrectionForm
from amparo.web.staff.pages import Context
from amparo.web.staff.rights_words import TO_HOLD, thing_words


class AskToCorrect(CaseForm):
    """What is wrong, in her words."""

    part = Part.RIGHTS
    section = "rights"
    back_to = "case_rights"
    form_class = CorrectForm
    title = _("She says that something is wrong")
    intro = _("Write it as she says it. It is put right, or her words stand beside it for everybody who reads it.")
    done = _("Saved. She gets an answer within a month; it stands on Today.")

    def form_arguments(self) -> Context:
        """The single things that the viewer reads, then the parts."""
        each = [
            (one.thing, f"{thing_words(one.thing)}, {date_format(one.on, 'SHORT_DATE_FORMAT')}")
            for one in narratives_of(self.viewer, self.case)
            if one.on
        ]
        parts = [(part.value, thing_words(part)) for part in TO_HOLD if self.case.readable(self.viewer, part)]
        return {"things": [*each, *parts]}

    def initial(self) -> Context:
        """Today; what the address asks for."""
        return {"asked_on": clock.today(self.viewer.time_zone), "thing": self.asked_for("thing")}

    def save(self, form: Any) -> str:
        """Take it down."""
        typed = form.cleaned_data
        correcting.ask(
            self.case, by=self.viewer, thing=typed["thing"], words=typed["words"], asked_on=typed["asked_on"]
        )
        return self.url("case_rights")


class DecideCorrection(CaseForm):
    """Put it right, or say why it stays and let her words stand beside it."""

    part = Part.RIGHTS
    section = "rights"
    back_to = "case_rights"
    form_class = DecideCorrectionForm
    title = _("Put it right, or let her words stand beside it")
    template = "staff/rights/correct.html"
    done = _("Saved. Tell her what became of it.")

    def fetch(self, **kwargs: Any) -> None:
        """What she said, if it is about something that the viewer reads."""
        super().fetch(**kwargs)
        self.wish = correcting.correction_of(self.viewer, self.case, kwargs["correction"])
        self.text = correcting.note_text(self.viewer, self.case, self.wish.thing)

    def form_arguments(self) -> Context:
        """Whether there is a text to write anew."""
        return {"has_text": bool(self.text)}

    def form_context(self) -> Context:
        """What she said, and about what."""
        return {"wish": self.wish, "what": thing_words(self.wish.thing)}

    def initial(self) -> Context:
        """The text as it stands."""
        return {"text": self.text}

    def save(self, form: Any) -> str:
        """Decide it."""
        typed = form.cleaned_data
        correcting.decide(
            self.case,
            self.wish.id,
            by=self.viewer,
            state=Correcting(typed["state"]),
            why=typed["why"],
            text=typed.get("text", ""),
        )
        return self.url("case_rights")
