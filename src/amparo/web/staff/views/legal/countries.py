"""Which countries are looked at for her."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from amparo.areas.entitlements import case_countries
from amparo.web.components.fields import country_name
from amparo.web.staff.case_pages import CaseForm
from amparo.web.staff.forms.legal import CountryForm
from amparo.web.staff.pages import Context

from .answering import LegalCommand
from .pages import LegalPart


class ChooseCountry(LegalPart, CaseForm):
    """Where she is, or another country where she may go."""

    back_to = "case_legal"
    template = "staff/legal/country.html"
    form_class = CountryForm
    title = _("Another country")
    intro = _("Where she is now, or where she may go. What is known is judged by the rules there too.")
    submit_label = _("Look at this country")

    def form_context(self) -> Context:
        """Those that are looked at now."""
        chosen = [(one, country_name(one.country)) for one in self.countries if one.since]
        return {"chosen": chosen}

    def save(self, form: Any) -> str:
        """Look at it from now on."""
        typed = form.cleaned_data
        case_countries.look_at_country(self.case, typed["country"], by=self.viewer, is_here=typed["is_here"])
        return f"{self.url('case_legal')}?country={typed['country']}"


class LeaveCountryOut(LegalCommand):
    """A country is no longer looked at; what was told stays."""

    done = _("This country is no longer looked at. What is known stays.")

    def act(self) -> str:
        """Leave it out."""
        case_countries.leave_country_out(self.case, self.kwargs["country"], by=self.viewer)
        return self.url("case_legal")
