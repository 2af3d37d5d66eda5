"""How she came to us, and the first interview, within her case."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy

from amparo.areas.access.rules import Part
from amparo.areas.cases.dues import due_of_case
from amparo.areas.cases.rules import DueKind
from amparo.areas.intake import interviews, queries, rules
from amparo.areas.intake.actions import Written
from amparo.areas.intake.catalogue import interview_preparation
from amparo.areas.intake.interviews import Booking, Held
from amparo.areas.intake.queries import InterviewFile, ReferralFile
from amparo.areas.intake.rules import Page
from amparo.kernel import clock
from amparo.kernel.decision import Conflict, NotThere, require
from amparo.web.staff.case_pages import CaseCommand, CaseForm, CasePart
from amparo.web.staff.forms.interviews import AnswerForm, BookingForm
from amparo.web.staff.forms.referrals import SixForm
from amparo.web.staff.intake_words import INTERPRETER, answer_words, careful_answers, decision_words, here
from amparo.web.staff.pages import Context
from amparo.web.staff.referral_content import content, typed_before
from amparo.web.staff.views.referral_pages import beside, why_asked


class CaseReferral(CasePart):
    """How she came to us: every referral with what was decided."""

    part = Part.REFERRAL
    section = "now"
    template = "staff/intake/case_referral.html"

    def context(self) -> Context:
        """What she need not tell again."""
        unread = [line.subject for line in due_of_case(self.viewer, self.case) if line.kind == DueKind.REFERRAL]
        found = queries.referrals_of_case(self.viewer, self.case)
        return {
            "referrals": [self._shown(referral, unread=referral.id in unread) for referral in found],
            "can_write": bool(self.case.writable(self.viewer, Part.REFERRAL)),
        }

    def _shown(self, referral: ReferralFile, *, unread: bool) -> Context:
        decided = queries.resolutions_of(self.viewer, referral)
        without = frozenset[Page]() if self.case.in_team else frozenset({Page.ABOUT})
        return {
            "referral": referral,
            "parts": content(self.viewer, referral, without=without),
            "careful": careful_answers(referral.answers),
            "resolutions": [decision_words(one) for one in decided],
            "unread": unread,
        }


class ReadReferral(CaseCommand):
    """The referent has read it."""

    part = Part.REFERRAL
    back_to = "case_referral"
    done = gettext_lazy("It no longer stands on Today.")

    def fetch(self, **kwargs: Any) -> None:
        """A referral of hers."""
        super().fetch(**kwargs)
        queries.require_of_case(self.viewer, self.case, kwargs["referral"])

    def act(self) -> str:
        """Settle what was due."""
        interviews.settle_referral(self.case, self.kwargs["referral"], by=self.viewer)
        return self.back_url()


class CaseSix(CaseForm):
    """The six questions, answered within her case."""

    part = Part.REFERRAL
    section = "now"
    template = "staff/intake/case_six.html"
    back_to = "case_interview"
    form_class = SixForm
    title = gettext_lazy("The six safety questions")
    done = gettext_lazy("Saved.")

    def initial(self) -> Context:
        """The answers as they stand."""
        found = queries.referrals_of_case(self.viewer, self.case)
        return typed_before(self.viewer, found[0], Page.SIX) if found else {"version": 0}

    def form_context(self) -> Context:
        """Why each is asked."""
        return {"reasons": why_asked()}

    def save(self, form: Any) -> str:
        """Save them."""
        typed = Written(Page.SIX, form.cleaned_data["version"] or 0, form.words(), form.codes())
        interviews.write_six(self.case, typed, by=self.viewer)
        return self.url("case_interview")

    def form_page(
        self, form: forms.Form, *, was_kept: bool = False, conflict: Conflict | None = None, status: int = 200
    ) -> HttpResponse:
        """After a colleague's change the form starts from hers."""
        if conflict is not None:
            conflict = beside(form, self.initial(), self.request.POST)
        return super().form_page(form, was_kept=was_kept, conflict=conflict, status=status)


