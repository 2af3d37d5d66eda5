"""Choosing the organisation to sit in, seeing and ending one's sessions, taking a passkey away."""

from typing import Any

from allauth.account import views as account
from allauth.account.decorators import reauthentication_required
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _

from amparo.areas.access.sessions import sign_out_everywhere
from amparo.areas.orgs.queries import may_remove_factor, memberships
from amparo.areas.orgs.sessions import open_sessions
from amparo.web.browsers import browser_words
from amparo.web.signin import MEMBER

# What a browser may still hold of us when somebody signs out. Cookies that say nothing of anyone stay.
CLEARED = '"cache", "storage"'


def choose_organisation(request: HttpRequest) -> HttpResponse:
    """One organisation at a time: the list of those where the signed-in person is a member, and the choice."""
    if request.user.pk is None:
        return redirect("account_login")
    mine = memberships(int(request.user.pk))
    chosen = request.POST.get("member", "")
    if request.method == "POST" and chosen in {str(seat.member) for seat in mine}:
        request.session[MEMBER] = int(chosen)
        return redirect("today")
    return render(request, "account/choose_organisation.html", {"memberships": mine})


def sign_out(request: HttpRequest) -> HttpResponseBase:
    """End this session, and let the browser forget what it holds of us."""
    response: HttpResponseBase = account.logout(request)
    if request.method == "POST":
        response.headers["Clear-Site-Data"] = CLEARED
    return response


def sessions(request: HttpRequest) -> HttpResponse:
    """Where this account is signed in: since when, from where, with which browser."""
    if request.user.pk is None:
        return redirect("account_login")
    found = open_sessions(int(request.user.pk), this=request.session.session_key)
    rows = [(one, browser_words(one.browser)) for one in found]
    return render(request, "account/sessions.html", {"rows": rows})


def end_sessions(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere, here too; a GET leads to the list."""
    if request.user.pk is None:
        return redirect("account_login")
    if request.method != "POST":
        return redirect("sessions")
    sign_out_everywhere(int(request.user.pk))
    request.session.flush()
    messages.success(request, _("You are signed out everywhere."))
    response = redirect("account_login")
    response.headers["Clear-Site-Data"] = CLEARED
    return response


@method_decorator(reauthentication_required(app="allauth.mfa"), name="dispatch")
class RemovePasskey(RemoveWebAuthnView):  # type: ignore[misc]  # allauth has no types
    """Take a passkey away, unless it is the last second factor of somebody whose role needs one."""

    pk_url_kwarg = "passkey"

    def form_valid(self, form: Any) -> HttpResponse:
        """Remove it, or say why not."""
        if may_remove_factor(int(self.request.user.pk), self.object.pk):
            answer: HttpResponse = super().form_valid(form)
            return answer
        messages.error(self.request, _("Your role needs a second step. Add another one first, then remove this one."))
        return redirect("mfa_list_webauthn")


def closed(request: HttpRequest) -> HttpResponse:
    """A page that does not exist here."""
    raise Http404
