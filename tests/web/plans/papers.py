"""Reading the text of a PDF again."""

from io import BytesIO

from pypdf import PdfReader


def text_of(content: bytes) -> str:
    """The words of all pages, with single spaces."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())
