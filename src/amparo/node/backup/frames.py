"""The file of a backup: a head, then frames that are sealed one by one and hold each other in order.

Each frame is sealed with AES-256-GCM under a key made for this file; its number, its kind and the file's head are bound
to it, and the last one is marked (the STREAM construction; Hoang, Reyhanitabar, Rogaway, Vizár, CRYPTO 2015). So a
frame that was changed, moved, left out or cut off is noticed. Nonces are random, not counted, so that a file that was
interrupted can go on where it stopped without using one twice. The file's key is sealed with the node's.
"""

import hashlib
import json
import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from amparo.node import secrets
from amparo.node.errors import NodeError

MAGIC = b"AMPARO-BACKUP-1\n"
FRAME = 1 << 20
_HEAD_LENGTH = struct.Struct(">I")
_FRAME_HEAD = struct.Struct(">BQI")  # kind, number, length of what follows
_NONCE = 12
_TAG = 16
_LONGEST_HEAD = 10_000


class Kind(IntEnum):
    """What a frame holds."""

    BEGIN = 1  # what comes: JSON
    CONTENT = 2
    END = 3  # its length and hash: JSON
    LAST = 4


class Damaged(Exception):
    """The file ends too early, or a frame is not what was written."""


@dataclass(frozen=True)
class Frame:
    """One frame, opened; `end` is where the next one begins in the file."""

    kind: Kind
    number: int
    content: bytes
    end: int


@dataclass(frozen=True)
class Head:
    """What stands before the frames; nothing of anybody."""

    made_at: str
    version: str
    key: bytes  # the file's own, opened
    digest: bytes  # of the head as it was written: bound to each frame


def write_head(file: BinaryIO, *, made_at: str, version: str) -> Head:
    """Begin a file: make its key and seal it with the node's."""
    node_key, key = secrets.node_key(), AESGCM.generate_key(bit_length=256)
    nonce = os.urandom(_NONCE)
    described = {
        "made_at": made_at,
        "version": version,
        "node_key": secrets.fingerprint(node_key),
        "key": (nonce + AESGCM(_derived(node_key)).encrypt(nonce, key, MAGIC)).hex(),
    }
    text = json.dumps(described).encode()
    written = MAGIC + _HEAD_LENGTH.pack(len(text)) + text
    file.write(written)
    return Head(made_at, version, key, hashlib.sha256(written).digest())


def read_head(file: BinaryIO, name: Path, keys: tuple[bytes, ...]) -> Head:
    """The head, its key opened with one of these node keys. Raises NodeError where it is another node's."""
    begin = file.read(len(MAGIC) + _HEAD_LENGTH.size)
    if not begin.startswith(MAGIC) or len(begin) < len(MAGIC) + _HEAD_LENGTH.size:
        raise NodeError(f"{name} is not a backup of Amparo.", exit_code=2)
    length = _HEAD_LENGTH.unpack(begin[len(MAGIC) :])[0]
    text = file.read(length) if length <= _LONGEST_HEAD else b""
    try:
        described = json.loads(text)
        wrapped = bytes.fromhex(described["key"])
        known = {secrets.fingerprint(key): key for key in keys}
        node_key = known.get(described["node_key"])
        made_at, version = str(described["made_at"]), str(described["version"])
    except (ValueError, KeyError, TypeError) as wrong:
        raise NodeError(f"{name} is damaged: its head cannot be read.", exit_code=2) from wrong
    if node_key is None:
        raise NodeError(f"{name} was made by another node, or with a node key that is not among the keys.", exit_code=2)
    try:
        key = AESGCM(_derived(node_key)).decrypt(wrapped[:_NONCE], wrapped[_NONCE:], MAGIC)
    except InvalidTag as wrong:
        raise NodeError(f"{name} is damaged: its key does not open.", exit_code=2) from wrong
    return Head(made_at, version, key, hashlib.sha256(begin + text).digest())


class FrameWriter:
    """Appends frames to a file that was begun, or begun again at frame `number`."""

    def __init__(self, file: BinaryIO, head: Head, number: int = 0) -> None:
        self._file = file
        self._cipher = AESGCM(head.key)
        self._digest = head.digest
        self._number = number

    def write(self, kind: Kind, content: bytes = b"") -> None:
        """Seal and append one frame."""
        head = _FRAME_HEAD.pack(kind, self._number, len(content) + _TAG)
        nonce = os.urandom(_NONCE)
        self._file.write(head + nonce + self._cipher.encrypt(nonce, content, self._digest + head))
        self._number += 1


def read_frames(file: BinaryIO, head: Head) -> Iterator[Frame]:
    """Every frame to the marked last one; raises Damaged where one is changed or missing, or something follows."""
    cipher, number = AESGCM(head.key), 0
    while True:
        frame = _read_frame(file, cipher, head.digest, number)
        yield frame
        if frame.kind is Kind.LAST:
            if file.read(1):
                raise Damaged("something follows its end")
            return
        number += 1


def _read_frame(file: BinaryIO, cipher: AESGCM, digest: bytes, number: int) -> Frame:
    begin = file.read(_FRAME_HEAD.size)
    if len(begin) < _FRAME_HEAD.size:
        raise Damaged("it ends too early")
    kind, written, length = _FRAME_HEAD.unpack(begin)
    if written != number or not _TAG <= length <= FRAME + _TAG or kind not in {*Kind}:
        raise Damaged("a part of it is not in its place")
    sealed = file.read(_NONCE + length)
    if len(sealed) < _NONCE + length:
        raise Damaged("it ends too early")
    try:
        content = cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], digest + begin)
    except InvalidTag as wrong:
        raise Damaged("a part of it was changed") from wrong
    return Frame(Kind(kind), number, content, file.tell())


def _derived(node_key: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"backup").derive(node_key)
