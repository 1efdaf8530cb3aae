"""How long an answer may be kept, and that it is the same for everybody."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from articles.desk import workflow
from tests.cast import Cast
from tests.site.conftest import page_path, printed_path, story_path

AT = datetime(2030, 5, 4, 22, 0, tzinfo=UTC)


def max_age(answer: object) -> int:
    parts = answer["Cache-Control"].split(", ")  # type: ignore[index]
    assert "public" in parts
    return next(int(part.removeprefix("max-age=")) for part in parts if part.startswith("max-age="))


def test_a_page_may_be_kept_for_a_minute(cast: Cast, reader: Client) -> None:
    article = cast.approved()
    issue = cast.published_issue(article)
    for path in ["/", story_path(cast, article), page_path(cast, issue), printed_path(cast, issue, article)]:
        assert max_age(reader.get(path)) == 60


@pytest.mark.parametrize(("before", "kept"), [(300.0, 60), (60.0, 60), (30.0, 30), (10.5, 10), (0.4, 0)])
def test_a_list_is_kept_no_longer_than_until_the_next_story(
    before: float, kept: int, cast: Cast, reader: Client
) -> None:
    with time_machine.travel(AT - timedelta(hours=3), tick=False):
        cast.live("老码头灯光亮起")
        cast.scheduled(at=AT)
    with time_machine.travel(AT - timedelta(seconds=before), tick=False):
        for path in ["/", "/wangchao/", f"/wangchao/section/{cast.news.pk}/", "/wangchao/feed.atom"]:
            assert max_age(reader.get(path)) == kept


def test_a_list_is_kept_no_longer_than_until_the_next_issue(cast: Cast, reader: Client) -> None:
    with time_machine.travel(AT - timedelta(hours=3), tick=False):
        today = cast.published_issue(cast.approved("老码头灯光亮起"))
        cast.scheduled_issue(cast.live(), at=AT)
    with time_machine.travel(AT - timedelta(seconds=20), tick=False):
        for path in ["/", "/wangchao/layout/", page_path(cast, today)]:
            assert max_age(reader.get(path)) == 20


def test_a_story_is_kept_no_longer_than_until_its_next_version(cast: Cast, reader: Client) -> None:
    with time_machine.travel(AT - timedelta(hours=3), tick=False):
        article = cast.live()
        other = cast.live("老码头灯光亮起")
        workflow.revise(cast.chief, article.pk)
        article.refresh_from_db()
        workflow.edit(cast.reporter, article.pk, article.version, {"deck": "首航座无虚席"})
        article.refresh_from_db()
        cast._later(cast.approve(article), AT)
    with time_machine.travel(AT - timedelta(seconds=20), tick=False):
        assert max_age(reader.get(story_path(cast, article))) == 20
        # Another story's page does not change by that.
        assert max_age(reader.get(story_path(cast, other))) == 60


def test_a_story_is_kept_no_longer_than_until_it_is_in_print(cast: Cast, reader: Client) -> None:
    with time_machine.travel(AT - timedelta(hours=3), tick=False):
        article = cast.live()
        cast.scheduled_issue(article, at=AT)
    with time_machine.travel(AT - timedelta(seconds=20), tick=False):
        assert max_age(reader.get(story_path(cast, article))) == 20


def test_what_is_not_there_is_remembered_for_a_second_only(cast: Cast, reader: Client) -> None:
    for path in ["/wangchao/story/999/", story_path(cast, cast.withdrawn())]:
        assert max_age(reader.get(path)) == 1


def test_a_reader_who_has_the_page_gets_none_again(cast: Cast, reader: Client) -> None:
    article = cast.live()
    for path in ["/", story_path(cast, article), "/wangchao/feed.atom", "/sitemap.xml"]:
        first = reader.get(path)
        again = reader.get(path, headers={"if-none-match": first["ETag"]})
        assert again.status_code == 304
        assert again.content == b""
        assert max_age(again) == 60


def test_a_withdrawn_page_is_gone_for_those_who_have_it_too(cast: Cast, reader: Client) -> None:
    from articles.desk import stories

    article = cast.live()
    tag = reader.get(story_path(cast, article))["ETag"]
    stories.withdraw(cast.chief, article.pk, "数字有误")
    assert reader.get(story_path(cast, article), headers={"if-none-match": tag}).status_code == 410
