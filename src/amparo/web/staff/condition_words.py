"""Conditions in words: what a country asks for, as lines within lines, without a formula."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from amparo.areas.entitlements.questions import questions
from amparo.areas.entitlements.rules.answers import answer_of
from amparo.areas.entitlements.rules.facts import VALUES
from amparo.areas.entitlements.rules.scheme import Condition, Test

from .entitlement_words import here


@dataclass(frozen=True)
class Said:
    """One line, and the lines that belong to it."""

    text: str
    parts: tuple["Said", ...] = ()


def condition_said(condition: Condition) -> Said:
    """The condition as it reads: 'All of these', with a line for each."""
    if isinstance(condition, str):
        return Said(_fact(condition, ("yes",)))
    if condition.fact is not None:
        return Said(_fact(condition.fact, condition.in_ or ("yes",)))
    if condition.not_ is not None:
        return _not_so(condition.not_)
    if condition.any is not None:
        return _together(condition.any, _("One of these:"), none=_("Nobody."))
    return _together(condition.all or (), _("All of these:"), none=_("No condition: open to everybody."))


def _not_so(condition: Condition) -> Said:
    if isinstance(condition, str):
        return Said(_fact(condition, ("no",)))
    if condition.not_ is not None:
        return condition_said(condition.not_)
    if condition.fact is not None:
        return Said(_fact(condition.fact, _others(condition)))
    parts = tuple(condition_said(one) for one in (condition.any if condition.any is not None else condition.all) or ())
    return Said(_("None of these:") if condition.any is not None else _("Not all of these together:"), parts)


def _others(condition: Test) -> tuple[str, ...]:
    """The answers of a fact that the condition does not name."""
    named = condition.in_ or ("yes",)
    return tuple(answer for value in VALUES[condition.fact or ""] if (answer := answer_of(value)) not in named)


def _together(conditions: Iterable[Condition], lead: str, *, none: str) -> Said:
    parts = tuple(condition_said(one) for one in conditions)
    if not parts:
        return Said(none)
    return parts[0] if len(parts) == 1 else Said(lead, parts)


def _fact(key: str, answers: Iterable[str]) -> str:
    """What a fact says with one of these answers."""
    says = questions()[key].says
    return _(" or ").join(here(says[answer]) for answer in answers)
