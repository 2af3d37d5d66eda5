"""Addresses within a case. A page shows dozens of them, so each shape is looked up once."""

from functools import cache

from django.urls import reverse

CODE = "2222-222"
NUMBER = 987654321


def case_address(name: str, code: str, number: int | None = None) -> str:
    """The address of this page of the case with this code, or of the thing with this number in it."""
    shape = _shape(name, numbered=number is not None)
    return shape.replace(CODE, code).replace(str(NUMBER), str(number))


@cache
def _shape(name: str, *, numbered: bool) -> str:
    return reverse(name, args=(CODE, NUMBER) if numbered else (CODE,))
