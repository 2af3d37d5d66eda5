"""A page asks the database as often for thirty rows as for one."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amparo.areas.access.rules import Audience
from amparo.areas.cases import actions as cases
from amparo.areas.cases.dues import set_due
from amparo.areas.cases.rules import DueKind
from amparo.areas.people import actions as people
from amparo.areas.people.actions import Particulars
from amparo.kernel import clock
from tests.cast import Cast
from tests.web.conftest import SignIn


def _one_more(cast: Cast, number: int) -> None:
    """One more note, one more thing due, one more woman."""
    worker, case = cast["assigned"], cast.case()
    day = date(2026, 2, 1 + number % 28)
    cases.write_note(case, by=worker, text="a note", audience=Audience.TEAM, happened_on=day)
    set_due(case, DueKind.MEASURE, on=clock.today("Europe/Madrid"), subject=1000 + number)
    person = people.create_person(by=worker, particulars=Particulars(called="Someone"))
    cases.open_case(person, by=worker, referent=worker.member)


@pytest.mark.parametrize("page", ["/", "/cases/", "/cases/?q=Someone", "{case}", "{case}notes/", "{case}history/"])
def test_thirty_rows_take_as_many_queries_as_one(cast: Cast, sign_in: SignIn, page: str) -> None:
    address, client, counts = page.format(case=f"/cases/{cast.code}/"), sign_in("assigned"), []
    for rows in (range(1), range(1, 30)):
        for number in rows:
            _one_more(cast, number)
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        counts.append(len(asked))
    assert counts[0] == counts[1]
