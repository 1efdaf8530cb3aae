"""What a reader's browser loads before the first photo: the page itself and its style sheets."""

import gzip
import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from articles.models import PublishedArticle, PublishedPlacement
from articles.search.index import index_copies
from newsroom.bench.asking import ask
from newsroom.bench.paper import SLUG, Paper, found_paper, print_stories
from newsroom.bench.table import Table

STORIES = 240
MOST_BYTES = 100 * 1024

_SHEET = re.compile(r'<link rel="stylesheet" href="([^"]+)"')


def measure(quick: bool) -> Table:
    paper = found_paper()
    print_stories(paper, STORIES)
    index_copies(*PublishedArticle.objects.all())
    table = Table(
        "Weight of a page before its photos",
        ["page", "HTML", "gzip", "style sheets", "CSS", "gzip", "together", "gzip", "target"],
        notes=[
            f"Bytes, of a paper of {STORIES} stories, lists as full as they get. No page loads a script or a font. "
            "Style sheets are kept by the browser: the second page costs its HTML alone."
        ],
    )
    client = Client()
    for page, path in _addresses(paper).items():
        html = ask(client, path).content
        sheets = _sheets(html.decode())
        parts = [html, *sheets]
        raw, packed = sum(map(len, parts)), sum(map(_packed, parts))
        held = table.hold(f"weight of {page}", f"≤ {MOST_BYTES:,}", raw <= MOST_BYTES)
        css = (f"{sum(map(len, sheets)):,}", f"{sum(map(_packed, sheets)):,}")
        table.add(
            page, f"{len(html):,}", f"{_packed(html):,}", len(sheets), *css, f"{raw:,}", f"{packed:,}", held
        )
    return table


def _packed(content: bytes) -> int:
    return len(gzip.compress(content, 6, mtime=0))


def _sheets(html: str) -> list[bytes]:
    paths = (finders.find(address.removeprefix(settings.STATIC_URL)) for address in _SHEET.findall(html))
    return [Path(str(path)).read_bytes() for path in paths]


def _addresses(paper: Paper) -> dict[str, str]:
    places = PublishedPlacement.objects.select_related("published_page__published_issue").order_by("-pk")
    plain = places.filter(copy__photo_uses=None)[0]
    photo = places.exclude(copy__photo_uses=None)[0]
    day = plain.published_page.published_issue.date
    return {
        "front page": reverse("site:front", args=[SLUG]),
        "section": reverse("site:section", args=[SLUG, paper.sections[0].pk]),
        "story": reverse("site:story", args=[SLUG, plain.article_id]),
        "story with a photo": reverse("site:story", args=[SLUG, photo.article_id]),
        "issue page": reverse(
            "site:page", kwargs={"slug": SLUG, "day": day, "code": plain.published_page.code}
        ),
        "search": f"{reverse('site:search', args=[SLUG])}?q=夜航",
    }
