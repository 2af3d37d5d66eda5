"""The main database as one stream, and back, by PostgreSQL's own programs. The keys' database is never dumped.

Who may do what is left out of the dump: `amparo migrate` writes roles and policies anew. Sessions are left out, so that
a stolen backup signs nobody in.
"""

import os
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from amparo.node import database
from amparo.node.account import client_program
from amparo.node.errors import NodeError

from .archive import pieces

_LEAVE_OUT = ("django_session", "procrastinate_workers")
_ENVIRONMENT = {
    "host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "sslcert": "PGSSLCERT", "sslkey": "PGSSLKEY",
    "passfile": "PGPASSFILE", "service": "PGSERVICE", "options": "PGOPTIONS",
}  # fmt: skip


def dump() -> Iterator[bytes]:
    """The main database in one consistent state, compressed; raises NodeError where it cannot be read to its end."""
    options = ["--format=custom", "--compress=gzip:4", "--no-owner", "--no-privileges", "--no-policies"]
    options += [f"--exclude-table-data={table}" for table in _LEAVE_OUT]
    with _running("pg_dump", options, database.MAIN) as (_, output):
        yield from pieces(output)


def load(chunks: Iterable[bytes], into: str) -> None:
    """Fill an empty database, such as `database.RESTORING`, from a dump: all of it or nothing. Raises NodeError."""
    options = ["--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges", "--no-policies"]
    with _running("pg_restore", [*options, f"--dbname={database.name_of(into)}"], into) as (typed, _):
        try:
            for chunk in chunks:
                typed.write(chunk)
            typed.close()
        except BrokenPipeError:
            return  # it says why when it ends


@contextmanager
def _running(program: str, options: list[str], which: str) -> Iterator[tuple[BinaryIO, BinaryIO]]:
    """One of PostgreSQL's programs, connected to this database, by its input and output; NodeError where it fails."""
    with TemporaryFile() as complaint:
        command = [str(client_program(program)), *options]
        pipe = subprocess.PIPE
        process = subprocess.Popen(command, env=_environment(which), stdin=pipe, stdout=pipe, stderr=complaint)
        try:
            yield cast("BinaryIO", process.stdin), cast("BinaryIO", process.stdout)
        except BaseException:
            process.kill()
            raise
        finally:
            process.wait()
            _close(process)
        if process.returncode != 0:
            complaint.seek(0)
            said = complaint.read().decode(errors="replace").strip().splitlines()
            raise NodeError(f"{program} could not finish: {said[-1] if said else 'it gave no reason'}")


def _close(process: "subprocess.Popen[bytes]") -> None:
    for pipe in (process.stdin, process.stdout):
        with suppress(BrokenPipeError):
            cast("BinaryIO", pipe).close()


def _environment(which: str) -> dict[str, str]:
    """Where to connect to, in the environment: a password never stands in the list of processes."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    given = {
        _ENVIRONMENT[name]: str(value) for name, value in database.parameters(which).items() if name in _ENVIRONMENT
    }
    return {**kept, **given, "LC_ALL": "C"}
