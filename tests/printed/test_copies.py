"""What of a proof becomes public, when it goes, and under which names: RISKS 6, 7 and 39 for pages."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from articles.desk import outbox, pages, publishing, stories, workflow
from articles.models import (
    HotArea,
    Issue,
    Page,
    PageItem,
    PageProof,
    PublishedIssue,
    PublishedPage,
)
from articles.printed.binding import bind_issue
from articles.printed.rotation import rotate_page
from media_library.models import DiscardedFile
from tests.cast import Cast
from tests.facsimile import ready_proof, signed_proof

pytestmark = pytest.mark.usefixtures("own_media")


@pytest.fixture
def issue(cast: Cast) -> Issue:
    """An issue of two pages with proofs, signed off, not scheduled yet."""
    issue = cast.issue()
    for code, headlines in (("01", ["渡轮夜航试运行", "老码头灯光亮起"]), ("02", ["社区食堂上船送早餐"])):
        page = cast.page(issue, code)
        for headline in headlines:
            pages.place(cast.duty, page.pk, cast.approved(headline).pk)
        signed_proof(cast, page)
    return issue


def first(issue: Issue) -> Page:
    return issue.pages.get(code="01")


def shown(page: Page) -> PublishedPage:
    return PublishedPage.objects.get(page=page, visible_until__isnull=True)


def on_disk(media: Path) -> set[str]:
    return {
        str(path.relative_to(media))
        for path in media.rglob("*")
        if path.is_file() and ".incoming" not in path.parts
    }


def lead_of(page: Page) -> Any:
    return page.placements.order_by("position").first().article  # type: ignore[union-attr]


# --- taken over -------------------------------------------------------------------------------------------------


def test_scheduling_takes_over_picture_pdf_and_areas_in_the_order_of_the_titles(
    cast: Cast, issue: Issue
) -> None:
    publishing.schedule_issue(cast.chief, issue.pk, timezone.now() + timedelta(hours=1))
    page, proof = shown(first(issue)), first(issue).proof
    assert proof is not None
    assert (page.pdf, page.images) == (proof.pdf, proof.images)
    assert [(area["kind"], area["label"]) for area in page.areas] == [
        ("story", "渡轮夜航试运行"),
        ("story", "老码头灯光亮起"),
    ]
    assert page.areas[0]["article"] == lead_of(first(issue)).pk
    assert page.areas[0]["polygon"] == proof.areas.first().polygon  # type: ignore[union-attr]


def test_a_page_without_a_proof_is_published_as_before(cast: Cast) -> None:
    issue = cast.published_issue(cast.approved())
    page = PublishedPage.objects.get(page__issue=issue)
    assert (page.pdf, page.images, page.areas) == ("", [], [])


@pytest.mark.parametrize("state", ["waiting", "working", "failed"])
def test_a_proof_that_is_not_ready_shows_nothing(state: str, cast: Cast) -> None:
    issue = cast.ready_issue(cast.approved())
    proof = signed_proof(cast, first(issue))
    PageProof.objects.filter(pk=proof.pk).update(state=state)
    publishing.schedule_issue(cast.chief, issue.pk)
    assert shown(first(issue)).pdf == ""


def test_only_confirmed_areas_of_stories_in_the_issue_become_public(cast: Cast) -> None:
    issue = cast.issue()
    page, other = cast.page(issue), cast.page(issue, "02")
    here, there, nowhere = cast.approved(), cast.approved("老码头灯光亮起"), cast.approved("未上版的稿子")
    pages.place(cast.duty, page.pk, here.pk)
    pages.place(cast.duty, other.pk, there.pk)
    PageItem.objects.create(page=page, kind="advert", title="望潮茶庄")
    proof = ready_proof(page, cast.duty)
    corners, told = (
        [[0, 0], [0.1, 0], [0.1, 0.1]],
        {"confirmed_by": cast.duty, "confirmed_at": timezone.now()},
    )
    HotArea.objects.create(proof=proof, article=there, polygon=corners, position=8, **told)
    HotArea.objects.create(proof=proof, article=nowhere, polygon=corners, position=9, **told)
    HotArea.objects.create(proof=proof, article=here, polygon=corners, position=10, confidence=0.7)
    for each in (page, other):
        pages.sign_off_page(cast.duty, each.pk)
    publishing.schedule_issue(cast.chief, issue.pk)
    # The rest of a story that begins on the other page may lead to it; what is not in the issue may not be named.
    assert [(area["kind"], area["article"], area["label"]) for area in shown(page).areas] == [
        ("story", here.pk, here.headline),
        ("advert", None, "望潮茶庄"),
        ("story", there.pk, there.headline),
    ]


def test_our_own_proof_of_what_stood_there_before_is_not_shown(cast: Cast, issue: Issue) -> None:
    page = first(issue)
    PageProof.objects.filter(page=page).update(digest="of something else")
    publishing.schedule_issue(cast.chief, issue.pk)
    assert shown(page).pdf == ""


def test_the_presss_file_is_shown_as_it_was_signed(cast: Cast, issue: Issue) -> None:
    page = first(issue)
    PageProof.objects.filter(page=page).update(digest="of an empty page", source="press")
    publishing.schedule_issue(cast.chief, issue.pk)
    assert shown(page).pdf


# --- taken back -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", [publishing.unschedule_issue, publishing.hold_issue])
def test_unscheduling_and_holding_take_the_copies_back_and_keep_the_proofs(
    verb: Any, cast: Cast, issue: Issue, own_media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    before = on_disk(own_media)
    publishing.schedule_issue(cast.chief, issue.pk, timezone.now() + timedelta(hours=1))
    bind_issue(PublishedIssue.objects.get(issue=issue).pk)
    assert len(on_disk(own_media)) == len(before) + 1
    with django_capture_on_commit_callbacks(execute=True):
        verb(cast.chief, issue.pk, reason="等一条稿子")
    assert not PublishedPage.objects.filter(page__issue=issue).exists()
    assert on_disk(own_media) == before, "the issue's PDF went with it, the proofs stay"


def test_a_held_issue_comes_out_with_its_pictures(cast: Cast, issue: Issue) -> None:
    publishing.schedule_issue(cast.chief, issue.pk, timezone.now() + timedelta(hours=1))
    publishing.hold_issue(cast.chief, issue.pk, reason="等一条稿子")
    publishing.release_issue(cast.chief, issue.pk)
    assert shown(first(issue)).pdf == first(issue).proof.pdf  # type: ignore[union-attr]


# --- withdrawn --------------------------------------------------------------------------------------------------


def withdraw(cast: Cast, article: Any, capture: Any) -> None:
    with capture(execute=True):
        stories.withdraw(cast.chief, article.pk, "数字有误")
    with capture(execute=True):
        outbox.deliver_due()


def test_withdrawing_withholds_every_page_with_the_story_and_gives_their_files_new_names(
    cast: Cast, issue: Issue, own_media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    publishing.schedule_issue(cast.chief, issue.pk)
    page, other = first(issue), issue.pages.get(code="02")
    old, beside = set(shown(page).file_names()), set(shown(other).file_names())
    withdraw(cast, lead_of(page), django_capture_on_commit_callbacks)
    withheld = shown(page)
    assert withheld.withheld_at is not None
    assert not set(withheld.file_names()) & old
    assert not on_disk(own_media) & old, "the old addresses lead nowhere"
    assert set(withheld.file_names()) <= on_disk(own_media), "the desk keeps what was printed"
    proof = PageProof.objects.get(page=page)
    assert set(proof.file_names()) == set(withheld.file_names())
    # Another page of the issue stays as it is.
    assert shown(other).withheld_at is None
    assert set(shown(other).file_names()) == beside
    assert beside <= on_disk(own_media)
    assert not DiscardedFile.objects.exists()


def test_it_withholds_the_page_its_rest_jumped_to(cast: Cast, issue: Issue) -> None:
    page, other = first(issue), issue.pages.get(code="02")
    story = lead_of(page)
    # Even where nobody has confirmed the area: the words are in the picture.
    assert other.proof is not None
    HotArea.objects.create(proof=other.proof, article=story, polygon=[[0, 0], [0.1, 0], [0.1, 0.1]])
    publishing.schedule_issue(cast.chief, issue.pk)
    stories.withdraw(cast.chief, story.pk, "数字有误")
    assert shown(page).withheld_at is not None
    assert shown(other).withheld_at is not None


def test_the_issues_pdf_goes_in_the_same_transaction(
    cast: Cast, issue: Issue, own_media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    publishing.schedule_issue(cast.chief, issue.pk)
    copy = PublishedIssue.objects.get(issue=issue)
    bind_issue(copy.pk)
    copy.refresh_from_db()
    assert copy.pdf in on_disk(own_media)
    with django_capture_on_commit_callbacks(execute=True):
        stories.withdraw(cast.chief, lead_of(first(issue)).pk, "数字有误")
    assert PublishedIssue.objects.get(issue=issue).pdf == ""
    assert copy.pdf not in on_disk(own_media)
    assert bind_issue(copy.pk) == "not due", "none while a page is withheld"


def test_rotating_is_safe_to_repeat_and_survives_a_file_that_is_lost(cast: Cast, issue: Issue) -> None:
    from django.core.files.storage import default_storage

    publishing.schedule_issue(cast.chief, issue.pk)
    page = first(issue)
    stories.withdraw(cast.chief, lead_of(page).pk, "数字有误")
    default_storage.delete(shown(page).pdf)
    names = [set(shown(page).file_names())]
    for _round in range(2):
        assert rotate_page(shown(page).pk) == 2, "two pictures; the PDF is gone already"
        names.append(set(shown(page).file_names()))
    assert not names[0] & names[1] and not names[1] & names[2]


def test_a_page_replaced_beside_it_does_not_name_the_withdrawn_story_again(cast: Cast, issue: Issue) -> None:
    page, other = first(issue), issue.pages.get(code="02")
    gone, stays = lead_of(page), lead_of(other)
    publishing.schedule_issue(cast.chief, issue.pk)
    stories.withdraw(cast.chief, gone.pk, "数字有误")
    proof = ready_proof(other, cast.duty)
    HotArea.objects.create(
        proof=proof,
        article=gone,
        label=gone.headline,
        polygon=[[0, 0], [0.1, 0], [0.1, 0.1]],
        confirmed_by=cast.duty,
        confirmed_at=timezone.now(),
    )
    publishing.replace_page(cast.chief, other.pk, [stays.pk], "换图")
    assert [area["article"] for area in shown(other).areas] == [stays.pk]


# --- replaced ---------------------------------------------------------------------------------------------------


def test_a_replaced_page_shows_the_new_proof_and_the_old_files_lead_nowhere(
    cast: Cast, issue: Issue, own_media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    publishing.schedule_issue(cast.chief, issue.pk)
    page = first(issue)
    withdrawn, stays = [row.article for row in page.placements.order_by("position")]
    withdraw(cast, withdrawn, django_capture_on_commit_callbacks)
    gone = set(shown(page).file_names())
    # The stories are replaced first: what is public then has no picture, since none of it exists yet.
    publishing.replace_page(cast.chief, page.pk, [stays.pk], "撤稿补版")
    page.refresh_from_db()
    assert (page.proof, shown(page).pdf, shown(page).withheld_at) == (None, "", None)
    # Then the page is made up again, and put in its own place with its picture.
    proof = ready_proof(page, cast.duty)
    publishing.replace_page(cast.chief, page.pk, [stays.pk], "新版面图")
    assert shown(page).pdf == proof.pdf
    assert shown(page).withheld_at is None
    assert [area["article"] for area in shown(page).areas] == [stays.pk]
    with django_capture_on_commit_callbacks(execute=True):
        outbox.deliver_due()
    assert not on_disk(own_media) & gone
    assert set(shown(page).file_names()) <= on_disk(own_media)


def test_a_page_replaced_with_what_stood_there_keeps_its_files(
    cast: Cast, issue: Issue, own_media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    publishing.schedule_issue(cast.chief, issue.pk)
    page = first(issue)
    names = shown(page).file_names()
    order = list(page.placements.order_by("position").values_list("article", flat=True))
    publishing.replace_page(cast.chief, page.pk, order, "补签")
    with django_capture_on_commit_callbacks(execute=True):
        outbox.deliver_due()
    assert shown(page).file_names() == names
    assert set(names) <= on_disk(own_media)


@pytest.mark.parametrize("source", ["makeup", "press"])
def test_an_old_proof_never_outlives_the_stories_it_shows(source: str, cast: Cast, issue: Issue) -> None:
    PageProof.objects.filter(page__issue=issue).update(source=source)
    publishing.schedule_issue(cast.chief, issue.pk, timezone.now() + timedelta(hours=1))
    page = first(issue)
    publishing.replace_page(cast.chief, page.pk, [cast.approved("换上的稿子").pk], "头条有误")
    assert shown(page).pdf == ""
    # Nor by way of a hold and a release.
    publishing.hold_issue(cast.chief, issue.pk, reason="再等等")
    publishing.release_issue(cast.chief, issue.pk)
    assert shown(page).pdf == ""


def test_the_presss_new_file_is_shown_at_once(cast: Cast, issue: Issue) -> None:
    publishing.schedule_issue(cast.chief, issue.pk)
    page = first(issue)
    proof = ready_proof(page, cast.duty, source="press")
    publishing.replace_page(cast.chief, page.pk, [cast.approved("换上的稿子").pk], "头条有误")
    assert shown(page).pdf == proof.pdf
    assert shown(page).areas == [], "its areas are of stories that are not printed any more"


def test_a_story_that_is_edited_and_comes_again_needs_a_new_proof(cast: Cast, issue: Issue) -> None:
    page = first(issue)
    story = lead_of(page)
    article = workflow.revise(cast.chief, stories.publish_article(cast.chief, story.pk).pk)
    workflow.edit(cast.reporter, article.pk, article.version, {"deck": "首航座无虚席"})
    article.refresh_from_db()
    cast.approve(article)
    pages.sign_off_page(cast.duty, page.pk)
    publishing.schedule_issue(cast.chief, issue.pk)
    assert shown(page).pdf == ""
