"""What the web's processes hold in memory from their start."""

import subprocess
import sys

import pytest

LOADED = """
import sys
import amparo.config.wsgi
from django.urls import reverse
reverse("today")
print(*sys.modules)
"""


@pytest.fixture(scope="module")
def loaded() -> set[str]:
    done = subprocess.run([sys.executable, "-c", LOADED], check=True, capture_output=True, text=True)
    return set(done.stdout.split())


def test_every_view_is_there_before_processes_are_forked(loaded: set[str]) -> None:
    assert {"amparo.web.staff.views.today", "amparo.web.staff.views.schemes", "amparo.web.api.urls"} <= loaded


def test_what_only_other_processes_need_is_not(loaded: set[str]) -> None:
    assert loaded & {"pypdf", "puremagic", "ortools"} == set()
