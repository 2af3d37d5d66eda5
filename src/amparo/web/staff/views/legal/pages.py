"""What the pages of her legal status share: the part they belong to, and the country they speak of."""

from functools import cached_property

from amparo.areas.access.rules import Part
from amparo.areas.entitlements.case_countries import CountryFile, countries_of
from amparo.web.components.fields import country_name
from amparo.web.staff.case_pages import CasePart
from amparo.web.staff.pages import Context


class LegalPart(CasePart):
    """A page of her legal status, for one country: the one that the address asks for, otherwise where she is."""

    part = Part.LEGAL
    section = "legal"

    @cached_property
    def countries(self) -> list[CountryFile]:
        """The countries looked at for her, where she is first."""
        return countries_of(self.viewer, self.case, at_home=self.seat.membership.country)

    @cached_property
    def country(self) -> str:
        """The country that the page speaks of."""
        asked = self.asked_for("country")
        return asked if any(one.country == asked for one in self.countries) else self.countries[0].country

    def legal_url(self, name: str, *args: object) -> str:
        """An address of her legal status, for the same country."""
        return f"{self.url(name, *args)}?country={self.country}"

    def about_country(self) -> Context:
        """The country by name, and the others to turn to."""
        return {
            "country": self.country,
            "country_name": country_name(self.country),
            "countries": [(one, country_name(one.country), one.country == self.country) for one in self.countries],
        }
