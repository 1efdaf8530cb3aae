"""Small files that go with the pages: the card for chats, the manifest for home screens, the icon at its old place."""

import json

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from articles.site.answers import public
from articles.site.card import card
from articles.site.chrome import Paper
from articles.site.head import BACKGROUND, document_language

DAY = 24 * 3600


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """To the icon, for programs that ask without having read a page."""
    return _for_a_day(HttpResponseRedirect(static("site/favicon.ico")))


@public
def manifest(request: HttpRequest, paper: Paper) -> HttpResponse:
    """The web app manifest (W3C) of a paper."""
    home = reverse("site:front", args=[paper.slug])
    document = {
        "id": home,
        "name": paper.name,
        "short_name": paper.name,
        "lang": document_language(),
        "dir": "ltr",
        "start_url": home,
        "scope": home,
        # With the browser's own way back: the pages have no script that could draw one.
        "display": "minimal-ui",
        "theme_color": BACKGROUND,
        "background_color": BACKGROUND,
        "icons": [
            {"src": static("site/icon.svg"), "type": "image/svg+xml", "sizes": "any"},
            *(_icon(f"icon-{side}.png", side, "any") for side in (192, 512)),
            *(_icon(f"icon-maskable-{side}.png", side, "maskable") for side in (192, 512)),
        ],
    }
    text = json.dumps(document, ensure_ascii=False)
    return _for_a_day(HttpResponse(text, content_type="application/manifest+json; charset=utf-8"))


@public
def share_card(request: HttpRequest, paper: Paper) -> HttpResponse:
    """The paper's share card. Drawn once in a process; its address changes with the name on it."""
    response = HttpResponse(card(paper.name), content_type="image/png")
    # Made to be shown by others.
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return _for_a_day(response)


def _icon(name: str, side: int, purpose: str) -> dict[str, str]:
    return {
        "src": static(f"site/{name}"),
        "type": "image/png",
        "sizes": f"{side}x{side}",
        "purpose": purpose,
    }


def _for_a_day(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, public=True, max_age=DAY)
    return response
