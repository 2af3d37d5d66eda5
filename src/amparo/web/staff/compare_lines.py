"""Countries side by side as the pages show them: a column each, a row for each kind of permit and service."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from amparo.areas.entitlements.catalogue import InForce
from amparo.areas.entitlements.rules.answers import answer_of
from amparo.areas.entitlements.rules.comparing import Cell, Row, side_by_side, supposing
from amparo.areas.entitlements.rules.facts import Facts
from amparo.areas.entitlements.rules.judging import Answer, JudgedPermit, JudgedService, judge
from amparo.areas.entitlements.rules.scheme import Service
from amparo.areas.entitlements.schemes import Schemes

from .entitlement_words import RIGHT, STATUS, here, joined, permit_words, question_words
from .forms.schemes import statement_of
from .information_age import information_age
from .pages import Context
from .scheme_lines import cost_words, place_name
from .scheme_words import time_words


def comparison(
    schemes: Schemes, facts: dict[str, Facts], *, on: date, today: date, supposed: dict[str, Any] | None = None
) -> Context:
    """What `staff/schemes/side_by_side.html` shows: the countries that `facts` names, each with the facts for it."""
    found = {country: schemes.known(country, on) for country in facts}
    known = {country: one for country, one in found.items() if one is not None}
    now = [_judged(one, facts[country], on) for country, one in known.items()]
    shown = [supposing(facts[country], supposed or {}) for country in known]
    then = [_judged(one, these, on) for one, these in zip(known.values(), shown, strict=True)]
    rows = side_by_side(then, before=now if supposed else ())
    columns = [_column(schemes, country, one, today) for country, one in known.items()]
    return {
        "columns": columns,
        "without": [place_name(schemes, country) for country, one in found.items() if one is None],
        "rows": [_row(row, columns, shown) for row in rows],
        "supposed": [statement_of(key, answer_of(value)) for key, value in (supposed or {}).items()],
        "changes": sum(cell.changes for row in rows for cells in row.cells for cell in cells),
        "compared_on": on,
    }


def _judged(found: InForce, facts: Facts, on: date) -> Answer:
    return judge(found.rule_set, facts, as_of=on, outdated=found.outdated)


def _column(schemes: Schemes, country: str, found: InForce, today: date) -> Context:
    return {
        "country": country,
        "name": place_name(schemes, country),
        "age": information_age(found.rule_set, today=today, outdated=found.outdated),
        "ours": schemes.changed_by_us(found.rule_set),
    }


def _row(row: Row, columns: Sequence[Context], facts: Sequence[Facts]) -> Context:
    """A row's kind, and for each country its name with what it has of this kind."""
    beside = zip(columns, row.cells, facts, strict=True)
    cells = [(column["name"], [_cell(cell, known) for cell in cells]) for column, cells, known in beside]
    return {"kind": permit_words(row.kind), "cells": cells}


def _cell(cell: Cell, facts: Facts) -> Context:
    judged = cell.judged
    shape, status = STATUS[judged.judgement.status]
    return {
        "title": here(judged.item.title),
        "region": judged.item.region or "",
        "shape": shape,
        "status": status,
        "before": STATUS[cell.before][1] if cell.before is not None and cell.changes else "",
        "facts": _facts(judged),
        "ask": [question_words(key) for key in judged.judgement.ask],
        "failed": [statement_of(key, answer_of(getattr(facts, key))) for key in judged.judgement.failed],
    }


def _facts(judged: JudgedPermit | JudgedService) -> Sequence[tuple[str, Any]]:
    if isinstance(judged.item, Service):
        return [(_("Costs"), cost_words(judged.item))]
    permit = judged.item
    found: list[tuple[str, Any]] = [(_("Lasts"), time_words(permit.lasts, permit.lasts_up_to))]
    if isinstance(judged, JudgedPermit):
        found += [(_("Until"), judged.ends_on)] if judged.ends_on else []
        found += [(_("Opens"), joined(RIGHT, judged.opens))] if judged.opens else []
        perhaps = joined(RIGHT, (right for right, _ask in judged.opens_if))
        found += [(_("Opens perhaps"), perhaps)] if perhaps else []
    return found
