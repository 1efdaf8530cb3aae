"""Where feeds are: for the pages that name them and for the feeds themselves."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse


@dataclass(frozen=True)
class FeedLink:
    """One feed in both forms, as a page's head offers it."""

    title: str
    atom: str
    json: str


def feed_path(name: str, form: str, parts: Mapping[str, Any]) -> str:
    """The address of the feed of this name ("feed", "section_feed" …) in a form ("atom", "json")."""
    return reverse(f"site:{name}_json" if form == "json" else f"site:{name}", kwargs=dict(parts))


def feed_link(name: str, title: str, **parts: Any) -> FeedLink:
    """What a page offers: `title` is what the reader's program shows."""
    return FeedLink(title, feed_path(name, "atom", parts), feed_path(name, "json", parts))
