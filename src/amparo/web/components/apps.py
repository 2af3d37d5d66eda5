"""Django application of the page components: partials and template tags."""

from django.apps import AppConfig


class ComponentsConfig(AppConfig):
    """Gives the partials in ``templates/components`` and the tags of ``components`` to every template."""

    name = "amparo.web.components"
    label = "components"
