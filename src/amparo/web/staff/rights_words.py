"""Words of her rights over her file, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amparo.areas.access.rules import WHOLE_FILE, Part
from amparo.areas.cases.queries import HistoryLine
from amparo.areas.cases.rules import HeldBecause, one_narrative

from .history import VERBS, Words

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
_KINDS: dict[str, Promise] = {
    "note": gettext_lazy("One note"),
    "paper": gettext_lazy("One paper"),
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
    narrative = one_narrative(thing)
    return str(_KINDS[narrative[0]]) if narrative else str(PARTS.get(thing, thing))


def section_of(thing: str) -> str:
    """The name of the page on which it is read."""
    narrative = one_narrative(thing)
    return SECTION_OF.get(narrative[0] if narrative else thing, "case")


def _about(template: Promise) -> Words:
    def words(line: HistoryLine) -> str:
        return str(template) % {"what": thing_words(line.words[0] if line.words else "")}

    return words


VERBS |= {
    "use restricted": _about(gettext_lazy("Kept and not used, at her wish: %(what)s")),
    "restriction lifted": _about(gettext_lazy("Used again, with her word: %(what)s")),
    "held part read": _about(gettext_lazy("Read with a reason, though held: %(what)s")),
}
