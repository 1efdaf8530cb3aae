"""What the head of a page says beside its title: language, share picture, data for search engines."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, to_locale

from articles.site.card import SIZE
from articles.site.chrome import Paper
from articles.site.pictures import Figure

# The colour of the paper, as in static/site/paper.css.
BACKGROUND = "#fbfaf6"
# The markup of HTML in JSON's own spelling: no headline can end the script element it stands in.
_AS_JSON = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


@dataclass(frozen=True)
class Share:
    """The picture that goes with a link in a chat, at an absolute address."""

    url: str
    width: int
    height: int
    alt: str


def share_of(request: HttpRequest, figure: Figure | None) -> Share | None:
    """A photo as share picture; None without one."""
    largest = figure.picture.largest if figure else None
    if figure is None or largest is None:
        return None
    return Share(request.build_absolute_uri(largest.url), largest.width, largest.height, figure.alt)


def paper_card(request: HttpRequest, paper: Paper) -> Share:
    """The picture of a page without a photo: the paper's own card (`signs.share_card`)."""
    # The card may be kept for long, so its address changes with what stands on it.
    version = hashlib.sha256(paper.name.encode()).hexdigest()[:12]
    path = reverse("site:share_card", args=[paper.slug])
    return Share(request.build_absolute_uri(f"{path}?v={version}"), *SIZE, paper.name)


def document_language() -> str:
    """The language of this answer as HTML, feeds and maps name it: zh-Hans."""
    # A locale is spelt with the script's capital letter: zh_Hans.
    return to_locale(get_language() or "en").replace("_", "-")


def share_locale() -> str:
    """The language of this answer as Open Graph names it: with a country, whoever reads it there."""
    return {"zh-hans": "zh_CN"}.get(get_language() or "", "en_US")


def data_block(things: Sequence[dict[str, Any]]) -> SafeString:
    """Linked data (JSON-LD) for a `<script type="application/ld+json">`: a data block, which nothing runs."""
    document = {"@context": "https://schema.org", "@graph": list(things)}
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":")).translate(_AS_JSON)
    return mark_safe(text)  # noqa: S308 — nothing in it can be read as markup
