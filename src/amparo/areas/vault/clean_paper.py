"""What the cleaner and those who call it agree on. It reads papers with libraries that nobody else has to load."""

from dataclasses import dataclass

MAX_BYTES = 20 * 1024 * 1024
# Papers of 20 MB need a fraction of it; what is made to fill a machine needs more.
SECONDS, MEMORY = 30, 1024 * 1024 * 1024
REFUSED = 3  # the exit code with which only a reason is written
JPEG, PNG, PDF = "image/jpeg", "image/png", "application/pdf"


class NotAPaper(Exception):
    """The file cannot be kept; says why in words for the person who wanted to add it (`reason` is a key)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class CleanPaper:
    """What is left to seal."""

    media_type: str
    content: bytes
