"""The web connects as a role that owns nothing, whichever server the node runs on."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from amparo.node import database, postgres
from tests.cli.command import Amparo, address_of, get_json

OWNER = "CREATE ROLE ours LOGIN CREATEROLE CREATEDB"
MODEST = "CREATE ROLE ours LOGIN CREATEDB"
SITE = "CREATE ROLE ours_site LOGIN"


@pytest.fixture
def socket(tmp_path: Path) -> Iterator[str]:
    """A server that is not the node's own."""
    tmp_path.chmod(0o700)
    with postgres.running(tmp_path / "elsewhere") as folder:
        yield folder


def ask(socket: str, statement: str, database: str = "postgres") -> list[tuple[object, ...]]:
    with psycopg.connect(host=socket, user="amparo", dbname=database, autocommit=True) as connection:
        asked = connection.execute(statement)
        return asked.fetchall() if asked.description else []


def url(socket: str, login: str) -> str:
    return f"postgresql://{login}@/ours?host={socket}"


def connected(socket: str) -> set[tuple[object, ...]]:
    """Who is connected to the node's database."""
    return set(ask(socket, "SELECT usename FROM pg_stat_activity WHERE datname = 'ours' AND pid <> pg_backend_pid()"))


def test_web_and_worker_of_an_embedded_node_have_the_webs_login(node: Amparo) -> None:
    address = address_of(node.start("serve", "--port", "0"))
    assert get_json(f"{address}healthz") == {"status": "ok"}
    folder = postgres.socket_folder(node.home)
    who = ask(folder, "SELECT DISTINCT usename FROM pg_stat_activity WHERE datname = 'amparo'")
    assert who == [("amparo_web",)]


def test_a_login_of_its_own_serves_and_the_owners_is_not_needed(amparo: Amparo, socket: str) -> None:
    ask(socket, OWNER)
    ask(socket, SITE)
    owner, site = url(socket, "ours"), url(socket, "ours_site")
    assert amparo("migrate", DATABASE_URL=owner, WEB_DATABASE_URL=site).code == 0
    address = address_of(amparo.start("serve", "--port", "0", WEB_DATABASE_URL=site))
    assert get_json(f"{address}healthz") == {"status": "ok"}
    assert connected(socket) == {("ours_site",)}
    refused = amparo("migrate", WEB_DATABASE_URL=site)
    assert refused.code == 1
    assert refused.complaint.count("\n") == 1


def test_the_webs_login_passes_no_part_off_as_the_whole(
    amparo: Amparo, socket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(socket, OWNER)
    ask(socket, SITE)
    assert amparo("migrate", DATABASE_URL=url(socket, "ours"), WEB_DATABASE_URL=url(socket, "ours_site")).code == 0
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("WEB_DATABASE_URL", url(socket, "ours_site"))
    with (
        database.connect(database.KEYS) as keys,
        pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"),
    ):
        keys.execute("SELECT wrapped FROM vault_personkey")


def test_without_a_login_of_its_own_the_owners_puts_the_role_on(amparo: Amparo, socket: str) -> None:
    ask(socket, OWNER)
    owner = url(socket, "ours")
    assert amparo("migrate", DATABASE_URL=owner).code == 0
    address = address_of(amparo.start("serve", "--port", "0", DATABASE_URL=owner))
    assert get_json(f"{address}healthz") == {"status": "ok"}
    assert ask(socket, "SELECT rolcanlogin, rolbypassrls FROM pg_roles WHERE rolname = 'ours_web'") == [(False, False)]
    with psycopg.connect(owner, options="-c role=ours_web", autocommit=True) as as_web:
        assert as_web.execute("SELECT count(*) FROM orgs_member").fetchone() == (0,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            as_web.execute("DROP TABLE cases_note")


def test_an_owner_that_may_not_make_roles_is_told_what_to_do(amparo: Amparo, socket: str) -> None:
    ask(socket, MODEST)
    ended = amparo("migrate", DATABASE_URL=url(socket, "ours"))
    assert ended.code == 1
    assert ended.complaint == (
        "amparo: The database role ours_web is missing, and this login may not create it: "
        'see docs/operate.md, "A PostgreSQL of your own".\n'
    )
    ask(socket, "CREATE ROLE ours_web")
    ask(socket, "GRANT ours_web TO ours")
    assert amparo("migrate", DATABASE_URL=url(socket, "ours")).code == 0


@pytest.mark.parametrize("site", ["ours", "almighty"])
def test_a_login_for_the_web_that_the_wall_would_not_hold_is_refused(amparo: Amparo, socket: str, site: str) -> None:
    ask(socket, OWNER)
    ask(socket, "CREATE ROLE almighty LOGIN SUPERUSER")
    ended = amparo("migrate", DATABASE_URL=url(socket, "ours"), WEB_DATABASE_URL=url(socket, site))
    assert ended.code == 1
    assert f"The database role {site} owns tables or could get round" in ended.complaint
