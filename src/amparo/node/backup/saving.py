"""Making a backup: papers first, then the database in one state, then papers that came meanwhile; read back in full.

What stands in FILE.part after an interruption is used again. FILE itself appears only when it was read back and found
whole.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import amparo
from amparo.node import secrets
from amparo.node.errors import NodeError
from amparo.node.home import PRIVATE_FILE, explained, home, sync_folder
from amparo.node.locks import alone

from . import dump
from .archive import DATABASE, FILE, Contents, Item, contents, pieces, resumable, write_item
from .frames import FrameWriter, Kind, read_head, write_head
from .swap import FOLDERS, PAPERS

_UNFINISHED = ".part"


def save(target: Path) -> Contents:
    """Write everything but the keys into `target` and read it back; gives what it holds.

    Both databases must be available. Raises NodeError: where `target` exists or cannot be written, with exit code 2.
    """
    _refuse_wrong_target(target)
    part = target.with_name(target.name + _UNFINISHED)
    with explained(f"The backup {target} cannot be written"), _begun(part) as (file, frames, there):
        written = _write_files(frames, there)
        write_item(frames, Item(DATABASE, "main"), dump.dump())
        _write_files(frames, written, (PAPERS,))  # an anchor from after the dump would tell of entries that it has not
        frames.write(Kind.LAST)
        file.flush()
        os.fsync(file.fileno())
    with explained(f"The backup {target} cannot be read back"):
        found = contents(part, secrets.node_keys())
        _refuse_wrong_target(target)
        part.rename(target)
        sync_folder(target.parent)
    return found


def kept_files(folder: Path, names: tuple[str, ...] = FOLDERS) -> Iterator[tuple[Item, Path]]:
    """Every file of the node below this home, whole ones only."""
    for name in names:
        for path in sorted((folder / name).rglob("*")):
            if path.is_file() and not path.is_symlink() and path.suffix != _UNFINISHED:
                state = path.stat()
                yield Item(FILE, str(path.relative_to(folder)), state.st_size, state.st_mtime_ns), path


@contextmanager
def _begun(part: Path) -> Iterator[tuple[BinaryIO, FrameWriter, frozenset[Item]]]:
    """The unfinished file, open where it goes on: at its beginning, or behind the last file that is whole in it."""
    with alone(part), part.open("r+b") as file:
        part.chmod(PRIVATE_FILE)
        if os.fstat(file.fileno()).st_size:
            try:
                head = read_head(file, part, secrets.node_keys())
            except NodeError:
                file.truncate(0)  # another node's, or never more than begun
                file.seek(0)
            else:
                again = resumable(file, head)
                file.seek(again.offset)
                file.truncate()
                yield file, FrameWriter(file, head, again.frame), again.files
                return
        head = write_head(file, made_at=datetime.now(UTC).isoformat(timespec="seconds"), version=amparo.__version__)
        yield file, FrameWriter(file, head), frozenset()


def _write_files(frames: FrameWriter, there: frozenset[Item], names: tuple[str, ...] = FOLDERS) -> frozenset[Item]:
    """Append every file that is not there yet as it is now; gives all that are there then."""
    written = set(there)
    for item, path in kept_files(home(), names):
        if item in there:
            continue
        try:
            file = path.open("rb")
        except FileNotFoundError:
            continue  # taken away meanwhile, and its row with it
        with file:
            write_item(frames, item, pieces(file))
        written.add(item)
    return frozenset(written)


def _refuse_wrong_target(target: Path) -> None:
    if target.exists() or target.is_symlink():
        raise NodeError(f"{target} is there already: choose another name. Nothing was changed.", exit_code=2)
    if not target.parent.is_dir():
        raise NodeError(f"{target.parent} is not a folder.", exit_code=2)
    inside = [name for name in (*FOLDERS, "keys", "postgres") if target.absolute().is_relative_to(home() / name)]
    if inside:
        raise NodeError(f"{target} is inside {home() / inside[0]}: choose a place outside of it.", exit_code=2)
