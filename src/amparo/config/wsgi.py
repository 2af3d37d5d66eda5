"""The WSGI entry of the web server."""

import os

from django.core.wsgi import get_wsgi_application

from amparo.areas.entitlements import catalogue
from amparo.node import database

database.connect_as_web()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amparo.config.settings")
application = get_wsgi_application()
catalogue.prepare()
