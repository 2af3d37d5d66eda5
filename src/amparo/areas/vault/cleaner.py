"""Cleans one paper and ends: run as `python -m amparo.areas.vault.cleaner`, with little memory and little time.

Papers and pictures are told by their content and freed of what they give away. A picture is drawn anew, so that nothing
but its points is left. A PDF keeps its pages and loses everything that acts, that is attached, or that tells about its
making. What is two things at once, or a program, is refused. Reads the file from standard input; writes its type, a
line feed and what is left, or the reason why it cannot be kept. No framework is loaded, no secret is there, and no file
can be written.
"""

import resource
import sys
import warnings
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO

import puremagic
from PIL import Image, ImageOps, UnidentifiedImageError
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, PdfObject, StreamObject

from .clean_paper import JPEG, MAX_BYTES, PDF, PNG, REFUSED, CleanPaper, NotAPaper

LONGEST = 4000  # points on the longer side of what is kept: an A4 page at 340 an inch
MAX_PAGES = 1000
# More is made to fill the memory. A JPEG is read at half or a quarter of its size; a PNG only whole.
MAX_POINTS = {JPEG: 85_000_000, PNG: 40_000_000}
_BEGINNINGS = {b"\xff\xd8\xff": JPEG, b"\x89PNG\r\n\x1a\n": PNG, b"%PDF-": PDF}
# What a PDF can do by itself, carry along, or tell about its making (ISO 32000-2, 7.7, 12.6, 14.3).
_ACTING = frozenset(
    {"/JS", "/JavaScript", "/AA", "/OpenAction", "/EmbeddedFiles", "/EmbeddedFile", "/EF", "/AF", "/XFA"}
    | {"/RichMediaContent", "/Collection", "/Metadata", "/PieceInfo", "/LastModified", "/Thumb", "/SpiderInfo"}
    | {"/Movie", "/Sound", "/Rendition", "/3DD", "/FS", "/CreatorInfo", "/PA"}
)
# Who wrote a remark on a page, and when (12.5.6.2); in a field of a form the same keys mean something else.
_REMARKED = frozenset({"/T", "/M", "/CreationDate", "/NM", "/RC"})
# Boxes of a JPEG 2000 in which EXIF, XMP and other notes stand (ISO 15444-1, I.7).
_TELLING_BOXES = (b"uuid", b"xml ", b"uinf", b"jp2i")
# Every kind of action but going to another page of the same paper (ISO 32000-2, 12.6.4).
_ACTIONS = frozenset(
    {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/ResetForm", "/GoToR", "/GoToE", "/GoTo3DView", "/URI"}
    | {"/Rendition", "/RichMediaExecute", "/Movie", "/Sound", "/Thread", "/Hide", "/SetOCGState", "/Named"}
)


def clean(content: bytes) -> CleanPaper:
    """The paper without its traces.

    Raises NotAPaper for `empty`, `too_large`, `not_allowed`, `two_things`, `damaged`, `locked` or `too_many`.
    """
    if not content:
        raise NotAPaper("empty")
    if len(content) > MAX_BYTES:
        raise NotAPaper("too_large")
    media_type = _told(content)
    if _is_something_else_too(content, media_type):
        raise NotAPaper("two_things")
    cleaned = _clean_pdf(content) if media_type == PDF else _drawn_anew(content, media_type)
    if len(cleaned) > 2 * MAX_BYTES:
        raise NotAPaper("too_large")
    return CleanPaper(media_type, cleaned)


def _told(content: bytes) -> str:
    """The type by how it begins, where the library that knows all types agrees."""
    begins = next((kind for start, kind in _BEGINNINGS.items() if content.startswith(start)), "")
    try:
        told = {match.mime_type for match in puremagic.magic_string(content[:4096] + content[-64:])}
    except (puremagic.PureError, ValueError):
        told = set()
    if not begins or begins not in told:
        raise NotAPaper("not_allowed")
    return begins


def _is_something_else_too(content: bytes, media_type: str) -> bool:
    """Whether another program would read the same bytes as something else: an archive, a page, a second paper."""
    if zipfile.is_zipfile(BytesIO(content)):
        return True
    if media_type != PDF and b"%PDF-" in content[:1024]:
        return True
    edges = (content[:1024] + content[-4096:]).lower()
    marks = (b"<script", b"<html", b"<!doctype html", b"<svg", b"<?php", b"#!/")
    return any(mark in edges for mark in marks)


def _drawn_anew(content: bytes, media_type: str) -> bytes:
    """The picture's points alone, upright; no EXIF, no place, no comment, no second picture."""
    out = BytesIO()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content), formats=("JPEG", "PNG")) as picture:
                plain = _points(picture, media_type)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise NotAPaper("too_large") from bomb
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as wrong:
        raise NotAPaper("damaged") from wrong
    if media_type == JPEG:
        plain.convert("RGB").save(out, "JPEG", quality=88, optimize=True)
    else:
        plain.save(out, "PNG", optimize=False)
    return out.getvalue()


def _points(picture: Image.Image, media_type: str) -> Image.Image:
    """The picture on a fresh canvas, made smaller while it is read: a large one must not fill the memory."""
    if picture.width * picture.height > MAX_POINTS[media_type]:
        raise NotAPaper("too_large")
    picture.draft(None, (LONGEST, LONGEST))
    picture.thumbnail((LONGEST, LONGEST))
    upright = ImageOps.exif_transpose(picture)
    see_through = upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info
    mode = "RGBA" if see_through else "L" if upright.mode in ("1", "L") else "RGB"
    plain = Image.new(mode, upright.size)
    plain.paste(upright if upright.mode == mode else upright.convert(mode))
    return plain


