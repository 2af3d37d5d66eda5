"""Two databases, wherever they are; a server that cannot be reached is named without its password."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from amparo.node import database, postgres
from amparo.node.errors import NodeError


@pytest.fixture
def server_elsewhere(shared_server: str, node_home: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A server that DATABASE_URL names; its database does not exist yet."""
    monkeypatch.setenv("DATABASE_URL", f"postgresql://amparo@/ours?host={shared_server}")
    return shared_server


BOTH = (database.MAIN, database.KEYS)


def databases() -> set[str]:
    with database.connect() as connection:
        return {row[0] for row in connection.execute("SELECT datname FROM pg_database")}


def test_the_embedded_server_holds_both(node_home: Path) -> None:
    with database.available():
        assert {"amparo", "amparo_keys"} <= databases()
    assert postgres._server_process(postgres.data_folder(node_home)) is None


def test_what_is_stored_is_there_at_the_next_start(node_home: Path) -> None:
    with database.available(), database.connect(database.KEYS) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    with database.available(), database.connect(database.KEYS) as connection:
        assert connection.execute("SELECT number FROM kept").fetchone() == (7,)


def test_both_are_created_on_the_server_of_database_url(server_elsewhere: str, node_home: Path) -> None:
    with database.available():
        assert {"ours", "ours_keys"} <= databases()
    assert not (node_home / "postgres").exists()


def test_the_keys_may_stand_on_a_server_of_their_own(server_elsewhere: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEYS_DATABASE_URL", f"postgresql://amparo@/apart?host={server_elsewhere}")
    with database.available():
        assert "apart" in databases()
    assert "dbname=apart" in database.database_url(database.KEYS)


def test_dropping_empties_both_databases(server_elsewhere: str) -> None:
    with database.available():
        for each in (database.MAIN, database.KEYS):
            with database.connect(each) as connection:
                connection.execute("CREATE TABLE thrown_away ()")
        database.drop_databases()
        for each in (database.MAIN, database.KEYS):
            with database.connect(each) as connection:
                assert connection.execute("SELECT to_regclass('thrown_away')").fetchone() == (None,)


def test_django_gets_the_same_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://rosa:secret@db.example:5433/ours?sslmode=require")
    assert database.django_database(user="amparo_web") == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "ours",
        "USER": "amparo_web",
        "PASSWORD": "secret",
        "HOST": "db.example",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
    }
    assert database.django_database(database.KEYS)["NAME"] == "ours_keys"


def test_the_web_has_a_login_of_its_own_in_the_embedded_server(
    node_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert database.django_database()["USER"] == "amparo"
    _as_web(monkeypatch)
    assert [database.django_database(each)["USER"] for each in BOTH] == ["amparo_web", "amparo_web"]


def test_a_login_for_the_web_is_used_for_both_databases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://rosa:secret@db.example/ours")
    monkeypatch.setenv("WEB_DATABASE_URL", "postgresql://ours_site:other@db.example/ours")
    assert database.django_database()["USER"] == "rosa"
    _as_web(monkeypatch)
    entries = [database.django_database(each) for each in BOTH]
    assert [(one["NAME"], one["USER"], one["PASSWORD"]) for one in entries] == [
        ("ours", "ours_site", "other"),
        ("ours_keys", "ours_site", "other"),
    ]
    assert [database.web_role(each) for each in BOTH] == ["ours_site", "ours_site"]
    assert not any(database.assumes_role(each) for each in BOTH)


def test_without_a_login_for_the_web_the_owners_puts_the_role_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://rosa:secret@db.example/ours?options=-c%20geqo%3Doff")
    _as_web(monkeypatch)
    assert database.django_database()["OPTIONS"] == {
        "options": "-c geqo=off -c role=ours_web -c plan_cache_mode=force_generic_plan"
    }
    assert database.assumes_role()


def test_keys_on_a_server_of_their_own_have_a_login_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://rosa@db.example/ours")
    monkeypatch.setenv("KEYS_DATABASE_URL", "postgresql://rosa@keys.example/apart")
    monkeypatch.setenv("WEB_DATABASE_URL", "postgresql://ours_site@db.example/ours")
    _as_web(monkeypatch)
    assert database.django_database(database.KEYS)["OPTIONS"] == {
        "options": "-c role=ours_site -c plan_cache_mode=force_generic_plan"
    }
    monkeypatch.setenv("WEB_KEYS_DATABASE_URL", "postgresql://keys_site@keys.example/apart")
    assert database.django_database(database.KEYS)["USER"] == "keys_site"
    assert database.web_role(database.KEYS) == "keys_site"


def test_a_server_that_knows_the_webs_login_only_does_without_the_owners(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEB_DATABASE_URL", "postgresql://ours_site@db.example/ours")
    assert not database.is_embedded()
    assert [database.django_database(each)["NAME"] for each in BOTH] == ["ours", "ours_keys"]


def _as_web(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "environ", os.environ.copy())
    database.connect_as_web()


@pytest.mark.parametrize(
    "url", ["mysql://u:secret@h/d", "postgresql://u:secret@h/", "postgresql://h/d?nonsense=secret"]
)
def test_an_address_that_is_none_is_refused_without_repeating_it(
    node_home: Path, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(NodeError, match="DATABASE_URL is not valid") as refusal, database.available():
        pass
    assert refusal.value.exit_code == 2
    assert "secret" not in str(refusal.value)


def test_a_server_that_does_not_answer_is_named_without_the_password(
    node_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        monkeypatch.setenv("DATABASE_URL", f"postgresql://rosa:secret@127.0.0.1:{port}/ours")
        with (
            pytest.raises(NodeError, match=r"database on 127\.0\.0\.1 cannot be reached") as refusal,
            database.available(),
        ):
            pass
    assert refusal.value.exit_code == 1
    assert "secret" not in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_role_that_may_not_create_databases_is_told(server_elsewhere: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with database.available(), database.connect() as connection:
        connection.execute("CREATE ROLE modest LOGIN")
    monkeypatch.setenv("DATABASE_URL", f"postgresql://modest@/others?host={server_elsewhere}")
    with pytest.raises(NodeError, match="others is missing and cannot be created"), database.available():
        pass


def test_the_node_starts_without_loading_django() -> None:
    code = "import sys; from amparo.node import database; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
