"""Where the node's two databases are: `amparo`, and `amparo_keys` for the keys that erasure destroys.

DATABASE_URL names a PostgreSQL server and the first database; KEYS_DATABASE_URL the second, which otherwise
stands beside the first under its name and "_keys". Without DATABASE_URL both are in the embedded server.

Commands connect as the owner of the tables. The web and the worker have an account that owns nothing (docs/adr/0012):
a login of its own in the embedded server or by WEB_DATABASE_URL and WEB_KEYS_DATABASE_URL; without these the owner's
login puts on that role as it connects.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from amparo.node import postgres
from amparo.node.errors import NodeError
from amparo.node.home import NO_SPACE, home, prepare_home

MAIN = "amparo"
KEYS = "amparo_keys"
# A backup is restored into a database of its own, and takes the place of the main one when it is whole.
RESTORING = "amparo_restoring"
BEFORE = "amparo_before"
_CONNECT_SECONDS = 5
_OF_OWNER = {MAIN: "DATABASE_URL", KEYS: "KEYS_DATABASE_URL"}
_OF_WEB = {MAIN: "WEB_DATABASE_URL", KEYS: "WEB_KEYS_DATABASE_URL"}
_CONNECTS_AS = "AMPARO_CONNECTS_AS"
# What is prepared (amparo.storage.prepared) is planned once, not until its plan proves as cheap as one for each value.
_KEEPING_PLANS = "-c plan_cache_mode=force_generic_plan"
_DJANGO_NAMES = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}


def is_embedded() -> bool:
    """Tell whether the node runs its own PostgreSQL, because no DATABASE_URL is set."""
    return not (os.environ.get("DATABASE_URL") or os.environ.get("WEB_DATABASE_URL"))


def connect_as_web() -> None:
    """From here on Django connects with the web's account. Before its settings are read, in the web and the worker."""
    os.environ[_CONNECTS_AS] = "web"


def web_role(database: str = MAIN) -> str:
    """Return the name of the role that the web has in `database`."""
    if is_embedded():
        return f"{MAIN}_web"
    for variable in (_OF_WEB[database], _OF_WEB[MAIN]):
        if os.environ.get(variable) and (user := _parsed(variable).get("user")):
            return str(user)
    return f"{_parameters(MAIN)['dbname']}_web"


def assumes_role(database: str = MAIN) -> bool:
    """Tell whether the web shares the owner's login and puts its own role on: weaker, since it could take it off."""
    return not is_embedded() and _own_login_of_web(database) is None


def database_url(database: str = MAIN) -> str:
    """Return libpq's connection string of `database`, MAIN or KEYS. It may hold a password: never print it."""
    return make_conninfo("", **_parameters(database))


def django_database(database: str = MAIN, **parameters: str) -> dict[str, Any]:
    """Return the entry for Django's DATABASES; `parameters` (such as `user`) replace libpq's of the same name."""
    of_account = _web_parameters(database) if os.environ.get(_CONNECTS_AS) == "web" else _parameters(database)
    chosen = {**of_account, **parameters}
    entry = {_DJANGO_NAMES[name]: str(value) for name, value in chosen.items() if name in _DJANGO_NAMES}
    options = {name: value for name, value in chosen.items() if name not in _DJANGO_NAMES}
    return {"ENGINE": "django.db.backends.postgresql", **entry, "OPTIONS": options}


@contextmanager
def available() -> Iterator[None]:
    """Keep both databases there during the block: starts the embedded server, creates what is missing.

    Raises NodeError where the server cannot be started or reached.
    """
    from amparo.node.backup import swap

    folder = prepare_home()
    with nullcontext() if not is_embedded() else postgres.running(folder):
        swap.settle()
        ensure_databases()
        yield


def is_out_of_space(error: BaseException | None) -> bool:
    """Whether this error, or one that it came from, says that nothing more can be written to the disk."""
    while error is not None:
        if isinstance(error, psycopg.errors.DiskFull) or (isinstance(error, OSError) and error.errno in NO_SPACE):
            return True
        error = error.__cause__ or error.__context__
    return False


def ensure_databases() -> None:
    """Create those of the two databases that do not exist. The server must be running."""
    for database in (MAIN, KEYS):
        try:
            connect(database).close()
        except _MissingDatabaseError:
            _create(database)


