"""One after the other, where there is no row yet that could be locked."""

from django.db import connection


def take_turn(what: str, organisation: int) -> None:
    """Wait until nobody else in this house has the turn for `what`; it is given back when the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s), %s::int)", [what, organisation])
