"""The log: whatever is done to its rows or its anchors, checking tells."""

import json
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from amparo.areas.audit import anchors, checking
from amparo.areas.audit.actions import Trace, record, record_all
from amparo.areas.audit.checking import Break
from amparo.areas.audit.models import Entry
from amparo.node import anchor_keys
from amparo.node.errors import NodeError
from tests.stage import web_account

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
LATER = 8  # entries of chain 5 once `_more_entries` were logged


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the anchors of this test stand, and a key of their own."""
    monkeypatch.setenv("AMPARO_ANCHORS", str(tmp_path / "anchors"))
    (tmp_path / "anchors").mkdir()
    _use_keys(monkeypatch, tmp_path / "keys")
    return tmp_path / "anchors"


def _use_keys(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    monkeypatch.setattr(anchor_keys, "keys_folder", lambda: folder)


def _some_entries() -> None:
    record_all([Trace("a", facts={"n": 1}), Trace("b", reason=b"\x01\xff")], organisation=5, member=3)
    record(Trace("c"), organisation=5, member=None)
    record(Trace("d"), organisation=6, member=3)


def _more_entries() -> None:
    record_all([Trace(verb) for verb in "efghi"], organisation=5, member=3)


def _forge(*statements: str) -> None:
    """As the owner of the table could."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER audit_never_changes")
        for statement in statements:
            cursor.execute(statement)
        cursor.execute("ALTER TABLE audit_entry ENABLE TRIGGER audit_never_changes")


def _chain_anew(chain: int) -> None:
    """Give every entry the number and the hash that fit: what a careful forger does."""
    _forge(f"UPDATE audit_entry SET number = -number WHERE chain = {chain}")
    previous, entries = checking.NOTHING_BEFORE, Entry.objects.filter(chain=chain).order_by("-number")
    for number, row in enumerate(list(entries.values_list("pk", *checking._COLUMNS)), start=1):
        fitting = (chain, number, *row[3:11], previous, b"")
        digest = checking._hash_of(fitting)
        _forge(
            f"UPDATE audit_entry SET number = {number}, previous = '\\x{previous.hex()}', hash = '\\x{digest.hex()}'"
            f" WHERE id = {row[0]}"
        )
        previous = digest


def _broken() -> Break:
    breaks = checking.check().breaks
    assert breaks, "nothing was found"
    return breaks[0]


def test_an_untouched_log_holds_with_and_without_anchors() -> None:
    _some_entries()
    assert checking.check().breaks == []
    assert list(Entry.objects.filter(chain=5).order_by("number").values_list("verb", flat=True)) == ["a", "b", "c"]
    for _ in range(3):
        anchors.write()
        _more_entries()
    report = checking.check()
    assert (report.breaks, report.anchors) == ([], 3)
    assert report.entries == Entry.objects.count() == 4 + 3 * 5 + 3


@pytest.mark.parametrize("change", ["UPDATE audit_entry SET verb = 'x'", "DELETE FROM audit_entry"])
def test_a_row_cannot_be_changed(change: str) -> None:
    _some_entries()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


@pytest.mark.parametrize(
    ("forgery", "number"),
    [
        ("UPDATE audit_entry SET verb = 'x' WHERE chain = 5 AND number = 2", 2),
        ("UPDATE audit_entry SET member = NULL WHERE chain = 5 AND number = 1", 1),
        ("UPDATE audit_entry SET at = '2020-01-01T00:00:00.000000Z' WHERE chain = 5 AND number = 1", 1),
        ("UPDATE audit_entry SET reason = 'x' WHERE chain = 5 AND number = 3", 3),
        ("UPDATE audit_entry SET origin = 'elsewhere' WHERE chain = 5 AND number = 2", 2),
        ("DELETE FROM audit_entry WHERE chain = 5 AND number = 2", 2),
        ("DELETE FROM audit_entry WHERE chain = 5 AND number = 1", 1),
        ("UPDATE audit_entry SET hash = sha256('x') WHERE chain = 5 AND number = 3", 3),
        ("UPDATE audit_entry SET chain = 5, number = 4 WHERE chain = 6", 4),
    ],
)
def test_a_forged_row_is_found_without_any_anchor(forgery: str, number: int) -> None:
    _some_entries()
    _forge(forgery)
    found = _broken()
    assert (found.chain, found.number) == (5, number)


