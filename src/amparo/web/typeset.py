"""Set one PDF and end: run as `python -m amparo.web.typeset`, so that the memory it takes goes back at once.

Reads JSON from standard input, writes the PDF to standard output. What is set comes in as data that the
typesetter hands to the template; it never becomes part of the template. No framework is loaded.
"""

import json
import re
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

import typst

TEMPLATES = Path(__file__).parent / "templates" / "pdf"
FONTS = ("fontpkg_atkinson_hyperlegible", "fontpkg_noto_sans", "fontpkg_noto_sans_arabic")
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ps", "ur"})
# Up to here, and in the general signs further up, our fonts have every letter: Latin, Greek, Cyrillic, Arabic.
_LAST_OF_OURS = 0x077F
_GENERAL_SIGNS = range(0x1E00, 0x2C00)
# As the typesetter writes its name, uncompressed: in the document information and in its XMP twin.
_MAKER = re.compile(rb"(/Creator ?\(|<xmp:CreatorTool>)(Typst [0-9.]+)(\)|</xmp:CreatorTool>)")


def typeset(template: str, context: dict[str, Any], *, title: str, language: str) -> bytes:
    """The tagged PDF of a template below templates/pdf, PDF/UA where the fonts have every letter.

    Its metadata hold the title and nothing about people or places.
    """
    base = language.split("-", maxsplit=1)[0]
    handed = {"context": context, "title": title, "language": base, "rtl": base in RIGHT_TO_LEFT}
    spoken = json.dumps(handed, ensure_ascii=False)
    try:
        return _compiled(template, spoken, ["ua-1"])
    except typst.TypstError:
        # The standard allows no letter that this machine has no font for. A paper with a gap is better than none;
        # it is tagged all the same. A template that does not fit fails here again.
        return _compiled(template, spoken, [])


def _compiled(template: str, spoken: str, standards: list[Literal["ua-1"]]) -> bytes:
    made = typst.compile(
        TEMPLATES / template,
        root=TEMPLATES,
        font_paths=font_folders(),
        ignore_system_fonts=not needs_other_fonts(spoken),
        format="pdf",
        pdf_standards=[*standards],
        sys_inputs={"sheet": spoken},
        timestamp=0,
    )
    return _without_maker(made)


def _without_maker(made: bytes) -> bytes:
    """The same bytes, blank where the typesetter named itself: a paper need not tell which program made it."""
    return _MAKER.sub(lambda found: found[1] + b" " * len(found[2]) + found[3], made)


def font_folders() -> list[Path]:
    """Where the installed font packages keep their files."""
    specs = (find_spec(name) for name in FONTS)
    return [Path(place) / "files" for spec in specs if spec for place in spec.submodule_search_locations or ()]


def needs_other_fonts(text: str) -> bool:
    """Whether a letter is in a script that our fonts do not have; then the machine's own fonts are looked through."""
    return any(ord(sign) > _LAST_OF_OURS and ord(sign) not in _GENERAL_SIGNS for sign in text)


def main() -> int:
    """Set what standard input asks for; 1 where the template does not fit it."""
    asked = json.load(sys.stdin.buffer)
    try:
        made = typeset(asked["template"], asked["context"], title=asked["title"], language=asked["language"])
    except typst.TypstError as error:
        # The typesetter names the place in the template; it does not repeat what was to be set.
        sys.stderr.write(str(error))
        return 1
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
