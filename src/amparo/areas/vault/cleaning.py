"""Papers and pictures before they are sealed, cleaned in a process of its own that ends at once.

Whoever sends a file chooses what a library has to read. It is read where no secret is, with limits on memory and time.
"""

import os
import subprocess
import sys
from threading import BoundedSemaphore

from .clean_paper import JPEG, MAX_BYTES, MEMORY, PDF, PNG, REFUSED, SECONDS, CleanPaper, NotAPaper

__all__ = ("JPEG", "MAX_BYTES", "PDF", "PNG", "CleanPaper", "NotAPaper", "clean")

# What the cleaner needs of the environment; it never sees a node's secrets.
_ENVIRONMENT = ("PATH", "PYTHONPATH", "SYSTEMROOT", "LANG")
_two_at_a_time = BoundedSemaphore(2)


def clean(content: bytes) -> CleanPaper:
    """The paper without its traces.

    Raises NotAPaper for `empty`, `too_large`, `not_allowed`, `two_things`, `damaged`, `locked`, `too_many`, and for
    `too_much` memory or time.
    """
    if not content:
        raise NotAPaper("empty")
    if len(content) > MAX_BYTES:
        raise NotAPaper("too_large")
    limits = (str(SECONDS), str(MEMORY))
    try:
        with _two_at_a_time:
            done = subprocess.run(
                [sys.executable, "-m", "amparo.areas.vault.cleaner", *limits],
                input=content,
                capture_output=True,
                env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
                timeout=2 * SECONDS,
                check=False,
            )
    except subprocess.TimeoutExpired as late:
        raise NotAPaper("too_much") from late
    if done.returncode == REFUSED:
        raise NotAPaper(done.stdout.decode())
    if done.returncode:
        # Killed by a limit, or brought down by the file; what the library said may quote the file, and is not kept.
        raise NotAPaper("too_much")
    media_type, _line, cleaned = done.stdout.partition(b"\n")
    return CleanPaper(media_type.decode(), cleaned)
