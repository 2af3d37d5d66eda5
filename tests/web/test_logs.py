"""What stands in a log: words of those on the list, and of nobody else."""

import logging
import sys

import pytest

from amparo.config.logs import WORDS_OF, NothingPersonal

CODE, HER_WORD = "67SR-TG4", "canary-word-of-hers"


def _logged(name: str, message: str, *args: object, exc_info: object = None) -> str:
    record = logging.LogRecord(name, logging.ERROR, "/somewhere/worker.py", 12, message, args, exc_info)  # type: ignore[arg-type]
    assert NothingPersonal().filter(record)
    return logging.Formatter("{levelname} {name} {message}", style="{").format(record)


@pytest.mark.parametrize("name", ["procrastinate.worker", "allauth", "axes", "psycopg.pool", "py.warnings", "amparos"])
def test_a_library_is_named_with_its_place_and_says_nothing(name: str) -> None:
    line = _logged(name, f"Job for {CODE} with %s", HER_WORD)
    assert line == f"ERROR {name} worker:12"


@pytest.mark.parametrize("name", WORDS_OF)
def test_those_on_the_list_speak_without_codes_and_queries(name: str) -> None:
    line = _logged(f"{name}.part", "Not Found: %s", f"/cases/{CODE}/notes/?q={HER_WORD}")
    assert line == f"ERROR {name}.part Not Found: /cases/CODE/notes/?…"


def test_the_secret_address_of_a_calendar_is_in_no_log() -> None:
    line = _logged("django.request", "Not Found: %s", "/calendar/LnP0-canary_secret.ics?x=1")
    assert line == "ERROR django.request Not Found: /calendar/SECRET?…"


@pytest.mark.parametrize("name", ["amparo.web", "procrastinate.worker"])
def test_an_error_leaves_its_kind_and_place_and_not_its_words(name: str) -> None:
    try:
        raise ValueError(HER_WORD)
    except ValueError:
        line = _logged(name, "It failed", exc_info=sys.exc_info())
    assert "ValueError at " in line
    assert HER_WORD not in line
