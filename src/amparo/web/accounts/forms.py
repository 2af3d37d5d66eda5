"""Codes of the second factor, counted like passwords; passkeys, whatever a browser sends in their place."""

import struct
import time
from typing import Any

from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from cryptography.exceptions import InvalidSignature
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from amparo.areas.access.actions import claim

from . import lockout

PERIOD = 30  # seconds that a code stands


class _CountedCode:
    """A code that can be tried a few times only (SECURITY.md), whatever process answers."""

    user: Any

    def clean_code(self) -> str:
        """The code, where it is right; wrong ones are counted by name and address."""
        request, name = context.request, self.user.get_username()
        if not lockout.may_try_code(request, name):
            raise ValidationError(_("Too many wrong codes. Wait a quarter of an hour, then try again."))
        try:
            code = str(super().clean_code())  # type: ignore[misc]
        except ValidationError:
            lockout.note_wrong_code(request, name)
            raise
        # The library remembers used codes in the memory of one process; here all of them know.
        if claim(f"code {self.user.pk} {code} {int(time.time()) // PERIOD}") is None:
            raise ValidationError(_("This code was used. Wait for the next one."))
        lockout.forget_wrong_codes(request, name)
        return code


class CodeAtSignIn(_CountedCode, AuthenticateForm):  # type: ignore[misc]  # allauth has no types
    """The code after the password."""


class CodeAgain(_CountedCode, ReauthenticateForm):  # type: ignore[misc]
    """The code before a change of how one signs in."""


# What the library raises for an answer that no authenticator gives: it expects well-formed ones.
_NO_ANSWER = (InvalidSignature, KeyError, TypeError, ValueError, AttributeError, IndexError, struct.error)


class _AnyAnswer:
    """A passkey's answer; what is none is an error of the form, never of ours."""

    def clean_credential(self) -> Any:
        """What the library makes of the answer."""
        try:
            return super().clean_credential()  # type: ignore[misc]
        except ValidationError:
            raise
        except _NO_ANSWER as wrong:
            raise ValidationError(_("That passkey does not fit.")) from wrong


class PasskeyAtSignIn(_AnyAnswer, AuthenticateWebAuthnForm):  # type: ignore[misc]
    """The passkey after the password."""


class PasskeyAlone(_AnyAnswer, LoginWebAuthnForm):  # type: ignore[misc]
    """The passkey in place of name and password."""


class PasskeyAgain(_AnyAnswer, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """The passkey before a change of how one signs in."""


class NewPasskey(AddWebAuthnForm):  # type: ignore[misc]
    """A passkey that is added."""

    def clean(self) -> dict[str, Any]:
        """What the library makes of the answer."""
        try:
            typed: dict[str, Any] = super().clean()
        except ValidationError:
            raise
        except _NO_ANSWER as wrong:
            raise ValidationError(_("That passkey does not fit.")) from wrong
        return typed
