"""Text messages by a gateway that is asked over HTTPS."""

import http.client
import json
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from .outcome import BROKEN_OFF, NOT_TAKEN, SENT, Answer, Message, Outcome, Problem, unreached

_TOO_MANY = 429
_TIMEOUT = 408
_NO_ANSWER_BEHIND = 504
_NOT_LET_IN = (401, 403, 407)


@dataclass(frozen=True)
class Gateway:
    """Where messages are handed over, and in which form: `{to}` and `{text}` stand in the fields for what is put in."""

    url: str
    fields: Mapping[str, str]
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    form: str = "json"  # or 'form'
    trusted: str = ""
    timeout: float = 20

    @property
    def place(self) -> str:
        """The gateway's name and port."""
        return f"{urlsplit(self.url).hostname}:{urlsplit(self.url).port or 443}"

    def send(self, message: Message) -> Answer:
        """Ask once. Redirects are not followed: her number goes to this address and no other."""
        try:
            link = self._connected()
        except OSError as error:
            return unreached(error)
        place = urlsplit(self.url)
        try:
            path = f"{place.path or '/'}?{place.query}" if place.query else place.path or "/"
            link.request("POST", path, body=self._body(message), headers={**self.headers, "Content-Type": self._type})
            return _for(link.getresponse().status)
        except (OSError, http.client.HTTPException):
            return BROKEN_OFF
        finally:
            link.close()

    def reach(self) -> Answer:
        """Whether it is there and trusted. Whether it takes the token only a message shows."""
        try:
            self._connected().close()
        except OSError as error:
            return unreached(error)
        return SENT

    def _connected(self) -> http.client.HTTPSConnection:
        place = urlsplit(self.url)
        context = ssl.create_default_context(cafile=self.trusted or None)
        link = http.client.HTTPSConnection(
            place.hostname or "", place.port or 443, timeout=self.timeout, context=context
        )
        try:
            link.connect()
        except OSError:
            link.close()
            raise
        return link

    @property
    def _type(self) -> str:
        return "application/json" if self.form == "json" else "application/x-www-form-urlencoded"

    def _body(self, message: Message) -> bytes:
        # Not str.format: what a gateway needs may have braces of its own.
        filled = {
            name: message.to if words == "{to}" else message.text if words == "{text}" else words
            for name, words in self.fields.items()
        }
        return (json.dumps(filled) if self.form == "json" else urlencode(filled)).encode()


def _for(status: int) -> Answer:
    """2xx: taken. 408, 429 and 5xx: not now; but 504 may have been sent on. Everything else is refused for good."""
    if 200 <= status < 300:
        return SENT
    if status == _NO_ANSWER_BEHIND:
        return BROKEN_OFF
    if status in (_TIMEOUT, _TOO_MANY) or status >= 500:
        return Answer(Outcome.LATER, Problem.BUSY)
    return Answer(Outcome.REFUSED, Problem.SIGN_IN) if status in _NOT_LET_IN else NOT_TAKEN
