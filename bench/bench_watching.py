"""Alerts on unusual reading: how often the demonstration's own history would raise one, and what a full log costs.

Prints JSON. The history has no reads, since its stories are told in one go: for each thing that a colleague wrote, the
pages that lead there are taken as read just before. The long log goes into a house of its own on a scratch node.
"""

import json
import os
import sys
import tempfile
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

ENTRIES = int(os.environ.get("BENCH_ENTRIES", "1000000"))
WRITTEN_AFTER = timedelta(minutes=4)
NOBODY_SIGNS_IN = "!"


def main() -> None:
    """Measure on the node in BENCH_HOME, or on a new demonstration."""
    home = Path(os.environ.get("BENCH_HOME") or tempfile.mkdtemp(prefix="amparo-bench-"))
    os.environ["AMPARO_HOME"] = str(home)
    from bench.node import Node

    Node(home, 60).fill()
    from amparo.cli.django_ready import django_ready

    with django_ready():
        json.dump({"history": history(), "long_log": long_log()}, sys.stdout, indent=2)


def history() -> dict[str, Any]:
    """Alerts over all days of the demonstration, by rule, and per colleague and year."""
    from amparo.areas.audit.catalogue import thresholds
    from amparo.areas.audit.rules import House, Limit, unusual
    from amparo.areas.cases.models import Appointment, Event
    from amparo.areas.orgs.models import Member, Organisation

    limits = {key: Limit(one.count, one.minutes) for key, one in thresholds().items()}
    found: Counter[str] = Counter()
    days, entries = 0, 0
    for house in Organisation.objects.exclude(code__startswith="bench-"):
        met = frozenset(Appointment.objects.filter(organisation=house).values_list("case__person", "on"))
        rows = Event.objects.filter(organisation=house).order_by("at", "pk")
        told = list(rows.values_list("case__person", "at", "member"))
        seen = _as_read(told, house.time_zone)
        found.update(one.rule.value for one in unusual(seen, House(house.open_from, house.open_until, limits, met)))
        days = max(days, (told[-1][1] - told[0][1]).days)
        entries += len(seen)
    members = Member.objects.values("pk").count()
    alerts = sum(found.values())
    return {
        "entries": entries,
        "days": days,
        "members": members,
        "alerts": dict(found),
        "alerts_per_house_and_month": round(alerts / 3 / (days / 30.4), 2),
        "alerts_per_1000_entries": round(1000 * alerts / entries, 2),
    }


def _as_read(told: list[Any], time_zone: str) -> list[Any]:
    from zoneinfo import ZoneInfo

    from amparo.areas.audit.rules import Does, Seen

    seen = []
    for person, at, member in told:
        moment = at.astimezone(ZoneInfo(time_zone))
        for does, before in (
            (Does.LOOKED, WRITTEN_AFTER),
            (Does.LOOKED, WRITTEN_AFTER / 2),
            (Does.CHANGED, timedelta()),
        ):
            seen.append(Seen(len(seen) + 1, moment - before, member, does, person))
    return sorted(seen, key=lambda one: one.at)


def long_log() -> dict[str, Any]:
    """A million entries of thirty colleagues over two years: the first look, the next one, and searches of the desk."""
    from django.db import connection

    from amparo.areas.access.models import Alert
    from amparo.areas.access.rules import Viewer
    from amparo.areas.audit.actions import Trace, record
    from amparo.areas.cases import alerts, watching
    from amparo.areas.cases.log import Asked, log_page
    from amparo.areas.orgs import actions as orgs
    from amparo.areas.orgs.rules import Role
    from amparo.kernel import clock

    code = f"bench-{clock.now():%y%m%d%H%M%S}"
    house = orgs.create_organisation(code, name="Bench", country="ES", is_demonstration=True)
    members = []
    for number in range(30):
        account = orgs.create_account(f"{code}-{number}", password_hash=NOBODY_SIGNS_IN)
        role = Role.DATA_PROTECTION_OFFICER if number == 0 else Role.CASEWORKER
        members.append(orgs.create_member(account, organisation=house, role=role, name=f"Member {number}"))
    with connection.cursor() as cursor:
        cursor.execute(_FILL, {"house": house, "first": members[0], "entries": ENTRIES})
        cursor.execute("ANALYZE audit_entry")
    viewer = Viewer(members[0], house, Role.DATA_PROTECTION_OFFICER, "Officer", time_zone="Europe/Madrid")
    first, new = _seconds(lambda: watching.watch(house))
    record(Trace("read head"), organisation=house, member=members[1])
    again, _ = _seconds(lambda: watching.watch(house))
    at_the_desk, _ = _seconds(lambda: alerts.just_now(viewer))
    searches = {
        "newest": Asked(),
        "colleague": Asked(member=members[5]),
        "kind": Asked(does="opened"),
        "rare kind": Asked(does="passed_on"),
        "days": Asked(
            first=(clock.now() - timedelta(days=300)).date(), last=(clock.now() - timedelta(days=299)).date()
        ),
    }
    return {
        "entries": ENTRIES,
        "first_look_seconds": first,
        "entries_a_second": round(ENTRIES / first),
        "next_look_seconds": again,
        "at_the_desk_seconds": at_the_desk,
        "alerts": new,
        "alerts_by_rule": dict(Counter(Alert.objects.filter(organisation=house).values_list("rule", flat=True))),
        "search_ms": {
            name: round(1000 * _seconds(lambda asked=asked: log_page(viewer, asked))[0], 1)
            for name, asked in searches.items()
        },
    }


def _seconds(act: Any) -> tuple[float, Any]:
    begun = time.perf_counter()
    given = act()
    return round(time.perf_counter() - begun, 3), given


# Working hours of two years, each colleague with some twenty women of her or his own.
_FILL = """
INSERT INTO audit_entry (chain, number, at, member, verb, subject, person, facts, reason, origin, previous, hash)
SELECT %(house)s, 100 + n,
  to_char((now() - interval '730 days' + floor(n / %(entries)s::float8 * 729) * interval '1 day')::date
    + interval '8 hours' + (n / %(entries)s::float8 * 729 - floor(n / %(entries)s::float8 * 729)) * interval '10 hours',
    'YYYY-MM-DD"T"HH24:MI:SS".000000Z"'),
  %(first)s + (n %% 30),
  (ARRAY['read head','read plan','read notes','read safety','read head','note written','service delivered',
         'read services','read head','read contact'])[1 + (n %% 10)],
  'case 1', md5(((n %% 30) * 100 + (n / 37) %% 9)::text)::uuid, '{}', '\\x', '127.0.0.1', '\\x', '\\x'
FROM generate_series(1, %(entries)s) AS n
"""

if __name__ == "__main__":
    main()
