"""The cases nobody may get wrong."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.desk import pages, publishing, settling, stories, workflow
from articles.desk.copies import public_state_of
from articles.exceptions import Conflict, IllegalTransition, NotAllowed
from articles.models import (
    Article,
    Event,
    PublishedArticle,
    PublishedIssue,
    PublishedPage,
    PublishedPlacement,
    Review,
    Revision,
)
from articles.states import IssueStatus, PublicState, Status
from tests.cast import Cast

SOON = timedelta(hours=1)
SECOND = timedelta(seconds=1)


def public(article: Article, at: datetime | None = None) -> PublishedArticle | None:
    return PublishedArticle.objects.published(at).filter(article=article).first()


def on_page(at: datetime) -> list[str]:
    rows = PublishedPlacement.objects.published(at).select_related("copy").order_by("position")
    return [row.copy.headline for row in rows]


# --- time ---------------------------------------------------------------------------------------------------------


def test_an_issue_is_public_at_its_second_and_not_before_with_nobody_at_work(cast: Cast) -> None:
    at = timezone.now() + SOON
    story = cast.approved()
    issue = cast.scheduled_issue(story, at=at)
    just_before = at - timedelta(microseconds=1)
    assert public(story, just_before) is None
    assert not PublishedIssue.objects.published(just_before).exists()
    assert public(story, at) is not None
    assert PublishedIssue.objects.published(at).get().issue == issue
    assert PublishedPage.objects.published(at).count() == 1
    assert on_page(at) == [story.headline]


def test_settling_brings_the_desk_up_to_date_once(cast: Cast) -> None:
    at = timezone.now() + SOON
    story = cast.approved()
    issue = cast.scheduled_issue(story, at=at)
    assert settling.settle_due(at - SECOND) == 0
    assert settling.settle_due(at + SECOND) == 1
    assert settling.settle_due(at + SECOND) == 0
    issue.refresh_from_db()
    story.refresh_from_db()
    assert (issue.status, story.status) == (IssueStatus.PUBLISHED, Status.PUBLISHED)
    assert Event.objects.filter(verb="issue_published", issue=issue).count() == 1


def test_unschedule_at_the_very_second_is_refused_and_the_issue_is_out(cast: Cast) -> None:
    at = timezone.now() + SOON
    story = cast.approved()
    issue = cast.scheduled_issue(story, at=at)
    with pytest.raises(IllegalTransition):
        publishing.unschedule_issue(cast.chief, issue.pk, now=at)
    assert public(story, at) is not None


def test_unschedule_within_the_margin_is_refused_whole(cast: Cast) -> None:
    at = timezone.now() + SOON
    issue = cast.scheduled_issue(cast.approved(), at=at)
    with pytest.raises(IllegalTransition, match="too late"):
        publishing.unschedule_issue(cast.chief, issue.pk, now=at - timedelta(milliseconds=100))
    issue.refresh_from_db()
    assert issue.status == IssueStatus.SCHEDULED
    assert PublishedIssue.objects.published(at).exists()


def test_hold_one_second_before_stops_the_issue_and_release_sends_it_at_once(cast: Cast) -> None:
    at = timezone.now() + SOON
    story = cast.approved()
    issue = cast.scheduled_issue(story, at=at)
    publishing.hold_issue(cast.duty, issue.pk, reason="头版有误", now=at - SECOND)
    assert public(story, at + SOON) is None
    assert not PublishedIssue.objects.published(at + SOON).exists()
    released = publishing.release_issue(cast.chief, issue.pk, now=at + SOON)
    assert released.status == IssueStatus.PUBLISHED
    assert public(story, at + SOON) is not None
    assert public(story, at + SOON - SECOND) is None


def test_release_before_its_time_keeps_the_time(cast: Cast) -> None:
    at = timezone.now() + SOON
    story = cast.approved()
    issue = cast.scheduled_issue(story, at=at)
    publishing.hold_issue(cast.duty, issue.pk)
    publishing.release_issue(cast.duty, issue.pk)
    assert public(story, at - SECOND) is None
    assert public(story, at) is not None


# --- versions -----------------------------------------------------------------------------------------------------


def web_first_with_new_text(cast: Cast) -> Article:
    """Live since just now, rewritten and approved again: its new text is not out yet."""
    story = workflow.revise(cast.chief, cast.live("台风改道").pk)
    story = workflow.edit(cast.reporter, story.pk, story.version, {"headline": "台风改道，渡轮明晨复航"})
    return cast.approve(story)


def test_a_web_first_story_comes_out_with_new_text_in_tomorrows_issue(cast: Cast) -> None:
    at = timezone.now() + SOON
    story = web_first_with_new_text(cast)
    cast.scheduled_issue(story, at=at)
    assert public(story, at - SECOND).headline == "台风改道"
    assert public(story, at).headline == "台风改道，渡轮明晨复航"
    assert public(story, at).first_published_at == public(story, at - SECOND).visible_from
    assert public_state_of(story, timezone.now()) == PublicState.LIVE_SCHEDULED


def test_unscheduling_lets_the_live_version_run_on(cast: Cast) -> None:
    at = timezone.now() + SOON
    story = web_first_with_new_text(cast)
    issue = cast.scheduled_issue(story, at=at)
    publishing.unschedule_issue(cast.chief, issue.pk)
    assert public(story, at + SOON).headline == "台风改道"
    assert public(story).visible_until is None


def test_a_published_story_stands_unchanged_in_an_issue_and_no_second_copy_is_made(cast: Cast) -> None:
    at = timezone.now() + SOON
    story = cast.live()
    cast.scheduled_issue(story, at=at)
    assert story.copies.count() == 1
    assert on_page(at) == [story.headline]
    with pytest.raises(IllegalTransition):
        workflow.revise(cast.chief, story.pk)


def test_a_correction_while_a_later_version_is_scheduled_blocks_that_issue_until_it_is_in(cast: Cast) -> None:
    at = timezone.now() + SOON
    story = web_first_with_new_text(cast)
    issue = cast.scheduled_issue(story, at=at)

    stories.correct(cast.chief, story.pk, {"deck": "风力应为八级"}, "风力原误为十级")
    assert public(story).deck == "风力应为八级"
    assert public(story).corrections[0]["text"] == "风力原误为十级"
    assert public(story, at + SOON).deck == "风力应为八级", "the uncorrected text must not come out"
    issue.refresh_from_db()
    assert issue.status == IssueStatus.HELD
    with pytest.raises(IllegalTransition) as refused:
        publishing.release_issue(cast.chief, issue.pk)
    assert any("lacks a correction" in reason for reason in refused.value.reasons)

    story.refresh_from_db()
    story = workflow.edit(
        cast.reporter, story.pk, story.version, {"deck": "风力应为八级"}, carries_correction=True
    )
    cast.approve(story)
    pages.sign_off_page(cast.duty, issue.pages.get().pk)
    publishing.release_issue(cast.chief, issue.pk)
    assert public(story, at).headline == "台风改道，渡轮明晨复航"
    assert public(story, at).deck == "风力应为八级"
    assert public(story, at).corrections[0]["text"] == "风力原误为十级"


def test_a_correction_of_what_is_live_corrects_the_working_copy_and_links_both_ways(cast: Cast) -> None:
    story = cast.live()
    wrong = public(story)
    correction = stories.correct(cast.chief, story.pk, {"deck": "更正"}, "副题有误")
    story.refresh_from_db()
    assert (story.deck, story.status) == ("更正", Status.PUBLISHED)
    assert (correction.wrong_copy, correction.right_copy) == (wrong, public(story))
    assert list(wrong.corrected_by.all()) == list(public(story).corrects.all()) == [correction]


def test_a_correction_based_on_another_version_is_refused(cast: Cast) -> None:
    story = cast.live()
    seen = public(story).number
    stories.correct(cast.chief, story.pk, {"deck": "甲"}, "甲")
    with pytest.raises(Conflict):
        stories.correct(cast.duty, story.pk, {"deck": "乙"}, "乙", base_number=seen)
    assert public(story).deck == "甲"


def test_withdraw_with_a_scheduled_copy_shows_neither_ever(cast: Cast) -> None:
    at = timezone.now() + SOON
    story, neighbour = web_first_with_new_text(cast), cast.approved("灯塔修缮")
    issue = cast.scheduled_issue(story, neighbour, at=at)
    stories.withdraw(cast.chief, story.pk, "信源撤回")
    assert all(public(story, moment) is None for moment in (timezone.now(), at, at + SOON))
    assert public_state_of(story, timezone.now()) == PublicState.WITHDRAWN
    issue.refresh_from_db()
    assert issue.status == IssueStatus.HELD, "no issue comes out with a hole"
    assert public(neighbour, at) is None


def test_withdraw_from_a_published_page_withholds_its_picture_and_its_place(cast: Cast) -> None:
    story, neighbour = cast.approved("台风改道"), cast.approved("灯塔修缮")
    issue = cast.published_issue(story, neighbour)
    stories.withdraw(cast.chief, story.pk, "信源撤回")
    now = timezone.now()
    page = PublishedPage.objects.published(now).get()
    assert page.withheld_at is not None
    assert on_page(now) == ["灯塔修缮"]
    publishing.replace_page(cast.chief, issue.pages.get().pk, [neighbour.pk], "撤稿后重排")
    assert PublishedPage.objects.published().get().withheld_at is None


def test_a_withdrawn_story_can_come_back_and_remembers_when_it_first_came_out(cast: Cast) -> None:
    story = cast.live()
    first = public(story).first_published_at
    stories.withdraw(cast.chief, story.pk, "核实中")
    story.refresh_from_db()
    cast.approve(story)
    stories.publish_article(cast.chief, story.pk)
    assert public(story).first_published_at == first


def test_a_story_scheduled_in_an_issue_can_go_out_earlier_on_the_web(cast: Cast) -> None:
    at = timezone.now() + SOON
    story = cast.approved()
    cast.scheduled_issue(story, at=at)
    stories.publish_article(cast.chief, story.pk)
    assert public(story).visible_until == at
    assert public(story, at).first_published_at == public(story).first_published_at


def test_publishing_at_the_same_moment_as_another_version_is_refused(cast: Cast) -> None:
    at = timezone.now() + SOON
    story = cast.approved()
    cast.scheduled_issue(story, at=at)
    with pytest.raises(IllegalTransition):
        stories.publish_article(cast.chief, story.pk, at)


def test_the_database_itself_refuses_overlapping_copies(cast: Cast) -> None:
    story = cast.live()
    copy = public(story)
    copy.pk, copy.number = None, 99
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save(force_insert=True)


# --- edits after approval ---------------------------------------------------------------------------------------


def test_an_edit_of_a_scheduled_story_is_refused_until_pulled_and_the_old_text_never_comes_out(
    cast: Cast,
) -> None:
    at = timezone.now() + SOON
    story = cast.approved()
    issue = cast.scheduled_issue(story, at=at)
    with pytest.raises(IllegalTransition):
        workflow.edit(cast.chief, story.pk, story.version, {"body": "<p>删去一句。</p>"})
    story = stories.pull(cast.chief, story.pk, "删去一句")
    assert public(story, at) is None
    story = workflow.edit(cast.chief, story.pk, story.version, {"body": "<p>删去一句。</p>"})
    with pytest.raises(IllegalTransition):
        publishing.release_issue(cast.chief, issue.pk)
    cast.approve(story)
    pages.sign_off_page(cast.duty, issue.pages.get().pk)
    publishing.release_issue(cast.chief, issue.pk)
    assert "删去一句" in public(story, at).body


def test_an_edit_after_approval_revokes_it_and_the_pages_sign_off(cast: Cast) -> None:
    story = cast.approved()
    issue = cast.ready_issue(story)
    story.refresh_from_db()
    story = workflow.edit(cast.reporter, story.pk, story.version, {"deck": "又改了"})
    assert story.status == Status.DRAFT
    assert Event.objects.filter(verb="approval_revoked", article=story).exists()
    with pytest.raises(IllegalTransition) as refused:
        publishing.schedule_issue(cast.chief, issue.pk)
    assert len(refused.value.reasons) == 2


def test_two_people_saving_one_version_the_second_is_refused_and_both_texts_are_kept(cast: Cast) -> None:
    story = cast.draft()
    workflow.edit(cast.reporter, story.pk, story.version, {"deck": "甲写的"})
    with pytest.raises(Conflict):
        workflow.edit(cast.section_editor, story.pk, story.version, {"deck": "乙写的"})
    story.refresh_from_db()
    assert story.deck == "甲写的"
    kept = story.revisions.get(kind=Revision.Kind.REFUSED)
    assert (kept.snapshot["deck"], kept.created_by) == ("乙写的", cast.section_editor)


# --- pages and issues -------------------------------------------------------------------------------------------


def test_a_page_replaced_after_publication_changes_at_once_and_the_old_story_stays_at_its_address(
    cast: Cast,
) -> None:
    old, new = cast.approved("旧稿"), cast.approved("新稿")
    issue = cast.published_issue(old)
    before = timezone.now()
    publishing.replace_page(cast.chief, issue.pages.get().pk, [new.pk], "换头条")
    now = timezone.now()
    assert on_page(before) == ["旧稿"]
    assert on_page(now) == ["新稿"]
    assert public(old) is not None
    new.refresh_from_db()
    assert new.status == Status.PUBLISHED


def test_a_page_replaced_before_publication_takes_the_leaving_storys_copy_back(cast: Cast) -> None:
    at = timezone.now() + SOON
    old, new = cast.approved("旧稿"), cast.approved("新稿")
    issue = cast.scheduled_issue(old, at=at)
    publishing.replace_page(cast.chief, issue.pages.get().pk, [new.pk], "换头条")
    assert on_page(at) == ["新稿"]
    assert public(old, at) is None
    assert public_state_of(old, timezone.now()) == PublicState.NONE


def test_an_emergency_signature_is_the_chiefs_recorded_and_reviewed_by_somebody_else(cast: Cast) -> None:
    issue, draft = cast.published_issue(cast.approved()), cast.draft("台风紧急避险")
    page = issue.pages.get().pk
    with pytest.raises(IllegalTransition):
        publishing.replace_page(cast.chief, page, [draft.pk], "台风")
    with pytest.raises(NotAllowed):
        publishing.replace_page(cast.duty, page, [draft.pk], "台风", emergency=True)
    publishing.replace_page(cast.chief, page, [draft.pk], "台风", emergency=True)
    assert public(draft) is not None
    draft.refresh_from_db()
    assert draft.owes_review
    assert draft.reviews.get().decision == Review.Decision.EMERGENCY
    with pytest.raises(NotAllowed):
        workflow.review_afterwards(cast.chief, draft.pk)
    assert not workflow.review_afterwards(cast.duty, draft.pk).owes_review
    with pytest.raises(IllegalTransition):
        workflow.review_afterwards(cast.duty, draft.pk)


def test_a_story_on_two_pages_of_an_issue_has_one_copy_and_two_places(cast: Cast) -> None:
    at = timezone.now() + SOON
    story, issue = cast.approved(), cast.issue()
    for code in ("01", "02"):
        page = cast.page(issue, code)
        pages.place(cast.duty, page.pk, story.pk)
        pages.sign_off_page(cast.duty, page.pk)
    publishing.schedule_issue(cast.chief, issue.pk, at)
    assert story.copies.count() == 1
    assert on_page(at) == [story.headline] * 2
    publishing.replace_page(cast.chief, issue.pages.get(code="02").pk, [cast.approved("新稿").pk], "转版取消")
    assert public(story, at) is not None, "it still stands on page 01"


def test_a_story_in_two_issues_still_to_come_is_refused(cast: Cast) -> None:
    story = cast.approved()
    cast.ready_issue(story)
    with pytest.raises(IllegalTransition, match="already stands"):
        pages.place(cast.duty, cast.page(cast.issue()).pk, story.pk)


def test_placing_a_story_twice_on_a_page_moves_it(cast: Cast) -> None:
    first, second, page = cast.approved("甲"), cast.approved("乙"), cast.page(cast.issue())
    for story in (first, second):
        pages.place(cast.layout, page.pk, story.pk)
    pages.place(cast.layout, page.pk, second.pk, position=1)
    assert [(p.position, p.article.headline) for p in page.placements.all()] == [(1, "乙"), (2, "甲")]


def test_a_story_of_another_publication_never_gets_into_an_issue(cast: Cast) -> None:
    from articles.models import Membership

    Membership.objects.create(user=cast.reporter, publication=cast.other_publication, role="reporter")
    foreign = workflow.create_article(cast.reporter, cast.other_publication, {"headline": "别家的稿"})
    with pytest.raises(IllegalTransition, match="another publication"):
        pages.place(cast.duty, cast.page(cast.issue()).pk, foreign.pk)


def test_an_issue_says_everything_it_lacks_at_once(cast: Cast) -> None:
    issue = cast.issue()
    empty, unsigned = cast.page(issue, "01"), cast.page(issue, "02")
    embargoed = cast.approved("发布会", embargo_until=(timezone.now() + 2 * SOON).isoformat())
    pages.place(cast.duty, unsigned.pk, embargoed.pk)
    pages.place(cast.duty, unsigned.pk, cast.draft("没写完").pk)
    with pytest.raises(IllegalTransition) as refused:
        publishing.schedule_issue(cast.chief, issue.pk, timezone.now() + SOON)
    said = "\n".join(refused.value.reasons)
    for word in ("no story stands", "not signed off", "embargo", "not approved"):
        assert word in said
    assert empty.pk


def test_an_embargo_holds_for_a_story_published_alone(cast: Cast) -> None:
    until = timezone.now() + SOON
    story = cast.approved(embargo_until=until.isoformat())
    with pytest.raises(IllegalTransition, match="embargo"):
        stories.publish_article(cast.chief, story.pk)
    stories.publish_article(cast.chief, story.pk, until)
    assert public(story, until) is not None


def test_a_time_that_has_passed_is_refused(cast: Cast) -> None:
    past = timezone.now() - SOON
    with pytest.raises(IllegalTransition):
        publishing.schedule_issue(cast.chief, cast.ready_issue(cast.approved()).pk, past)
    with pytest.raises(IllegalTransition):
        stories.publish_article(cast.chief, cast.approved("乙").pk, past)


@pytest.mark.parametrize("verb", [workflow.send_back, stories.pull, stories.withdraw])
def test_a_verb_that_needs_a_reason_is_refused_without_one(cast: Cast, verb) -> None:  # type: ignore[no-untyped-def]
    story = {
        workflow.send_back: cast.in_review,
        stories.pull: cast.scheduled,
        stories.withdraw: cast.live,
    }[verb]()
    with pytest.raises(IllegalTransition, match="Say why"):
        verb(cast.chief, story.pk, "  ")


def test_what_has_been_public_is_never_deleted(cast: Cast) -> None:
    story = cast.live()
    stories.correct(cast.chief, story.pk, {"deck": "更正"}, "副题有误")
    stories.withdraw(cast.chief, story.pk, "撤")
    assert story.copies.count() == 2
    assert all(copy.visible_until is not None for copy in story.copies.all())
