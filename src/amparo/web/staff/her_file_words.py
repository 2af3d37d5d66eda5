"""Every field that a copy of her file shows, in words that she understands, in the language that is set.

A field that nobody worded here makes the tests fail, so that no code reaches her without its words.
"""

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from amparo.areas.consent.catalogue import current_consent_text
from amparo.areas.consent.rules import HerKnowing, State
from amparo.areas.intake import catalogue as intake
from amparo.areas.orgs.rules import Role
from amparo.areas.safety.instruments import instrument
from amparo.web.components.fields import country_name, language_name
from amparo.web.context import role_words

from . import (
    activity_words,
    consent_words,
    contact_words,
    entitlement_words,
    held_words,
    intake_words,
    pathway_words,
    plan_words,
    reminder_words,
    request_words,
    safety_words,
)
from .case_words import (
    MEETINGS,
    PAPERS,
    TOPICS,
    closing_words,
    home_of_child_choices,
    minutes_words,
    outcome_choices,
    relation_choices,
    service_words,
)
from .forms.closing import STEPS
from .forms.people import GENDERS, IdentityForm
from .not_served_words import not_served_words
from .rights_words import ASKERS, CORRECTING, ERASING, HELD_BECAUSE, OBLIGATIONS, thing_words
from .words import audience_words, level_words, status_words

Values = Mapping[str, Any]
Word = Callable[[Any, Values], str]
Shown = tuple[Promise | str, Word]

# Moments and numbers that the program keeps for itself: they say nothing about her.
SILENT = frozenset(
    {
        *("created_at", "recorded_at", "written_at", "noted_at", "made_at", "started_at", "seen_at", "at_saved"),
        *(
            "media_type",
            "paper_type",
            "size",
            "is_named",
            "text_version",
            "rank",
            "counted",
            "known_before",
            "phone_checked",
        ),
        *("replaced_at", "answered_at", "finished_at", "decided_at", "code", "erased_on", "pieces", "version"),
    }
)
YES_NO = {True: _("Yes"), False: _("No"), "yes": _("Yes"), "no": _("No"), "unknown": _("Not known yet")}
_WHEN, _WHO, _WORDS, _HERS = _("On"), _("By"), _("What was written"), _("Your words")


def plain(value: Any, _row: Values) -> str:
    """A value that needs no list of words: text, a day, a time, a number, a colleague by her or his role."""
    if isinstance(value, Role):
        return role_words(value)
    if isinstance(value, bool):
        return str(YES_NO[value])
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    if isinstance(value, time):
        return time_format(value, "TIME_FORMAT")
    return "" if value is None else str(value)


def among(words: Mapping[Any, Any]) -> Word:
    """Coded words from a list that stands in the program; several of them with commas."""

    def word(value: Any, _row: Values) -> str:
        several = value if isinstance(value, list) else [value]
        return ", ".join(str(words[one]) for one in several if one in words)

    return word


def called(words: Callable[[str], str]) -> Word:
    """Coded words by a function; several of them with commas."""

    def word(value: Any, _row: Values) -> str:
        several = value if isinstance(value, list) else [value]
        return ", ".join(words(one) for one in several if one)

    return word


def choices(listed: Callable[[], list[tuple[str, str]]]) -> Word:
    """Coded words from a list of the content."""

    def word(value: Any, row: Values) -> str:
        return among(dict(listed()))(value, row)

    return word


def written_in(value: Any, _row: Values) -> str:
    """Whatever was written on a page of several boxes, one below the other."""
    found = json.loads(value) if value else {}
    return "\n".join(str(text) for text in found.values() if isinstance(text, str) and text)


def _purpose(value: Any, _row: Values) -> str:
    return consent_words.worded(current_consent_text(value).title) if value else ""


def _identity(value: Any, _row: Values) -> str:
    found = json.loads(value) if value else {}
    labels = {name: field.label for name, field in IdentityForm.base_fields.items()}
    return "\n".join(f"{labels[name]}: {found[name]}" for name in labels if found.get(name))


