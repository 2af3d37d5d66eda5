"""Judging everybody again when the rules changed: in batches, each one transaction, while others work."""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from amparo.areas.audit.actions import Trace, record
from amparo.areas.cases.dues import set_dues
from amparo.areas.cases.rules import DueKind, Status
from amparo.areas.orgs.queries import house_of
from amparo.kernel import clock

from . import statuses
from .catalogue import NoRules
from .house_rules import mark_of, rules_in_force
from .models import CountryOfCase
from .rules.changes import Because


def judge_where_rules_changed(organisation: int) -> int:
    """Judge again every country of a case whose rules are others than those it was judged by; gives how many cases
    changed. Cases that are closed wait until she comes back."""
    today = clock.today(house_of(organisation).time_zone)
    changed: set[int] = set()
    judged = 0
    for country in _rows(organisation).order_by("country").values_list("country", flat=True).distinct():
        try:
            mark = mark_of(rules_in_force(organisation, country, today))
        except NoRules:
            continue
        last = 0
        while batch := _judge_batch(organisation, country, mark, today, after=last):
            last, count, cases = batch
            judged, changed = judged + count, changed | cases
    if judged:
        trace = Trace("judged again", facts={"judged": judged, "changed": len(changed)})
        record(trace, organisation=organisation, member=None)
    return len(changed)


def _judge_batch(
    organisation: int, country: str, mark: str, today: date, *, after: int
) -> tuple[int, int, set[int]] | None:
    """The next batch: its last number, how many it held, and the cases that changed; None where none is left."""
    with transaction.atomic():
        stale = _rows(organisation).filter(country=country, pk__gt=after).exclude(rules=mark).order_by("pk")
        rows = list(stale.select_for_update(of=("self",), no_key=True)[: statuses.BATCH])
        if not rows:
            return None
        cases = statuses.judge_again(rows, on=today, because=Because.RULES)
        set_dues(cases, DueKind.ENTITLED, organisation=organisation, on=today, why=f"entitled_{Because.RULES}")
    return rows[-1].pk, len(rows), cases


def _rows(organisation: int) -> QuerySet[CountryOfCase]:
    open_ones = CountryOfCase.objects.filter(organisation=organisation, until=None, case__erased_on=None)
    return open_ones.exclude(case__status=Status.CLOSED)
