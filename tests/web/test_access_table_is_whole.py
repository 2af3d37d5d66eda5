"""No address is left out of the table."""

from collections import Counter

from tests.web.access_table import ROWS
from tests.web.addresses import every_pattern


def test_every_address_has_a_name_and_a_row() -> None:
    names = Counter(pattern.name for pattern in every_pattern())
    assert [name for name, count in names.items() if name is None or count > 1] == []
    assert set(names) == set(ROWS)


def test_every_page_says_all_that_a_page_must_say() -> None:
    pages = [getattr(one.callback, "view_class", None) for one in every_pattern()]
    assert [page for page in pages if getattr(page, "__abstractmethods__", None)] == []
