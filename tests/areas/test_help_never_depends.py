"""R1: no help of ours reads her legal status. What grants or refuses anything cannot even reach those tables."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import amparo

PACKAGE = Path(amparo.__file__).parent
AREAS = PACKAGE / "areas"
HERE = "amparo.areas.entitlements"
OTHERS = sorted(one for one in AREAS.rglob("*.py") if "entitlements" not in one.parts)
# By these the rows could be reached from a case without an import.
LED_BY = (
    "legal_facts",
    "legal_countries",
    "kept_statuses",
    "status_changes",
    "entitlements_",
    "LegalFact",
    "KeptStatus",
)
# A copy of her file names every table about her; it grants nothing.
NAMES_EVERY_TABLE = {"rights/copying.py"}
# The pages on which we give help, or decide on it.
GIVING = ("services", "appointments", "deciding", "interviews", "referrals", "closing", "contact", "plans", "safety")


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            yield f"{node.module}"
            yield from (f"{node.module}.{one.name}" for one in node.names)
        elif isinstance(node, ast.Import):
            yield from (one.name for one in node.names)


def short(path: Path) -> str:
    return path.relative_to(AREAS).as_posix()


def test_there_is_something_that_could_be_read() -> None:
    assert len(OTHERS) > 100
    assert any(one.startswith(HERE) for one in imported(PACKAGE / "web" / "staff" / "views" / "legal" / "overview.py"))


@pytest.mark.parametrize("path", OTHERS, ids=short)
def test_no_other_area_reads_her_legal_status(path: Path) -> None:
    assert [one for one in imported(path) if one.startswith(HERE)] == []
    if short(path) not in NAMES_EVERY_TABLE:
        source = path.read_text(encoding="utf-8")
        assert [word for word in LED_BY if word in source] == []


@pytest.mark.parametrize("giving", GIVING)
def test_no_page_on_which_we_give_help_asks_what_states_would_give_her(giving: str) -> None:
    views = PACKAGE / "web" / "staff" / "views"
    pages = [one for one in views.rglob("*.py") if giving in one.relative_to(views).with_suffix("").parts]
    assert pages
    assert [name for one in pages for name in imported(one) if name.startswith(HERE)] == []
