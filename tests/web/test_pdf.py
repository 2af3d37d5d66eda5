"""Papers: everybody can read them, also with a screen reader, and they betray nothing about who made them."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from amparo.web import pdf
from amparo.web.pdf import NotSet, pdf_response, render
from amparo.web.typeset import needs_other_fonts

BLOCKS = [
    pdf.heading("Lo que dijiste"),
    pdf.text("Primera línea\nsegunda línea"),
    pdf.quiet("Más bajo"),
    pdf.hers("Quiero estudiar", "Tus palabras"),
    pdf.points(["uno", "dos"]),
    pdf.facts([("Fecha", "12 de mayo")]),
    pdf.table(["Qué", "Cuándo"], [["Llamar", "lunes"]]),
    pdf.to_sign(["Firma", "Día"]),
]


def sheet(**context: object) -> PdfReader:
    shown = {"heading": "Mi hoja", "blocks": BLOCKS, "foot": "Guárdala", **context}
    return PdfReader(BytesIO(render("sheet.typ", shown, title="Notas", language="es")))


def words(paper: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in paper.pages).split())


def test_every_kind_of_block_can_be_read_and_copied() -> None:
    found = words(sheet())
    for part in ("Mi hoja", "Lo que dijiste", "segunda línea", "Más bajo", "Quiero estudiar", "Tus palabras", "dos"):
        assert part in found
    for part in ("Fecha", "12 de mayo", "Cuándo", "lunes", "Firma", "Guárdala", "1 / 1"):
        assert part in found


def test_a_paper_is_tagged_and_says_its_language() -> None:
    root = sheet().trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "es"
    assert "/StructTreeRoot" in root


def test_a_paper_keeps_no_author_and_no_moment() -> None:
    known = sheet().metadata
    assert known is not None
    assert known.title == "Notas"
    assert set(known) <= {"/Title", "/Creator"}


def test_letters_of_other_scripts_come_through() -> None:
    found = words(sheet(blocks=[pdf.text("ăşţ Привет Ελλάδα")]))
    assert "ăşţ Привет Ελλάδα" in found


def test_a_letter_that_no_font_has_leaves_a_gap_and_not_her_without_a_paper() -> None:
    paper = sheet(blocks=[pdf.text("before \U0001f600\U000e0041\u4e2d after")])
    assert "before" in words(paper)
    assert paper.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_a_right_to_left_language_is_set_as_one() -> None:
    made = render("sheet.typ", {"heading": "مرحبا", "blocks": BLOCKS}, title="-", language="ar")
    assert PdfReader(BytesIO(made)).trailer["/Root"]["/Lang"] == "ar"


@pytest.mark.parametrize("typed", ['#panic("x")', '#read("base.typ")', "*a* _b_ $c$ \\ <d> @e", '"]; #let x'])
def test_what_was_typed_is_shown_and_never_obeyed(typed: str) -> None:
    assert " ".join(typed.split()) in words(sheet(blocks=[pdf.text(typed)], heading="h"))


def test_a_template_that_does_not_fit_is_told_without_repeating_what_was_to_be_set() -> None:
    with pytest.raises(NotSet) as told:
        render("sheet.typ", {"blocks": [pdf.text("canary-in-a-paper")]}, title="-", language="en")
    assert "canary" not in str(told.value)


def test_a_template_outside_its_folder_is_not_read() -> None:
    with pytest.raises(NotSet):
        render("../../typeset.py", {}, title="-", language="en")


def test_an_answer_with_a_paper_stays_in_no_cache_and_has_a_neutral_name() -> None:
    answer = pdf_response(b"%PDF-1.7", "page")
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert answer.headers["Content-Disposition"] == 'inline; filename="page.pdf"'


@pytest.mark.parametrize(("text", "expected"), [("ñ € – “x”", False), ("ქართული", True), ("中文", True)])
def test_other_fonts_are_looked_for_only_where_ours_lack_the_script(text: str, expected: bool) -> None:
    assert needs_other_fonts(text) is expected
