"""Words of what states offer: kinds, rights, who gives it, who must act, how long. One module for every page of it."""

from collections.abc import Iterable, Mapping
from typing import get_args

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from amparo.areas.entitlements.rules.scheme import (
    Length,
    PermitKind,
    ServiceKind,
)

#: A status as a word and a shape.
STATUS: dict[str, tuple[Promise, str]] = {
    "eligible": (gettext_lazy("She can have it"), "done"),
    "undetermined": (gettext_lazy("Depends on what is not known yet"), "unknown"),
    "not_eligible": (gettext_lazy("Not as things stand"), "closed"),
}
PERMIT_KIND: dict[str, Promise] = {
    "reflection_period": gettext_lazy("Time to think"),
    "temporary_stay": gettext_lazy("Temporary stay"),
    "long_term_permit": gettext_lazy("Longer stay"),
    "humanitarian_permit": gettext_lazy("Humanitarian stay"),
}
SERVICE_KIND: dict[str, Promise] = {
    "accommodation_specialised": gettext_lazy("Specialised accommodation"),
    "accommodation_mainstream": gettext_lazy("General accommodation"),
    "psychosocial": gettext_lazy("Psychological and social support"),
    "health": gettext_lazy("Health care"),
    "legal_assistance": gettext_lazy("Legal assistance"),
    "language_courses": gettext_lazy("Language courses"),
    "training": gettext_lazy("Training"),
    "employment": gettext_lazy("Employment"),
}
RIGHT: dict[str, Promise] = {
    "work": gettext_lazy("work"),
    "police_protection": gettext_lazy("police protection"),
    "social_welfare": gettext_lazy("social welfare"),
    "education": gettext_lazy("education"),
    "language_courses": gettext_lazy("language courses"),
    "temporary_residence_certificate": gettext_lazy("a temporary residence certificate"),
    "no_removal": gettext_lazy("nobody may be removed from the country meanwhile"),
}
PROVIDER: dict[str, Promise] = {
    "specialised": gettext_lazy("Specialised organisations"),
    "mainstream": gettext_lazy("General services"),
    "both": gettext_lazy("Specialised organisations and general services"),
    "none": gettext_lazy("Nobody: there is no such service"),
}
BY: dict[str, Promise] = {
    "accommodation_staff": gettext_lazy("staff of the accommodation"),
    "cultural_mediators": gettext_lazy("cultural mediators"),
    "employment_service": gettext_lazy("employment service"),
    "health_professionals": gettext_lazy("health professionals"),
    "integration_services": gettext_lazy("integration services"),
    "lawyers": gettext_lazy("lawyers"),
    "local_authority": gettext_lazy("local authority"),
    "psychologists": gettext_lazy("psychologists"),
    "social_workers": gettext_lazy("social workers"),
    "specialised_ngo": gettext_lazy("specialised organisation"),
    "volunteers": gettext_lazy("volunteers"),
}
HOUSING: dict[str, Promise] = {
    "shelter": gettext_lazy("shelter"),
    "studio": gettext_lazy("studio"),
    "flat": gettext_lazy("flat"),
    "hotel": gettext_lazy("hotel"),
    "foster_care": gettext_lazy("foster care"),
    "social_housing": gettext_lazy("social housing"),
}
ACCEPTED: dict[str, Promise] = {
    "national": gettext_lazy("nationals"),
    "eu": gettext_lazy("citizens of the European Union"),
    "third_country": gettext_lazy("citizens of other countries"),
    "women": gettext_lazy("women"),
    "men": gettext_lazy("men"),
    "adults": gettext_lazy("adults"),
    "minors": gettext_lazy("minors"),
}
MIXING: dict[str, Promise] = {
    "mixed_only": gettext_lazy("women and men in the same house"),
    "separate_possible": gettext_lazy("houses for women only can be had"),
    "separate_only": gettext_lazy("women and men in different houses"),
}
ACTOR: dict[str, Promise] = {
    "she": gettext_lazy("she herself"),
    "her_team": gettext_lazy("her team"),
    "competent_authority": gettext_lazy("the competent authority"),
    "court": gettext_lazy("the court"),
    "first_responder": gettext_lazy("the first responder"),
    "immigration_authority": gettext_lazy("the immigration authority"),
    "police": gettext_lazy("the police"),
    "prosecutor": gettext_lazy("the prosecutor"),
    "shelter": gettext_lazy("the shelter"),
    "social_services": gettext_lazy("social services"),
    "specialised_centre": gettext_lazy("the specialised centre"),
}
COUNTED_FROM: dict[str, Promise] = {
    "identified_on": gettext_lazy("the day on which she was identified"),
    "reflection_started_on": gettext_lazy("the first day of the time to think"),
    "permit_started_on": gettext_lazy("the first day of the permit"),
    "referral_received_on": gettext_lazy("the day on which the referral arrived"),
}
KIND: dict[str, Promise] = {**PERMIT_KIND, **SERVICE_KIND}
#: Every kind in the order in which pages show it: permits first.
KINDS: tuple[str, ...] = (*get_args(PermitKind), *get_args(ServiceKind))


def listed(keys: Iterable[str], words: Mapping[str, Promise]) -> str:
    """The words of these keys as one line, with commas."""
    return ", ".join(str(words[key]) for key in keys)


def length_words(length: Length) -> str:
    """'45 days', '5 working days', '3 months', '1 year'."""
    if length.working_days is not None:
        count = length.working_days
        return ngettext("%(count)s working day", "%(count)s working days", count) % {"count": count}
    if length.days is not None:
        return ngettext("%(count)s day", "%(count)s days", length.days) % {"count": length.days}
    if length.months is not None:
        return ngettext("%(count)s month", "%(count)s months", length.months) % {"count": length.months}
    years = length.years or 0
    return ngettext("%(count)s year", "%(count)s years", years) % {"count": years}


def time_words(lasts: Length | None, up_to: Length | None = None) -> str:
    """How long something lasts: a length, a range of lengths, or that no time is fixed."""
    if lasts is None:
        return _("up to %(most)s") % {"most": length_words(up_to)} if up_to else _("no fixed time")
    if up_to is None:
        return length_words(lasts)
    return _("%(least)s to %(most)s") % {"least": length_words(lasts), "most": length_words(up_to)}
