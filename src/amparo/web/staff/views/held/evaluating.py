"""Handing her the device, her page, giving it back, and what she sends when the session has ended meanwhile."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext, gettext_lazy

from amparo.areas.access import actions as access
from amparo.areas.access.rules import Task, Viewer
from amparo.areas.activities.held import evaluating, late
from amparo.areas.activities.held.catalogue import questions
from amparo.areas.activities.held.evaluating import Said
from amparo.areas.activities.held.late import HandingOver
from amparo.areas.activities.held.lists import Woman, woman_of
from amparo.areas.activities.rules.states import Moment
from amparo.kernel.decision import NotThere, Refused
from amparo.kernel.language import LANGUAGES
from amparo.web import handed, kept
from amparo.web.handed import Handed
from amparo.web.staff.forms.evaluating import NOBODY, WITH_TEAM, EvaluationForm, HandForm, PasswordForm
from amparo.web.staff.pages import Context, StaffPage, as_posted

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
        """What she has not said yet, and the first of her languages that the page has."""
        known = [one for one in (*self.woman.languages, get_language() or "en") if one in LANGUAGES]
        moment = evaluating.moment_to_ask(self.viewer, self.session, self.woman)
        return {"moment": moment, "language": known[0] if known else "en"}

    def save(self, form: Any) -> str:
        """From here on this session shows her page alone."""
        typed = form.cleaned_data
        evaluating.whom_to_ask(self.viewer, self.session, self.woman.place, Moment(typed["moment"]))
        about = {"held": self.session.id, "seat": self.woman.place}
        handed.hand_over(self.request, by=self.viewer, **about, moment=typed["moment"], language=typed["language"])
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
            return redirect("handed_late")
        if not self.handed.is_open:
            return self.ended(self.handed, PasswordForm())
        typed = next(iter(said_late(request, self.handed).values()), None)  # sent in vain, from this very page
        return self.asking(self.handed, form_of(self.handed, data=as_posted(typed)) if typed else None)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Keep what she chose, however long she took, and close the page; a second time there is nothing to keep."""
        ticket = self.handed
        if ticket is None:
            return self.kept_for_later(request) or redirect("handed_late")
        if ticket.done:
            return redirect("handed")
        form = form_of(ticket, data=request.POST)
        if not form.is_valid():
            return self.asking(ticket, form, status=422)
        sent = handed.found_in_form(request.POST.get("handed", ""))
        if sent is not None and sent.once != ticket.once:  # from a page that another woman had left open
            return self.asking(ticket, form, status=409)
        handed.keep(request, replace(ticket, done=True, seat=0))  # from here on nothing says who it was
        try:
            save_said(ticket, form, by=self.viewer)
        except (Refused, NotThere):  # not hers to mend: the colleague is told why
            return kept.keep(request, redirect("handed"))
        return kept.throw_away(request, redirect("handed"), list(said_late(request, ticket)))

    def sign_in_first(self, request: HttpRequest) -> HttpResponse:
        """She may have taken longer than the session: what she sends then waits for a colleague."""
        return self.kept_for_later(request) or super().sign_in_first(request)

    def kept_for_later(self, request: HttpRequest) -> HttpResponse | None:
        """Thanks for her, and her answers kept for a colleague to save unseen; None where she sent none.

        Where she is on no list any more, and where somebody else is signed in by now, they are kept for the colleague
        who had handed the device over, in this browser. After a day she is told that they are not, with her words.
        """
        sent = request.POST.get("handed", "")
        ticket = handed.signed_in_form(sent)
        if ticket is None or not kept.belongs_to_someone(request):
            return None
        form = form_of(ticket, data=request.POST)
        if handed.found_in_form(sent) is None:
            return self.ended(replace(ticket, done=False), None, too_late=form, status=410)
        if not form.is_valid():
            return self.asking(ticket, form, status=422)
        thanks = self.ended(replace(ticket, done=True), None)
        waits = not request.user.is_authenticated and keep_late(ticket, form)
        return thanks if waits else kept.keep(request, thanks)

    def asking(self, ticket: Handed, form: EvaluationForm | None = None, *, status: int = 200) -> HttpResponse:
        """The questions, in her language."""
        once = self.request.POST.get(kept.FIELD) or kept.fresh_token(self.seat.membership.account)
        with translation.override(ticket.language):
            context = {**_bare(ticket.language), **_asking(ticket, form or form_of(ticket)), "once": once}
            return render(self.request, "staff/held/asking.html", context, status=status)

    def ended(
        self, ticket: Handed, form: PasswordForm | None, *, too_late: EvaluationForm | None = None, status: int = 200
    ) -> HttpResponse:
        """Thanks in her language; for the colleague, the password, or the way to sign in.

        `too_late`: what she sent so late that it could not be saved.
        """
        said = {key: form_of(ticket).said(key) for key in ("thanks", "closed", "back")}
        go_on = f"{reverse('account_login')}?{urlencode({'next': reverse('handed_late')})}"
        context = {**_bare(ticket.language), **said, "done": ticket.done, "form": form, "go_on": go_on}
        if too_late is not None:
            context |= {"too_late": too_late.said("too_late"), "her_words": too_late.typed_words()}
        return render(self.request, "staff/held/ended.html", context, status=status)


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


