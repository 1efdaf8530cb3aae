"""Issues: scheduled, held, released, taken back, a page replaced. Copies carry their own second; these verbs only
write them and take them back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from articles.desk.content import current_revision
from articles.desk.copies import (
    close_page,
    covering,
    take_back_issue,
    take_back_page,
    write_issue,
    write_page,
)
from articles.desk.locks import IssueCase, issue_verb
from articles.desk.pages import check_placeable, issue_lacks, sign, story_lacks
from articles.desk.settling import settle_issue
from articles.desk.signing import drop_outdated_proof
from articles.desk.workflow import leave_review, need_reason
from articles.exceptions import IllegalTransition, NotAllowed
from articles.models import Article, Issue, Page, Placement, PublishedIssue, Review
from articles.permissions import can_sign_in_emergency
from articles.states import IssueStatus, Status, Verb


def schedule_issue(
    user: Any, issue_id: int, at: datetime | None = None, *, now: datetime | None = None
) -> Issue:
    """Write the issue's copies, public from `at` (left out: at once). It comes out whole or not at all.

    Raises IllegalTransition with `reasons` where something is missing.
    """
    with issue_verb(Verb.SCHEDULE_ISSUE, user, issue_id, now) as case:
        at = case.now if at is None else at
        if at < case.now:
            raise IllegalTransition(_("That time has already passed. Choose a later one."))
        _send_out(case, at)
        return case.issue


def release_issue(user: Any, issue_id: int, *, now: datetime | None = None) -> Issue:
    """Let a held issue go: at the time it was scheduled for, or at once if that has passed."""
    with issue_verb(Verb.RELEASE_ISSUE, user, issue_id, now) as case:
        planned = case.issue.publish_at or case.now
        _send_out(case, max(planned, case.now))
        return case.issue


def _send_out(case: IssueCase, at: datetime) -> None:
    reasons = issue_lacks(case.pages, at)
    if reasons:
        raise IllegalTransition(_("The issue is not ready."), reasons=reasons)
    case.issue.status, case.issue.publish_at = IssueStatus.SCHEDULED, at
    case.issue.save(update_fields=["status", "publish_at"])
    write_issue(case.issue, case.pages, at)
    case.record(issue=case.issue, data={"publish_at": at})
    settle_issue(case.issue, case.now)


def unschedule_issue(user: Any, issue_id: int, *, reason: str = "", now: datetime | None = None) -> Issue:
    """Take a scheduled or held issue back to planning. What it would have replaced runs on."""
    with issue_verb(Verb.UNSCHEDULE_ISSUE, user, issue_id, now) as case:
        was, moment = case.issue.status, case.issue.publish_at
        take_back_issue(case.issue, case.now)
        case.issue.status, case.issue.publish_at = IssueStatus.PLANNING, None
        case.issue.save(update_fields=["status", "publish_at"])
        case.record(issue=case.issue, reason=reason, data={"was_to_come_out": moment})
        if was == IssueStatus.SCHEDULED and moment is not None:
            case.still_before(moment)
        return case.issue


def hold_issue(user: Any, issue_id: int, *, reason: str = "", now: datetime | None = None) -> Issue:
    """Stop a scheduled issue, up to the last second and by one person. Its time is remembered for the release."""
    with issue_verb(Verb.HOLD_ISSUE, user, issue_id, now) as case:
        put_on_hold(case.issue, case.now)
        case.record(issue=case.issue, reason=reason)
        if case.issue.publish_at is not None:
            case.still_before(case.issue.publish_at)
        return case.issue


def put_on_hold(issue: Issue, now: datetime) -> None:
    """Take the copies of a locked scheduled issue back and remember its time. Used by verbs on stories too."""
    take_back_issue(issue, now)
    issue.status = IssueStatus.HELD
    issue.save(update_fields=["status"])


def replace_page(
    user: Any,
    page_id: int,
    article_ids: Sequence[int],
    reason: str,
    *,
    emergency: bool = False,
    now: datetime | None = None,
) -> Page:
    """Put these stories, in this order, on a page of an issue that is scheduled, held or out, and sign it off.

    One transaction: readers see the old page or the new one. Of a published issue the new page is public at once; a
    story that leaves the page stays at its own address (withdraw it if it must go). `emergency`: the
    editor-in-chief's one signature approves stories that have not passed all stages; each then owes a later review.
    """
    issue_id = Page.objects.values_list("issue", flat=True).get(pk=page_id)
    with issue_verb(Verb.REPLACE_PAGE, user, issue_id, now, extra_articles=article_ids) as case:
        page, issue = case.page(page_id), case.issue
        need_reason(reason)
        at = issue.publish_at if issue.status == IssueStatus.SCHEDULED and issue.publish_at else case.now
        stories = [_replacement(case, pk) for pk in dict.fromkeys(article_ids)]
        if emergency:
            _sign_in_emergency(case, stories, reason)
        _check_ready(stories, at)
        placements = _set_stories(page, stories)
        drop_outdated_proof(page, placements)
        sign(page, placements, user, case.now)
        if issue.status == IssueStatus.SCHEDULED:
            take_back_page(page, case.now)
            write_page(PublishedIssue.objects.get(issue=issue), page, placements, at)
        elif issue.status == IssueStatus.PUBLISHED:
            close_page(page, case.now)
            write_page(PublishedIssue.objects.get(issue=issue), page, placements, case.now)
            _now_published(stories, case.now)
        case.record(
            issue=issue, page=page, reason=reason, data={"stories": list(article_ids), "emergency": emergency}
        )
        if issue.status == IssueStatus.SCHEDULED:
            case.still_before(at)
        return page


def _replacement(case: IssueCase, article_id: int) -> Article:
    article = case.extra.get(article_id)
    if article is None:
        raise Article.DoesNotExist(f"no story {article_id}")
    check_placeable(article, case.issue)
    return article


def _check_ready(stories: list[Article], at: datetime) -> None:
    reasons = [reason for article in stories for reason in story_lacks(article, at)]
    if not stories:
        reasons = [_("No story stands on it.")]
    if reasons:
        raise IllegalTransition(_("The new page is not ready."), reasons=reasons)


def _sign_in_emergency(case: IssueCase, stories: list[Article], reason: str) -> None:
    if not can_sign_in_emergency(case.person, case.publication.pk):
        raise NotAllowed(_("The emergency signature is the editor-in-chief's alone."))
    for article in stories:
        if article.status in (Status.DRAFT, Status.REVIEW):
            Review.objects.create(
                article=article,
                revision=current_revision(article),
                round=article.review_round,
                reviewer=case.person.user,
                decision=Review.Decision.EMERGENCY,
                opinion=reason,
                created_at=case.now,
            )
            leave_review(article, Status.APPROVED)
            article.owes_review = True
            article.save()
            case.record(Verb.APPROVE, article=article, reason=reason, data={"emergency": True})


def _set_stories(page: Page, stories: list[Article]) -> list[Placement]:
    page.placements.all().delete()
    return Placement.objects.bulk_create(
        Placement(page=page, article=article, position=position)
        for position, article in enumerate(stories, 1)
    )


def _now_published(stories: list[Article], now: datetime) -> None:
    for article in stories:
        copy = covering(article, now)
        if article.status == Status.APPROVED and copy is not None and copy.revision.number == article.version:
            article.status = Status.PUBLISHED
            article.save(update_fields=["status", "updated_at"])
