"""Tiny papers for stories: a plain picture, and a PDF of one page with one line. Nothing on them is anybody's."""

import math
import struct
import zlib
from functools import lru_cache

_WIDTH, _HEIGHT = 480, 320
_PAPER, _INK = (247, 244, 238), (47, 111, 107)


def picture() -> bytes:
    """A small PNG: a sheet with a few lines on it."""
    return _png(_WIDTH, [_lined(height) for height in range(_HEIGHT)])


@lru_cache
def signature() -> bytes:
    """A wave on white, as a finger draws it: nobody's signature."""
    return _png(
        _WIDTH, [bytes(_on_wave(across, height) for across in range(_WIDTH) for _ in range(3)) for height in range(160)]
    )


def page(line: str) -> bytes:
    """A PDF of one page with this line on it (letters of Latin 1 only)."""
    shown = line.encode("latin-1", "replace").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    drawn = b"BT /F1 18 Tf 72 700 Td (" + shown + b") Tj ET"
    sheet = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>"
    )
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    parts = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        sheet,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
        font,
    )
    content, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    ending = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(parts) + 1, table)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, len(content))
    return content + ending + trailer


def _png(width: int, rows: list[bytes]) -> bytes:
    """A picture of these rows, three bytes a point."""
    header = struct.pack(">IIBBBBB", width, len(rows), 8, 2, 0, 0, 0)
    content = zlib.compress(b"".join(b"\x00" + row for row in rows), 9)
    chunks = ((b"IHDR", header), (b"IDAT", content), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, inside) for kind, inside in chunks)


def _lined(height: int) -> bytes:
    on_a_line = height % 40 in (18, 19, 20) and 40 < height < _HEIGHT - 40
    margin, middle = bytes(_PAPER) * 60, bytes(_INK if on_a_line else _PAPER) * (_WIDTH - 120)
    return margin + middle + margin


def _on_wave(across: int, height: int) -> int:
    wave = 80 + 40 * math.sin(across / 22) * math.cos(across / 71)
    return 20 if 40 < across < _WIDTH - 40 and abs(height - wave) < 3 else 255


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
