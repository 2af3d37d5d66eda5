"""Every address of the node."""

from django.urls import include, path

from amparo.web import errors

urlpatterns = [
    path("", include("amparo.web.public.urls")),
    path("", include("amparo.web.api.urls")),
    path("accounts/", include("amparo.web.accounts.urls")),
    path("", include("amparo.web.staff.urls")),
]
handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
