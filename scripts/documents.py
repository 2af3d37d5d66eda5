"""Writes docs/generated/ again, from the code that decides and the labels of the tables: `make documents`.

Nothing in those two files is written by hand. A test fails where they say something else than the code.
"""

import os
import sys
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "generated"
_FROM_CODE = "Written by `make documents` from the code. Do not change it by hand."


def documents() -> dict[Path, str]:
    """Every generated document, by where it stands. Django is ready."""
    from scripts import data_map, permissions

    return {
        FOLDER / "permissions.md": _page("Who may do what", permissions.lines()),
        FOLDER / "data-map.md": _page("What is stored, and how", data_map.lines()),
    }


def _page(title: str, lines: Iterable[str]) -> str:
    text = "\n".join([f"# {title}", "", _FROM_CODE, "", *lines])
    return "\n".join(line for line, again in groupby(text.split("\n")) for _ in _once(line, again)).rstrip() + "\n"


def _once(line: str, again: Iterable[str]) -> Iterable[str]:
    """Empty lines one at a time."""
    return [line] if not line else again


def main() -> None:
    """Write them."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amparo.config.settings")
    sys.path.insert(0, str(ROOT))
    django.setup()
    FOLDER.mkdir(exist_ok=True)
    for path, text in documents().items():
        path.write_text(text, encoding="utf-8")
        print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
