"""What is stored: every table and field with its label, how long it is kept, how it is sealed, and who reads it."""

from collections.abc import Iterator
from itertools import groupby

from django.apps import apps

from amparo.areas.access.rules import Part
from amparo.areas.vault.registry import MarkedField, marked_fields
from amparo.kernel.labels import Label, Seal
from scripts.markdown import table
from scripts.permissions import readers

#: In which part of a case the rows of a table are read; a sentence where no part of a case decides.
READ_IN: dict[str, Part | str] = {
    "access.Alert": "the data protection officer",
    "access.CalendarLink": "its owner: that there is one, never the address",
    "access.ApiToken": "its owner: which tokens there are, never the token",
    "access.KeptText": "whoever typed it, with the key in that browser",
    "access.Submission": "nobody: it stops a second click",
    "access.Watched": "nobody: it says up to where the log was looked through",
    "activities.Activity": "whoever accompanies women; the coordination changes it",
    "activities.AskedAfter": Part.ACTIVITIES,
    "activities.Certificate": Part.ACTIVITIES,
    "activities.InTheRoom": "activities; whoever holds her session, on its day",
    "activities.Issuer": "whoever accompanies women; the coordination changes it",
    "activities.NamelessEvaluation": "the coordination",
    "activities.Alarm": "the coordination; of her sessions, her team",
    "activities.Attendance": Part.ACTIVITIES,
    "activities.Call": Part.CONTACT,
    "activities.ChannelTry": "the administrator",
    "activities.ChildcareTime": "the coordination",
    "activities.Circumstances": Part.ACTIVITIES,
    "activities.Cost": "the coordination",
    "activities.Evaluation": Part.ACTIVITIES,
    "activities.FreeTime": Part.ACTIVITIES,
    "activities.Group": "the coordination; of her groups, her team",
    "activities.HeldAt": "the coordination",
    "activities.HeldIn": "whoever accompanies women; the coordination changes it",
    "activities.Interest": Part.ACTIVITIES,
    "activities.Leader": "the coordination",
    "activities.LeaderAway": "the coordination",
    "activities.LeaderTime": "the coordination",
    "activities.Leading": "the coordination",
    "activities.NotServed": Part.ACTIVITIES,
    "activities.OtherTime": Part.ACTIVITIES,
    "activities.Period": "the coordination",
    "activities.Place": Part.ACTIVITIES,
    "activities.Proposal": "the coordination",
    "activities.Reminder": Part.CONTACT,
    "activities.Room": "the coordination",
    "activities.Session": "the coordination; who holds it; of her sessions, her team",
    "activities.Site": "the coordination",
    "activities.TicketsHandedOut": Part.ACTIVITIES,
    "audit.Entry": "the data protection officer; in her list of readers",
    "cases.Appointment": Part.SERVICES,
    "cases.BreakGlass": "the officer, the coordination, her team, and who opened it",
    "cases.Case": Part.HEAD,
    "cases.Closing": Part.NOTES,
    "cases.Document": Part.PAPERS,
    "cases.Due": "whoever reads the part that the thing belongs to",
    "cases.Event": "whoever reads the part that it happened in, and belongs to its audience",
    "cases.Handover": Part.TEAM,
    "cases.HeldReading": Part.RIGHTS,
    "cases.IdentityAsk": "the officer, the coordination, her team, and who asked",
    "cases.IdentityOpening": "nobody: it says until when an identity stands open, and to whom",
    "cases.Note": Part.NOTES,
    "cases.Restriction": Part.RIGHTS,
    "cases.ServiceDelivered": Part.SERVICES,
    "cases.TeamMember": Part.TEAM,
    "consent.AuthorityRequest": Part.REQUESTS,
    "consent.Consent": Part.CONSENTS,
    "consent.ConsentAnswer": Part.CONSENTS,
    "consent.ContactRule": Part.CONTACT,
    "consent.Disclosure": Part.CONSENTS,
    "consent.RequestNote": Part.REQUESTS,
    "consent.Signature": Part.CONSENTS,
    "entitlements.Application": Part.LEGAL,
    "entitlements.CountryOfCase": Part.LEGAL,
    "entitlements.KeptStatus": Part.LEGAL,
    "entitlements.LegalFact": Part.LEGAL,
    "entitlements.OwnRules": "everybody who is trained, but facilitators",
    "entitlements.PathwayEvent": Part.LEGAL,
    "entitlements.PathwayRun": Part.LEGAL,
    "entitlements.PathwayStage": Part.LEGAL,
    "entitlements.StatusChange": Part.LEGAL,
    "intake.Interview": Part.REFERRAL,
    "intake.Referral": Part.REFERRAL,
    "intake.Reply": Part.REFERRAL,
    "intake.Resolution": Part.REFERRAL,
    "orgs.Account": "the administrator, without the password",
    "orgs.Member": "colleagues of the house, by name and role",
    "orgs.OpenSession": "the account's owner; the administrator ends it",
    "orgs.Organisation": "everybody",
    "people.Person": Part.CONTACT,
    "people.Relative": Part.FAMILY,
    "plans.Goal": Part.PLAN,
    "plans.JobPlan": Part.PLAN,
    "plans.Need": Part.PLAN,
    "plans.PlanVersion": Part.PLAN,
    "plans.Rating": Part.PLAN,
    "plans.Review": Part.PLAN,
    "plans.Saying": Part.PLAN,
    "plans.Step": Part.PLAN,
    "rights.Correction": Part.RIGHTS,
    "rights.DueToGo": Part.RIGHTS,
    "rights.Erasure": Part.RIGHTS,
    "rights.Period": "the data protection officer and the coordination",
    "safety.Assessment": Part.SAFETY,
    "safety.Avoidance": Part.SAFETY,
    "safety.Change": Part.SAFETY,
    "safety.Incident": Part.SAFETY,
    "safety.Measure": Part.SAFETY,
    "safety.SafetyPlan": Part.SAFETY,
    "vault.Finder": "nobody: names and numbers are found by it",
    "vault.Identity": Part.IDENTITY,
}
NOBODY_READS = "nobody: the program uses it"


