"""A field to sign on with a finger, a pen or the mouse."""

from base64 import b64decode
from binascii import Error
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .fields import Plain

DATA_URL = "data:image/png;base64,"


class SignatureInput(forms.Widget):
    """A canvas that writes a PNG into a hidden field; without JavaScript it stays away."""

    template_name = "components/signature.html"
    use_fieldset = True


class SignatureField(Plain, forms.Field):
    """What was drawn, as the bytes of a PNG picture; empty bytes where nothing was."""

    widget = SignatureInput

    def __init__(self, *, label: Any, **options: Any) -> None:
        super().__init__(label=label, **options)

    def to_python(self, value: Any) -> bytes:
        """Read the picture out of the data address that the canvas wrote."""
        if not value:
            return b""
        try:
            if not str(value).startswith(DATA_URL):
                raise ValueError
            return b64decode(str(value)[len(DATA_URL) :], validate=True)
        except (Error, ValueError) as error:
            raise forms.ValidationError(_("The signature did not arrive whole. Let her sign again.")) from error
