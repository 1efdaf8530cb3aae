"""What readers see when there is nothing to see. None of it repeats anything of what was asked."""

import logging
import re

from django.conf import settings
from django.db import Error as DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

from articles.site.answers import REFUSED_SECONDS, rendered
from articles.site.chrome import Paper, first_paper, paper_for

log = logging.getLogger(__name__)

_SLUG = re.compile(r"[-a-zA-Z0-9_]{1,40}")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, the same bytes for everything of a paper that is not there: never was, not yet, or not for readers."""
    response = HttpResponse(rendered("site/404.html", _paper_of(request), {}), status=404)
    if request.path_info.startswith("/" + settings.ADMIN_PATH):
        patch_cache_control(response, private=True, no_store=True)
    else:
        patch_cache_control(response, public=True, max_age=REFUSED_SECONDS)
    return response


def _paper_of(request: HttpRequest) -> Paper | None:
    slug = request.path_info.lstrip("/").partition("/")[0]
    try:
        return (paper_for(slug) if _SLUG.fullmatch(slug) else None) or first_paper()
    except DatabaseError:
        # The page says what it has to say without a masthead too.
        log.warning("no masthead for a 404", exc_info=True)
        return None


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400 in a plain word: no template, no database, no host name (it may be what was forged)."""
    return _plain("Bad request\n", 400)


def server_error(request: HttpRequest) -> HttpResponse:
    """500 without a query: the database may be what has failed."""
    try:
        response = HttpResponse(rendered("site/500.html", None, {}), status=500)
    except Exception:
        log.exception("the error page failed too")
        return _plain("Server error\n", 500)
    patch_cache_control(response, no_store=True)
    return response


def _plain(text: str, status: int) -> HttpResponse:
    response = HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
    patch_cache_control(response, no_store=True)
    return response
