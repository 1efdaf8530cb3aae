"""Feeds: what a strict reader's program finds in them, and what it never finds."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from articles.desk import pages, publishing, stories, workflow
from articles.models import Page, PublishedArticle, Reporter
from media_library.models import Photo
from tests.cast import Cast
from tests.site.test_hostile import EVIL, Inert, evil
from tests.site.test_queries import many_more, queries

__all__ = ["evil"]

ATOM = "{http://www.w3.org/2005/Atom}"
DAY = date(2030, 5, 4)
AT = datetime(2030, 5, 4, 22, 0, tzinfo=UTC)


# --- two strict readers -----------------------------------------------------------------------------------------


def moment(text: str | None) -> datetime:
    """An RFC 3339 date; fails on one without a zone."""
    found = datetime.fromisoformat(str(text))
    assert found.tzinfo is not None
    return found


def read_atom(reader: Client, path: str) -> ET.Element:
    """The document, having held it against RFC 4287 (what must be there once, what may, and what may not)."""
    answer = reader.get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = ET.fromstring(answer.content)
    assert root.tag == f"{ATOM}feed"
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "zh-Hans"
    for element in [root, *root.findall(f"{ATOM}entry")]:
        for once in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{once}")) == 1, once
        assert str(element.findtext(f"{ATOM}id")).startswith("tag:testserver,2026:wangchao")
        moment(element.findtext(f"{ATOM}updated"))
        for person in element.findall(f"{ATOM}author"):
            assert person.findtext(f"{ATOM}name")
            assert {child.tag for child in person} <= {f"{ATOM}name", f"{ATOM}uri"}
        alternates = [link for link in element.findall(f"{ATOM}link") if link.get("rel") == "alternate"]
        assert len(alternates) == 1
        for link in element.findall(f"{ATOM}link"):
            assert str(link.get("href")).startswith("http://testserver/")
    own = next(link for link in root.findall(f"{ATOM}link") if link.get("rel") == "self")
    assert own.get("href") == f"http://testserver{path}"
    # An entry without an author takes the feed's.
    assert root.find(f"{ATOM}author") is not None
    known = {"id", "title", "updated", "published", "link", "author", "category", "summary", "content"}
    for entry in root.findall(f"{ATOM}entry"):
        assert {child.tag.removeprefix(ATOM) for child in entry} <= known
        assert entry.find(f"{ATOM}content").get("type") == "html"  # type: ignore[union-attr]
        assert moment(entry.findtext(f"{ATOM}published")) <= moment(entry.findtext(f"{ATOM}updated"))
    return root


def read_json(reader: Client, path: str) -> dict[str, Any]:
    """The document, having held it against JSON Feed 1.1."""
    answer = reader.get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/feed+json; charset=utf-8"
    found = json.loads(answer.content)
    assert found["version"] == "https://jsonfeed.org/version/1.1"
    assert found["feed_url"] == f"http://testserver{path}"
    assert found["title"]
    assert found["language"] == "zh-Hans"
    assert len({item["id"] for item in found["items"]}) == len(found["items"])
    for item in found["items"]:
        assert isinstance(item["id"], str)
        assert item["content_html"]
        assert item["url"].startswith("http://testserver/")
        assert moment(item["date_published"]) <= moment(item["date_modified"])
        assert all(author["name"] for author in item.get("authors", [])), item
        assert all(isinstance(tag, str) for tag in item.get("tags", []))
    return found


def titles(reader: Client, path: str) -> list[str | None]:
    """The headlines of a feed, which are the same in both forms."""
    root = read_atom(reader, f"{path}feed.atom")
    found = [entry.findtext(f"{ATOM}title") for entry in root.findall(f"{ATOM}entry")]
    document = read_json(reader, f"{path}feed.json")
    assert [item["title"] for item in document["items"]] == found
    assert [item["id"] for item in document["items"]] == [
        entry.findtext(f"{ATOM}id") for entry in root.findall(f"{ATOM}entry")
    ]
    return found


# --- what is in them --------------------------------------------------------------------------------------------


@pytest.fixture
def issue(cast: Cast) -> Any:
    """An issue of two pages: 老码头 and 渡轮 on the first, 食堂 (culture) on the second."""
    issue = cast.issue(DAY)
    first = cast.page(issue, "01", "要闻")
    second = cast.page(issue, "02", "文化")
    third = cast.approved("社区食堂上船送早餐", section=cast.news.pk)
    for page, articles in [
        (first, [cast.approved("老码头灯光亮起"), cast.approved("渡轮夜航试运行")]),
        (second, [third]),
    ]:
        for article in articles:
            pages.place(cast.duty, page.pk, article.pk)
        pages.sign_off_page(cast.duty, page.pk)
    publishing.schedule_issue(cast.chief, issue.pk)
    return issue


def test_every_feed_holds_its_own_stories(cast: Cast, issue: Any, reader: Client) -> None:
    printed = ["老码头灯光亮起", "渡轮夜航试运行", "社区食堂上船送早餐"]
    cast.live("海堤步道通车")
    assert titles(reader, "/wangchao/") == ["海堤步道通车", *printed]
    assert titles(reader, f"/wangchao/section/{cast.news.pk}/") == ["海堤步道通车", *printed]
    assert titles(reader, f"/wangchao/section/{cast.culture.pk}/") == []
    assert titles(reader, f"/wangchao/reporter/{cast.byline.pk}/") == ["海堤步道通车", *printed]
    assert titles(reader, "/wangchao/layout/203005/04/") == printed
    assert titles(reader, "/wangchao/layout/") == printed


def test_a_feed_without_stories_is_a_feed_that_stays_the_same(cast: Cast, reader: Client) -> None:
    for path in ["/wangchao/", "/wangchao/layout/", f"/wangchao/section/{cast.news.pk}/"]:
        assert titles(reader, path) == []
        first = reader.get(f"{path}feed.atom")
        with time_machine.travel(timezone.now() + timedelta(hours=1)):
            assert reader.get(f"{path}feed.atom").content == first.content


@pytest.mark.parametrize("form", ["atom", "json"])
def test_what_is_not_there_has_no_feed(form: str, cast: Cast, reader: Client) -> None:
    nobody = Reporter.objects.create(publication=cast.publication, name="无文")
    foreign = Reporter.objects.create(publication=cast.other_publication, name="外报")
    cast.scheduled_issue(cast.live(), day=DAY)
    for path in [
        "/nothing/",
        "/wangchao/section/999/",
        f"/xiwan/section/{cast.news.pk}/",
        f"/wangchao/reporter/{nobody.pk}/",
        f"/wangchao/reporter/{foreign.pk}/",
        "/wangchao/reporter/999/",
        "/wangchao/layout/203005/04/",
        "/wangchao/layout/203005/05/",
        "/wangchao/layout/203005/04/extra/",
    ]:
        answer = reader.get(f"{path}feed.{form}")
        assert answer.status_code == 404, path
        paper = "xiwan" if path.startswith("/xiwan") else "wangchao"
        assert answer.content == reader.get(f"/{paper}/story/999/").content


def test_a_story_is_whole_with_its_people_its_photos_and_its_corrections(
    cast: Cast, rendered_photo: Callable[..., Photo], reader: Client
) -> None:
    above, inside = rendered_photo(), rendered_photo()
    article = cast.live(
        "渡轮夜航首周载客逾两万人次",
        kicker="一江灯火送归人",
        deck="末班船拟延至零点",
        dateline="本报讯",
        body=f'<p>入夜后的渡口灯火通明。</p><figure data-photo="{inside.pk}"></figure><p>末段在此。</p>',
        photos=[
            {"photo": above.pk, "caption": "夜色中的渡口", "credit": "何帆 摄", "alt": "一艘渡轮离岸"},
            {"photo": inside.pk, "caption": "电子屏", "credit": "", "alt": ""},
        ],
        bylines=[
            {"reporter": cast.byline.pk, "role": "text", "title": "记者"},
            {"reporter": cast.byline.pk, "role": "photo", "title": "记者"},
        ],
    )
    stories.correct(cast.chief, article.pk, {"deck": "末班船延至零点"}, "末班船时间以公告为准。")
    item = read_json(reader, "/wangchao/feed.json")["items"][0]
    html = item["content_html"]
    for words in ["一江灯火送归人", "末班船延至零点", "何帆 摄", "末班船时间以公告为准"]:
        assert words in html
    assert html.index("夜色中的渡口") < html.index("入夜后") < html.index("电子屏") < html.index("末段")
    assert html.count('<img src="http://testserver/media/') == 2
    assert 'src="/' not in html
    assert "<picture" not in html
    assert item["image"].startswith("http://testserver/media/")
    assert item["tags"] == ["要闻"]
    page = f"http://testserver/wangchao/reporter/{cast.byline.pk}/"
    # Named twice, one person.
    assert item["authors"] == [{"name": "林海生", "url": page}]
    entry = read_atom(reader, "/wangchao/feed.atom").findall(f"{ATOM}entry")[0]
    assert entry.findtext(f"{ATOM}content") == html
    assert entry.findtext(f"{ATOM}author/{ATOM}uri") == page
    assert entry.find(f"{ATOM}category").get("term") == "要闻"  # type: ignore[union-attr]


def test_a_correction_keeps_the_id_and_moves_the_date(cast: Cast, reader: Client) -> None:
    with time_machine.travel("2030-05-04T10:00:00Z", tick=False):
        article = cast.live()
    with time_machine.travel("2030-05-04T11:00:00Z", tick=False):
        before = read_json(reader, "/wangchao/feed.json")["items"][0]
        stories.correct(cast.chief, article.pk, {"headline": "渡轮夜航下周试运行"}, "时间应为下周。")
        after = read_json(reader, "/wangchao/feed.json")["items"][0]
        root = read_atom(reader, "/wangchao/feed.atom")
    assert before["id"] == after["id"] == f"tag:testserver,2026:wangchao/story/{article.pk}"
    assert before["date_published"] == after["date_published"] == "2030-05-04T18:00:00+08:00"
    assert before["date_modified"] == "2030-05-04T18:00:00+08:00"
    assert after["date_modified"] == "2030-05-04T19:00:00+08:00"
    assert after["title"] == "渡轮夜航下周试运行"
    # The feed says that something in it is new.
    assert root.findtext(f"{ATOM}updated") == "2030-05-04T19:00:00+08:00"


def test_an_issues_feed_shows_the_text_as_it_is_now(cast: Cast, issue: Any, reader: Client) -> None:
    article = PublishedArticle.objects.get(headline="老码头灯光亮起").article
    stories.correct(cast.chief, article.pk, {"headline": "老码头灯光周末亮起"}, "时间应为周末。")
    assert titles(reader, "/wangchao/layout/203005/04/")[0] == "老码头灯光周末亮起"


def test_a_story_printed_on_two_pages_stands_once_in_its_issues_feed(cast: Cast, reader: Client) -> None:
    article = cast.approved()
    issue = cast.issue(DAY)
    for code in ("01", "02"):
        page = Page.objects.create(issue=issue, code=code, position=int(code), label="要闻")
        pages.place(cast.duty, page.pk, article.pk)
        pages.sign_off_page(cast.duty, page.pk)
    publishing.schedule_issue(cast.chief, issue.pk)
    assert titles(reader, "/wangchao/layout/203005/04/") == ["渡轮夜航试运行"]


def test_a_withdrawn_story_is_in_no_feed(cast: Cast, issue: Any, reader: Client) -> None:
    article = PublishedArticle.objects.get(headline="老码头灯光亮起").article
    stories.withdraw(cast.chief, article.pk, "数字有误")
    for path in [
        "/wangchao/",
        "/wangchao/layout/203005/04/",
        "/wangchao/layout/",
        f"/wangchao/section/{cast.news.pk}/",
    ]:
        assert titles(reader, path) == ["渡轮夜航试运行", "社区食堂上船送早餐"]


def test_a_text_under_revision_stays_as_it_is(cast: Cast, reader: Client) -> None:
    article = workflow.revise(cast.chief, cast.live("渡轮夜航试运行").pk)
    workflow.edit(
        cast.reporter, article.pk, article.version, {"headline": "绝密选题", "body": "<p>绝密。</p>"}
    )
    for path in ["/wangchao/feed.atom", "/wangchao/feed.json"]:
        assert "绝密" not in reader.get(path).content.decode()


def test_markup_and_script_are_only_text(evil: dict[str, Any], cast: Cast, reader: Client) -> None:
    for path in [
        "/wangchao/",
        f"/wangchao/section/{cast.news.pk}/",
        f"/wangchao/reporter/{evil['byline'].pk}/",
        f"/wangchao/layout/{evil['issue'].date:%Y%m/%d}/",
    ]:
        assert titles(reader, path) == [EVIL]
        entry = read_atom(reader, f"{path}feed.atom").findall(f"{ATOM}entry")[0]
        Inert().feed(str(entry.findtext(f"{ATOM}content")))
        Inert().feed(str(entry.findtext(f"{ATOM}summary")))


def test_a_sign_that_xml_cannot_hold_breaks_no_feed(cast: Cast, reader: Client) -> None:
    cast.live()
    PublishedArticle.objects.update(headline="渡轮\x0b夜航\uffff", summary="提\x1f要")
    assert titles(reader, "/wangchao/") == ["渡轮夜航"]


# --- caches and costs -------------------------------------------------------------------------------------------


def feeds_of(cast: Cast) -> list[str]:
    return [
        f"{path}feed.{form}"
        for path in [
            "/wangchao/",
            f"/wangchao/section/{cast.news.pk}/",
            f"/wangchao/reporter/{cast.byline.pk}/",
            "/wangchao/layout/",
            "/wangchao/layout/203005/04/",
        ]
        for form in ("atom", "json")
    ]


def test_a_feed_is_kept_no_longer_than_until_the_next_story(cast: Cast, reader: Client) -> None:
    with time_machine.travel(AT - timedelta(hours=3), tick=False):
        cast.published_issue(cast.approved("老码头灯光亮起"), day=DAY)
        cast.scheduled(at=AT)
    with time_machine.travel(AT - timedelta(seconds=20), tick=False):
        for path in feeds_of(cast):
            assert reader.get(path)["Cache-Control"] == "public, max-age=20", path
            assert "渡轮夜航" not in reader.get(path).content.decode()
    with time_machine.travel(AT, tick=False):
        assert titles(reader, "/wangchao/")[0] == "渡轮夜航试运行"


def test_a_reader_who_has_the_feed_gets_none_again(cast: Cast, reader: Client) -> None:
    cast.published_issue(cast.approved(), day=DAY)
    for path in feeds_of(cast):
        first = reader.get(path)
        again = reader.get(path, headers={"if-none-match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b""), path


def test_a_feed_costs_the_same_with_few_stories_and_with_many(
    cast: Cast, rendered_photo: Callable[..., Photo], reader: Client
) -> None:
    photo = rendered_photo(caption="渡口")
    uses = [{"photo": photo.pk, "caption": "渡口夜色", "credit": "", "alt": ""}]
    cast.published_issue(cast.approved(photos=uses), day=DAY)
    costs = [3, 3, 3, 3, 3, 3, 5, 5, 5, 5]
    reader.get("/wangchao/")
    assert [len(queries(reader, path)) for path in feeds_of(cast)] == costs
    many_more(cast, 60)
    assert [len(queries(reader, path)) for path in feeds_of(cast)] == costs
    assert len(read_json(reader, "/wangchao/feed.json")["items"]) == 40


def test_pages_name_the_feeds_that_belong_to_them(cast: Cast, issue: Any, reader: Client) -> None:
    own = {
        "/wangchao/": [],
        f"/wangchao/section/{cast.news.pk}/": [f"/wangchao/section/{cast.news.pk}/"],
        f"/wangchao/reporter/{cast.byline.pk}/": [f"/wangchao/reporter/{cast.byline.pk}/"],
        "/wangchao/layout/": ["/wangchao/layout/"],
        "/wangchao/layout/203005/04/node_01.html": ["/wangchao/layout/203005/04/"],
    }
    for page, more in own.items():
        text = reader.get(page).content.decode()
        for path in ["/wangchao/", *more]:
            for kind, form in [("atom+xml", "atom"), ("feed+json", "json")]:
                assert f'<link rel="alternate" type="application/{kind}" title="' in text
                assert f'href="{path}feed.{form}"' in text, page
                assert reader.get(f"{path}feed.{form}").status_code == 200
