"""Sessions at rest: who steals the database finds neither a key that opens one nor anything that stands in it.

Only the browser has the key. The row is found by a hash of it, and what the session holds is sealed with another. A
session ends 12 hours after it began, however much it is used, and 15 minutes after its last use (amparo.web.signin).
"""

import base64
import hashlib
import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db.models import QuerySet

from amparo.kernel import clock
from amparo.storage.prepared import prepared

from .models import OpenSession

# Under these names a session holds where it began and when it was last used.
ORIGIN, BROWSER, BEGAN, SEEN = "origin", "browser", "began", "seen"


@dataclass(frozen=True)
class SessionFile:
    """An open session as its owner sees it; `browser` is a code such as 'firefox/android'."""

    began_at: datetime
    seen_at: datetime
    origin: str
    browser: str
    is_this: bool


def open_sessions(account: int, *, this: str | None = None) -> list[SessionFile]:
    """The account's open sessions, the one used last first; `this` is the key of the one that asks."""
    idle_since = clock.now() - timedelta(minutes=settings.IDLE_MINUTES)
    rows = OpenSession.objects.filter(account=account, expire_date__gt=clock.now(), seen_at__gt=idle_since)
    mine = _name(this) if this else ""
    return [
        SessionFile(row.began_at, row.seen_at, row.origin, row.browser, row.session_key == mine)
        for row in rows.order_by("-seen_at")
    ]


def end_sessions(account: int, *, but: str | None = None) -> int:
    """End every session of the account, or every other than the one with this key; gives how many. Not audited here."""
    rows = OpenSession.objects.filter(account=account)
    ended, _ = (rows.exclude(session_key=_name(but)) if but else rows).delete()
    return ended


def sweep() -> int:
    """Forget the sessions that are over; gives how many."""
    ended, _ = OpenSession.objects.filter(expire_date__lt=clock.now()).delete()
    return ended


class SessionStore(DatabaseStore):
    """Django's sessions in the database, by hash and sealed."""

    @classmethod
    def get_model_class(cls) -> type[OpenSession]:
        """Our own table."""
        return OpenSession

    def load(self) -> dict[str, Any]:
        """What the session holds; nothing where there is none with this key, or it is over."""
        key = self.session_key
        rows = _held_in(_name(key), clock.now()) if key else []
        held = self.decode(rows[0][0]) if rows else None
        if held is None:
            self._session_key = None
        return held or {}

    def exists(self, session_key: str) -> bool:
        """Whether there is a session with this key."""
        return super().exists(_name(session_key))

    def delete(self, session_key: str | None = None) -> None:
        """End the session with this key, or this one."""
        key = session_key or self.session_key
        if key:
            OpenSession.objects.filter(session_key=_name(key)).delete()

    def create_model_instance(self, data: dict[str, Any]) -> OpenSession:
        """The row as it is saved: whose it is, from where, since when."""
        began = _moment(data.get(BEGAN))
        account = data.get(SESSION_KEY)
        return OpenSession(
            session_key=_name(self.session_key),
            session_data=self.encode(data),
            expire_date=began + timedelta(seconds=settings.SESSION_COOKIE_AGE),
            account=int(account) if account else None,
            origin=str(data.get(ORIGIN, ""))[:64],
            browser=str(data.get(BROWSER, ""))[:40],
            began_at=began,
            seen_at=_moment(data.get(SEEN)),
        )

    def encode(self, session_dict: dict[str, Any]) -> str:
        """What the session holds, sealed with its key."""
        nonce = os.urandom(12)
        sealed = AESGCM(_seal(self.session_key)).encrypt(nonce, json.dumps(session_dict).encode(), None)
        return base64.b64encode(nonce + sealed).decode()

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """What the session holds; nothing where it was changed."""
        sealed = base64.b64decode(session_data)
        try:
            held: dict[str, Any] = json.loads(AESGCM(_seal(self.session_key)).decrypt(sealed[:12], sealed[12:], None))
        except InvalidTag:
            return {}
        return held


@prepared
def _held_in(name: str, now: datetime) -> QuerySet[OpenSession, tuple[str]]:
    return OpenSession.objects.filter(session_key=name, expire_date__gt=now).values_list("session_data")


def _name(key: str | None) -> str:
    """Where the session with this key stands; 160 bits, as the column is wide."""
    return hashlib.sha256(f"find {key}".encode()).hexdigest()[:40]


def _seal(key: str | None) -> bytes:
    return hashlib.sha256(f"seal {key}".encode()).digest()


def _moment(seconds: object) -> datetime:
    return datetime.fromtimestamp(seconds, UTC) if isinstance(seconds, int) else clock.now()
