"""Planning sessions: worth, bound, gap, seconds and memory for each kind of instance; prints JSON.

Beside it, on the same instances, a first-fit planner, and Timefold in the same time, or why it could not be asked
(bench/timefold_planner.py). One instance after another, each in a process of its own, so that memory is its own.
`BENCH_SORTS`, `BENCH_SIZES` choose some of them.
"""

import json
import os
import resource
import subprocess
import sys
import time
from typing import Any

from amparo.areas.activities.rules.checking import broken_rules
from amparo.areas.activities.rules.instance import Instance, read_part
from amparo.areas.activities.scheduling.planning import solve
from bench.first_fit import first_fit
from bench.instances import LARGE, MIDDLE, SORTS, make
from bench.timefold_planner import missing, timefold_plan

SIZES = {"60 women, 10 activities, 1 week": (MIDDLE, 20.0), "200 women, 25 activities, 4 weeks": (LARGE, 120.0)}


def main() -> None:
    """Measure one instance where it is named, else all."""
    if len(sys.argv) > 2:
        print(json.dumps(measure(sys.argv[1], sys.argv[2])))
        return
    sizes = os.environ.get("BENCH_SIZES", ",".join(str(n) for n in range(len(SIZES)))).split(",")
    names = [name for number, name in enumerate(SIZES) if str(number) in sizes]
    sorts = os.environ.get("BENCH_SORTS", ",".join(SORTS)).split(",")
    figures = {name: {sort: _apart(name, sort) for sort in sorts} for name in names}
    print(json.dumps({"figures": figures}, indent=2))


def measure(name: str, sort: str) -> dict[str, Any]:
    """One instance, planned and checked."""
    size, limit = SIZES[name]
    instance = read_part(make(sort, size), Instance)
    begun = time.perf_counter()
    plan = solve(instance, seconds=limit)
    seconds = time.perf_counter() - begun
    begun = time.perf_counter()
    broken = broken_rules(instance, plan)
    checked = time.perf_counter() - begun
    memory, beside = (
        resource.getrusage(whose).ru_maxrss / 1024 for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    begun = time.perf_counter()
    simple = first_fit(instance)
    bound = plan.bound or 0
    return {
        "status": plan.status,
        "objective": plan.objective,
        "bound": bound,
        "gap_percent": round(100 * (bound - plan.objective) / bound, 1) if bound else 0.0,
        "seconds": round(seconds, 1),
        "limit": limit,
        "check_seconds": round(checked, 3),
        "rules_broken": len(broken),
        "memory_mb": round(memory),
        "memory_of_the_second_process_mb": round(beside),
        "first_fit": {"objective": simple, "seconds": round(time.perf_counter() - begun, 2)},
        "timefold": timefold(instance, limit),
    }


def timefold(instance: Instance, limit: float) -> dict[str, Any] | str:
    """What Timefold plans in the same time, or why it was not asked."""
    lacking = missing()
    if lacking:
        return f"not run: {lacking}"
    begun = time.perf_counter()
    plan, moves = timefold_plan(instance, seconds=round(limit))
    seconds = time.perf_counter() - begun
    return {
        "objective": plan.objective,
        "seconds": round(seconds, 1),  # with compiling its model
        "moves_a_second": moves,
        "rules_broken": len(broken_rules(instance, plan)),
    }


def _apart(name: str, sort: str) -> Any:
    done = subprocess.run(
        [sys.executable, "-m", "bench.bench_scheduling", name, sort], capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


if __name__ == "__main__":
    main()
