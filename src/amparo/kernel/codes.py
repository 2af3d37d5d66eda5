"""Codes that stand for a person inside the house (R3; C&H-L 5.1.2): random, easy to say, and self-checking."""

import secrets

# No I, L, O, 0, 1: nobody confuses them by telephone. 31 is prime, so one wrong or two swapped signs never pass.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
BODY = 6


def check_sign(body: str) -> str:
    """The last sign of a code, computed from those before it."""
    total = sum(weight * ALPHABET.index(sign) for weight, sign in enumerate(body, start=2))
    return ALPHABET[total % len(ALPHABET)]


def new_code() -> str:
    """A fresh random code, such as K7M4-Q2X. It says nothing about the person."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(BODY))
    return _written(body + check_sign(body))


def new_number() -> str:
    """A fresh random number for something that leaves the house, such as 7KQ2M-XJ4PD; never mistaken for a code."""
    signs = [secrets.choice(ALPHABET) for _ in range(10)]
    return f"{''.join(signs[:5])}-{''.join(signs[5:])}"


def read_code(typed: str) -> str | None:
    """The code that someone typed, in its written form; None where it cannot be one.

    Case, spaces and dashes do not matter.
    """
    signs = "".join(sign for sign in typed.upper() if sign.isalnum())
    if len(signs) != BODY + 1 or any(sign not in ALPHABET for sign in signs):
        return None
    return _written(signs) if check_sign(signs[:BODY]) == signs[BODY] else None


def _written(signs: str) -> str:
    return f"{signs[:4]}-{signs[4:]}"
