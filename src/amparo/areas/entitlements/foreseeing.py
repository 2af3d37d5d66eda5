"""How many women's statuses other rules would change, before they hold: counts by referent, nobody by name."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from amparo.areas.access.rules import Task, Viewer, may_do
from amparo.areas.cases.files import visible_cases
from amparo.areas.cases.rules import Status
from amparo.kernel import clock
from amparo.kernel.decision import require

from .catalogue import InForce, covers
from .house_rules import schemes_for
from .models import CountryOfCase
from .rules.answers import facts_from
from .rules.scheme import RuleSet
from .statuses import BATCH, facts_of, statuses_by


@dataclass(frozen=True)
class Foreseen:
    """Of how many women the viewer may know, how many have a status that would change, and with which referents."""

    looked_at: int
    changed: int
    by_referent: tuple[tuple[str, int], ...]


def foresee(viewer: Viewer, rules: RuleSet) -> Foreseen:
    """What these rules would change on the day they begin (today, where they began before), among the women whose
    cases the viewer may know of."""
    require(may_do(viewer, Task.CHANGE_RULES))
    on = _first_day(rules, clock.today(viewer.time_zone))
    now = schemes_for(viewer.organisation).known(rules.country, on)
    rows = _rows(viewer, rules.country)
    changed: Counter[str] = Counter()
    for start in range(0, len(rows), BATCH):
        some = rows[start : start + BATCH]
        facts = facts_of({case for case, _ in some})
        for case, referent in some:
            hers = facts.get(case, {})
            known = facts_from({**hers.get("", {}), **hers.get(rules.country, {})})
            before = statuses_by(now, known) if now else {}
            changed[referent] += before != statuses_by(InForce(rules), known)
    told = tuple(sorted((name, count) for name, count in changed.items() if count))
    return Foreseen(len(rows), changed.total(), told)


def _first_day(rules: RuleSet, today: date) -> date:
    return today if covers(rules, today) else rules.valid_from


def _rows(viewer: Viewer, country: str) -> list[tuple[int, str]]:
    """The cases for which this country is looked at, each with its referent."""
    open_ones = Q(until=None, country=country, organisation=viewer.organisation) & ~Q(case__status=Status.CLOSED)
    rows = CountryOfCase.objects.filter(open_ones, case__in=visible_cases(viewer).values("pk"))
    return list(rows.order_by("pk").values_list("case_id", "case__referent__name"))
