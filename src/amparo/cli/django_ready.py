"""Django for the commands that need it; they import areas inside the block only."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from amparo.node import database
from amparo.node.errors import NodeError

SETTINGS = "amparo.config.settings"


@contextmanager
def django_ready() -> Iterator[None]:
    """Keep the databases available and Django set up during the block; its database errors become one line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    with database.available():
        import django
        from django.db import DatabaseError, connections

        django.setup()
        try:
            yield
        except DatabaseError as error:
            raise NodeError(f"The database refused: {' '.join(str(error).split())}") from error
        finally:
            connections.close_all()
