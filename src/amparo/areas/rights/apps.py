"""Django's registration of this area."""

from django.apps import AppConfig


class Area(AppConfig):
    """The area as Django sees it."""

    name = "amparo.areas.rights"
    label = "rights"
    default_auto_field = "django.db.models.BigAutoField"
