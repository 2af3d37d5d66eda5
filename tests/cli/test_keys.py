"""Keys are replaced, split among custodians and put back from the command line; a lost one is never made anew."""

import json
import shutil
from pathlib import Path
from subprocess import CalledProcessError

import pytest

from tests.cli.command import Amparo
from tests.cli.keeping import Seen, cut_at, destroy, fill, look

KILLED = -9


def lists_of(node: Amparo, threshold: int, shares: int) -> list[str]:
    done = node("keys", "split", "--threshold", str(threshold), "--shares", str(shares), "--json")
    assert (done.code, done.complaint) == (0, "")
    found: list[str] = json.loads(done.output)["lists"]
    return found


def test_every_level_is_replaced_and_everything_opens(keeping: Amparo, seen: Seen) -> None:
    first = (keeping.home / "keys" / "node.key").read_bytes()
    for arguments in (["node"], ["organisation"], ["person", "--organisation", "here"]):
        done = keeping("keys", "rotate", "--settle", "0", "--level", *arguments)
        assert (done.code, done.complaint) == (0, "")
    assert look(keeping) == seen
    assert (keeping.home / "keys" / "node.key").read_bytes() != first
    assert json.loads(keeping("keys", "check", "--json").output)["unreadable"] == []


@pytest.mark.parametrize(
    ("function", "times"),
    [
        ("amparo.areas.vault.rules:seal", 2),
        ("amparo.node.secrets:promote_next_node_key", 1),
        ("amparo.node.secrets:write_private", 2),
        ("amparo.areas.vault.keystore:refresh", 1),
    ],
)
def test_replacing_the_node_s_key_may_be_killed_anywhere(
    keeping: Amparo, seen: Seen, function: str, times: int
) -> None:
    assert cut_at(keeping, function, times, "keys", "rotate", "--level", "node") == KILLED
    assert look(keeping) == seen
    assert keeping("keys", "rotate", "--level", "node").code == 0
    assert look(keeping) == seen
    assert not (keeping.home / "keys" / "node.key.next").exists()


def test_a_backup_made_before_the_node_s_key_was_replaced_opens_after_it(keeping: Amparo, seen: Seen) -> None:
    backup = keeping.home.parent / "before.bak"
    assert keeping("backup", str(backup)).code == 0
    assert keeping("keys", "rotate", "--level", "node").code == 0
    assert keeping("restore", "--replace", str(backup)).code == 0
    assert look(keeping) == seen


def test_any_two_of_three_custodians_bring_a_lost_key_back(keeping: Amparo, seen: Seen) -> None:
    lists = lists_of(keeping, 2, 3)
    assert {len(words.split()) for words in lists} == {33}
    file = keeping.home / "keys" / "node.key"
    key = file.read_bytes()
    for some in (lists[:2], lists[1:], [lists[2], lists[0]]):
        file.unlink()
        done = keeping("keys", "recover", typed="\n\n".join(some))
        assert (done.code, done.complaint) == (0, "")
        assert file.read_bytes() == key
    assert look(keeping) == seen


def test_the_lists_as_they_are_printed_can_be_typed_again(keeping: Amparo, tmp_path: Path) -> None:
    printed = keeping("keys", "split", "--threshold", "2", "--shares", "2").output
    (tmp_path / "lists.txt").write_text(printed.upper())
    (keeping.home / "keys" / "node.key").write_bytes(b"damaged")
    assert keeping("keys", "recover", str(tmp_path / "lists.txt")).code == 0
    assert keeping("keys", "check").code == 0


def test_where_there_is_nothing_to_try_a_key_on_that_is_said(keeping: Amparo, tmp_path: Path) -> None:
    lists = lists_of(keeping, 2, 2)
    empty = Amparo(tmp_path / "empty")
    done = empty("keys", "recover", typed="\n".join(lists))
    assert (done.code, done.complaint) == (0, "There is nothing yet that the key could be tried on.\n")
    assert (empty.home / "keys" / "node.key").read_bytes() == (keeping.home / "keys" / "node.key").read_bytes()