def _asked(value: Any, row: Values) -> str:
    """The answers of a risk assessment, each below its question."""
    asked = instrument(row["instrument"], row["instrument_version"])
    lines = [(asked.item(key), answer) for key, answer in (value or {}).items() if answer]
    return "\n".join(
        f"{safety_words.said(item.to_her)} {safety_words.said(item.answer(one).text)}" for item, one in lines
    )


def _said(value: Any, row: Values) -> str:
    asked = instrument(row["instrument"], row["instrument_version"])
    found: dict[str, list[str]] = json.loads(value) if value else {}
    lines = [f"{safety_words.said(asked.item(key).to_her)} {' / '.join(one for one in both if one)}"
             for key, both in found.items()]  # fmt: skip
    return "\n".join(lines)


def _six(value: Any, _row: Values) -> str:
    found = intake.six_questions()
    answers = dict(intake_words.options(found.answers))
    lines = [
        (intake_words.here(one.question), answers.get((value or {}).get(one.key, ""), "")) for one in found.questions
    ]
    return "\n".join(f"{question} {answer}" for question, answer in lines if answer)


def _terms(value: Any, _row: Values) -> str:
    found = json.loads(value) if value else {}
    hours = "–".join(one[:5] for one in (found.get("from", ""), found.get("until", "")) if one)
    days = contact_words.days_words(found.get("days", []))
    words = [found.get(name, "") for name in ("ask_for", "who", "call_from", "otherwise", "never")]
    return "\n".join(one for one in (hours, days, *words) if one)


def _snapshot(value: Any, _row: Values) -> str:
    """The plan as she was asked about it: what it said in words."""
    return "\n".join(_spoken(json.loads(value))) if value else ""


def _spoken(found: Any) -> list[str]:
    if isinstance(found, list):
        return [line for one in found for line in _spoken(one)]
    if not isinstance(found, dict):
        return []
    mine = [found[key] for key in ("her_words", "words", "our_view") if found.get(key)]
    return mine + [line for value in found.values() for line in _spoken(value)]


def _ratings(value: Any, _row: Values) -> str:
    steps = dict(STEPS)
    return ", ".join(str(steps.get(one, "")) for one in (value or {}).values() if one in steps)


def _rating(value: Any, row: Values) -> str:
    return plan_words.rating_words(row["domain"], value)


def _money(value: Any, _row: Values) -> str:
    return f"{value / 100:.2f}" if value else ""


def _need(value: Any, row: Values) -> str:
    return plan_words.about_words(value, row.get("basic_need", "")) if value else ""


def _need_beside(value: Any, row: Values) -> str:
    return plan_words.about_words(value, row.get("need.basic_need", "")) if value else ""


def _urgent(value: Any, _row: Values) -> str:
    return intake_words.need_words(value)


def _reason(value: Any, row: Values) -> str:
    return intake_words.reason_words(row["verdict"], value)


def _minutes(value: Any, _row: Values) -> str:
    return minutes_words(value)


_DOMAIN = called(plan_words.domain_words)
_SPOKEN = (_("Who was there"), plain)
_SHARED: Word = lambda value, _row: consent_words.shared_list(value)  # noqa: E731  (one line of a table)

