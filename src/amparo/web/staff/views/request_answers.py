"""Answering a request: exactly what is given, and the letter that says so."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amparo.areas.access.rules import Task
from amparo.areas.cases import requesting
from amparo.areas.cases.requesting import Answer
from amparo.areas.consent import asked, requests
from amparo.areas.consent.catalogue import letter_words
from amparo.areas.consent.queries import consents_of
from amparo.areas.consent.rules import State as Consented
from amparo.areas.consent.rules.requests import Basis, Move, State, Verdict
from amparo.areas.orgs.queries import house_of
from amparo.kernel import clock
from amparo.kernel.decision import refused, require
from amparo.kernel.language import LANGUAGES, pick
from amparo.web import exports, pdf
from amparo.web.staff.forms.requests import AnswerForm
from amparo.web.staff.her_copy import day_in
from amparo.web.staff.pages import Context, StaffPage

from .requests import RequestForm


class AnswerRequest(RequestForm):
    """Exactly what is given. What tells something of her stands in her list of disclosures."""

    move = Move.ANSWER
    form_class = AnswerForm
    title = gettext_lazy("Answer")
    done = gettext_lazy("Saved. The letter can be made now.")

    def form_arguments(self) -> Context:
        """Whether the decision gives anything about her, and which of her yeses are there."""
        return {"tells": self.asked.verdict != Verdict.NOTHING, "covering": self._covering()}

    def initial(self) -> Context:
        """Today; where nothing is given, the words that say nothing of anybody."""
        language = house_of(self.viewer.organisation).language
        words = pick(letter_words()["nothing"], language) if self.asked.verdict == Verdict.NOTHING else ""
        return {"version": self.asked.version, "on": clock.today(self.viewer.time_zone), "words": words}

    def save(self, form: Any) -> str:
        """Give it."""
        typed = form.cleaned_data
        given = Answer(
            words=typed["words"],
            on=typed["on"],
            shared=tuple(typed.get("shared") or ()),
            consent=int(typed["consent"]) if typed.get("consent") else None,
        )
        requesting.answer(self.seen(form), given, by=self.viewer)
        return self.cancel_url()

    def _covering(self) -> list[tuple[str, str]]:
        if self.asked.basis != Basis.HER_CONSENT or self.asked.person is None:
            return []
        today = clock.today(self.viewer.time_zone)
        mine = consents_of(self.viewer, self.asked.person)
        return [
            (str(one.id), one.recipient) for one in mine if one.recipient and one.state_on(today) is Consented.GIVEN
        ]


class RequestLetter(StaffPage):
    """The letter of answer as PDF, without a trace of who wrote it. Taking it out is noted."""

    task = Task.HANDLE_REQUESTS

    def fetch(self, **kwargs: Any) -> None:
        """The request, of the viewer's own organisation."""
        self.asked = asked.request_of(self.viewer, kwargs["asked"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Lead back: a GET takes nothing out."""
        return redirect(reverse("request", args=(self.asked.id,)))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The letter, in the organisation's language."""
        one = self.asked
        if one.state is not State.ANSWERED:
            require(refused("There is no answer yet."))
        house = house_of(self.viewer.organisation)
        language = house.language if house.language in LANGUAGES else "en"
        export = requests.take_out_letter(one, by=self.viewer)
        heading, blocks = _letter(one, house.name, language)
        made = exports.paper(heading, blocks, export=export, title=_("Letter"), language=language, hers=True)
        return pdf.pdf_response(made, "letter")


def _letter(one: asked.RequestFile, name: str, language: str) -> tuple[str, list[pdf.Block]]:
    """No name of a colleague, no code of hers: whom it is about, they know by their own reference."""
    words = {key: pick(texts, language) for key, texts in letter_words().items()}
    rows = [
        (words["to"], one.words["office"]),
        (words["reference"], one.words["reference"]),
        (words["received"], day_in(one.received_on, language)),
    ]
    if one.verdict != Verdict.NOTHING:
        rows.append((words["basis"], one.words["basis_words"]))
    return words["heading"], [
        pdf.quiet(name),
        pdf.facts([(label, value) for label, value in rows if value]),
        pdf.text(one.words["answer"]),
        pdf.to_sign([words["day"], words["signature"]]),
    ]
