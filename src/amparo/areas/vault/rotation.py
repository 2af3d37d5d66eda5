"""Replacing keys while the node works: the node's, an organisation's, the persons'. Each may be stopped and goes on.

Every process keeps keys in memory for a minute. So a new key is made first and used at once for what is sealed; what is
there is moved over; and only after `settle` seconds, when nobody can still seal with the old key, a last round makes
sure that nothing needs it. Nobody has to stop working, and nothing is ever sealed with a key that is gone.
"""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.db import connection, transaction

from amparo.areas.audit.actions import Trace, record
from amparo.node import secrets
from amparo.node.backup.sharing import alone_with_the_keys
from amparo.node.errors import NodeError

from . import keystore, nodekey, rules, sealing
from .finders import drop_old_finders, renew_finders
from .models import Finder, OrganisationKey, PersonKey
from .resealing import reseal

#: A minute in which a process keeps a key, a minute that a request may take, and some.
SETTLE_SECONDS = 130
_OLD_TRANSACTIONS_SECONDS = 900
BATCH = 500
Say = Callable[[str], None]


def rotate_node() -> None:
    """Replace the node's key; all keys below it and the second factors are sealed with the new one."""
    with alone_with_the_keys():
        nodekey.check()
        following = secrets.next_node_key()
        _wrap_organisation_keys(following)
        _reseal_second_factors(following)
        secrets.promote_next_node_key()
        _wrap_organisation_keys(following)  # what was made with the old key meanwhile
        _reseal_second_factors(following)
        keystore.refresh()
        record(Trace("keys replaced", facts={"level": "node"}), organisation=0, member=None)


def rotate_organisation(organisation: int, *, settle: float = SETTLE_SECONDS, say: Say = print) -> None:
    """Give the organisation a new key: her members' keys are sealed with it, and the hashes to search by are renewed.

    Earlier keys stay, because the log is sealed with them.
    """
    with alone_with_the_keys():
        ring = sealing.organisation_keys(organisation)
        if _is_moved(organisation, max(ring)):
            _add_organisation_key(organisation, max(ring) + 1)
        since = _now_in_database()
        _wrap_person_keys(organisation)
        say(f"{renew_finders(organisation)} identities found by new hashes.")
        _settle(settle, since, say)
        _wrap_person_keys(organisation)
        renew_finders(organisation)
        drop_old_finders(organisation)
        keystore.refresh()
        _record("organisation", organisation)


def rotate_persons(organisation: int, *, settle: float = SETTLE_SECONDS, say: Say = print) -> None:
    """Give every person of the organisation a new key, seal everything of hers anew, and destroy the old key.

    No backup made before opens her any more. Raises NodeError, with every key kept, where a value does not open.
    """
    with alone_with_the_keys():
        _add_person_keys(organisation)
        keystore.refresh()
        since = _now_in_database()
        rings = _rings_of(organisation)
        say(f"{len(rings)} persons have a new key; sealing their words again.")
        moved = reseal(rings)
        say(f"{moved} texts and papers are sealed again.")
        _settle(settle, since, say)
        while reseal(rings):
            pass
        _destroy_old_keys(rings)
        _record("person", organisation)


def _is_moved(organisation: int, number: int) -> bool:
    """Whether the last replacement came to its end: nothing is sealed with an earlier key, and no old hash is left."""
    if number == 1:
        return True
    rows = PersonKey.objects.using(sealing.KEYS).filter(organisation=organisation).values_list("wrapped", flat=True)
    if any(rules.number_of(bytes(wrapped)) != number for wrapped in rows.iterator()):
        return False
    return not Finder.objects.filter(organisation=organisation, key__lt=number).exists()


def _add_organisation_key(organisation: int, number: int) -> None:
    wrapped = sealing.wrapped_organisation_key(organisation, rules.new_key())
    OrganisationKey.objects.using(sealing.KEYS).create(organisation=organisation, number=number, wrapped=wrapped)
    sealing.forget_keys()
    keystore.refresh()


