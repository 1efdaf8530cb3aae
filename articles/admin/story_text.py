"""A story's content in words a person can compare: every field with its label, both texts side by side."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from articles.admin.differences import Line, compare
from articles.admin.times import paper_time
from articles.body import BodyError, plain_text, sanitise
from articles.models import Article, Byline, Publication, Reporter, Section
from media_library.models import Photo

Content = Mapping[str, Any]


@dataclass(frozen=True)
class Part:
    """One field of a story in plain words."""

    name: str
    label: str
    text: str


@dataclass(frozen=True)
class Difference:
    """One field that is not the same in two contents: both texts, and their comparison (old to new)."""

    name: str
    label: str
    old: str
    new: str
    lines: list[Line]


def parts(content: Content, publication: Publication) -> list[Part]:
    """All fields of a snapshot in printed order (three queries at most)."""
    readers: dict[str, Callable[[Any], str]] = {
        "kind": lambda value: str(dict(Article.Kind.choices).get(value, value)),
        "section": _section,
        "body": _body,
        "embargo_until": lambda value: paper_time(_moment(value), publication.zone),
        "bylines": _bylines,
        "photos": _photos,
    }
    order = (
        "kind", "section", "kicker", "headline", "deck", "dateline", "bylines", "body", "summary", "photos",
        "embargo_until",
    )  # fmt: skip
    labels = {"bylines": _("bylines"), "photos": _("photos")}
    return [
        Part(
            name,
            str(labels.get(name) or Article._meta.get_field(name).verbose_name),  # type: ignore[union-attr]
            readers.get(name, str)(content[name]),
        )
        for name in order
        if name in content
    ]


def differences(old: Content, new: Content, publication: Publication) -> list[Difference]:
    """The fields in which two contents differ for a reader, in printed order."""
    before = {part.name: part for part in parts(old, publication)}
    return [
        Difference(
            part.name,
            part.label,
            before[part.name].text,
            part.text,
            compare(before[part.name].text, part.text),
        )
        for part in parts(new, publication)
        if part.name in before and before[part.name].text != part.text
    ]


def same(old: Content, new: Content) -> bool:
    """Whether saving `new` over `old` would change nothing."""
    return all(_bare(old.get(name)) == _bare(value) for name, value in new.items())


def _bare(value: Any) -> Any:
    """A value without what a snapshot adds for people (the reporters' names) and without forms of writing times."""
    if isinstance(value, list):
        return [{name: part for name, part in row.items() if name != "name"} for row in value]
    if isinstance(value, str) and (moment := _moment(value)) is not None:
        return moment
    return value


def _moment(value: Any) -> datetime | None:
    if not isinstance(value, str):
        return value
    try:
        return parse_datetime(value)
    except ValueError:
        return None


def _section(key: int | None) -> str:
    return str(Section.objects.filter(pk=key).first() or key) if key is not None else ""


def _body(html: str) -> str:
    try:
        return plain_text(sanitise(html))
    except BodyError:
        return html


def _bylines(rows: list[dict[str, Any]]) -> str:
    names = dict(Reporter.objects.filter(pk__in=[row["reporter"] for row in rows]).values_list("pk", "name"))
    roles = dict(Byline.Role.choices)
    return "\n".join(
        f"{row.get('title', '')} {row.get('name') or names.get(row['reporter'], '')}"
        f" ({roles.get(row.get('role', ''), row.get('role', ''))})".strip()
        for row in rows
    )


def _photos(rows: list[dict[str, Any]]) -> str:
    names = {photo.pk: str(photo) for photo in Photo.objects.filter(pk__in=[row["photo"] for row in rows])}
    return "\n".join(
        " · ".join(
            text
            for text in (names.get(row["photo"], ""), row.get("caption"), row.get("credit"), row.get("alt"))
            if text
        )
        for row in rows
    )