def drop_databases() -> None:
    """Delete both databases with everything in them. They are empty and there again when this returns."""
    for database in (MAIN, KEYS):
        with _connect_beside(database) as beside:
            beside.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(_identifier(database)))
        _create(database)


def connect(database: str = MAIN) -> psycopg.Connection[tuple[Any, ...]]:
    """Open a connection that commits each statement, outside Django. Raises NodeError where that fails.

    It is the owner's: where only the web's login is known, a table of which that sees a part raises an error rather
    than to pass the part off as the whole.
    """
    connection = _connect(_parameters(database))
    connection.execute("SET row_security = off")
    return connection


def parameters(database: str = MAIN) -> dict[str, Any]:
    """Return libpq's parameters of a database. They may hold a password: never print them."""
    return _parameters(database)


def name_of(database: str) -> str:
    """Return the name that a database has on its server."""
    return str(_parameters(database)["dbname"])


def connect_beside() -> psycopg.Connection[tuple[Any, ...]]:
    """Open a connection to the server of the main database, but not to that database. Raises NodeError."""
    return _connect_beside(MAIN)


class _MissingDatabaseError(NodeError):
    """The server answers, but has no database of this name."""


def _connect(parameters: dict[str, Any]) -> psycopg.Connection[tuple[Any, ...]]:
    try:
        return psycopg.connect("", autocommit=True, **{"connect_timeout": _CONNECT_SECONDS, **parameters})
    except psycopg.OperationalError as error:
        said = " ".join(str(error).split())
        if "does not exist" in said and "database" in said:
            raise _MissingDatabaseError(f"The database {parameters.get('dbname')} does not exist.") from error
        where = parameters.get("host") or "the local server"
        raise NodeError(f"The database on {where} cannot be reached: {said}") from error


def _connect_beside(database: str) -> psycopg.Connection[tuple[Any, ...]]:
    return _connect({**_parameters(database), "dbname": "postgres"})


def _create(database: str) -> None:
    try:
        with _connect_beside(database) as beside:
            beside.execute(
                sql.SQL("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0").format(_identifier(database))
            )
    except psycopg.errors.DuplicateDatabase:
        return  # another command created it meanwhile
    except psycopg.Error as error:
        name = _parameters(database)["dbname"]
        raise NodeError(f"The database {name} is missing and cannot be created: {error}") from error


def _identifier(database: str) -> sql.Identifier:
    return sql.Identifier(_parameters(database)["dbname"])


def _parameters(database: str) -> dict[str, Any]:
    if is_embedded():
        socket = postgres.socket_folder(home())
        return {"dbname": database, "user": postgres.SUPERUSER, "host": socket, "port": str(postgres.PORT)}
    # A web server that was given no other login does without the owner's.
    variables = _OF_OWNER if os.environ.get("DATABASE_URL") else _OF_WEB
    if os.environ.get(variables.get(database, "")):
        return _parsed(variables[database])
    main = _parsed(variables[MAIN])
    return {**main, "dbname": f"{main['dbname']}{database.removeprefix(MAIN)}"}


def _web_parameters(database: str) -> dict[str, Any]:
    owner = _parameters(database)
    if is_embedded():
        return {**owner, "user": web_role(), "options": _KEEPING_PLANS}
    role = web_role(database).replace("\\", "\\\\").replace(" ", "\\ ")
    assuming = {**owner, "options": f"{owner.get('options', '')} -c role={role} {_KEEPING_PLANS}".strip()}
    return _own_login_of_web(database) or assuming


def _own_login_of_web(database: str) -> dict[str, Any] | None:
    if os.environ.get(_OF_WEB[database]):
        return _parsed(_OF_WEB[database])
    if os.environ.get(_OF_WEB[MAIN]) and not os.environ.get(_OF_OWNER[KEYS]):
        return {**_parsed(_OF_WEB[MAIN]), "dbname": _parameters(KEYS)["dbname"]}
    return None


def _parsed(variable: str) -> dict[str, Any]:
    url = os.environ[variable]
    wrong = NodeError(f"{variable} is not valid: expected postgresql://user:password@host:port/database.", exit_code=2)
    if not url.startswith(("postgresql://", "postgres://")):
        raise wrong
    try:
        parameters = dict(conninfo_to_dict(url))
    except psycopg.ProgrammingError as error:
        raise wrong from error  # without what libpq says, which quotes the password
    if not parameters.get("dbname"):
        raise wrong
    return parameters
