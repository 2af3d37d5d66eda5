"""Deciding a referral, and answering who sent it."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from amparo.areas.access.rules import Task
from amparo.areas.intake import deciding, queries, rules
from amparo.areas.intake.deciding import ToAnswer
from amparo.areas.intake.rules import Verdict
from amparo.areas.orgs.queries import colleagues
from amparo.areas.orgs.rules import Role
from amparo.kernel import clock
from amparo.kernel.decision import NotThere, require
from amparo.web import pdf
from amparo.web.staff.forms.deciding import DecisionForm, ReplyForm
from amparo.web.staff.intake_words import (
    WAYS,
    careful_answers,
    decision_words,
    sender_words,
    state_words,
    verdict_words,
)
from amparo.web.staff.pages import Context, FormPage, StaffPage
from amparo.web.staff.referral_content import content
from amparo.web.staff.views.referrals import ReferralPage


class Decide(ReferralPage, FormPage):
    """What it says, what calls for care, and the decision below."""

    template = "staff/intake/decide.html"
    form_class = DecisionForm
    title = gettext_lazy("Decide")
    submit_label = gettext_lazy("Decide")
    done = gettext_lazy("Decided. Now answer who sent her.")

    def fetch(self, **kwargs: Any) -> None:
        """The referral, while it is to decide."""
        super().fetch(**kwargs)
        require(rules.may_decide(self.viewer, self.referral.state))

    def cancel_url(self) -> str:
        """The referral."""
        return self.url("referral")

    def form_arguments(self) -> Context:
        """Who can be her referent."""
        found = colleagues(self.viewer.organisation, Role.CASEWORKER, Role.COORDINATOR)
        return {"referents": [(str(one.member), one.name) for one in found]}

    def form_context(self) -> Context:
        """What there is to know for the decision."""
        return {
            "referral": self.referral,
            "state": state_words(self.referral.state),
            "parts": content(self.viewer, self.referral),
            "careful": careful_answers(self.referral.answers),
            "open_questions": len(rules.open_questions(self.referral.answers)),
            "danger": self.referral.answers.get("imminent_danger") == "yes",
            "perhaps": queries.perhaps_known(self.viewer, self.referral),
            "resolutions": [decision_words(one) for one in queries.resolutions_of(self.viewer, self.referral)],
        }

    def save(self, form: Any) -> str:
        """Decide, then answer."""
        deciding.decide(self.referral, form.judgement(), by=self.viewer)
        return self.url("referral_answer")


class Answer(FormPage):
    """The answer to the sender, recorded and ready to print."""

    task = Task.DECIDE_REFERRALS
    place = "referrals"
    template = "staff/intake/answer.html"
    form_class = ReplyForm
    title = gettext_lazy("Answer the sender")
    done = gettext_lazy("The answer is recorded.")
    asked: ToAnswer

    def fetch(self, **kwargs: Any) -> None:
        """Who is to be answered, and nothing of what she told."""
        self.asked = deciding.to_answer(self.viewer, kwargs["referral"])

    def cancel_url(self) -> str:
        """The list."""
        return reverse("referrals")

    def initial(self) -> Context:
        """A draft of the answer, by the way the referral came."""
        return {"text": _draft(self.asked), "on": clock.today(self.viewer.time_zone)}

    def form_context(self) -> Context:
        """Whom we answer, and what was answered before."""
        return {
            "asked": self.asked,
            "sender": sender_words(self.asked.sender_kind),
            "verdict": verdict_words(self.asked.verdict),
            "replies": [(reply, str(WAYS.get(reply.way, ""))) for reply in self.asked.replies],
        }

    def save(self, form: Any) -> str:
        """Record it."""
        typed = form.cleaned_data
        deciding.write_reply(self.asked, by=self.viewer, text=typed["text"], way=typed["way"], on=typed["on"])
        return reverse("referral_answer", args=(self.asked.id,))


class PrintAnswer(StaffPage):
    """One answer as a letter."""

    task = Task.DECIDE_REFERRALS
    place = "referrals"
    template = "staff/intake/letter.html"

    def fetch(self, **kwargs: Any) -> None:
        """The answer, if it is one to this referral."""
        self.asked = deciding.to_answer(self.viewer, kwargs["referral"])
        found = [reply for reply in self.asked.replies if reply.id == kwargs["reply"]]
        if not found:
            raise NotThere
        self.reply = found[0]

    def context(self) -> Context:
        """The letter: to whom, about which reference, what."""
        return {
            "asked": self.asked,
            "reply": self.reply,
            "printed_on": date_format(self.reply.on, "DATE_FORMAT"),
            "back_url": reverse("referral_answer", args=(self.asked.id,)),
        }


class AnswerAsPdf(PrintAnswer):
    """The same letter as PDF."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show it."""
        sender = [self.asked.sender.get(name, "") for name in ("organisation", "contact")]
        day = date_format(self.reply.on, "DATE_FORMAT")
        blocks = [
            pdf.quiet("\n".join(one for one in (self.seat.membership.organisation_name, day) if one)),
            *([pdf.text("\n".join(one for one in sender if one))] if any(sender) else []),
            *(pdf.text(part) for part in self.reply.text.split("\n\n") if part.strip()),
            pdf.text(self.reply.member_name),
        ]
        heading = f"{_('Answer to your referral')} {self.asked.code}"
        foot = _("Confidential. For the person it is addressed to.")
        context = {"heading": heading, "blocks": blocks, "foot": foot}
        language = get_language() or "en"
        return pdf.pdf_response(pdf.render("sheet.typ", context, title=_("Answer"), language=language), "answer")


def _draft(asked: ToAnswer) -> str:
    """What an answer usually says; it names nobody and tells nothing of her."""
    return "\n\n".join((_thanks(asked), _outcome(asked), _reference(asked)))


def _thanks(asked: ToAnswer) -> str:
    if asked.received_on is None:
        return _("Thank you for your referral.")
    return _("Thank you for your referral of %(day)s.") % {"day": date_format(asked.received_on, "DATE_FORMAT")}


def _outcome(asked: ToAnswer) -> str:
    if asked.verdict == Verdict.ACCEPT:
        return _("We will contact her in the way that was agreed with her.")
    if asked.verdict == Verdict.REDIRECT:
        return _("Somebody else can do more for her now: %(where)s. Please speak with her before you turn to them.") % {
            "where": asked.where_to
        }
    if asked.wait_until is None:
        return _("We cannot say yes yet, and will write to you again.")
    return _("We cannot say yes yet. We look at it again on %(day)s and will write to you then.") % {
        "day": date_format(asked.wait_until, "DATE_FORMAT")
    }


def _reference(asked: ToAnswer) -> str:
    theirs = asked.sender.get("reference", "")
    ours = _("Our reference is %(code)s. Please write this reference and never her name.") % {"code": asked.code}
    return f"{ours} {_('Yours is %(reference)s.') % {'reference': theirs}}" if theirs else ours
