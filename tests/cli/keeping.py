"""A small node with two women in it, each of another organisation, for backups and keys."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.cli.command import Amparo

FILL = """
from amparo.cli.django_ready import django_ready
with django_ready():
    from django.db import transaction
    from tests.world import make_world
    with transaction.atomic():
        make_world()
"""
LOOK = """
import json
from amparo.cli.django_ready import django_ready
with django_ready():
    from amparo.areas.cases.models import Case, Document, Note
    from amparo.areas.orgs.models import Organisation
    from amparo.areas.people.models import Person
    from amparo.areas.vault import identities, registry
    from amparo.areas.vault.rules import Unreadable
    from amparo.node.home import home
    from amparo.node import database
    opened, closed = {}, {}
    for field in registry.sealed_fields():
        for row in field.model.objects.all():
            code = Person.objects.get(pk=registry.about_whom(row)).organisation.code
            try:
                words = registry.opened(field, row)
                if words:
                    opened.setdefault(code, []).append(words.decode("latin-1"))
            except Unreadable:
                closed[code] = closed.get(code, 0) + 1
    papers = [(home() / "files" / "papers" / one.file).is_file() for one in Document.objects.all()]
    found = {code: identities.find(phone, organisation=Organisation.objects.get(code=code).pk)
             for code, phone in (("here", "600123987"), ("there", "+39 333 999 8877"))}
    with database.connect_beside() as beside:
        names = [row[0] for row in beside.execute("SELECT datname FROM pg_database WHERE datname LIKE 'amparo%'")]
    print(json.dumps({
        "opened": {code: sorted(words) for code, words in opened.items()}, "closed": closed,
        "papers": papers, "found": {code: len(persons) for code, persons in found.items()},
        "codes": sorted(Person.objects.values_list("code", flat=True)), "notes": Note.objects.count(),
        "statuses": sorted(Case.objects.values_list("status", flat=True)), "databases": sorted(names),
    }))
"""
DESTROY = """
from amparo.cli.django_ready import django_ready
with django_ready():
    from amparo.areas.people.models import Person
    from amparo.areas.vault import sealing
    for person in Person.objects.filter(organisation__code="{code}"):
        sealing.destroy_person_key(person.pk)
"""
WRITE = """
from datetime import date
from amparo.cli.django_ready import django_ready
with django_ready():
    from amparo.areas.cases.models import Note
    note = Note.objects.first()
    note.pk = None
    note.save()
"""
# Runs the command, and is killed when it comes to a function for the n-th time, as by SIGKILL or a power cut.
CUT = """
import importlib, os, signal, sys
from amparo.cli.parser import run
module, name, times = sys.argv[1], sys.argv[2], int(sys.argv[3])
owner = importlib.import_module(module)
*path, name = name.split(".")
for part in path:
    owner = getattr(owner, part)
kept, count = getattr(owner, name), 0
def cut(*args, **kwargs):
    global count
    count += 1
    if count == times:
        os.kill(os.getpid(), signal.SIGKILL)
    return kept(*args, **kwargs)
setattr(owner, name, cut)
sys.exit(run(sys.argv[4:]))
"""


@dataclass(frozen=True)
class Seen:
    """What somebody with the keys of a node finds in it."""

    opened: dict[str, list[str]]
    closed: dict[str, int]
    papers: list[bool]
    found: dict[str, int]
    codes: list[str]
    notes: int
    statuses: list[str]
    databases: list[str]


def look(node: Amparo) -> Seen:
    """Open everything that opens."""
    return Seen(**json.loads(_python(node, LOOK)))


def destroy(node: Amparo, code: str) -> None:
    """Destroy the keys of the organisation's only woman."""
    _python(node, DESTROY.format(code=code))


def write_another_note(node: Amparo) -> None:
    """Change the node after its backup."""
    _python(node, WRITE)


def cut_at(node: Amparo, function: str, times: int, *arguments: str) -> int:
    """Run a command that is killed when it calls `module:function` for the n-th time; gives its exit code."""
    module, name = function.split(":")
    command = [sys.executable, "-c", CUT, module, name, str(times), *arguments]
    return subprocess.run(command, env=environment(node), capture_output=True, check=False, timeout=120).returncode


def copied(home: Path, to: Path) -> Amparo:
    """Another node with the same folder, as it was when it was stopped."""
    subprocess.run(["cp", "-a", str(home), str(to)], check=True)
    return Amparo(to)


def environment(node: Amparo) -> dict[str, str]:
    """Of a command against this node."""
    kept = {name: value for name, value in os.environ.items() if not name.endswith("DATABASE_URL")}
    return {**kept, "AMPARO_HOME": str(node.home)}


def _python(node: Amparo, script: str, *arguments: str) -> Any:
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        env=environment(node),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    if done.returncode:
        raise AssertionError(done.stderr)
    return done.stdout


def fill(node: Amparo) -> None:
    """Put the cast's world into an empty node."""
    _python(node, FILL)
