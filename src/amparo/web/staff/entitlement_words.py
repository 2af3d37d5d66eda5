"""The coded words of entitlements in the reader's language: permits, services, rights, states, actors, sources."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from amparo.areas.cases.queries import HistoryLine
from amparo.areas.entitlements import paperwork, questions
from amparo.areas.entitlements.house_rules import titles
from amparo.areas.entitlements.rules.answers import NOT_KNOWN, NOT_SAID, SaidBy
from amparo.areas.entitlements.rules.applications import State
from amparo.areas.entitlements.rules.facts import DATES
from amparo.areas.entitlements.schemes import Schemes
from amparo.kernel.language import Texts, pick
from amparo.web.components.fields import country_name

from .history import VERBS, simple
from .words import WHY

#: Shape and words of a status (look.md: no meaning by colour alone).
STATUS: dict[str, tuple[str, Any]] = {
    "eligible": ("done", gettext_lazy("She can have it")),
    "not_eligible": ("closed", gettext_lazy("Not as things stand")),
    "undetermined": ("unknown", gettext_lazy("Not known yet")),
}
PERMIT: dict[str, Any] = {
    "reflection_period": gettext_lazy("Time to reflect"),
    "temporary_stay": gettext_lazy("Temporary stay"),
    "long_term_permit": gettext_lazy("Long-term permit"),
    "humanitarian_permit": gettext_lazy("Humanitarian permit"),
}
SERVICE: dict[str, Any] = {
    "accommodation_specialised": gettext_lazy("Specialised accommodation"),
    "accommodation_mainstream": gettext_lazy("General accommodation"),
    "psychosocial": gettext_lazy("Psychosocial support"),
    "health": gettext_lazy("Health care"),
    "legal_assistance": gettext_lazy("Legal assistance"),
    "language_courses": gettext_lazy("Language courses"),
    "training": gettext_lazy("Training"),
    "employment": gettext_lazy("Employment support"),
}
RIGHT: dict[str, Any] = {
    "work": gettext_lazy("work"),
    "police_protection": gettext_lazy("protection by the police"),
    "social_welfare": gettext_lazy("social welfare"),
    "education": gettext_lazy("education"),
    "language_courses": gettext_lazy("language courses"),
    "temporary_residence_certificate": gettext_lazy("a temporary residence certificate"),
    "no_removal": gettext_lazy("she is not removed from the country"),
}
PROVIDER: dict[str, Any] = {
    "specialised": gettext_lazy("specialised organisations"),
    "mainstream": gettext_lazy("general services"),
    "both": gettext_lazy("specialised organisations and general services"),
    "none": gettext_lazy("nobody yet"),
}
BY: dict[str, Any] = {
    "accommodation_staff": gettext_lazy("staff of the accommodation"),
    "cultural_mediators": gettext_lazy("cultural mediators"),
    "employment_service": gettext_lazy("the employment service"),
    "health_professionals": gettext_lazy("health professionals"),
    "integration_services": gettext_lazy("integration services"),
    "lawyers": gettext_lazy("lawyers"),
    "local_authority": gettext_lazy("the local authority"),
    "psychologists": gettext_lazy("psychologists"),
    "social_workers": gettext_lazy("social workers"),
    "specialised_ngo": gettext_lazy("a specialised organisation"),
    "volunteers": gettext_lazy("volunteers"),
}
ACTOR: dict[str, Any] = {
    "she": gettext_lazy("she herself"),
    "her_team": gettext_lazy("her team"),
    "competent_authority": gettext_lazy("the competent authority"),
    "court": gettext_lazy("the court"),
    "first_responder": gettext_lazy("whoever refers her"),
    "immigration_authority": gettext_lazy("the immigration authority"),
    "police": gettext_lazy("the police"),
    "prosecutor": gettext_lazy("the prosecutor"),
    "shelter": gettext_lazy("the shelter"),
    "social_services": gettext_lazy("social services"),
    "specialised_centre": gettext_lazy("the specialised centre"),
}
SAID_BY: dict[str, Any] = {
    SaidBy.SHE: gettext_lazy("She said so"),
    SaidBy.DOCUMENT: gettext_lazy("A document says so"),
    SaidBy.AUTHORITY: gettext_lazy("An authority said so"),
    SaidBy.COLLEAGUE: gettext_lazy("A colleague said so"),
    SaidBy.OTHER: gettext_lazy("Another organisation said so"),
    SaidBy.FILE: gettext_lazy("From her file"),
}
STATE: dict[str, tuple[str, Any]] = {
    State.TO_REQUEST: ("open", gettext_lazy("To request")),
    State.REQUESTED: ("soon", gettext_lazy("Requested")),
    State.RECEIVED: ("done", gettext_lazy("Received")),
    State.REFUSED: ("overdue", gettext_lazy("Refused by the office")),
    State.APPEALED: ("soon", gettext_lazy("Appealed against")),
    State.EXPIRED: ("overdue", gettext_lazy("Expired")),
}
#: The same said to her.
HER_STATUS: dict[str, Any] = {
    "eligible": gettext_lazy("You can have it"),
    "not_eligible": gettext_lazy("Not as things stand"),
    "undetermined": gettext_lazy("Not known yet"),
}
BECAUSE: dict[str, Any] = {
    "fact": gettext_lazy("Something became known"),
    "rules": gettext_lazy("The rules changed"),
}
WAY_OUT: dict[str, Any] = {
    NOT_KNOWN: gettext_lazy("Not known yet"),
    NOT_SAID: gettext_lazy("She does not want to say"),
}


def here(texts: Texts) -> str:
    """The text in the reader's language."""
    return pick(texts, get_language() or "en")


