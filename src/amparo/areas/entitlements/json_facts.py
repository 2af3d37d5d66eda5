"""Read facts about a person as others hand them in: one JSON object, everything else refused with its reason."""

import json
import re
from datetime import date
from difflib import get_close_matches
from typing import NoReturn

import msgspec

from amparo.areas.entitlements.rules.facts import DATES, FACTS, VALUES, Facts

#: All facts together take less than two kilobytes; nobody has to hold more in memory.
LONGEST = 65_536
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_decode = msgspec.json.Decoder(Facts).decode
_decode_freely = msgspec.json.Decoder(dict[str, object]).decode


class WrongFactsError(ValueError):
    """These are no facts; the text says where and what is expected."""


def facts_of_json(text: bytes) -> Facts:
    """The facts in one JSON object; what is absent or null is not known. Raises WrongFactsError.

    Every field is followed by the only colon that belongs to it, so counting colons shows a field given twice.
    """
    try:
        facts = _decode(text)
        if len(text) <= LONGEST and len(_decode_freely(text)) == text.count(b":"):
            return facts
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        pass
    raise _mistake(text)


def day_from(text: str) -> date:
    """A day written as YYYY-MM-DD. Raises ValueError for everything else."""
    if not _DAY.fullmatch(text):
        raise ValueError(text)
    return date.fromisoformat(text)


def _mistake(text: bytes) -> WrongFactsError:
    """What is wrong, in words; slow, and only for what was found to be wrong."""
    content = _read_slowly(text)
    if not isinstance(content, dict):
        return WrongFactsError(f"expected one JSON object with facts, found {_shown(content)}")
    wrong = [f"{key}: expected {expected}" for key, value in content.items() if (expected := _expected(key, value))]
    more = f" ({len(wrong) - 1} more mistakes)" if len(wrong) > 1 else ""
    return WrongFactsError(wrong[0] + more if wrong else "expected one JSON object with facts")


def _read_slowly(text: bytes) -> object:
    if len(text) > LONGEST:
        raise WrongFactsError(f"expected at most {LONGEST // 1024} kB for one person")
    if not text.strip():
        raise WrongFactsError("expected one JSON object with facts, found nothing")
    if text.startswith(b"\xef\xbb\xbf"):
        raise WrongFactsError("expected UTF-8 without a byte order mark at the beginning")
    try:
        return json.loads(
            text.decode(), object_pairs_hook=_each_once, parse_constant=_no_number, parse_int=_first_digits
        )
    except UnicodeDecodeError as error:
        raise WrongFactsError("expected text in UTF-8") from error
    except json.JSONDecodeError as error:
        raise WrongFactsError(f"expected JSON: {error.msg} at line {error.lineno}, column {error.colno}") from error
    except RecursionError as error:
        raise WrongFactsError(
            "expected one flat JSON object with facts, found many levels inside each other"
        ) from error


def _each_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise WrongFactsError(f"{_shown(key)}: expected every fact once, found it twice")
        found[key] = value
    return found


def _first_digits(number: str) -> int:
    """No fact is a number, and only the beginning of this one is shown; Python reads no more than 4300 digits."""
    return int(number[:20])


def _no_number(name: str) -> NoReturn:
    raise WrongFactsError(f"expected JSON, found {name}")


def _expected(key: str, value: object) -> str:
    """What is expected of a field; empty where it is right."""
    if key not in FACTS:
        near = get_close_matches(key, FACTS, n=1)
        return "a fact that is known here" + "".join(f", perhaps {one}" for one in near)
    if value is None:
        return ""
    if key in DATES:
        return "" if _is_day(value) else f"a day that exists, as YYYY-MM-DD, found {_shown(value)}"
    values = VALUES[key]
    if values == (True, False):
        return "" if isinstance(value, bool) else f"true or false, found {_shown(value)}"
    return "" if value in values else f"one of {', '.join(map(str, values))}, found {_shown(value)}"


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(day_from(value))
    except ValueError:
        return False


def _shown(value: object) -> str:
    """A few characters of what was found, as it stands in JSON."""
    shown = json.dumps(value, ensure_ascii=False, default=str)
    return shown if len(shown) <= 40 else f"{shown[:40]}…"
