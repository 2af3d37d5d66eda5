"""Signatures and signed papers as they are kept: pictures read and written anew, so that nothing else comes along."""

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

# A sheet of paper at 200 dots an inch stays legible.
LONGEST_SIDE = 2400
MOST_PIXELS = 60_000_000


class Unusable(ValueError):
    """This is not a picture that can be kept; the text says what to do."""


@dataclass(frozen=True)
class Picture:
    """A picture ready to be sealed."""

    media_type: str
    content: bytes


def drawn(content: bytes) -> Picture:
    """A signature drawn on the screen, in black and white. Raises Unusable where nothing was drawn."""
    picture = _opened(content, ("PNG",)).convert("L")
    darkest, lightest = picture.getextrema()
    if darkest == lightest:
        raise Unusable("Nothing was drawn. Let her sign again, or choose another way.")
    kept = BytesIO()
    picture.save(kept, "PNG", optimize=True)
    return Picture("image/png", kept.getvalue())


def photographed(content: bytes) -> Picture:
    """A photograph or scan of the signed paper, without where and with what it was taken."""
    picture = ImageOps.exif_transpose(_opened(content, ("JPEG", "PNG"))).convert("RGB")
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    kept = BytesIO()
    picture.save(kept, "JPEG", quality=80, optimize=True)
    return Picture("image/jpeg", kept.getvalue())


def _opened(content: bytes, formats: tuple[str, ...]) -> Image.Image:
    try:
        picture: Image.Image = Image.open(BytesIO(content), formats=formats)
        if picture.width * picture.height > MOST_PIXELS:
            raise Unusable("This picture is too large. Photograph the paper again with a smaller size.")
        picture.load()
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise Unusable("This is not a picture that can be read. Add a photograph or scan as JPEG or PNG.") from error
    return picture