def question_words(key: str) -> str:
    """A fact as it is asked."""
    return here(questions.questions()[key].question)


def answer_words(key: str, value: str) -> str:
    """What a kept answer says, as a line that stands by itself."""
    if value in WAY_OUT:
        return str(WAY_OUT[value])
    says = questions.questions()[key].says
    if key in DATES:
        return f"{here(says['on'])} {date_format(date.fromisoformat(value), 'DATE_FORMAT')}"
    return here(says[value])


def kind_words(kind: str) -> str:
    """A kind of document or application."""
    return here(paperwork.kinds()[kind].name)


def permit_words(kind: str) -> str:
    """A kind of permit or of service of the states."""
    return str({**PERMIT, **SERVICE}[kind])


def state_words(state: str) -> str:
    """Where a document or an application stands."""
    return str(STATE[state][1])


def status_words(status: str) -> str:
    """Whether she can have something; empty where the rules did not say."""
    return str(STATUS[status][1]) if status in STATUS else ""


def her_status_words(status: str) -> str:
    """The same said to her."""
    return str(HER_STATUS[status]) if status in HER_STATUS else ""


def item_words(item: str) -> str:
    """A permit or a service by its number in the rules, in words; the number itself where no rules know it any more."""
    return here(title) if (title := titles(Schemes()).get(item)) else item


def joined(words: Mapping[str, Any], keys: Iterable[str]) -> str:
    """Several coded words with commas."""
    return ", ".join(str(words[key]) for key in keys)


def _told(line: HistoryLine) -> str:
    return _("Legal status: %(n)d answers noted") % {"n": len(line.words)}


def _country(line: HistoryLine) -> str:
    return _("Country looked at for her: %(country)s") % {"country": country_name(line.words[0])}


def _left_out(line: HistoryLine) -> str:
    return _("Country no longer looked at: %(country)s") % {"country": country_name(line.words[0])}


def _application(line: HistoryLine) -> str:
    kind, state = line.words[:2]
    return f"{kind_words(kind)}: {state_words(state)}"


VERBS |= dict.fromkeys(("application noted", "application changed", "application moved"), _application)
VERBS |= {
    "legal status told": _told,
    "country looked at": _country,
    "country left out": _left_out,
    "changes looked at": simple(gettext_lazy("Looked at what she can have, and what changed")),
}
WHY |= {f"entitled_{one}": words for one, words in BECAUSE.items()}
