"""What judging costs: 100,000 persons by every country, one in a request, and one country in OpenFisca beside it.

    python -m bench.bench_entitlements [--persons N]

Prints one JSON document. Persons are made up from a fixed seed: of one nearly nothing is known, of another nearly all.
The rules of Belgium are written for OpenFisca-core from the same file, as far as logic with yes and no alone can say
them, and calculated for all persons at once with NumPy; where every fact that a rule names is known, both must agree.
"""

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec

from amparo.areas.entitlements import catalogue
from amparo.areas.entitlements.json_answers import answer_json
from amparo.areas.entitlements.rules.facts import DATES, VALUES, Facts
from amparo.areas.entitlements.rules.judging import judge
from bench.openfisca_rules import System

Figures = dict[str, Any]
AS_OF = date(2013, 6, 1)
COUNTRY = "BE"
SEED = 20131122
REQUESTS = 2_000


def main() -> None:
    """Make the persons up, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--persons", type=int, default=100_000)
    count = parser.parse_args().persons
    with tempfile.TemporaryDirectory(prefix="amparo-bench-") as folder:
        os.environ["AMPARO_HOME"] = f"{folder}/home"
        file = Path(folder) / "persons.jsonl"
        file.write_bytes(b"".join(msgspec.json.encode(facts) + b"\n" for facts in persons(count)))
        figures = {
            "persons": count,
            "countries": list(catalogue.countries()),
            "every_country": batch(file, "ALL", Path(folder) / "answers.jsonl"),
            "every_country_to_nowhere": batch(file, "ALL", Path(os.devnull)),
            "one_in_a_request": in_a_request(),
            "beside_openfisca": beside_openfisca(file, count),
        }
    json.dump(figures, sys.stdout, indent=1)
    print()


def persons(count: int) -> Iterable[Facts]:
    """Facts about made-up persons, the same in every run."""
    chance = random.Random(SEED)
    for _ in range(count):
        known = chance.random()
        told = {fact: chance.choice(values) for fact, values in VALUES.items() if chance.random() < known}
        days = {fact: date(2012, 1, 1) + timedelta(chance.randrange(700)) for fact in DATES if chance.random() < known}
        yield Facts(**told, **days)


def batch(file: Path, country: str, target: Path) -> Figures:
    """The command over all lines, on one core: seconds, megabytes of memory, megabytes written."""
    command = [sys.executable, "-m", "amparo.cli.main", "entitlements", "evaluate", "--country", country]
    command += ["--as-of", str(AS_OF), "--facts-lines", str(file), "--json-lines"]
    measured = [sys.executable, "-m", "bench.one_core", str(target), *command]
    done = subprocess.run(measured, check=True, capture_output=True, text=True)
    figures: Figures = json.loads(done.stdout)
    return figures


def in_a_request() -> Figures:
    """Milliseconds to find the rules, judge one person and write the answer, in a process that served before."""
    people = list(persons(REQUESTS))
    codes = catalogue.countries()
    begun = time.perf_counter()
    catalogue.look_again()
    catalogue.countries()
    reading = time.perf_counter() - begun

    def answered(facts: Facts, code: str) -> bytes:
        found = catalogue.in_force(code, AS_OF)
        return msgspec.json.encode(answer_json(judge(found.rule_set, facts, as_of=AS_OF, outdated=found.outdated)))

    one = [_milliseconds(lambda f=facts, c=code: answered(f, c)) for facts in people for code in codes]
    everywhere = [_milliseconds(lambda f=facts: [answered(f, code) for code in codes]) for facts in people]
    return {
        "reading_all_files_anew_ms": round(reading * 1000, 1),
        "one_country_ms": _spread(one),
        "all_countries_ms": _spread(everywhere),
    }


def beside_openfisca(file: Path, count: int) -> Figures:
    """The rules of one country over the same persons, here and there, and whether both agree."""
    rules = catalogue.in_force(COUNTRY, AS_OF).rule_set
    system = System(rules)
    begun = time.perf_counter()
    decode = msgspec.json.Decoder(Facts).decode
    with file.open("rb") as lines:
        people = [decode(line) for line in lines]
    arrays = system.arrays(people)
    read = time.perf_counter() - begun
    begun = time.perf_counter()
    found = system.calculated(arrays, count)
    calculated = time.perf_counter() - begun
    compared, different = 0, 0
    for number, facts in enumerate(people):
        answer = judge(rules, facts, as_of=AS_OF)
        for one in (*answer.permits, *answer.services):
            if all(getattr(facts, fact) is not None for fact in system.facts[one.item.id]):
                compared += 1
                different += (one.judgement.status == "eligible") != bool(found[one.item.id][number])
    return {
        "country": COUNTRY,
        "rules": len(found),
        "openfisca_reading_and_arrays_seconds": round(read, 2),
        "openfisca_calculating_seconds": round(calculated, 3),
        "ours_whole_command_with_text": batch(file, COUNTRY, Path(os.devnull)),
        "compared_where_all_is_known": compared,
        "different": different,
    }


def _milliseconds(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000


def _spread(measured: list[float]) -> Figures:
    return {
        "median": round(statistics.median(measured), 3),
        "p95": round(statistics.quantiles(measured, n=20)[-1], 3),
        "max": round(max(measured), 3),
    }


if __name__ == "__main__":
    main()