def test_two_rows_that_changed_places_are_found() -> None:
    _some_entries()
    _forge(
        "UPDATE audit_entry SET number = -1 WHERE chain = 5 AND number = 2",
        "UPDATE audit_entry SET number = 2 WHERE chain = 5 AND number = 3",
        "UPDATE audit_entry SET number = 3 WHERE chain = 5 AND number = -1",
    )
    assert _broken() == Break(5, 2, "an entry was changed")


class TestWhatFitsItsHashesIsFoundByTheAnchors:
    @pytest.fixture(autouse=True)
    def _anchored_twice(self) -> None:
        _some_entries()
        anchors.write()
        _more_entries()
        anchors.write()

    @pytest.mark.parametrize("number", [1, 5, LATER])
    def test_the_end_of_a_chain_was_cut_off(self, number: int) -> None:
        _forge(f"DELETE FROM audit_entry WHERE chain = 5 AND number >= {number}")
        found = _broken()
        assert (found.chain, found.number) == (5, number)
        assert found.reason.startswith(f"the chain ends here, but {LATER} entries were anchored")

    @pytest.mark.parametrize(("number", "first"), [(2, 1), (3, 1), (4, 4), (LATER, 4)])
    def test_a_row_was_changed_and_the_chain_made_anew(self, number: int, first: int) -> None:
        _forge(f"UPDATE audit_entry SET verb = 'x' WHERE chain = 5 AND number = {number}")
        _chain_anew(5)
        found = _broken()
        assert (found.chain, found.number) == (5, first)
        assert "are not those that were anchored" in found.reason

    def test_a_row_was_taken_out_and_the_chain_made_anew(self) -> None:
        _forge("DELETE FROM audit_entry WHERE chain = 5 AND number = 2")
        _chain_anew(5)
        assert (_broken().chain, _broken().number) == (5, 1)

    def test_the_end_was_cut_off_and_the_log_goes_on(self) -> None:
        _forge("DELETE FROM audit_entry WHERE chain = 5 AND number >= 6")
        _more_entries()
        assert (_broken().chain, _broken().number) == (5, 4)

    def test_the_whole_database_is_another(self) -> None:
        _forge("DELETE FROM audit_entry")
        assert _broken().reason.startswith("the chain ends here")
        _some_entries()
        _more_entries()
        anchors.write()
        assert "are not those that were anchored" in _broken().reason or _broken().reason.startswith("the chain ends")

    def test_an_old_database_was_put_back(self) -> None:
        _forge(
            "DELETE FROM audit_entry WHERE chain = 5 AND number > 3",
            "DELETE FROM audit_entry WHERE chain = 0 AND number > 1",
        )
        assert checking.check().breaks[0] == _broken()
        assert (_broken().chain, _broken().number) == (5, 4)

    def test_a_backup_put_back_in_the_open_is_told_and_the_log_goes_on(self) -> None:
        _forge("DELETE FROM audit_entry WHERE chain = 5 AND number > 3")
        assert checking.check().breaks != []
        anchors.write(restored=True)
        _more_entries()
        anchors.write()
        report = checking.check()
        assert (report.breaks, len(report.restored_at)) == ([], 1)
        _forge("UPDATE audit_entry SET verb = 'x' WHERE chain = 5 AND number = 2")
        _chain_anew(5)
        assert (_broken().chain, _broken().number) == (5, 1)


