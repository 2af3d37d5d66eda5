"""The glossary and the catalogues use the same words."""

from pathlib import Path

import pytest

from amparo.areas.plans.catalogue import Domain, domains
from amparo.kernel.catalogue import DOCUMENTS

GLOSSARY = (Path(__file__).parents[2] / "docs" / "glossary.md").read_text("utf-8")


@pytest.mark.parametrize("domain", domains(), ids=lambda domain: domain.key)
def test_a_domain_is_called_the_same_in_the_glossary_and_on_screens(domain: Domain) -> None:
    assert f"| `{domain.key}` | {domain.name['en']} | {domain.name['es']} | {domain.name['it']} |" in GLOSSARY


def test_every_document_stands_in_the_glossary_with_its_length() -> None:
    rows = [line.strip("| ").split(" | ") for line in GLOSSARY.splitlines() if line.startswith("| ")]
    assert DOCUMENTS.items() <= {row[0]: int(row[-1]) for row in rows if row[-1].isdigit()}.items()
