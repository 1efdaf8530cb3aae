"""The printed page as the public side has it: who gets its picture, PDF and areas, and when. RISKS 3, 6, 7, 39, 42."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.addresses import addresses_of
from articles.desk import outbox, pages, publishing, stories
from articles.models import Event, Issue, PageItem, PublishedIssue, PublishedPage
from articles.printed.binding import bind_issue
from articles.site import chrome
from articles.states import Verb
from tests.cast import Cast
from tests.facsimile import WIDTHS, ready_proof, signed_proof
from tests.site.conftest import list_paths, page_path, printed_path, story_path

pytestmark = pytest.mark.usefixtures("own_media")

AT = datetime(2030, 5, 4, 22, 0, tzinfo=UTC)
DAY = date(2030, 5, 5)


def made(cast: Cast, day: date = DAY, at: datetime | None = None, *, bound: bool = False) -> Issue:
    """An issue of two pages with pictures, out or (`at`) scheduled."""
    issue = cast.issue(day)
    for code, label, headlines in (
        ("01", "要闻", ["渡轮夜航试运行", "老码头灯光亮起"]),
        ("02", "民生", ["社区食堂上船送早餐"]),
    ):
        page = cast.page(issue, code, label)
        for headline in headlines:
            pages.place(cast.duty, page.pk, cast.approved(headline).pk)
        signed_proof(cast, page)
    publishing.schedule_issue(cast.chief, issue.pk, at)
    if bound:
        bind_issue(PublishedIssue.objects.get(issue=issue).pk)
    return issue


def stories_of(issue: Issue, code: str = "01") -> list[Any]:
    return [row.article for row in issue.pages.get(code=code).placements.order_by("position")]


def shown(issue: Issue, code: str = "01") -> PublishedPage:
    return PublishedPage.objects.get(page__issue=issue, code=code, visible_until__isnull=True)


def names_of(issue: Issue) -> set[str]:
    """Every public file of the issue."""
    copy = PublishedIssue.objects.get(issue=issue)
    return {copy.pdf, *(name for page in copy.pages.all() for name in page.file_names())} - {""}


def every_path(cast: Cast, issue: Issue) -> list[str]:
    day = "/wangchao/layout/203005/05/"
    return [
        *list_paths(cast),
        *(page_path(cast, issue, code) for code in ("01", "02")),
        *(printed_path(cast, issue, story) for code in ("01", "02") for story in stories_of(issue, code)),
        *(story_path(cast, story) for story in stories_of(issue)),
        day,
        f"{day}feed.atom",
        f"{day}feed.json",
        "/wangchao/sitemap-203005.xml",
        "/wangchao/layout/?before=203101",
    ]


class Tags(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.all: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.all.append((tag, dict(attrs)))

    def of(self, tag: str, **wanted: str) -> list[dict[str, str | None]]:
        return [
            attrs
            for name, attrs in self.all
            if name == tag and all(attrs.get(key) == value for key, value in wanted.items())
        ]


def tags(reader: Client, path: str) -> Tags:
    answer = reader.get(path)
    assert answer.status_code == 200, path
    return Tags(answer.content.decode())


# --- before and after -------------------------------------------------------------------------------------------


@pytest.fixture
def waiting(cast: Cast) -> Issue:
    with time_machine.travel(AT - timedelta(hours=3), tick=False):
        return made(cast, at=AT, bound=True)


def test_a_second_before_its_time_no_name_of_a_file_and_no_area_is_anywhere(
    cast: Cast, waiting: Issue, reader: Client
) -> None:
    with time_machine.travel(AT - timedelta(seconds=1), tick=False):
        assert len(names_of(waiting)) == 2 * (2 * len(WIDTHS) + 1) + 1
        for path in every_path(cast, waiting):
            text = reader.get(path).content.decode()
            assert not [name for name in names_of(waiting) if name in text], path
            assert "polygon" not in text and "<area" not in text, path
            assert "application/pdf" not in text, path


def test_a_second_after_all_is_there_with_every_worker_dead(
    cast: Cast, waiting: Issue, reader: Client
) -> None:
    with time_machine.travel(AT + timedelta(seconds=1), tick=False):
        page = tags(reader, page_path(cast, waiting))
        assert page.of("polygon")
        links = {str(attrs["href"]) for attrs in page.of("a", type="application/pdf")}
        copy = PublishedIssue.objects.get(issue=waiting)
        assert links == {f"/media/{shown(waiting).pdf}", f"/media/{copy.pdf}"}


@pytest.mark.parametrize("verb", [publishing.hold_issue, publishing.unschedule_issue])
def test_a_held_issue_shows_nothing_of_it(verb: Any, cast: Cast, waiting: Issue, reader: Client) -> None:
    names = names_of(waiting)
    with time_machine.travel(AT - timedelta(seconds=1), tick=False):
        verb(cast.chief, waiting.pk, reason="重大更正")
    with time_machine.travel(AT + timedelta(seconds=1), tick=False):
        for path in every_path(cast, waiting):
            text = reader.get(path).content.decode()
            assert not [name for name in names if name in text], path


def test_the_next_issue_is_not_prefetched_before_its_time(cast: Cast, reader: Client) -> None:
    with time_machine.travel(AT - timedelta(hours=3), tick=False):
        today = made(cast, date(2030, 5, 4))
        coming = made(cast, at=AT)
        text = reader.get(page_path(cast, today, "02")).content.decode()
        assert "203005/05" not in text
        assert not [name for name in names_of(coming) if name in text]


def test_every_name_is_nobodys_guess(cast: Cast) -> None:
    names = names_of(made(cast, bound=True))
    tokens = [Path(name).name[:32] for name in names]
    assert all(re.fullmatch(r"[0-9a-f]{32}", token) for token in tokens)
    assert len(set(tokens)) == len(names), "knowing one name leads to no other"


# --- the page ---------------------------------------------------------------------------------------------------


def test_the_picture_comes_in_two_formats_with_its_size_and_the_areas_scale_with_it(
    cast: Cast, reader: Client
) -> None:
    issue = made(cast)
    page = tags(reader, page_path(cast, issue))
    image = shown(issue).images[0]
    assert {"type": "image/webp"}.items() <= page.of("source")[0].items()
    svg = page.of("svg")[0]
    assert svg["viewbox"] == f"0 0 {image['width']} {image['height']}"
    areas = page.of("a", **{"class": "area"})
    assert [area["href"] for area in areas] == [
        printed_path(cast, issue, story) for story in stories_of(issue)
    ]
    assert [area["aria-label"] for area in areas] == [story.headline for story in stories_of(issue)]


def test_crawlers_find_a_map_at_one_size(cast: Cast, reader: Client) -> None:
    issue = made(cast)
    page = tags(reader, page_path(cast, issue))
    image = page.of("img", usemap="#pagepicmap")[0]
    assert page.of("map", name="pagepicmap")
    areas = page.of("area", shape="poly")
    assert [area["href"] for area in areas] == [
        printed_path(cast, issue, story) for story in stories_of(issue)
    ]
    for area in areas:
        numbers = [int(number) for number in str(area["coords"]).split(",")]
        assert len(numbers) == 8
        assert max(numbers[::2]) <= int(str(image["width"])) and max(numbers[1::2]) <= int(
            str(image["height"])
        )
    # What programs that read digital newspapers split at the full-width colon.
    assert "第01版：要闻</a>" in reader.get(page_path(cast, issue)).content.decode()


def test_an_advert_is_named_and_is_no_link(cast: Cast, reader: Client) -> None:
    issue = cast.issue(DAY)
    page = cast.page(issue)
    pages.place(cast.duty, page.pk, cast.approved().pk)
    PageItem.objects.create(page=page, kind="advert", title="望潮茶庄<script>")
    signed_proof(cast, page)
    publishing.schedule_issue(cast.chief, issue.pk)
    text = reader.get(page_path(cast, issue)).content.decode()
    assert 'aria-label="广告：望潮茶庄&lt;script&gt;"' in text
    assert len(Tags(text).of("a", **{"class": "area"})) == 1


def test_the_page_is_the_picture_of_its_link_in_a_chat(cast: Cast, reader: Client) -> None:
    issue = made(cast)
    metas = {
        meta.get("property"): meta.get("content") for meta in tags(reader, page_path(cast, issue)).of("meta")
    }
    jpeg = next(image for image in shown(issue).images if image["format"] == "jpeg")
    assert metas["og:image"] == f"http://testserver/media/{jpeg['name']}"
    assert (metas["og:image:width"], metas["og:image:height"]) == (str(jpeg["width"]), str(jpeg["height"]))


def test_the_story_as_printed_shows_its_place(cast: Cast, reader: Client) -> None:
    issue = made(cast)
    first, second = stories_of(issue)
    page = tags(reader, printed_path(cast, issue, second))
    assert [area["href"] for area in page.of("a", **{"class": "area marked"})] == [
        printed_path(cast, issue, second)
    ]
    assert [area["href"] for area in page.of("a", **{"class": "area"})] == [printed_path(cast, issue, first)]


def test_the_calendar_of_the_month_leads_to_its_issues_and_nowhere_else(cast: Cast, reader: Client) -> None:
    story = cast.approved()
    days = (date(2030, 4, 30), date(2030, 5, 2), DAY)
    _earlier, before, issue = [cast.published_issue(story, day=day) for day in days]
    cast.scheduled_issue(story, day=date(2030, 5, 20))
    text = reader.get(page_path(cast, issue)).content.decode()
    table = Tags(text.split('<table class="month">')[1].split("</table>")[0])
    assert [link["href"] for link in table.of("a")] == [
        "/wangchao/layout/203005/02/",
        "/wangchao/layout/203005/05/",
    ]
    assert len(table.of("span", **{"aria-disabled": "true"})) == 29
    assert f'rel="prev" href="{page_path(cast, before).rpartition("node")[0]}"' in text


def test_neighbours_are_found_across_months(cast: Cast, reader: Client) -> None:
    story = cast.approved()
    for day in (date(2030, 4, 2), date(2030, 4, 30), DAY, date(2030, 6, 1), date(2030, 6, 9)):
        cast.published_issue(story, day=day)
    links = {
        attrs["rel"]: attrs["href"]
        for attrs in tags(reader, "/wangchao/layout/203005/05/node_01.html").of("a")
        if attrs.get("rel") and str(attrs["href"]).endswith("/")
    }
    assert links == {"prev": "/wangchao/layout/203004/30/", "next": "/wangchao/layout/203006/01/"}


def test_first_pages_are_shown_on_the_front_page_and_in_the_archive(cast: Cast, reader: Client) -> None:
    issue = made(cast)
    name = shown(issue).images[0]["name"]
    for path in ("/wangchao/", "/wangchao/layout/"):
        assert name in reader.get(path).content.decode()


def test_where_a_page_has_no_picture_everything_is_as_before(cast: Cast, reader: Client) -> None:
    issue = cast.published_issue(cast.approved(), day=DAY)
    text = reader.get(page_path(cast, issue)).content.decode()
    assert "facsimile" not in text and "<svg" not in text and "application/pdf" not in text
    assert 'class="title-list"' in text
    text = reader.get(printed_path(cast, issue, stories_of(issue)[0])).content.decode()
    assert "on-page" not in text


# --- withheld ---------------------------------------------------------------------------------------------------


def test_withdrawing_takes_the_picture_from_every_page_that_shows_it(
    cast: Cast, reader: Client, own_media: Path, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    issue = made(cast, bound=True)
    gone, stays = stories_of(issue)
    names = {*shown(issue).file_names(), PublishedIssue.objects.get(issue=issue).pdf}
    with django_capture_on_commit_callbacks(execute=True):
        stories.withdraw(cast.chief, gone.pk, "数字有误")
    # At once, before a worker has renamed anything, and after it.
    for _moment in ("before", "after"):
        renamed = names | set(shown(issue).file_names())
        for path in every_path(cast, issue):
            answer = reader.get(path)
            text = answer.content.decode()
            assert not [name for name in renamed if name in text], path
        page = reader.get(page_path(cast, issue)).content.decode()
        assert 'class="notice"' in page and "<polygon" not in page
        assert "<polygon" not in reader.get(printed_path(cast, issue, stays)).content.decode()
        assert "<polygon" in reader.get(page_path(cast, issue, "02")).content.decode()
        with django_capture_on_commit_callbacks(execute=True):
            outbox.deliver_due()
    on_disk = {str(path.relative_to(own_media)) for path in own_media.rglob("*") if path.is_file()}
    assert not names & on_disk, "addresses that people have kept lead nowhere"


def test_a_replaced_page_has_its_new_picture_and_says_nothing_of_the_old(cast: Cast, reader: Client) -> None:
    issue = made(cast)
    gone, stays = stories_of(issue)
    stories.withdraw(cast.chief, gone.pk, "数字有误")
    page = issue.pages.get(code="01")
    publishing.replace_page(cast.chief, page.pk, [stays.pk], "撤稿补版")
    page.refresh_from_db()
    ready_proof(page, cast.duty)
    publishing.replace_page(cast.chief, page.pk, [stays.pk], "新版面图")
    text = reader.get(page_path(cast, issue)).content.decode()
    assert 'class="notice"' not in text
    assert [area["href"] for area in Tags(text).of("a", **{"class": "area"})] == [
        printed_path(cast, issue, stays)
    ]
    assert gone.headline not in text


def test_a_withdrawal_refreshes_every_address_that_showed_the_picture(cast: Cast) -> None:
    issue = made(cast)
    gone, stays = stories_of(issue)
    stories.withdraw(cast.chief, gone.pk, "数字有误")
    refreshed = addresses_of(Event.objects.get(verb=Verb.WITHDRAW))
    for path in [
        story_path(cast, gone),
        printed_path(cast, issue, gone),
        printed_path(cast, issue, stays),
        page_path(cast, issue),
        # It shows the small picture of the first page, and the PDF of the issue.
        page_path(cast, issue, "02"),
        "/wangchao/layout/",
        "/wangchao/",
    ]:
        assert path in refreshed
    publishing.replace_page(cast.chief, issue.pages.get(code="01").pk, [stays.pk], "撤稿补版")
    refreshed = addresses_of(Event.objects.get(verb=Verb.REPLACE_PAGE))
    assert {page_path(cast, issue), printed_path(cast, issue, stays), printed_path(cast, issue, gone)} <= set(
        refreshed
    )


# --- what it costs ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "budget"), [("page", 5), ("printed", 4), ("front", 6), ("archive", 2)])
def test_pictures_cost_no_question_more(name: str, budget: int, cast: Cast, reader: Client) -> None:
    issue = made(cast)
    for day in range(1, 5):
        before = cast.issue(date(2030, 5, day))
        page = cast.page(before)
        pages.place(cast.duty, page.pk, stories_of(issue)[0].pk)
        signed_proof(cast, page)
        publishing.schedule_issue(cast.chief, before.pk)
    path = {
        "page": page_path(cast, issue),
        "printed": printed_path(cast, issue, stories_of(issue)[1]),
        "front": "/wangchao/",
        "archive": "/wangchao/layout/",
    }[name]
    chrome.forget()
    reader.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert reader.get(path).status_code == 200
    # Without photos of stories one question less: the library is not asked for none.
    assert budget - 1 <= len(asked) <= budget


@pytest.mark.parametrize("name", ["page", "printed"])
def test_it_is_kept_like_every_page(name: str, cast: Cast, reader: Client) -> None:
    issue = made(cast)
    path = page_path(cast, issue) if name == "page" else printed_path(cast, issue, stories_of(issue)[0])
    answer = reader.get(path)
    assert "public" in answer["Cache-Control"] and "max-age=60" in answer["Cache-Control"]
    assert answer["ETag"] and not answer.cookies
    text = answer.content.decode()
    assert " style=" not in text and "<style" not in text and " onclick" not in text
    assert "script-src 'self'" in answer["Content-Security-Policy"]
