"""Asking a second person for an identity, and answering."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from amparo.areas.access.at_need import may_answer_ask
from amparo.areas.access.rules import Part, Task
from amparo.areas.cases import asking
from amparo.areas.cases.rules import Ask, DueKind
from amparo.kernel.decision import require
from amparo.web.staff.addresses import case_address
from amparo.web.staff.case_pages import CaseForm
from amparo.web.staff.forms.need import AnswerForm, AskForm
from amparo.web.staff.history import VERBS, simple
from amparo.web.staff.lines import READ_AT
from amparo.web.staff.pages import Context, FormPage, StaffPage

VERBS |= {
    "identity agreed to": simple(_("A second person agreed that a colleague opens her identity")),
    "identity refused": simple(_("A second person refused that a colleague opens her identity")),
}
READ_AT[DueKind.IDENTITY_ASK] = "identity_answer"
STATES = {
    Ask.WAITING: _("Waits for an answer"),
    Ask.GRANTED: _("Agreed"),
    Ask.REFUSED: _("Refused"),
    Ask.OVER: _("Agreed; the time has passed"),
}


class Asks(StaffPage):
    """The questions that one asked, may answer, or watches over."""

    task = Task.ASK_FOR_IDENTITIES
    place = "cases"
    template = "staff/need/asks.html"

    def context(self) -> Context:
        """Each with where it stands, and where it leads."""
        rows = [
            {"ask": one, "state": STATES[one.state], "mine": one.member == self.viewer.member, "url": self._url(one)}
            for one in asking.asks_of(self.viewer)
        ]
        return {"title": _("Asking for an identity"), "rows": rows}

    def _url(self, one: asking.AskFile) -> str:
        mine = one.member == self.viewer.member
        if mine and one.state is Ask.GRANTED:
            return case_address("case_identity", one.code)
        return "" if mine or one.state is not Ask.WAITING else case_address("identity_answer", one.code, one.id)


class AskFor(FormPage):
    """Ask. The answer says the same whether the house knows the code or not."""

    task = Task.ASK_FOR_IDENTITIES
    place = "cases"
    form_class = AskForm
    title = _("Ask to open an identity")
    intro = _(
        "A second person decides: somebody of her team, or another coordinator. A yes holds for four hours, for you "
        "alone. Your reason is kept, and she can ask who asked and why."
    )
    submit_label = _("Ask")
    done = _("If this house accompanies her, her team and the coordination are asked now.")

    def initial(self) -> Context:
        """The code that the page before knew."""
        return {"code": self.asked_for("code")}

    def cancel_url(self) -> str:
        """The questions."""
        return reverse("identity_asks")

    def save(self, form: Any) -> str:
        """Ask."""
        asking.ask_for_identity(by=self.viewer, **form.cleaned_data)
        return reverse("identity_asks")


class Answer(CaseForm):
    """Say yes or no to a colleague."""

    part = Part.TEAM
    section = "people"
    writes = False
    template = "staff/need/answer.html"
    form_class = AnswerForm
    title = _("A colleague asks to open her identity")
    submit_label = _("Answer")
    done = _("Answered.")
    back_to = "case_people"
    ask: asking.AskFile

    def fetch(self, **kwargs: Any) -> None:
        """The question must be about her, and the reader somebody who may answer it."""
        super().fetch(**kwargs)
        self.ask = asking.ask_of(self.viewer, self.case, kwargs["ask"])
        require(may_answer_ask(self.viewer, asker=self.ask.member, ties=self.case.ties(self.viewer)))

    def form_context(self) -> Context:
        """Who asks and why."""
        return {"ask": self.ask, "state": STATES[self.ask.state], "waits": self.ask.state is Ask.WAITING}

    def save(self, form: Any) -> str:
        """Answer."""
        typed = form.cleaned_data
        yes = typed["answer"] == "yes"
        words = "" if yes else typed["words"]
        asking.answer_ask(self.case, self.ask.id, by=self.viewer, yes=yes, words=words)
        return self.url("case_people")
