"""The coded words of entitlements, in the reader's language: permits, services, rights, states, who acts."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import get_language, gettext_lazy

from amparo.kernel.language import Texts, pick

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


def here(texts: Texts) -> str:
    """The text in the reader's language."""
    return pick(texts, get_language() or "en")


def permit_words(kind: str) -> str:
    """A kind of permit or of service of the states."""
    return str({**PERMIT, **SERVICE}[kind])


def status_words(status: str) -> str:
    """Whether she can have something; empty where the rules did not say."""
    return str(STATUS[status][1]) if status in STATUS else ""


def joined(words: Mapping[str, Any], keys: Iterable[str]) -> str:
    """Several coded words with commas."""
    return ", ".join(str(words[key]) for key in keys)
