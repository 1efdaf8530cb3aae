"""What is not public leaves no trace: RISKS 1, 2, 3."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from articles.desk import publishing, stories, workflow
from articles.models import PublishedArticle
from articles.states import PublicState, Status
from tests.cast import Cast
from tests.site.conftest import list_paths, page_path, printed_path, story_path

SECRET = "绝密选题潮汐电站"
AT = datetime(2030, 5, 4, 22, 0, tzinfo=UTC)


def same_as_nothing(reader: Client, path: str, nothing: str) -> None:
    """The answer at `path` is byte for byte the one at an address that never was."""
    hidden, absent = reader.get(path), reader.get(nothing)
    assert hidden.status_code == absent.status_code == 404
    assert hidden.content == absent.content
    # ETag follows from the content.
    assert dict(hidden.items()) == dict(absent.items())


@pytest.mark.parametrize(
    ("status", "public"),
    [
        (Status.DRAFT, PublicState.NONE),
        (Status.REVIEW, PublicState.NONE),
        (Status.APPROVED, PublicState.NONE),
        (Status.APPROVED, PublicState.SCHEDULED),
        (Status.SPIKED, PublicState.NONE),
    ],
)
def test_a_story_that_is_not_public_is_like_one_that_is_not_there(
    status: Status, public: PublicState, cast: Cast, reader: Client
) -> None:
    article = cast.story_in(status, public, SECRET)
    same_as_nothing(reader, story_path(cast, article), f"/wangchao/story/{article.pk + 999}/")
    same_as_nothing(
        reader,
        f"/wangchao/content/203005/04/content_{article.pk}.html",
        f"/wangchao/content/203005/04/content_{article.pk + 999}.html",
    )


def test_a_refusal_repeats_nothing_of_what_was_asked(cast: Cast, reader: Client) -> None:
    answer = reader.get("/wangchao/story/77777777/?q=zzmarkzz")
    assert b"77777777" not in answer.content
    assert b"zzmarkzz" not in answer.content


@pytest.mark.parametrize("state", ["draft", "in_review", "approved", "scheduled", "spiked", "withdrawn"])
def test_lists_feeds_and_maps_hold_not_one_byte_of_it(state: str, cast: Cast, reader: Client) -> None:
    cast.live("渡轮夜航试运行")
    cast_story = getattr(cast, state)(SECRET, deck="内部副题", kicker="内部引题", summary="内部提要")
    for path in [*list_paths(cast), f"/wangchao/reporter/{cast.byline.pk}/", *month_maps(reader)]:
        text = reader.get(path).content.decode()
        assert SECRET not in text, path
        assert "内部" not in text, path
        assert f"/story/{cast_story.pk}/" not in text, path


def month_maps(reader: Client) -> list[str]:
    index = reader.get("/sitemap.xml").content.decode()
    found = [part.split("</loc>")[0] for part in index.split("<loc>")[1:]]
    return [address.removeprefix("http://testserver") for address in found]


def test_the_text_that_is_public_stays_while_the_next_is_being_written(cast: Cast, reader: Client) -> None:
    article = workflow.revise(cast.chief, cast.live("渡轮夜航试运行").pk)
    workflow.edit(cast.reporter, article.pk, article.version, {"headline": SECRET, "deck": "内部副题"})
    for path in [*list_paths(cast), story_path(cast, article)]:
        text = reader.get(path).content.decode()
        assert SECRET not in text
        assert "内部" not in text
    assert "渡轮夜航试运行" in reader.get(story_path(cast, article)).content.decode()


@pytest.fixture
def issue(cast: Cast) -> Any:
    with time_machine.travel(AT - timedelta(hours=3), tick=False):
        article = cast.approved(SECRET)
        issue = cast.scheduled_issue(article, at=AT, day=date(2030, 5, 5))
    issue.story = article
    return issue


def test_an_issue_is_not_there_a_second_before_its_time(cast: Cast, issue: Any, reader: Client) -> None:
    with time_machine.travel(AT - timedelta(seconds=1), tick=False):
        same_as_nothing(reader, page_path(cast, issue), "/wangchao/layout/203105/05/node_01.html")
        same_as_nothing(reader, "/wangchao/layout/203005/05/", "/wangchao/layout/203105/05/")
        same_as_nothing(
            reader, printed_path(cast, issue, issue.story), "/wangchao/content/203105/05/content_1.html"
        )
        same_as_nothing(reader, story_path(cast, issue.story), "/wangchao/story/987654/")
        same_as_nothing(reader, "/wangchao/sitemap-203005.xml", "/wangchao/sitemap-203105.xml")
        for path in list_paths(cast):
            text = reader.get(path).content.decode()
            assert SECRET not in text
            assert "203005" not in text


def test_it_is_there_a_second_after_with_every_worker_dead(cast: Cast, issue: Any, reader: Client) -> None:
    with time_machine.travel(AT + timedelta(seconds=1), tick=False):
        for path in [
            page_path(cast, issue),
            printed_path(cast, issue, issue.story),
            story_path(cast, issue.story),
            "/",
            "/wangchao/feed.atom",
        ]:
            answer = reader.get(path)
            assert answer.status_code == 200, path
            assert SECRET in answer.content.decode(), path
        assert "203005" in reader.get("/wangchao/layout/").content.decode()
        assert f"/story/{issue.story.pk}/" in reader.get("/wangchao/sitemap-203005.xml").content.decode()


def test_it_is_there_at_its_very_second(cast: Cast, issue: Any, reader: Client) -> None:
    with time_machine.travel(AT, tick=False):
        assert reader.get(page_path(cast, issue)).status_code == 200


def test_a_held_issue_does_not_come_out(cast: Cast, issue: Any, reader: Client) -> None:
    with time_machine.travel(AT - timedelta(seconds=1), tick=False):
        publishing.hold_issue(cast.chief, issue.pk, reason="重大更正")
    with time_machine.travel(AT + timedelta(seconds=1), tick=False):
        assert reader.get(page_path(cast, issue)).status_code == 404


# --- withdrawn --------------------------------------------------------------------------------------------------


def test_a_withdrawn_story_is_gone_and_says_only_that(cast: Cast, reader: Client) -> None:
    article = cast.withdrawn(SECRET)
    answer = reader.get(story_path(cast, article))
    assert answer.status_code == 410
    assert SECRET not in answer.content.decode()
    assert "max-age=1" in answer["Cache-Control"]


def test_a_withdrawn_story_is_gone_from_its_page_and_its_printed_address(cast: Cast, reader: Client) -> None:
    first, second = cast.approved("渡轮夜航试运行"), cast.approved(SECRET)
    issue = cast.published_issue(first, second)
    assert SECRET in reader.get(page_path(cast, issue)).content.decode()
    stories.withdraw(cast.chief, second.pk, "数字有误")
    page = reader.get(page_path(cast, issue))
    assert page.status_code == 200
    assert SECRET not in page.content.decode()
    assert "渡轮夜航试运行" in page.content.decode()
    assert reader.get(printed_path(cast, issue, second)).status_code == 410
    beside = reader.get(printed_path(cast, issue, first)).content.decode()
    assert SECRET not in beside


def test_a_page_with_a_withdrawn_story_says_that_it_is_withheld(cast: Cast, reader: Client) -> None:
    first, second = cast.approved("渡轮夜航试运行"), cast.approved(SECRET)
    issue = cast.published_issue(first, second)
    assert 'class="notice"' not in reader.get(page_path(cast, issue)).content.decode()
    stories.withdraw(cast.chief, second.pk, "数字有误")
    assert 'class="notice"' in reader.get(page_path(cast, issue)).content.decode()


def test_a_story_scheduled_and_never_seen_is_not_gone_but_was_never_there(cast: Cast, reader: Client) -> None:
    article = cast.scheduled(SECRET)
    stories.withdraw(cast.chief, article.pk, "选题取消")
    assert reader.get(story_path(cast, article)).status_code == 404


def test_a_story_of_another_paper_is_not_found_under_this_one(cast: Cast, reader: Client) -> None:
    article = cast.live()
    assert reader.get(f"/xiwan/story/{article.pk}/").status_code == 404
    stories.withdraw(cast.chief, article.pk, "数字有误")
    assert reader.get(f"/xiwan/story/{article.pk}/").status_code == 404
    assert reader.get(f"/xiwan/section/{cast.news.pk}/").status_code == 404


def test_only_names_that_stand_over_a_public_story_have_a_page(cast: Cast, reader: Client) -> None:
    cast.draft()
    path = f"/wangchao/reporter/{cast.byline.pk}/"
    assert reader.get(path).status_code == 404
    cast.live("渡轮夜航试运行")
    assert cast.byline.name in reader.get(path).content.decode()


# --- versions ---------------------------------------------------------------------------------------------------


def test_the_page_keeps_the_text_as_printed_and_points_to_the_latest(cast: Cast, reader: Client) -> None:
    article = cast.approved("渡轮夜航试运行")
    issue = cast.published_issue(article)
    stories.correct(cast.chief, article.pk, {"headline": "渡轮夜航下周试运行"}, "试运行时间应为下周。")
    printed = reader.get(printed_path(cast, issue, article)).content.decode()
    assert '<h1 class="headline">渡轮夜航试运行</h1>' in printed
    assert f'href="{story_path(cast, article)}"' in printed
    assert "试运行时间应为下周。" in printed
    latest = reader.get(story_path(cast, article)).content.decode()
    assert '<h1 class="headline">渡轮夜航下周试运行</h1>' in latest
    assert "试运行时间应为下周。" in latest
    assert printed_path(cast, issue, article) in latest


def test_a_printed_text_that_is_still_the_latest_points_nowhere(cast: Cast, reader: Client) -> None:
    article = cast.approved("渡轮夜航试运行")
    issue = cast.published_issue(article)
    printed = reader.get(printed_path(cast, issue, article)).content.decode()
    assert 'class="notice"' not in printed
    assert f'<link rel="canonical" href="http://testserver{story_path(cast, article)}">' in printed


def test_the_next_version_takes_over_at_its_second(cast: Cast, reader: Client) -> None:
    with time_machine.travel(AT - timedelta(hours=3), tick=False):
        article = cast.live("渡轮夜航试运行")
        workflow.revise(cast.chief, article.pk)
        article.refresh_from_db()
        workflow.edit(cast.reporter, article.pk, article.version, {"headline": "渡轮夜航今起常态运行"})
        article.refresh_from_db()
        cast.scheduled_issue(cast.approve(article), at=AT)
    for moment, headline in [(-1, "渡轮夜航试运行"), (0, "渡轮夜航今起常态运行")]:
        with time_machine.travel(AT + timedelta(seconds=moment), tick=False):
            text = reader.get(story_path(cast, article)).content.decode()
            assert f'<h1 class="headline">{headline}</h1>' in text
    assert PublishedArticle.objects.filter(article=article).count() == 2


def test_a_story_that_left_a_replaced_page_leads_to_its_own_address(cast: Cast, reader: Client) -> None:
    leaving, coming = cast.approved("渡轮夜航试运行"), cast.approved("老码头灯光亮起")
    issue = cast.published_issue(leaving)
    publishing.replace_page(cast.chief, issue.pages.get().pk, [coming.pk], "头条更换")
    answer = reader.get(printed_path(cast, issue, leaving))
    assert (answer.status_code, answer["Location"]) == (302, story_path(cast, leaving))
    page = reader.get(page_path(cast, issue)).content.decode()
    assert "老码头灯光亮起" in page
    assert "渡轮夜航试运行" not in page


def test_another_edition_of_the_day_has_its_own_pages(cast: Cast, reader: Client) -> None:
    day = date(2030, 5, 4)
    cast.published_issue(cast.approved("渡轮夜航试运行"), day=day)
    cast.published_issue(cast.approved("台风红色预警"), day=day, edition="extra")
    main = reader.get("/wangchao/layout/203005/04/node_01.html").content.decode()
    extra = reader.get("/wangchao/layout/203005/04/extra/node_01.html").content.decode()
    assert "渡轮夜航试运行" in main and "台风红色预警" not in main
    assert "台风红色预警" in extra and "渡轮夜航试运行" not in extra
    assert reverse("site:issue", kwargs={"slug": "wangchao", "day": day, "edition": "extra"}) in main
    assert reader.get("/wangchao/layout/203005/04/main/node_01.html").status_code == 404
