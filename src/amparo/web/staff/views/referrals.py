"""Referrals: the list, looking whether she is known, one referral as a list of short pages."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amparo.areas.access.rules import Task, may_do
from amparo.areas.intake import actions, queries, rules
from amparo.areas.intake.queries import ReferralFile, ReferralLine, referral_for
from amparo.areas.intake.rules import Page, State
from amparo.areas.people.queries import found_by_code
from amparo.kernel.decision import NotThere, require
from amparo.web import kept
from amparo.web.staff.forms.deciding import CodeForm, DiscardForm, KnownForm
from amparo.web.staff.intake_words import decision_words, need_words, sender_words, state_words
from amparo.web.staff.pages import Command, Context, FormPage, StaffPage
from amparo.web.staff.referral_content import TITLES, content

_ORDER = (State.TO_DECIDE, State.WAITING, State.DRAFT)


class Referrals(StaffPage):
    """Those to decide, those that wait, drafts, and the decided ones."""

    task = Task.RECEIVE_REFERRALS
    place = "referrals"
    template = "staff/intake/list.html"

    def context(self) -> Context:
        """Each state with its lines; the decided ones 25 a page."""
        page = self.asked_page()
        found = queries.referral_lists(self.viewer, page=page)
        groups = [
            {"words": state_words(state), "lines": [_shown(line) for line in found.open[state]]}
            for state in _ORDER
            if found.open[state]
        ]
        return {
            "title": _("Referrals"),
            "groups": groups,
            "decided": [_shown(line) for line in found.decided],
            "can_answer": bool(may_do(self.viewer, Task.DECIDE_REFERRALS)),
            **self.turn_pages(page, more=found.more),
        }


class NewReferral(FormPage):
    """Is she known already? Only then a new person (R18)."""

    task = Task.RECEIVE_REFERRALS
    place = "referrals"
    template = "staff/intake/new.html"
    form_class = KnownForm
    title = gettext_lazy("New referral")
    intro = gettext_lazy("Look first whether she is known, so that she need not tell everything again.")
    submit_label = gettext_lazy("Look")

    def cancel_url(self) -> str:
        """The list."""
        return reverse("referrals")

    def save(self, form: Any) -> HttpResponse:
        """Show who was found; what was typed stands in no address."""
        found = queries.known_as(self.viewer, form.cleaned_data["typed"])
        context = {"title": self.title, "form": form, "found": found, "searched": True, "once": self._token()}
        return self.page({**context, "submit_label": self.submit_label, "cancel_url": self.cancel_url()})

    def form_context(self) -> Context:
        """Who only takes referrals in finds by code alone."""
        return {"start_once": self._token(), "by_code_only": not may_do(self.viewer, Task.DECIDE_REFERRALS)}

    def page(self, context: Context, *, status: int = 200, template: str = "") -> HttpResponse:
        """The page, always with the button that begins."""
        return super().page({**self.form_context(), **context}, status=status, template=template)

    def _token(self) -> str:
        return kept.fresh_token(self.seat.membership.account)


class StartReferral(FormPage):
    """Begin, for a known woman or for a new one, once however often the button is pressed."""

    task = Task.RECEIVE_REFERRALS
    form_class = CodeForm

    def cancel_url(self) -> str:
        """Where the button stands."""
        return reverse("referral_new")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Lead back: a GET changes nothing."""
        return redirect(self.cancel_url())

    def save(self, form: Any) -> str:
        """A draft, and its list of pages."""
        typed = form.cleaned_data["known"]
        known = found_by_code(self.viewer, typed) if typed else None
        if typed and known is None:
            raise NotThere
        number = actions.start_referral(by=self.viewer, known=known)
        return reverse("referral", args=(number,))


class ReferralPage(StaffPage):
    """What every page of one referral has."""

    task = Task.RECEIVE_REFERRALS
    place = "referrals"
    referral: ReferralFile

    def fetch(self, **kwargs: Any) -> None:
        """The referral, if it is the reader's."""
        self.referral = referral_for(self.viewer, kwargs["referral"])

    def url(self, name: str) -> str:
        """An address of this referral."""
        return reverse(name, args=(self.referral.id,))


