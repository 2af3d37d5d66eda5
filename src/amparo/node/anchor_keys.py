"""The key that signs anchors of the log (Ed25519), apart from every other key of the node.

`keys/anchor.key` signs. `keys/anchor.public` lists the public half of every key that ever did, oldest first: what was
signed before a renewal is still believed after it.
"""

import secrets
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from amparo.node.errors import NodeError
from amparo.node.home import explained, prepare_home, private_folder, write_private
from amparo.node.secrets import KEY_BYTES, keys_folder

_PRIVATE = "anchor.key"
_PUBLIC = "anchor.public"


def sign(content: bytes) -> tuple[str, str]:
    """Sign with the key in use; give the key's public half and the signature, both in hexadecimal.

    Makes the first key. Raises NodeError where the key is missing that signed before.
    """
    if not _file(_PRIVATE).exists():
        if known_keys():
            raise NodeError(
                f"The key file {_file(_PRIVATE)} is missing: put it back from your copy of keys/, "
                "or make a new one with `amparo audit anchor --new-key`."
            )
        make_new_key()
    key = _private_key()
    return _public_half(key), key.sign(content).hex()


def make_new_key() -> None:
    """Sign with a new key from here on; the public half of the one before stays known."""
    prepare_home()
    private_folder(keys_folder())
    seed = secrets.token_bytes(KEY_BYTES)
    public = _public_half(Ed25519PrivateKey.from_private_bytes(seed))
    with explained("The key of the anchors cannot be written"):
        write_private(_file(_PUBLIC), "".join(f"{one}\n" for one in (*known_keys(), public)).encode())
        write_private(_file(_PRIVATE), seed)


def known_keys() -> list[str]:
    """The public half of every key that ever signed here, in hexadecimal, oldest first."""
    with explained("The key of the anchors cannot be read"):
        return _file(_PUBLIC).read_text().split() if _file(_PUBLIC).exists() else []


def is_signed(content: bytes, *, key: str, signature: str) -> bool:
    """Tell whether the holder of this key signed exactly this content."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(signature), content)
    except (InvalidSignature, ValueError):
        return False
    return True


def _private_key() -> Ed25519PrivateKey:
    with explained("The key of the anchors cannot be read"):
        seed = _file(_PRIVATE).read_bytes()
    if len(seed) != KEY_BYTES:
        raise NodeError(f"The key file {_file(_PRIVATE)} is damaged: it must hold {KEY_BYTES} bytes.")
    return Ed25519PrivateKey.from_private_bytes(seed)


def _public_half(key: Ed25519PrivateKey) -> str:
    return key.public_key().public_bytes_raw().hex()


def _file(name: str) -> Path:
    return keys_folder() / name
