"""The public side's writers: copies of stories in intervals that never overlap, and the copies of an issue.

Nothing here checks persons or states, and all of it runs inside a verb's transaction with the locks held.
"""

from datetime import datetime
from typing import Any

from django.db.models import Exists, Min, OuterRef, QuerySet
from django.utils.translation import gettext as _

from articles.body import sanitise
from articles.desk.content import current_revision
from articles.desk.facsimile import bind_soon, take_over, unbind, withhold
from articles.exceptions import IllegalTransition
from articles.models import (
    Article,
    Issue,
    Page,
    Placement,
    PublishedArticle,
    PublishedIssue,
    PublishedPage,
    PublishedPlacement,
    Revision,
)
from articles.search.index import forget_copies, index_copies
from articles.states import PublicState, public_state


def public_state_of(article: Article, now: datetime) -> PublicState:
    """What the public has of the story at `now`. A place in an issue still to come counts as scheduled, even where
    it is pinned to a copy that is live already."""
    intervals = list(article.copies.values_list("visible_from", "visible_until"))
    waiting = article.published_placements.waiting(now)
    return public_state(intervals + list(waiting.values_list("visible_from", "visible_until")), now)


def with_public_state(stories: QuerySet[Article], now: datetime) -> QuerySet[Article]:
    """Annotate `is_live`, `is_waiting` and `was_public`, from which `annotated_state` derives what a list shows."""
    copies = PublishedArticle.objects.filter(article=OuterRef("pk"))
    placements = PublishedPlacement.objects.filter(article=OuterRef("pk"))
    return stories.annotate(
        is_live=Exists(copies.published(now)),
        is_waiting=Exists(copies.waiting(now)) | Exists(placements.waiting(now)),
        was_public=Exists(copies.ever_public(now)),
    )


def annotated_state(article: Any) -> PublicState:
    """The public state of a story that came through `with_public_state`."""
    if article.is_live:
        return PublicState.LIVE_SCHEDULED if article.is_waiting else PublicState.LIVE
    if article.is_waiting:
        return PublicState.SCHEDULED
    return PublicState.WITHDRAWN if article.was_public else PublicState.NONE


# --- one story --------------------------------------------------------------------------------------------------


def covering(article: Article, at: datetime) -> PublishedArticle | None:
    """The copy that is (or will be) public at `at`."""
    return article.copies.published(at).select_related("revision").first()


def write_copy(
    article: Article,
    revision: Revision,
    start: datetime,
    *,
    issue: Issue | None = None,
    corrections: list[dict[str, Any]] | None = None,
) -> PublishedArticle:
    """Freeze `revision` into a copy that is public from `start` until the next copy begins, and close the one before.

    Raises IllegalTransition where another version begins at the very same moment.
    """
    before = covering(article, start)
    if before is not None and before.visible_from == start:
        raise IllegalTransition(_("Another version of this story already begins at that very moment."))
    later = article.copies.waiting(start).order_by("visible_from").first()
    if before is not None:
        before.visible_until = start
        before.save(update_fields=["visible_until"])
    if corrections is None:
        corrections = before.corrections if before is not None else []
    newest = article.copies.order_by("-number").values_list("number", flat=True).first()
    copy = PublishedArticle.objects.create(
        article=article,
        number=(newest or 0) + 1,
        revision=revision,
        issue=issue,
        publication_id=article.publication_id,
        corrections=corrections,
        visible_from=start,
        visible_until=later.visible_from if later is not None else None,
        first_published_at=_first_published_at(article, start),
        **_frozen(revision.snapshot),
    )
    copy.reporters.set({row["reporter"] for row in copy.bylines})
    copy.photo_uses.set({row["photo"] for row in copy.photos})
    index_copies(copy)
    _first_published_earlier(article, copy.first_published_at)
    return copy


def _first_published_earlier(article: Article, at: datetime) -> None:
    """A story that goes out earlier than planned was first published now, in its later versions too."""
    later = article.copies.filter(first_published_at__gt=at)
    if moved := list(later):
        forget_copies(later)
        later.update(first_published_at=at)
        for copy in moved:
            copy.first_published_at = at
        index_copies(*moved)


def _frozen(snapshot: dict[str, Any]) -> dict[str, Any]:
    """The fields of a copy from a revision's snapshot. The body is sanitised once more: revisions are only kept, and
    the allow-list may have become stricter since."""
    names = ("kind", "kicker", "headline", "deck", "summary", "dateline", "bylines", "photos")
    return {
        **{name: snapshot[name] for name in names},
        "body": sanitise(snapshot["body"]),
        "section_id": snapshot["section"],
    }


def _first_published_at(article: Article, start: datetime) -> datetime:
    earliest = article.copies.filter(visible_from__lt=start).aggregate(first=Min("first_published_at"))[
        "first"
    ]
    return min(earliest, start) if earliest is not None else start


