"""Tell the cache in front to fetch addresses anew, so that a withdrawn page is gone at once and not a minute later."""

import logging
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterable

from django.conf import settings

log = logging.getLogger(__name__)

TIMEOUT_SECONDS = 3.0
HEADER = "X-Newsroom-Purge"


class PurgeFailed(Exception):
    """The cache in front could not be told; `paths` says for which addresses. The caller may try again."""

    def __init__(self, paths: list[str]) -> None:
        super().__init__("The cache did not refresh: " + ", ".join(paths))
        self.paths = paths


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """An answer that redirects is an answer: following it would carry the key to another host."""

    def redirect_request(self, *args: object, **kwargs: object) -> None:
        return None


_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect)


def refresh(paths: Iterable[str]) -> None:
    """Ask the cache to replace what it holds for `paths` ("/wangchao/story/7/", with leading slash).

    Does nothing without NEWSROOM_PURGE_URL and NEWSROOM_PURGE_KEY. Safe to repeat. Every path is tried; raises
    PurgeFailed with those that got no answer. An answer of 404 or 410 is a success: that is what replaces the page.
    """
    base = getattr(settings, "NEWSROOM_PURGE_URL", "").rstrip("/")
    key = getattr(settings, "NEWSROOM_PURGE_KEY", "")
    if not base or not key:
        return
    host = getattr(settings, "NEWSROOM_PURGE_HOST", "")
    failed = []
    for path in dict.fromkeys(paths):
        address = base + urllib.parse.quote(path, safe="/%?=&:@!$'()*+,;~-._")
        request = urllib.request.Request(address, headers={HEADER: key})  # noqa: S310 - the operator's own URL
        if host:
            request.add_header("Host", host)
        try:
            with _opener.open(request, timeout=TIMEOUT_SECONDS) as answer:
                # To the end: a reader who hangs up early keeps nginx from storing the answer.
                answer.read()
        except urllib.error.HTTPError as answer:
            # 5xx: the cache could not ask us, and keeps what it has.
            if answer.code >= 500:
                failed.append(path)
            answer.read()
            answer.close()
        except OSError as error:
            log.warning("cache not refreshed for %s: %s", path, error)
            failed.append(path)
    if failed:
        raise PurgeFailed(failed)
