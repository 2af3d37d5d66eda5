"""Keeping something without using it, lifting that with her word, and reading it all the same with a reason."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from amparo.areas.access.rules import WHOLE_FILE, Part
from amparo.areas.cases import restricting
from amparo.areas.cases.rules import HeldBecause
from amparo.kernel import clock
from amparo.kernel.decision import NotThere
from amparo.web.staff.case_pages import CaseForm
from amparo.web.staff.forms.rights import LiftForm, ReadHeldForm, RestrictForm
from amparo.web.staff.pages import Context
from amparo.web.staff.rights_words import TO_HOLD, section_of, thing_words


class Restrict(CaseForm):
    """Keep all of it, a part, or the one narrative that the address names."""

    part = Part.RIGHTS
    section = "rights"
    back_to = "case_rights"
    form_class = RestrictForm
    title = _("Keep it, and do not use it")
    intro = _(
        "From now on nobody changes it, and whoever reads it says why. Who accompanies her stays as it is, and so does "
        "all help. It ends with her word alone."
    )
    done = _("Saved. It is kept and not used from now on.")

    def form_arguments(self) -> Context:
        """What can be held: the narrative that was asked for stands first."""
        things = [(WHOLE_FILE, thing_words(WHOLE_FILE)), *((part.value, thing_words(part)) for part in TO_HOLD)]
        asked = self._asked()
        return {"things": [(asked, thing_words(asked)), *things] if asked else things}

    def initial(self) -> Context:
        """Today."""
        return {"since": clock.today(self.viewer.time_zone), "thing": self._asked() or None}

    def save(self, form: Any) -> str:
        """Hold it."""
        typed = form.cleaned_data
        restricting.restrict(
            self.case,
            by=self.viewer,
            thing=typed["thing"],
            ground=HeldBecause(typed["ground"]),
            words=typed["words"],
            since=typed["since"],
        )
        return self.url("case_rights")

    def _asked(self) -> str:
        thing = self.asked_for("thing")
        if not thing:
            return ""
        restricting.require_thing(self.viewer, self.case, thing)
        return thing if thing not in (WHOLE_FILE, *TO_HOLD) else ""


class Lift(CaseForm):
    """She says that it may be used again."""

    part = Part.RIGHTS
    section = "rights"
    back_to = "case_rights"
    form_class = LiftForm
    title = _("It may be used again")
    intro = _("Only she can say so. Write down what she said.")
    done = _("Saved. It is used again.")

    def fetch(self, **kwargs: Any) -> None:
        """The restriction, if it is of this case and still holds."""
        super().fetch(**kwargs)
        held = [one.id for one in restricting.restrictions_of(self.viewer, self.case) if one.lifted_on is None]
        if kwargs["restriction"] not in held:
            raise NotThere

    def initial(self) -> Context:
        """Today."""
        return {"on": clock.today(self.viewer.time_zone)}

    def save(self, form: Any) -> str:
        """Lift it."""
        typed = form.cleaned_data
        number = self.kwargs["restriction"]
        restricting.lift(self.case, number, by=self.viewer, words=typed["words"], on=typed["on"])
        return self.url("case_rights")


class ReadHeld(CaseForm):
    """The reason comes first; then the part opens to this colleague for half an hour."""

    part = Part.RIGHTS
    section = "rights"
    form_class = ReadHeldForm
    title = _("Kept and not used, at her wish")
    intro = _("Read it only if you must: danger, a court, or her own request. She can ask who read it and why.")
    submit_label = _("Read it")

    def fetch(self, **kwargs: Any) -> None:
        """The case, if the thing is held in it; where it is open to the viewer anyway is decided when it is read."""
        super().fetch(**kwargs)
        if not restricting.holds(self.case, kwargs["thing"]):
            raise NotThere

    def form_context(self) -> Context:
        """What it is."""
        return {"title": f"{self.title}: {thing_words(self.kwargs['thing'])}"}

    def save(self, form: Any) -> str:
        """Note the reason, open it."""
        thing = self.kwargs["thing"]
        restricting.read_with_reason(self.case, thing, by=self.viewer, reason=form.cleaned_data["reason"])
        return self.url(section_of(thing))
