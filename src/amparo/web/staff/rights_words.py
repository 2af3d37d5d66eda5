"""Words of her rights over her file, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amparo.areas.access.rules import WHOLE_FILE, Part
from amparo.areas.cases.queries import HistoryLine
from amparo.areas.cases.rules import HeldBecause, one_narrative
from amparo.areas.rights.rules import Asker, Correcting, Erasing, Obligation

from .history import VERBS, Words, simple

PARTS: dict[str, Promise] = {
    Part.HEAD: gettext_lazy("Now, and where it stands"),
    Part.CONTACT: gettext_lazy("What is known of her, and how to reach her"),
    Part.IDENTITY: gettext_lazy("Her identity"),
    Part.SAFETY: gettext_lazy("Safety"),
    Part.PLAN: gettext_lazy("Her plan"),
    Part.LEGAL: gettext_lazy("Legal"),
    Part.ACTIVITIES: gettext_lazy("Activities"),
    Part.SERVICES: gettext_lazy("Services"),
    Part.NOTES: gettext_lazy("Notes"),
    Part.PAPERS: gettext_lazy("Papers"),
    Part.FAMILY: gettext_lazy("Children and family"),
    Part.CONSENTS: gettext_lazy("Consents"),
    Part.WITHDRAWALS: gettext_lazy("Withdrawals of consent"),
    Part.TEAM: gettext_lazy("Her team"),
    Part.HISTORY: gettext_lazy("History"),
    Part.REFERRAL: gettext_lazy("How she came, and the first interview"),
    Part.RIGHTS: gettext_lazy("Her rights"),
}
HELD_BECAUSE: dict[str, Promise] = {
    HeldBecause.WRONG: gettext_lazy("She says that it is not right"),
    HeldBecause.NOT_WANTED: gettext_lazy("She does not want it to be used, and not to be destroyed either"),
    HeldBecause.CLAIM: gettext_lazy("She needs it for a court or an office"),
    HeldBecause.OBJECTED: gettext_lazy("She objected, and it is not decided yet"),
}
# Where each part that can be held is read; a narrative stands in the section of its kind.
SECTION_OF: dict[str, str] = {
    Part.CONTACT: "case_contact",
    Part.IDENTITY: "case_people",
    Part.SAFETY: "case_safety",
    Part.PLAN: "case_plan",
    Part.SERVICES: "case_services",
    Part.NOTES: "case_notes",
    Part.PAPERS: "case_papers",
    Part.FAMILY: "case_people",
    Part.CONSENTS: "case_consents",
    Part.HISTORY: "case_history",
    Part.REFERRAL: "case_referral",
    "note": "case_notes",
    "paper": "case_papers",
}
KINDS: dict[str, Promise] = {
    "note": gettext_lazy("A note"),
    "paper": gettext_lazy("A paper"),
    "incident": gettext_lazy("What was written about an incident"),
    "assessment": gettext_lazy("The words of a risk assessment"),
    "change": gettext_lazy("What was written about a change"),
    "interview": gettext_lazy("Her story in a first interview"),
    "referral": gettext_lazy("What the sender told about her"),
    "handover": gettext_lazy("A handover"),
    "service": gettext_lazy("What was written about a service"),
    "saying": gettext_lazy("What she said about a need"),
}
ASKERS: dict[str, Promise] = {
    Asker.HERSELF: gettext_lazy("She herself"),
    Asker.GUARDIAN: gettext_lazy("Her guardian: she is a child"),
    Asker.SCHEDULE: gettext_lazy("Nobody: its time is over"),
    Asker.ORDER: gettext_lazy("A court or an authority"),
}
OBLIGATIONS: dict[str, Promise] = {
    Obligation.NOTHING: gettext_lazy("Nothing obliges to keep it"),
    Obligation.COURT: gettext_lazy("A court or prosecutor has ordered that it be kept"),
    Obligation.CLAIM: gettext_lazy("A claim is not ended yet, hers or somebody else's"),
    Obligation.CHILD: gettext_lazy("The protection of a child"),
    Obligation.ACCOUNTS: gettext_lazy("The law on accounts"),
    Obligation.OTHER: gettext_lazy("Another law"),
}
CORRECTING: dict[str, tuple[Promise, str]] = {
    Correcting.ASKED: (gettext_lazy("to be answered"), "soon"),
    Correcting.CORRECTED: (gettext_lazy("put right"), "done"),
    Correcting.BESIDE: (gettext_lazy("her words stand beside it"), "plain"),
}
ERASING: dict[str, tuple[Promise, str]] = {
    Erasing.WAITING: (gettext_lazy("being looked at"), "soon"),
    Erasing.CALLED_OFF: (gettext_lazy("called off"), "plain"),
    Erasing.UNDER_WAY: (gettext_lazy("being erased"), "soon"),
    Erasing.DONE: (gettext_lazy("erased"), "done"),
}
# What can be held by itself: parts that have pages of their own.
TO_HOLD = (
    *(Part.SAFETY, Part.PLAN, Part.SERVICES, Part.NOTES, Part.PAPERS, Part.FAMILY),
    *(Part.CONTACT, Part.REFERRAL, Part.HISTORY),
)


def thing_words(thing: str) -> str:
    """What is meant: all of the file, a part, or one narrative."""
    if thing == WHOLE_FILE:
        return _("All of her file")
    return str(PARTS[thing] if thing in PARTS else KINDS.get(thing.partition("-")[0], thing))


def section_of(thing: str) -> str:
    """The name of the page on which it is read."""
    narrative = one_narrative(thing)
    return SECTION_OF.get(narrative[0] if narrative else thing, "case")


def _about(template: Promise) -> Words:
    def words(line: HistoryLine) -> str:
        return str(template) % {"what": thing_words(line.words[0] if line.words else "")}

    return words


VERBS |= {
    "correction asked": _about(gettext_lazy("She said that something is wrong: %(what)s")),
    "correction decided": _about(gettext_lazy("Answered what she said is wrong: %(what)s")),
    "copy handed over": simple(gettext_lazy("A copy of her file was handed to her")),
    "erasure asked": _about(gettext_lazy("Asked to erase: %(what)s")),
    "erasure agreed": _about(gettext_lazy("A second person agreed to erase: %(what)s")),
    "erasure called off": _about(gettext_lazy("Not erased after all: %(what)s")),
    "narrative erased": _about(gettext_lazy("Erased for good: %(what)s")),
    "use restricted": _about(gettext_lazy("Kept and not used, at her wish: %(what)s")),
    "restriction lifted": _about(gettext_lazy("Used again, with her word: %(what)s")),
    "held part read": _about(gettext_lazy("Read with a reason, though held: %(what)s")),
}
