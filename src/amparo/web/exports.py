"""What leaves the house as a file: marked with the reader, the organisation, the moment and a number of the log.

First `access.exports.take_out(...)` notes it and gives an Export; then one of these makes the answer. A paper that she
keeps for herself must name nobody: mark it with `quiet_mark`.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from amparo.areas.access.exports import Export
from amparo.kernel.tables import Cell, csv_of

from . import pdf


def watermark(export: Export) -> str:
    """Who took it out, of which house, when (in the reader's time zone), and its number, in the reader's language."""
    moment = date_format(timezone.localtime(export.moment), "SHORT_DATETIME_FORMAT")
    words = {"name": export.reader, "organisation": export.organisation, "moment": moment, "number": export.number}
    return _("Taken out by %(name)s, %(organisation)s, %(moment)s, number %(number)s") % words


def quiet_mark(export: Export) -> str:
    """The number alone: for a paper of hers, which names neither us nor a reader."""
    return export.number


def paper(
    heading: str, blocks: Sequence[pdf.Block], *, export: Export, title: str, language: str, hers: bool = False
) -> bytes:
    """A PDF with the mark at the foot of every page, and across it unless it is hers. `title` stays neutral."""
    mark = quiet_mark(export) if hers else watermark(export)
    context = {"heading": heading, "blocks": list(blocks), "foot": mark, "watermark": "" if hers else mark}
    return pdf.render("marked.typ", context, title=title, language=language)


def csv_response(
    heads: Sequence[str], rows: Iterable[Sequence[Cell]], *, export: Export, name: str = "table"
) -> HttpResponse:
    """A table that no spreadsheet obeys, its last line the mark; `name` says nothing about her or us."""
    content = csv_of([heads, *rows, [watermark(export)]])
    return _file(content, "text/csv; charset=utf-8", f"{name}.csv")


def json_response(
    content: Mapping[str, Any], *, export: Export, name: str = "file", hers: bool = False
) -> HttpResponse:
    """The content with the mark as its last field, `taken_out`."""
    mark: dict[str, Any] = {"number": export.number}
    if not hers:
        mark |= {"by": export.reader, "organisation": export.organisation, "at": export.moment}
    text = json.dumps({**content, "taken_out": mark}, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
    return _file(text.encode(), "application/json", f"{name}.json")


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
