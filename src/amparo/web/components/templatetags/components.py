"""Filters that prepare a form for its template, and the drawing of small trend lines."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from amparo.web.components.bound import AmparoBoundField
from amparo.web.components.trends import Trend, draw_trend

register = template.Library()

_PLACES = re.compile(r"\blines ((?:\d+(?:-\d+)?)(?:, \d+(?:-\d+)?)*)")


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """Fields that belong together, under a legend or (``""``) under none."""

    legend: str
    fields: list[BoundField]


@dataclass(frozen=True, slots=True)
class ErrorLine:
    """One line of the list of errors on top of a form, and the id of the field it leads to."""

    text: str
    target: str


@register.filter
def as_json(thing: object) -> str:
    """The thing as JSON, for an attribute that a script of ours reads; the template escapes it."""
    return json.dumps(thing)


@register.filter
def field_groups(form: forms.BaseForm) -> list[FieldGroup]:
    """The visible fields in the groups that the form names in ``groups``; the others stand first.

    Fields that an answer reveals are left out: they stand inside that answer.
    """
    shown = {field.name: field for field in form.visible_fields()}
    for name in _revealed_names(form):
        shown.pop(name, None)
    named: Sequence[tuple[str, Sequence[str]]] = getattr(form, "groups", ())
    groups = [FieldGroup(str(legend), [shown.pop(name) for name in names if name in shown]) for legend, names in named]
    return [group for group in (FieldGroup("", list(shown.values())), *groups) if group.fields]


@register.filter
def error_lines(form: forms.BaseForm) -> list[ErrorLine]:
    """Every error of a form in the order of its fields, those of the whole form first."""
    lines = [ErrorLine(str(text), "") for text in form.non_field_errors()]
    for field in form:
        lines += [ErrorLine(f"{_introduced(field)} {text}", _first_input(field)) for text in field.errors]
    return lines


@register.filter
def cited(source: object) -> str:
    """A citation with the words in it in the reader's language: 'C&H-L 5.1.2, lines 573 to 576'."""
    return _PLACES.sub(lambda found: ", ".join(_place(one) for one in found[1].split(", ")), str(source))


def _place(lines: str) -> str:
    first, _dash, last = lines.partition("-")
    if last:
        return _("lines %(first)s to %(last)s") % {"first": first, "last": last}
    return _("line %(number)s") % {"number": first}


def _introduced(field: BoundField) -> str:
    """The label with a colon, or as it is where it ends a sentence."""
    label = str(field.label)
    return label if label.endswith(("?", ".", "!", ":")) else f"{label}:"


def _first_input(field: BoundField) -> str:
    """The id of what takes the focus: of a group of answers, its first one."""
    if isinstance(field, AmparoBoundField) and field.is_choices:
        return next((option.id for option in field.options), "")
    return str(field.id_for_label)


def _revealed_names(form: forms.BaseForm) -> set[str]:
    """The names of all fields that stand inside an answer of another field."""
    ours = [field for field in form if isinstance(field, AmparoBoundField) and field.is_choices]
    return set().union(*(field.revealed_names for field in ours))


@register.simple_tag
def trend(her: Sequence[int | None], team: Sequence[int | None]) -> Trend:
    """The drawing of one domain's ratings, oldest first."""
    return draw_trend(her, team)
