"""A server and a database that are killed while notes are being saved lose nothing that was answered as saved."""

import http.client
import re
import time
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

from bench.people import Person
from tests.browser.node import Node, demonstration
from tests.cli.command import Amparo

FIELDS = ("csrfmiddlewaretoken", "once", "happened_on")


def test_every_note_that_was_answered_as_saved_is_there_after_a_sudden_death(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    home = tmp_path / "home"
    saved: list[str] = []
    with demonstration(home) as node:
        writer = _signed_in(node)
        writing = Thread(target=_write_until_it_dies, args=(writer, saved))
        writing.start()
        _wait_for(saved, 12)
        Amparo(home).end_everything()
        writing.join()
    with demonstration(home) as node:
        reader = Person(urlsplit(node.address).netloc, writer.case, cookies=writer.cookies)
        pages = [
            reader.ask("", f"/cases/{reader.case}/notes/?page={page}")[2] for page in range(1, len(saved) // 25 + 2)
        ]
    assert len(saved) >= 12
    assert [text for text in saved if not any(f">{text}<" in page for page in pages)] == []


def _signed_in(node: Node) -> Person:
    person = Person(urlsplit(node.address).netloc, "")
    person.sign_in(node.account("caseworker"))
    person.case = re.findall(r"/cases/([2-9A-Z]{4}-[2-9A-Z]{3})/", person.ask("", "/cases/")[2])[0]
    return person


def _write_until_it_dies(writer: Person, saved: list[str]) -> None:
    address = f"/cases/{writer.case}/notes/new/"
    for number in range(10_000):
        try:
            page = writer.ask("", address)[2]
            form = {name: _value(page, name) for name in FIELDS}
            text = f"note-{number}-of-her"
            if writer.ask("", address, {**form, "audience": "team", "text": text})[0] == 302:
                saved.append(text)
        except (OSError, http.client.HTTPException, LookupError):
            return


def _value(page: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*?value="([^"]*)"', page)
    if found is None:
        raise LookupError(name)
    return found.group(1)


def _wait_for(saved: list[str], count: int) -> None:
    end = time.monotonic() + 60
    while len(saved) < count and time.monotonic() < end:
        time.sleep(0.02)