class Overview(ReferralPage):
    """One referral: its short pages to write, or what it says once it is decided."""

    template = "staff/intake/referral.html"

    def context(self) -> Context:
        """The list of pages with how far each is, and what can be done next."""
        referral = self.referral
        writable = bool(rules.may_change(referral.state))
        return {
            "title": _("Referral %(code)s") % {"code": referral.code},
            "back_url": reverse("referrals"),
            "referral": referral,
            "state": state_words(referral.state),
            "rows": [self._row(page) for page in Page] if writable else [],
            "parts": [] if writable else content(self.viewer, referral),
            "resolutions": [decision_words(one) for one in queries.resolutions_of(self.viewer, referral)],
            "danger": referral.answers.get("imminent_danger") == "yes",
            "is_draft": referral.state is State.DRAFT,
            "hand_in": rules.may_hand_in(referral.state, referral.pages),
            "may_decide": bool(rules.may_decide(self.viewer, referral.state)),
        }

    def _row(self, page: Page) -> Context:
        referral = self.referral
        state, shape = (_("Done"), "done") if page in referral.pages else (_("Not begun"), "open")
        asked = 6 - len(rules.open_questions(referral.answers))
        if page is Page.SIX and 0 < asked < 6:
            state, shape = _("%(asked)d of 6") % {"asked": asked}, "open-now"
        return {"label": TITLES[page], "url": self.url(f"referral_{page}"), "state": state, "shape": shape}


class HandIn(ReferralPage, Command):
    """The draft goes to those who decide."""

    done = gettext_lazy("Handed over to those who decide.")

    def back_url(self) -> str:
        """The referral."""
        return self.url("referral")

    def act(self) -> str:
        """Who may decide goes on deciding; others go back to their list."""
        actions.hand_in(self.referral, by=self.viewer)
        if may_do(self.viewer, Task.DECIDE_REFERRALS):
            return self.url("referral_decide")
        return reverse("referrals")


class DiscardDraft(ReferralPage, FormPage):
    """A draft is not kept."""

    template = "staff/intake/discard.html"
    form_class = DiscardForm
    title = gettext_lazy("Discard this draft")
    intro = gettext_lazy("Everything typed in it is erased and cannot be brought back.")
    submit_label = gettext_lazy("Discard")
    done = gettext_lazy("Discarded. What was typed is erased.")

    def fetch(self, **kwargs: Any) -> None:
        """The referral, while it is a draft."""
        super().fetch(**kwargs)
        require(rules.may_discard(self.referral.state))

    def cancel_url(self) -> str:
        """The referral."""
        return self.url("referral")

    def form_context(self) -> Context:
        """What one should know before: that she is in danger, for one."""
        return {"danger": self.referral.answers.get("imminent_danger") == "yes"}

    def save(self, form: Any) -> str:
        """Erase it."""
        actions.discard_draft(self.referral, by=self.viewer, why=rules.Discarding(form.cleaned_data["why"]))
        return reverse("referrals")


class LinkKnown(ReferralPage, Command):
    """It is her: the referral moves to the code she had."""

    done = gettext_lazy("This stands under her code now.")

    def back_url(self) -> str:
        """The decision."""
        return self.url("referral_decide")

    def act(self) -> str:
        """Move it; the code of the draft is gone."""
        known = found_by_code(self.viewer, self.request.POST.get("known", ""))
        if known is None:
            raise NotThere
        actions.link_to_known(self.referral, known, by=self.viewer)
        return self.url("referral_decide")


def _shown(line: ReferralLine) -> Context:
    return {
        "line": line,
        "sender": sender_words(line.sender_kind),
        "needs": need_words(line.urgent_needs),
        "state": "" if rules.may_change(line.state) else state_words(line.state),  # the heading says the others
    }
