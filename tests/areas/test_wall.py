"""The second wall: whatever a query forgets to ask, the database shows and changes one organisation's rows only."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, date, datetime, time
from uuid import UUID

import pytest
from django.db import DatabaseError, ProgrammingError, connections, transaction
from psycopg import sql
from psycopg.types.json import Jsonb

from amparo.areas.access import building, wall
from amparo.areas.access.rules import Part
from amparo.areas.cases.files import visible_cases
from amparo.areas.cases.queries import Filters, case_for, case_list
from amparo.areas.people.models import Person
from amparo.areas.vault import sealing
from amparo.areas.vault.rules import Unreadable
from tests.stage import DATABASES, web_account
from tests.world import World

GUARDED = [(alias, table) for alias in DATABASES for table in building.guarded(alias)]
REFUSED = "row-level security|permission denied|never changed"
SOMETHING: dict[str, object] = {
    **dict.fromkeys(("bigint", "integer", "smallint"), 1),
    **dict.fromkeys(("character varying", "text"), "x"),
    "bytea": b"",
    "boolean": False,
    "date": date(2026, 2, 1),
    "time without time zone": time(9),
    "timestamp with time zone": datetime(2026, 2, 1, tzinfo=UTC),
    "uuid": UUID(int=1),
    "jsonb": Jsonb({}),
    "ARRAY": [],
}


@contextmanager
def behind_the_wall(organisation: int | None) -> Iterator[None]:
    """Ask as the web does for a member of this organisation."""
    with web_account(), ExitStack() as left:
        for alias in DATABASES:
            _set(alias, organisation)
            left.callback(_set, alias, None)
        yield


def _set(alias: str, organisation: int | None) -> None:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, false)", [wall.ORGANISATION, str(organisation or "")])


def _count(alias: str, table: str) -> int:
    with connections[alias].cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{table}"')
        return int(cursor.fetchone()[0])


def _changed(alias: str, statement: str) -> int:
    """How many rows it changed; none as well where the web may not do such a thing at all."""
    changed = 0
    with suppress(ProgrammingError), transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        cursor.execute(statement)
        changed = int(cursor.rowcount)
    return changed


def _row_of(alias: str, table: str, organisation: int) -> dict[str, object]:
    """A row of this organisation, as whoever owns the tables sees it; made up where the world has none."""
    column = building.guarded(alias)[table]
    with connections[alias].cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}" WHERE "{column}" = %s LIMIT 1', [organisation])
        found = cursor.fetchone()
        if found is None:
            _make_up_a_row(alias, table, column, organisation)
            return _row_of(alias, table, organisation)
        names = [one.name for one in cursor.description]
    row = dict(zip(names, found, strict=True))
    return {name: Jsonb(value) if isinstance(value, dict) else value for name, value in row.items()}


def _make_up_a_row(alias: str, table: str, column: str, organisation: int) -> None:
    """Any row that the table takes, while nobody looks where its references lead."""
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "SELECT column_name, data_type FROM information_schema.columns"
            " WHERE table_name = %s AND is_nullable = 'NO' AND is_identity = 'NO'",
            [table],
        )
        row = {name: SOMETHING[kind] for name, kind in cursor.fetchall()} | {column: organisation}
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(_insert(table, row), list(row.values()))
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


def _insert(table: str, row: dict[str, object]) -> sql.Composed:
    return sql.SQL("INSERT INTO {} ({}) OVERRIDING SYSTEM VALUE VALUES ({})").format(
        sql.Identifier(table),
        sql.SQL(", ").join(map(sql.Identifier, row)),
        sql.SQL(", ").join([sql.Placeholder()] * len(row)),
    )


@pytest.mark.parametrize(("alias", "table"), GUARDED)
class TestEveryTableOfAnOrganisation:
    def test_it_shows_and_changes_nothing_of_another(self, world: World, alias: str, table: str) -> None:
        column = building.guarded(alias)[table]
        here, there = world.cast["assigned"].organisation, world.cast["stranger"].organisation
        row = _row_of(alias, table, here)
        with behind_the_wall(there):
            with connections[alias].cursor() as cursor:
                cursor.execute(f'SELECT count(*) FROM "{table}" WHERE "{column}" = %s', [here])
                assert cursor.fetchone() == (0,)
            assert _changed(alias, f'UPDATE "{table}" SET "{column}" = "{column}" WHERE "{column}" = {here}') == 0
            assert _changed(alias, f'DELETE FROM "{table}" WHERE "{column}" = {here}') == 0
            with pytest.raises(DatabaseError, match=REFUSED), transaction.atomic(using=alias):
                connections[alias].cursor().execute(_insert(table, row), list(row.values()))
        assert _row_of(alias, table, here) is not None

    def test_nothing_goes_over_to_another(self, world: World, alias: str, table: str) -> None:
        column = building.guarded(alias)[table]
        here, there = world.cast["assigned"].organisation, world.cast["stranger"].organisation
        _row_of(alias, table, here)
        with (
            behind_the_wall(here),
            pytest.raises(DatabaseError, match=REFUSED),
            transaction.atomic(using=alias),
            connections[alias].cursor() as cursor,
        ):
            cursor.execute(f'UPDATE "{table}" SET "{column}" = %s', [there])

    def test_without_an_organisation_it_shows_nothing(self, world: World, alias: str, table: str) -> None:
        assert _row_of(alias, table, world.cast["assigned"].organisation)
        with behind_the_wall(None):
            assert _count(alias, table) == 0


def test_every_table_is_guarded_or_stands_apart_with_its_reason(world: World) -> None:
    for alias in DATABASES:
        with connections[alias].cursor() as cursor:
            tables = set(connections[alias].introspection.table_names(cursor))
            cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity")
            behind = {row[0] for row in cursor.fetchall()}
        assert tables - behind - set(building.APART) == set()
        assert behind == set(building.guarded(alias))
    assert all(len(apart.reason) > 10 for apart in building.APART.values())


def test_the_web_owns_nothing_and_cannot_get_round(world: World) -> None:
    for alias in DATABASES:
        with connections[alias].cursor() as cursor, web_account():
            cursor.execute("SELECT rolsuper OR rolbypassrls OR rolcreaterole FROM pg_roles WHERE rolname = user")
            assert cursor.fetchone() == (False,)
            cursor.execute("SELECT count(*) FROM pg_class WHERE pg_get_userbyid(relowner) = current_user")
            assert cursor.fetchone() == (0,)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (id int)",
        "CREATE TEMPORARY TABLE mine (id int)",
        "CREATE SCHEMA mine",
        "ALTER TABLE cases_case DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE cases_note ADD COLUMN open text",
        "DROP POLICY of_organisation ON cases_case",
        "TRUNCATE cases_note",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "SELECT * FROM django_migrations",
        "UPDATE orgs_organisation SET name = 'Mine'",
        "INSERT INTO node_state VALUES ('schema', 'mine')",
    ],
)
def test_the_web_has_no_say_over_the_tables(world: World, statement: str) -> None:
    with (
        behind_the_wall(world.cast["assigned"].organisation),
        pytest.raises(DatabaseError, match=r"permission denied|must be owner|does not exist"),
        transaction.atomic(),
        connections["default"].cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO audit_entry SELECT * FROM audit_entry LIMIT 1",
        "UPDATE audit_entry SET verb = 'nothing'",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry",
        "ALTER TABLE audit_entry DISABLE TRIGGER audit_never_changes",
        "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
        "DROP TRIGGER audit_never_changes ON audit_entry",
        "CREATE OR REPLACE FUNCTION audit_never_changes() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
        "SET session_replication_role = replica",
        "LOCK TABLE audit_entry IN EXCLUSIVE MODE",
    ],
)
def test_the_web_cannot_touch_the_log(world: World, statement: str) -> None:
    with (
        behind_the_wall(world.cast["assigned"].organisation),
        pytest.raises(DatabaseError, match=r"permission denied|must be owner"),
        transaction.atomic(),
        connections["default"].cursor() as cursor,
    ):
        cursor.execute(statement)


def test_lists_behind_the_wall_are_what_the_decision_gives(world: World) -> None:
    seen = 0
    for viewer in world.cast.viewers.values():
        decided = set(visible_cases(viewer).values_list("pk", flat=True))
        with behind_the_wall(viewer.organisation):
            assert set(visible_cases(viewer).values_list("pk", flat=True)) == decided
            assert {file.id for file in case_list(viewer, Filters()).cases} == decided
        seen += len(decided)
    assert seen > 3


def test_a_query_that_forgets_the_organisation_shows_ones_own(world: World) -> None:
    everyone = set(Person.objects.values_list("organisation_id", flat=True))
    assert len(everyone) == 2
    for name in ("assigned", "stranger"):
        with behind_the_wall(world.cast[name].organisation):
            assert set(Person.objects.values_list("organisation_id", flat=True)) == {world.cast[name].organisation}


def test_a_key_of_another_organisation_does_not_come_out(world: World) -> None:
    cast = world.cast
    file = case_for(cast["assigned"], cast.code, Part.HEAD)
    sealed = sealing.seal_text(file.person, "something", "a field")
    sealing.forget_keys()
    with web_account(), wall.keys_in(cast["stranger"].organisation), pytest.raises(Unreadable):
        sealing.open_text(file.person, sealed, "a field")
    with web_account(), wall.keys_in(cast["assigned"].organisation):
        assert sealing.open_text(file.person, sealed, "a field") == "something"


def test_what_was_set_within_a_transaction_that_was_taken_back_does_not_count(world: World) -> None:
    here, there = world.cast["assigned"].organisation, world.cast["stranger"].organisation
    _set("keys", there)
    with web_account(), wall.keys_in(here):
        with transaction.atomic(using="keys"):
            assert _keys_of() == {here}
            transaction.set_rollback(True, using="keys")
        assert _keys_of() == {here}


def _keys_of() -> set[int]:
    with connections["keys"].cursor() as cursor:
        cursor.execute("SELECT DISTINCT organisation FROM vault_personkey")
        return {row[0] for row in cursor.fetchall()}


def test_a_job_goes_through_every_organisation_and_leaves_none_open(world: World) -> None:
    with web_account():
        seen = [(number, Person.objects.count()) for number in wall.each_organisation()]
        assert [count > 0 for _, count in seen] == [True, True]
        assert Person.objects.count() == 0


def test_what_fails_in_one_organisation_keeps_no_other_waiting(world: World) -> None:
    done: list[tuple[int, bool]] = []

    def fails_in_the_first(organisation: int) -> None:
        done.append((organisation, Person.objects.exists()))
        if len(done) == 1:
            Person.objects.get(pk=0)

    with web_account():
        with pytest.raises(ExceptionGroup) as failed:
            wall.in_each_organisation(fails_in_the_first)
        assert [type(error) for error in failed.value.exceptions] == [Person.DoesNotExist]
        assert [there for _, there in done] == [True, True]
        assert not Person.objects.exists()


def test_putting_the_wall_up_again_changes_nothing(world: World) -> None:
    for alias in DATABASES:
        before = _policies(alias)
        building.build(alias)
        assert _policies(alias) == before != []


def _policies(alias: str) -> list[tuple[object, ...]]:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT oid, polname, polrelid FROM pg_policy ORDER BY oid")
        return list(cursor.fetchall())


def test_whether_the_node_has_sealed_anything_is_known_behind_the_wall(world: World) -> None:
    with behind_the_wall(None):
        assert not Person.objects.exists()
        assert wall.any_person()
        assert wall.any_key()