def lines() -> Iterator[str]:
    """The whole document."""
    yield "Labels are set in each area's `models.py` (`kernel/labels.py` tells what they mean). Whatever is `personal`,"
    yield "`identifying` or `safety_critical` is sealed, or of a kind that has room for a code only; a test fails"
    yield "otherwise. Who reads what is in [permissions](permissions.md)."
    yield ""
    for label, fields in groupby(marked_fields(), key=lambda one: one.model._meta.label):
        yield from _table(label, list(fields))
    yield "## Tables of libraries"
    yield ""
    yield "Sign-in, second factors, sessions, locked-out attempts and background jobs. None holds a word of hers."
    yield ""
    yield from table(("table", "library"), sorted(_of_libraries()))


def _table(label: str, fields: list[MarkedField]) -> Iterator[str]:
    model = fields[0].model
    yield f"## {label}"
    yield ""
    yield " ".join((model.__doc__ or "").split())
    yield ""
    yield f"About one person (`{fields[0].person}`)." if fields[0].person else "About nobody in particular."
    yield ""
    yield from table(("field", "label", "kept", "sealed with"), (_row(one) for one in fields))
    yield from _readers(label, fields)
    yield ""


def _row(one: MarkedField) -> tuple[str, ...]:
    seal = f"{one.seal} (`{one.context}`)" if one.seal in (Seal.PERSON, Seal.ORGANISATION) else str(one.seal or "")
    return f"`{one.name}`", one.marking.label, one.marking.keep, seal


def _readers(label: str, fields: list[MarkedField]) -> Iterator[str]:
    """Who reads it: one line for each label that stands in the table."""
    where = READ_IN.get(label, NOBODY_READS)
    if not isinstance(where, Part):
        yield f"Read by: {where}."
        return
    for sensitivity in Label:
        if any(one.marking.label is sensitivity for one in fields):
            found = "; ".join(f"{purpose}: {', '.join(roles)}" for purpose, roles in readers(where, sensitivity))
            yield f"- {sensitivity}, in the part {where}: {found}"


def _of_libraries() -> Iterator[tuple[str, str]]:
    for model in apps.get_models(include_auto_created=True):
        if not model.__module__.startswith("amparo."):
            yield f"`{model._meta.db_table}`", model._meta.app_config.name
