"""What each table about her is called: in figures for colleagues, and as headings of her copy. Fit for both."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TABLES: dict[str, Promise] = {
    "people.Person": _("What is known"),
    "vault.Identity": _("Name, contacts and documents"),
    "people.Relative": _("Children and family"),
    "cases.Case": _("The accompaniment"),
    "cases.TeamMember": _("The team"),
    "cases.Handover": _("Handovers"),
    "intake.Referral": _("How it began"),
    "intake.Resolution": _("What was decided at the beginning"),
    "intake.Reply": _("The answer to the sender"),
    "intake.Interview": _("First talks"),
    "consent.Consent": _("Consents: what was asked"),
    "consent.ConsentAnswer": _("Consents: the answers"),
    "consent.Signature": _("Signatures"),
    "consent.ContactRule": _("Ways of contact"),
    "consent.Disclosure": _("What was passed on"),
    "consent.AuthorityRequest": _("What offices asked"),
    "consent.RequestNote": _("Advice and objections about that"),
    "access.Alert": _("Readings that were looked at again"),
    "safety.Assessment": _("Risk: what was asked and decided"),
    "safety.Change": _("What changed in safety"),
    "safety.Incident": _("Incidents"),
    "safety.SafetyPlan": _("The safety plan"),
    "safety.Measure": _("Safety measures"),
    "plans.Need": _("Needs"),
    "plans.Saying": _("What was said about the needs"),
    "plans.Goal": _("Goals"),
    "plans.Step": _("Steps"),
    "plans.PlanVersion": _("The plan as it was agreed"),
    "plans.Review": _("Reviews"),
    "plans.Rating": _("Reviews, by part of life"),
    "plans.JobPlan": _("Plans for work"),
    "cases.Appointment": _("Appointments"),
    "cases.ServiceDelivered": _("Services"),
    "cases.Note": _("Notes"),
    "cases.Document": _("Papers"),
    "cases.Closing": _("Closings"),
    "cases.Restriction": _("What is kept and not used"),
    "rights.Correction": _("Corrections"),
    "rights.Erasure": _("Erasures"),
    "rights.DueToGo": _("How long the file is kept"),
    "cases.HeldReading": _("Readings of what is held"),
    "cases.BreakGlass": _("Openings in danger to life"),
    "cases.IdentityAsk": _("Questions for the identity"),
    "cases.IdentityOpening": _("Openings of the identity"),
    "vault.Finder": _("Search marks"),
    "cases.Due": _("Reminders for the team"),
    "cases.Event": _("History in short"),
    "audit.Entry": _("Who read and changed the file"),
    "vault.PersonKey": _("The key"),
}


def table_words(table: str) -> str:
    """What a table is called; its own name where nobody worded it yet."""
    return str(TABLES.get(table, table))
