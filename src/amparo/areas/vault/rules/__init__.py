"""The cipher: sealing and opening with keys that have numbers, and keys for one purpose (pure).

A sealed value begins with its version. Version 2 carries the number of the key (two bytes, the higher one first), so
that a key can be replaced while values sealed with the one before are still there; version 1 has no number and is
opened with whichever key fits.
"""

import os
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
_UNNUMBERED, _NUMBERED = b"\x01", b"\x02"
_HEAD = 3  # version and number
_NONCE = 12

#: The keys of one person or organisation by their numbers; the highest is the one to seal with.
Ring = Mapping[int, bytes]


class Unreadable(Exception):
    """A sealed value was changed, or the key is not the one it was sealed with."""


class UnknownKey(Unreadable):
    """A sealed value names a key that is not in the ring: it was destroyed, or made a moment ago."""


def new_key() -> bytes:
    """A fresh random key of 256 bits."""
    return AESGCM.generate_key(bit_length=8 * KEY_BYTES)


def seal(key: bytes, content: bytes, context: str, *, number: int = 1) -> bytes:
    """Seal with AES-256-GCM. `context` names the place (field, person): a value cannot be moved to another."""
    head = _NUMBERED + number.to_bytes(2)
    nonce = os.urandom(_NONCE)
    return head + nonce + AESGCM(key).encrypt(nonce, content, head + context.encode())


def seal_newest(ring: Ring, content: bytes, context: str) -> bytes:
    """Seal with the newest key of the ring."""
    number = max(ring)
    return seal(ring[number], content, context, number=number)


def unseal(key: bytes, sealed: bytes, context: str) -> bytes:
    """What was sealed with this key for this context; raises Unreadable otherwise."""
    head = {_UNNUMBERED: b"", _NUMBERED: sealed[:_HEAD]}.get(sealed[:1])
    if head is None:
        raise Unreadable("unknown version of a sealed value")
    begin = len(head) or 1
    nonce, rest = sealed[begin : begin + _NONCE], sealed[begin + _NONCE :]
    try:
        return AESGCM(key).decrypt(nonce, rest, head + context.encode())
    except (InvalidTag, ValueError) as wrong:
        raise Unreadable("a sealed value does not open with this key") from wrong


def unseal_any(ring: Ring, sealed: bytes, context: str) -> bytes:
    """What was sealed with one of these keys; raises UnknownKey where it names another, Unreadable otherwise."""
    number = number_of(sealed)
    if number is None:
        return _unseal_unnumbered(ring, sealed, context)
    if number not in ring:
        raise UnknownKey("a sealed value names a key that is not there")
    return unseal(ring[number], sealed, context)


def number_of(sealed: bytes) -> int | None:
    """The number of the key it was sealed with; None for a value from before keys had numbers."""
    return int.from_bytes(sealed[1:_HEAD]) if sealed[:1] == _NUMBERED and len(sealed) > _HEAD else None


def derived(key: bytes, purpose: str) -> bytes:
    """A key of its own for one purpose, from a higher key (HKDF-SHA256)."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=purpose.encode()).derive(key)


def _unseal_unnumbered(ring: Ring, sealed: bytes, context: str) -> bytes:
    for number in sorted(ring):
        try:
            return unseal(ring[number], sealed, context)
        except Unreadable:
            continue
    raise Unreadable("a sealed value does not open with these keys")
