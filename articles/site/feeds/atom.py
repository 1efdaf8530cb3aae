"""Atom (RFC 4287)."""

from html import escape

# Written, never read: nothing foreign is parsed here.
from xml.etree import ElementTree as ET

from articles.site.feeds.content import Entry, Feed, Person, clean

CONTENT_TYPE = "application/atom+xml; charset=utf-8"
NAMESPACE = "http://www.w3.org/2005/Atom"


def write(feed: Feed) -> bytes:
    """The document, UTF-8."""
    root = ET.Element("feed", {"xmlns": NAMESPACE, "xml:lang": feed.language})
    _text(root, "id", feed.id)
    _text(root, "title", feed.title)
    _text(root, "updated", feed.updated.isoformat())
    _link(root, "self", feed.url, "application/atom+xml")
    _link(root, "alternate", feed.home, "text/html")
    _person(root, feed.author)
    _text(root, "icon", feed.icon)
    for entry in feed.entries:
        _entry(ET.SubElement(root, "entry"), entry)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def _entry(parent: ET.Element, entry: Entry) -> None:
    _text(parent, "id", entry.id)
    _text(parent, "title", entry.title)
    _text(parent, "published", entry.published.isoformat())
    _text(parent, "updated", entry.updated.isoformat())
    _link(parent, "alternate", entry.url, "text/html")
    for person in entry.authors:
        _person(parent, person)
    for tag in entry.tags:
        ET.SubElement(parent, "category", {"term": clean(tag)})
    # As HTML, whose every sign is escaped: programs that take any summary for HTML show it rightly too.
    _text(parent, "summary", escape(entry.summary, quote=False), type="html")
    _text(parent, "content", entry.content, type="html")


def _text(parent: ET.Element, name: str, value: str, **attributes: str) -> None:
    ET.SubElement(parent, name, attributes).text = clean(value)


def _link(parent: ET.Element, rel: str, href: str, kind: str) -> None:
    ET.SubElement(parent, "link", {"rel": rel, "type": kind, "href": href})


def _person(parent: ET.Element, person: Person) -> None:
    author = ET.SubElement(parent, "author")
    _text(author, "name", person.name)
    if person.url:
        _text(author, "uri", person.url)
