"""Every public address and who may see what there. An address without a rule fails here."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles.desk.preview import preview_token
from articles.site.urls import urlpatterns
from tests.cast import Cast

DAY = date(2030, 5, 4)

FEEDS = ("feed", "section_feed", "reporter_feed", "issues_feed", "issue_feed")

# name: (status for anybody, whether shared caches may keep it)
RULES = {
    "home": (200, True),
    "favicon": (302, True),
    "manifest": (200, True),
    "share_card": (200, True),
    "front": (200, True),
    "section": (200, True),
    "story": (200, True),
    "reporter": (200, True),
    "archive": (200, True),
    "issue": (302, True),
    "page": (200, True),
    "printed_story": (200, True),
    **{f"{name}{form}": (200, True) for name in FEEDS for form in ("", "_json")},
    "search": (200, True),
    "opensearch": (200, True),
    "sitemap": (200, True),
    "sitemap_pages": (200, True),
    "sitemap_news": (200, True),
    "sitemap_month": (200, True),
    "robots": (200, True),
    # Whoever has a link that the desk signed; nobody else, and no cache.
    "preview": (200, False),
}


def paths(cast: Cast, article: Any) -> dict[str, list[str]]:
    """An address of each name, of each edition where it has one."""
    slug = {"slug": cast.publication.slug}
    day = {**slug, "day": DAY}
    parts: dict[str, list[dict[str, Any]]] = {
        "front": [slug],
        "section": [{**slug, "section_id": cast.news.pk}],
        "story": [{**slug, "article_id": article.pk}],
        "reporter": [{**slug, "reporter_id": cast.byline.pk}],
        "archive": [slug],
        "issue": [day, {**day, "edition": "extra"}],
        "page": [{**day, "code": "01"}, {**day, "code": "01", "edition": "extra"}],
        "printed_story": [
            {**day, "article_id": article.pk},
            {**day, "article_id": article.pk, "edition": "extra"},
        ],
        "manifest": [slug],
        "share_card": [slug],
        "search": [slug],
        "opensearch": [slug],
        "sitemap_pages": [slug],
        "sitemap_news": [slug],
        "sitemap_month": [{**slug, "month": DAY.replace(day=1)}],
        "preview": [{"token": preview_token(cast.draft("未见报的草稿"))}],
    }
    feeds = {
        "feed": [slug],
        "section_feed": [{**slug, "section_id": cast.news.pk}],
        "reporter_feed": [{**slug, "reporter_id": cast.byline.pk}],
        "issues_feed": [slug],
        "issue_feed": [day, {**day, "edition": "extra"}],
    }
    for name, each in feeds.items():
        parts[name] = parts[f"{name}_json"] = each
    return {
        name: [reverse(f"site:{name}", kwargs=kwargs) for kwargs in parts.get(name, [{}])] for name in RULES
    }


@pytest.fixture
def article(cast: Cast) -> Any:
    story = cast.approved()
    cast.published_issue(story, day=DAY)
    cast.published_issue(story, day=DAY, edition="extra")
    return story


def test_every_public_address_has_a_rule() -> None:
    assert {pattern.name for pattern in urlpatterns} == set(RULES)


@pytest.mark.parametrize("name", RULES)
def test_anybody_gets_what_the_rule_says(name: str, cast: Cast, article: Any, reader: Client) -> None:
    status, shared = RULES[name]
    for path in paths(cast, article)[name]:
        answer = reader.get(path)
        assert answer.status_code == status, path
        assert ("public" in answer["Cache-Control"]) is shared, path
        assert ("no-store" in answer["Cache-Control"]) is not shared, path


@pytest.mark.parametrize("name", RULES)
def test_no_cookie_is_set_and_nothing_varies_by_person(
    name: str, cast: Cast, article: Any, reader: Client
) -> None:
    for path in paths(cast, article)[name]:
        answer = reader.get(path, headers={"accept-language": "en", "cookie": "django_language=en"})
        assert not answer.cookies
        assert not answer.has_header("Vary")


@pytest.mark.parametrize("name", RULES)
def test_head_answers_like_get_without_a_body(name: str, cast: Cast, article: Any, reader: Client) -> None:
    for path in paths(cast, article)[name]:
        answer = reader.head(path)
        assert answer.status_code == RULES[name][0]
        assert answer.content == b""


@pytest.mark.parametrize("name", RULES)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_nothing_but_reading_is_answered(
    name: str, method: str, cast: Cast, article: Any, reader: Client
) -> None:
    for path in paths(cast, article)[name]:
        assert getattr(reader, method)(path).status_code == 405


def test_somebody_logged_in_gets_the_same_bytes_as_everybody(
    cast: Cast, article: Any, reader: Client
) -> None:
    editor = Client()
    editor.force_login(cast.chief)
    for name, each in paths(cast, article).items():
        for path in each:
            mine, theirs = editor.get(path), reader.get(path)
            assert mine.content == theirs.content, name
            assert mine["Cache-Control"] == theirs["Cache-Control"]
            assert not mine.has_header("Vary")


def test_an_editor_reading_english_leaves_no_english_behind(cast: Cast, article: Any, reader: Client) -> None:
    before = reader.get("/").content
    assert b'lang="zh-Hans"' in before
    editor = Client(headers={"accept-language": "en"})
    editor.force_login(cast.chief)
    editor.get("/admin/login/")
    assert reader.get("/").content == before
