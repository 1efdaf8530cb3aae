"""Every address of the product."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from newsroom import health

handler400 = "articles.site.errors.bad_request"
handler403 = "articles.admin.base.forbidden"
handler404 = "articles.site.errors.not_found"
handler500 = "articles.site.errors.server_error"

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path(settings.ADMIN_PATH, admin.site.urls),
    path("", include("articles.site.urls")),
]
