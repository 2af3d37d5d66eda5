"""Papers give nothing away, do nothing, and are one thing only."""

import io
import re
import resource
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject, TextStringObject

from amparo.areas.vault import cleaning
from amparo.areas.vault.cleaner import without_boxes
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


# What somebody who means harm would send.


def with_objects(*objects: bytes, before: bytes = b"") -> bytes:
    """A PDF written by hand: these objects, numbered from 1, the first its catalogue."""
    out = bytearray(b"%PDF-1.7\n" + before)
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    return bytes(out) + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)


CATALOGUE, PAGES, PAGE = (
    b"<</Type/Catalog/Pages 2 0 R>>",
    b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
)


@pytest.mark.parametrize(
    "action",
    [
        b"<</S/Launch/F(%s)>>" % CANARY,
        b"<</S 5 0 R/F(%s)>>" % CANARY,
        b"<</S/L#61unch/F(%s)>>" % CANARY,
        b"<</S/JavaScript/JS(%s)>>" % CANARY,
        b"<</S/J#61vaScript/J#53(%s)>>" % CANARY,
        b"<</S/URI/URI(https://elsewhere.example/%s)>>" % CANARY,
        b"<</S/SubmitForm/F(%s)>>" % CANARY,
        b"<</S/GoTo/D[3 0 R/Fit]/Next<</S/Launch/F(%s)>>>>" % CANARY,
    ],
)
@pytest.mark.parametrize("place", [b"/OpenAction", b"/A", b"/AA<</O", b"/Odd"])
def test_no_way_of_writing_an_action_leaves_it_in(action: bytes, place: bytes) -> None:
    closed = b">>" if b"<<" in place else b""
    catalogue = CATALOGUE[:-2] + b"/Thing<<%s 4 0 R%s>>>>" % (place, closed)
    cleaned = clean(with_objects(catalogue, PAGES, PAGE, action, b"/Launch")).content
    assert CANARY not in cleaned


def test_what_an_earlier_state_of_a_pdf_said_is_gone() -> None:
    first = with_objects(CATALOGUE, PAGES, PAGE[:-2] + b"/Contents 4 0 R>>", b"(%s)" % CANARY)
    place, old = len(first) + 1, first.rindex(b"xref\n0")
    later = b"3 0 obj\n" + PAGE + b"\nendobj\n"
    table = b"xref\n3 1\n%010d 00000 n \ntrailer\n<</Size 5/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF"
    changed = first + b"\n" + later + table % (place, old, place + len(later))
    assert CANARY in changed
    assert CANARY not in clean(changed).content


def test_a_remark_on_a_page_loses_who_wrote_it_and_a_field_keeps_its_name() -> None:
    remark = b"<</Subtype/Text/Rect[0 0 1 1]/T(%s)/Contents(kept)/M(D:2026)>>" % CANARY
    field = b"<</Subtype/Widget/FT/Tx/Rect[0 0 1 1]/T(field)>>"
    page = PAGE[:-2] + b"/Annots[4 0 R 5 0 R]>>"
    cleaned = PdfReader(io.BytesIO(clean(with_objects(CATALOGUE, PAGES, page, remark, field)).content))
    left, widget = (one.get_object() for one in cleaned.pages[0]["/Annots"])  # type: ignore[attr-defined]
    assert (left["/Contents"], widget["/T"]) == ("kept", "field")
    assert not {"/T", "/M"} & set(left)


def test_a_pdf_is_no_longer_tied_to_the_file_that_it_was() -> None:
    given = with_objects(CATALOGUE, PAGES, PAGE).replace(b"/Root 1 0 R", b"/Root 1 0 R/ID[(%s)(%s)]" % (CANARY, CANARY))
    assert CANARY not in clean(given).content


def test_notes_in_a_jpeg_2000_go_and_its_points_stay() -> None:
    box = len(CANARY) + 8
    given = b"\0\0\0\x0cjP  \r\n\x87\n" + box.to_bytes(4, "big") + b"xml " + CANARY + b"\0\0\0\0jp2cPOINTS"
    assert without_boxes(given) == b"\0\0\0\x0cjP  \r\n\x87\n\0\0\0\0jp2cPOINTS"
    assert without_boxes(b"no picture") == b"no picture"


