"""Keeping what was typed, and saving a form once."""

import hashlib
import json
import os
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import transaction

from amparo.kernel import clock

from .models import KeptText, Submission

KEPT_FOR = timedelta(hours=24)
Typed = dict[str, list[str]]


@transaction.atomic
def keep_text(typed: Typed, *, account: int, path: str) -> str:
    """Seal what was typed and give the ticket that opens it again; only the browser keeps the ticket."""
    KeptText.objects.filter(kept_at__lt=clock.now() - KEPT_FOR).delete()
    key, nonce = AESGCM.generate_key(bit_length=256), os.urandom(12)
    sealed = nonce + AESGCM(key).encrypt(nonce, json.dumps(typed).encode(), path.encode())
    kept = KeptText.objects.create(account=account, path=path[:300], sealed=sealed)
    return f"{kept.pk}.{key.hex()}"


def kept_text(ticket: str, *, account: int, path: str) -> Typed | None:
    """What was typed on that page by that account; None where the ticket does not fit."""
    number, _, key = ticket.partition(".")
    if not number.isdigit() or len(key) != 64:
        return None
    kept = KeptText.objects.filter(pk=int(number), account=account, path=path[:300]).first()
    if kept is None:
        return None
    sealed = bytes(kept.sealed)
    try:
        opened = AESGCM(bytes.fromhex(key)).decrypt(sealed[:12], sealed[12:], path.encode())
    except (InvalidTag, ValueError):
        return None
    typed: Typed = json.loads(opened)
    return typed


def forget_text(ticket: str) -> None:
    """Throw the kept text away, after it was saved."""
    number, _, _key = ticket.partition(".")
    if number.isdigit():
        KeptText.objects.filter(pk=int(number)).delete()


def forget_addresses(code: str) -> None:
    """Throw away what was kept of forms on pages with this code in their address."""
    KeptText.objects.filter(path__contains=code).delete()
    Submission.objects.filter(location__contains=code).update(location="")


def forget_old(*, now: datetime) -> int:
    """Throw away what is kept for a day at most, once the day is over; gives how many."""
    texts, _ = KeptText.objects.filter(kept_at__lt=now - KEPT_FOR).delete()
    forms, _ = Submission.objects.filter(at__lt=now - KEPT_FOR).delete()
    return texts + forms


def claim(token: str) -> Submission | None:
    """Note that the form with this token is being saved, inside the caller's transaction.

    None where it was saved before; a second request waits here until the first has finished.
    """
    made, created = Submission.objects.get_or_create(token=_short(token))
    return made if created else None


def settle(submission: Submission, *, location: str) -> None:
    """Remember where the saved form led to, for a second click."""
    Submission.objects.filter(pk=submission.pk).update(location=location[:300])


def location_of(token: str) -> str:
    """Where the form with this token led to when it was saved; empty where it was not."""
    return Submission.objects.filter(token=_short(token)).values_list("location", flat=True).first() or ""


def _short(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
