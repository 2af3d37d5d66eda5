"""Papers to hand over: tagged PDF (PDF/UA) with neutral metadata, set in a process of its own that ends at once.

A paper is a template below templates/pdf and what it shows. Most papers need no template of their own:
`render("sheet.typ", {"heading": ..., "blocks": [heading(...), text(...), ...], "foot": ...}, ...)`.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from threading import Lock
from typing import Any

from django.http import HttpResponse

Block = dict[str, Any]

SECONDS = 60
# What the typesetter needs of the environment; it never sees a node's secrets.
_ENVIRONMENT = ("PATH", "PYTHONPATH", "HOME", "SYSTEMROOT", "LANG")
_one_at_a_time = Lock()


class NotSet(RuntimeError):
    """A paper could not be set; the text says where in the template."""


def render(template: str, context: Mapping[str, Any], *, title: str, language: str) -> bytes:
    """The PDF of a template with this context (plain values, dates already worded).

    `title` stands in the metadata and in the viewer's tab: keep it neutral. Raises NotSet.
    """
    asked = {"template": template, "context": dict(context), "title": title, "language": language}
    environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    with _one_at_a_time:
        done = subprocess.run(
            [sys.executable, "-m", "amparo.web.typeset"],
            input=json.dumps(asked).encode(),
            capture_output=True,
            env=environment,
            timeout=SECONDS,
            check=False,
        )
    if done.returncode:
        raise NotSet(done.stderr.decode(errors="replace")[-400:])
    return done.stdout


def pdf_response(content: bytes, name: str = "page") -> HttpResponse:
    """Show a PDF in the browser; `name` is its file name and says nothing about her or us."""
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def heading(words: object, level: int = 2) -> Block:
    """A heading below the page's own."""
    return {"kind": "heading", "level": level, "text": str(words)}


def text(words: object) -> Block:
    """A paragraph; its line breaks are kept."""
    return {"kind": "text", "text": str(words)}


def quiet(words: object) -> Block:
    """A paragraph of less weight."""
    return {"kind": "quiet", "text": str(words)}


def hers(words: object, label: object = "") -> Block:
    """Her own words, in plum."""
    return {"kind": "hers", "text": str(words), "label": str(label)}


def points(words: Sequence[object]) -> Block:
    """A list."""
    return {"kind": "points", "points": [str(one) for one in words]}


def facts(rows: Sequence[tuple[object, object]]) -> Block:
    """Labels with their values."""
    return {"kind": "facts", "rows": [[str(label), str(value)] for label, value in rows]}


def table(heads: Sequence[object], rows: Sequence[Sequence[object]]) -> Block:
    """Rows under their heads."""
    shown = [[str(cell) for cell in row] for row in rows]
    return {"kind": "table", "heads": [str(head) for head in heads], "rows": shown}


def next_page() -> Block:
    """What follows stands on a page of its own."""
    return {"kind": "next_page"}


def to_sign(words: Sequence[object]) -> Block:
    """Dotted lines side by side, with these words below: a signature, a day."""
    return {"kind": "to_sign", "words": [str(word) for word in words]}
