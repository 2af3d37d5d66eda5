"""A backup's frames hold each other: none can be changed, moved, left out, doubled or brought from another backup."""

import io
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from amparo.node import secrets
from amparo.node.backup import archive, frames
from amparo.node.backup.archive import FILE, Item
from amparo.node.backup.frames import Damaged, FrameWriter, Head, Kind
from amparo.node.errors import NodeError

KEY = b"n" * 32
Written = tuple[Head, bytes, list[bytes]]


@pytest.fixture
def node(node_home: Path) -> Path:
    secrets.restore_node_key(KEY)
    return node_home


def written(*contents: bytes) -> Written:
    """The head, the bytes before the frames, and each frame as it was written; LAST is the last of them."""
    file = io.BytesIO()
    head = frames.write_head(file, made_at="2026-11-22", version="1")
    begin, cuts = file.tell(), [file.tell()]
    writer = FrameWriter(file, head)
    for content in contents:
        writer.write(Kind.CONTENT, content)
        cuts.append(file.tell())
    writer.write(Kind.LAST)
    cuts.append(file.tell())
    whole = file.getvalue()
    return head, whole[:begin], [whole[one:other] for one, other in pairwise(cuts)]


def read(head: Head, parts: list[bytes]) -> list[bytes]:
    return [frame.content for frame in frames.read_frames(io.BytesIO(b"".join(parts)), head)]


def test_frames_come_back_as_they_were_written(node: Path) -> None:
    head, _, parts = written(b"one", b"", b"three")
    assert read(head, parts) == [b"one", b"", b"three", b""]


@pytest.mark.parametrize(
    "order", [[1, 0, 2, 3], [0, 2, 3], [0, 0, 1, 2, 3], [0, 1, 2], [0, 1, 3], [3], [], [0, 1, 2, 3, 3], [0, 3]]
)
def test_frames_in_another_order_are_noticed(node: Path, order: list[int]) -> None:
    head, _, parts = written(b"one", b"two", b"three")
    with pytest.raises(Damaged):
        read(head, [parts[one] for one in order])


def test_a_frame_of_another_backup_is_noticed(node: Path) -> None:
    head, _, parts = written(b"one", b"two")
    _, _, others = written(b"one", b"two")
    with pytest.raises(Damaged, match="was changed"):
        read(head, [parts[0], others[1], parts[2]])


@given(at=some.integers(0, 10_000), bit=some.integers(0, 7))
def test_one_flipped_bit_is_noticed_wherever_it_is(at: int, bit: int) -> None:
    head, parts = Head("", "", b"k" * 32, b"d" * 32), io.BytesIO()
    writer = FrameWriter(parts, head)
    for kind in (Kind.CONTENT, Kind.CONTENT, Kind.LAST):
        writer.write(kind, b"words")
    changed = bytearray(parts.getvalue())
    changed[at % len(changed)] ^= 1 << bit
    with pytest.raises(Damaged):
        read(head, [bytes(changed)])


@pytest.mark.parametrize("change", ["made_at", "version", "node_key", "key"])
def test_a_changed_head_opens_nothing(node: Path, change: str) -> None:
    head, begin, parts = written(b"one")
    at = begin.index(f'"{change}": "'.encode()) + len(change) + 5
    changed = begin[:at] + bytes([begin[at] ^ 1]) + begin[at + 1 :]
    file = io.BytesIO(changed + b"".join(parts))
    with pytest.raises((Damaged, NodeError)):
        list(frames.read_frames(file, frames.read_head(file, Path("x"), (KEY,))))
    assert head.made_at == "2026-11-22"


def test_a_backup_of_before_opens_with_a_key_that_was_replaced_and_with_no_other(node: Path) -> None:
    _, begin, parts = written(b"one")
    secrets.next_node_key()
    secrets.promote_next_node_key()
    file = io.BytesIO(begin + b"".join(parts))
    assert frames.read_head(file, Path("x"), secrets.node_keys()).made_at == "2026-11-22"
    file.seek(0)
    with pytest.raises(NodeError, match="made by another node") as refused:
        frames.read_head(file, Path("x"), (b"o" * 32,))
    assert refused.value.exit_code == 2


def test_what_was_finished_before_an_interruption_is_used_again_and_nothing_else(node: Path) -> None:
    file = io.BytesIO()
    head = frames.write_head(file, made_at="2026-11-22", version="1")
    begin = file.tell()
    writer = FrameWriter(file, head)
    first, second = Item(FILE, "files/papers/a", 3, 7), Item(FILE, "files/papers/b", 3, 8)
    archive.write_item(writer, first, [b"one"])
    whole = file.tell()
    archive.write_item(writer, second, [b"two"])
    for cut in range(whole, file.tell()):
        part = io.BytesIO(file.getvalue()[:cut])
        part.seek(begin)
        again = archive.resumable(part, head)
        assert (again.files, again.offset, again.frame) == (frozenset({first}), whole, 3)
