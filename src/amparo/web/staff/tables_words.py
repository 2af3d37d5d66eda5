"""What each table about her is called in words: where it is shown in figures, and as headings of her copy."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TABLES: dict[str, Promise] = {
    "people.Person": _("What is known of you"),
    "vault.Identity": _("Your name, contacts and documents"),
    "people.Relative": _("Your children and family"),
    "cases.Case": _("How we accompany you"),
    "cases.TeamMember": _("Who works with you"),
    "cases.Handover": _("When somebody else took over"),
    "intake.Referral": _("How you came to us"),
    "intake.Resolution": _("What was decided then"),
    "intake.Reply": _("What was answered to whoever sent you"),
    "intake.Interview": _("First talks"),
    "consent.Consent": _("What you were asked"),
    "consent.ConsentAnswer": _("What you answered"),
    "consent.Signature": _("Your signatures"),
    "consent.ContactRule": _("How you may be reached"),
    "consent.Disclosure": _("What was passed on about you"),
    "consent.AuthorityRequest": _("What offices asked about you"),
    "consent.RequestNote": _("Advice and objections about that"),
    "access.Alert": _("Readings of your identity that were looked at again"),
    "safety.Assessment": _("How safe you are: what was asked and decided"),
    "safety.Change": _("What changed in your safety"),
    "safety.Incident": _("Things that happened"),
    "safety.SafetyPlan": _("Your safety plan"),
    "safety.Measure": _("What keeps you safer"),
    "plans.Need": _("What you need"),
    "plans.Saying": _("What you said about it"),
    "plans.Goal": _("What you want to reach"),
    "plans.Step": _("Your steps"),
    "plans.PlanVersion": _("When you were asked about your plan"),
    "plans.Review": _("When we looked at your life together"),
    "plans.Rating": _("How each part of your life went"),
    "plans.JobPlan": _("Your plans for work"),
    "cases.Appointment": _("Appointments"),
    "cases.ServiceDelivered": _("What was done with you and for you"),
    "cases.Note": _("Notes"),
    "cases.Document": _("Papers"),
    "cases.Closing": _("When we said goodbye"),
    "cases.Restriction": _("What is kept and not used, as you wished"),
    "rights.Correction": _("What you said is wrong"),
    "rights.Erasure": _("What you wanted erased"),
    "rights.DueToGo": _("How long your file is kept"),
    "cases.HeldReading": _("Readings of what you had held"),
    "cases.BreakGlass": _("Openings in danger to life"),
    "cases.IdentityAsk": _("Questions for your identity"),
    "cases.IdentityOpening": _("Openings of your identity"),
    "vault.Finder": _("Marks by which you are found"),
    "cases.Due": _("Reminders for the team"),
    "cases.Event": _("History in short"),
    "audit.Entry": _("Who read and changed your file"),
    "vault.PersonKey": _("Your key"),
}


def table_words(table: str) -> str:
    """What a table is called; its own name where nobody worded it yet."""
    return str(TABLES.get(table, table))