def _wrap_person_keys(organisation: int) -> None:
    """Seal every person's key with the organisation's newest, in batches."""
    ring = sealing.organisation_keys(organisation)
    rows = PersonKey.objects.using(sealing.KEYS).filter(organisation=organisation).order_by("pk")
    after = 0
    while True:
        with transaction.atomic(using=sealing.KEYS):
            batch = list(rows.select_for_update(no_key=True).filter(pk__gt=after)[:BATCH])
            old = [row for row in batch if rules.number_of(bytes(row.wrapped)) != max(ring)]
            for row in old:
                row.wrapped = rules.seal_newest(ring, sealing.unwrapped(row), sealing.context_of(row.person))
            PersonKey.objects.using(sealing.KEYS).bulk_update(old, ["wrapped"])
        if not batch:
            return
        after = batch[-1].pk


def _wrap_organisation_keys(node_key: bytes) -> None:
    key = rules.derived(node_key, nodekey.ORGANISATIONS)
    with transaction.atomic(using=sealing.KEYS):
        for row in OrganisationKey.objects.using(sealing.KEYS).select_for_update(no_key=True):
            context = nodekey.context_of(row.organisation)
            opened = nodekey.open_for_node(bytes(row.wrapped), purpose=nodekey.ORGANISATIONS, context=context)
            row.wrapped = rules.seal(key, opened, context)
            row.save(using=sealing.KEYS, update_fields=["wrapped"])


def _reseal_second_factors(node_key: bytes) -> None:
    """The secrets of second factors, which the sign-in library keeps, sealed with this key of the node."""
    adapter = get_adapter()
    with transaction.atomic():
        for row in Authenticator.objects.select_for_update(no_key=True):
            for name, value in row.data.items():
                if name in ("secret", "seed"):
                    row.data[name] = adapter.seal_with(node_key, adapter.decrypt(value))
                elif name == "migrated_codes":
                    row.data[name] = [adapter.seal_with(node_key, adapter.decrypt(code)) for code in value]
            row.save(update_fields=["data"])


def _add_person_keys(organisation: int) -> None:
    """A second key for everybody who has one only; who has two is in the middle of a replacement."""
    with transaction.atomic(using=sealing.KEYS):
        rows = PersonKey.objects.using(sealing.KEYS).select_for_update(no_key=True).filter(organisation=organisation)
        numbers: dict[UUID, list[int]] = {}
        for person, number in rows.values_list("person", "number"):
            numbers.setdefault(person, []).append(number)
        following = {person: found[0] + 1 for person, found in numbers.items() if len(found) == 1}
        fresh = {person: rules.new_key() for person in following}
        sealing.add_person_keys(fresh, organisation=organisation, numbers=following)
    sealing.forget_keys()


def _rings_of(organisation: int) -> dict[UUID, dict[int, bytes]]:
    rings: dict[UUID, dict[int, bytes]] = {}
    for row in PersonKey.objects.using(sealing.KEYS).filter(organisation=organisation).iterator():
        rings.setdefault(row.person, {})[row.number] = sealing.unwrapped(row)
    return {person: ring for person, ring in rings.items() if len(ring) > 1}


def _destroy_old_keys(rings: dict[UUID, dict[int, bytes]]) -> None:
    persons: dict[int, list[UUID]] = {}
    for person, ring in rings.items():
        persons.setdefault(max(ring), []).append(person)
    for newest, some in persons.items():
        PersonKey.objects.using(sealing.KEYS).filter(person__in=some, number__lt=newest).delete()
    sealing.forget_keys()
    keystore.refresh()


def _settle(seconds: float, since: datetime, say: Say) -> None:
    """Wait until no process can still use the old key, in memory or in a transaction that began before."""
    if seconds:
        say(f"Waiting {seconds:.0f} seconds until nobody works with the old key.")
    time.sleep(seconds)
    moment = since + timedelta(seconds=min(seconds, sealing.SECONDS_IN_MEMORY))
    deadline = time.monotonic() + _OLD_TRANSACTIONS_SECONDS
    while _open_since(moment):
        if time.monotonic() > deadline:
            raise NodeError("Another program holds a transaction open: the old key was kept. Run this again later.")
        time.sleep(1)


def _open_since(moment: datetime) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid() AND backend_type = 'client backend' AND xact_start < %s)",
            [moment],
        )
        return bool(cursor.fetchone()[0])


def _now_in_database() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment


def _record(level: str, organisation: int) -> None:
    record(Trace("keys replaced", facts={"level": level}), organisation=organisation, member=None)
