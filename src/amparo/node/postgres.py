"""The embedded PostgreSQL of a node: started when first needed, shared, stopped by whoever uses it last.

The server listens on no network port. Its socket stands in its own folder (mode 0700), which is why local
connections need no password (`trust`): whoever gets to the socket could read the files beside it anyway.
Every process that uses the server shares one lock; on leaving, the one that gets it alone stops the server.
Locks vanish with their process, so that after SIGKILL of anything the next start finds its way by itself.
"""

import hashlib
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
from psycopg import pq

from amparo.node.account import Account, programs, server_account
from amparo.node.errors import NodeError, NoSpace
from amparo.node.home import explained, private_folder
from amparo.node.locks import FileLock, alone

SUPERUSER = "amparo"
PORT = 5432
_SOCKET = f".s.PGSQL.{PORT}"
_LONGEST_SOCKET_PATH = 100  # bytes; the kernel's own limit is 107, or 103 on macOS
_START_SECONDS = 600  # replaying the journal after a crash can take long; the log tells how far it is
_START_ATTEMPTS = 5
_AGAIN_SECONDS = 0.3
_STOP_SECONDS = 5
_HERE = "/proc/self/cwd"
# Durable, and silent about the people whose data passes through.
_SETTINGS = {
    "listen_addresses": "",
    "port": str(PORT),
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "log_checkpoints": "off",
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_statement": "none",
    "log_timezone": "UTC",
    "timezone": "UTC",
}
_SIGNS_OF_NO_SPACE = ("No space left", "Disk quota exceeded", "File too large")
_children: list[subprocess.Popen[bytes]] = []


@contextmanager
def running(home: Path) -> Iterator[str]:
    """Keep the server of the node at `home` running during the block; yield its socket's folder.

    Creates the cluster at the first use. Raises NodeError with what PostgreSQL said where it cannot start.
    """
    with explained(f"The database in {home} cannot be started"):
        folder = private_folder(home / "postgres")
        use = FileLock(folder / "use.lock")
    try:
        with explained(f"The database in {home} cannot be started"), alone(folder / "start.lock"):
            use.share()
            ensure_started(home)
        yield socket_folder(home)
    finally:
        _leave(home, use)


def ensure_started(home: Path) -> None:
    """Start the server if it does not answer. Only for a process that is inside `running`."""
    make_short_route(home)
    if _answer(home) == pq.Ping.OK:
        return
    server_log = private_folder(home / "logs") / "postgres.log"
    data = data_folder(home)
    account = server_account(data)
    if not (data / "PG_VERSION").exists():
        _create_cluster(data, account)
    _start(home, account, server_log)


def revive(home: Path) -> bool:
    """Start the server again if it was killed, and tell whether it was. Only inside `running`; cheap if all is well."""
    if _server_process(data_folder(home)) is not None:
        return False
    with alone(home / "postgres" / "start.lock"):
        ensure_started(home)
    return True


def data_folder(home: Path) -> Path:
    """Return the folder of the cluster, which belongs to the server's account."""
    return home / "postgres" / "data"


def socket_folder(home: Path) -> str:
    """Return the folder to connect through: the cluster's own, or a short route to it where the path is long."""
    data = data_folder(home)
    if len(os.fsencode(data / _SOCKET)) <= _LONGEST_SOCKET_PATH:
        return str(data)
    return str(_route_base() / hashlib.sha256(os.fsencode(data)).hexdigest()[:16])


def make_short_route(home: Path) -> None:
    """Make the short route of `socket_folder`, if one is needed: a link in a folder only this account can enter."""
    route = Path(socket_folder(home))
    data = data_folder(home)
    if route == data or (route.is_symlink() and route.readlink() == data):
        return
    base = private_folder(route.parent)
    mode = base.lstat()
    if not stat.S_ISDIR(mode.st_mode) or mode.st_uid != os.geteuid() or mode.st_mode & 0o077:
        raise NodeError(f"{base} is not a private folder of this account: remove it, or use a shorter AMPARO_HOME.")
    route.unlink(missing_ok=True)
    route.symlink_to(data)


def stop(home: Path) -> None:
    """Stop the server, first asking it to close its connections, then at once; it loses nothing either way."""
    server = _server_process(data_folder(home))
    if server is None:
        return
    # SIGINT closes connections and writes everything back; after SIGQUIT the next start replays the journal.
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        try:
            server.send_signal(number)
        except psutil.NoSuchProcess:
            break
        if _gone(server):
            break
    _reap()


def _leave(home: Path, use: FileLock) -> None:
    try:
        with alone(home / "postgres" / "start.lock"):
            if use.take_if_free():
                stop(home)
    except FileNotFoundError:
        return  # the whole home was removed meanwhile
    finally:
        use.release()


