"""Telephone lines and organisations out there, as pages and papers show them."""

from datetime import date

import phonenumbers
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amparo.areas.directory.catalogue import COUNTRIES, Hotline, Organisation, hotlines, hotlines_of, organisations_of
from amparo.web.components.fields import country_name

from .entitlement_words import here
from .information_age import age_of_numbers
from .pages import Context

KIND: dict[str, Promise] = {
    "institution": _("Institution"),
    "specialised_ngo": _("Specialised organisation"),
    "migration_ngo": _("Organisation for people who migrate"),
    "network": _("Network"),
    "international_organisation": _("International organisation"),
}


def states(*, only: str = "") -> list[Context]:
    """Every member state by its name in the reader's language, with its lines; `only`: this one alone."""
    found = [{"code": one, "name": country_name(one), "lines": lines_of(one)} for one in COUNTRIES]
    chosen = [one for one in found if only in ("", one["code"])]
    return sorted(chosen, key=lambda one: str(one["name"]).casefold())


def lines_of(country: str) -> list[Context]:
    """The telephone lines of a state."""
    return [hotline_line(one) for one in hotlines_of(country)]


def hotline_line(one: Hotline) -> Context:
    """A line: the number as a telephone dials it, as people read it, and inside the state only."""
    return {
        "name": one.name,
        "dial": one.number,
        "number": readable(one.number),
        "short": one.short,
        "as_printed": one.as_printed,
        "who": here(one.who),
        "when": here(one.when) if one.when else "",
        "languages": here(one.languages) if one.languages else "",
        "remark": here(one.remark) if one.remark else "",
        "from_abroad": not one.may_fail_from_abroad,
        "source": one.source,
    }


def organisation_lines(country: str) -> list[Context]:
    """The institutions and organisations of a country; those that accompany people stand first."""
    found = sorted(organisations_of(country), key=lambda one: not one.kind.endswith("_ngo"))
    return [_organisation(one) for one in found]


def numbers_age(*, today: date) -> Context:
    """How old the oldest of the numbers is."""
    return age_of_numbers(min(one.checked for one in hotlines()), today=today)


def readable(number: str) -> str:
    """'+32 2 511 64 64'; empty stays empty."""
    if not number:
        return ""
    parsed = phonenumbers.parse(number)
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _organisation(one: Organisation) -> Context:
    return {
        "name": one.name,
        "kind": KIND[one.kind],
        "city": one.city,
        "does": here(one.does),
        "phones": [(phone, readable(phone)) for phone in one.phones],
        "web": one.web,
        "email": one.email,
        "source": one.source,
    }
