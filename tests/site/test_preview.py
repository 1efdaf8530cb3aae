"""The signed look at a story that is not public: RISKS 4 and 5."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import signing
from django.test import Client
from django.urls import reverse

from articles.desk import workflow
from articles.desk.preview import LIFETIME, preview_token, read_token
from articles.states import PublicState, Status
from tests.cast import Cast
from tests.site.conftest import story_path

NOW = datetime(2030, 5, 4, 20, 0, tzinfo=UTC)


def preview_path(token: str) -> str:
    return reverse("site:preview", args=[token])


@pytest.mark.parametrize("status", Status)
def test_it_shows_a_story_at_any_state(status: Status, cast: Cast, reader: Client) -> None:
    public = PublicState.LIVE if status == Status.PUBLISHED else PublicState.NONE
    article = cast.story_in(status, public, "渡轮夜航试运行")
    answer = reader.get(preview_path(preview_token(article)))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert '<h1 class="headline">渡轮夜航试运行</h1>' in text
    assert 'class="ribbon"' in text


def test_it_is_kept_by_nobody_indexed_by_nobody_and_passes_no_address_on(cast: Cast, reader: Client) -> None:
    answer = reader.get(preview_path(preview_token(cast.draft())))
    assert answer["Cache-Control"] == "private, no-store"
    assert "noindex" in answer["X-Robots-Tag"]
    assert answer["Referrer-Policy"] == "no-referrer"
    assert not answer.has_header("ETag")
    assert not answer.cookies


def test_a_link_that_is_too_old_is_refused(cast: Cast, reader: Client) -> None:
    article = cast.draft()
    with time_machine.travel(NOW, tick=False):
        token = preview_token(article)
    with time_machine.travel(NOW + LIFETIME - timedelta(seconds=1), tick=False):
        assert reader.get(preview_path(token)).status_code == 200
    with time_machine.travel(NOW + LIFETIME + timedelta(seconds=1), tick=False):
        refused(reader, preview_path(token))


def test_a_link_of_another_story_cannot_be_made_to_show_this_one(cast: Cast, reader: Client) -> None:
    mine, theirs = preview_token(cast.draft("甲")), preview_token(cast.draft("乙"))
    payload, rest = theirs.split(":", 1)[0], mine.split(":", 1)[1]
    refused(reader, preview_path(f"{payload}:{rest}"))


@pytest.mark.parametrize("token", ["x", "a:b:c", "W10", "-", "1"])
def test_a_link_nobody_signed_is_refused(token: str, cast: Cast, reader: Client) -> None:
    refused(reader, preview_path(token))


def test_what_was_signed_for_something_else_is_refused(cast: Cast, reader: Client) -> None:
    article = cast.draft()
    refused(reader, preview_path(signing.dumps([article.pk, article.version], salt="something else")))
    for value in (article.pk, [article.pk], [str(article.pk), "1"], {"a": 1}, None):
        assert read_token(signing.dumps(value, salt="articles.preview")) is None


def test_a_link_of_a_version_that_never_was_is_refused(cast: Cast, reader: Client) -> None:
    article = cast.draft()
    article.version = 99
    refused(reader, preview_path(preview_token(article)))


def test_the_next_version_needs_a_link_of_its_own(cast: Cast, reader: Client) -> None:
    article = cast.draft("渡轮夜航试运行")
    token = preview_token(article)
    workflow.edit(cast.reporter, article.pk, article.version, {"headline": "消息来源姓名"})
    text = reader.get(preview_path(token)).content.decode()
    assert "渡轮夜航试运行" in text
    assert "消息来源姓名" not in text


def test_a_look_does_not_poison_what_everybody_reads(cast: Cast, reader: Client) -> None:
    article = cast.draft("渡轮夜航试运行")
    before = reader.get(story_path(cast, article))
    reader.get(preview_path(preview_token(article)))
    after = reader.get(story_path(cast, article))
    assert before.status_code == after.status_code == 404
    assert before.content == after.content
    live = cast.live("老码头灯光亮起")
    plain = reader.get(story_path(cast, live))
    forged = reader.get(
        story_path(cast, live),
        {"preview": preview_token(article), "token": preview_token(article)},
        headers={"x-preview": preview_token(article), "x-original-url": preview_path(preview_token(article))},
    )
    assert forged.content == plain.content
    assert forged["Cache-Control"] == plain["Cache-Control"]


def test_names_lead_nowhere_in_a_preview(cast: Cast, reader: Client) -> None:
    text = reader.get(preview_path(preview_token(cast.draft()))).content.decode()
    assert cast.byline.name in text
    assert "/reporter/" not in text


def refused(reader: Client, path: str) -> None:
    answer = reader.get(path)
    assert answer.status_code == 404
    assert answer["Cache-Control"] == "private, no-store"
    assert "ribbon" not in answer.content.decode()