class FirstInterview(CasePart):
    """Where the first interview stands, and the one next thing to do."""

    part = Part.REFERRAL
    section = "now"
    template = "staff/intake/interview.html"

    def context(self) -> Context:
        """Open questions first, then the booking, then her answer."""
        answers = queries.six_answers(self.viewer, self.case)
        found = queries.interviews_of(self.viewer, self.case)
        return {
            "meeting": bool(rules.may_hold_interview(self.case.status)),
            "six": rules.may_book_first_interview(answers),
            "open_questions": len(rules.open_questions(answers)),
            "careful": careful_answers(answers),
            "coming": next((self._shown(one) for one in found if not one.answer), None),
            "held": [self._shown(one) for one in found if one.answer],
            "preparation": _preparation(),
            "can_write": bool(self.case.writable(self.viewer, Part.REFERRAL)),
            "can_answer": bool(self.case.writable(self.viewer, Part.HEAD)),
        }

    def _shown(self, one: InterviewFile) -> Context:
        known = {item["key"]: item["text"] for item in _preparation()}
        return {
            "interview": one,
            "interpreter": str(INTERPRETER.get(one.interpreter, "")),
            "prepared": [known[key] for key in one.prepared if key in known],
            "to_see_to": [text for key, text in known.items() if key not in one.prepared],
            "answer": answer_words(one.answer),
            "is_past": one.at <= clock.now(),
        }


class BookInterview(CaseForm):
    """Book it, or move it."""

    part = Part.REFERRAL
    section = "now"
    back_to = "case_interview"
    form_class = BookingForm
    title = gettext_lazy("Book the first interview")
    intro = gettext_lazy("An informal talk in a safe place, alone with one professional. No papers yet.")
    submit_label = gettext_lazy("Book")
    done = gettext_lazy("Booked. Tell her only in the way she agreed to.")

    def fetch(self, **kwargs: Any) -> None:
        """Only once all six questions were asked (R6)."""
        super().fetch(**kwargs)
        require(rules.may_hold_interview(self.case.status))
        require(rules.may_book_first_interview(queries.six_answers(self.viewer, self.case)))

    def form_arguments(self) -> Context:
        """The members of her team."""
        team = queries.team_of(self.viewer, self.case)
        return {"team": [(str(member), name) for member, name in team]}

    def initial(self) -> Context:
        """The booking as it stands; the one who books, and nobody else, for a new one."""
        booked = queries.interview_to_come(self.viewer, self.case)
        if booked is None:
            return {"member": str(self.case.referent)}
        return {
            "at": booked.at,
            "meeting_point": booked.meeting_point,
            "member": str(booked.member),
            "interpreter": booked.interpreter,
            "prepared": list(booked.prepared),
        }

    def save(self, form: Any) -> str:
        """Book."""
        typed = {**form.cleaned_data, "member": int(form.cleaned_data["member"])}
        interviews.book_interview(self.case, Booking(**typed), by=self.viewer)
        return self.url("case_interview")


class RecordAnswer(CaseForm):
    """What she said: yes, not yet or no."""

    part = Part.REFERRAL
    section = "now"
    back_to = "case_interview"
    form_class = AnswerForm
    title = gettext_lazy("What did she say?")

    def fetch(self, **kwargs: Any) -> None:
        """The interview that is booked; her team notes the answer, since it decides how her case goes on."""
        super().fetch(**kwargs)
        require(self.case.writable(self.viewer, Part.HEAD))
        require(rules.may_hold_interview(self.case.status))
        booked = queries.interview_to_come(self.viewer, self.case)
        if booked is None or booked.id != kwargs["interview"]:
            raise NotThere
        self.booked = booked

    def initial(self) -> Context:
        """The version shown."""
        return {"version": self.booked.version}

    def save(self, form: Any) -> str:
        """Yes goes on to consents, not yet to the next talk, no to a thank you."""
        typed = form.cleaned_data
        held = Held(rules.Answer(typed["answer"]), typed["her_words"], typed["words"])
        interviews.record_answer(self.case, self.booked.id, held, by=self.viewer, version=typed["version"])
        if held.answer is rules.Answer.NOT_YET:
            return self.url("interview_book")
        if held.answer is rules.Answer.YES:
            return self.url("case_consents")
        return self.url("case_interview")


def _preparation() -> list[Context]:
    return [{"key": one.key, "text": here(one.text), "source": str(one.source)} for one in interview_preparation()]
