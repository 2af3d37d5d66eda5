"""What is sealed stands nowhere in clear: a demonstration's words are looked for in all that a node keeps and says.

Every sealed sentence of the demonstration and every identifying word of `demo-identities.json` is a canary, and so are
words that the test itself types where people type: a note, a search, a wrong address, a paper's name.
"""

import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.command import Amparo, address_of
from tests.visitor import Visitor

TYPED = "Quillfeather Marrowby waits behind the bakery"
SEARCHED = "Ninebark-Thistledown"
ROOT = Path(__file__).parent.parent.parent
# The demonstration's own lists of what to look for, and of who signs in.
OUTSIDE = {"demo-accounts.json", "demo-identities.json"}
LOOK_AT_MOST = 60  # pages for each account


@dataclass(frozen=True)
class Remains:
    """What a node left behind after a day: its home, what it said on its terminal, and what it holds sealed."""

    home: Path
    said: str
    rows: str
    sealed: dict[str, list[str]]
    identifying: list[str]
    pages: dict[str, dict[str, str]]  # by role and address


@pytest.fixture(scope="module")
def remains(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Remains]:
    """A demonstration after every role walked through it."""
    amparo = Amparo(tmp_path_factory.mktemp("canaries") / "home")
    try:
        yield _a_day(amparo)
    finally:
        amparo.end_everything()


def _a_day(amparo: Amparo) -> Remains:
    server = amparo.start("demo", "--port", "0")
    address = address_of(server)
    accounts = json.loads((amparo.home / "demo-accounts.json").read_text(encoding="utf-8"))
    house = [one for one in accounts if one["organisation"] == accounts[0]["organisation"]]
    worker = next(one for one in house if one["role"] == "caseworker")
    pages = {"caseworker": _walk(address, worker, [])}
    codes = _codes(pages["caseworker"])
    pages |= {one["role"]: _walk(address, one, codes) for one in house if one["role"] not in pages}
    held = json.loads(_python(amparo, ROOT / "tests/cli/sealed_words.py"))
    server.send_signal(signal.SIGTERM)
    said = "".join(server.communicate(timeout=60))
    identifying = json.loads((amparo.home / "demo-identities.json").read_text(encoding="utf-8"))
    return Remains(amparo.home, said, held["rows"], held["sealed"], identifying, pages)


def _walk(address: str, account: dict[str, str], codes: list[str]) -> dict[str, str]:
    """Every page that links lead to, breadth first; a caseworker also types where people type."""
    visitor = Visitor(address)
    visitor.sign_in(account)
    ahead, seen = ["/"], dict[str, str]()
    while ahead and len(seen) < LOOK_AT_MOST:
        path = ahead.pop(0)
        answer = visitor.get(path)
        if path in seen or "text/html" not in answer.headers:
            continue
        seen[path] = answer.body
        links = re.findall(r'href="(/[^"#?]*)', answer.body)
        ahead += [link for link in links if not link.startswith(("/static/", "/leave", "/accounts/logout"))]
    if account["role"] == "caseworker":
        seen |= _type(visitor, seen)
    return seen | _as_a_program(visitor, codes or _codes(seen))


def _codes(seen: dict[str, str]) -> list[str]:
    every = {found for body in seen.values() for found in re.findall(r"/cases/([^/\"]+)/", body)}
    return sorted(every)[:5]


def _as_a_program(visitor: Visitor, codes: list[str]) -> dict[str, str]:
    """The same cases as JSON; whoever is shown none asks for the caseworker's all the same."""
    paths = ["/api/cases", *(f"/api/cases/{code}{part}" for code in codes for part in ("", "/notes", "/plan"))]
    answers = {path: visitor.get(path) for path in paths}
    return {path: json.dumps(json.loads(one.body), ensure_ascii=False) for path, one in answers.items()}


