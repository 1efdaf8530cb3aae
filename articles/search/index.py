"""What may be found is written here: with every public copy, with every save on the desk, and all of it anew.

Nothing here asks who may see what. Writing runs inside the verb's transaction, so a story is found from the moment
it is there; `reindex` may run while everybody works.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from articles.body import blocks
from articles.models import Article, DeskEntry, PublicEntry, PublishedArticle
from articles.search.tokeniser import Document, facet

# As many stories as are locked and written at a time when all of them are: well under a second.
BATCH = 100

# What a copy's fields and a snapshot's keys have in common.
_LINES = ("kicker", "headline", "deck", "summary", "dateline")


def document(content: Mapping[str, Any], facets: Sequence[str] = ()) -> Document:
    """Everything a story prints, each field, paragraph and caption a text of its own. `content` is a snapshot
    (`articles.desk.content`), or a copy's fields under the same names."""
    return Document(
        [
            *(content[name] for name in _LINES),
            *(block.text for block in blocks(content["body"])),
            *(row.get("caption", "") for row in content["photos"]),
            *(row["name"] for row in content["bylines"]),
        ],
        facets,
    )


def facets_of(copy: Any) -> list[str]:
    """What readers narrow their search by."""
    return [
        facet("paper", copy.publication_id),
        facet("section", copy.section_id or ""),
        *dict.fromkeys(facet("by", row["name"]) for row in copy.bylines),
    ]


def index_copies(*copies: PublishedArticle) -> None:
    """Let public copies be found, whenever they are visible."""
    _write(PublicEntry, [_entry_of_copy(PublicEntry, copy) for copy in copies])


def index_story(article_id: int, snapshot: Mapping[str, Any]) -> None:
    """Let the working copy be found on the desk, as it stands in `snapshot`."""
    _write(DeskEntry, [_entry(DeskEntry, document(snapshot), article_id=article_id)])


def index_stories(*articles: Article) -> None:
    """The same of many, read with their bylines and photos."""
    _write(DeskEntry, [_entry_of_story(DeskEntry, article) for article in articles])


def forget_copies(copies: QuerySet[PublishedArticle]) -> None:
    """Take copies out of the index: before they are deleted, before their `first_published_at` changes, and when
    they are withdrawn, so that nobody even looks at them."""
    _forget(PublicEntry, copies)


def _forget(model: type[Any], copies: QuerySet[Any]) -> None:
    rows = copies.order_by().values_list("first_published_at", "pk")
    if places := [PublicEntry.place_of(first, pk) for first, pk in rows]:
        model.objects.filter(pk__in=places).delete()


def _entry(model: type[Any], words: Document, **keys: Any) -> Any:
    return model(tokens=words, long_text=words.long_text, **keys)


def _entry_of_copy(model: type[Any], copy: Any) -> Any:
    place = PublicEntry.place_of(copy.first_published_at, copy.pk)
    words = document(content_of_copy(copy), facets_of(copy))
    return _entry(model, words, place=place, copy_id=copy.pk)


def _entry_of_story(model: type[Any], article: Any) -> Any:
    return _entry(model, document(content_of_story(article)), article_id=article.pk)


def _write(model: type[Any], entries: Sequence[Any]) -> None:
    """Write entries in the place of those that are there. (FTS5 knows no “insert or update”.)"""
    model.objects.filter(pk__in=[entry.pk for entry in entries]).delete()
    model.objects.bulk_create(entries)


def content_of_copy(copy: Any) -> dict[str, Any]:
    return {name: getattr(copy, name) for name in (*_LINES, "body", "bylines", "photos")}


def content_of_story(article: Any) -> dict[str, Any]:
    """A working copy's content, from a row that was read with its bylines and photos."""
    return {
        **{name: getattr(article, name) for name in (*_LINES, "body")},
        "bylines": [{"name": byline.reporter.name} for byline in article.bylines.all()],
        "photos": [{"caption": use.caption} for use in article.photos.all()],
    }


def reindex(now: datetime) -> Iterator[int]:
    """Write every entry anew and drop those of copies whose time is over. Yields how many stories have been through.
    Safe while everybody works."""
    return fill(Article.objects.all(), PublishedArticle.objects.all(), DeskEntry, PublicEntry, now)


def fill(
    stories: QuerySet[Any],
    copies: QuerySet[Any],
    desk_entry: type[Any],
    public_entry: type[Any],
    now: datetime,
) -> Iterator[int]:
    """The entries of these stories and of their copies, in batches, each its own transaction. The models are arguments
    because a migration has its own.

    A batch holds its stories' locks, in the order in which every verb takes them: nobody saves, publishes or takes
    back any of them in between, and nobody waits for longer than a batch.
    """
    stories = stories.select_for_update(of=("self",), no_key=True).order_by("pk")
    stories = stories.prefetch_related("bylines__reporter", "photos")
    last = done = 0
    while True:
        with transaction.atomic():
            batch = list(stories.filter(pk__gt=last)[:BATCH])
            if not batch:
                return
            of_batch = copies.filter(article__in=[story.pk for story in batch])
            _forget(public_entry, of_batch)
            public_entry.objects.bulk_create(
                _entry_of_copy(public_entry, copy)
                for copy in of_batch
                if copy.visible_until is None or copy.visible_until > now
            )
            _write(desk_entry, [_entry_of_story(desk_entry, story) for story in batch])
        last, done = batch[-1].pk, done + len(batch)
        yield done
