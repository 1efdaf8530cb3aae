"""What a feed holds, whichever way it is written down. All addresses are absolute, all times have a zone."""

import re
from dataclasses import dataclass
from datetime import datetime

# What XML 1.0 cannot hold; one such character would make the whole feed unreadable.
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def clean(value: str) -> str:
    """Text that any feed may hold."""
    return _NOT_XML.sub("", value)


@dataclass(frozen=True)
class Person:
    """Somebody who wrote; `url`: the page with that person's stories, "" where there is none."""

    name: str
    url: str = ""


@dataclass(frozen=True)
class Entry:
    """A story. `id` never changes, `updated` does with every version; `content` is HTML, `summary` plain text."""

    id: str
    url: str
    title: str
    summary: str
    content: str
    image: str
    published: datetime
    updated: datetime
    authors: tuple[Person, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Feed:
    """A feed of its own address `url`, about the page `home`. `updated` is the newest change of its entries, and for
    a feed without any a moment that stays the same."""

    id: str
    title: str
    home: str
    url: str
    icon: str
    language: str
    author: Person
    updated: datetime
    entries: tuple[Entry, ...]
