"""The settings of a paper on one page."""

from django.http import HttpRequest, HttpResponse
from django.http import HttpResponseRedirect
from django.urls import reverse


def settings_page(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:articles_publication_changelist"))
