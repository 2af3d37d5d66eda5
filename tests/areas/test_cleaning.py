"""Papers give nothing away, do nothing, and are one thing only."""

import io
import re
import zipfile

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject, TextStringObject

from amparo.areas.vault.cleaning import JPEG, MAX_BYTES, PDF, PNG, NotAPaper, clean

CANARY = b"canaryInsideAFile"


def picture(kind: str = "JPEG", *, size: tuple[int, int] = (64, 48), exif: Image.Exif | None = None) -> bytes:
    out = io.BytesIO()
    options = {"exif": exif} if exif else {}
    Image.linear_gradient("L").resize(size).convert("RGB").save(out, kind, **options)
    return out.getvalue()


def where_it_was_taken() -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F] = CANARY.decode()  # the maker
    exif[0x0112] = 6  # turned by a quarter
    places = exif.get_ifd(0x8825)
    places[1], places[2] = "N", (41.0, 23.0, 9.0)
    places[3], places[4] = "E", (2.0, 10.0, 24.0)
    return exif


def document(change: object = None) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    if callable(change):
        change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_picture_loses_where_it_was_taken_and_stays_upright() -> None:
    taken = picture(exif=where_it_was_taken())
    assert Image.open(io.BytesIO(taken)).getexif().get_ifd(0x8825)
    cleaned = clean(taken)
    left = Image.open(io.BytesIO(cleaned.content))
    assert cleaned.media_type == JPEG
    assert CANARY not in cleaned.content
    assert dict(left.getexif()) == {}
    assert left.size == (48, 64)


def test_a_png_loses_its_texts_and_keeps_what_can_be_seen_through() -> None:
    from PIL.PngImagePlugin import PngInfo

    said = PngInfo()
    said.add_text("Comment", CANARY.decode())
    out = io.BytesIO()
    Image.new("RGBA", (9, 9), (1, 2, 3, 40)).save(out, "PNG", pnginfo=said)
    cleaned = clean(out.getvalue())
    left = Image.open(io.BytesIO(cleaned.content))
    assert cleaned.media_type == PNG
    assert CANARY not in cleaned.content
    assert left.getpixel((0, 0)) == (1, 2, 3, 40)


def test_what_follows_a_picture_is_gone() -> None:
    assert CANARY not in clean(picture() + CANARY).content


def test_a_pdf_loses_who_made_it_when_and_with_what() -> None:
    def change(writer: PdfWriter) -> None:
        writer.add_metadata({"/Author": CANARY.decode(), "/Producer": CANARY.decode()})
        told = StreamObject()
        told.set_data(b"<x>" + CANARY + b"</x>")
        writer.root_object[NameObject("/Metadata")] = writer._add_object(told)

    given = document(change)
    assert CANARY in given
    cleaned = clean(given)
    assert cleaned.media_type == PDF
    assert CANARY not in cleaned.content
    assert len(PdfReader(io.BytesIO(cleaned.content)).pages) == 1
    assert not PdfReader(io.BytesIO(cleaned.content)).metadata


def test_a_pdf_loses_its_scripts_actions_and_attachments() -> None:
    def change(writer: PdfWriter) -> None:
        script = DictionaryObject(
            {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject(CANARY.decode())}
        )
        writer.pages[0][NameObject("/AA")] = DictionaryObject({NameObject("/O"): script})
        writer.add_attachment("notes.txt", CANARY)
        action = DictionaryObject(
            {NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject(CANARY.decode())}
        )
        writer.root_object[NameObject("/OpenAction")] = action
        note = DictionaryObject({NameObject("/Subtype"): NameObject("/Link"), NameObject("/A"): action})
        writer.pages[0][NameObject("/Annots")] = ArrayObject([note])

    given = document(change)
    assert given.count(CANARY) >= 3
    cleaned = clean(given).content
    assert CANARY not in cleaned
    for word in (b"/JavaScript", b"/JS", b"/Launch", b"/EmbeddedFile", b"/OpenAction"):
        assert not re.search(word + rb"\b", cleaned), word


def test_a_picture_inside_a_pdf_loses_where_it_was_taken() -> None:
    taken = picture(exif=where_it_was_taken())

    def change(writer: PdfWriter) -> None:
        image = StreamObject()
        image._data = taken
        image[NameObject("/Subtype")] = NameObject("/Image")
        image[NameObject("/Filter")] = NameObject("/DCTDecode")
        box = DictionaryObject({NameObject("/Im0"): writer._add_object(image)})
        writer.pages[0][NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): box})

    given = document(change)
    assert b"Exif" in given
    cleaned = clean(given).content
    assert b"Exif" not in cleaned
    assert CANARY not in cleaned
    kept = PdfReader(io.BytesIO(cleaned)).pages[0]["/Resources"]["/XObject"]["/Im0"]  # type: ignore[index]
    assert Image.open(io.BytesIO(kept._data)).size == (64, 48)


def _zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("inside.txt", CANARY)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (picture() + b"\0" * MAX_BYTES, "too_large"),
        (b"<html><script>alert(1)</script></html>", "not_allowed"),
        (b"MZ\x90\x00" + b"\0" * 200, "not_allowed"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "not_allowed"),
        (picture("GIF"), "not_allowed"),
        (picture() + _zipped(), "two_things"),
        (document() + _zipped(), "two_things"),
        (picture() + b"<html><script>alert(1)</script>", "two_things"),
        (picture()[:20] + b"%PDF-1.4" + picture()[20:], "two_things"),
        (picture()[:300], "damaged"),
        (b"%PDF-1.7\nnothing more", "damaged"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "damaged"),
    ],
)
def test_what_is_no_paper_is_refused_with_its_reason(content: bytes, reason: str) -> None:
    with pytest.raises(NotAPaper) as no:
        clean(content)
    assert no.value.reason == reason


def test_a_locked_pdf_is_refused_as_locked() -> None:
    with pytest.raises(NotAPaper, match="locked"):
        clean(document(lambda writer: writer.encrypt("secret", algorithm="RC4-128")))


def test_a_picture_made_to_fill_the_memory_is_refused() -> None:
    out = io.BytesIO()
    Image.new("1", (12_000, 12_000)).save(out, "PNG")
    with pytest.raises(NotAPaper, match="too_large"):
        clean(out.getvalue())


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_very_large_picture_is_kept_as_large_as_a_page_needs(kind: str) -> None:
    cleaned = clean(picture(kind, size=(6000, 3000)))
    assert Image.open(io.BytesIO(cleaned.content)).size == (4000, 2000)
