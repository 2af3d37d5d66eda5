"""The log: whatever is done to a row, the chain tells."""

import pytest
from django.db import DatabaseError, connection, transaction

from amparo.areas.audit.actions import Trace, record, record_all
from amparo.areas.audit.models import Entry
from amparo.areas.audit.queries import first_break

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def _some_entries() -> None:
    record_all([Trace("a", facts={"n": 1}), Trace("b", reason=b"\x01\xff")], organisation=5, member=3)
    record(Trace("c"), organisation=5, member=None)
    record(Trace("d"), organisation=6, member=3)


def test_an_untouched_log_holds() -> None:
    _some_entries()
    assert first_break() is None
    assert list(Entry.objects.filter(chain=5).order_by("number").values_list("verb", flat=True)) == ["a", "b", "c"]


@pytest.mark.parametrize("change", ["UPDATE audit_entry SET verb = 'x'", "DELETE FROM audit_entry"])
def test_a_row_cannot_be_changed(change: str) -> None:
    _some_entries()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


@pytest.mark.parametrize(
    ("forgery", "number"),
    [
        ("UPDATE audit_entry SET verb = 'x' WHERE chain = 5 AND number = 2", 2),
        ("UPDATE audit_entry SET member = NULL WHERE chain = 5 AND number = 1", 1),
        ("DELETE FROM audit_entry WHERE chain = 5 AND number = 2", 2),
        ("UPDATE audit_entry SET hash = sha256('x') WHERE chain = 5 AND number = 3", 3),
    ],
)
def test_a_forged_row_is_found(forgery: str, number: int) -> None:
    _some_entries()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER audit_never_changes")
        cursor.execute(forgery)
        cursor.execute("ALTER TABLE audit_entry ENABLE TRIGGER audit_never_changes")
    broken = first_break()
    assert broken is not None
    assert (broken.chain, broken.number) == (5, number)
