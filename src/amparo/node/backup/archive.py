"""What stands in a backup: items, each begun, filled and ended with its length and hash, over sealed frames."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from amparo.node.errors import NodeError

from .frames import FRAME, Damaged, Frame, FrameWriter, Head, Kind, read_frames, read_head

FILE, DATABASE = "file", "database"
Chunks = Iterable[bytes]


@dataclass(frozen=True)
class Item:
    """A file below the home by its path there, with its size and time of change; or a dump, without."""

    kind: str
    path: str
    size: int = 0
    changed: int = 0  # nanoseconds


@dataclass(frozen=True)
class Contents:
    """What a backup holds, after all of it was read and found whole."""

    made_at: str
    version: str
    files: int
    bytes_of_files: int
    bytes_of_dump: int


@dataclass(frozen=True)
class Resumed:
    """What of an interrupted file is used again: the files that are whole in it, and where it goes on."""

    files: frozenset[Item]
    frame: int
    offset: int


def write_item(frames: FrameWriter, item: Item, chunks: Chunks) -> int:
    """Append an item; gives its length in bytes."""
    frames.write(Kind.BEGIN, json.dumps(item.__dict__).encode())
    digest, length = hashlib.sha256(), 0
    for chunk in chunks:
        frames.write(Kind.CONTENT, chunk)
        digest.update(chunk)
        length += len(chunk)
    frames.write(Kind.END, json.dumps({"length": length, "sha256": digest.hexdigest()}).encode())
    return length


def pieces(file: BinaryIO) -> Iterator[bytes]:
    """A file or pipe in pieces of a frame's size."""
    while piece := file.read(FRAME):
        yield piece


def read_items(file: BinaryIO, head: Head) -> Iterator[tuple[Item, Iterator[bytes]]]:
    """Each item with its content, which has to be taken before the next; raises Damaged where it is not whole."""
    frames = read_frames(file, head)
    for frame in frames:
        if frame.kind is Kind.LAST:
            continue  # nothing may follow, which the next look finds out
        if frame.kind is not Kind.BEGIN:
            raise Damaged("a part of it is not in its place")
        yield _item(frame), _content(frames)


def contents(name: Path, keys: tuple[bytes, ...], each: Callable[[int], None] = lambda read: None) -> Contents:
    """Read the whole file and check every byte; raises NodeError with one line where anything is wrong with it."""
    files = of_files = of_dump = 0
    with name.open("rb") as file:
        head = read_head(file, name, keys)
        with whole(name):
            for item, content in read_items(file, head):
                length = sum(map(len, content))
                each(length)
                files += item.kind == FILE
                of_files += length if item.kind == FILE else 0
                of_dump += length if item.kind == DATABASE else 0
            if not of_dump:
                raise Damaged("there is no database in it")
    return Contents(head.made_at, head.version, files, of_files, of_dump)


class whole:  # noqa: N801  (reads as a word: `with whole(name):`)
    """Turn Damaged into the line for whoever gave the file."""

    def __init__(self, name: Path) -> None:
        self._name = name

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        """Raise NodeError for Damaged."""
        if isinstance(error, Damaged):
            raise NodeError(f"{self._name} is damaged: {error}. Nothing was changed.", exit_code=2) from error


def resumable(file: BinaryIO, head: Head) -> Resumed:
    """Which files are whole in an interrupted backup; a dump is never used again, nor what comes after it."""
    found, frame, offset = set[Item](), 0, file.tell()
    begun: Item | None = None
    try:
        for each in read_frames(file, head):
            if each.kind is Kind.BEGIN:
                begun = _item(each)
                if begun.kind != FILE:
                    break
            elif each.kind is Kind.END and begun is not None:
                found.add(begun)
                frame, offset = each.number + 1, each.end
    except Damaged:
        pass  # the rest was never finished
    return Resumed(frozenset(found), frame, offset)


def _item(frame: Frame) -> Item:
    try:
        described: dict[str, Any] = json.loads(frame.content)
        return Item(**described)
    except (ValueError, TypeError) as wrong:
        raise Damaged("a part of it cannot be read") from wrong


def _content(frames: Iterator[Frame]) -> Iterator[bytes]:
    digest, length = hashlib.sha256(), 0
    for frame in frames:
        if frame.kind is Kind.END:
            told = json.loads(frame.content)
            if told != {"length": length, "sha256": digest.hexdigest()}:
                raise Damaged("a part of it is not what was written")
            return
        if frame.kind is not Kind.CONTENT:
            break
        digest.update(frame.content)
        length += len(frame.content)
        yield frame.content
    raise Damaged("a part of it is not in its place")
