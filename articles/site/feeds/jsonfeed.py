"""JSON Feed 1.1 (jsonfeed.org)."""

import json
from typing import Any

from articles.site.feeds.content import Entry, Feed, Person, clean

CONTENT_TYPE = "application/feed+json; charset=utf-8"
VERSION = "https://jsonfeed.org/version/1.1"


def write(feed: Feed) -> bytes:
    """The document, UTF-8."""
    document = {
        "version": VERSION,
        "title": clean(feed.title),
        "home_page_url": feed.home,
        "feed_url": feed.url,
        "icon": feed.icon,
        "language": feed.language,
        "authors": [_person(feed.author)],
        "items": [_item(entry) for entry in feed.entries],
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def _item(entry: Entry) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": entry.id,
        "url": entry.url,
        "title": clean(entry.title),
        "summary": clean(entry.summary),
        "content_html": clean(entry.content),
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
    }
    if entry.image:
        item["image"] = entry.image
    if entry.authors:
        item["authors"] = [_person(person) for person in entry.authors]
    if entry.tags:
        item["tags"] = [clean(tag) for tag in entry.tags]
    return item


def _person(person: Person) -> dict[str, str]:
    return {"name": clean(person.name), **({"url": person.url} if person.url else {})}
