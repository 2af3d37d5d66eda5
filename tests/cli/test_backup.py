"""A backup holds everything but the keys, and comes back whole or not at all."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import cast as canaries
from tests.cli.command import Amparo
from tests.cli.keeping import Seen, cut_at, destroy, environment, look, write_another_note
from tests.content import rule_files
from tests.world import FOREIGN_CALLED, FOREIGN_FAMILY_NAME, FOREIGN_NOTE, THING

WORDS = [canaries.CALLED, canaries.FAMILY_NAME, canaries.TEAM_NOTE, canaries.PHONE, THING]
WORDS += [FOREIGN_CALLED, FOREIGN_FAMILY_NAME, FOREIGN_NOTE]
KILLED = -9


@pytest.fixture
def backup(kept: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(kept / "first.bak", tmp_path / "first.bak"))


def everything_below(home: Path) -> dict[str, bytes]:
    """Every file of the node but the database's own and the locks."""
    files = (path for path in home.rglob("*") if path.is_file() and "postgres" not in path.parts)
    return {str(path.relative_to(home)): path.read_bytes() for path in files if path.suffix not in (".lock", ".log")}


def test_a_backup_comes_back_into_an_empty_home_with_a_copy_of_the_keys(
    kept: Path, backup: Path, tmp_path: Path, seen: Seen
) -> None:
    empty = Amparo(tmp_path / "elsewhere")
    done = empty("restore", str(backup), "--keys", str(kept / "home" / "keys"))
    assert (done.code, done.complaint) == (0, "")
    assert look(empty) == seen
    assert seen.closed == {}
    assert all(seen.papers)
    assert seen.papers
    assert json.loads(empty("audit", "verify", "--json").output)["holds"] is True


def test_keys_that_stand_in_the_empty_home_already_are_enough(
    kept: Path, backup: Path, tmp_path: Path, seen: Seen
) -> None:
    empty = Amparo(tmp_path / "elsewhere")
    empty.home.mkdir(mode=0o700)
    shutil.copytree(kept / "home" / "keys", empty.home / "keys")
    assert empty("restore", str(backup)).code == 0
    assert look(empty) == seen


def test_rules_that_the_node_keeps_of_its_own_come_back(keeping: Amparo, kept: Path, tmp_path: Path) -> None:
    rules = rule_files.write(keeping.home / "entitlements")
    made = tmp_path / "second.bak"
    assert keeping("backup", str(made)).code == 0
    empty = Amparo(tmp_path / "elsewhere")
    assert empty("restore", str(made), "--keys", str(kept / "home" / "keys")).code == 0
    again = empty.home / "entitlements" / "be" / "2013.yaml"
    assert again.read_bytes() == rules.read_bytes()


def test_destroying_her_key_erases_her_from_a_backup_made_before(keeping: Amparo, backup: Path, seen: Seen) -> None:
    """And nobody else; what is counted stays."""
    assert any(canaries.TEAM_NOTE in words for words in seen.opened["here"])
    destroy(keeping, "here")
    assert keeping("restore", "--replace", str(backup)).code == 0
    after = look(keeping)
    assert "here" not in after.opened
    assert after.closed["here"] == len(seen.opened["here"])
    assert after.opened["there"] == seen.opened["there"]
    assert (after.codes, after.statuses) == (seen.codes, seen.statuses)


def test_she_is_erased_too_where_the_backup_goes_into_an_empty_home_with_the_keys_of_today(
    keeping: Amparo, backup: Path, tmp_path: Path, seen: Seen
) -> None:
    destroy(keeping, "here")
    empty = Amparo(tmp_path / "elsewhere")
    done = empty("restore", str(backup), "--keys", str(keeping.home / "keys"))
    assert done.code == 0
    assert "the keys of 1 persons are not there" in done.complaint
    after = look(empty)
    assert "here" not in after.opened
    assert after.opened["there"] == seen.opened["there"]
    assert look(keeping).opened.keys() == after.opened.keys()


def test_no_word_of_hers_stands_in_the_backup_nor_in_the_files_of_the_database(kept: Path) -> None:
    files = [path for path in kept.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) > 10_000_000
    assert [word for word in WORDS for path in files if word.encode() in path.read_bytes()] == []


