"""Tables as text for other programs: comma-separated, and safe where a spreadsheet opens them (pure).

A spreadsheet obeys a cell that begins like a formula (OWASP, CSV Injection). Such a text gets an apostrophe before it,
as does a text that begins with one, so that `read_csv` gives back exactly what went in.
"""

import csv
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from io import StringIO

Cell = str | int | float | Decimal | date | None
APOSTROPHE = "'"
# U+2212 is the minus of typesetters; the full-width, small and raised signs fold into these four.
_FORMULA = frozenset("=+-@\u2212")
_CONTROLS = ("\t", "\r", "\n")
_BYTE_ORDER_MARK = "\ufeff"  # without it some spreadsheets read every accent wrongly


def csv_of(rows: Iterable[Sequence[Cell]]) -> bytes:
    """The rows in UTF-8, as RFC 4180 has it, every text in quotes. Numbers stay numbers; days are as in ISO 8601."""
    out = StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerows([_written(cell) for cell in row] for row in rows)
    return (_BYTE_ORDER_MARK + out.getvalue()).encode()


def read_csv(content: bytes) -> list[list[str]]:
    """The rows of what `csv_of` wrote, every cell as text, freed of the apostrophes that it put there."""
    text = content.decode().removeprefix(_BYTE_ORDER_MARK)
    return [[plain_cell(cell) for cell in row] for row in csv.reader(StringIO(text, newline=""))]


def safe_cell(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would obey it."""
    return APOSTROPHE + text if text.startswith(APOSTROPHE) or _is_obeyed(text) else text


def plain_cell(cell: str) -> str:
    """The text that `safe_cell` was given."""
    return cell.removeprefix(APOSTROPHE)


def _is_obeyed(text: str) -> bool:
    """Whether the first sign that counts begins a formula: spaces and signs nobody sees are passed over by some."""
    if text.startswith(_CONTROLS):
        return True
    first = next((sign for sign in text if not _is_passed_over(sign)), "")
    return first in _CONTROLS or unicodedata.normalize("NFKC", first) in _FORMULA


def _is_passed_over(sign: str) -> bool:
    return sign not in _CONTROLS and unicodedata.category(sign) in ("Zs", "Zl", "Zp", "Cf", "Cc")


def _written(cell: Cell) -> str | int | float | Decimal:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return safe_cell(cell)
    return cell.isoformat() if isinstance(cell, date) else cell