def _create_cluster(data: Path, account: Account) -> None:
    shutil.rmtree(data, ignore_errors=True)  # what an interrupted creation left behind
    draft = private_folder(data.with_name("draft"))
    shutil.rmtree(draft)
    draft.mkdir(mode=0o700)
    if account.user is not None and account.group is not None:
        os.chown(draft, account.user, account.group)
    options = ["--username", SUPERUSER, "--auth", "trust", "--encoding", "UTF8", "--data-checksums"]
    locale = ["--locale", "C", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"]
    run = _in_folder(["initdb", "--pgdata", _place(draft), *options, *locale], draft, account)
    _, complaint = run.communicate()
    if run.returncode != 0:
        shutil.rmtree(draft)
        raise _refusal(f"PostgreSQL could not create its files in {data}", complaint.decode(errors="replace"))
    draft.rename(data)


def _start(home: Path, account: Account, server_log: Path) -> None:
    data = data_folder(home)
    settings = {**_SETTINGS, "unix_socket_directories": _place(data, socket_folder(home))}
    arguments = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    deadline = time.monotonic() + _START_SECONDS
    for attempt in range(_START_ATTEMPTS):
        begin = server_log.stat().st_size if server_log.exists() else 0
        _clear_after_death(data)
        server = _in_folder(["postgres", "-D", _place(data), *arguments], data, account, server_log)
        _children.append(server)
        if _wait_until_ready(home, server, deadline):
            return
        with server_log.open("rb") as log:
            log.seek(begin)
            said = log.read().decode(errors="replace")
        held = "shared memory" in said or "already exists" in said  # by a server that was killed a moment ago
        if not held or attempt + 1 == _START_ATTEMPTS:
            raise _refusal("PostgreSQL did not start", said, f" (full log: {server_log})")
        time.sleep(_AGAIN_SECONDS)


def _wait_until_ready(home: Path, server: subprocess.Popen[bytes], deadline: float) -> bool:
    try:
        while time.monotonic() < deadline:
            if server.poll() is not None:
                return False
            if _answer(home) == pq.Ping.OK:
                return True
            time.sleep(0.02)
    except BaseException:
        server.send_signal(signal.SIGINT)  # told to leave meanwhile: nobody would know of this server
        raise
    raise NodeError("PostgreSQL is still recovering: wait until its log says that it is ready, then start again.")


def _in_folder(command: list[str], folder: Path, account: Account, log: Path | None = None) -> subprocess.Popen[bytes]:
    """Start one of PostgreSQL's programs standing in `folder`, under `account`, apart from this terminal."""
    program = str(programs(account) / command[0])
    environment = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600) if log else subprocess.DEVNULL
    try:
        return subprocess.Popen(
            [program, *command[1:]],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output if log else subprocess.PIPE,
            user=account.user,
            group=account.group,
            extra_groups=None if account.user is None else [],
            umask=0o077,
            start_new_session=True,
        )
    finally:
        if log:
            os.close(output)


def _place(folder: Path, elsewhere: str = "") -> str:
    """Name the folder a program stands in: on Linux without the way to it, which it may not be allowed to go."""
    return _HERE if sys.platform == "linux" else elsewhere or str(folder)


def _answer(home: Path) -> pq.Ping:
    return pq.Ping(
        pq.PGconn.ping(f"host='{_quoted(socket_folder(home))}' port={PORT} user={SUPERUSER} dbname=postgres".encode())
    )


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "\\'")


def _server_process(data: Path) -> psutil.Process | None:
    """Return the process named in the cluster's lock file, if it lives and is a PostgreSQL server."""
    try:
        process = psutil.Process(int((data / "postmaster.pid").read_text().split("\n", 1)[0]))
        return process if process.name() == "postgres" and process.status() != psutil.STATUS_ZOMBIE else None
    except (FileNotFoundError, ValueError, psutil.NoSuchProcess):
        return None


def _clear_after_death(data: Path) -> None:
    """Remove what a killed server left behind: sessions that live on, and locks that seem to be held.

    They seem so where the server's number belongs to another program now, as after a restart of the machine,
    or to its own remains that its parent has not buried yet. The caller holds the start lock.
    """
    _reap()
    if not (data / "postmaster.pid").exists() or _server_process(data) is not None:
        return
    _end_orphans(data)
    for lock_file in ("postmaster.pid", f"{_SOCKET}.lock"):
        (data / lock_file).unlink(missing_ok=True)


def _end_orphans(data: Path) -> None:
    orphans = [process for process in psutil.process_iter(["name"]) if _stands_in(process, data)]
    for orphan in orphans:
        orphan.kill()
    psutil.wait_procs(orphans, timeout=_STOP_SECONDS)


def _stands_in(process: psutil.Process, data: Path) -> bool:
    try:
        return process.name() == "postgres" and Path(process.cwd()) == data.resolve()
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return False


def _gone(server: psutil.Process) -> bool:
    deadline = time.monotonic() + _STOP_SECONDS
    while time.monotonic() < deadline:
        _reap()
        if not server.is_running():
            return True
        time.sleep(0.02)
    return False


def _reap() -> None:
    _children[:] = [child for child in _children if child.poll() is None]


def _route_base() -> Path:
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    if runtime and os.access(runtime, os.W_OK) and Path(runtime).stat().st_uid == os.geteuid():
        return Path(runtime) / "amparo"
    return Path("/tmp") / f"amparo-{os.geteuid()}"  # noqa: S108  # made private, and refused where it is not


def _refusal(what: str, said: str, where: str = "") -> NodeError:
    kind = NoSpace if any(sign in said for sign in _SIGNS_OF_NO_SPACE) else NodeError
    return kind(f"{what}: {_reason(said)}{where}")


def _reason(said: str) -> str:
    """Return the line of PostgreSQL's output that tells why it gave up."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    telling = [line for line in lines if any(sign in line for sign in (*_SIGNS_OF_NO_SPACE, "Read-only"))]
    telling += [line for line in lines if any(mark in line for mark in ("FATAL:", "PANIC:", "error:"))]
    if telling and "No space left" in telling[0]:
        return "the disk is full; free some space and start again."
    return telling[0] if telling else (lines[-1] if lines else "it gave no reason.")
