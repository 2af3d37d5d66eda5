"""The log is checked from the command line, and a forged entry is named."""

import json

from tests.cli.command import Amparo
from tests.cli.test_createadmin import NEW, create

FORGERY = """
import amparo.node.database as database
with database.available(), database.connect() as connection:
    connection.execute("ALTER TABLE audit_entry DISABLE TRIGGER audit_never_changes")
    connection.execute("{sql}")
    connection.execute("ALTER TABLE audit_entry ENABLE TRIGGER audit_never_changes")
"""


def test_an_untouched_log_holds_and_a_forged_entry_is_named(amparo: Amparo) -> None:
    assert amparo("migrate").code == 0
    assert create(amparo, "ana", "casa", *NEW).code == 0
    whole = amparo("audit", "verify", "--json")
    assert whole.code == 0
    assert json.loads(whole.output)["holds"] is True
    assert json.loads(whole.output)["entries"] > 0
    amparo.python(FORGERY.format(sql="UPDATE audit_entry SET verb = 'nothing' WHERE chain = 0 AND number = 1"))
    forged = amparo("audit", "verify")
    assert forged.code == 1
    assert forged.complaint == "amparo: the log was tampered with: chain 0, entry 1: an entry was changed.\n"
