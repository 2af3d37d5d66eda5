"""AMPARO_HOME: the one folder that holds everything a node keeps, closed to everybody else."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from platformdirs import user_data_path

from amparo.node.errors import NodeError, NoSpace

PRIVATE_FOLDER = 0o700
PRIVATE_FILE = 0o600
_REASONS = {
    errno.ENOSPC: "the disk is full; free some space and start again",
    errno.EDQUOT: "your disk quota is used up; free some space and start again",
    errno.EFBIG: "a limit keeps files from growing; raise it and start again",
    errno.EROFS: "it is on a read-only file system; set AMPARO_HOME to a folder that can be written",
    errno.EACCES: "this account may not write there; set AMPARO_HOME to a folder of its own",
    errno.EPERM: "this account may not write there; set AMPARO_HOME to a folder of its own",
    errno.ENOTDIR: "a part of the path is a file, not a folder",
}
NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def home() -> Path:
    """Return the absolute path of the node's folder, which need not exist yet.

    AMPARO_HOME decides; without it `var/` of the checkout the program runs from, else the platform's
    folder for a user's data.
    """
    chosen = os.environ.get("AMPARO_HOME", "")
    if chosen:
        return Path(chosen).expanduser().absolute()
    checkout = _checkout()
    return checkout / "var" if checkout else user_data_path("amparo", appauthor=False)


def prepare_home() -> Path:
    """Create the node's folder if it is missing, close it to others, and return it.

    Raises NodeError where it cannot be written, or where it is a folder in use for something else that
    others can read: its permissions are then not ours to change.
    """
    folder = home()
    with explained(f"AMPARO_HOME {folder} cannot be used"):
        if not folder.is_dir():
            private_folder(folder)
        _close_to_others(folder)
        _refuse_unwritable(folder)
    return folder


def private_folder(folder: Path) -> Path:
    """Create `folder` and what is missing above it, all readable by this account only, and return it."""
    if not folder.is_dir():
        if folder.parent != folder:
            private_folder(folder.parent)
        folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
    return folder


def write_private(file: Path, content: bytes) -> None:
    """Replace `file` by `content` in one step, mode 0600, on the disk when this returns."""
    draft = _draft(file, content)
    draft.replace(file)
    sync_folder(file.parent)


def create_private(file: Path, content: bytes) -> None:
    """Create `file` like `write_private`, but raise FileExistsError where it is there already."""
    draft = _draft(file, content)
    try:
        os.link(draft, file)
    finally:
        draft.unlink()
    sync_folder(file.parent)


@contextmanager
def explained(what: str) -> Iterator[None]:
    """Turn an OSError of the block into a NodeError: `what`, then the reason in plain words."""
    try:
        yield
    except OSError as error:
        reason = _REASONS.get(error.errno or 0, error.strerror or str(error))
        kind = NoSpace if error.errno in NO_SPACE else NodeError
        raise kind(f"{what}: {reason}.") from error


def _checkout() -> Path | None:
    source = Path(__file__).resolve().parents[2]
    is_checkout = source.name == "src" and (source.parent / "pyproject.toml").is_file()
    return source.parent if is_checkout else None


def _close_to_others(folder: Path) -> None:
    mode = stat.S_IMODE(folder.stat().st_mode)
    if not mode & 0o077:
        return
    if any(folder.iterdir()) and not (folder / "keys").is_dir():
        raise NodeError(
            f"AMPARO_HOME {folder} holds other files and others can read it: choose an empty folder, "
            f"or close it first with chmod 700.",
            exit_code=2,
        )
    folder.chmod(PRIVATE_FOLDER)


def _refuse_unwritable(folder: Path) -> None:
    probe = folder / f".writable-{os.urandom(4).hex()}"
    try:
        probe.write_bytes(b"amparo")
    finally:
        probe.unlink(missing_ok=True)


def _draft(file: Path, content: bytes) -> Path:
    draft = file.with_name(f".{file.name}.{os.getpid()}.{os.urandom(4).hex()}")
    with ExitStack() as undo:  # whatever ends the writing, a signal too: no half of a file stays
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
        undo.callback(draft.unlink, missing_ok=True)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        undo.pop_all()
    return draft


def sync_folder(folder: Path) -> None:
    """Have on the disk which files the folder holds."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
