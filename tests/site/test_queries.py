"""What a page costs the database, with few stories and with many; and what it never asks for."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, PublishedArticle, Revision
from articles.search.index import index_copies
from articles.site import chrome
from tests.cast import Cast
from tests.site.conftest import page_path, printed_path, story_path

PUBLIC_TABLES = {
    "articles_publication",
    "articles_section",
    "articles_publishedarticle",
    "articles_publishedarticle_reporters",
    "articles_publishedissue",
    "articles_publishedpage",
    "articles_publishedplacement",
    "articles_publicentry",
    "media_library_photo",
    "media_library_rendition",
}
DESK_TABLES = {model._meta.db_table for model in apps.get_models(include_auto_created=True)} - PUBLIC_TABLES

# What a page may cost while the paper's name and sections are kept in this process; one more when they are not.
BUDGET = {
    "story": 3,
    "front": 6,
    "section": 3,
    "page": 5,
    "reporter": 3,
    "archive": 2,
    "printed": 4,
    "feed": 3,
    "search": 4,
    "narrow search": 4,
}


@pytest.fixture
def addresses(cast: Cast, rendered_photo: Callable[..., Any]) -> dict[str, str]:
    photo = rendered_photo(caption="渡口")
    uses = [{"photo": photo.pk, "caption": "渡口夜色", "credit": "何帆 摄", "alt": ""}]
    articles = [cast.approved(f"渡轮夜航第{number}周", photos=uses) for number in range(5)]
    issue = cast.published_issue(*articles, day=date(2030, 5, 4))
    return {
        "story": story_path(cast, articles[1]),
        "front": "/wangchao/",
        "section": f"/wangchao/section/{cast.news.pk}/",
        "page": page_path(cast, issue),
        "reporter": f"/wangchao/reporter/{cast.byline.pk}/",
        "archive": "/wangchao/layout/",
        "printed": printed_path(cast, issue, articles[1]),
        "feed": "/wangchao/feed.atom",
        "search": "/wangchao/search/?q=渡口",
        "narrow search": f"/wangchao/search/?q=渡口&section={cast.news.pk}&reporter=林海生&from=2020-01-01",
    }


def many_more(cast: Cast, number: int) -> None:
    """Public copies as the verbs write them, without going through review sixty times."""
    like = PublishedArticle.objects.select_related("article", "revision").first()
    assert like is not None
    for place in range(number):
        article = Article.objects.create(
            publication=cast.publication,
            section=[cast.news, cast.culture][place % 2],
            headline=f"港城短讯{place}",
            created_by=cast.reporter,
            updated_by=cast.reporter,
            version=1,
        )
        revision = Revision.objects.create(
            article=article, number=1, snapshot={}, created_by=cast.reporter, created_at=timezone.now()
        )
        copy = PublishedArticle.objects.create(
            article=article,
            number=1,
            revision=revision,
            publication=cast.publication,
            section=article.section,
            kind="news",
            headline=article.headline,
            body="<p>港城短讯。</p>",
            bylines=like.bylines,
            photos=like.photos,
            visible_from=like.visible_from,
            first_published_at=like.first_published_at,
        )
        copy.reporters.add(cast.byline)
        index_copies(copy)


def queries(reader: Client, path: str) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        answer = reader.get(path)
    assert answer.status_code == 200
    return [query["sql"] for query in asked.captured_queries]


@pytest.mark.parametrize("name", BUDGET)
def test_a_page_costs_the_same_with_five_stories_and_with_sixty(
    name: str, addresses: dict[str, str], cast: Cast, reader: Client
) -> None:
    reader.get(addresses[name])
    few = queries(reader, addresses[name])
    many_more(cast, 60)
    many = queries(reader, addresses[name])
    assert len(few) == len(many) == BUDGET[name]
    chrome.forget()
    assert len(queries(reader, addresses[name])) == BUDGET[name] + 1


@pytest.mark.parametrize("name", [*BUDGET, "sitemap", "month"])
def test_no_public_page_asks_for_anything_of_the_desk(
    name: str, addresses: dict[str, str], cast: Cast, reader: Client
) -> None:
    month = f"/wangchao/sitemap-{timezone.localdate():%Y%m}.xml"
    for sql in queries(reader, {**addresses, "sitemap": "/sitemap.xml", "month": month}[name]):
        named = {table for table in DESK_TABLES if f'"{table}"' in sql}
        assert not named, sql


@pytest.mark.parametrize(
    "path", ["/wangchao/story/999/", "/wangchao/layout/203001/01/node_01.html", "/nothing/"]
)
def test_neither_does_a_refusal(path: str, cast: Cast, reader: Client) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert reader.get(path).status_code == 404
    for query in asked.captured_queries:
        assert not any(f'"{table}"' in query["sql"] for table in DESK_TABLES)
    assert len(asked) <= 3


def test_a_story_without_photos_costs_no_more(cast: Cast, reader: Client) -> None:
    article = cast.live()
    reader.get(story_path(cast, article))
    assert len(queries(reader, story_path(cast, article))) <= BUDGET["story"]