def _clean_pdf(content: bytes) -> bytes:
    """The pages alone. Whatever the library cannot read is damaged for us too."""
    try:
        reader = PdfReader(BytesIO(content), strict=False)
        if reader.is_encrypted:
            raise NotAPaper("locked")
        pages = len(reader.pages)
        if pages > MAX_PAGES:
            raise NotAPaper("too_many")
        if not pages:
            raise NotAPaper("damaged")
        out = _without_traces(reader)
        if len(PdfReader(BytesIO(out)).pages) != pages:
            raise NotAPaper("damaged")
    except (PyPdfError, ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError, OSError) as wrong:
        raise NotAPaper("damaged") from wrong
    return out


def _without_traces(reader: PdfReader) -> bytes:
    writer = PdfWriter(clone_from=reader)
    writer.metadata = None
    for dictionary in _every_dictionary(writer.root_object):
        _strip(dictionary)
    # What was taken out is still in the first writing, pointed at by nothing; copying from the root leaves it behind.
    copied = PdfWriter(clone_from=PdfReader(BytesIO(_written(writer)), strict=False))
    copied.metadata = None
    return _written(copied)


def _written(writer: PdfWriter) -> bytes:
    out = BytesIO()
    writer._ID = None  # noqa: SLF001  (it ties the paper to the file that it was)
    writer.write(out)
    return out.getvalue()


def _every_dictionary(root: DictionaryObject) -> Iterator[DictionaryObject]:
    """Everything that can be reached from the root; what is taken out of one while it is visited is not followed."""
    waiting: list[PdfObject] = [root]
    seen: set[int] = set()
    while waiting:
        thing = waiting.pop().get_object()
        if thing is None or id(thing) in seen:
            continue
        seen.add(id(thing))
        if isinstance(thing, DictionaryObject):
            yield thing
            waiting.extend(thing.values())
        elif isinstance(thing, ArrayObject):
            waiting.extend(thing)


def _strip(thing: DictionaryObject) -> None:
    """Take out whatever acts, is attached, or tells of its making."""
    for key in _ACTING & thing.keys():
        del thing[NameObject(key)]
    if str(_plain(thing, "/S")) in _ACTIONS:
        thing.clear()
    if "/Rect" in thing and str(_plain(thing, "/Subtype")) != "/Widget":
        for key in _REMARKED & thing.keys():
            del thing[NameObject(key)]
    if isinstance(thing, StreamObject):
        _strip_picture(thing)


def _strip_picture(stream: StreamObject) -> None:
    """Take the notes out of a picture that stands in the PDF as a camera wrote it."""
    without = _PICTURES.get(_coding(stream))
    if without:
        kept = without(stream.get_data())  # every coding around the picture is undone, the picture's own is not
        stream.pop("/DecodeParms", None)
        stream[NameObject("/Filter")] = NameObject(_coding(stream))
        stream._data = kept  # noqa: SLF001  (the library has no way to put coded bytes back)


def _coding(stream: StreamObject) -> str:
    """The innermost coding of a stream; empty where there is none."""
    coded = _plain(stream, "/Filter")
    if isinstance(coded, ArrayObject):
        coded = coded[-1].get_object() if coded else None
    return str(coded or "")


def _plain(thing: DictionaryObject, key: str) -> PdfObject | None:
    """What stands under the key, also where it stands somewhere else in the file."""
    found = thing.get(key)
    return found.get_object() if found is not None else None


def without_segments(jpeg: bytes) -> bytes:
    """A JPEG without its EXIF, comments and other notes, point for point the same; as it was where it is no JPEG."""
    kept, at = bytearray(jpeg[:2]), 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF and jpeg[at + 1] != 0xDA:
        mark, length = jpeg[at + 1], int.from_bytes(jpeg[at + 2 : at + 4], "big")
        # APP0 (JFIF) and APP14 (Adobe) say how the colours are meant; every other APPn and COM only tells stories.
        tells = (0xE1 <= mark <= 0xEF and mark != 0xEE) or mark == 0xFE
        if not tells:
            kept += jpeg[at : at + 2 + length]
        at += 2 + length
    return bytes(kept) + jpeg[at:] if jpeg[:2] == b"\xff\xd8" else jpeg


def without_boxes(picture: bytes) -> bytes:
    """A JPEG 2000 without its notes, point for point the same; as it was where it is none."""
    if picture[4:8] != b"jP  ":
        return picture
    kept, at = bytearray(), 0
    while at + 8 <= len(picture):
        length = int.from_bytes(picture[at : at + 4], "big")
        if length < 8:  # until the end, or longer than any paper
            return bytes(kept) + picture[at:]
        if picture[at + 4 : at + 8] not in _TELLING_BOXES:
            kept += picture[at : at + length]
        at += length
    return bytes(kept)


_PICTURES: dict[str, Callable[[bytes], bytes]] = {"/DCTDecode": without_segments, "/JPXDecode": without_boxes}


def _with_little(seconds: int, memory: int) -> None:
    """From here on this process takes no more, writes no file and leaves no picture of its memory."""
    for what, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def main(arguments: list[str]) -> int:
    """Clean what stands on standard input; REFUSED, with the reason, where it cannot be kept."""
    seconds, memory = (int(one) for one in arguments)
    _with_little(seconds, memory)
    try:
        paper = clean(sys.stdin.buffer.read(MAX_BYTES + 1))
    except NotAPaper as no:
        sys.stdout.write(no.reason)
        return REFUSED
    except (MemoryError, RecursionError):
        sys.stdout.write("too_much")
        return REFUSED
    sys.stdout.buffer.write(paper.media_type.encode() + b"\n" + paper.content)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
