"""How the administrator of the node sets up its channels: one file, `AMPARO_HOME/channels.toml`, that only we can read.

Without it nothing is sent. It holds servers and passwords, never a word or an address of anybody.
"""

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
_SMS = {"url", "fields", "headers", "form", "trusted"}


@dataclass(frozen=True)
class Channels:
    """The channels that are set up; None where one is not."""

    email: Channel | None = None
    sms: Channel | None = None


def channels(folder: Path | None = None) -> Channels:
    """What is set up now. Raises NodeError where the file is wrong, or open to others."""
    file = (folder or home()) / FILE
    with explained(f"{file} cannot be read"):
        if not file.exists():
            return Channels()
        if stat.S_IMODE(file.stat().st_mode) & 0o077:
            raise NodeError(f"{file} holds passwords and others can read it: close it with chmod 600.")
        written = file.read_text("utf-8")
    try:
        found = tomllib.loads(written)
    except tomllib.TOMLDecodeError as wrong:
        raise NodeError(f"{file}: this is not TOML: {wrong}.") from wrong
    _refuse_others(file, "the file", found, {"email", "sms"})
    return Channels(
        email=_mail(file, found["email"]) if "email" in found else None,
        sms=_gateway(file, found["sms"]) if "sms" in found else None,
    )


def _mail(file: Path, found: dict[str, Any]) -> Mail:
    _refuse_others(file, "[email]", found, _MAIL)
    sender = _line(file, "email.sender", found.get("sender"))
    if "@" not in sender:
        raise NodeError(f"{file}: email.sender: expected an address, such as hello@example.org.")
    security = found.get("security", "starttls")
    if security not in ("starttls", "tls"):
        raise NodeError(f"{file}: email.security: expected 'starttls' or 'tls'; nothing is sent unencrypted.")
    port = found.get("port", 465 if security == "tls" else 587)
    if not isinstance(port, int) or not 0 < port < 65536:
        raise NodeError(f"{file}: email.port: expected a number from 1 to 65535.")
    optional = {
        name: _line(file, f"email.{name}", found[name]) if name in found else ""
        for name in ("username", "password", "trusted")
    }
    host = _line(file, "email.host", found.get("host"))
    return Mail(
        host, port, security, sender, optional["username"], password=optional["password"], trusted=optional["trusted"]
    )


def _gateway(file: Path, found: dict[str, Any]) -> Gateway:
    _refuse_others(file, "[sms]", found, _SMS)
    url = _line(file, "sms.url", found.get("url"))
    if urlsplit(url).scheme != "https" or not urlsplit(url).hostname:
        raise NodeError(f"{file}: sms.url: expected an address that begins with https://.")
    fields = _lines(file, "sms.fields", found.get("fields", {}))
    if not {"{to}", "{text}"} <= set(fields.values()):
        raise NodeError(f"{file}: sms.fields: expected one field that is '{{to}}' and one that is '{{text}}'.")
    form = found.get("form", "json")
    if form not in ("json", "form"):
        raise NodeError(f"{file}: sms.form: expected 'json' or 'form'.")
    trusted = _line(file, "sms.trusted", found["trusted"]) if "trusted" in found else ""
    return Gateway(url, fields, _lines(file, "sms.headers", found.get("headers", {})), form, trusted)


def _refuse_others(file: Path, where: str, found: object, known: set[str]) -> None:
    if not isinstance(found, dict):
        raise NodeError(f"{file}: {where}: expected fields with values.")
    for name in sorted(set(found) - known):
        raise NodeError(f"{file}: {where}: '{name}' is not known; expected {', '.join(sorted(known))}.")


def _lines(file: Path, where: str, found: object) -> dict[str, str]:
    if not isinstance(found, dict):
        raise NodeError(f"{file}: {where}: expected fields with values.")
    return {name: _line(file, f"{where}.{name}", value) for name, value in found.items()}


def _line(file: Path, where: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        raise NodeError(f"{file}: {where}: expected a line of text.")
    return value
