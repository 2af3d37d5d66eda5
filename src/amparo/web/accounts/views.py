"""Choosing the organisation to sit in, for those who work in more than one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from amparo.areas.orgs.queries import memberships
from amparo.web.signin import MEMBER


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


def closed(request: HttpRequest) -> HttpResponse:
    """A page that does not exist here."""
    raise Http404