FIELDS: Mapping[str, Mapping[str, Shown]] = {
    "vault.Identity": {"sealed": (_("Names, contacts, documents"), _identity)},
    "people.Person": {
        "called": (_("The name you want to be called"), plain),
        "gender": (_("You are"), among(dict(GENDERS))),
        "birth_year": (_("Year of birth"), plain),
        "citizenships": (_("Citizenships"), called(country_name)),
        "languages": (_("Languages"), called(language_name)),
        "interpreter": (_("You want an interpreter"), among(YES_NO)),
    },
    "people.Relative": {
        "kinship": (_("Who it is"), choices(relation_choices)),
        "name": (_("Name"), plain),
        "birth_year": (_("Year of birth"), plain),
        "lives_with": (_("A child lives"), choices(home_of_child_choices)),
        "country": (_("Country"), called(country_name)),
        "note": (_WORDS, plain),
    },
    "cases.Case": {
        "status": (_("Where it stands"), called(status_words)),
        "referent": (_("Your referent"), plain),
        "anonymous": (_("Without a name"), plain),
        "opened_on": (_("Since"), plain),
        "closed_on": (_("Until"), plain),
        "outcome": (_("How it ended"), choices(outcome_choices)),
        "risk_level": (_("Risk"), called(level_words)),
        "risk_on": (_("Risk looked at on"), plain),
        "reach": (_("How you are reached"), called(contact_words.reach_words)),
    },
    "cases.TeamMember": {"member": (_("Who"), plain), "since": (_("Since"), plain), "until": (_("Until"), plain)},
    "cases.Handover": {
        "from_member": (_("From"), plain),
        "to_member": (_("To"), plain),
        "text": (_WORDS, plain),
        "told_her": (_("What you were told"), plain),
        "told_on": (_("Told on"), plain),
        "starts_on": (_("Since"), plain),
        "until": (_("Until"), plain),
    },
    "intake.Referral": {
        "taken_by": (_WHO, plain),
        "state": (_("Where it stands"), called(intake_words.state_words)),
        "received_on": (_WHEN, plain),
        "sender_kind": (_("Who sent you"), called(intake_words.sender_words)),
        "way": (_("How"), among(intake_words.WAYS)),
        "children": (_("Children"), plain),
        "urgent_needs": (_("What was urgent"), _urgent),
        "told": (
            _("What you were told, and agreed to"),
            choices(lambda: intake_words.options(intake.referral_choices().told_and_agreed)),
        ),
        "channels": (_("How you could be reached"), among(intake_words.CHANNELS)),
        "answers": (_("The six safety questions"), _six),
        "about_words": (_("What was told about you"), written_in),
        "reason_words": (_("Why you were sent"), written_in),
        "needs_words": (_("What you needed"), written_in),
        "told_words": (_("What you knew of it"), written_in),
        "reach_words": (_("How to reach you"), written_in),
        "six_words": (_("What was said to the six questions"), written_in),
    },
    "intake.Resolution": {
        "verdict": (_("What was decided"), called(intake_words.verdict_words)),
        "reason": (_("Why"), _reason),
        "words": (_WORDS, plain),
        "where_to": (_("Where you were sent on to"), plain),
        "wait_until": (_("To wait until"), plain),
        "member": (_WHO, plain),
        "at": (_WHEN, plain),
    },
    "intake.Reply": {
        "text": (_WORDS, plain),
        "way": (_("How"), among(intake_words.WAYS)),
        "on": (_WHEN, plain),
        "member": (_WHO, plain),
        "at": (_("Noted"), plain),
    },
    "intake.Interview": {
        "member": (_("With"), plain),
        "at": (_WHEN, plain),
        "meeting_point": (_("Where you met"), plain),
        "interpreter": (_("Interpreter"), among(intake_words.INTERPRETER)),
        "prepared": (
            _("What was prepared"),
            choices(lambda: [(one.key, intake_words.here(one.text)) for one in intake.interview_preparation()]),
        ),
        "answer": (_("What you answered"), called(intake_words.answer_words)),
        "her_words": (_HERS, plain),
        "words": (_WORDS, plain),
    },
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
        "on": (_WHEN, plain),
        "until": (_("Until"), plain),
        "language": (_("Language"), called(language_name)),
        "explained": (_("How it was explained"), among(dict(consent_words.EXPLAINED))),
        "interpreted": (_("Who interpreted"), among(dict(consent_words.INTERPRETED))),
        "shared": (_("What may be told"), _SHARED),
        "about": (_("What it is for"), plain),
        "conditions": (_("Your conditions"), plain),
        "proof": (_("What shows your answer"), among(consent_words.PROVEN)),
        "witness": (_("Who heard it"), plain),
        "member": (_WHO, plain),
    },
    "consent.ContactRule": {
        "channel": (_("Way"), among(contact_words.WAYS)),
        "allowed": (_("You agreed"), plain),
        "terms": (_("When and how"), _terms),
        "reminders": (_("You are reminded in this way"), plain),
        "address": (_("Where to"), plain),
        "agreed_on": (_WHEN, plain),
        "member": (_WHO, plain),
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
        "on": (_WHEN, plain),
        "member": (_WHO, plain),
    },
    "consent.AuthorityRequest": {
        "asker": (_("Who asked"), among(request_words.ASKER)),
        "office": (_("Office"), plain),
        "reference": (_("Their number for it"), plain),
        "what": (_("What they asked"), plain),
        "channel": (_("How"), among(request_words.CHANNEL)),
        "received_on": (_WHEN, plain),
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
        "member": (_WHO, plain),
    },
    "consent.RequestNote": {
        "kind": (_("What it is"), among(request_words.NOTE)),
        "on": (_WHEN, plain),
        "words": (_WORDS, plain),
        "member": (_WHO, plain),
    },
    "safety.Assessment": {
        "hers": (_("What you answered"), _asked),
        "theirs": (_("What the team answered"), _asked),
        "words": (_WORDS, _said),
        "started_by": (_("Begun by"), plain),
        "decided_by": (_("Decided by"), plain),
        "decided_on": (_WHEN, plain),
        "proposed_level": (_("Proposed by the program"), called(level_words)),
        "level": (_("Risk"), called(level_words)),
        "reason": (_("Why"), plain),
        "next_on": (_("To be looked at again on"), plain),
    },
    "safety.Change": {
        "trigger": (_("What changed"), called(safety_words.trigger_words)),
        "on": (_WHEN, plain),
        "due_on": (_("To be looked at until"), plain),
        "note": (_WORDS, plain),
        "member": (_WHO, plain),
        "taken_back_at": (_("Taken back, it was a mistake"), plain),
    },
    "safety.Incident": {
        "kind": (_("What it was"), called(safety_words.incident_words)),
        "happened_at": (_WHEN, plain),
        "danger_now": (_("Danger then"), among(safety_words.DANGER)),
        "told": (_("Who was told"), among(safety_words.TOLD)),
        "happened": (_("What happened"), plain),
        "done": (_("What was done"), plain),
        "member": (_WHO, plain),
    },
    "safety.SafetyPlan": {
        "her_steps": (_("What you do"), plain),
        "team_steps": (_("What the team does"), plain),
        "calls": (_("Whom to call"), plain),
        "her_words": (_HERS, plain),
        "agreed": (_("You agreed"), among(safety_words.AGREED)),
        "member": (_WHO, plain),
        "made_on": (_WHEN, plain),
    },
    "safety.Measure": {
        "key": (_("What"), called(safety_words.measure_words)),
        "moment": (_("When"), among(safety_words.MOMENT)),
        "words": (_WORDS, plain),
        "who": (_("Who"), among(safety_words.WHO)),
        "until": (_("Until"), plain),
        "done_on": (_("Done on"), plain),
    },
    "safety.Avoidance": {
        "kind": (_("What you keep away from"), among(activity_words.AVOIDS)),
        "why": (_("Why"), plain),
        "noted_on": (_WHEN, plain),
        "member": (_WHO, plain),
        "ended_on": (_("Until"), plain),
        "ended_by": (_("Ended by"), plain),
    },
    "activities.Interest": {
        "activity": (_("Activity"), plain),
        "answer": (_("Your answer"), among(activity_words.ANSWERS)),
        "in_group": (_("With others"), among(activity_words.IN_GROUP)),
        "asked_alone": (_("You were asked alone"), plain),
        "asked_on": (_WHEN, plain),
        "words": (_HERS, plain),
        "member": (_WHO, plain),
    },
    "activities.Circumstances": {
        "children": (_("Children who come along"), plain),
        "reasons": (_("What has to fit"), among(activity_words.REASONS)),
        "levels": (_("Languages"), activity_words.levels_of),
        "words": (_WORDS, plain),
        "changed_on": (_WHEN, plain),
        "member": (_WHO, plain),
    },
    "activities.FreeTime": {
        "weekday": (_("Day"), activity_words.weekday_of),
        "starts": (_("From"), plain),
        "ends": (_("Until"), plain),
    },
    "activities.OtherTime": {
        "first_on": (_("From"), plain),
        "last_on": (_("Until"), plain),
        "starts": (_("From"), plain),
        "ends": (_("Until"), plain),
        "free": (_("You are free then"), plain),
        "reason": (_("Why"), among(activity_words.REASONS)),
        "member": (_WHO, plain),
    },
    "activities.Place": {
        "group": (_("Activity"), plain),
        "since": (_("Since"), plain),
        "until": (_("Until"), plain),
    },
    "activities.NotServed": {"activity": (_("Activity"), plain), "reason": (_("Why"), called(not_served_words))},
    "activities.Attendance": {
        "session": (_("Activity"), plain),
        "on": (_WHEN, plain),
        "state": (_("How it went"), among(activity_words.CAME)),
        "reason": (_("Why"), among(activity_words.REASONS)),
        "member": (_WHO, plain),
    },
    "activities.Reminder": {
        "session": (_("Activity"), plain),
        "appointment": (_("Appointment"), plain),
        "starts_at": (_WHEN, plain),
        "about": (_("What you were told"), among(reminder_words.ABOUT)),
        "channel": (_("Way"), among(contact_words.WAYS)),
        "by_hand": (_("By a colleague"), plain),
        "caller": (_WHO, plain),
        "planned_at": (_("To be sent"), plain),
        "state": (_("How it went"), among(reminder_words.STATES)),
        "why": (_("Why"), among(reminder_words.WHYS)),
        "attempts": (_("How many tries"), plain),
        "handed_at": (_("Last try"), plain),
        "sent_at": (_("Sent"), plain),
    },
    "activities.Call": {
        "reminder": (_("What you were told"), plain),
        "reminder.about": (_("What you were told"), among(reminder_words.ABOUT)),
        "reminder.starts_at": (_("Of which time"), plain),
        "outcome": (_("How it went"), among(reminder_words.TOLD)),
        "member": (_WHO, plain),
        "at": (_WHEN, plain),
    },
    "activities.Evaluation": {
        "group": (_("Activity"), plain),
        "moment": (_("When"), among(activity_words.MOMENTS)),
        "on": (_WHEN, plain),
        "answers": (_("Your answers, from 1 to 5"), activity_words.answers_of),
        "words": (_HERS, plain),
        "member": (_("With"), plain),
    },
    "activities.InTheRoom": {
        "called": (_("What you are called among others"), plain),
        "needs": (_("What matters in the room"), among(held_words.NEEDS)),
        "words": (_WORDS, plain),
        "changed_on": (_WHEN, plain),
        "member": (_WHO, plain),
    },
    "activities.AskedAfter": {
        "group": (_("Activity"), plain),
        "on": (_WHEN, plain),
        "found": (_("What you said"), among(held_words.FOUND)),
        "agreed": (_("What was agreed"), among(held_words.AGREED)),
        "words": (_WORDS, plain),
        "member": (_WHO, plain),
    },
    "activities.Certificate": {
        "group": (_("Activity"), plain),
        "kind": (_("What it says"), among(held_words.PAPERS)),
        "number": (_("Number"), plain),
        "language": (_("Language"), called(language_name)),
        "minutes": (_("Time"), _minutes),
        "issued_on": (_WHEN, plain),
        "member": (_WHO, plain),
    },
    "activities.TicketsHandedOut": {
        "activity": (_("For"), plain),
        "on": (_WHEN, plain),
        "number": (_("How many"), plain),
        "cost_cents": (_("Cost"), _money),
        "currency": (_("Currency"), plain),
        "member": (_WHO, plain),
    },
    "plans.Need": {
        "domain": (_("Part of life"), _need),
        "our_view": (_("How we see it"), plain),
        "status": (_("Where it stands"), called(plan_words.need_status_words)),
        "noted_on": (_WHEN, plain),
    },
    "plans.Saying": {
        "need.domain": (_("Part of life"), _need_beside),
        "words": (_HERS, plain),
        "heard_on": (_WHEN, plain),
        "member": (_("Heard by"), plain),
    },
    "plans.Goal": {
        "domain": (_("Part of life"), _DOMAIN),
        "words": (_("Goal"), plain),
        "status": (_("Where it stands"), called(plan_words.goal_status_words)),
        "noted_on": (_WHEN, plain),
    },
    "plans.Step": {
        "goal.words": (_("For"), plain),
        "kind": (_("What kind"), called(plan_words.kind_words)),
        "words": (_("Step"), plain),
        "who": (_("Who"), lambda value, _row: plan_words.who_words(value, gettext("The team")) if value else ""),
        "member": (_("Colleague"), plain),
        "other": (_("Somebody else"), plain),
        "weeks": (_("How long"), lambda value, _row: plan_words.weeks_words(value) if value else ""),
        "noted_on": (_WHEN, plain),
        "due_on": (_("Until"), plain),
        "done_on": (_("Done on"), plain),
    },
    "plans.PlanVersion": {
        "number": (_("Version"), plain),
        "asked_on": (_WHEN, plain),
        "agreement": (_("You agreed"), called(plan_words.agreement_words)),
        "her_words": (_HERS, plain),
        "snapshot": (_("What the plan said"), _snapshot),
        "member": (_WHO, plain),
    },
    "plans.Review": {
        "on": (_WHEN, plain),
        "member": (_("With"), plain),
        "present": _SPOKEN,
        "her_words": (_HERS, plain),
        "our_view": (_("How we see it"), plain),
    },
    "plans.Rating": {
        "review.on": (_WHEN, plain),
        "domain": (_("Part of life"), _DOMAIN),
        "hers": (_("How you see it"), _rating),
        "ours": (_("How we see it"), _rating),
        "her_words": (_HERS, plain),
    },
    "plans.JobPlan": {"answers": (_HERS, written_in), "changed_on": (_WHEN, plain)},
    "entitlements.LegalFact": {
        "key": (_("What was asked"), called(entitlement_words.question_words)),
        "country": (_("Country"), called(country_name)),
        "value": (_("What is known"), lambda value, row: entitlement_words.answer_words(row["key"], value)),
        "said_by": (_("Who said so"), among(entitlement_words.SAID_BY)),
        "told_on": (_WHEN, plain),
        "note": (_WORDS, plain),
        "member": (_("Taken down by"), plain),
        "ended_at": (_("Until"), plain),
    },
    "entitlements.CountryOfCase": {
        "country": (_("Country"), called(country_name)),
        "is_here": (_("You are there"), plain),
        "since": (_("Since"), plain),
        "until": (_("Until"), plain),
    },
    "entitlements.Application": {
        "kind": (_("What it is"), called(entitlement_words.kind_words)),
        "country": (_("Country"), called(country_name)),
        "permit": (_("For"), called(entitlement_words.item_words)),
        "status": (_("Where it stands"), called(entitlement_words.state_words)),
        "requested_on": (_("Requested on"), plain),
        "received_on": (_("Received on"), plain),
        "refused_on": (_("Refused on"), plain),
        "appealed_on": (_("Appealed against on"), plain),
        "expires_on": (_("Valid until"), plain),
        "where": (_("Office"), plain),
        "reference": (_("Their number for it"), plain),
        "note": (_WORDS, plain),
        "member": (_("Taken down by"), plain),
    },
    "entitlements.KeptStatus": {
        "country": (_("Country"), called(country_name)),
        "item": (_("What"), called(entitlement_words.item_words)),
        "status": (_("Where it stands"), called(entitlement_words.her_status_words)),
        "since": (_("Since"), plain),
    },
    "entitlements.PathwayRun": {
        "country": (_("Country"), called(country_name)),
        "pathway": (_("What"), called(pathway_words.pathway_words)),
        "begun_on": (_("Since"), plain),
        "ended_on": (_("Until"), plain),
        "member": (_("Taken down by"), plain),
    },
    "entitlements.PathwayEvent": {
        "stage": (_("Stage"), called(pathway_words.stage_words)),
        "what": (_("What happened"), called(pathway_words.happened_words)),
        "on": (_WHEN, plain),
        "count": (_("By how many"), plain),
        "unit": (_("By what"), among(pathway_words.UNIT)),
        "until": (_("Until"), plain),
        "outcome": (_("Decision"), among(pathway_words.OUTCOME)),
        "words": (_WORDS, plain),
        "member": (_("Taken down by"), plain),
        "noted_at": (_("Taken down on"), plain),
    },
    "entitlements.StatusChange": {
        "country": (_("Country"), called(country_name)),
        "item": (_("What"), called(entitlement_words.item_words)),
        "before": (_("Before"), called(entitlement_words.her_status_words)),
        "after": (_("Then"), called(entitlement_words.her_status_words)),
        "because": (_("Why"), among(entitlement_words.BECAUSE)),
        "fact": (_("What changed"), called(entitlement_words.question_words)),
        "on": (_WHEN, plain),
        "looked_by": (_("Looked at by"), plain),
        "looked_at": (_("Looked at on"), plain),
    },
    "cases.Appointment": {
        "member": (_("With"), plain),
        "about": (_("What about"), among(TOPICS)),
        "on": (_WHEN, plain),
        "at": (_("Time"), plain),
        "place": (_("Where you met"), plain),
        "state": (_("How it went"), among(MEETINGS)),
    },
    "cases.ServiceDelivered": {
        "member": (_WHO, plain),
        "kind": (_("What"), called(service_words)),
        "on": (_WHEN, plain),
        "minutes": (_("How long"), _minutes),
        "cost_cents": (_("Cost"), _money),
        "note": (_WORDS, plain),
    },
    "cases.Note": {
        "author": (_WHO, plain),
        "audience": (_("For"), called(audience_words)),
        "happened_on": (_WHEN, plain),
        "text": (_WORDS, plain),
    },
    "cases.Document": {
        "author": (_WHO, plain),
        "kind": (_("What it is"), among(PAPERS)),
        "title": (_("Title"), plain),
        "added_at": (_("Added on"), plain),
    },
    "cases.Closing": {
        "member": (_WHO, plain),
        "on": (_WHEN, plain),
        "reason": (_("Why"), called(closing_words)),
        "outcome": (_("How it ended"), choices(outcome_choices)),
        "with_her": (_("Together with you"), plain),
        "ratings": (_("Your answers, from 1 to 5"), _ratings),
        "words": (_HERS, written_in),
        "came_back_on": (_("You came back on"), plain),
    },
    "cases.Restriction": {
        "thing": (_("What"), called(thing_words)),
        "ground": (_("Why"), among(HELD_BECAUSE)),
        "words": (_HERS, plain),
        "since": (_("Since"), plain),
        "member": (_("Taken down by"), plain),
        "lifted_on": (_("Until"), plain),
        "lifted_words": (_("What you said then"), plain),
        "lifted_by": (_("Lifted by"), plain),
    },
    "rights.Correction": {
        "thing": (_("What"), called(thing_words)),
        "words": (_HERS, plain),
        "asked_on": (_WHEN, plain),
        "member": (_("Taken down by"), plain),
        "state": (_("What became of it"), called(lambda one: str(CORRECTING[one][0]))),
        "decided_by": (_("Decided by"), plain),
        "decided_on": (_("Decided on"), plain),
        "why": (_("Why"), plain),
        "before": (_("As it stood before"), plain),
    },
    "rights.Erasure": {
        "thing": (_("What"), called(thing_words)),
        "asker": (_("Who asked"), among(ASKERS)),
        "words": (_HERS, plain),
        "asked_on": (_WHEN, plain),
        "asked_by": (_("Taken down by"), plain),
        "obligation": (_("What the law obliges to keep"), among(OBLIGATIONS)),
        "keep_until": (_("To be kept until"), plain),
        "not_before": (_("Time to think again until"), plain),
        "state": (_("Where it stands"), called(lambda one: str(ERASING[one][0]))),
        "agreed_by": (_("Second person"), plain),
        "agreed_on": (_("Agreed on"), plain),
        "ended_by": (_("Ended by"), plain),
        "ended_at": (_("Ended on"), plain),
    },
}


def worded(table: str, row: Values) -> list[tuple[str, str, str]]:
    """The fields of a row as (field, label, words), in the order above; empty ones are left out."""
    found = []
    for name, (label, word) in FIELDS[table].items():
        words = word(row[name], row) if row.get(name) not in (None, "", [], {}) else ""
        if words:
            found.append((name, str(label), words))
    return found