def take_back_copy(copy: PublishedArticle) -> None:
    """Delete a copy whose time has not come, and let the one before it run on as if it had never been."""
    before = PublishedArticle.objects.filter(
        article=copy.article_id, visible_until=copy.visible_from, visible_from__lt=copy.visible_from
    ).first()
    forget_copies(PublishedArticle.objects.filter(pk=copy.pk))
    copy.delete()
    if before is not None:
        before.visible_until = copy.visible_until
        before.save(update_fields=["visible_until"])


def pin(article: Article, start: datetime, issue: Issue) -> PublishedArticle:
    """The copy that an issue coming out at `start` shows: the one that is public then if the working copy has not
    changed since, else a new one written for the issue."""
    copy = covering(article, start)
    if copy is not None and copy.revision.number == article.version:
        return copy
    return write_copy(article, current_revision(article), start, issue=issue)


# --- a whole issue ----------------------------------------------------------------------------------------------


def write_issue(issue: Issue, pages: dict[Page, list[Placement]], start: datetime) -> PublishedIssue:
    """Write the copies of an issue, its pages and its stories, public from `start`."""
    publication = issue.publication
    copy = PublishedIssue.objects.create(
        issue=issue,
        publication=publication,
        date=issue.date,
        edition=issue.edition,
        serial_no=issue.serial_no,
        masthead={
            name: getattr(publication, name)
            for name in ("name", "cn_number", "sponsor", "publisher", "address")
        },
        visible_from=start,
    )
    # Page by page, so that the keys of the copies follow the order of print; a jump is pinned once.
    placed = {each.article_id: each.article for placements in pages.values() for each in placements}
    copies = {pk: pin(article, start, issue) for pk, article in placed.items()}
    headlines = {pk: pinned.headline for pk, pinned in copies.items()}
    for page, placements in pages.items():
        _write_page(copy, page, placements, copies, start=start, printed=headlines)
    bind_soon(copy)
    return copy


def write_page(
    published_issue: PublishedIssue, page: Page, placements: list[Placement], start: datetime
) -> PublishedPage:
    """Write the copy of one page with its stories, public from `start`, in place of one that was ended or taken back.
    The issue's PDF is bound anew."""
    copies = {
        placement.article_id: pin(placement.article, start, published_issue.issue) for placement in placements
    }
    beside = PublishedPlacement.objects.touching(start).filter(
        published_page__published_issue=published_issue
    )
    headlines = dict(beside.values_list("article", "copy__headline"))
    headlines |= {pk: pinned.headline for pk, pinned in copies.items()}
    published = _write_page(published_issue, page, placements, copies, start=start, printed=headlines)
    bind_soon(published_issue)
    return published


def _write_page(
    published_issue: PublishedIssue,
    page: Page,
    placements: list[Placement],
    copies: dict[int, PublishedArticle],
    *,
    start: datetime,
    printed: dict[int, str],
) -> PublishedPage:
    names = ("code", "position", "label", "host_code", "page_editor", "layout_artist", "proofreader")
    published = PublishedPage.objects.create(
        published_issue=published_issue,
        page=page,
        visible_from=start,
        **{name: getattr(page, name) for name in names},
        **take_over(page, placements, printed),
    )
    PublishedPlacement.objects.bulk_create(
        PublishedPlacement(
            published_page=published,
            article=placement.article,
            copy=copies[placement.article_id],
            position=placement.position,
            visible_from=start,
        )
        for placement in placements
    )
    return published


def take_back_issue(issue: Issue, now: datetime) -> None:
    """Delete every copy written for an issue whose time has not come."""
    waiting = PublishedIssue.objects.waiting(now).filter(issue=issue)
    unbind(waiting, now)
    waiting.delete()
    for copy in PublishedArticle.objects.waiting(now).filter(issue=issue):
        take_back_copy(copy)


def take_back_page(page: Page, now: datetime) -> None:
    """Delete the copy of a page of a scheduled issue, and the copies of stories that now stand on no page of it."""
    waiting = PublishedPage.objects.waiting(now).filter(page=page)
    unbind(PublishedIssue.objects.filter(pages__in=waiting), now)
    waiting.delete()
    for copy in PublishedArticle.objects.waiting(now).filter(issue=page.issue_id, placements__isnull=True):
        take_back_copy(copy)


def close_page(page: Page, now: datetime) -> list[int]:
    """End the copy of a page that is public, for another to take its place. Returns the keys of what was ended."""
    closing = list(PublishedPage.objects.published(now).filter(page=page).values_list("pk", flat=True))
    unbind(PublishedIssue.objects.filter(pages__in=closing), now)
    PublishedPlacement.objects.published(now).filter(published_page__in=closing).update(visible_until=now)
    PublishedPage.objects.filter(pk__in=closing).update(visible_until=now)
    return closing


def withdraw_copies(article: Article, now: datetime) -> list[int]:
    """End every copy of a story, and its places on published pages; those pages are withheld as pictures and PDF.
    Returns their keys.

    Copies and places whose time has not come are deleted. Issues that hold such places must have been held before.
    """
    withheld = withhold(article, now)
    article.published_placements.published(now).update(visible_until=now)
    article.published_placements.waiting(now).delete()
    forget_copies(article.copies.touching(now))
    article.copies.waiting(now).delete()
    article.copies.published(now).update(visible_until=now)
    return withheld
