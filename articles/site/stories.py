"""A story as a page shows it: one view, made of a public copy or (for the preview) of the desk's own text."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from typing import Any, Protocol

from django.utils.safestring import SafeString, mark_safe

from articles.body import BodyError, photo_ids, render
from articles.bylines import Credit, credits_of
from articles.models import Article, PublishedArticle
from articles.site.chrome import Paper, SectionName
from articles.site.excerpts import excerpt
from articles.site.pictures import Figure, figures
from media_library.pictures import Picture

# What a copy and a revision's snapshot both have, under the same names.
_SHARED = ("kind", "kicker", "headline", "deck", "summary", "dateline", "body", "bylines", "photos")

# As many photos that the body does not place make a gallery; two are enough where the photos are the story.
GALLERY = 3


class Draw(Protocol):
    """Makes the HTML of a photo that stands in the body. `early`: readers see it at once."""

    def __call__(self, figure: Figure, /, *, early: bool = False) -> str: ...


@dataclass(frozen=True)
class CorrectionNote:
    """What readers were told on a day."""

    day: date
    text: str


@dataclass(frozen=True)
class StoryView:
    """All a story's page prints, whichever side it comes from.

    `body` is finished HTML with its figures in place, `above` the photos the body does not place, `figures` all of
    them, `lead` the picture for share cards. `published_at` and `updated_at` are in the paper's zone, None for what
    is not public; `updated_at` is None too while the text is the first.
    """

    article_id: int
    kind: str
    kicker: str
    headline: str
    deck: str
    summary: str
    description: str
    body: SafeString
    credits: tuple[Credit, ...]
    above: tuple[Figure, ...]
    lead: Figure | None
    section: SectionName | None
    dateline: str = ""
    figures: tuple[Figure, ...] = ()
    corrections: tuple[CorrectionNote, ...] = ()
    published_at: datetime | None = None
    updated_at: datetime | None = None

    @property
    def gallery(self) -> tuple[Figure, ...]:
        """The photos above the text where they are many enough to be looked through, else none."""
        return self.above if len(self.above) >= (2 if self.kind == Article.Kind.PHOTO else GALLERY) else ()


def from_copy(
    copy: PublishedArticle,
    paper: Paper,
    library: Mapping[int, Picture],
    *,
    draw: Draw = Figure.html,
) -> StoryView:
    """The view of a public copy. `library` has its photos (`pictures.library_for`); `draw` makes the HTML of those
    that stand in the body."""
    updated = copy.visible_from > copy.first_published_at
    return _view(
        copy.article_id,
        {name: getattr(copy, name) for name in _SHARED},
        paper.section(copy.section_id),
        library,
        draw=draw,
        corrections=notes(copy.corrections),
        published_at=copy.first_published_at.astimezone(paper.zone),
        updated_at=copy.visible_from.astimezone(paper.zone) if updated else None,
    )


def from_snapshot(
    article_id: int, snapshot: Mapping[str, Any], paper: Paper, library: Mapping[int, Picture]
) -> StoryView:
    """The view of the desk's text (`desk.content.snapshot`). Names lead nowhere: their pages may not be there."""
    content = {name: snapshot[name] for name in _SHARED}
    return _view(article_id, content, paper.section(snapshot["section"]), library, linked=False)


def notes(corrections: list[dict[str, Any]]) -> tuple[CorrectionNote, ...]:
    """A copy's corrections, the newest first."""
    return tuple(
        CorrectionNote(date.fromisoformat(row["date"]), row["text"]) for row in reversed(corrections)
    )


def _view(
    article_id: int,
    content: Mapping[str, Any],
    section: SectionName | None,
    library: Mapping[int, Picture],
    *,
    linked: bool = True,
    draw: Draw = Figure.html,
    **more: Any,
) -> StoryView:
    # Only the story's own photos: a body that names another photo's id shows nothing of it.
    own = figures(content["photos"], library, content["headline"])
    placed = [pk for pk in _placed(content["body"]) if pk in own]
    above = tuple(figure for pk, figure in own.items() if pk not in placed)
    # Where none stands above the text, the first in it is what readers see first.
    in_place = {pk: draw(own[pk], early=not above and pk == placed[0]) for pk in placed}
    return StoryView(
        article_id=article_id,
        kind=content["kind"],
        kicker=content["kicker"],
        headline=content["headline"],
        deck=content["deck"],
        summary=content["summary"],
        description=content["summary"] or excerpt(content["body"]),
        body=_with_dateline(render(content["body"], in_place), content["dateline"]),
        credits=credits_of(content["bylines"], linked=linked),
        above=above,
        lead=next(iter(above), None) or next(iter(own.values()), None),
        section=section,
        dateline=content["dateline"],
        figures=tuple(own.values()),
        **more,
    )


def _placed(body: str) -> list[int]:
    """The ids of the photos the body places, in its order."""
    if "<figure" not in body:
        return []
    try:
        return list(photo_ids(body))
    except BodyError:
        return []


def _with_dateline(body: str, dateline: str) -> SafeString:
    """The body with its dateline at the head of the first paragraph, where a newspaper has it."""
    words = escape(dateline, quote=False)
    if not dateline or body.startswith("<p>" + words):
        return mark_safe(body)  # noqa: S308 — made by articles.body.render
    mark = f'<b class="dateline">{words}</b>'
    whole = f"<p>{mark} {body[3:]}" if body.startswith("<p>") else f"<p>{mark}</p>\n{body}"
    return mark_safe(whole)  # noqa: S308 — the same, and the dateline is escaped
