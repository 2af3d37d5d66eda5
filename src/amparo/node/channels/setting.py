"""How the administrator of the node sets up its channels: one file, `AMPARO_HOME/channels.toml`, that only we can read.

Without it nothing is sent. It holds servers and passwords, never a word or an address of anybody.
"""

import re
import ssl
import stat
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from amparo.node.errors import NodeError
from amparo.node.home import explained, home

from .gateway import Gateway
from .mail import Mail
from .outcome import Channel

FILE = "channels.toml"
_MAIL = {"host", "port", "security", "sender", "username", "password", "trusted"}
# RFC 9110, 5.1
_HEADER = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_SMS = {"url", "fields", "headers", "form", "trusted"}


@dataclass(frozen=True)
class Channels:
    """The channels that are set up; None where one is not."""

    email: Channel | None = None
    sms: Channel | None = None


def file_of_channels() -> Path:
    """Where they are set up."""
    return home() / FILE


def channels(folder: Path | None = None) -> Channels:
    """What is set up now. Raises NodeError where the file is wrong, or open to others."""
    file = (folder or home()) / FILE
    with explained(f"{file} cannot be read"):
        if not file.exists():
            return Channels()
        if stat.S_IMODE(file.stat().st_mode) & 0o077:
            raise _wrong(f"{file} holds passwords and others can read it: close it with chmod 600.")
        written = file.read_bytes()
    try:
        found = tomllib.loads(written.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise _wrong(f"{file}: this is not TOML: {wrong}.") from wrong
    _refuse_others(file, "the file", found, {"email", "sms"})
    return Channels(
        email=_mail(file, found["email"]) if "email" in found else None,
        sms=_gateway(file, found["sms"]) if "sms" in found else None,
    )


def _mail(file: Path, found: dict[str, Any]) -> Mail:
    _refuse_others(file, "[email]", found, _MAIL)
    sender = _plain(file, "email.sender", found.get("sender"))
    if "@" not in sender:
        raise _wrong(f"{file}: email.sender: expected an address, such as hello@example.org.")
    security = found.get("security", "starttls")
    if security not in ("starttls", "tls"):
        raise _wrong(f"{file}: email.security: expected 'starttls' or 'tls'; nothing is sent unencrypted.")
    port = found.get("port", 465 if security == "tls" else 587)
    if type(port) is not int or not 0 < port < 65536:
        raise _wrong(f"{file}: email.port: expected a number from 1 to 65535.")
    username, password = (
        _plain(file, f"email.{name}", found[name]) if name in found else "" for name in ("username", "password")
    )
    if bool(username) != bool(password):
        raise _wrong(f"{file}: email.{'password' if username else 'username'}: expected beside the other of the two.")
    host = _plain(file, "email.host", found.get("host"))
    trusted = _certificates(file, "email.trusted", found)
    return Mail(host, port, security, sender, username, password=password, trusted=trusted)


def _gateway(file: Path, found: dict[str, Any]) -> Gateway:
    _refuse_others(file, "[sms]", found, _SMS)
    url = _plain(file, "sms.url", found.get("url"))
    if not _is_https(url):
        raise _wrong(f"{file}: sms.url: expected an address that begins with https://.")
    fields = _lines(file, "sms.fields", found.get("fields", {}))
    if not {"{to}", "{text}"} <= set(fields.values()):
        raise _wrong(f"{file}: sms.fields: expected one field that is '{{to}}' and one that is '{{text}}'.")
    form = found.get("form", "json")
    if form not in ("json", "form"):
        raise _wrong(f"{file}: sms.form: expected 'json' or 'form'.")
    trusted = _certificates(file, "sms.trusted", found)
    headers = _lines(file, "sms.headers", found.get("headers", {}))
    for name, value in headers.items():
        _plain(file, f"sms.headers.{name}", value)
        if _HEADER.fullmatch(name) is None:
            raise _wrong(f"{file}: sms.headers: '{name}' is no name of a header; expected such as Authorization.")
    return Gateway(url, fields, headers, form, trusted)


def _wrong(line: str) -> NodeError:
    """The file is what somebody typed: exit code 2, as for any input (command-line.md)."""
    return NodeError(line, exit_code=2)


def _refuse_others(file: Path, where: str, found: object, known: set[str]) -> None:
    if not isinstance(found, dict):
        raise _wrong(f"{file}: {where}: expected fields with values.")
    for name in sorted(set(found) - known):
        raise _wrong(f"{file}: {where}: '{name}' is not known; expected {', '.join(sorted(known))}.")


def _is_https(url: str) -> bool:
    try:
        place = urlsplit(url)
        return place.scheme == "https" and bool(place.hostname) and place.port != 0
    except ValueError:  # no port that there could be
        return False


def _certificates(file: Path, where: str, found: dict[str, Any]) -> str:
    """The file of certificates, tried now: where it cannot be used, nothing would ever be sent."""
    if "trusted" not in found:
        return ""
    named = _line(file, where, found["trusted"])
    try:
        ssl.create_default_context(cafile=named)
    except OSError as wrong:
        raise _wrong(f"{file}: {where}: expected a file of certificates (PEM); {named} is none.") from wrong
    return named


def _lines(file: Path, where: str, found: object) -> dict[str, str]:
    if not isinstance(found, dict):
        raise _wrong(f"{file}: {where}: expected fields with values.")
    return {name: _line(file, f"{where}.{name}", value) for name, value in found.items()}


def _line(file: Path, where: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        raise _wrong(f"{file}: {where}: expected a line of text.")
    return value


def _plain(file: Path, where: str, value: object) -> str:
    """A line as these protocols can carry it."""
    line = _line(file, where, value)
    if not line.isascii():
        raise _wrong(f"{file}: {where}: expected letters without accents (ASCII).")
    return line