def test_a_profile_of_colours_a_thumbnail_and_a_comment_tell_nothing() -> None:
    out = io.BytesIO()
    exif = where_it_was_taken()
    Image.new("RGB", (32, 32)).save(out, "JPEG", icc_profile=CANARY * 9, comment=CANARY, exif=exif, xmp=CANARY)
    assert out.getvalue().count(CANARY) >= 3
    assert CANARY not in clean(out.getvalue()).content
    out = io.BytesIO()
    Image.new("RGB", (32, 32)).save(out, "PNG", icc_profile=CANARY * 9)
    cleaned = Image.open(io.BytesIO(clean(out.getvalue() + CANARY).content))
    assert "icc_profile" not in cleaned.info


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xd8\xff\xe0/*" + picture()[4:] + b"*/alert(1)",
        b"GIF89a/*" + picture() + b"*/=1;alert(1)",
        b"<!--" + picture("PNG") + b"--><script>alert(1)</script>",
        b"%PDF-1.7\n<html><script>alert(1)</script>",
        b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>",
        with_objects(CATALOGUE, PAGES, PAGE, before=b"<script>alert(1)</script>\n"),
    ],
)
def test_a_file_that_is_also_a_script_or_a_page_is_refused(content: bytes) -> None:
    with pytest.raises(NotAPaper):
        clean(content)


def test_a_script_hidden_in_the_middle_of_a_pdf_does_not_survive() -> None:
    hidden = b"%" + b" " * 5000 + b"<script>" + CANARY + b"</script>\n"
    given = with_objects(CATALOGUE, PAGES, PAGE, before=hidden + b"%" + b" " * 9000 + b"\n")
    assert CANARY not in clean(given + b"\n" + b" " * 9000).content


def _many_pages() -> bytes:
    """A tree of eight levels, each of which names the next one twenty times: 25,600,000,000 pages in a kilobyte."""
    levels = [b"<</Type/Pages/Count 1/Kids[%s]>>" % (b"%d 0 R " % (number + 3) * 20) for number in range(8)]
    return with_objects(CATALOGUE, *levels, PAGE)


def _deep() -> bytes:
    return with_objects(CATALOGUE[:-2] + b"/Deep 4 0 R>>", PAGES, PAGE, b"[" * 60_000 + b"]" * 60_000)


def _swelling() -> bytes:
    """A gigabyte of nothing, packed three times."""
    packed = zlib.compress(zlib.compress(zlib.compress(b"\0" * 200_000_000, 9), 9), 9)
    stream = b"<</Length %d/Filter[/FlateDecode/FlateDecode/FlateDecode/DCTDecode]>>stream\n%s\nendstream"
    return with_objects(CATALOGUE[:-2] + b"/X 4 0 R>>", PAGES, PAGE, stream % (len(packed), packed))


def _round() -> bytes:
    return with_objects(CATALOGUE, b"<</Type/Pages/Kids[2 0 R]/Count 1>>")


def _pixels() -> bytes:
    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )


@pytest.mark.parametrize("make", [_many_pages, _deep, _swelling, _round, _pixels])
def test_what_is_made_to_fill_the_machine_is_refused_within_its_limits(
    monkeypatch: pytest.MonkeyPatch, make: Callable[[], bytes]
) -> None:
    monkeypatch.setattr(cleaning, "SECONDS", 3)
    monkeypatch.setattr(cleaning, "MEMORY", 400 * 1024 * 1024)
    given = make()
    assert len(given) < 1_000_000
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    with pytest.raises(NotAPaper) as no:
        clean(given)
    assert no.value.reason in ("too_much", "too_large", "damaged")
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before < 5


def test_the_cleaner_sees_no_secret_and_can_write_no_file(tmp_path: Path) -> None:
    code = "import sys; from amparo.areas.vault import cleaner; cleaner._with_little(5, 1 << 30)"
    asked = f"{code}; open({str(tmp_path / 'x')!r}, 'w').write('x' * 9)"
    subprocess.run([sys.executable, "-c", asked], capture_output=True, check=False)
    assert (tmp_path / "x").read_bytes() == b""
    loaded = "import amparo.areas.vault.cleaner, sys; print([one for one in sys.modules if one.startswith('django')])"
    assert subprocess.run([sys.executable, "-c", loaded], capture_output=True, check=True).stdout.strip() == b"[]"
