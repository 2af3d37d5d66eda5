"""Small servers that take messages, encrypted and on this machine: for mail, and a gateway for text messages."""

import socket
import ssl
import threading
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

SLOW = -1  # nothing is answered for longer than anybody waits
LATE = -2  # taken, but said so only after a while
BROKEN_OFF = 0  # in the place of a status: the link breaks after everything has come


@dataclass
class Received:
    """What came in, in order; `answers` are given one by one, then everything is taken."""

    port: int = 0
    answers: list[int] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    greetings: list[str] = field(default_factory=list)
    patience: threading.Event = field(default_factory=threading.Event)  # set: nobody waits any longer
    lock: threading.Lock = field(default_factory=threading.Lock)

    def next_answer(self, usual: int) -> int:
        with self.lock:
            return self.answers.pop(0) if self.answers else usual


def certificate(folder: Path, host: str = "localhost") -> Path:
    """A key with a certificate for this machine, which nobody but the test trusts."""
    file = folder / f"{host}.pem"
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    ours: list[x509.GeneralName] = [x509.IPAddress(ip_address("127.0.0.1"))] if host == "localhost" else []
    names = x509.SubjectAlternativeName([x509.DNSName(host), *ours])
    built = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    built = built.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    signed = built.add_extension(names, critical=False).sign(key, hashes.SHA256())
    written = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(written + signed.public_bytes(serialization.Encoding.PEM))
    return file


@contextmanager
def gateway(pem: Path) -> Iterator[Received]:
    """A gateway that answers 200, or what it is told to."""
    received = Received()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            status = received.next_answer(200)
            with received.lock:
                received.headers.append({name.lower(): words for name, words in self.headers.items()})
                if status in (200, BROKEN_OFF, SLOW, LATE):
                    received.messages.append(body)
            if status == LATE:
                received.patience.wait(4)
                status = 200
            if status in (BROKEN_OFF, SLOW):
                received.patience.wait(5 if status == SLOW else 0)
                self.close_connection = True
                return
            self.send_response(status)
            self.send_header("Location", "https://localhost:1/elsewhere")
            self.end_headers()

        def log_message(self, *_words: Any) -> None:
            """Nothing into the output of the tests."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.socket = _encrypted(server.socket, pem)
    with _serving(server, received):
        yield received


@contextmanager
def mail_server(pem: Path, security: str = "tls") -> Iterator[Received]:  # noqa: C901 (a whole server)
    """A mail server, encrypted from the first byte on, by 'starttls', or 'never'; who says AUTH is let in only with
    the password 'right'. `answers` are those to a letter that has come."""
    received = Received()

    class Handler(StreamRequestHandler):
        def handle(self) -> None:
            self._say("220 localhost")
            while line := self.rfile.readline().decode().strip():
                word = line.split(" ", maxsplit=1)[0].upper()
                received.lines.append(line)
                if word in ("EHLO", "HELO"):
                    received.greetings.append(line)
                if word == "STARTTLS":
                    self._say("220 go on")
                    self._encrypt()
                elif word == "DATA" and not self._letter():
                    return
                elif word != "DATA":
                    self._say(self._said_to(word, line))
                if word == "QUIT":
                    return

        def _said_to(self, word: str, line: str) -> str:
            if word == "AUTH":
                right = b64decode(line.split()[2]).endswith(b"\0right")
                return "235 ok" if right else "535 no"
            offers = {"starttls": "250-ok\r\n250-AUTH PLAIN\r\n250 STARTTLS", "tls": "250-ok\r\n250 AUTH PLAIN"}
            answers = {"QUIT": "221 bye", "EHLO": offers.get(security, "250 ok")}
            return answers.get(word, "250 ok")

        def _encrypt(self) -> None:
            self.request = _encrypted(self.request, pem)
            self.setup()

        def _letter(self) -> bool:
            self._say("354 go on")
            lines = []
            while (line := self.rfile.readline().decode()) not in (".\r\n", ""):
                lines.append(line)
            code = received.next_answer(250)
            if code in (250, BROKEN_OFF):
                received.messages.append("".join(lines))
            if code != BROKEN_OFF:
                self._say(f"{code} there")
            return code != BROKEN_OFF

        def _say(self, line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

    server = ThreadingTCPServer(("127.0.0.1", 0), Handler)
    if security == "tls":
        server.socket = _encrypted(server.socket, pem)
    with _serving(server, received):
        yield received


@contextmanager
def silent_server() -> Iterator[int]:
    """A port that takes every link and never says a word; gives its number."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


def _encrypted(plain: Any, pem: Path) -> Any:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    return context.wrap_socket(plain, server_side=True)


@contextmanager
def _serving(server: Any, received: Received) -> Iterator[None]:
    server.daemon_threads = True
    received.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        received.patience.set()
        server.shutdown()
        server.server_close()
        thread.join()
