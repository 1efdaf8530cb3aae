"""Maps for crawlers, held against their protocols, and robots.txt."""

from datetime import UTC, date, datetime, timedelta
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree as ET

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from articles.desk import stories
from articles.models import PublishedArticle
from tests.cast import Cast
from tests.site.conftest import page_path, story_path
from tests.site.test_hostile import EVIL
from tests.site.test_queries import many_more, queries

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
HOST = "http://testserver"
DAY = date(2030, 5, 4)
AT = datetime(2030, 5, 4, 22, 0, tzinfo=UTC)


def read(reader: Client, path: str) -> dict[str, datetime | None]:
    """{address without host: last change} of a map or an index, held against sitemaps.org's rules."""
    answer = reader.get(path)
    assert answer.status_code == 200, path
    assert answer["Content-Type"] == "application/xml; charset=utf-8"
    root = ET.fromstring(answer.content)
    assert root.tag in {f"{MAP}urlset", f"{MAP}sitemapindex"}
    found: dict[str, datetime | None] = {}
    for entry in root:
        assert entry.tag == (f"{MAP}url" if root.tag == f"{MAP}urlset" else f"{MAP}sitemap")
        assert {child.tag for child in entry} <= {f"{MAP}loc", f"{MAP}lastmod", f"{NEWS}news"}
        address = str(entry.findtext(f"{MAP}loc"))
        assert address.startswith(f"{HOST}/")
        assert address.isascii()
        assert len(address) < 2048
        assert address not in found
        changed = entry.findtext(f"{MAP}lastmod")
        moment = datetime.fromisoformat(changed) if changed else None
        assert moment is None or moment.tzinfo is not None
        found[address.removeprefix(HOST)] = moment
    return found


def read_news(reader: Client, path: str = "/wangchao/news.xml") -> list[dict[str, str]]:
    """What Google's news map says of each story, held against its schema."""
    found = []
    for entry in ET.fromstring(reader.get(path).content):
        about = entry.find(f"{NEWS}news")
        assert about is not None
        # The schema is a sequence: the order counts.
        assert [child.tag for child in about] == [
            f"{NEWS}publication",
            f"{NEWS}publication_date",
            f"{NEWS}title",
        ]
        assert [child.tag for child in about[0]] == [f"{NEWS}name", f"{NEWS}language"]
        assert datetime.fromisoformat(str(about[1].text)).tzinfo is not None
        found.append(
            {
                "path": str(entry.findtext(f"{MAP}loc")).removeprefix(HOST),
                "name": str(about[0][0].text),
                "language": str(about[0][1].text),
                "date": str(about[1].text),
                "title": str(about[2].text),
            }
        )
    return found


def test_the_index_leads_to_maps_and_they_to_every_public_page(cast: Cast, reader: Client) -> None:
    article = cast.approved()
    issue = cast.published_issue(article, day=DAY)
    listed: set[str] = set()
    for path in read(reader, "/sitemap.xml"):
        listed |= read(reader, path).keys()
    assert listed >= {
        "/wangchao/",
        "/xiwan/",
        f"/wangchao/section/{cast.news.pk}/",
        "/wangchao/layout/",
        f"/wangchao/reporter/{cast.byline.pk}/",
        story_path(cast, article),
        page_path(cast, issue),
    }
    for path in listed:
        answer = reader.get(path)
        assert answer.status_code == 200
        if path != "/":
            # What a map names is the address a page calls its own.
            assert f'<link rel="canonical" href="{HOST}{path}">' in answer.content.decode()


def test_a_map_says_when_a_story_changed(cast: Cast, reader: Client) -> None:
    with time_machine.travel(AT - timedelta(hours=3), tick=False):
        article = cast.live()
        assert read(reader, "/wangchao/sitemap-203005.xml") == {story_path(cast, article): timezone.now()}
    with time_machine.travel(AT, tick=False):
        stories.correct(cast.chief, article.pk, {"deck": "首航座无虚席"}, "补充副题。")
        assert read(reader, "/wangchao/sitemap-203005.xml") == {story_path(cast, article): AT}
        assert read(reader, "/sitemap.xml")["/wangchao/sitemap-203005.xml"] == AT
        stays = read(reader, "/wangchao/sitemap.xml")
        assert stays["/wangchao/"] == stays[f"/wangchao/section/{cast.news.pk}/"] == AT
        assert stays[f"/wangchao/reporter/{cast.byline.pk}/"] == AT
        assert stays[f"/wangchao/section/{cast.culture.pk}/"] is None


def test_a_map_that_lost_a_story_has_changed(cast: Cast, reader: Client) -> None:
    with time_machine.travel(AT - timedelta(hours=3), tick=False):
        article = cast.live()
        cast.live("老码头灯光亮起")
    with time_machine.travel(AT, tick=False):
        stories.withdraw(cast.chief, article.pk, "数字有误")
        assert story_path(cast, article) not in read(reader, "/wangchao/sitemap-203005.xml")
        assert read(reader, "/sitemap.xml")["/wangchao/sitemap-203005.xml"] == AT
        assert read(reader, "/wangchao/sitemap.xml")["/wangchao/"] == AT


