"""The rules that the organisation goes by: those of the files, and its own in their place, with day and reason."""

from datetime import date
from hashlib import sha256
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amparo.areas.access.rules import Task
from amparo.areas.entitlements import catalogue, own_rules
from amparo.areas.entitlements.foreseeing import foresee
from amparo.areas.entitlements.house_rules import schemes_for
from amparo.areas.entitlements.own_rules import OwnRulesFile
from amparo.areas.entitlements.rules.scheme import RuleSet
from amparo.areas.entitlements.schemes import Schemes
from amparo.kernel import clock
from amparo.kernel.decision import NotThere
from amparo.kernel.marked import Problem
from amparo.web import kept
from amparo.web.staff.difference_lines import difference_lines
from amparo.web.staff.forms.rules import RulesForm, WithdrawRulesForm
from amparo.web.staff.information_age import information_age
from amparo.web.staff.pages import Context, FormPage, StaffPage
from amparo.web.staff.scheme_lines import place_name

PUT = "put_in_place"


class RulesPage(StaffPage):
    """A page about the rules themselves: for coordinators and lawyers."""

    task = Task.CHANGE_RULES
    place = "schemes"
    schemes: Schemes

    def fetch(self, **kwargs: Any) -> None:
        """The rules that the organisation goes by."""
        self.schemes = schemes_for(self.viewer.organisation)
        self.today = clock.today(self.viewer.time_zone)


class AllRules(RulesPage):
    """What the organisation put in place, what stands in the files, and what is wrong with any of it."""

    template = "staff/schemes/rules.html"

    def context(self) -> Context:
        """Own rules, the latest first; the countries; the problems of files."""
        own = own_rules.own_rules_of(self.viewer)
        return {
            "title": _("Rules we changed"),
            "own": [own_line(one, self.schemes, self.today) for one in own],
            "countries": [self._country(one) for one in self.schemes.countries()],
            "problems": catalogue.problems(),
        }

    def _country(self, country: str) -> Context:
        found = self.schemes.known(country, self.today)
        age = information_age(found.rule_set, today=self.today, outdated=found.outdated) if found else None
        return {"country": country, "name": place_name(self.schemes, country), "age": age}


