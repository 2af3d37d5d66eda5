"""Her legal status at a glance."""

from amparo.areas.access.rules import Part
from amparo.areas.entitlements.questions import groups, questions_of
from amparo.areas.entitlements.telling import FactFile, facts_of_case
from amparo.web.staff.entitlement_words import SAID_BY, answer_words, here, question_words
from amparo.web.staff.pages import Context

from .pages import LegalPart
from .pathways import block as pathway_block


class Legal(LegalPart):
    """What is known, group by group, with who said so and when."""

    template = "staff/legal/overview.html"

    def context(self) -> Context:
        """Everything on one page, in a fixed number of queries."""
        known = facts_of_case(self.viewer, self.case, country=self.country)
        return {
            **self.about_country(),
            "can_write": bool(self.case.writable(self.viewer, Part.LEGAL)),
            "pathway": pathway_block(self),
            "groups": [self._group(one.key, here(one.name), known) for one in groups()],
        }

    def _group(self, key: str, name: str, known: dict[str, FactFile]) -> Context:
        asked = questions_of(key)
        return {
            "name": name,
            "url": self.legal_url("case_legal_questions", key),
            "facts": [self._fact(known[one.key]) for one in asked if one.key in known],
            "open": sum(one.key not in known for one in asked),
        }

    def _fact(self, fact: FactFile) -> Context:
        return {
            "question": question_words(fact.key),
            "answer": answer_words(fact.key, fact.value),
            "said_by": SAID_BY[fact.said_by],
            "told_on": fact.told_on,
            "note": fact.note,
            "url": self.legal_url("case_legal_fact", fact.key),
        }
