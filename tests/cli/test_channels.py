"""An administrator sees whether messages would leave, in lines that name the file, the field and what is expected."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from amparo.cli import parser
from tests.receiving import Received, certificate, gateway, mail_server

FILE = """
[email]
host = "localhost"
port = {mail}
security = "starttls"
sender = "hello@post.example"
username = "hello"
password = "{password}"
trusted = "{pem}"

[sms]
url = "https://localhost:{sms}/"
headers = {{Authorization = "canary-token"}}
fields = {{to = "{{to}}", text = "{{text}}"}}
trusted = "{pem}"
"""


@pytest.fixture
def node_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a new node."""
    tmp_path.chmod(0o700)
    monkeypatch.setenv("AMPARO_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def servers(tmp_path: Path, node_home: Path) -> Iterator[tuple[Received, Received]]:
    """Both kinds, running; `write` sets the node up for them."""
    pem = certificate(tmp_path)
    with mail_server(pem, "starttls") as letters, gateway(pem) as texts:
        write(node_home, mail=letters.port, sms=texts.port, pem=pem)
        yield letters, texts


def write(home: Path, password: str = "right", **filled: object) -> Path:
    home.mkdir(mode=0o700, exist_ok=True)
    file = home / "channels.toml"
    file.write_text(FILE.format(password=password, **filled))
    file.chmod(0o600)
    return file


def test_both_are_reached_and_nothing_is_sent(
    servers: tuple[Received, Received], capsys: pytest.CaptureFixture[str]
) -> None:
    assert parser.run(["channels", "check"]) == 0
    assert capsys.readouterr().out.count("reached, encrypted and trusted") == 2
    assert [one.messages for one in servers] == [[], []]


def test_what_cannot_be_reached_is_named_with_what_to_look_at(
    servers: tuple[Received, Received], node_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(node_home, "canary-wrong", mail=servers[0].port, sms=1, pem=tmp_path / "localhost.pem")
    assert parser.run(["channels", "check", "--json"]) == 1
    told = capsys.readouterr()
    found = {one["channel"]: one["problem"] for one in json.loads(told.out)["channels"]}
    assert found == {"email": "sign_in", "sms": "not_there"}
    assert "look at the user name, the password" in told.err
    assert "canary" not in told.out + told.err


def test_one_neutral_word_is_sent_to_the_administrator(
    servers: tuple[Received, Received], capsys: pytest.CaptureFixture[str]
) -> None:
    assert parser.run(["channels", "test", "--by", "sms", "--to", "+34 600 111 222"]) == 0
    assert parser.run(["channels", "test", "--by", "email", "--to", "me@post.example"]) == 0
    letters, texts = servers
    assert json.loads(texts.messages[0]) == {"to": "+34600111222", "text": "Hello."}
    assert "Hello." in letters.messages[0]
    assert "600" not in capsys.readouterr().out


def test_a_word_that_is_not_taken_is_told(
    servers: tuple[Received, Received], capsys: pytest.CaptureFixture[str]
) -> None:
    servers[1].answers.append(401)
    assert parser.run(["channels", "test", "--by", "sms", "--to", "+34600111222"]) == 1
    assert "does not let us in" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["check"], "channels.toml: expected [email] or [sms]"),
        (["test", "--by", "sms", "--to", "600"], "--to: expected a number"),
        (["test", "--by", "email", "--to", "me"], "--to: expected a mailbox"),
        (["test", "--by", "email", "--to", "me@post.example"], "channels.toml: expected [email] or [sms]"),
    ],
)
def test_what_is_missing_is_told_with_what_is_expected(
    node_home: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    assert parser.run(["channels", *arguments]) == 2
    assert told in capsys.readouterr().err


def test_a_broken_file_is_told_with_its_field(
    servers: tuple[Received, Received], node_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = node_home / "channels.toml"
    file.write_text(file.read_text().replace("port = ", "prot = "))
    assert parser.run(["channels", "check"]) == 2
    complaint = capsys.readouterr().err
    assert f"{file}: [email]: 'prot' is not known; expected" in complaint
    assert "canary" not in complaint


def test_the_other_channel_is_not_used_in_its_place(
    servers: tuple[Received, Received], node_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = node_home / "channels.toml"
    file.write_text(file.read_text().partition("[sms]")[0])
    assert parser.run(["channels", "test", "--by", "sms", "--to", "+34600111222"]) == 2
    assert "[sms]: expected" in capsys.readouterr().err
