"""What is printed for a session: a sheet to tick, and the questions that she answers."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from amparo.areas.access.rules import Task
from amparo.areas.activities.held.catalogue import questions
from amparo.areas.activities.held.lists import HeldSession, held_session, take_out_list
from amparo.areas.activities.rules.states import Came, Moment
from amparo.kernel.decision import NotThere
from amparo.kernel.language import LANGUAGES
from amparo.web import exports, pdf
from amparo.web.components.fields import language_name
from amparo.web.staff.activity_words import CAME
from amparo.web.staff.forms.evaluating import EvaluationForm
from amparo.web.staff.pages import Context, StaffPage

TICKED = (Came.CAME, Came.LATE, Came.LEFT_EARLY, Came.ABSENT)
BOX = "☐"


class ListOnPaper(StaffPage):
    """A sheet to tick: codes and no name, no language, no need; under the neutral name of the activity."""

    task = Task.HOLD_SESSIONS
    session: HeldSession

    def fetch(self, **kwargs: Any) -> None:
        """The session by its number."""
        self.session = held_session(self.viewer, kwargs["held"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Where the button stands."""
        return redirect("held_session", self.session.id)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The sheet with its mark."""
        session, codes, export = take_out_list(self.session.id, by=self.viewer)
        heads = ["", *(CAME[one] for one in TICKED)]
        blocks = [pdf.table(heads, [[code, *(BOX for _one in TICKED)] for code in codes])]
        heading = f"{session.neutral}, {date_format(session.starts_at, 'SHORT_DATETIME_FORMAT')}"
        title = self.seat.membership.tab_title or _("Notes")
        paper = exports.paper(heading, blocks, export=export, title=title, language=get_language() or "en")
        return pdf.pdf_response(paper, "list")


class OnPaper(StaffPage):
    """The questions of one moment, to print; whoever collects the sheets cannot tell whose they are."""

    task = Task.HOLD_SESSIONS
    place = "held_today"
    template = "staff/held/on_paper.html"

    def fetch(self, **kwargs: Any) -> None:
        """The moment that the address names."""
        if kwargs["moment"] not in set(Moment):
            raise NotThere
        self.moment = Moment(kwargs["moment"])

    def context(self) -> Context:
        """The questions in the language that is asked for."""
        asked = self.asked_for("language")
        language = asked if asked in LANGUAGES else get_language() or "en"
        form = EvaluationForm(questions=questions(self.moment), language=language)
        return {
            "title": "",
            "form": form,
            "heading": form.said(f"title_{self.moment}"),
            "language": language,
            "languages": [(one, language_name(one)) for one in LANGUAGES],
        }