def test_wrong_lists_are_refused_in_one_line_and_nothing_is_written(keeping: Amparo) -> None:
    lists, others = lists_of(keeping, 2, 3), lists_of(keeping, 2, 3)
    wrong_word = " ".join(["academic" if at == 9 else word for at, word in enumerate(lists[1].split())])
    foreign = Amparo(keeping.home.parent / "foreign")
    assert foreign("migrate").code == 0
    fill(foreign)
    cases = {
        "List 1, word 1 is not a word of these lists.": f"hello {lists[0]}",
        "List 2 is not as it was written": f"{lists[0]}\n{wrong_word}",
        "1 lists were given, 2 are needed.": lists[0],
        "1 lists were given, 2 are needed": f"{lists[0]}\n{lists[0]}",
        "List 2 belongs to another set than list 1.": f"{lists[0]}\n{others[1]}",
        "No word list was given.": "\n",
        "but not this node's: nothing was written.": "\n".join(lists_of(foreign, 2, 2)),
    }
    file = keeping.home / "keys" / "node.key"
    before = file.read_bytes()
    for line, typed in cases.items():
        done = keeping("keys", "recover", typed=typed)
        assert line in done.complaint
        assert (done.code, done.complaint.count("\n")) == (1 if "this node" in line else 2, 1)
        assert file.read_bytes() == before


@pytest.mark.parametrize(("threshold", "shares"), [("1", "3"), ("4", "3"), ("2", "17")])
def test_numbers_of_custodians_that_cannot_be_are_refused(keeping: Amparo, threshold: str, shares: str) -> None:
    done = keeping("keys", "split", "--threshold", threshold, "--shares", shares)
    assert (done.code, done.output) == (2, "")


@pytest.mark.parametrize(
    "arguments",
    [
        ("--level", "nothing"),
        ("--level", "node", "--organisation", "here"),
        ("--level", "person", "--organisation", "x"),
    ],
)
def test_what_cannot_be_replaced_is_refused(keeping: Amparo, arguments: tuple[str, ...]) -> None:
    done = keeping("keys", "rotate", *arguments)
    assert (done.code, done.complaint.count("\n")) == (2, 1)


def test_a_lost_database_of_keys_comes_back_from_the_copy_beside_the_node_s_key(keeping: Amparo, seen: Seen) -> None:
    assert keeping("backup", str(keeping.home.parent / "x.bak")).code == 0
    drop = "import amparo.node.database as d\nwith d.available(), d.connect(d.KEYS) as c:\n"
    keeping.python(drop + "    c.execute('TRUNCATE vault_organisationkey, vault_personkey')")
    refused = keeping("serve", "--port", "0")
    assert (refused.code, "The database of keys is empty" in refused.complaint) == (1, True)
    assert keeping("keys", "restore").code == 0
    assert look(keeping) == seen
    again = keeping("keys", "restore")
    assert (again.code, "holds keys already" in again.complaint) == (1, True)


def test_whose_key_is_destroyed_leaves_the_copy_at_once(keeping: Amparo, seen: Seen) -> None:
    assert keeping("backup", str(keeping.home.parent / "x.bak")).code == 0
    before = shutil.copytree(keeping.home / "keys", keeping.home.parent / "before")
    destroy(keeping, "here")
    script = "from pathlib import Path\nfrom amparo.areas.vault import keystore\n"
    script += f"assert len(keystore.read(Path({str(before)!r})).persons) == 2\nassert len(keystore.read().persons) == 1"
    keeping.python(script)


def test_a_lost_key_is_never_made_anew(keeping: Amparo) -> None:
    (keeping.home / "keys" / "node.key").unlink()
    script = "from amparo.areas.vault import nodekey\nfrom amparo.node import database\nwith database.available():\n"
    script += "    nodekey.seal_for_node(b'x', purpose='second factor', context='second factor')"
    with pytest.raises(CalledProcessError):
        keeping.python(script)
    assert not (keeping.home / "keys" / "node.key").exists()
    for arguments in (("migrate",), ("demo", "--fill-only"), ("keys", "check")):
        done = keeping(*arguments)
        assert (done.code, "node.key is missing" in done.complaint) == (1, True)
    assert not (keeping.home / "keys" / "node.key").exists()
