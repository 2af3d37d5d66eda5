"""What a referral says, page by page, as it is read: the labels and answers of the very forms it was written with."""

from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amparo.areas.access.rules import Viewer
from amparo.areas.intake.queries import ReferralFile
from amparo.areas.intake.rules import Page
from amparo.areas.people.queries import PersonFile, person_file
from amparo.web.components.fields import HerWords

from .forms.referrals import (
    AboutForm,
    NeedsForm,
    PageForm,
    ReachForm,
    ReasonForm,
    SenderForm,
    SixForm,
    ToldForm,
)
from .pages import Context

FORMS: dict[Page, type[PageForm]] = {
    form.which: form for form in (SenderForm, AboutForm, ReasonForm, NeedsForm, ToldForm, ReachForm, SixForm)
}
TITLES: dict[Page, Promise] = {
    Page.SENDER: _("Who sends her"),
    Page.ABOUT: _("About her"),
    Page.REASON: _("What she asks for, and why she is sent"),
    Page.NEEDS: _("What cannot wait"),
    Page.TOLD: _("What she was told and agreed to"),
    Page.REACH: _("How to reach her safely"),
    Page.SIX: _("The six safety questions"),
}


def form_arguments(viewer: Viewer, referral: ReferralFile, page: Page) -> Context:
    """What the form of this page needs to be made."""
    if page is not Page.ABOUT:
        return {}
    person = person_file(viewer, referral.person)
    return {"known": referral.known_before, "has_identity": person.has_identity}


def typed_before(viewer: Viewer, referral: ReferralFile, page: Page) -> Context:
    """What the form of this page holds, as it was saved last. Identifying words stay in the vault."""
    values: Context = {**referral.words[page], **_coded(referral, page), "version": referral.version(page)}
    if page is Page.ABOUT and not referral.known_before:
        values |= _particulars(person_file(viewer, referral.person))
    return values


def content(viewer: Viewer, referral: ReferralFile, *, without: frozenset[Page] = frozenset()) -> list[Context]:
    """Every page that says something: its title, what she says, and the rest. `without` names pages to leave out."""
    parts = []
    for page in (one for one in Page if one not in without):
        form = FORMS[page](**form_arguments(viewer, referral, page))
        lines = spoken(form, typed_before(viewer, referral, page))
        hers = [(label, text) for label, text, is_hers in lines if is_hers]
        rows = [{"label": label, "text": text} for label, text, is_hers in lines if not is_hers]
        if lines:
            parts.append({"title": TITLES[page], "hers": hers, "rows": rows})
    return parts


def spoken(form: forms.Form, values: Context) -> list[tuple[str, str, bool]]:
    """The fields that hold something, with their label, their value in words, and whether the words are hers."""
    lines = []
    for name, field in form.fields.items():
        value = values.get(name)
        if name != "version" and value not in (None, "", [], ()):
            lines.append((str(field.label), _in_words(field, value), isinstance(field, HerWords)))
    return lines


def _in_words(field: forms.Field, value: Any) -> str:
    if isinstance(value, date):
        return date_format(value, "SHORT_DATE_FORMAT")
    if not isinstance(field, forms.ChoiceField):
        return str(value)
    named = dict(_flat(field.choices))
    several = value if isinstance(value, list | tuple) else [value]
    return ", ".join(str(named.get(str(one), one)) for one in several)


def _flat(choices: Any) -> list[tuple[str, Any]]:
    """Choices without their groups."""
    flat: list[tuple[str, Any]] = []
    for key, label in choices:
        flat += list(label) if isinstance(label, list | tuple) else [(str(key), label)]
    return flat


def _coded(referral: ReferralFile, page: Page) -> Context:
    by_page: dict[Page, Context] = {
        Page.SENDER: {
            "sender_kind": referral.sender_kind,
            "received_on": referral.received_on,
            "way": referral.way,
        },
        Page.ABOUT: {"children": referral.children},
        Page.REASON: {},
        Page.NEEDS: {"urgent_needs": list(referral.urgent_needs)},
        Page.TOLD: {"told": list(referral.told)},
        Page.REACH: {
            "channels": list(referral.channels),
            "phone_checked": referral.phone_checked,
            "days": referral.words[Page.REACH].get("days", "").split(),
        },
        Page.SIX: dict(referral.answers),
    }
    return by_page[page]


def _particulars(person: PersonFile) -> Context:
    both = [*person.citizenships, "", ""]
    return {
        "called": person.called,
        "gender": person.gender,
        "birth_year": person.birth_year,
        "languages": list(person.languages),
        "interpreter": person.interpreter,
        "citizenship": both[0],
        "other_citizenship": both[1],
    }
