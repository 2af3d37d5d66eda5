"""Her legal status at a glance: what to ask, what she can have and why, her documents, and what is known."""

from datetime import date
from functools import cached_property

from amparo.areas.access.rules import Part
from amparo.areas.entitlements.applications import applications_of
from amparo.areas.entitlements.catalogue import NoRules
from amparo.areas.entitlements.changes import open_changes
from amparo.areas.entitlements.judged import Judged, judged
from amparo.areas.entitlements.questions import groups, questions_of
from amparo.areas.entitlements.rules.answers import WAYS_OUT
from amparo.areas.entitlements.rules.asking import Worth
from amparo.areas.entitlements.rules.suggesting import Suggestion
from amparo.areas.entitlements.suggestions import suggestions_for
from amparo.areas.entitlements.telling import FactFile, facts_of_case
from amparo.kernel import clock
from amparo.web.staff.entitlement_words import SAID_BY, answer_words, here, question_words
from amparo.web.staff.information_age import information_age
from amparo.web.staff.legal_lines import application_line, called_for, change_lines, item_line, question_line
from amparo.web.staff.pages import Context

from .pages import LegalPart
from .pathways import block as pathway_block

ASKED_AT_ONCE = 2


class Legal(LegalPart):
    """Everything about one country, on the day that the address asks for."""

    template = "staff/legal/overview.html"

    @cached_property
    def today(self) -> date:
        """Today where the viewer is."""
        return clock.today(self.viewer.time_zone)

    @cached_property
    def on(self) -> date:
        """The day asked about; today where none was, or none that can be."""
        try:
            return date.fromisoformat(self.asked_for("on"))
        except ValueError:
            return self.today

    @cached_property
    def judged(self) -> Judged | None:
        """What the rules come to; None where there are none for this country and day."""
        try:
            return judged(self.viewer, self.case, self.country, on=self.on)
        except NoRules:
            return None

    def context(self) -> Context:
        """Everything on one page, in a fixed number of queries."""
        changes = open_changes(self.viewer, self.case)
        return {
            **self.about_country(),
            "can_write": bool(self.case.writable(self.viewer, Part.LEGAL)),
            "on": self.on,
            "is_today": self.on == self.today,
            "changes": change_lines(called_for(self.viewer), changes) if changes else [],
            "applications": [application_line(self.case.code, one) for one in applications_of(self.viewer, self.case)],
            "pathway": pathway_block(self),
            **self._suggested(),
            **(self._of_rules(self.judged) if self.judged else {}),
            **self._known(),
        }

    def _of_rules(self, found: Judged) -> Context:
        answer = found.answer
        return {
            "age": information_age(answer.rule_set, today=self.today, outdated=answer.outdated),
            "ours": found.ours,
            "asked": [question_line(one) for one in self._to_ask(found)],
            "permits": [item_line(found, one, self.fact_url) for one in answer.permits],
            "services": [item_line(found, one, self.fact_url) for one in answer.services],
            "rules_notes": [here(note) for note in answer.rule_set.notes],
        }

    @cached_property
    def suggestions(self) -> list[Suggestion]:
        """What her file knows already."""
        return suggestions_for(self.viewer, self.case, country=self.country)

    def _to_ask(self, found: Judged) -> list[Worth]:
        """What settles most, without what her file knows already."""
        known = {one.fact for one in self.suggestions if one.sure}
        return [one for one in found.asks() if one.fact not in known][:ASKED_AT_ONCE]

    def _suggested(self) -> Context:
        found = self.suggestions
        lines = [(one.fact, question_words(one.fact), answer_words(one.fact, one.answer), one.sure) for one in found]
        return {"suggestions": lines, "sure_ones": sum(one.sure for one in found)}

    def _known(self) -> Context:
        told = self.judged.told if self.judged else facts_of_case(self.viewer, self.case, country=self.country)
        return {"groups": [self._group(one.key, here(one.name), told) for one in groups()]}

    def _group(self, key: str, name: str, told: dict[str, FactFile]) -> Context:
        asked = questions_of(key)
        return {
            "name": name,
            "url": self.legal_url("case_legal_questions", key),
            "facts": [self._fact(told[one.key]) for one in asked if one.key in told],
            "open": sum(one.key not in told for one in asked),
        }

    def _fact(self, fact: FactFile) -> Context:
        return {
            "question": question_words(fact.key),
            "answer": answer_words(fact.key, fact.value),
            "said_by": SAID_BY[fact.said_by],
            "told_on": fact.told_on,
            "note": fact.note,
            "is_way_out": fact.value in WAYS_OUT,
            "url": self.fact_url(fact.key),
        }

    def fact_url(self, key: str) -> str:
        """Where one question is asked, for the same country."""
        return self.legal_url("case_legal_fact", key)