class TestTheAnchorsThemselves:
    @pytest.fixture(autouse=True)
    def _four_anchors(self) -> None:
        for _ in range(4):
            _some_entries()
            anchors.write()

    def _lines(self, place: Path) -> tuple[Path, list[str]]:
        (file,) = place.iterdir()
        return file, [line for line in file.read_text().splitlines() if line]

    @pytest.mark.parametrize("number", [1, 2, 4])
    def test_one_that_was_changed_is_found(self, place: Path, number: int) -> None:
        file, lines = self._lines(place)
        told = json.loads(lines[number - 1])
        told["heads"][1]["hash"] = "00" * 32
        lines[number - 1] = json.dumps(told, sort_keys=True)
        file.write_text("\n".join(lines))
        assert _broken() == Break(None, number, "this anchor is not what was signed")

    @pytest.mark.parametrize("number", [1, 2, 3])
    def test_one_that_was_taken_out_is_found(self, place: Path, number: int) -> None:
        file, lines = self._lines(place)
        file.write_text("\n".join(lines[: number - 1] + lines[number:]))
        assert _broken() == Break(None, number, "this anchor is missing, or was changed")

    @pytest.mark.parametrize("kept", [0, 1, 3])
    def test_the_last_ones_cut_off_are_known_to_the_log(self, place: Path, kept: int) -> None:
        file, lines = self._lines(place)
        file.write_text("\n".join(lines[:kept]))
        assert _broken() == Break(None, kept + 1, "the log knows an anchor that is missing, or was changed")

    def test_all_of_them_gone_is_known_to_the_log(self, place: Path) -> None:
        self._lines(place)[0].unlink()
        assert _broken() == Break(None, 1, "the log knows an anchor that is missing, or was changed")

    def test_one_that_was_made_unreadable_is_found(self, place: Path) -> None:
        file, lines = self._lines(place)
        file.write_text("\n".join([*lines[:1], lines[1][:40], *lines[2:]]))
        assert _broken() == Break(None, 2, "this anchor is missing, or was changed")

    def test_all_signed_anew_with_another_key_are_found(
        self, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self._lines(place)[0].unlink()
        own = anchor_keys.keys_folder()
        _use_keys(monkeypatch, tmp_path / "forger")
        _forge(
            "UPDATE audit_entry SET verb = 'x' WHERE chain = 5 AND number = 2",
            "DELETE FROM audit_entry WHERE chain = 0",
        )
        _chain_anew(5)
        assert anchors.write() is not None
        assert checking.check().breaks == []
        _use_keys(monkeypatch, own)
        assert _broken() == Break(None, 1, "this anchor is signed with a key that is not the node's")

    def test_those_before_a_new_key_still_hold_and_the_old_key_signs_no_more(self) -> None:
        old = anchor_keys._file("anchor.key").read_bytes()
        anchor_keys.make_new_key()
        _more_entries()
        anchors.write()
        report = checking.check()
        assert (report.breaks, report.anchors) == ([], 5)
        anchor_keys._file("anchor.key").write_bytes(old)
        _more_entries()
        anchors.write()
        assert _broken() == Break(None, 6, "this anchor is signed with a key that is not the node's")

    def test_a_line_that_a_crash_cut_off_is_no_forgery(self, place: Path) -> None:
        file, lines = self._lines(place)
        with file.open("a") as stream:
            stream.write(lines[-1][:30])
        assert checking.check().breaks == []
        _more_entries()
        assert anchors.write() is not None
        assert (checking.check().breaks, checking.check().anchors) == ([], 5)

    def test_nothing_is_added_where_nothing_was_logged(self) -> None:
        assert anchors.write() is None
        _more_entries()
        assert anchors.write() is not None
        assert anchors.write() is None

    def test_log_and_anchors_set_back_together_are_found_by_a_copy_kept_elsewhere(
        self, place: Path, tmp_path: Path
    ) -> None:
        copy = tmp_path / "copy"
        copy.mkdir()
        (copy / "of-them.jsonl").write_bytes(self._lines(place)[0].read_bytes())
        file, lines = self._lines(place)
        _forge(
            "DELETE FROM audit_entry WHERE chain = 0 AND number > 1",
            "DELETE FROM audit_entry WHERE chain = 5 AND number > 3",
        )
        file.write_text("\n".join(lines[:1]))
        assert checking.check().breaks == []
        assert checking.check(copy).breaks[0].reason.startswith("the chain ends here")

    def test_a_lost_key_is_not_replaced_unasked(self) -> None:
        anchor_keys._file("anchor.key").unlink()
        _more_entries()
        with pytest.raises(NodeError, match=r"anchor\.key is missing: .*--new-key"):
            anchors.write()
        anchor_keys.make_new_key()
        anchors.write()
        assert checking.check().breaks == []

    def test_a_damaged_key_is_told(self) -> None:
        anchor_keys._file("anchor.key").write_bytes(b"short")
        _more_entries()
        with pytest.raises(NodeError, match="is damaged"):
            anchors.write()

    def test_the_webs_account_may_anchor(self) -> None:
        _more_entries()
        with web_account():
            assert anchors.write() is not None
        assert checking.check().breaks == []


def test_a_folder_that_is_not_there_is_told(place: Path) -> None:
    _some_entries()
    place.rmdir()
    with pytest.raises(NodeError, match=r"The anchors in .* cannot be written"):
        anchors.write()
