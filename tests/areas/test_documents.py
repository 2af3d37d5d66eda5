"""What is generated from the code says what the code says today."""

import pytest

from amparo.areas.access.rules import READS, Part, Purpose
from amparo.areas.vault.registry import marked_fields
from scripts import data_map, documents

OURS = {one.model._meta.label: one for one in marked_fields()}


@pytest.mark.parametrize("path", list(documents.documents()), ids=lambda path: path.name)
def test_a_generated_document_is_as_the_code_is(path: "documents.Path") -> None:
    written = path.read_text(encoding="utf-8") if path.exists() else ""
    assert written == documents.documents()[path], "run `make documents`"


def test_every_table_but_those_of_keys_says_who_reads_it() -> None:
    assert set(OURS) - set(data_map.READ_IN) == {"vault.PersonKey", "vault.OrganisationKey"}
    assert set(data_map.READ_IN) - set(OURS) == set()


def test_the_tables_say_something_of_every_part_and_every_role_that_reads() -> None:
    text = next(text for path, text in documents.documents().items() if path.name == "permissions.md")
    for purpose in Purpose:
        assert f"## Parts of a case: {purpose}" in text
        for role, parts in READS[purpose].items():
            assert role in text
            assert all(f"| {part} |" in text for part in parts)
    assert "`/cases/<str:code>/identity/open/`" in text
    assert f"reads {Part.IDENTITY}" in text
