"""A disk that is really full: one clear line or page, nothing half written, no word lost, and it goes on by itself.

Where a file system may be mounted (as root), the node lives on a small one that is filled to its last byte. Elsewhere
its processes may not let files grow (RLIMIT_FSIZE), which fails at the same places. Each test says which way it took.
"""

import contextlib
import http.client
import io
import json
import os
import re
import resource
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import pytest
from PIL import Image

from amparo.node import postgres
from bench.people import Person
from tests.cli.command import Amparo, address_of, get_json

SIZE = 128  # MB; a node with a few cases takes 70
LIMIT = 100_000  # bytes; what small files of the database need to be opened, and less than anything it writes
FORMS = 40  # of notes, fetched while pages still can be
LONG = 1500  # words of a note
FIELDS = ("csrfmiddlewaretoken", "once", "happened_on")
Say = Callable[[str], None]


class Disk:
    """Where a node lives, and a way to leave no room there."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700)
        mounting = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}m,mode=0700", "tmpfs", str(folder)]
        mount = shutil.which("mount")
        done = mount and subprocess.run(mounting, capture_output=True, check=False).returncode == 0
        self.folder, self.is_small = folder, bool(done)
        self.node = Amparo(folder / "home")

    @property
    def way(self) -> str:
        """Which way it is full, for the one who reads the report."""
        return f"a file system of {SIZE} MB that is full" if self.is_small else "a limit on the size of files"

    def fill(self) -> None:
        """Leave no room for a byte."""
        if not self.is_small:
            self._limit(LIMIT)
            return
        for size in (1 << 20, 4096, 1):
            with (self.folder / f"filler-{size}").open("wb", buffering=0) as filler:
                _write_until_full(filler.fileno(), size)

    def free(self) -> None:
        """Give the room back."""
        if not self.is_small:
            self._limit(resource.RLIM_INFINITY)
        for filler in self.folder.glob("filler-*"):
            filler.unlink()

    def end(self) -> None:
        """Leave nothing running and nothing mounted."""
        self.node.end_everything()
        if self.is_small:
            subprocess.run(["umount", "--lazy", str(self.folder)], check=True)

    def _limit(self, most: int) -> None:
        started = self.node.processes()
        for process in {*started, *(child for one in started for child in one.children(recursive=True))}:
            if process.name() != "postgres":  # what runs has its files open; what is started anew takes the limit over
                process.rlimit(psutil.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    tmp_path.chmod(0o700)
    made = Disk(tmp_path / "disk")
    yield made
    made.end()


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Say:
    def aloud(words: str) -> None:
        with capsys.disabled():
            print(f"\n  tried on {words}")

    return aloud


def test_a_start_without_room_is_one_line_and_leaves_nothing_half_written(disk: Disk, say: Say) -> None:
    say(disk.way)
    disk.fill()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    if not disk.is_small:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1, before[1]))
    try:
        ended = disk.node("migrate")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert ended.code == 1
    assert len(ended.complaint.splitlines()) == 1, ended.complaint
    assert "the disk is full" in ended.complaint or "a limit keeps files from growing" in ended.complaint
    assert [path for path in disk.node.home.rglob("*") if path.is_file() and path.suffix != ".lock"] == []
    disk.free()
    assert disk.node("migrate").code == 0


def test_notes_and_papers_on_a_disk_that_runs_full(disk: Disk, say: Say) -> None:
    say(disk.way)
    serving = disk.node.start("demo", "--port", "0", "--cases", "3")
    address = address_of(serving)
    writer = _signed_in(disk, address)
    paper = _form(writer, f"/cases/{writer.case}/papers/new/")
    notes = [_form(writer, f"/cases/{writer.case}/notes/new/") for _ in range(FORMS)]
    disk.fill()
    _no_paper_is_kept(disk, writer, paper)
    saved, refused = _write_until_it_is_refused(disk, writer, notes)
    disk.free()
    _wait_until_well(address)
    again = {
        name: unescape(value) for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', refused)
    }
    assert writer.ask("", f"/cases/{writer.case}/notes/new/", again)[0] == 302
    assert _notes(writer) == [*saved, again["text"].split()[0]]
    assert serving.poll() is None, "it was never stopped"


def test_a_database_that_stopped_on_a_full_disk_comes_back_by_itself(disk: Disk, say: Say) -> None:
    say(disk.way)
    serving = disk.node.start("serve", "--port", "0")
    address = address_of(serving)
    disk.fill()
    _kill_database(disk)
    _read_until(serving, "Nothing saved is lost; it goes on by itself once there is space.")
    assert _health(address) == 503
    disk.free()
    _wait_until_well(address)
    _read_until(serving, "amparo: The database is back.")


def _no_paper_is_kept(disk: Disk, writer: Person, form: dict[str, str]) -> None:
    status, page = _upload(writer, {**form, "kind": "health", "title": "A letter from the clinic"})
    assert status in (422, 500)
    assert "disk of this node is full" in page
    assert "A letter from the clinic" in page
    assert list((disk.node.home / "files").rglob("*.part")) == []


def _write_until_it_is_refused(disk: Disk, writer: Person, forms: list[dict[str, str]]) -> tuple[list[str], str]:
    """Every note that was answered as saved, and the page that says that the next was not."""
    if not disk.is_small:
        _kill_database(disk)
    saved: list[str] = []
    for number, form in enumerate(forms):
        name = f"note-{number}-of-her"
        typed = {**form, "audience": "team", "text": f"{name} {'word ' * LONG}"}
        status, _, page = writer.ask("", f"/cases/{writer.case}/notes/new/", typed)
        if status != 302:
            assert (status, name in page) == (500, True), page
            assert "no half of it was" in page
            return saved, page
        saved.append(name)
    raise AssertionError("the disk never ran full")


def _read_until(serving: psutil.Popen, words: str) -> None:
    said = []
    for line in serving.stderr:
        said.append(line)
        if words in line:
            return
    raise AssertionError(f"it ended without a word of it: {said}")


def _kill_database(disk: Disk) -> None:
    stopped = postgres._server_process(postgres.data_folder(disk.node.home))
    assert stopped is not None
    stopped.kill()
    psutil.wait_procs([stopped], timeout=20)


def _signed_in(disk: Disk, address: str) -> Person:
    accounts = json.loads((disk.node.home / "demo-accounts.json").read_text(encoding="utf-8"))
    writer = Person(urlsplit(address).netloc, "", cookies={"language": "en"})
    writer.sign_in(next(one for one in accounts if one["role"] == "caseworker"))
    writer.case = re.findall(r"/cases/([2-9A-Z]{4}-[2-9A-Z]{3})/", writer.ask("", "/cases/")[2])[0]
    return writer


def _form(writer: Person, address: str) -> dict[str, str]:
    page = writer.ask("", address)[2]
    found = {name: re.search(rf'name="{name}"[^>]*?value="([^"]*)"', page) for name in FIELDS}
    return {name: value[1] for name, value in found.items() if value}


def _upload(writer: Person, form: dict[str, str]) -> tuple[int, str]:
    """A paper, as a browser sends it."""
    fence = "fence-of-the-parts"
    begin = f"--{fence}\r\nContent-Disposition: form-data; name="
    parts = [f'{begin}"{name}"\r\n\r\n{value}\r\n' for name, value in form.items()]
    head = f'{begin}"file"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
    body = "".join((*parts, head)).encode() + _picture() + f"\r\n--{fence}--\r\n".encode()
    headers = {
        "Content-Type": f"multipart/form-data; boundary={fence}",
        "Cookie": "; ".join(f"{name}={value}" for name, value in writer.cookies.items()),
        "Origin": f"http://{writer.host}",
    }
    connection = http.client.HTTPConnection(writer.host, timeout=60)
    connection.request("POST", f"/cases/{writer.case}/papers/new/", body, headers)
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


def _picture() -> bytes:
    """A picture that takes more room than any limit of these tests leaves."""
    out = io.BytesIO()
    Image.frombytes("RGB", (900, 700), os.urandom(1_890_000)).save(out, "JPEG", quality=95)
    return out.getvalue()


def _notes(writer: Person) -> list[str]:
    """The notes of these tests in her case, oldest first."""
    pages = [writer.ask("", f"/cases/{writer.case}/notes/?page={page}")[2] for page in (1, 2, 3)]
    return re.findall(r"note-\d+-of-her", "".join(pages))[::-1]


def _write_until_full(descriptor: int, size: int) -> None:
    with contextlib.suppress(OSError):
        while os.write(descriptor, b"\0" * size):
            pass


def _health(address: str) -> int:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    connection.request("GET", "/healthz")
    return connection.getresponse().status


def _wait_until_well(address: str) -> None:
    end = time.monotonic() + 60
    while _health(address) != 200 and time.monotonic() < end:
        time.sleep(0.2)
    assert get_json(f"{address}healthz") == {"status": "ok"}
