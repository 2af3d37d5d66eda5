"""The cipher: sealing and opening with a key, and keyed hashes to search by (pure)."""

import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from amparo.kernel.text import folded_words

VERSION = b"\x01"
KEY_BYTES = 32


class Unreadable(Exception):
    """A sealed value was changed, or the key is not the one it was sealed with."""


def new_key() -> bytes:
    """A fresh random key of 256 bits."""
    return AESGCM.generate_key(bit_length=8 * KEY_BYTES)


def seal(key: bytes, content: bytes, context: str) -> bytes:
    """Seal with AES-256-GCM. `context` names the place (field, person): a value cannot be moved to another."""
    nonce = os.urandom(12)
    return VERSION + nonce + AESGCM(key).encrypt(nonce, content, context.encode())


def unseal(key: bytes, sealed: bytes, context: str) -> bytes:
    """What was sealed with this key for this context; raises Unreadable otherwise."""
    if sealed[:1] != VERSION:
        raise Unreadable("unknown version of a sealed value")
    try:
        return AESGCM(key).decrypt(sealed[1:13], sealed[13:], context.encode())
    except InvalidTag as wrong:
        raise Unreadable("a sealed value does not open with this key") from wrong


def derived(key: bytes, purpose: str) -> bytes:
    """A key of its own for one purpose, from a higher key (HKDF-SHA256)."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=purpose.encode()).derive(key)


def name_tokens(key: bytes, name: str) -> set[bytes]:
    """Keyed hashes of the whole name in any order and of each word of it; case and accents do not matter."""
    words = folded_words(name)
    if not words:
        return set()
    return {_token(key, "name", " ".join(words))} | {_token(key, "word", word) for word in words if len(word) > 1}


def search_token(key: bytes, typed: str) -> bytes | None:
    """The keyed hash that finds a name (one word, or all in any order) or a number; None where nothing was typed."""
    digits = phone_digits(typed)
    if digits:
        return _token(key, "phone", digits)
    words = folded_words(typed)
    if not words:
        return None
    return _token(key, "word", words[0]) if len(words) == 1 else _token(key, "name", " ".join(words))


def phone_token(key: bytes, number: str) -> bytes:
    """The keyed hash of a telephone number."""
    return _token(key, "phone", phone_digits(number))


def document_token(key: bytes, number: str) -> bytes:
    """The keyed hash of a document's number, found like a one-word name."""
    return _token(key, "word", "".join(folded_words(number)))


def phone_digits(typed: str) -> str:
    """The last nine digits of a telephone number, which its country code does not change; empty where it is none."""
    digits = "".join(sign for sign in typed if sign.isdigit())
    has_letters = any(sign.isalpha() for sign in typed)
    return "" if has_letters or len(digits) < 6 else digits[-9:]


def _token(key: bytes, kind: str, value: str) -> bytes:
    return hmac.new(key, f"{kind}\x1f{value}".encode(), hashlib.sha256).digest()[:16]
