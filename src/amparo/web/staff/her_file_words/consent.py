"""What you agreed to, how you are reached, and what was passed on."""

import json
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from amparo.areas.consent.catalogue import current_consent_text
from amparo.areas.consent.rules import HerKnowing, State
from amparo.web.components.fields import language_name
from amparo.web.staff import consent_words, contact_words, request_words

from .telling import WHEN, WHO, WORDS, Shown, Values, Word, among, called, plain


def _purpose(value: Any, _row: Values) -> str:
    return consent_words.worded(current_consent_text(value).title) if value else ""


def _terms(value: Any, _row: Values) -> str:
    found = json.loads(value) if value else {}
    hours = "–".join(one[:5] for one in (found.get("from", ""), found.get("until", "")) if one)
    days = contact_words.days_words(found.get("days", []))
    words = [found.get(name, "") for name in ("ask_for", "who", "call_from", "otherwise", "never")]
    return "\n".join(one for one in (hours, days, *words) if one)


_SHARED: Word = lambda value, _row: consent_words.shared_list(value)  # noqa: E731  (one line of a table)
FIELDS: Mapping[str, Mapping[str, Shown]] = {
    "consent.Consent": {
        "purpose": (_("What for"), _purpose),
        "variant": (_("Way"), among(contact_words.WAYS)),
        "recipient_kind": (_("For whom"), called(consent_words.recipient_kind_words)),
        "recipient": (_("Name"), plain),
    },
    "consent.ConsentAnswer": {
        "consent.purpose": (_("What for"), _purpose),
        "consent.recipient": (_("For whom"), plain),
        "answer": (_("Your answer"), called(lambda one: str(consent_words.STATE[State(one)]))),
        "on": (WHEN, plain),
        "until": (_("Until"), plain),
        "language": (_("Language"), called(language_name)),
        "explained": (_("How it was explained"), among(dict(consent_words.EXPLAINED))),
        "interpreted": (_("Who interpreted"), among(dict(consent_words.INTERPRETED))),
        "shared": (_("What may be told"), _SHARED),
        "about": (_("What it is for"), plain),
        "conditions": (_("Your conditions"), plain),
        "proof": (_("What shows your answer"), among(consent_words.PROVEN)),
        "witness": (_("Who heard it"), plain),
        "member": (WHO, plain),
    },
    "consent.ContactRule": {
        "channel": (_("Way"), among(contact_words.WAYS)),
        "allowed": (_("You agreed"), plain),
        "terms": (_("When and how"), _terms),
        "reminders": (_("You are reminded in this way"), plain),
        "address": (_("Where to"), plain),
        "agreed_on": (WHEN, plain),
        "member": (WHO, plain),
    },
    "consent.Disclosure": {
        "ground": (_("Ground"), among(consent_words.GROUND)),
        "recipient_kind": (_("To whom"), called(consent_words.recipient_kind_words)),
        "recipient": (_("Name"), plain),
        "shared": (_("What was passed on"), _SHARED),
        "why": (_("What for"), plain),
        "knowing": (_("Were you told"), called(lambda one: str(consent_words.KNOWING[HerKnowing(one)]))),
        "told_on": (_("Told on"), plain),
        "why_not": (_("Why you were not told"), plain),
        "on": (WHEN, plain),
        "member": (WHO, plain),
    },
    "consent.AuthorityRequest": {
        "asker": (_("Who asked"), among(request_words.ASKER)),
        "office": (_("Office"), plain),
        "reference": (_("Their number for it"), plain),
        "what": (_("What they asked"), plain),
        "channel": (_("How"), among(request_words.CHANNEL)),
        "received_on": (WHEN, plain),
        "due_on": (_("Answer until"), plain),
        "state": (_("Where it stands"), among(request_words.STATE)),
        "basis": (_("On what it stands"), called(request_words.basis_words)),
        "basis_words": (_("Which order, which law"), plain),
        "verdict": (_("What was decided"), among(request_words.VERDICT)),
        "reason": (_("Why"), plain),
        "decided_by": (_("Decided by"), plain),
        "decided_on": (_("Decided on"), plain),
        "answer": (_("What was given"), plain),
        "shared": (_("What was passed on"), _SHARED),
        "answered_by": (_("Answered by"), plain),
        "answered_on": (_("Answered on"), plain),
        "knowing": (_("Were you told"), among(consent_words.KNOWING)),
        "told_on": (_("Told on"), plain),
        "silence": (_("Why you were not told before"), among(request_words.SILENCE)),
        "why_not": (_("Why you were not told before"), plain),
        "look_again_on": (_("To be looked at again on"), plain),
        "member": (WHO, plain),
    },
    "consent.RequestNote": {
        "kind": (_("What it is"), among(request_words.NOTE)),
        "on": (WHEN, plain),
        "words": (WORDS, plain),
        "member": (WHO, plain),
    },
}
