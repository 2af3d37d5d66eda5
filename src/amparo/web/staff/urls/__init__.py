"""Addresses of the staff's site, one module for each part of the path."""

from importlib import import_module
from pkgutil import iter_modules

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
for module in sorted(iter_modules(__path__), key=lambda found: found.name):
    urlpatterns += import_module(f"{__name__}.{module.name}").urlpatterns
