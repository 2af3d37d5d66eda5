"""Renders Django forms in our markup. Set with ``FORM_RENDERER = "amparo.web.components.renderer.AmparoRenderer"``."""

from pathlib import Path

import django.forms
from django.forms.renderers import DjangoTemplates
from django.template.backends.django import DjangoTemplates as Engine
from django.utils.functional import cached_property

from amparo.web.components.bound import AmparoBoundField

OURS = Path(__file__).parent / "templates"
DJANGOS = Path(django.forms.__file__).parent / "templates"


class AmparoRenderer(DjangoTemplates):
    """GOV.UK Frontend's form markup, with our widget templates before Django's own."""

    form_template_name = "components/fields.html"
    field_template_name = "components/field.html"
    bound_field_class = AmparoBoundField

    @cached_property
    def engine(self) -> Engine:
        """A template engine of its own: independent of the order of installed applications."""
        return Engine(
            {
                "APP_DIRS": False,
                "DIRS": [OURS, DJANGOS],
                "NAME": "amparoforms",
                "OPTIONS": {"debug": False},
            }
        )