def test_a_page_set_anew_has_changed(cast: Cast, reader: Client) -> None:
    with time_machine.travel(AT - timedelta(hours=3), tick=False):
        article, other = cast.approved(), cast.approved("老码头灯光亮起")
        issue = cast.published_issue(article, other, day=DAY)
    with time_machine.travel(AT, tick=False):
        stories.withdraw(cast.chief, article.pk, "数字有误")
        assert read(reader, "/wangchao/sitemap-203005.xml")[page_path(cast, issue)] == AT
        assert read(reader, "/wangchao/sitemap.xml")["/wangchao/layout/"] == AT


def test_a_month_is_listed_once_something_of_it_is_public(cast: Cast, reader: Client) -> None:
    with time_machine.travel(AT - timedelta(hours=3), tick=False):
        cast.scheduled_issue(cast.approved(), day=DAY, at=AT)
        cast.withdrawn("老码头灯光亮起")
    month = "/wangchao/sitemap-203005.xml"
    with time_machine.travel(AT - timedelta(seconds=20), tick=False):
        assert month not in read(reader, "/sitemap.xml")
        assert reader.get(month).status_code == 404
        for path in ["/sitemap.xml", "/wangchao/sitemap.xml", "/wangchao/news.xml"]:
            assert reader.get(path)["Cache-Control"] == "public, max-age=20", path
    with time_machine.travel(AT, tick=False):
        assert read(reader, "/sitemap.xml")[month] == AT


def test_a_story_is_in_the_map_of_the_papers_own_month(cast: Cast, reader: Client) -> None:
    with time_machine.travel("2030-05-31T17:00:00Z", tick=False):
        article = cast.live()
        assert story_path(cast, article) in read(reader, "/wangchao/sitemap-203006.xml")
        assert reader.get("/wangchao/sitemap-203005.xml").status_code == 404
        assert "/wangchao/sitemap-203006.xml" in read(reader, "/sitemap.xml")


def test_news_are_the_stories_of_two_days(cast: Cast, reader: Client) -> None:
    with time_machine.travel(AT - timedelta(hours=48, seconds=1), tick=False):
        cast.live("旧闻一则")
    with time_machine.travel(AT - timedelta(hours=47), tick=False):
        article = cast.live("渡轮夜航 <首航> & 加班")
    with time_machine.travel(AT - timedelta(hours=1), tick=False):
        stories.correct(cast.chief, article.pk, {"deck": "首航座无虚席"}, "补充副题。")
        cast.scheduled("明日要闻", at=AT + timedelta(hours=1))
    with time_machine.travel(AT, tick=False):
        # A correction is no reason to be news again.
        assert read_news(reader) == [
            {
                "path": story_path(cast, article),
                "name": "望潮日报",
                "language": "zh-cn",
                "date": "2030-05-03T07:00:00+08:00",
                "title": "渡轮夜航 <首航> & 加班",
            }
        ]
        assert read_news(reader, "/xiwan/news.xml") == []
    with time_machine.travel(AT + timedelta(hours=2), tick=False):
        assert [entry["title"] for entry in read_news(reader)] == ["明日要闻"]


def test_no_headline_breaks_the_news_map(cast: Cast, reader: Client) -> None:
    cast.live(EVIL)
    cast.live("老码头")
    PublishedArticle.objects.filter(headline="老码头").update(headline="老\x0b码头\uffff")
    assert {entry["title"] for entry in read_news(reader)} == {EVIL, "老码头"}


def test_a_map_costs_the_same_with_few_stories_and_with_many(cast: Cast, reader: Client) -> None:
    cast.published_issue(cast.approved(), day=DAY)
    month = f"/wangchao/sitemap-{timezone.localdate():%Y%m}.xml"
    costs = {
        "/sitemap.xml": 7,
        "/wangchao/sitemap.xml": 4,
        "/wangchao/news.xml": 2,
        month: 3,
        "/robots.txt": 1,
    }
    for path in costs:
        reader.get(path)
    assert {path: len(queries(reader, path)) for path in costs} == costs
    many_more(cast, 60)
    assert {path: len(queries(reader, path)) for path in costs} == costs
    assert len(read_news(reader)) == 61


@pytest.mark.parametrize("agent", ["Googlebot", "Baiduspider", "*"])
def test_robots_may_read_what_readers_read(agent: str, cast: Cast, reader: Client) -> None:
    text = reader.get("/robots.txt").content.decode()
    robots = RobotFileParser()
    robots.parse(text.splitlines())
    article = cast.approved()
    issue = cast.published_issue(article, day=DAY)
    for path in [
        "/",
        story_path(cast, article),
        page_path(cast, issue),
        "/wangchao/feed.atom",
        "/media/a.jpg",
        "/static/site/paper.css",
    ]:
        assert robots.can_fetch(agent, f"{HOST}{path}"), path
    for path in ["/admin/", "/admin/articles/article/", "/preview/abc/"]:
        assert not robots.can_fetch(agent, f"{HOST}{path}"), path
    # This parser knows no stars, crawlers do (RFC 9309).
    assert "Disallow: /*/search/" in text
    maps = robots.site_maps() or []
    assert maps == [f"{HOST}/sitemap.xml", f"{HOST}/wangchao/news.xml", f"{HOST}/xiwan/news.xml"]
    for address in maps:
        assert reader.get(address.removeprefix(HOST)).status_code == 200


@pytest.mark.django_db
def test_without_a_paper_there_are_maps_of_nothing(reader: Client) -> None:
    assert read(reader, "/sitemap.xml") == {}
    assert "Sitemap:" in reader.get("/robots.txt").content.decode()
