"""Countries side by side: for facts typed in here, or for hers; as of any day, and with what could be otherwise.

Facts never stand in an address: they are posted, shown, and kept nowhere.
"""

from abc import ABC, abstractmethod
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from amparo.areas.entitlements.house_rules import schemes_for
from amparo.areas.entitlements.rules.comparing import MOST_COUNTRIES
from amparo.areas.entitlements.rules.facts import NOTHING_KNOWN, Facts
from amparo.areas.entitlements.schemes import EUROPE, Schemes
from amparo.areas.entitlements.telling import facts_for
from amparo.kernel import clock
from amparo.web import kept
from amparo.web.staff.compare_lines import comparison
from amparo.web.staff.forms.schemes import CompareForm, FactsToCompareForm, SupposeForm
from amparo.web.staff.pages import Context, StaffPage, as_posted
from amparo.web.staff.scheme_lines import place_name
from amparo.web.staff.views.legal.pages import LegalPart

from .national import SchemesPage


class Comparing(StaffPage, ABC):
    """What both pages share: one form, which is shown again with what it comes to. A POST saves nothing."""

    form_class: type[CompareForm]
    schemes: Schemes
    today: date

    @abstractmethod
    def chosen(self) -> list[str]:
        """The countries that are compared before anything is chosen."""

    @abstractmethod
    def compared(self, form: Any, countries: list[str], on: date) -> Context:
        """The countries side by side for what the form holds."""

    def context(self) -> Context:
        """The form as it is first shown, or as it was typed before the session ended."""
        typed = kept.given_back(self.request)
        if typed is None:
            return self.shown(self._form(initial={"countries": self.chosen()}))
        return self.shown(self._form(data=as_posted(typed)), was_kept=True)

    def shown(self, form: CompareForm, *, was_kept: bool = False) -> Context:
        """The form, the countries side by side, and a token that tells whose form it is."""
        return {
            "form": form,
            "kept": was_kept,
            "once": kept.fresh_token(self.seat.membership.account),
            "most": MOST_COUNTRIES,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show what it comes to; with a mistake, the form comes back with what was typed."""
        form = self._form(data=request.POST)
        if not form.is_valid():
            return self.page(self.shown(form), status=422)
        countries, on = form.cleaned_data["countries"], form.cleaned_data["on"] or self.today
        return kept.forget(request, self.page({**self.shown(form), **self.compared(form, countries, on)}))

    def _form(self, **arguments: Any) -> CompareForm:
        choices = [(country, place_name(self.schemes, country)) for country in self.schemes.countries()]
        return self.form_class(**arguments, countries=choices)


class Compare(Comparing, SchemesPage):
    """For facts that are typed in here: nobody's, or of somebody who has no file."""

    template = "staff/schemes/compare.html"
    form_class = FactsToCompareForm

    def chosen(self) -> list[str]:
        """The reader's own country first."""
        home = self.seat.membership.country
        others = (one for one in self.schemes.countries() if one not in (home, EUROPE))
        return [*([home] if home in self.schemes.countries() else []), *others][:MOST_COUNTRIES]

    def shown(self, form: CompareForm, *, was_kept: bool = False) -> Context:
        """With its title."""
        return {**super().shown(form, was_kept=was_kept), "title": _("Compare countries")}

    def compared(self, form: Any, countries: list[str], on: date) -> Context:
        """The same facts for each."""
        facts: Facts = form.facts()
        unanswered = facts == NOTHING_KNOWN
        found = comparison(self.schemes, dict.fromkeys(countries, facts), on=on, today=self.today)
        return {**found, "unanswered": unanswered}


class CaseCompare(Comparing, LegalPart):
    """For what is known of her, and for what could be otherwise. Reading it is noted as reading her legal status."""

    template = "staff/schemes/case_compare.html"
    form_class = SupposeForm

    def fetch(self, **kwargs: Any) -> None:
        """Her case, and the rules that the organisation goes by."""
        super().fetch(**kwargs)
        self.schemes = schemes_for(self.viewer.organisation)
        self.today = clock.today(self.viewer.time_zone)

    def chosen(self) -> list[str]:
        """The countries that are looked at for her; one beside her own where there is only that."""
        known = self.schemes.countries()
        looked_at = [one.country for one in self.countries if one.country in known]
        return (looked_at or [one for one in known if one != EUROPE])[:MOST_COUNTRIES]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Her countries side by side as they are known today, before anything is supposed."""
        return self.page({**self.context(), **self._side_by_side(self.chosen(), self.today, {})})

    def compared(self, form: Any, countries: list[str], on: date) -> Context:
        """With what the form supposes."""
        return self._side_by_side(countries, on, form.supposed())

    def _side_by_side(self, countries: list[str], on: date, supposed: dict[str, Any]) -> Context:
        facts = {country: facts_for(self.viewer, self.case, country) for country in countries}
        return comparison(self.schemes, facts, on=on, today=self.today, supposed=supposed)
