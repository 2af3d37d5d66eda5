"""Tokens for a member's own programs: made, seen, withdrawn."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amparo.areas.access import tokens
from amparo.areas.access.rules import Task
from amparo.web.signin import had_second_step
from amparo.web.staff.forms.tokens import READ, WRITE, TokenForm
from amparo.web.staff.pages import Command, Context, FormPage, StaffPage


class Tokens(StaffPage):
    """Those that still open something."""

    task = Task.SEE_TODAY
    template = "staff/tokens/list.html"

    def context(self) -> Context:
        """Each with what it may do and until when."""
        return {"title": _("Tokens for programs"), "rows": tokens.tokens_of(self.viewer)}


@method_decorator(reauthentication_required(app="allauth.mfa"), name="dispatch")
class MakeToken(FormPage):
    """A new one, shown once. Whoever finds an open session cannot make one without signing in again."""

    task = Task.SEE_TODAY
    form_class = TokenForm
    title = gettext_lazy("Make a token")
    submit_label = gettext_lazy("Make the token")
    intro = gettext_lazy(
        "A program that shows the token sees what you may see, and everything it reads is logged in your name. "
        "A change of how you sign in withdraws it."
    )

    def initial(self) -> Context:
        """The least."""
        return {"may": READ, "days": "7"}

    def cancel_url(self) -> str:
        """Back to the list."""
        return reverse("tokens")

    def save(self, form: Any) -> HttpResponse:
        """Make it, and show it this once."""
        typed = form.cleaned_data
        token = tokens.make_token(
            by=self.viewer,
            account=self.seat.membership.account,
            name=typed["name"],
            may_write=typed["may"] == WRITE,
            days=int(typed["days"]),
            had_second_step=had_second_step(self.request),
        )
        return self.page({"title": _("Copy this token now"), "token": token}, template="staff/tokens/made.html")


class WithdrawToken(Command):
    """From now on it opens nothing."""

    task = Task.SEE_TODAY
    done = gettext_lazy("The token opens nothing any more.")

    def back_url(self) -> str:
        """The list."""
        return reverse("tokens")

    def act(self) -> str:
        """Withdraw it."""
        tokens.withdraw_token(self.kwargs["token"], by=self.viewer)
        return self.back_url()
