"""Django's registration of this area."""

from django.apps import AppConfig


class Area(AppConfig):
    """The area as Django sees it."""

    name = "amparo.areas.activities"
    label = "activities"
    default_auto_field = "django.db.models.BigAutoField"
