"""The embedded server starts, is shared, stops with its last user, and comes back after anything was killed."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import psutil
import psycopg
import pytest

from amparo.node import account, postgres
from amparo.node.account import Account
from amparo.node.errors import NodeError
from tests.node.privileges import without_root

KEEP_RUNNING = """
import sys
from pathlib import Path
from amparo.node import postgres
with postgres.running(Path(sys.argv[1])):
    print("running", flush=True)
    sys.stdin.read()
"""

WRITE_ON = """
import sys, psycopg
with psycopg.connect(host=sys.argv[1], user="amparo", dbname="postgres", autocommit=True) as connection:
    connection.execute("CREATE TABLE written (id int)")
    for number in range(1_000_000):
        connection.execute("INSERT INTO written VALUES (%s)", (number,))
        print(number, flush=True)
"""


def connect(socket: str) -> psycopg.Connection[tuple[int]]:
    return psycopg.connect(host=socket, user="amparo", dbname="postgres", autocommit=True)


def server(home: Path) -> psutil.Process | None:
    return postgres._server_process(postgres.data_folder(home))


def the_server(home: Path) -> psutil.Process:
    process = server(home)
    if process is None:
        pytest.fail("The server is not running.")
    return process


def another_user(home: Path) -> subprocess.Popen[str]:
    """Start a process that keeps the server running until its input is closed."""
    return subprocess.Popen(
        [sys.executable, "-c", KEEP_RUNNING, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def is_running(user: subprocess.Popen[str]) -> bool:
    return user.stdout is not None and user.stdout.readline() == "running\n"


def finish(user: subprocess.Popen[str]) -> int:
    user.communicate()
    return user.returncode


def setting(socket: str, name: str) -> str:
    with connect(socket) as connection:
        row = connection.execute("SELECT current_setting(%s)", (name,)).fetchone()
        return str(row[0]) if row else ""


def test_it_answers_inside_the_block_and_is_gone_after_it(node_home: Path) -> None:
    with postgres.running(node_home) as socket, connect(socket) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
        assert server(node_home) is not None
    assert server(node_home) is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("fsync", "on"),
        ("full_page_writes", "on"),
        ("synchronous_commit", "on"),
        ("data_checksums", "on"),
        ("listen_addresses", ""),
        ("server_encoding", "UTF8"),
        ("shared_buffers", "128MB"),
    ],
)
def test_it_is_durable_and_listens_on_no_network_port(shared_server: str, name: str, value: str) -> None:
    assert setting(shared_server, name) == value


def test_letters_of_every_alphabet_are_compared_without_their_case(shared_server: str) -> None:
    with connect(shared_server) as connection:
        assert connection.execute("SELECT lower('ÉŞПΣ')").fetchone() == ("éşпσ",)


def test_only_its_own_account_can_enter_its_files(node_home: Path, tmp_path: Path) -> None:
    before = stat.S_IMODE(tmp_path.stat().st_mode)
    with postgres.running(node_home):
        assert stat.S_IMODE(postgres.data_folder(node_home).stat().st_mode) == 0o700
        assert stat.S_IMODE((node_home / "logs" / "postgres.log").stat().st_mode) == 0o600
    assert stat.S_IMODE(tmp_path.stat().st_mode) == before == 0o700


def test_an_ordinary_user_starts_it_below_a_folder_of_her_own() -> None:
    place = Path(tempfile.mkdtemp())
    place.chmod(0o777)
    programs = account.programs(Account(65534, 65534) if os.geteuid() == 0 else Account(None, None))

    def start() -> None:
        postgres.programs = lambda _: programs
        home = place / "hers" / "home"
        with postgres.running(home) as socket, connect(socket) as connection:
            connection.execute("SELECT 1")
        if stat.S_IMODE((place / "hers").stat().st_mode) != 0o700:
            raise ValueError("others can enter")

    without_root(start)
    shutil.rmtree(place)


def test_a_home_with_a_very_long_path_works(node_home: Path) -> None:
    home = node_home / ("long" * 50) / "home"
    with postgres.running(home) as socket:
        assert len(socket) < 100
        assert stat.S_IMODE(Path(socket).parent.stat().st_mode) == 0o700
        assert setting(socket, "fsync") == "on"
    Path(socket).unlink()


def test_a_short_route_that_somebody_else_prepared_is_refused(
    node_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trap = tmp_path / "trap"
    trap.mkdir()
    trap.chmod(0o777)
    monkeypatch.setattr(postgres, "_route_base", lambda: trap)
    with pytest.raises(NodeError, match="not a private folder"):
        postgres.make_short_route(node_home / ("long" * 50))


def test_what_was_answered_as_saved_survives_the_death_of_the_server(node_home: Path) -> None:
    with postgres.running(node_home) as socket:
        writer = subprocess.Popen([sys.executable, "-c", WRITE_ON, socket], stdout=subprocess.PIPE, text=True)
        first = [writer.stdout.readline() for _ in range(200)] if writer.stdout else []
        the_server(node_home).kill()
        rest, _ = writer.communicate()
        saved = [int(line) for line in [*first, *rest.splitlines()]]
        assert postgres.revive(node_home)
        with connect(socket) as connection:
            kept = [row[0] for row in connection.execute("SELECT id FROM written ORDER BY id")]
    assert len(saved) >= 200
    assert kept[: len(saved)] == saved


def test_it_comes_back_although_sessions_of_the_killed_server_live_on(node_home: Path) -> None:
    with postgres.running(node_home) as socket:
        session = connect(socket)
        orphan = psutil.Process(session.info.backend_pid)
        orphan.suspend()
        the_server(node_home).kill()
        psutil.wait_procs([the for the in [server(node_home)] if the], timeout=5)
        assert orphan.is_running()
        assert postgres.revive(node_home)
        assert setting(socket, "fsync") == "on"
        assert not orphan.is_running() or orphan.status() == psutil.STATUS_ZOMBIE
        session.close()


def test_a_lock_file_with_the_number_of_another_program_does_not_keep_it_from_starting(node_home: Path) -> None:
    with postgres.running(node_home):
        kept = (postgres.data_folder(node_home) / "postmaster.pid").read_text().split("\n")
    bystander = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    lock_file = postgres.data_folder(node_home) / "postmaster.pid"
    lock_file.write_text("\n".join([str(bystander.pid), *kept[1:]]))
    with postgres.running(node_home) as socket:
        assert setting(socket, "fsync") == "on"
    assert bystander.poll() is None
    bystander.communicate()


def test_a_creation_that_was_interrupted_is_begun_again(node_home: Path) -> None:
    draft = node_home / "postgres" / "draft"
    draft.mkdir(parents=True)
    (draft / "PG_VERSION").write_text("18")
    (node_home / "postgres" / "data").mkdir()
    with postgres.running(node_home) as socket:
        assert setting(socket, "fsync") == "on"
    assert not draft.exists()


def test_two_that_start_at_the_same_moment_share_one_server(node_home: Path) -> None:
    users = [another_user(node_home), another_user(node_home)]
    assert [is_running(user) for user in users] == [True, True]
    shared = the_server(node_home).pid
    assert finish(users[0]) == 0
    assert the_server(node_home).pid == shared
    assert finish(users[1]) == 0
    assert server(node_home) is None


def test_the_server_of_a_user_that_was_killed_is_taken_over_and_stopped(node_home: Path) -> None:
    user = another_user(node_home)
    assert is_running(user)
    left_behind = the_server(node_home).pid
    user.send_signal(signal.SIGKILL)
    finish(user)
    with postgres.running(node_home):
        assert the_server(node_home).pid == left_behind
    assert server(node_home) is None


def test_reviving_a_server_that_lives_does_nothing(node_home: Path) -> None:
    with postgres.running(node_home):
        before = the_server(node_home).pid
        assert not postgres.revive(node_home)
        assert the_server(node_home).pid == before


def test_open_sessions_do_not_keep_it_from_stopping(node_home: Path) -> None:
    with postgres.running(node_home) as socket:
        session = connect(socket)
        session.execute("BEGIN")
    assert server(node_home) is None
    session.close()


def test_damaged_files_are_reported_in_one_line_with_the_log(node_home: Path) -> None:
    with postgres.running(node_home):
        pass
    (postgres.data_folder(node_home) / "postgresql.conf").write_text("shared_buffers = much\n")
    with (
        pytest.raises(NodeError, match=r"PostgreSQL did not start: .*postgres\.log") as refusal,
        postgres.running(node_home),
    ):
        pass
    assert "\n" not in str(refusal.value)


def test_after_a_failed_start_nobody_holds_the_locks(node_home: Path) -> None:
    with postgres.running(node_home):
        pass
    settings = postgres.data_folder(node_home) / "postgresql.conf"
    settings.write_text("shared_buffers = much\n")
    with pytest.raises(NodeError), postgres.running(node_home):
        pass
    settings.write_text("")
    with postgres.running(node_home) as socket:
        assert setting(socket, "fsync") == "on"
    assert server(node_home) is None


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ('PANIC:  could not write to file "pg_wal/xlogtemp.1": No space left on device', "the disk is full"),
        ("LOG:  starting\nFATAL:  data directory has wrong ownership\nHINT:  x", "FATAL:  data directory has wrong"),
        ("LOG:  starting\nLOG:  stopping", "LOG:  stopping"),
        ("", "it gave no reason"),
    ],
)
def test_the_line_that_tells_why_is_found(said: str, reason: str) -> None:
    assert postgres._reason(said).startswith(reason)