def save_said(ticket: Handed, form: EvaluationForm, *, by: Viewer) -> None:
    """Save what she chose, with or without her name, once for each time that the device was handed to her.

    Raises Refused where she has said it already, with her name, and NotThere where she is on the list no more.
    """
    said = _said(ticket, form)
    with transaction.atomic():
        if access.claim(ticket.once) is None:
            return
        if form.cleaned_data["who"] == WITH_TEAM:
            evaluating.keep_named(ticket.held, ticket.seat, by=by, said=said, at=ticket.began_at)
        else:
            evaluating.keep_nameless(ticket.held, by=by, said=said)


def keep_late(ticket: Handed, form: EvaluationForm) -> bool:
    """Keep what she chose though nobody is signed in; gives whether there was somebody to keep it for."""
    about = HandingOver(ticket.organisation, ticket.member, ticket.held, ticket.seat, ticket.once)
    named = form.cleaned_data["who"] == WITH_TEAM
    return bool(ticket.organisation) and late.keep_late(about, said=_said(ticket, form), named=named)


def _said(ticket: Handed, form: EvaluationForm) -> Said:
    return Said(Moment(ticket.moment), form.answers(), form.cleaned_data["words"])


def form_of(ticket: Handed, data: Any = None) -> EvaluationForm:
    """Her form, empty or with what was sent."""
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
        "too_long": form.said("too_long") if form.errors else "",
        "handed": handed.noted_in_form(ticket),
    }


def _bare(language: str) -> Context:
    """Nothing around her page: no rail, no house, nobody's name."""
    return {"rail": [], "organisation_name": "", "user_name": "", "language": language, "title": ""}


class SaveLate(StaffPage):
    """What she sent after the session had ended is saved by the colleague who is signed in again, unseen."""

    task = Task.HOLD_SESSIONS
    place = "held_today"
    template = "staff/held/late.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Two buttons, where there is something to save."""
        here = bool(said_late(request))
        if here or late.waits_for(self.viewer):
            return self.page({"title": gettext("What she said is kept"), "only_here": here})
        return redirect("held_today")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Save each, or throw it away; why one could not be saved is told, and nobody reads it."""
        here, keep = said_late(request), "drop" not in request.POST
        saved, waits = 0, late.waits_for(self.viewer)
        for typed in here.values() if keep else ():
            reason = self._save(as_posted(typed))
            saved += not reason
            if reason:
                messages.error(request, reason)
        late.settle_held(by=self.viewer, keep=keep)
        if keep and (saved or waits):
            messages.success(request, gettext("What she said is saved."))
        if not keep:
            messages.success(request, gettext("What she said was thrown away."))
        return kept.throw_away(request, redirect("held_today"), list(here))

    def _save(self, typed: QueryDict) -> str:
        """Why it could not be saved; empty where it was."""
        ticket = handed.found_in_form(typed.get("handed", ""))
        form = form_of(ticket, data=typed) if ticket else None
        if ticket is None or form is None or not form.is_valid():
            return gettext("What she said came too late to be saved. Ask her whether she would like to say it again.")
        try:
            save_said(ticket, form, by=self.viewer)
        except Refused as no:
            return f"{gettext(no.decision.reason)} {gettext('What she said this time was not saved.')}"
        except NotThere:
            return gettext("She is not on the list of this session any more: what she said was not saved.")
        return ""


def said_late(request: HttpRequest, ticket: Handed | None = None) -> dict[str, access.Typed]:
    """What was sent from her page and is not saved yet, for the account that had handed the device over.

    `ticket`: only what was sent while it was handed over that time.
    """
    found = kept.waiting(request, reverse("handed"))
    if ticket is None:
        return found
    return {
        one: typed for one, typed in found.items() if handed.found_in_form("".join(typed.get("handed", ()))) == ticket
    }
