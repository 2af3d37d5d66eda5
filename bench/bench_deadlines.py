"""Every deadline of 20,000 cases worked out anew, as it is done each night: how long it takes, and how much changed.

Prints JSON. Two schemes run in every case, one of them extended and with a time it stood still: 40,000 pathways. They
are worked out when everything is new, then anew: nothing changed, a month later, with rules that move every end.
"""

import json
import os
import sys
import tempfile
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

CASES = int(os.environ.get("BENCH_CASES", "20000"))
MOST_SECONDS = 30
BATCH = 5000


def main() -> None:
    """Measure on the node in BENCH_HOME, or on a new demonstration."""
    home = Path(os.environ.get("BENCH_HOME") or tempfile.mkdtemp(prefix="amparo-bench-"))
    os.environ["AMPARO_HOME"] = str(home)
    from bench.node import Node

    Node(home, CASES).fill()
    from amparo.cli.django_ready import django_ready

    with django_ready():
        json.dump(figures(), sys.stdout, indent=2)


def figures() -> dict[str, Any]:
    """What each time took, and whether the slowest that works out anew is within the limit."""
    from amparo.areas.entitlements import pathway_nights
    from amparo.kernel import clock

    cases = _follow_schemes()
    first = _once()
    told = {"nothing changed": _once()}
    with clock.standing_at(clock.now() + timedelta(days=30)):
        told["a month later"] = _once()
    pathway_nights.scheme_of_run = _longer(pathway_nights.scheme_of_run)
    told["the rules changed"] = _once()
    slowest = max(one["seconds"] for one in told.values())
    return {
        "cases": cases,
        "first_time": first,
        "anew": told,
        "slowest_seconds": slowest,
        "within_limit": slowest < MOST_SECONDS,
    }


def _longer(scheme_of: Any) -> Any:
    """The same rules with a first stage that lasts a day longer."""
    import msgspec

    def changed(*asked: Any) -> Any:
        scheme = scheme_of(*asked)
        first, *others = scheme.pathway.stages
        if first.lasts is None or first.lasts.days is None:
            return scheme
        lasts = msgspec.structs.replace(first.lasts, days=first.lasts.days + 1)
        stages = (msgspec.structs.replace(first, lasts=lasts), *others)
        return replace(scheme, pathway=msgspec.structs.replace(scheme.pathway, stages=stages))

    return changed


def _once() -> dict[str, Any]:
    from amparo.areas.access import wall
    from amparo.areas.entitlements.pathway_nights import work_out_everything

    begun, spent = time.perf_counter(), time.process_time()
    found = [work_out_everything(organisation) for organisation in wall.each_organisation()]
    return {
        "seconds": round(time.perf_counter() - begun, 2),
        "of_them_in_python": round(time.process_time() - spent, 2),
        "pathways": sum(one.runs for one in found),
        "stages_changed": sum(one.stages for one in found),
        "deadlines_changed": sum(one.deadlines for one in found),
    }


def _follow_schemes() -> int:
    """Two schemes in every open case, as if each had been begun by hand; gives how many cases."""
    from amparo.areas.cases.models import Case
    from amparo.areas.cases.rules import OPEN
    from amparo.areas.entitlements.models import PathwayRun

    PathwayRun.objects.all().delete()
    Case.objects.exclude(status__in=OPEN).filter(erased_on=None).update(status="accompanied", closed_on=None)
    cases = list(Case.objects.filter(erased_on=None).only("pk", "organisation_id", "referent_id"))
    for first in range(0, len(cases), BATCH):
        _begin(cases[first : first + BATCH])
    return len(cases)


def _begin(cases: Any) -> None:
    from amparo.areas.entitlements.models import PathwayEvent, PathwayRun
    from amparo.kernel import clock

    today, now = clock.today("UTC"), clock.now()
    runs = PathwayRun.objects.bulk_create(
        PathwayRun(
            organisation_id=case.organisation_id,
            case=case,
            country=country,
            pathway=pathway,
            begun_on=today - timedelta(days=case.pk % 60),
            member_id=case.referent_id,
        )
        for case in cases
        for country, pathway in (("BE", "be.pathway"), ("GB", "gb.pathway"))
    )
    PathwayEvent.objects.bulk_create(
        PathwayEvent(
            organisation_id=run.organisation_id,
            case_id=run.case_id,
            run=run,
            member_id=run.member_id,
            noted_at=now,
            **event,
        )
        for run in runs
        for event in _happened(run.country, run.begun_on, run.pk)
    )


def _happened(country: str, day: date, number: int) -> list[dict[str, Any]]:
    if country == "GB":
        return [{"stage": "gb.reasonable_grounds_decision", "what": "started", "on": day}]
    begun = {"stage": "be.reflection", "what": "started", "on": day}
    longer = {"stage": "be.reflection", "what": "extended", "on": day, "count": 1 + number % 30, "unit": "days"}
    still = {"stage": "be.reflection", "what": "suspended", "on": day, "until": day + timedelta(days=number % 9)}
    return [begun, longer, still]


if __name__ == "__main__":
    main()
