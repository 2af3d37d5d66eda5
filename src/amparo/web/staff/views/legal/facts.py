"""Asking what her legal status depends on: a short page of questions, or one alone."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from amparo.areas.entitlements import questions, telling
from amparo.areas.entitlements.rules.answers import SaidBy
from amparo.kernel import clock
from amparo.kernel.decision import Conflict, NotThere
from amparo.web.components.fields import country_name
from amparo.web.staff.case_pages import CaseForm
from amparo.web.staff.entitlement_words import SAID_BY, answer_words, here, question_words
from amparo.web.staff.forms.legal import FactsForm, initial_of
from amparo.web.staff.pages import Context

from .pages import LegalPart


class Questions(LegalPart, CaseForm):
    """A few questions that belong together. What is left empty stays as it is."""

    back_to = "case_legal"
    form_class = FactsForm
    template = "staff/legal/questions.html"
    done = _("Noted.")
    asked: list[questions.Question]

    def fetch(self, **kwargs: Any) -> None:
        """The case, and which questions."""
        super().fetch(**kwargs)
        try:
            self.asked = questions.questions_of(kwargs["questions"])
        except KeyError:
            raise NotThere from None

    def cancel_url(self) -> str:
        """Back, for the same country."""
        return self.legal_url("case_legal")

    def form_arguments(self) -> Context:
        """Which questions."""
        return {"asked": self.asked, "country_name": country_name(self.country)}

    def initial(self) -> Context:
        """What is known."""
        known = telling.facts_of_case(self.viewer, self.case, country=self.country)
        today = clock.today(self.viewer.time_zone)
        return {
            **initial_of(known.values()),
            "seen": max((one.id for one in known.values()), default=0),
            "said_by": SaidBy.SHE,
            "told_on": today,
        }

    def form_context(self) -> Context:
        """The group's name, and why it is asked."""
        group = next(one for one in questions.groups() if one.key == self.asked[0].group)
        return {"title": here(group.name), "intro": here(group.why), **self.about_country()}

    def save(self, form: Any) -> str:
        """Keep what was answered; what a colleague answered meanwhile is shown in words."""
        told, given, seen = form.told(), form.given(), form.cleaned_data["seen"]
        try:
            telling.record_facts(self.case, by=self.viewer, country=self.country, told=told, given=given, seen=seen)
        except Conflict as changed:
            raise Conflict([(key, answer_words(key, value)) for key, value in changed.theirs], changed.who) from None
        return self.cancel_url()


class OneFact(Questions):
    """One question alone: said again by somebody else, corrected, or taken back; what was said before stays below."""

    template = "staff/legal/fact.html"

    def fetch(self, **kwargs: Any) -> None:
        """The case, and the question."""
        LegalPart.fetch(self, **kwargs)
        found = questions.questions().get(kwargs["fact"])
        if found is None:
            raise NotThere
        self.asked = [found]

    def form_context(self) -> Context:
        """What was said so far."""
        key = self.asked[0].key
        said = telling.history_of_fact(self.viewer, self.case, key, country=self.country)
        lines = [(one, answer_words(key, one.value), SAID_BY[one.said_by]) for one in said]
        return {**super().form_context(), "title": question_words(key), "said": lines}

    def save(self, form: Any) -> str:
        """Keep it, also where only who said so is new."""
        telling.record_facts(self.case, by=self.viewer, country=self.country, told=form.told(), given=form.given())
        return self.cancel_url()
