"""What each state offers, one page a country, as of any day. It holds nothing of anyone: only the law, and its age."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from amparo.areas.access.rules import Task, may_do
from amparo.areas.entitlements.catalogue import InForce
from amparo.areas.entitlements.house_rules import schemes_for
from amparo.areas.entitlements.rules.scheme import RuleSet
from amparo.areas.entitlements.schemes import EUROPE, Schemes
from amparo.kernel import clock
from amparo.kernel.decision import NotThere
from amparo.web.staff.directory_lines import lines_of, numbers_age, organisation_lines
from amparo.web.staff.entitlement_words import here
from amparo.web.staff.information_age import information_age
from amparo.web.staff.pages import Context, StaffPage
from amparo.web.staff.scheme_lines import cite, mechanism_lines, pathway_line, permit_line, place_name, service_line


class SchemesPage(StaffPage):
    """A page about the law of states: the rules that the reader's organisation goes by, on the day asked about."""

    task = Task.READ_SCHEMES
    place = "schemes"
    schemes: Schemes

    def fetch(self, **kwargs: Any) -> None:
        """The rules, and the day: the one asked for, else today."""
        self.schemes = schemes_for(self.viewer.organisation)
        self.today = clock.today(self.viewer.time_zone)
        self.on = read_day(self.asked_for("on")) or self.today

    def around(self, found: InForce) -> Context:
        """How old a set of rules is, and whether the organisation changed it."""
        return {
            "age": information_age(found.rule_set, today=self.today, outdated=found.outdated),
            "ours": self.schemes.changed_by_us(found.rule_set),
        }


class AllSchemes(SchemesPage):
    """The countries whose rules are known, each with their age."""

    template = "staff/schemes/list.html"

    def context(self) -> Context:
        """A line for each country; the European minimum stands by itself."""
        lines = [self._line(country) for country in self.schemes.countries()]
        return {
            "title": _("The law"),
            "countries": [line for line in lines if line["country"] != EUROPE],
            "europe": next((line for line in lines if line["country"] == EUROPE), None),
            "may_change": may_do(self.viewer, Task.CHANGE_RULES),
        }

    def _line(self, country: str) -> Context:
        found = self.schemes.known(country, self.today) or InForce(self.schemes.sets_of(country)[0])
        rules = found.rule_set
        return {
            "country": country,
            "name": place_name(self.schemes, country),
            "counts": (len(rules.permits), len(rules.services), len(rules.pathways)),
            **self.around(found),
        }


class OneScheme(SchemesPage):
    """Everything that one country's rules hold, as of a day."""

    template = "staff/schemes/country.html"

    def fetch(self, **kwargs: Any) -> None:
        """The rules of the country that the address names."""
        super().fetch(**kwargs)
        self.country: str = kwargs["country"]
        if self.country not in self.schemes.countries():
            raise NotThere
        self.found = self.schemes.known(self.country, self.on)

    def context(self) -> Context:
        """Permits, services, pathways, mechanisms, notes, sources; and which other dated sets there are."""
        sets = self.schemes.sets_of(self.country)
        shown = {
            "title": place_name(self.schemes, self.country),
            "country": self.country,
            "on": self.on,
            "is_today": self.on == self.today,
            "sets": [self._set(one) for one in sets],
            "first": sets[0].valid_from,
            "hotlines": lines_of(self.country),
            "organisations": organisation_lines(self.country),
            "numbers_age": numbers_age(today=self.today),
        }
        return {**shown, **self._rules(self.found)} if self.found else shown

    def _rules(self, found: InForce) -> Context:
        rules = found.rule_set
        return {
            "rules": rules,
            **self.around(found),
            "permits": [permit_line(one) for one in rules.permits],
            "services": [service_line(one) for one in rules.services],
            "pathways": [pathway_line(one) for one in rules.pathways],
            "mechanisms": mechanism_lines(rules),
            "notes": [here(note) for note in rules.notes],
            "source": cite(rules),
        }

    def _set(self, rules: RuleSet) -> Context:
        current = self.found is not None and rules is self.found.rule_set
        return {"rules": rules, "current": current, "ours": self.schemes.changed_by_us(rules)}


def read_day(typed: str) -> date | None:
    """The day that an address names; None where it names none."""
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None