def test_the_same_state_never_gives_the_same_file_and_no_other_account_reads_it(
    keeping: Amparo, tmp_path: Path
) -> None:
    for name in ("one", "other"):
        assert keeping("backup", str(tmp_path / name)).code == 0
    assert (tmp_path / "one").read_bytes() != (tmp_path / "other").read_bytes()
    assert (tmp_path / "one").stat().st_mode & 0o777 == 0o600


def test_a_backup_is_made_while_the_node_serves(keeping: Amparo, tmp_path: Path) -> None:
    serving = keeping.start("serve", "--port", "0")
    assert "Amparo is at" in serving.stdout.readline()
    made = keeping("backup", str(tmp_path / "served.bak"), "--json")
    papers = [path for path in (keeping.home / "files").rglob("*") if path.is_file()]
    assert json.loads(made.output)["files"] >= len(papers) >= 2  # the worker may add an anchor meanwhile
    refused = keeping("restore", "--replace", str(tmp_path / "served.bak"))
    assert (refused.code, "stop `amparo serve`" in refused.complaint) == (1, True)


def test_a_drill_restores_elsewhere_looks_and_leaves_nothing(keeping: Amparo, backup: Path, tmp_path: Path) -> None:
    before = everything_below(keeping.home)
    place = tmp_path / "drill"
    place.mkdir()
    done = keeping("restore", "--drill", str(backup), "--json", TMPDIR=str(place))
    found = json.loads(done.output)
    assert (done.code, found["holds"], found["persons_without_keys"]) == (0, True, [])
    assert found["sample"]["opened"] > 40
    assert list(place.iterdir()) == []
    assert everything_below(keeping.home) == before


