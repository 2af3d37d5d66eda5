"""Answers in place: the questions that settle most, and what her file knows already."""

from django.utils.translation import gettext_lazy as _

from amparo.areas.entitlements import changes, suggestions, telling
from amparo.areas.entitlements.questions import questions
from amparo.areas.entitlements.rules.answers import SaidBy
from amparo.areas.entitlements.telling import Told
from amparo.kernel import clock
from amparo.kernel.decision import NotThere
from amparo.web.staff.case_pages import CaseCommand

from .pages import LegalPart


class LegalCommand(LegalPart, CaseCommand):
    """A button of her legal status; it leads back to the same country."""

    back_to = "case_legal"

    def back_url(self) -> str:
        """The overview, for the same country."""
        return self.legal_url("case_legal")


class AnswerNow(LegalCommand):
    """One answer, said today."""

    done = _("Noted.")

    def act(self) -> str:
        """Keep it."""
        fact, typed = self.kwargs["fact"], self.request.POST
        if fact not in questions():
            raise NotThere
        by = typed.get("said_by", SaidBy.SHE)
        told = Told(SaidBy(by) if by in set(SaidBy) else SaidBy.SHE, clock.today(self.viewer.time_zone))
        given = {fact: typed.get("answer", "")}
        telling.record_facts(self.case, by=self.viewer, country=self.country, told=told, given=given)
        return self.back_url()


class TakeOver(LegalCommand):
    """What her file knows already becomes an answer."""

    done = _("Taken over from her file.")

    def act(self) -> str:
        """Take it over."""
        fact = self.request.POST.get("fact", "")
        suggestions.take_over(self.case, by=self.viewer, country=self.country, fact=fact)
        return self.back_url()


class LookedAt(LegalCommand):
    """Somebody of her team looked at what changed."""

    done = _("Noted: somebody of her team has looked.")

    def act(self) -> str:
        """Note it."""
        changes.look_at_changes(self.case, by=self.viewer)
        return self.back_url()
