"""What is wrong is said in one line, with the exit code of the contract, before anything is written."""

import ast
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from amparo.cli import main, parser
from amparo.cli.serving import listen
from amparo.node.errors import NodeError
from tests.cli.command import Amparo

COMMANDS = ("demo", "serve", "worker", "migrate", "createadmin", "channels")


def lines(text: str) -> int:
    return len(text.strip().splitlines())


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_answers_help(capsys: pytest.CaptureFixture[str], command: str) -> None:
    with pytest.raises(SystemExit) as leaving:
        parser.run([command, "--help"])
    assert leaving.value.code == 0
    assert command in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["serve", "--port", "70000"], "70000"),
        (["serve", "--port", "-1"], "-1"),
        (["serve", "--port", "many"], "many"),
        (["demo", "--port", ""], "--port"),
        (["demo", "--cases", "0"], "'0'"),
        (["demo", "--cases", "some"], "some"),
        (["sreve"], "sreve"),
        ([], "COMMAND"),
        (["createadmin"], "--username"),
    ],
)
def test_a_wrong_argument_is_named_in_one_line(
    capsys: pytest.CaptureFixture[str], arguments: list[str], named: str
) -> None:
    with pytest.raises(SystemExit) as leaving:
        parser.run(arguments)
    complaint = capsys.readouterr().err
    assert leaving.value.code == 2
    assert named in complaint
    assert lines(complaint) == 1


def test_a_wrong_argument_writes_nothing(amparo: Amparo) -> None:
    assert amparo("serve", "--port", "70000").code == 2
    assert not amparo.home.exists()


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_taken_port_is_told_before_anything_is_written(amparo: Amparo, command: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        ended = amparo(command, "--port", port)
    assert ended.code == 1
    assert (
        ended.complaint == f"amparo: Port {port} is taken: choose another with --port, or a free one with --port 0.\n"
    )
    assert not amparo.home.exists()


@pytest.mark.parametrize("host", ["192.0.2.1", "no such host"])
def test_an_address_of_another_machine_is_refused(host: str) -> None:
    with pytest.raises(NodeError, match="is not an address of this machine") as refusal:
        listen(host, 0)
    assert refusal.value.exit_code == 2


@pytest.mark.parametrize("command", ["serve", "migrate", "worker"])
def test_a_home_that_is_a_file_is_told(amparo: Amparo, command: str) -> None:
    amparo.home.write_text("")
    ended = amparo(command)
    assert ended.code == 1
    assert ended.complaint.startswith(f"amparo: AMPARO_HOME {amparo.home} cannot be used:")
    assert lines(ended.complaint) == 1


@pytest.mark.parametrize("command", ["serve", "migrate", "worker", "demo"])
def test_a_database_that_cannot_be_reached_is_told(amparo: Amparo, command: str) -> None:
    port = ["--port", "0"] if command in {"serve", "demo"} else []
    ended = amparo(command, *port, DATABASE_URL="postgresql://rosa:secret@127.0.0.1:1/ours")
    assert ended.code == 1
    assert ended.complaint.startswith("amparo: The database on 127.0.0.1 cannot be reached:")
    assert "secret" not in ended.complaint
    assert lines(ended.complaint) == 1


def test_a_wrong_database_url_is_told(amparo: Amparo) -> None:
    ended = amparo("serve", "--port", "0", DATABASE_URL="mysql://rosa:secret@h/ours")
    assert ended.code == 2
    assert ended.complaint.startswith("amparo: DATABASE_URL is not valid")
    assert "secret" not in ended.complaint


def test_an_old_python_is_told_which_one_is_needed() -> None:
    code = "import sys; sys.version_info = (3, 10, 4); import amparo.cli.main"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == "amparo: Python 3.11 or newer is needed; this is Python 3.10.\n"


def test_an_old_python_can_read_everything_up_to_that_line() -> None:
    package = Path(main.__file__).parent
    for file in (package.parent / "__init__.py", package / "__init__.py", package / "main.py"):
        ast.parse(file.read_text(encoding="utf-8"), feature_version=(3, 6))


def test_a_command_is_found_by_being_in_the_folder() -> None:
    files = {file.stem for file in Path(parser.commands.__path__[0]).glob("[a-z]*.py")}
    assert set(COMMANDS) <= files


def test_a_reader_that_goes_away_is_no_error(amparo: Amparo) -> None:
    command = f"{sys.executable} -m amparo.cli.main --help | head -c 1"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, check=False, text=True)
    assert done.stderr == ""
