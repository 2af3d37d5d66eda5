"""The second wall: whose rows the database shows (row-level security). `building` puts it up.

Nothing set, no rows. The web and the worker connect with an account that the policies bind; the owner, whom commands
use, is not bound. A setting that another request left behind never counts: every request begins with `arrive`.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, TypeVar

from django.db import connections

from amparo.areas.orgs.queries import every_organisation

ORGANISATION = "amparo.organisation"
ACCOUNT = "amparo.account"
MAIN = "default"
KEYS = "keys"
Done = TypeVar("Done")
_SET = f"SELECT set_config('{ORGANISATION}', %s, false)"


def arrive(account: int | None) -> None:
    """Begin a request: no organisation's rows, and of memberships those of this account only (None: nobody's)."""
    with connections[MAIN].cursor() as cursor:
        cursor.execute(f"{_SET}, set_config('{ACCOUNT}', %s, false)", ["", _text(account)])


def stand_in(organisation: int | None) -> None:
    """From here on this organisation's rows, and no other's. Outside any transaction, or it ends with that."""
    with connections[MAIN].cursor() as cursor:
        cursor.execute(_SET, [_text(organisation)])


def read_in(organisation: int | None) -> None:
    """The same for the transaction that has just begun, which is made READ ONLY with it: one round trip for both."""
    with connections[MAIN].cursor() as cursor:
        cursor.execute(
            f"SET TRANSACTION READ ONLY; SELECT set_config('{ORGANISATION}', %s, true)",
            [_text(organisation)],
        )


@contextmanager
def keys_in(organisation: int | None) -> Iterator[None]:
    """During the block the keys' database shows this organisation's keys; it is told when it is first asked."""
    with connections[KEYS].execute_wrapper(_telling_first(_text(organisation))):
        yield


@contextmanager
def standing_in(organisation: int) -> Iterator[None]:
    """Stand in this organisation during the block, and in none afterwards. For jobs; a request has its own way."""
    with ExitStack() as afterwards:
        afterwards.enter_context(keys_in(organisation))
        stand_in(organisation)
        afterwards.callback(stand_in, None)
        yield


def each_organisation() -> Iterator[int]:
    """Go through the organisations of the node one by one, standing in each. For jobs."""
    for organisation in every_organisation():
        with standing_in(organisation):
            yield organisation


def in_each_organisation(work: Callable[[int], Done]) -> list[Done]:
    """Work in every organisation of the node, standing in it; gives what came of it in each.

    What fails in one keeps no other waiting: all failures are raised together, once the last has had its turn.
    """
    done, failed = list[Done](), list[Exception]()
    for organisation in every_organisation():
        try:
            with standing_in(organisation):
                done.append(work(organisation))
        except Exception as error:  # noqa: BLE001 -- raised below
            failed.append(error)
    if failed:
        raise ExceptionGroup("work failed in some organisations", failed)
    return done


def any_key() -> bool:
    """Whether any organisation of the node has a key, whoever asks."""
    return _asked_at_the_door(KEYS, "any_key")


def any_person() -> bool:
    """Whether any organisation of the node knows anybody, whoever asks."""
    return _asked_at_the_door(MAIN, "any_person")


def _asked_at_the_door(alias: str, door: str) -> bool:
    with connections[alias].cursor() as cursor:
        cursor.execute(f"SELECT {door}()")
        return bool(cursor.fetchone()[0])


def _telling_first(organisation: str) -> Callable[..., Any]:
    told = False

    def tell(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        nonlocal told
        if not told:
            context["cursor"].cursor.execute(_SET, [organisation])
            # Within a transaction that is taken back, the setting is taken back too.
            told = not context["connection"].in_atomic_block
        return execute(sql, params, many, context)

    return tell


def _text(number: int | None) -> str:
    return "" if number is None else str(number)