def _type(visitor: Visitor, seen: dict[str, str]) -> dict[str, str]:
    """Words in a note, in a search, in an address, and in a form that does not know what to do with them."""
    case = next(path for path in seen if re.fullmatch(r"/cases/[^/]+/", path))
    written = visitor.submit(f"{case}notes/new/", text=TYPED, audience="team", happened_on="2026-01-05")
    assert written.status == 200, written.body[-500:]
    asked = {
        "search": visitor.get(f"/cases/?q={SEARCHED}"),
        "no such page": visitor.get(f"/{SEARCHED}/"),
        "refused": visitor.submit(f"{case}notes/new/", text=TYPED, audience=SEARCHED, happened_on=SEARCHED),
        "signed in wrongly": Visitor(visitor.address).submit("/accounts/login/", login="nobody", password=SEARCHED),
    }
    return {name: answer.body for name, answer in asked.items()}


def _python(amparo: Amparo, script: Path) -> str:
    environment = {"PYTHONPATH": f"{ROOT}:{ROOT / 'src'}", "AMPARO_HOME": str(amparo.home), "PATH": "/usr/bin:/bin"}
    command = [sys.executable, str(script)]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True, timeout=120).stdout


def _canaries(remains: Remains) -> set[str]:
    sentences = {text for texts in remains.sealed.values() for text in texts}
    return {*sentences, *remains.identifying, TYPED, SEARCHED}


def _found_in_files(words: set[str], home: Path, beside: Path) -> list[str]:
    """The words that grep finds in the files of the home: the database's, its journal, logs, keys, papers."""
    patterns = beside / "patterns"
    patterns.write_text("\n".join(sorted(words)) + "\n", encoding="utf-8")
    skipped = [f"--exclude={name}" for name in sorted(OUTSIDE)]
    command = ["grep", "--recursive", "--text", "--only-matching", "--fixed-strings", *skipped]
    done = subprocess.run([*command, "--file", patterns, home], capture_output=True, check=False, env={"LC_ALL": "C"})
    assert done.returncode in (0, 1), done.stderr
    return sorted(set(done.stdout.decode("utf-8", "replace").splitlines()))


def test_the_canaries_are_there(remains: Remains) -> None:
    assert len(_canaries(remains)) > 500
    assert TYPED in remains.sealed["cases.Note.text"]
    assert len(remains.identifying) > 60


def test_no_sealed_word_is_in_any_file_of_the_home(remains: Remains, tmp_path: Path) -> None:
    planted = remains.home / "logs" / "planted"
    planted.write_text(f"… {TYPED} …")
    assert _found_in_files(_canaries(remains), remains.home, tmp_path) == [f"{planted}:{TYPED}"]
    planted.unlink()


def test_no_sealed_word_is_in_any_row_of_either_database(remains: Remains) -> None:
    assert "cases_note" in remains.rows or len(remains.rows) > 100_000
    assert [word for word in sorted(_canaries(remains)) if word in remains.rows] == []


def test_the_node_says_no_sealed_word_on_its_terminal(remains: Remains) -> None:
    assert [word for word in sorted(_canaries(remains)) if word in remains.said] == []


def test_no_page_shows_an_identifying_word_that_nobody_asked_to_open(remains: Remains) -> None:
    shown = [
        (role, path, word)
        for role, pages in remains.pages.items()
        for path, body in pages.items()
        for word in remains.identifying
        if word in body
    ]
    assert shown == []


@pytest.mark.parametrize(
    ("role", "but"),
    [
        ("administrator", ()),
        ("analyst", ()),
        ("facilitator", "activities.InTheRoom."),  # what she wants known in the room is for whoever holds the session
        ("data_protection_officer", "consent."),  # judges what left on the terms of each consent (domain.md)
    ],
)
def test_who_reads_no_case_is_shown_no_sentence_about_anyone(
    remains: Remains, role: str, but: str | tuple[str, ...]
) -> None:
    everything = {text for texts in remains.sealed.values() for text in texts}
    theirs = remains.pages["caseworker"]
    assert any(text in body for path, body in theirs.items() if not path.startswith("/api/") for text in everything)
    assert any(text in body for path, body in theirs.items() if path.startswith("/api/") for text in everything)
    theirs_to_know = {text for label, texts in remains.sealed.items() if label.startswith(but) for text in texts}
    hidden = sorted(everything - theirs_to_know)
    assert [(path, text) for path, body in remains.pages[role].items() for text in hidden if text in body] == []