def _flipped(backup: Path) -> None:
    content = bytearray(backup.read_bytes())
    content[len(content) // 2] ^= 1
    backup.write_bytes(content)


def _flipped_head(backup: Path) -> None:
    backup.write_bytes(backup.read_bytes().replace(b'"made_at": "2', b'"made_at": "3', 1))


def _cut(backup: Path) -> None:
    backup.write_bytes(backup.read_bytes()[:-100])


def _cut_to_its_head(backup: Path) -> None:
    backup.write_bytes(backup.read_bytes()[:20])


def _longer(backup: Path) -> None:
    backup.write_bytes(backup.read_bytes() + b"more")


def _foreign(backup: Path) -> None:
    content = backup.read_bytes()
    at = content.index(b'"node_key": "') + 13
    backup.write_bytes(content[:at] + b"0" * 16 + content[at + 16 :])


def _something_else(backup: Path) -> None:
    backup.write_bytes(b"PK\x03\x04 another file")


@pytest.mark.parametrize(
    ("harm", "line"),
    [
        (_flipped, "is damaged: a part of it was changed. Nothing was changed."),
        (_flipped_head, "is damaged: a part of it was changed. Nothing was changed."),
        (_cut, "is damaged: it ends too early. Nothing was changed."),
        (_cut_to_its_head, "is damaged: its head cannot be read."),
        (_longer, "is damaged: something follows its end. Nothing was changed."),
        (_foreign, "was made by another node, or with a node key that is not among the keys."),
        (_something_else, "is not a backup of Amparo."),
    ],
)
def test_a_file_that_is_not_a_whole_backup_of_this_node_changes_nothing(
    keeping: Amparo, backup: Path, harm: Callable[[Path], None], line: str
) -> None:
    before = everything_below(keeping.home)
    harm(backup)
    done = keeping("restore", "--replace", str(backup))
    assert (done.code, done.complaint) == (2, f"amparo: {backup} {line}\n")
    assert everything_below(keeping.home) == before


def test_data_is_never_overwritten_unless_that_was_asked_for(keeping: Amparo, backup: Path) -> None:
    done = keeping("restore", str(backup))
    assert (done.code, "holds data already: add --replace" in done.complaint) == (2, True)


def test_a_backup_never_overwrites_a_file(keeping: Amparo, backup: Path) -> None:
    before = backup.read_bytes()
    done = keeping("backup", str(backup))
    assert (done.code, "is there already" in done.complaint) == (2, True)
    assert backup.read_bytes() == before


@pytest.mark.parametrize("place", ["nowhere/x.bak", "home/files/x.bak", "home/keys/x.bak"])
def test_a_backup_has_a_place_outside_of_what_it_keeps(keeping: Amparo, place: str) -> None:
    done = keeping("backup", str(keeping.home.parent / place))
    assert (done.code, done.complaint.count("\n")) == (2, 1)


def test_without_its_key_a_node_makes_no_backup_and_takes_none(keeping: Amparo, backup: Path, tmp_path: Path) -> None:
    (keeping.home / "keys" / "node.key").rename(tmp_path / "node.key")
    for arguments in (("backup", str(tmp_path / "x.bak")), ("restore", "--replace", str(backup)), ("serve",)):
        done = keeping(*arguments)
        assert done.code == 1
        assert "node.key is missing" in done.complaint
        assert done.complaint.count("\n") == 1
    assert not (keeping.home / "keys" / "node.key").exists()
    assert not (tmp_path / "x.bak").exists()


@pytest.mark.parametrize(("content", "line"), [(b"w" * 32, "is not the one"), (b"short", "is damaged")])
def test_with_a_wrong_key_nothing_starts_and_nothing_changes(keeping: Amparo, content: bytes, line: str) -> None:
    (keeping.home / "keys" / "node.key").write_bytes(content)
    before = everything_below(keeping.home)
    for arguments in (("serve", "--port", "0"), ("backup", str(keeping.home.parent / "x.bak")), ("keys", "check")):
        done = keeping(*arguments)
        assert (done.code, line in done.complaint, done.complaint.count("\n")) == (1, True, 1)
    assert everything_below(keeping.home) == before


def test_a_full_disk_is_one_line_and_no_file(keeping: Amparo, tmp_path: Path) -> None:
    limit = ["bash", "-c", 'ulimit -f 100; trap "" XFSZ; exec "$@"', "-"]
    command = [*limit, sys.executable, "-m", "amparo.cli.main", "backup", str(tmp_path / "x.bak")]
    done = subprocess.run(command, env=environment(keeping), capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "x.bak").exists()


@pytest.mark.parametrize(
    ("function", "times"),
    [
        ("amparo.node.backup.frames:FrameWriter.write", 5),
        ("amparo.node.backup.dump:pieces", 1),
        ("amparo.node.backup.saving:contents", 1),
    ],
)
def test_a_backup_that_was_killed_goes_on_with_what_is_there(
    keeping: Amparo, tmp_path: Path, seen: Seen, function: str, times: int
) -> None:
    target = tmp_path / "killed.bak"
    assert cut_at(keeping, function, times, "backup", str(target)) == KILLED
    if not target.exists():
        assert keeping("backup", str(target)).code == 0
    assert not target.with_name("killed.bak.part").exists()
    assert keeping("restore", "--replace", str(target)).code == 0
    assert look(keeping) == seen


def test_papers_that_were_written_before_it_was_killed_are_not_written_again(keeping: Amparo, tmp_path: Path) -> None:
    target = tmp_path / "killed.bak"
    part = target.with_name("killed.bak.part")
    assert cut_at(keeping, "amparo.node.backup.dump:dump", 1, "backup", str(target)) == KILLED
    before = part.read_bytes()
    assert keeping("backup", str(target)).code == 0
    assert target.read_bytes()[: len(before)] == before


@pytest.mark.parametrize(
    ("function", "times", "comes"),
    [
        ("amparo.node.backup.restoring:_write", 2, "old"),
        ("amparo.node.backup.restoring:_ask_for_migration", 1, "old"),
        ("amparo.node.backup.swap:_swap_databases", 1, "new"),
        ("amparo.node.backup.swap:_swap_folder", 1, "new"),
        ("amparo.node.backup.swap:_swap_folder", 2, "new"),
        ("amparo.node.backup.swap:_forget_note", 1, "new"),
    ],
)
def test_a_restore_that_was_killed_is_all_or_nothing_at_the_next_start(
    keeping: Amparo, backup: Path, seen: Seen, function: str, times: int, comes: str
) -> None:
    write_another_note(keeping)
    assert cut_at(keeping, function, times, "restore", "--replace", str(backup)) == KILLED
    assert keeping("migrate").code == 0
    after = look(keeping)
    assert after.notes == seen.notes + (comes == "old")
    assert (after.closed, after.papers, after.databases) == ({}, seen.papers, ["amparo", "amparo_keys"])
    left = {path.name for path in keeping.home.iterdir()}
    assert left & {"restore.json", "restoring", "before-restore"} == set()
