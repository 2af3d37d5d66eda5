"""Looking through the log for reading that stands out: from the log's rows to the pure rules, and into alerts."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from amparo.areas.access.models import Alert, Watched
from amparo.areas.access.rules import Purpose
from amparo.areas.audit.catalogue import acts, thresholds
from amparo.areas.audit.models import Entry
from amparo.areas.audit.rules import AlertState, Does, Finding, House, Limit, RuleKey, Seen, unusual
from amparo.areas.orgs import queries as orgs
from amparo.kernel import clock

from .log import written
from .models import Appointment

# What explains an identity may be written after it was opened; so the day before is looked at once more.
AGAIN = timedelta(hours=3)
CHUNK = 5000
# For these purposes somebody reads who does not work with her; danger and approval have rules of their own.
_OUTSIDE = (Purpose.COORDINATE, Purpose.OVERSEE)


def watch(organisation: int) -> int:
    """Look through what was logged since the last time, and keep what stands out; gives how many alerts are new.

    Days are looked at whole, so that looking twice finds the same. What somebody looked at already stays as it is.
    """
    house = orgs.house_of(organisation)
    with transaction.atomic():
        mark, _ = Watched.objects.select_for_update(no_key=True).get_or_create(
            organisation_id=organisation, defaults={"looked_at": clock.now()}
        )
        last = Entry.objects.filter(chain=organisation).order_by("-number").values_list("number", "at").first()
        if last is None or last[0] <= mark.number:
            return 0
        found = standing_out(house, since=mark.at, until=last[0])
        mark.number, mark.at, mark.looked_at = last[0], last[1], clock.now()
        mark.save(update_fields=("number", "at", "looked_at"))
        return sum(_keep(organisation, one) for one in found)


def standing_out(house: orgs.House, *, since: str, until: int | None = None) -> list[Finding]:
    """What stands out from the day of that entry on (empty: from the beginning), up to the entry of that number."""
    zone = ZoneInfo(house.time_zone)
    first = _whole_days_from(since, zone)
    limits = {key: Limit(one.count, one.minutes) for key, one in thresholds().items()}
    usual = House(house.open_from, house.open_until, limits, _met_on(house.number, since=first))
    days = groupby(_seen(house.number, zone, since=first, until=until), key=lambda one: one.at.date())
    return [finding for _, entries in days for finding in unusual(entries, usual)]


def _whole_days_from(since: str, zone: ZoneInfo) -> datetime | None:
    if not since:
        return None
    day = (datetime.fromisoformat(since).astimezone(zone) - AGAIN).date()
    return datetime.combine(day, time(), zone)


def _seen(organisation: int, zone: ZoneInfo, *, since: datetime | None, until: int | None) -> Iterator[Seen]:
    entries = Entry.objects.filter(chain=organisation, member__isnull=False)
    if since is not None:
        entries = entries.filter(at__gte=written(since))
    if until is not None:
        entries = entries.filter(number__lte=until)
    kinds = {verb: act.does for verb, act in acts().items() if act.does not in (Does.MANAGED, Does.SYSTEM)}
    rows = entries.filter(verb__in=kinds).order_by("number")
    for number, at, member, verb, person, facts in rows.values_list(
        "number", "at", "member", "verb", "person", "facts"
    ).iterator(chunk_size=CHUNK):
        known = json.loads(facts) if facts != "{}" else {}
        yield Seen(
            number=number,
            at=datetime.fromisoformat(at).astimezone(zone),
            member=member or 0,
            does=kinds[verb],
            person=person,
            outside=known.get("purpose") in _OUTSIDE,
            found=known.get("found"),
            elsewhere=known.get("elsewhere") or 0,
        )


def _met_on(organisation: int, *, since: datetime | None) -> set[tuple[UUID, date]]:
    met = Appointment.objects.filter(organisation=organisation)
    if since is not None:
        met = met.filter(on__gte=since.date() - timedelta(days=1))
    return set(met.values_list("case__person", "on"))


def _keep(organisation: int, one: Finding) -> bool:
    """Keep it, or bring a new one up to date; gives whether it was not known yet."""
    row, created = Alert.objects.get_or_create(
        organisation_id=organisation,
        rule=one.rule,
        member_id=one.member,
        on=one.on,
        person=one.person,
        defaults={"count": one.count, "first": one.first, "last": one.last, "found_at": clock.now()},
    )
    if not created and row.state == AlertState.NEW and row.count < one.count:
        Alert.objects.filter(pk=row.pk).update(count=one.count, first=one.first, last=one.last)
    return created


def kept_keys(organisation: int, *, since: date) -> set[tuple[str, int, date, UUID | None]]:
    """Which alerts are kept already, from that day on, by what makes them the same."""
    rows = Alert.objects.filter(organisation=organisation, on__gte=since)
    return set(rows.values_list("rule", "member", "on", "person"))


def key_of(one: Finding) -> tuple[RuleKey, int, date, UUID | None]:
    """What makes a finding the same as an alert."""
    return (one.rule, one.member, one.on, one.person)


def looked_until(organisation: int) -> tuple[str, datetime | None]:
    """When the entry was written up to which the log was looked through, and when that was done."""
    row = Watched.objects.filter(organisation=organisation).first()
    return (row.at, row.looked_at.astimezone(UTC)) if row else ("", None)
