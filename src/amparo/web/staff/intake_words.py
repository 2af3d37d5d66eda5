"""Coded words of referrals and first interviews in the reader's language, and their lines in the history."""

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from amparo.areas.cases.queries import HistoryLine
from amparo.areas.intake.catalogue import referral_choices, six_questions
from amparo.areas.intake.queries import ResolutionFile
from amparo.areas.intake.rules import Discarding, State, Verdict
from amparo.kernel.catalogue import Choice
from amparo.kernel.language import Texts, pick

from .history import VERBS, simple

Choices = list[tuple[str, str]]

_STATE: dict[str, Promise] = {
    State.DRAFT: gettext_lazy("Being written"),
    State.TO_DECIDE: gettext_lazy("To decide"),
    State.WAITING: gettext_lazy("Waiting"),
    State.ACCEPTED: gettext_lazy("Accepted"),
    State.REDIRECTED: gettext_lazy("Sent on"),
}
_VERDICT: dict[str, Promise] = {
    Verdict.ACCEPT: gettext_lazy("Accept: we accompany her"),
    Verdict.REDIRECT: gettext_lazy("Send on: somebody else is better for her"),
    Verdict.WAIT: gettext_lazy("Wait: decide on a later day"),
}
DISCARDING: list[tuple[str, Promise]] = [
    (Discarding.TWICE, gettext_lazy("It stands here twice")),
    (Discarding.MISTAKE, gettext_lazy("It was begun by mistake")),
    (Discarding.HER_WISH, gettext_lazy("She does not want it")),
    (Discarding.HELPED, gettext_lazy("She found help elsewhere")),
]
WAYS: dict[str, Promise] = {
    "phone": gettext_lazy("By telephone"),
    "email": gettext_lazy("By e-mail"),
    "in_person": gettext_lazy("In person"),
    "letter": gettext_lazy("By letter"),
    "other": gettext_lazy("In another way"),
}
CHANNELS: dict[str, Promise] = {
    "call": gettext_lazy("Call her"),
    "sms": gettext_lazy("Text message"),
    "messaging_app": gettext_lazy("Messaging app"),
    "email": gettext_lazy("E-mail"),
    "letter": gettext_lazy("Letter"),
    "through_someone": gettext_lazy("Through somebody she trusts"),
}
INTERPRETER: dict[str, Promise] = {
    "none": gettext_lazy("None is needed"),
    "agreed": gettext_lazy("Yes, and she agreed to this person"),
}


def here(texts: Texts) -> str:
    """A worded text in the reader's language."""
    return pick(texts, get_language() or "en")


def options(choices: Sequence[Choice]) -> Choices:
    """A worded list for a field to choose from."""
    return [(choice.key, here(choice.name)) for choice in choices]


def listed(words: Mapping[str, Promise]) -> Choices:
    """The same of words that stand in the code."""
    return [(key, str(text)) for key, text in words.items()]


def state_words(state: str) -> str:
    """Where a referral stands."""
    return str(_STATE[state])


def verdicts() -> Choices:
    """What may be decided."""
    return listed(_VERDICT)


def sender_words(kind: str) -> str:
    """The kind of a sender; says so where it is not noted yet."""
    return dict(options(referral_choices().senders)).get(kind, _("Sender not noted yet"))


def need_words(keys: Sequence[str]) -> str:
    """Urgent needs in one line."""
    words = dict(options(referral_choices().urgent_needs))
    return ", ".join(words[key] for key in keys if key in words)


def reason_words(verdict: str, reason: str) -> str:
    """The coded reason of a decision."""
    lists = referral_choices()
    by_verdict = {
        Verdict.ACCEPT.value: lists.accept_reasons,
        Verdict.REDIRECT.value: lists.redirect_reasons,
        Verdict.WAIT.value: lists.wait_reasons,
    }
    return dict(options(by_verdict[verdict])).get(reason, reason)


def verdict_words(verdict: str) -> str:
    """A decision in a word."""
    return {"accept": _("Accepted"), "redirect": _("Sent on"), "wait": _("Waiting")}[verdict]


def decision_words(resolution: ResolutionFile) -> dict[str, object]:
    """A decision as the screens show it."""
    return {
        "file": resolution,
        "verdict": verdict_words(resolution.verdict),
        "reason": reason_words(resolution.verdict, resolution.reason),
    }


def answer_words(answer: str) -> str:
    """What she said after a first interview."""
    return dict(options(referral_choices().interview_outcomes)).get(answer, _("Still to come"))


def careful_answers(answers: dict[str, str]) -> list[str]:
    """Those of the six questions whose answer calls for care, as questions with their answer."""
    found = six_questions()
    said = dict(options(found.answers))
    return [
        f"{here(one.question)} {said[one.detail_on]}"
        for one in found.questions
        if answers.get(one.key) == one.detail_on
    ]


def _held(line: HistoryLine) -> str:
    return _("First interview: %(answer)s") % {"answer": answer_words(line.words[0] if line.words else "")}


def _accepted(line: HistoryLine) -> str:
    return _("Referral accepted (%(sender)s)") % {"sender": sender_words(line.words[0] if line.words else "")}


VERBS |= {
    "referral accepted": _accepted,
    "case reopened": simple(gettext_lazy("She came back: the case goes on")),
    "six questions answered": simple(gettext_lazy("Six safety questions answered")),
    "first interview booked": simple(gettext_lazy("First interview booked")),
    "first interview moved": simple(gettext_lazy("First interview moved")),
    "first interview held": _held,
}
