"""Bylines as they are printed: 记者 林海生 何帆 摄影 许若澜."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from articles.models import Byline, PublishedArticle


@dataclass(frozen=True)
class Name:
    """One name; `reporter` is the id of the page with that person's stories, None: no page."""

    name: str
    reporter: int | None


@dataclass(frozen=True)
class Credit:
    """People who did the same under the same title: `lead` is what stands before their names, `role` a Byline.Role."""

    lead: str
    names: tuple[Name, ...]
    role: str = Byline.Role.TEXT

    def __str__(self) -> str:
        return " ".join(filter(None, [self.lead, *(name.name for name in self.names)]))


def credits_of(rows: Iterable[Mapping[str, Any]], *, linked: bool = True) -> tuple[Credit, ...]:
    """Credits of a copy's (or a snapshot's) `bylines`, neighbours with one role and title together."""
    return tuple(
        Credit(
            _lead(role, title),
            tuple(Name(row["name"], row["reporter"] if linked else None) for row in together),
            role,
        )
        for (role, title), together in groupby(rows, key=lambda row: (row["role"], row.get("title", "")))
    )


def _lead(role: str, title: str) -> str:
    # Writing is what a byline means; only other work is named.
    if role == Byline.Role.TEXT or role not in Byline.Role.values:
        return title
    return " ".join(filter(None, [str(Byline.Role(role).label), title]))


def printed_name(copies: Iterable[PublishedArticle], reporter: int) -> tuple[str, str] | None:
    """A person's name and title ("记者") as the first of these copies prints them; None where none of them does."""
    rows = (row for copy in copies for row in copy.bylines if row["reporter"] == reporter)
    return next(((row["name"], row.get("title", "")) for row in rows), None)
