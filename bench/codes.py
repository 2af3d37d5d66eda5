"""The code that an authenticator app shows (RFC 6238)."""

import base64
import hashlib
import hmac
import struct
import time


def code_now(secret: str, moment: float | None = None) -> str:
    """Six digits for this moment from a base32 secret."""
    counter = struct.pack(">Q", int(moment if moment is not None else time.time()) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06d}"
