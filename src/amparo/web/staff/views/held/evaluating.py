"""Handing her the device, her page, and giving it back."""

from dataclasses import replace
from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language, gettext, gettext_lazy

from amparo.areas.access.rules import Task
from amparo.areas.activities.held import evaluating
from amparo.areas.activities.held.catalogue import questions
from amparo.areas.activities.held.evaluating import Said
from amparo.areas.activities.held.lists import Woman, woman_of
from amparo.areas.activities.rules.states import Moment
from amparo.kernel.language import LANGUAGES
from amparo.web import handed
from amparo.web.handed import Handed
from amparo.web.staff.forms.evaluating import NOBODY, WITH_TEAM, EvaluationForm, HandForm, PasswordForm
from amparo.web.staff.pages import Context, StaffPage

from .sessions import InOneSession


class HandOver(InOneSession):
    """She gets the device: one page without anything of anyone, until the colleague types the password."""

    form_class = HandForm
    title = gettext_lazy("Hand her the device")
    submit_label = gettext_lazy("Show her the page")
    intro = gettext_lazy(
        "She answers by herself, in pictures, with or without her name. Nothing else can be opened on this device "
        "until you type your password. She may also fill it in on paper, or not at all."
    )
    woman: Woman

    def fetch(self, **kwargs: Any) -> None:
        """The session, and the woman by her place in it."""
        super().fetch(**kwargs)
        self.woman = woman_of(self.viewer, self.session, kwargs["seat"])

    def initial(self) -> Context:
        """The first of her languages that the page has."""
        known = [one for one in (*self.woman.languages, get_language() or "en") if one in LANGUAGES]
        return {"moment": Moment.START, "language": known[0] if known else "en"}

    def save(self, form: Any) -> str:
        """From here on this session shows her page alone."""
        typed = form.cleaned_data
        evaluating.whom_to_ask(self.viewer, self.session, self.woman.place, Moment(typed["moment"]))
        about = {"held": self.session.id, "seat": self.woman.place}
        handed.hand_over(self.request, **about, moment=typed["moment"], language=typed["language"])
        return reverse("handed")


class InHerHands(StaffPage):
    """Her page: the questions, then thanks and the way for the colleague to take the device back."""

    task = Task.HOLD_SESSIONS
    handed: Handed | None

    def fetch(self, **kwargs: Any) -> None:
        """What the device was handed over for."""
        self.handed = handed.handed_in(self.request)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The questions while her page is open, then the end of it; no answer is ever shown again."""
        if self.handed is None:
            return redirect("held_today")
        return self.asking(self.handed) if self.handed.is_open else self.ended(self.handed, PasswordForm())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Keep what she chose and close the page; a second time there is nothing to keep."""
        ticket = self.handed
        if ticket is None or not ticket.is_open:
            return redirect("handed")
        form = _form(ticket, data=request.POST)
        if not form.is_valid():
            return self.asking(ticket, form, status=422)
        said = Said(Moment(ticket.moment), form.answers(), form.cleaned_data["words"])
        handed.keep(request, replace(ticket, done=True, seat=0))  # from here on nothing says who it was
        if form.cleaned_data["who"] == WITH_TEAM:
            evaluating.keep_named(ticket.held, ticket.seat, by=self.viewer, said=said)
        else:
            evaluating.keep_nameless(ticket.held, by=self.viewer, said=said)
        return redirect("handed")

    def asking(self, ticket: Handed, form: EvaluationForm | None = None, *, status: int = 200) -> HttpResponse:
        """The questions, in her language."""
        with translation.override(ticket.language):
            context = {**_bare(ticket.language), **_asking(ticket, form or _form(ticket))}
            return self.page(context, template="staff/held/asking.html", status=status)

    def ended(self, ticket: Handed, form: PasswordForm, *, status: int = 200) -> HttpResponse:
        """Thanks in her language; for the colleague, the password."""
        said = {key: _form(ticket).said(key) for key in ("thanks", "closed", "back")}
        context = {**_bare(ticket.language), **said, "done": ticket.done, "form": form}
        return self.page(context, template="staff/held/ended.html", status=status)


class TakeBack(InHerHands):
    """The colleague types the password; after five wrong ones the session ends."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Where the password is asked."""
        return redirect("handed")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Open the list again."""
        ticket = self.handed
        if ticket is None:
            return redirect("held_today")
        form = PasswordForm(request.POST)
        if form.is_valid() and request.user.check_password(form.cleaned_data["password"]):
            handed.take_back(request)
            return redirect("held_session", ticket.held)
        if ticket.tries + 1 >= handed.MOST_TRIES:
            logout(request)
            return redirect("account_login")
        now = replace(ticket, done=True, tries=ticket.tries + 1)
        handed.keep(request, now)
        if form.is_valid():
            form.add_error("password", gettext("This is not your password."))
        return self.ended(now, form, status=422)


def _form(ticket: Handed, data: Any = None) -> EvaluationForm:
    return EvaluationForm(data, questions=questions(Moment(ticket.moment)), language=ticket.language)


def _asking(ticket: Handed, form: EvaluationForm) -> Context:
    return {
        "form": form,
        "heading": form.said(f"title_{ticket.moment}"),
        "intro": form.said("intro"),
        "ask_words": form.said("words"),
        "ask_who": form.said("who"),
        "who": [(one, form.said(one)) for one in (WITH_TEAM, NOBODY)],
        "done": form.said("done"),
    }


def _bare(language: str) -> Context:
    """Nothing around her page: no rail, no house, nobody's name."""
    return {"rail": [], "organisation_name": "", "user_name": "", "language": language, "title": ""}
