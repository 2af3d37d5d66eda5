"""What every staff page does before it shows anything: who is asking, may they, and nothing typed is lost."""

from abc import ABC, abstractmethod
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views import View

from amparo.areas.access import actions as access
from amparo.areas.access.rules import Task, Viewer, may_do
from amparo.kernel.decision import Conflict, NotThere, Refused, require
from amparo.web import errors, kept
from amparo.web.signin import Seat, seat_of, to_do_first

from .rail import rail

Context = dict[str, Any]
LONGEST_ASKED = 80
LAST_PAGE = 10_000


class StaffPage(View):
    """A page for signed-in staff. Every page names the task that its reader must have; pages of a case also a part."""

    task: ClassVar[Task]
    template: ClassVar[str] = ""
    place: ClassVar[str] = ""  # the entry of the rail that is current
    seat: Seat
    viewer: Viewer

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Decide, fetch, then answer; a refusal is a page with its reason."""
        seat = seat_of(request)
        if seat is None:
            return self.sign_in_first(request)
        first = to_do_first(request, seat)
        if first:
            return redirect(first)
        self.seat, self.viewer = seat, seat.viewer
        try:
            require(may_do(self.viewer, self.task))
            self.fetch(**kwargs)
            return super().dispatch(request, *args, **kwargs)
        except NotThere as nothing:
            return self.not_there(nothing)
        except Refused as no:
            return self.refused(no)

    def not_there(self, nothing: NotThere) -> HttpResponse:
        """The answer where there is nothing, or nothing for this viewer."""
        return errors.not_found(self.request)

    def refused(self, no: Refused) -> HttpResponse:
        """The answer where a rule says no."""
        return errors.forbidden(self.request, reason=no.decision.reason)

    def fetch(self, **kwargs: Any) -> None:
        """Fetch what the page is about; raises NotThere or Refused."""

    def context(self) -> Context:
        """What the page's template shows."""
        return {}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show the page."""
        return self.page(self.context())

    def asked_for(self, name: str) -> str:
        """What the address asks for under this name, short and without signs that no text has."""
        return self.request.GET.get(name, "").replace("\0", "")[:LONGEST_ASKED]

    def asked_page(self) -> int:
        """The page of a list that the address asks for; the first where it asks for none that could be."""
        number = self.asked_for("page")
        return min(max(int(number), 1), LAST_PAGE) if number.isdecimal() else 1

    def turn_pages(self, page: int, *, more: bool) -> Context:
        """The addresses of the page before and after; whatever else was asked is asked again."""
        return {
            "earlier": self._page_url(page - 1) if page > 1 else "",
            "later": self._page_url(page + 1) if more else "",
        }

    def _page_url(self, page: int) -> str:
        asked = self.request.GET.copy()
        asked["page"] = str(page)
        return f"?{asked.urlencode()}"

    def page(self, context: Context, *, status: int = 200, template: str = "") -> HttpResponse:
        """The page with its surroundings."""
        around = {"rail": rail(self.viewer, self.place)}
        return render(self.request, template or self.template, {**around, **context}, status=status)

    def sign_in_first(self, request: HttpRequest) -> HttpResponse:
        """The answer to whoever is not signed in: the sign-in page, and a form that was sent is kept meanwhile."""
        if request.user.is_authenticated:
            return redirect("choose_organisation")
        login = f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}"
        response = redirect(login)
        return kept.keep(request, response) if kept.belongs_to_someone(request) else response


class FormPage(StaffPage, ABC):
    """A page with one form. Subclasses give the form and save it by calling one action."""

    template = "layouts/form.html"
    form_class: ClassVar[type[forms.Form]]
    title: ClassVar[Any] = ""
    intro: ClassVar[Any] = ""
    submit_label: ClassVar[Any] = ""
    done: ClassVar[Any] = ""  # what the next page says when this was saved

    @abstractmethod
    def save(self, form: Any) -> str | HttpResponse:
        """Save by calling one action; gives the address to go on to, or a page to show."""

    def initial(self) -> Context:
        """What the form holds when it is first shown."""
        return {}

    def form_arguments(self) -> Context:
        """Further arguments for the form, such as choices."""
        return {}

    def cancel_url(self) -> str:
        """Where Cancel leads."""
        return reverse("today")

    def form_context(self) -> Context:
        """What the template shows besides the form."""
        return {}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show the form: empty, as it stands, or with what was typed before and could not be saved."""
        typed = kept.given_back(request)
        form = self._form(data=as_posted(typed)) if typed is not None else self._form(initial=self.initial())
        if typed is not None:
            form.errors.clear()
        return self.form_page(form, was_kept=typed is not None)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Save once; whatever goes wrong, the form comes back with what was typed."""
        form = self._form(data=request.POST, files=request.FILES)
        token = request.POST.get(kept.FIELD, "")
        if kept.account_of(token) != request.user.pk:
            token = kept.fresh_token(self.seat.membership.account)
        if not form.is_valid():
            return self.form_page(form, status=422)
        try:
            with transaction.atomic():
                claim = access.claim(token)
                if claim is None:
                    return redirect(access.location_of(token) or self.cancel_url())
                answer = self.save(form)
                access.settle(claim, location=answer if isinstance(answer, str) else "")
        except Refused as no:
            form.add_error(None, gettext(no.decision.reason))
            return self.form_page(form, status=422)
        except Conflict as changed:
            return self.form_page(form, conflict=changed, status=409)
        if self.done:
            messages.success(request, str(self.done))
        return kept.forget(request, redirect(answer) if isinstance(answer, str) else answer)

    def form_page(
        self, form: forms.Form, *, was_kept: bool = False, conflict: Conflict | None = None, status: int = 200
    ) -> HttpResponse:
        """The page around the form."""
        if conflict:
            self._meet_halfway(form, conflict)
        once = self.request.POST.get(kept.FIELD) if not conflict else None
        context = {
            "title": self.title,
            "intro": self.intro,
            "form": form,
            "once": once or kept.fresh_token(self.seat.membership.account),
            "submit_label": self.submit_label,
            "cancel_url": self.cancel_url(),
            "kept": was_kept,
            "conflict": conflict,
            **self.context(),
            **self.form_context(),
        }
        return self.page(context, status=status)

    def _meet_halfway(self, form: forms.Form, conflict: Conflict) -> None:
        """What was typed stays; what the page knows of the version is renewed, so that saving again can work."""
        self.fetch(**self.kwargs)
        now = self.initial()
        data = self.request.POST.copy()
        for field in form.hidden_fields():
            data[field.html_name] = now.get(field.name, "")
        form.data = data
        conflict.theirs = [(_label(form, name), text) for name, text in conflict.theirs]

    def _form(self, **arguments: Any) -> forms.Form:
        return self.form_class(**arguments, **self.form_arguments())


class Command(StaffPage, ABC):
    """A button: a POST without fields of its own. A GET leads back to where the button stands."""

    done: ClassVar[Any] = ""

    @abstractmethod
    def act(self) -> str:
        """Call one action; gives the address to go on to."""

    def back_url(self) -> str:
        """Where the button stands."""
        return reverse("today")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Lead back: a GET changes nothing."""
        return redirect(self.back_url())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Act, say so, go on."""
        try:
            location = self.act()
        except Refused as no:
            messages.error(request, gettext(no.decision.reason))
            return redirect(self.back_url())
        if self.done:
            messages.success(request, str(self.done))
        return redirect(location)


def _label(form: forms.Form, name: str) -> str:
    return str(form.fields[name].label) if name in form.fields else name


def as_posted(typed: access.Typed) -> QueryDict:
    """What was typed and kept, as a form takes what is posted."""
    data = QueryDict(mutable=True)
    for name, values in typed.items():
        data.setlist(name, values)
    return data
