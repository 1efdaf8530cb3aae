"""What stands on the pages, and in which order."""

from collections.abc import Callable
from datetime import date, timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
import time_machine
from django.test import Client

from articles.desk import pages, publishing, stories
from articles.models import Article, Page, Publication, Section
from media_library.models import Photo
from tests.cast import Cast
from tests.site.conftest import page_path, printed_path, story_path

VOID = {"meta", "link", "img", "br", "source", "hr", "input"}


class Outline(HTMLParser):
    """Every tag closed in its turn; headings, links and texts in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.headings: list[tuple[str, str]] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"an attribute twice in <{tag}>"
        found = dict(attrs)
        self.tags.append((tag, found))
        if found.get("id"):
            self.ids.append(str(found["id"]))
        if tag == "a":
            self.links.append(str(found.get("href")))
        if tag in {"h1", "h2", "h3"}:
            self.headings.append((tag, ""))
        if tag not in VOID:
            # A paragraph holds no block.
            assert not ("p" in self.open and tag in {"p", "div", "ul", "ol", "h1", "h2", "h3", "figure"})
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open[-1] == tag, f"</{tag}> closes {self.open[-3:]}"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        for name in ("h1", "h2", "h3"):
            if name in self.open:
                tag, text = self.headings[-1]
                self.headings[-1] = (tag, text + data.strip())


def outline(reader: Client, path: str, status: int = 200) -> Outline:
    answer = reader.get(path)
    assert answer.status_code == status, path
    found = Outline()
    found.feed(answer.content.decode())
    found.close()
    assert not found.open
    assert len(found.ids) == len(set(found.ids)), "an id twice"
    return found


@pytest.fixture
def paper(cast: Cast, rendered_photo: Callable[..., Photo]) -> dict[str, Any]:
    """An issue of two pages with a story of every sort."""
    cast.publication.sponsor = "望潮市新闻中心"
    cast.publication.save()
    one, two = rendered_photo(), rendered_photo()
    lead = cast.approved(
        "东门渡口夜航首周载客逾两万人次",
        kicker="一江灯火送归人",
        deck="周末末班船拟延至零点",
        dateline="本报讯",
        body=f'<p>入夜后的东门渡口灯火通明。</p><h2>十二分钟过江</h2><figure data-photo="{two.pk}"></figure>',
        photos=[
            {"photo": one.pk, "caption": "夜色中的渡口", "credit": "何帆 摄", "alt": "一艘渡轮离岸"},
            {"photo": two.pk, "caption": "电子屏", "credit": "", "alt": ""},
        ],
        bylines=[
            {"reporter": cast.byline.pk, "role": "text", "title": "记者"},
            {"reporter": cast.byline.pk, "role": "photo", "title": "记者"},
        ],
    )
    second, third = cast.approved("老码头灯光亮起"), cast.approved("社区食堂上船送早餐")
    issue = cast.issue(date(2030, 5, 4), serial_no=8421)
    first = Page.objects.create(
        issue=issue,
        code="01",
        position=1,
        label="要闻",
        page_editor="许若澜",
        layout_artist="顾小满",
        proofreader="周明远",
    )
    other = Page.objects.create(issue=issue, code="02", position=2, label="民生", host_code="16")
    for page, articles in [(first, [lead, second]), (other, [third])]:
        for article in articles:
            pages.place(cast.duty, page.pk, article.pk)
        pages.sign_off_page(cast.duty, page.pk)
    publishing.schedule_issue(cast.chief, issue.pk)
    return {"issue": issue, "lead": lead, "second": second, "third": third}


def every_path(cast: Cast, paper: dict[str, Any]) -> list[str]:
    issue, lead = paper["issue"], paper["lead"]
    return [
        "/",
        f"/wangchao/section/{cast.news.pk}/",
        f"/wangchao/section/{cast.culture.pk}/",
        f"/wangchao/reporter/{cast.byline.pk}/",
        "/wangchao/layout/",
        story_path(cast, lead),
        page_path(cast, issue),
        page_path(cast, issue, "02"),
        printed_path(cast, issue, lead),
        printed_path(cast, issue, paper["second"]),
    ]


def test_every_page_is_well_formed_with_one_headline_of_its_own(
    cast: Cast, paper: dict[str, Any], reader: Client
) -> None:
    stories.correct(cast.chief, paper["lead"].pk, {"deck": "末班船拟延至零点"}, "末班船时间以公告为准。")
    for path in every_path(cast, paper):
        found = outline(reader, path)
        assert [tag for tag, _ in found.headings].count("h1") == 1, path
        assert all(text for _, text in found.headings), path
        named = [attrs for tag, attrs in found.tags if tag == "html"]
        assert named[0]["lang"] == "zh-Hans"
    outline(reader, "/wangchao/story/999/", 404)
    outline(reader, story_path(cast, cast.withdrawn()), 410)


def test_every_link_of_every_page_leads_somewhere(cast: Cast, paper: dict[str, Any], reader: Client) -> None:
    for path in every_path(cast, paper):
        for link in outline(reader, path).links:
            if link.startswith("/"):
                assert reader.get(link).status_code in {200, 302}, f"{path} -> {link}"


def test_a_page_says_what_it_is_to_search_engines(cast: Cast, paper: dict[str, Any], reader: Client) -> None:
    found = outline(reader, story_path(cast, paper["lead"]))
    metas = {
        attrs.get("name") or attrs.get("property"): attrs.get("content")
        for tag, attrs in found.tags
        if tag == "meta"
    }
    assert metas["og:title"] == "东门渡口夜航首周载客逾两万人次"
    assert metas["og:type"] == "article"
    assert str(metas["og:image"]).startswith("http://testserver/media/")
    assert "入夜后的东门渡口" in str(metas["description"])
    links = {attrs.get("rel"): attrs.get("href") for tag, attrs in found.tags if tag == "link"}
    assert links["canonical"] == f"http://testserver{story_path(cast, paper['lead'])}"


# --- a story ----------------------------------------------------------------------------------------------------


def test_kicker_headline_and_deck_stand_as_the_trade_has_them(
    cast: Cast, paper: dict[str, Any], reader: Client
) -> None:
    headings = outline(reader, story_path(cast, paper["lead"])).headings
    assert headings[:3] == [
        ("h3", "一江灯火送归人"),
        ("h1", "东门渡口夜航首周载客逾两万人次"),
        ("h2", "周末末班船拟延至零点"),
    ]


def test_the_dateline_stands_at_the_head_of_the_text(
    cast: Cast, paper: dict[str, Any], reader: Client
) -> None:
    text = reader.get(story_path(cast, paper["lead"])).content.decode()
    assert '<p><b class="dateline">本报讯</b> 入夜后的东门渡口灯火通明。</p>' in text


def test_a_photo_comes_in_the_best_format_with_its_size_and_words(
    cast: Cast, paper: dict[str, Any], reader: Client
) -> None:
    answer = reader.get(story_path(cast, paper["lead"]))
    found = outline(reader, story_path(cast, paper["lead"]))
    images = [attrs for tag, attrs in found.tags if tag == "img"]
    sources = [attrs for tag, attrs in found.tags if tag == "source"]
    assert len(images) == 2
    for image in images:
        assert {"src", "srcset", "sizes", "width", "height", "alt"} <= image.keys()
        assert "320w" in str(image["srcset"])
    assert [source["type"] for source in sources] == ["image/webp"] * 2
    assert [image["alt"] for image in images] == ["一艘渡轮离岸", "电子屏"]
    text = answer.content.decode().split("</head>")[1]
    # The one the body does not place comes before it, the other where the body has it.
    assert text.index("夜色中的渡口") < text.index("入夜后的东门渡口灯火通明") < text.index("十二分钟过江")
    assert text.index("十二分钟过江") < text.index("<figcaption>电子屏")
    assert "何帆 摄" in text


def test_a_correction_is_dated_and_stands_by_the_text(cast: Cast, reader: Client) -> None:
    with time_machine.travel("2030-05-04T18:30:00Z", tick=False):
        article = cast.live()
    with time_machine.travel("2030-05-04T18:31:00Z", tick=False):
        stories.correct(cast.chief, article.pk, {"deck": "下周起试运行"}, "试运行时间应为下周。")
        text = reader.get(story_path(cast, article)).content.decode()
    assert "试运行时间应为下周。" in text
    # The paper's day, which is the next one by then.
    assert '<time datetime="2030-05-05">' in text
    assert '<time datetime="2030-05-05T02:30:00+08:00">' in text


def test_a_story_says_where_it_is_printed(cast: Cast, paper: dict[str, Any], reader: Client) -> None:
    text = reader.get(story_path(cast, paper["third"])).content.decode()
    assert f'<a href="{page_path(cast, paper["issue"], "02")}">第02版：民生</a>' in text
    assert printed_path(cast, paper["issue"], paper["third"]) in text


def test_a_story_on_two_pages_names_both(cast: Cast, reader: Client) -> None:
    article = cast.approved()
    issue = cast.issue(date(2030, 5, 4))
    for code in ("01", "02"):
        page = cast.page(issue, code)
        pages.place(cast.duty, page.pk, article.pk)
        pages.sign_off_page(cast.duty, page.pk)
    publishing.schedule_issue(cast.chief, issue.pk)
    for path in [story_path(cast, article), printed_path(cast, issue, article)]:
        text = reader.get(path).content.decode()
        assert "第01版：要闻" in text and "第02版：要闻" in text


def test_the_printed_view_leads_to_the_stories_beside(
    cast: Cast, paper: dict[str, Any], reader: Client
) -> None:
    found = outline(reader, printed_path(cast, paper["issue"], paper["lead"]))
    rels = {attrs["rel"]: attrs["href"] for tag, attrs in found.tags if tag == "a" and attrs.get("rel")}
    assert rels == {"next": printed_path(cast, paper["issue"], paper["second"])}
    found = outline(reader, printed_path(cast, paper["issue"], paper["second"]))
    rels = {attrs["rel"]: attrs["href"] for tag, attrs in found.tags if tag == "a" and attrs.get("rel")}
    assert rels == {"prev": printed_path(cast, paper["issue"], paper["lead"])}


# --- the digital newspaper --------------------------------------------------------------------------------------


def test_a_page_lists_pages_and_stories_in_print_order(
    cast: Cast, paper: dict[str, Any], reader: Client
) -> None:
    text = reader.get(page_path(cast, paper["issue"])).content.decode()
    assert text.index("第01版：要闻</a>") < text.index("第02版：民生</a>")
    assert text.index("东门渡口夜航首周载客逾两万人次</a>") < text.index("老码头灯光亮起</a>")
    assert "社区食堂上船送早餐" not in text
    assert "8421" in text and "CN 33-0000" in text and "望潮市新闻中心" in text


def test_credits_of_a_page_stand_outside_its_title_list(
    cast: Cast, paper: dict[str, Any], reader: Client
) -> None:
    text = reader.get(page_path(cast, paper["issue"])).content.decode()
    titles = text[text.index('<ol class="title-list">') :]
    titles, after = titles[: titles.index("</ol>")], titles[titles.index("</ol>") :]
    for name in ("许若澜", "顾小满", "周明远"):
        assert name not in titles
        assert name in after


def test_pages_and_issues_lead_to_those_beside_them(cast: Cast, reader: Client) -> None:
    days = [date(2030, 5, 4) + timedelta(days=number) for number in range(3)]
    for day in days:
        cast.published_issue(cast.approved(f"港城{day}"), day=day)
    cast.scheduled_issue(cast.approved("明日头条"), day=days[2] + timedelta(days=1))
    rels = {}
    for day in days:
        found = outline(reader, f"/wangchao/layout/{day:%Y%m/%d}/node_01.html")
        rels[day] = {
            attrs["rel"]: attrs["href"] for tag, attrs in found.tags if tag == "a" and attrs.get("rel")
        }
    address = [f"/wangchao/layout/{day:%Y%m/%d}/" for day in days]
    assert rels[days[0]] == {"next": address[1]}
    assert rels[days[1]] == {"prev": address[0], "next": address[2]}
    assert rels[days[2]] == {"prev": address[1]}
    answer = reader.get(address[1])
    assert (answer.status_code, answer["Location"]) == (302, address[1] + "node_01.html")


def test_the_masthead_is_the_one_the_issue_was_printed_with(
    cast: Cast, paper: dict[str, Any], reader: Client
) -> None:
    Publication.objects.filter(pk=cast.publication.pk).update(name="望潮晨报", sponsor="另一家")
    text = reader.get(page_path(cast, paper["issue"])).content.decode()
    assert "望潮日报" in text and "望潮市新闻中心" in text


def test_the_archive_has_the_days_with_an_issue(cast: Cast, paper: dict[str, Any], reader: Client) -> None:
    text = reader.get("/wangchao/layout/").content.decode()
    assert 'href="/wangchao/layout/203005/04/"' in text
    assert text.count('href="/wangchao/layout/203005/') == 1


def test_a_long_archive_goes_on_in_whole_months(
    cast: Cast, reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("articles.site.newspaper.ON_ONE_PAGE", 3)
    for day in [date(2030, 3, 1), date(2030, 4, 1), date(2030, 4, 2), date(2030, 5, 1)]:
        cast.published_issue(cast.approved(f"港城{day}"), day=day)
    newest = reader.get("/wangchao/layout/").content.decode()
    assert "203005/01" in newest and "203004/01" in newest and "203003/01" not in newest
    assert "?before=203004" in newest
    older = reader.get("/wangchao/layout/?before=203004").content.decode()
    assert (
        "203003/01" in older and "203004" not in older.split('<link rel="canonical"')[1].split("</head>")[1]
    )


# --- front page and lists ---------------------------------------------------------------------------------------


def test_the_front_page_leads_with_what_leads_the_issue_corrected_or_not(
    cast: Cast, paper: dict[str, Any], reader: Client
) -> None:
    def lead() -> str:
        return next(text for tag, text in outline(reader, "/").headings if tag == "h2")

    assert lead() == "东门渡口夜航首周载客逾两万人次"
    stories.correct(cast.chief, paper["lead"].pk, {"deck": "末班船拟延至零点"}, "末班船时间以公告为准。")
    assert lead() == "东门渡口夜航首周载客逾两万人次"
    cast.live("今夜有雾", kind="brief")
    assert lead() == "东门渡口夜航首周载客逾两万人次"
    cast.live("跨海大桥合龙")
    assert lead() == "跨海大桥合龙"


def test_the_front_page_shows_the_newest_issue_and_its_pages(
    cast: Cast, paper: dict[str, Any], reader: Client
) -> None:
    text = reader.get("/").content.decode()
    assert "第01版：要闻" in text and page_path(cast, paper["issue"], "02") in text


def test_a_quiet_section_has_its_block_beside_a_busy_one(cast: Cast, reader: Client) -> None:
    quiet = cast.live("潮声诗会开幕")
    Article.objects.filter(pk=quiet.pk).update(section=cast.culture)
    quiet.copies.update(section=cast.culture)
    for number in range(12):
        cast.live(f"港城短讯{number}")
    text = reader.get("/").content.decode()
    assert f'id="section-{cast.culture.pk}"' in text and "潮声诗会开幕" in text


def test_a_list_goes_on_without_a_gap_or_a_repeat(
    cast: Cast, reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("articles.site.teasers.PER_PAGE", 2)
    cast.published_issue(*[cast.approved(f"港城短讯{number}") for number in range(5)])
    seen: list[str] = []
    path: str | None = f"/wangchao/section/{cast.news.pk}/"
    while path:
        found = outline(reader, path)
        seen += [text for tag, text in found.headings if tag == "h2"]
        following = [attrs["href"] for tag, attrs in found.tags if tag == "a" and attrs.get("rel") == "next"]
        path = str(following[0]) if following else None
    assert seen == [f"港城短讯{number}" for number in range(5)]


def test_a_section_no_longer_in_use_keeps_its_stories(cast: Cast, reader: Client) -> None:
    cast.live("渡轮夜航试运行")
    Section.objects.filter(pk=cast.news.pk).update(is_active=False)
    assert "渡轮夜航试运行" in reader.get(f"/wangchao/section/{cast.news.pk}/").content.decode()
    assert f'/section/{cast.news.pk}/"' not in reader.get("/wangchao/layout/").content.decode()


def test_empty_pages_say_something(cast: Cast, reader: Client) -> None:
    for path in ["/", f"/wangchao/section/{cast.news.pk}/", "/wangchao/layout/", "/xiwan/"]:
        assert 'class="empty' in reader.get(path).content.decode()


@pytest.mark.django_db
def test_a_site_without_a_paper_says_so(reader: Client) -> None:
    outline(reader, "/")
    outline(reader, "/wangchao/", 404)
    assert reader.get("/sitemap.xml").status_code == 200


# --- faults -----------------------------------------------------------------------------------------------------------


def test_a_fault_shows_a_page_that_asks_the_database_nothing(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    def broken(*_: Any, **__: Any) -> Any:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("articles.site.answers.paper_for", broken)
    reader = Client(raise_request_exception=False)
    with django_assert_num_queries(0):
        answer = reader.get("/wangchao/")
    assert answer.status_code == 500
    assert answer["Cache-Control"] == "no-store"
    assert "broken on purpose" not in answer.content.decode()
