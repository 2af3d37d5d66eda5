"""Closing with her, asking how she is, and coming back without a question why (R17)."""

from typing import Any

from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from amparo.areas.access.rules import Part, Task, may_do
from amparo.areas.cases import catalogue, standing
from amparo.areas.cases.rules import DueKind, Move, Status, may_move
from amparo.areas.consent.rules import months_later
from amparo.kernel import clock
from amparo.kernel.language import pick
from amparo.web.staff.case_pages import CaseCommand, CaseForm, CasePart
from amparo.web.staff.case_words import closing_words, reader
from amparo.web.staff.forms.closing import AGREED, STEPS, WITH_HER, ClosingForm
from amparo.web.staff.history import VERBS, simple
from amparo.web.staff.lines import ACTIONS, shown
from amparo.web.staff.pages import Context

VERBS |= {
    "accompaniment begun": simple(_("She said yes to being accompanied")),
    "case closed": lambda line: f"{now_('Closed')}: {closing_words(line.words[0])}" if line.words else now_("Closed"),
    "followed up": simple(_("Asked how she is")),
    "follow-up ended": simple(_("Follow-up ended")),
    "came back": simple(_("She came back")),
}
ACTIONS[DueKind.FOLLOW_UP] = ("follow_up_done", _("Asked her"))


class Closing(CasePart):
    """Where her case stands, the endings so far with what she said, and the door back."""

    part = Part.HEAD
    section = "now"
    template = "staff/closing/page.html"

    def context(self) -> Context:
        """Each button only where it can be used."""
        status = Status(self.case.status)
        writes = bool(self.case.writable(self.viewer, Part.HEAD))
        dues = [line for line in self.dues if line.kind == DueKind.FOLLOW_UP]
        return {
            "closings": [_worded(one) for one in standing.closings_of(self.viewer, self.case)],
            "follow_ups": [shown(line) for line in dues],
            "may_close": writes and bool(may_move(status, Move.CLOSE)),
            "may_end": writes and bool(may_move(status, Move.END_FOLLOW_UP)),
            "may_return": bool(may_do(self.viewer, Task.OPEN_CASES)) and bool(may_move(status, Move.COME_BACK)),
        }


class CloseCase(CaseForm):
    """The form, best filled in together."""

    part = Part.HEAD
    section = "now"
    back_to = "case_close"
    form_class = ClosingForm
    title = _("Close with her")
    intro = _("Nothing is lost by closing. Whenever she comes back, her case goes on where it stood.")
    submit_label = _("Close for now")
    done = _("Closed. The door stays open.")

    def initial(self) -> Context:
        """Today."""
        return {"on": clock.today(self.viewer.time_zone)}

    def save(self, form: Any) -> str:
        """Close."""
        typed = form.cleaned_data
        reason = next(one for one in catalogue.closing().closing_reasons if one.key == typed["reason"])
        ending = standing.Ending(
            reason=reason.key,
            outcome=reason.outcome,
            on=typed["on"],
            with_her=typed["with_her"] == WITH_HER,
            ratings=form.ratings(),
            words=form.words(),
            ask_on=[months_later(typed["on"], int(months)) for months in typed["ask_in"]],
        )
        standing.close_case(self.case, by=self.viewer, ending=ending)
        return self.url("case_close")


class FollowUpDone(CaseCommand):
    """She was asked how she is."""

    part = Part.HEAD
    back_to = "case_close"
    done = _("Saved. If she told you something that the next one should know, write a note.")

    def act(self) -> str:
        """Settle it."""
        standing.note_follow_up(self.case, self.kwargs["number"], by=self.viewer)
        return self.back_url()


class EndFollowUp(CaseCommand):
    """Nothing more was agreed with her."""

    part = Part.HEAD
    back_to = "case_close"
    done = _("Saved. The door stays open.")

    def act(self) -> str:
        """End it."""
        standing.end_follow_up(self.case, by=self.viewer)
        return self.back_url()


class ComeBack(CaseCommand):
    """One step back in. Whoever may open cases may welcome her, in her team or not."""

    part = Part.HEAD
    writes = False
    back_to = "case_close"
    done = _("Welcome back. Her case goes on where it stood.")

    def act(self) -> str:
        """Reopen."""
        standing.welcome_back(self.case.person, by=self.viewer)
        return self.url("case")


def _worded(one: standing.ClosingFile) -> Context:
    language, worded = reader(), catalogue.closing()
    steps = dict(STEPS)
    said = [(pick(ask.question, language), one.words[ask.key]) for ask in worded.evaluation if ask.key in one.words]
    if AGREED in one.words:
        said.append((now_("What was agreed with her"), one.words[AGREED]))
    rated = [
        (pick(ask.question, language), str(steps.get(one.ratings[ask.key], now_("She does not want to say"))))
        for ask in worded.ratings
        if ask.key in one.ratings
    ]
    return {"one": one, "reason": closing_words(one.reason), "said": said, "rated": rated}
