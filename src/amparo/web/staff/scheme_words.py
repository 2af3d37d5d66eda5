"""Words of what stands in a country file beyond its permits and services: homes, times, from when they count."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from amparo.areas.entitlements.rules.scheme import Length

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
COUNTED_FROM: dict[str, Promise] = {
    "identified_on": gettext_lazy("the day on which she was identified"),
    "reflection_started_on": gettext_lazy("the first day of the time to think"),
    "permit_started_on": gettext_lazy("the first day of the permit"),
    "referral_received_on": gettext_lazy("the day on which the referral arrived"),
}


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
