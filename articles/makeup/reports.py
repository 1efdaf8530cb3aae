"""What a made page says of itself to the desk: problems in codes, areas in fractions; and what a failure means."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from celery.exceptions import SoftTimeLimitExceeded

from articles.desk.findings import ERROR, NOTE, WARNING, finding
from articles.makeup.briefs import item_key, story_key
from articles.makeup.composer import CompositionFailed
from articles.makeup.fonts import FontsMissing
from articles.makeup.galley import GalleyMismatch
from articles.makeup.makeup import MOST_BLANK, DoesNotFit, MadePage, MissingGlyphs, TooManyStories
from articles.makeup.material import PageBrief
from articles.makeup.prints import PictureUnreadable
from articles.makeup.wishes import BadWish, read
from articles.models import HotArea, Page, PageItem, PageProof


class NoFormat(Exception):
    """The paper has no page format."""


class NoStories(Exception):
    """Nothing stands on the page any more."""


Row = dict[str, Any]


# --- it failed ----------------------------------------------------------------------------------------------------


def failure(problem: Exception, page: Page) -> list[Row] | None:
    """What went wrong, for the proof; None for what may pass by itself and is tried again."""
    for kind, code in _PLAIN.items():
        if isinstance(problem, kind):
            return [finding(ERROR, code)]
    for special, rows in _SPECIAL.items():
        if isinstance(problem, special):
            return rows(problem, page)
    return None


_PLAIN: Mapping[type[Exception], str] = {
    TooManyStories: "too_many_stories",
    GalleyMismatch: "galley_mismatch",
    CompositionFailed: "not_composed",
    SoftTimeLimitExceeded: "too_long",
    MemoryError: "too_long",
    NoFormat: "no_format",
    NoStories: "no_stories",
}


def _names(page: Page) -> dict[str, tuple[str, int | None]]:
    """By key what a story or an item is called, and the story's own key."""
    names: dict[str, tuple[str, int | None]] = {
        story_key(row.article_id): (row.article.headline, row.article_id)
        for row in page.placements.select_related("article")
    }
    return names | {item_key(item.pk): (item.title, None) for item in page.items.all()}


def _fonts(problem: Any, page: Page) -> list[Row]:
    return [finding(ERROR, "fonts_missing", packages=" ".join(problem.packages))]


def _over(problem: Any, page: Page) -> list[Row]:
    if problem.over is None or problem.over <= 0:
        return [finding(ERROR, "fits_nowhere")]
    return [finding(ERROR, "does_not_fit", lines=problem.over)]


def _missing(problem: Any, page: Page) -> list[Row]:
    names = _names(page)
    rows = []
    for key, characters in problem.where.items():
        name, article = names.get(key, (key, None))
        rows.append(
            finding(
                ERROR, "missing_glyphs", article=article, story=name, characters=" ".join(characters[:20])
            )
        )
    return rows


def _unreadable(problem: Any, page: Page) -> list[Row]:
    key = problem.key
    photo = int(key.removeprefix("photo-")) if key.removeprefix("photo-").isdecimal() else 0
    use = page.placements.filter(article__photos__photo=photo).select_related("article").first()
    if use is None:
        return [finding(ERROR, "picture_of_page_unreadable")]
    return [finding(ERROR, "picture_unreadable", article=use.article_id, story=use.article.headline)]


def _bad_wish(problem: Any, page: Page) -> list[Row]:
    for row in page.placements.select_related("article"):
        try:
            read(row.wishes)
        except BadWish:
            return [finding(ERROR, "bad_wish", article=row.article_id, story=row.article.headline)]
    return [finding(ERROR, "fits_nowhere")]


_SPECIAL: Mapping[type[Exception], Callable[[Any, Page], list[Row]]] = {
    FontsMissing: _fonts,
    MissingGlyphs: _missing,
    DoesNotFit: _over,
    PictureUnreadable: _unreadable,
    BadWish: _bad_wish,
}


# --- it was made --------------------------------------------------------------------------------------------------


