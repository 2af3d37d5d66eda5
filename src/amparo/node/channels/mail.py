"""E-mail by SMTP, encrypted, under a neutral address, without a header that tells where it comes from."""

import re
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid

from .outcome import BROKEN_OFF, NOT_TAKEN, SENT, Answer, Message, Outcome, Problem, unreached

_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")


@dataclass(frozen=True)
class Mail:
    """A mail server. `security` is 'tls' from the first byte on, or 'starttls'; without either nothing is sent."""

    host: str
    port: int
    security: str
    sender: str
    username: str = ""
    password: str = field(default="", repr=False)
    trusted: str = ""  # a file of certificates, where the server's is not publicly known
    timeout: float = 20

    @property
    def place(self) -> str:
        """The server's name and port."""
        return f"{self.host}:{self.port}"

    def send(self, message: Message) -> Answer:
        """Hand it over. Whatever fails before the words have gone is certain; afterwards it is not."""
        if _ADDRESS.fullmatch(message.to) is None:
            return NOT_TAKEN
        try:
            letter = _letter(self.sender, message)
        except (ValueError, MessageError):
            return NOT_TAKEN  # no address that a letter can bear
        try:
            server = self._connected()
        except OSError as error:
            return _because(error)
        try:
            return _handed_over(server, self.sender, message.to, letter)
        finally:
            _leave(server)

    def reach(self) -> Answer:
        """Whether it is there, encrypts, is trusted and lets us in."""
        try:
            _leave(self._connected())
        except OSError as error:
            return _because(error)
        return SENT

    def _connected(self) -> smtplib.SMTP:
        context = ssl.create_default_context(cafile=self.trusted or None)
        # The name of this machine is told to nobody: every server on the way would write it down.
        ours = self.sender.rpartition("@")[2]
        if self.security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, local_hostname=ours, timeout=self.timeout, context=context
            )
        else:
            server = smtplib.SMTP(self.host, self.port, local_hostname=ours, timeout=self.timeout)
        try:
            if self.security != "tls":
                _encrypt(server, context)
            server.ehlo_or_helo_if_needed()
            if self.username:
                server.login(self.username, self.password)
        except OSError:
            server.close()
            raise
        return server


class _Plain(smtplib.SMTPException):
    """The server does not encrypt."""


def _encrypt(server: smtplib.SMTP, context: ssl.SSLContext) -> None:
    """Before the password and any word: what cannot be encrypted is not sent."""
    server.ehlo_or_helo_if_needed()
    if not server.has_extn("starttls"):
        raise _Plain
    server.starttls(context=context)


def _leave(server: smtplib.SMTP) -> None:
    with suppress(OSError):
        server.quit()


def _handed_over(server: smtplib.SMTP, sender: str, to: str, letter: bytes) -> Answer:
    try:
        for code, _words in (server.mail(sender), server.rcpt(to)):
            if code not in (250, 251):
                return _for(code)
    except OSError as error:
        return _because(error)
    try:
        code, _words = server.data(letter)
    except smtplib.SMTPDataError as error:  # refused before any word
        return _for(error.smtp_code)
    except OSError:
        return BROKEN_OFF
    return SENT if code == 250 else _for(code)


def _letter(sender: str, message: Message) -> bytes:
    letter = EmailMessage(SMTP)
    letter["From"] = Address(message.name, addr_spec=sender)
    letter["To"] = Address(addr_spec=message.to)
    letter["Subject"] = message.subject
    letter["Date"] = format_datetime(datetime.now(UTC))
    letter["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
    letter.set_content(message.text)
    return letter.as_bytes()


def _because(error: OSError) -> Answer:
    """A wrong password or certificate is for the administrator to put right: worth another try until then."""
    if isinstance(error, smtplib.SMTPResponseException):
        return _for(error.smtp_code)
    if isinstance(error, _Plain):
        return Answer(Outcome.LATER, Problem.NOT_ENCRYPTED)
    if isinstance(error, smtplib.SMTPNotSupportedError):  # it lets nobody sign in
        return Answer(Outcome.LATER, Problem.SIGN_IN)
    if isinstance(error, smtplib.SMTPException):  # it hung up; every one of these is an OSError
        slow = isinstance(error.__context__, TimeoutError)
        return Answer(Outcome.LATER, Problem.TOO_SLOW if slow else Problem.NOT_THERE)
    return unreached(error)


def _for(code: int) -> Answer:
    """By RFC 5321, 4.2.1: 4yz may succeed later, 5yz will not. What only a sign-in brings (530 to 538) is ours."""
    if 530 <= code <= 538:
        return Answer(Outcome.LATER, Problem.SIGN_IN)
    return NOT_TAKEN if 500 <= code < 600 else Answer(Outcome.LATER, Problem.BUSY)
