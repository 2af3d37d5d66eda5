"""The log is checked from the command line and anchored by the worker; a forged entry is named."""

import json
from pathlib import Path

import psutil
import pytest

from tests.cli.command import Amparo
from tests.cli.test_createadmin import NEW, create

FORGERY = """
import amparo.node.database as database
with database.available(), database.connect() as connection:
    connection.execute("ALTER TABLE audit_entry DISABLE TRIGGER audit_never_changes")
    connection.execute("{sql}")
    connection.execute("ALTER TABLE audit_entry ENABLE TRIGGER audit_never_changes")
"""


@pytest.fixture
def logged(amparo: Amparo) -> Amparo:
    """A node with something in its log."""
    assert amparo("migrate").code == 0
    assert create(amparo, "ana", "casa", *NEW).code == 0
    return amparo


def test_an_untouched_log_holds_and_a_forged_entry_is_named(logged: Amparo) -> None:
    whole = logged("audit", "verify", "--json")
    assert whole.code == 0
    found = json.loads(whole.output)
    assert (found["holds"], found["entries"] > 0, found["first_broken"], found["anchors"]) == (True, True, None, 0)
    logged.python(FORGERY.format(sql="UPDATE audit_entry SET verb = 'nothing' WHERE chain = 0 AND number = 1"))
    forged = logged("audit", "verify")
    assert forged.code == 1
    assert forged.complaint == "amparo: the log was tampered with: chain 0, entry 1: an entry was changed.\n"


def test_what_was_cut_off_is_found_by_its_anchor(logged: Amparo) -> None:
    written = json.loads(logged("audit", "anchor", "--json").output)
    assert written["anchor"] == 1
    assert (Path(written["folder"]), len(written["key"])) == (logged.home / "anchors", 64)
    assert "1 anchors" in logged("audit", "verify").output
    logged.python(FORGERY.format(sql="DELETE FROM audit_entry WHERE chain = 0 AND number > 1"))
    forged = logged("audit", "verify", "--json")
    assert forged.code == 1
    first = json.loads(forged.output)["first_broken"]
    assert (first["chain"], first["number"]) == (0, 2)


def test_a_new_key_leaves_what_was_signed_before_it_in_force(logged: Amparo) -> None:
    keys = [json.loads(logged("audit", "anchor", *more, "--json").output)["key"] for more in ((), ("--new-key",))]
    assert keys[0] != keys[1]
    assert create(logged, "berta", "casa").code == 0
    assert logged("audit", "anchor").output.startswith("Anchor 2 stands in ")
    assert logged("audit", "anchor").output == "Nothing was logged since the last anchor.\n"
    assert logged("audit", "verify").code == 0


def test_the_worker_anchors_when_it_stops(logged: Amparo) -> None:
    working = logged.start("worker")
    while not working.net_connections("unix"):
        psutil.wait_procs([working], timeout=0.1)
    psutil.wait_procs([working], timeout=2)
    working.terminate()
    working.communicate(timeout=30)
    assert len(list((logged.home / "anchors").glob("*.jsonl"))) == 1
    assert logged("audit", "verify").code == 0


def test_a_copy_of_the_anchors_that_is_not_there_is_told(logged: Amparo) -> None:
    ended = logged("audit", "verify", "--anchors", "/nowhere")
    assert (ended.code, ended.complaint) == (2, "amparo: --anchors /nowhere: expected a folder with anchors.\n")
