"""What leaves the house says who took it out, and the log knows its number; a paper of hers names nobody."""

import json
from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader

from amparo.areas.access.exports import Export, subject_of, take_out
from amparo.areas.audit.models import Entry
from amparo.kernel.tables import read_csv
from amparo.web import exports, pdf
from tests.cast import Cast
from tests.web.conftest import SignIn


@pytest.fixture
def export(cast: Cast) -> Export:
    return take_out("figures", by=cast["coordinator"], facts={"rows": 2})


def words(made: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(made)).pages).split())


def test_the_number_leads_to_the_entry_of_the_log(cast: Cast, export: Export) -> None:
    entry = Entry.objects.get(subject=subject_of(f" {export.number.lower()} "))
    assert (entry.verb, entry.member) == ("taken out", cast["coordinator"].member)
    assert json.loads(entry.facts) == {"what": "figures", "rows": 2}


def test_the_mark_names_reader_organisation_moment_and_number(export: Export) -> None:
    mark = exports.watermark(export)
    for part in ("Coordinator", "Here House", str(export.moment.year), export.number):
        assert part in mark


def test_two_exports_never_share_a_number(cast: Cast, export: Export) -> None:
    assert take_out("figures", by=cast["coordinator"]).number != export.number


def test_the_last_line_of_a_table_is_the_mark_and_no_cell_is_obeyed(export: Export) -> None:
    answer = exports.csv_response(["What"], [["=1+1"], ["\t@x"]], export=export)
    assert read_csv(answer.content) == [["What"], ["=1+1"], ["\t@x"], [exports.watermark(export)]]
    assert b"'=1+1" in answer.content
    assert answer.headers["Content-Disposition"] == 'attachment; filename="table.csv"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_last_field_of_a_file_for_programs_is_the_mark(export: Export) -> None:
    content = json.loads(exports.json_response({"rows": [1]}, export=export).content)
    assert list(content) == ["rows", "taken_out"]
    assert content["taken_out"]["by"] == "Coordinator"
    assert content["taken_out"]["number"] == export.number


def test_a_paper_is_marked_across_and_below(export: Export) -> None:
    made = exports.paper("Figures", [pdf.text("what it says")], export=export, title="Notes", language="en")
    assert words(made).count(export.number) == 1 + len(PdfReader(BytesIO(made)).pages)


def test_what_is_hers_carries_the_number_and_names_nobody(export: Export) -> None:
    made = exports.paper("Hers", [pdf.text("x")], export=export, title="Notes", language="en", hers=True)
    told = exports.json_response({}, export=export, hers=True).content.decode()
    for text in (words(made), told):
        assert export.number in text
        assert "Coordinator" not in text
        assert "Here House" not in text


def test_a_paper_tells_neither_its_maker_nor_when_nor_where_it_was_made(export: Export) -> None:
    made = exports.paper("H", [pdf.text("x")], export=export, title="Notes", language="en")
    known = PdfReader(BytesIO(made)).metadata
    assert known is not None
    assert {key: str(value).strip() for key, value in known.items() if str(value).strip()} == {"/Title": "Notes"}
    for trace in (b"Typst", b"CreateDate", b"CreationDate", b"ModDate", b"Producer", b"/home", b"/root", b"/tmp"):
        assert trace not in made


def test_a_printed_page_says_who_printed_it(cast: Cast, sign_in: SignIn) -> None:
    page = sign_in("assigned").get(f"/cases/{cast.code}/notes/").text
    assert '<p class="a-printed">Printed by Assigned, Here House, ' in page
    assert "a-printed" not in Client().get("/accounts/login/").text


def test_a_sheet_of_hers_does_not_say_who_printed_it(cast: Cast, sign_in: SignIn) -> None:
    assert "a-printed" not in sign_in("assigned").get(f"/cases/{cast.code}/consents/hers/").text