class ChangeRules(RulesPage, FormPage):
    """Start from the rules in force, change the text, see what is otherwise, and put it in place."""

    form_class = RulesForm
    template = "staff/schemes/change_rules.html"
    done = gettext_lazy("Put in place. Within ten minutes each team sees whose rights changed.")

    def fetch(self, **kwargs: Any) -> None:
        """The country that the address names."""
        super().fetch(**kwargs)
        self.country: str = kwargs["country"]
        if self.country not in self.schemes.countries():
            raise NotThere

    def cancel_url(self) -> str:
        """Back to the list."""
        return reverse("overrides")

    def initial(self) -> Context:
        """The text behind the rules that hold today, or the newest before."""
        rules = self._before(self.today)
        return {"text": own_rules.text_to_start_from(self.viewer, self.country, rules)}

    def form_context(self) -> Context:
        """Which country it is about."""
        return {
            "title": place_name(self.schemes, self.country),
            "submit_label": _("See what changes"),
            "looked": None,
            "problems": (),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show what is wrong, or what would change; put it in place only after that was seen."""
        form = self.form_class(data=request.POST)
        if not form.is_valid():
            return self.form_page(form, status=422)
        text = form.cleaned_data["text"]
        loaded = own_rules.read_rules(text, self.country, today=self.today)
        if loaded.rule_set is None:
            return self._wrong(form, text, loaded.problems)
        if PUT in request.POST and form.cleaned_data["seen"] == _mark(text):
            return super().post(request, *args, **kwargs)
        return self._looked(form, loaded.rule_set)

    def save(self, form: Any) -> str:
        """Put it in place."""
        typed = form.cleaned_data
        own_rules.put_in_place(typed["text"], by=self.viewer, country=self.country, reason=typed["reason"])
        return self.cancel_url()

    def _wrong(self, form: forms.Form, text: str, problems: tuple[Problem, ...]) -> HttpResponse:
        """Each mistake with its line; the text stands in the form as it was typed."""
        form.add_error("text", _("These rules cannot be used yet. Nothing was changed."))
        lines = text.splitlines()
        found = [(one, lines[one.line - 1].strip()[:160] if one.line <= len(lines) else "") for one in problems]
        return self.page({**self._around(form), "problems": found}, status=422)

    def _looked(self, form: forms.Form, rules: RuleSet) -> HttpResponse:
        """What would be otherwise, from when on, and for how many women."""
        looked = {
            "rules": rules,
            "lines": difference_lines(self._before(rules.valid_from), rules),
            "foreseen": foresee(self.viewer, rules),
            "age": information_age(rules, today=self.today),
        }
        data = self.request.POST.copy()
        data["seen"] = _mark(form.cleaned_data["text"])
        shown = self.form_class(data=data)
        second = {"second_label": _("Put in place"), "second_name": PUT}
        return self.page({**self._around(shown), **second, "looked": looked})

    def _around(self, form: forms.Form) -> Context:
        once = self.request.POST.get(kept.FIELD) or kept.fresh_token(self.seat.membership.account)
        around = {"form": form, "once": once, "cancel_url": self.cancel_url(), "kept": False, "conflict": None}
        return {**around, **self.form_context()}

    def _before(self, on: date) -> RuleSet:
        found = self.schemes.known(self.country, on)
        return found.rule_set if found else self.schemes.sets_of(self.country)[0]


class OneOwnSet(RulesPage):
    """One set of the organisation's own: what it changes, since when, why, and its text."""

    template = "staff/schemes/own_rules.html"

    def fetch(self, **kwargs: Any) -> None:
        """The set that the address names."""
        super().fetch(**kwargs)
        self.file = own_rules.own_rules_file(self.viewer, kwargs["own"])

    def context(self) -> Context:
        """What differs from the rules of the files, and the text."""
        one = self.file
        return {
            "title": place_name(self.schemes, one.country),
            "own": own_line(one, self.schemes, self.today),
            "lines": self._lines(),
            "text": own_rules.text_of(self.viewer, one.id),
            "problems": [] if one.rules else own_rules.problems_of(self.viewer, one.id),
        }

    def _lines(self) -> list[Context]:
        known = Schemes().known(self.file.country, self.file.valid_from)
        return difference_lines(known.rule_set, self.file.rules) if known and self.file.rules else []


class WithdrawRules(RulesPage, FormPage):
    """Let the rules of the files hold again."""

    form_class = WithdrawRulesForm
    title = gettext_lazy("Withdraw these rules")
    intro = gettext_lazy("The rules of the files hold again at once. What was judged by these is judged again.")
    submit_label = gettext_lazy("Withdraw them")
    done = gettext_lazy("Withdrawn.")

    def fetch(self, **kwargs: Any) -> None:
        """One that still holds."""
        super().fetch(**kwargs)
        self.file = own_rules.own_rules_file(self.viewer, kwargs["own"])
        if self.file.withdrawn_on is not None:
            raise NotThere

    def cancel_url(self) -> str:
        """Back to it."""
        return reverse("override", args=(self.file.id,))

    def save(self, form: Any) -> str:
        """Withdraw it."""
        own_rules.withdraw(self.file.id, by=self.viewer, reason=form.cleaned_data["reason"])
        return reverse("overrides")


def own_line(one: OwnRulesFile, schemes: Schemes, today: date) -> Context:
    """Own rules as lists show them: where they stand, as a word and a shape."""
    if one.withdrawn_on is not None:
        state = (_("withdrawn"), "closed")
    elif one.rules is None:
        state = (_("cannot be read: the rules of the files hold"), "overdue")
    elif one.valid_from > today:
        state = (_("to come"), "soon")
    elif catalogue.covers(one.rules, today):
        state = (_("in force"), "done")
    else:
        state = (_("over"), "closed")
    known = one.country in schemes.countries()
    name = place_name(schemes, one.country) if known else one.country
    return {"file": one, "name": name, "state": state[0], "shape": state[1]}


def _mark(text: str) -> str:
    return sha256(text.encode(errors="replace")).hexdigest()
