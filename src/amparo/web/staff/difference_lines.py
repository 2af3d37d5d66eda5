"""What differs between two sets of rules, in the words in which the pages show them."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from amparo.areas.entitlements.rules.differences import Difference, Item, differences
from amparo.areas.entitlements.rules.scheme import Pathway, Permit, RuleSet

from .condition_words import Said
from .entitlement_words import here
from .pages import Context
from .scheme_lines import pathway_line, permit_line, service_line

#: What is said of a part that only one of the two sets has, with its shape.
_NEW, _GONE, _CHANGED = "done", "closed", "soon"


def difference_lines(before: RuleSet, after: RuleSet) -> list[Context]:
    """A line for each part that is otherwise: what it is, and each cell before and after."""
    return [_line(one) for one in differences(before, after)]


def _line(one: Difference) -> Context:
    if one.before is None and one.after is not None:
        return {"title": here(one.after.title), "shape": _NEW, "state": _("new"), "cells": []}
    if one.after is None and one.before is not None:
        return {"title": here(one.before.title), "shape": _GONE, "state": _("left out"), "cells": []}
    old, new = (dict(_cells(part)) for part in (one.before, one.after) if part is not None)
    labels = dict.fromkeys((*old, *new))
    cells = [(label, old.get(label, ""), new.get(label, "")) for label in labels if old.get(label) != new.get(label)]
    title = here(one.after.title) if one.after is not None else ""
    return {"title": title, "shape": _CHANGED, "state": _("changed"), "cells": cells}


def _cells(part: Item) -> Iterator[tuple[str, str]]:
    """Every cell of a part, worded; the same label never stands there twice."""
    if isinstance(part, Pathway):
        yield from _pathway(part)
        return
    line = permit_line(part) if isinstance(part, Permit) else service_line(part)
    yield _("Title"), line["title"]
    yield _("Kind"), line["kind"]
    yield _("Needed"), flat(line["when"])
    yield from line["facts"]
    for right, said in line["openings"]:
        yield _("Opens %(right)s only with") % {"right": right}, flat(said)
    yield _("Notes"), " ".join(line["notes"])
    yield _("Source"), line["source"]


def _pathway(part: Pathway) -> Iterator[tuple[str, str]]:
    line = pathway_line(part)
    yield _("Title"), line["title"]
    for number, stage in enumerate(line["stages"], 1):
        facts = "; ".join(f"{label}: {words}" for label, words in stage["facts"])
        words = f"{stage['title']}. {stage['who']}: {stage['due']} {facts}"
        yield _("Stage %(number)s") % {"number": number}, words
    yield _("Notes"), " ".join(line["notes"])
    yield _("Source"), line["source"]


def flat(said: Said) -> str:
    """A condition as one line: 'All of these: A; B; One of these: C; D'."""
    if not said.parts:
        return said.text
    return f"{said.text} " + "; ".join(flat(part) for part in said.parts)