def report(made: MadePage, brief: PageBrief, wanted: Any) -> dict[str, Any]:
    """`PageProof.report` of a made page. `wanted`: the layout it was to have, None: whichever is best."""
    names = {story.key: story.headline for story in brief.stories}
    names |= {item.key: item.title for item in brief.items}
    return {
        "blank": round(made.blank, 4),
        "timings": {step: round(seconds, 3) for step, seconds in made.timings.items()},
        "proposals": made.proposals,
        "characters": made.reading.characters,
        "lines": made.reading.lines,
        "keys": [row["key"] for row in _placed(made, brief)],
        "problems": [*_errors(made, names), *_warnings(made, names, wanted), *_notes(made, names)],
        "continues": [
            {"article": article_of(jump.story), "from_line": jump.from_line, "to_page": jump.to_page}
            for jump in made.jumps
        ],
    }


def _errors(made: MadePage, names: Mapping[str, str]) -> list[Row]:
    rows = [
        finding(ERROR, "deferred", article=article_of(key), story=names.get(key, key))
        for key in made.deferred
    ]
    wrong = {fault.element.story for fault in made.reading.faults}
    rows += [
        finding(ERROR, "not_read_back", article=article_of(key), story=names[key])
        for key in sorted(wrong & set(names))
    ]
    if not made.reading.sound and not wrong & set(names):
        rows.append(finding(ERROR, "page_not_read_back"))
    return rows


def _warnings(made: MadePage, names: Mapping[str, str], wanted: Any) -> list[Row]:
    rows = []
    if wanted is not None and made.tree != wanted:
        rows.append(finding(WARNING, "otherwise"))
    if made.over_by:
        rows.append(finding(WARNING, "over", lines=made.over_by))
    if made.short_by:
        rows.append(finding(WARNING, "short", lines=made.short_by))
    elif made.blank > MOST_BLANK:
        rows.append(finding(WARNING, "blank", share=f"{made.blank * 100:.1f}"))
    for one, other in made.collisions:
        data = {"story": names.get(one, one), "other": names.get(other, other)}
        rows.append(finding(WARNING, "collision", article=article_of(one), **data))
    return rows


def _notes(made: MadePage, names: Mapping[str, str]) -> list[Row]:
    return [
        finding(NOTE, "continues", article=article_of(jump.story), story=names[jump.story], page=jump.to_page)
        for jump in made.jumps
    ]


def article_of(key: str) -> int | None:
    """The story behind a key of the brief; None for adverts and notices."""
    prefix = story_key(0)[:-1]
    return int(key.removeprefix(prefix)) if key.startswith(prefix) else None


def areas(proof: PageProof, made: MadePage, brief: PageBrief, now: datetime) -> list[HotArea]:
    """Where everything lies, confirmed: the make-up has put it there itself. Stories by weight, then the rest."""
    labels = {story.key: story.headline for story in brief.stories}
    labels |= {item.key: item.title for item in brief.items}
    kinds = {
        item_key(pk): kind
        for pk, kind in PageItem.objects.filter(page=proof.page_id).values_list("pk", "kind")
    }
    found: list[HotArea] = []
    for row in _placed(made, brief):
        article = article_of(row["key"])
        found.append(
            HotArea(
                proof=proof,
                position=len(found) + 1,
                kind=HotArea.Kind.STORY if article else kinds.get(row["key"], PageItem.Kind.ADVERT),
                article_id=article,
                label=labels[row["key"]][:120],
                polygon=row["polygon"],
                confidence=1,
                confirmed_by=proof.requested_by,
                confirmed_at=now,
            )
        )
    return found


def _placed(made: MadePage, brief: PageBrief) -> list[Row]:
    """Where stories and items lie, by weight; not a house notice that fills the page up."""
    order = [story.key for story in sorted(brief.stories, key=lambda story: story.rank)]
    order += [item.key for item in brief.items]
    return sorted(
        (row for row in made.fractions() if row["key"] in order), key=lambda row: order.index(row["key"])
    )
