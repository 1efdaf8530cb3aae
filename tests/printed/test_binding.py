"""The PDF of an issue: what is in it, when it is made, and what happens when something happens meanwhile."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from articles.desk import pages, publishing, stories
from articles.models import Issue, PublishedIssue, PublishedPage
from articles.printed import binding
from articles.printed.binder import NotBound, Part, bind
from articles.printed.binding import Outcome, bind_due, bind_issue
from articles.tasks import bind as bind_task
from media_library.models import DiscardedFile
from tests.cast import Cast
from tests.facsimile import page_pdf, ready_proof, signed_proof

pytestmark = pytest.mark.usefixtures("own_media")


@pytest.fixture
def issue(cast: Cast) -> Issue:
    issue = cast.issue()
    for code, label in (("01", "要闻"), ("02", "民生(一)")):
        page = cast.page(issue, code, label)
        pages.place(cast.duty, page.pk, cast.approved(f"第{code}版的稿子").pk)
        signed_proof(cast, page)
    return publishing.schedule_issue(cast.chief, issue.pk, timezone.now() + timedelta(hours=1))


def copy_of(issue: Issue) -> PublishedIssue:
    return PublishedIssue.objects.get(issue=issue)


def test_it_holds_every_page_under_its_name_and_says_what_it_is(issue: Issue) -> None:
    bind_task(copy_of(issue).pk)
    with pypdfium2.PdfDocument(default_storage.path(copy_of(issue).pdf)) as bound:
        assert len(bound) == 2
        assert [(mark.get_title(), mark.get_dest().get_index()) for mark in bound.get_toc()] == [
            ("第01版：要闻", 0),
            ("第02版：民生(一)", 1),
        ]
        assert bound.get_metadata_dict()["Title"] == f"望潮日报 2030年1月{issue.date.day}日"
        text = bound[1].get_textpage().get_text_range()
        assert "第02版的稿子" in "".join(text.split())


def test_scheduling_asks_for_it_at_once(
    cast: Cast, issue: Issue, django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[tuple[str, Any]] = []
    monkeypatch.setattr(
        "media_library.hurry.current_app.send_task", lambda name, args, **_: sent.append((name, args))
    )
    publishing.hold_issue(cast.chief, issue.pk, reason="等一条稿子")
    with django_capture_on_commit_callbacks(execute=True):
        publishing.release_issue(cast.chief, issue.pk)
    assert ("articles.bind", (copy_of(issue).pk,)) in sent


def test_the_sweep_binds_what_a_lost_message_left_behind(issue: Issue) -> None:
    assert bind_due() == 1
    assert bind_due() == 0
    assert copy_of(issue).pdf


def test_its_name_is_nobodys_guess_and_nothing_is_left_over(issue: Issue, own_media: Path) -> None:
    assert bind_issue(copy_of(issue).pk) == Outcome.BOUND
    folder, _, name = copy_of(issue).pdf.rpartition("/")
    assert len(name.removesuffix(".pdf")) == 32 and folder.startswith("i/")
    assert not DiscardedFile.objects.exists()
    assert not list((own_media / ".incoming").iterdir())


def test_there_is_none_while_a_page_has_none(issue: Issue) -> None:
    PublishedPage.objects.filter(code="02").update(pdf="")
    assert bind_issue(copy_of(issue).pk) == Outcome.NOT_DUE
    assert bind_due() == 0


def test_a_second_worker_finds_it_taken(issue: Issue, monkeypatch: pytest.MonkeyPatch) -> None:
    outcomes = []
    whole = binding._make

    def and_another(*args: Any) -> None:
        outcomes.append(bind_issue(copy_of(issue).pk))
        whole(*args)

    monkeypatch.setattr(binding, "_make", and_another)
    assert bind_issue(copy_of(issue).pk) == Outcome.BOUND
    assert outcomes == [Outcome.NOT_DUE]


def test_a_story_withdrawn_while_it_is_bound_is_in_no_pdf(
    cast: Cast,
    issue: Issue,
    own_media: Path,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    publishing.unschedule_issue(cast.chief, issue.pk)
    publishing.schedule_issue(cast.chief, issue.pk)
    whole = binding._make

    def and_withdraw(*args: Any) -> None:
        whole(*args)
        stories.withdraw(cast.chief, issue.pages.get(code="02").placements.get().article_id, "数字有误")

    monkeypatch.setattr(binding, "_make", and_withdraw)
    key = copy_of(issue).pk
    with django_capture_on_commit_callbacks(execute=True):
        assert bind_issue(key) == Outcome.CHANGED
    assert not list((own_media / "i").rglob("*.pdf"))


def test_a_replaced_page_is_bound_anew(
    cast: Cast, issue: Issue, own_media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    bind_issue(copy_of(issue).pk)
    before, page = copy_of(issue).pdf, issue.pages.get(code="02")
    with django_capture_on_commit_callbacks(execute=True):
        publishing.replace_page(cast.chief, page.pk, [cast.approved("换上的稿子").pk], "头条有误")
    assert copy_of(issue).pdf == ""
    assert not (own_media / before).exists()
    page.refresh_from_db()
    ready_proof(page, cast.duty)
    order = list(page.placements.values_list("article", flat=True))
    publishing.replace_page(cast.chief, page.pk, order, "新版面图")
    assert bind_issue(copy_of(issue).pk) == Outcome.BOUND
    with pypdfium2.PdfDocument(default_storage.path(copy_of(issue).pdf)) as bound:
        assert "换上的稿子" in "".join(bound[1].get_textpage().get_text_range().split())


def test_a_broken_page_is_tried_later_and_not_for_ever(issue: Issue, own_media: Path) -> None:
    page = PublishedPage.objects.get(code="02")
    page.pdf = default_storage.save("g/broken.pdf", ContentFile(b"%PDF-1.7 and no more"))
    page.save()
    now = timezone.now()
    assert bind_issue(copy_of(issue).pk, now) == Outcome.FAILED
    assert bind_issue(copy_of(issue).pk, now + timedelta(seconds=1)) == Outcome.NOT_DUE
    assert bind_issue(copy_of(issue).pk, now + timedelta(hours=1)) == Outcome.FAILED
    for hour in range(24):
        bind_due(now + timedelta(hours=12 * hour))
    assert copy_of(issue).bind_attempts == binding.MAX_ATTEMPTS
    assert not list((own_media / ".incoming").iterdir())


def test_marks_and_title_may_hold_any_sign(tmp_path: Path) -> None:
    (tmp_path / "page.pdf").write_bytes(page_pdf("01", ("渡轮",), ("夜航。",)))
    odd = "第A01版：(要闻)\\>>endobj 𠮷"
    bind([Part(tmp_path / "page.pdf", odd)], odd, "zh-CN", tmp_path / "whole.pdf")
    with pypdfium2.PdfDocument(tmp_path / "whole.pdf") as bound:
        assert [mark.get_title() for mark in bound.get_toc()] == [odd]
        assert bound.get_metadata_dict()["Title"] == odd


def test_what_is_no_pdf_is_named(tmp_path: Path) -> None:
    (tmp_path / "page.pdf").write_bytes(b"GIF89a")
    with pytest.raises(NotBound, match="第03版"):
        bind([Part(tmp_path / "page.pdf", "第03版：副刊")], "望潮日报", "zh-CN", tmp_path / "whole.pdf")
