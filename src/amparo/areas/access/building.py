"""Putting up the second wall: what the web's database account may touch, and a policy for every organisation's table.

`amparo migrate` calls `build` as the owner of the tables. Everything follows from the models: a table with an
organisation gets its policy by itself, one without stands in APART with the reason, and one in neither is closed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.apps import apps
from django.db import DatabaseError, connections, router, transaction
from django.db.backends.utils import CursorWrapper

from amparo.node import database
from amparo.node.errors import NodeError

from .wall import ACCOUNT, KEYS, MAIN, ORGANISATION

DATABASES = {MAIN: database.MAIN, KEYS: database.KEYS}
ALL = "SELECT, INSERT, UPDATE, DELETE"
NONE = ""


@dataclass(frozen=True)
class Apart:
    """A table that belongs to no single organisation: what the web may do there, and why no policy guards it."""

    privileges: str
    reason: str


_SIGN_IN = Apart(ALL, "Signing in comes before any organisation; an account may sit in several.")
_JOBS = Apart(ALL, "The queue of jobs; their arguments are coded.")
_OF_DJANGO = Apart(NONE, "Comes with Django; nothing of the web asks for it.")
APART: Mapping[str, Apart] = {
    "orgs_organisation": Apart(
        "SELECT", "Names of the houses, for choosing where to sit; commands make and change them."
    ),
    "orgs_account": Apart("SELECT, INSERT, UPDATE", _SIGN_IN.reason),
    "access_kepttext": Apart(
        ALL, "Sealed with a key that only the browser holds, by somebody whose session has ended."
    ),
    "access_submission": Apart(ALL, "Hashes of tokens of forms that were saved."),
    "node_state": Apart("SELECT", "The version of the tables, asked at every start."),
    **dict.fromkeys(
        (
            "django_session",
            "orgs_opensession",
            "access_apitoken",
            "access_calendarlink",
            "mfa_authenticator",
            "account_emailaddress",
            "account_emailconfirmation",
        ),
        _SIGN_IN,
    ),
    **dict.fromkeys(
        ("axes_accessattempt", "axes_accessattemptexpiration", "axes_accessfailurelog", "axes_accesslog"), _SIGN_IN
    ),
    **dict.fromkeys(
        ("procrastinate_jobs", "procrastinate_events", "procrastinate_periodic_defers", "procrastinate_workers"), _JOBS
    ),
    **dict.fromkeys(("auth_group", "auth_group_permissions", "auth_permission"), _OF_DJANGO),
    **dict.fromkeys(("django_content_type", "django_migrations"), _OF_DJANGO),
}
# Less than everything, where the web needs less. Entries come in by the function alone, and stay.
LESS: Mapping[str, str] = {"audit_entry": "SELECT", "vault_personkey": "SELECT, INSERT, DELETE"}
IN_KEYS = "SELECT, INSERT"
LOG = ("audit_append(bigint, bigint, text, json)", "audit_heads()")
# What must be known of the whole node, whoever asks: a yes or a no, answered with the owner's eyes.
DOORS: Mapping[str, tuple[str, str]] = {
    MAIN: ("any_person()", "people_person"),
    KEYS: ("any_key()", "vault_organisationkey"),
}
# The entries of the log name their organisation by their chain.
_COLUMNS = {"audit_entry": "chain"}
_MEMBERS = "orgs_member"
_WEAK = ("NOSUPERUSER", "NOCREATEDB", "NOCREATEROLE", "NOREPLICATION", "NOBYPASSRLS", "NOINHERIT")


@dataclass(frozen=True)
class Policy:
    """Which rows of a table the web sees and may write."""

    table: str
    name: str
    rows: str
    command: str = "ALL"


def guarded(alias: str) -> dict[str, str]:
    """The tables of this database whose rows belong to an organisation, with the column that says to which."""
    found = dict(_columns(alias))
    return {table: column for table, column in sorted(found.items()) if table not in APART}


def build(alias: str) -> None:
    """Make the web's role if it is missing, give it what it needs, and put a policy on every organisation's table.

    Run as the owner; repeated at will, also while the node serves. Raises NodeError where the server's roles are not
    such that the wall would hold.
    """
    role = database.web_role(DATABASES[alias])
    _make_role(alias, role)
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        _grant(cursor, alias, role)
    for policy in policies(alias):
        with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
            _put_up(cursor, policy, role)


def policies(alias: str) -> list[Policy]:
    """Every policy of this database."""
    of_house = [
        Policy(table, "of_organisation", _equals(column, ORGANISATION)) for table, column in guarded(alias).items()
    ]
    own = Policy(_MEMBERS, "of_account", _equals("account_id", ACCOUNT), command="SELECT")
    return [*of_house, own] if alias == MAIN else of_house


def privileges(alias: str, table: str) -> str:
    """What the web may do with this table: words of GRANT, empty for nothing."""
    if table in APART:
        return APART[table].privileges
    if table not in guarded(alias):
        return NONE
    return LESS.get(table, IN_KEYS if alias == KEYS else ALL)


def _columns(alias: str) -> Iterator[tuple[str, str]]:
    for model in apps.get_models(include_auto_created=True):
        if not router.allow_migrate_model(alias, model):
            continue
        table = model._meta.db_table
        if table in _COLUMNS:
            yield table, _COLUMNS[table]
        for field in model._meta.local_concrete_fields:
            if field.name == "organisation":
                yield table, str(field.column)


def _equals(column: str, setting: str) -> str:
    return f"{column} = nullif(current_setting('{setting}', true), '')::bigint"


def _make_role(alias: str, role: str) -> None:
    name = connections[alias].ops.quote_name(role)
    assumed = database.assumes_role(DATABASES[alias])
    with connections[alias].cursor() as cursor:
        if _gets_round(cursor, role) is None:
            _create_role(alias, role, f"{name} {'NOLOGIN' if assumed else 'LOGIN'}")
        if _gets_round(cursor, role):
            raise NodeError(
                f"The database role {role} owns tables or could get round row-level security: "
                "the web needs one that may do neither (docs/operate.md)."
            )
        if assumed and not _works(alias, f"SET LOCAL ROLE {name}; RESET ROLE"):
            cursor.execute(f"GRANT {name} TO CURRENT_USER")


def _gets_round(cursor: CursorWrapper, role: str) -> bool | None:
    """Whether this role may bypass policies, or acts for the owner who is asking; None where there is no such role."""
    cursor.execute(
        "SELECT rolsuper OR rolbypassrls OR rolcreaterole OR pg_has_role(rolname, current_user, 'MEMBER')"
        " FROM pg_roles WHERE rolname = %s",
        [role],
    )
    found = cursor.fetchone()
    return bool(found[0]) if found else None


def _create_role(alias: str, role: str, named: str) -> None:
    created = _works(alias, f"CREATE ROLE {named} {' '.join(_WEAK)}")
    with connections[alias].cursor() as cursor:
        # It may be there all the same: another command was faster.
        if not created and _gets_round(cursor, role) is None:
            raise NodeError(
                f"The database role {role} is missing, and this login may not create it: see docs/operate.md, "
                '"A PostgreSQL of your own".'
            )


def _works(alias: str, statement: str) -> bool:
    try:
        with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError:
        return False
    return True


def _grant(cursor: CursorWrapper, alias: str, role: str) -> None:
    connection = connections[alias]
    name, here = connection.ops.quote_name(role), connection.ops.quote_name(connection.settings_dict["NAME"])
    cursor.execute(f"REVOKE TEMPORARY ON DATABASE {here} FROM PUBLIC")
    cursor.execute(f"GRANT CONNECT ON DATABASE {here} TO {name}")
    cursor.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    cursor.execute(f"GRANT USAGE ON SCHEMA public TO {name}")
    cursor.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {name}")
    cursor.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {name}")
    for table in connection.introspection.table_names(cursor):
        if given := privileges(alias, table):
            cursor.execute(f"GRANT {given} ON {connection.ops.quote_name(table)} TO {name}")
    door, table = DOORS[alias]
    as_owner = "RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp"
    cursor.execute(f"CREATE OR REPLACE FUNCTION {door} {as_owner} AS 'SELECT EXISTS (TABLE {table})'")
    for function in (door, *LOG) if alias == MAIN else (door,):
        cursor.execute(f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC")
        cursor.execute(f"GRANT EXECUTE ON FUNCTION {function} TO {name}")


def _put_up(cursor: CursorWrapper, policy: Policy, role: str) -> None:
    """Put the policy on its table unless it stands there: changing it locks the table for a moment."""
    wanted = f"{policy.command} to {role}: {policy.rows}"
    if _standing(cursor, policy) == (True, wanted):
        return
    quote = connections[MAIN].ops.quote_name
    table, name = quote(policy.table), quote(policy.name)
    rows = f"USING ({policy.rows})" + (f" WITH CHECK ({policy.rows})" if policy.command == "ALL" else "")
    cursor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    cursor.execute(f"DROP POLICY IF EXISTS {name} ON {table}")
    cursor.execute(f"CREATE POLICY {name} ON {table} FOR {policy.command} TO {quote(role)} {rows}")
    cursor.execute(f"COMMENT ON POLICY {name} ON {table} IS %s", [wanted])


def _standing(cursor: CursorWrapper, policy: Policy) -> tuple[bool, str]:
    cursor.execute(
        "SELECT c.relrowsecurity, obj_description(p.oid, 'pg_policy') FROM pg_class c"
        " LEFT JOIN pg_policy p ON p.polrelid = c.oid AND p.polname = %s WHERE c.oid = %s::regclass",
        [policy.name, connections[MAIN].ops.quote_name(policy.table)],
    )
    secured, said = cursor.fetchone() or (False, None)
    return bool(secured), str(said)
