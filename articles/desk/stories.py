"""One story and the public: published alone, pulled from the schedule, corrected, withdrawn."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from articles.desk.content import TEXT_FIELDS, Content, apply, current_revision, keep
from articles.desk.copies import covering, take_back_copy, withdraw_copies, write_copy
from articles.desk.locks import ArticleCase, article_verb
from articles.desk.publishing import put_on_hold
from articles.desk.settling import settle_article
from articles.desk.workflow import leave_review, need_reason
from articles.exceptions import Conflict, IllegalTransition
from articles.models import Article, Correction, PublishedArticle, Revision
from articles.states import WAITING, IssueStatus, Status, Verb


def publish_article(
    user: Any, article_id: int, at: datetime | None = None, *, now: datetime | None = None
) -> Article:
    """Publish one approved story alone (web first), at once or at `at`. A version scheduled for later stays so."""
    with article_verb(Verb.PUBLISH_ARTICLE, user, article_id, now) as case:
        article = case.article
        at = case.now if at is None else at
        if at < case.now:
            raise IllegalTransition(_("That time has already passed. Choose a later one."))
        if article.embargo_until is not None and article.embargo_until > at:
            until = timezone.localtime(article.embargo_until, case.publication.zone)
            raise IllegalTransition(
                _("The story is under embargo until %(until)s.") % {"until": f"{until:%Y-%m-%d %H:%M}"}
            )
        if article.missing_correction_id is not None:
            raise IllegalTransition(
                _("The text lacks a correction that the live version has. Put it in and say so when saving.")
            )
        copy = covering(article, at)
        if copy is not None and copy.revision.number == article.version:
            raise IllegalTransition(_("This very text is already public at that time."))
        write_copy(article, current_revision(article), at)
        case.record(article=article, data={"publish_at": at, "version": article.version})
        settle_article(article, case.now)
        return article


def pull(user: Any, article_id: int, reason: str, *, now: datetime | None = None) -> Article:
    """Take a scheduled story out of the schedule, so that it can be changed. It becomes a draft.

    A scheduled issue it stands in is put on hold in the same transaction: the old text can never come out, and
    neither can a page with a hole. The story keeps its place; approve it again (or take it off), sign the page off
    and release the issue.
    """
    with article_verb(Verb.PULL, user, article_id, now) as case:
        need_reason(reason)
        first = _stop_what_waits(case, reason)
        leave_review(case.article, Status.DRAFT)
        case.article.save()
        case.record(article=case.article, reason=reason, data=_held(case))
        if first is not None:
            case.still_before(first)
        return case.article


def correct(
    user: Any,
    article_id: int,
    changes: Content,
    text: str,
    *,
    base_number: int | None = None,
    now: datetime | None = None,
) -> Correction:
    """Correct what is live at once, with a dated record that readers see. `changes` is any part of a snapshot, `text`
    what readers are told, `base_number` the number of the copy the corrector looked at.

    Where the working copy is what is live, it is corrected with it. Where it has moved on, it is marked as lacking
    the correction, and a scheduled issue with it is put on hold until it carries it.
    Raises Conflict where another copy went live in between, ValidationError where a field refuses its value.
    """
    with article_verb(Verb.CORRECT, user, article_id, now) as case:
        article = case.article
        if not text.strip():
            raise IllegalTransition(_("Say what was wrong: readers are told."))
        wrong = covering(article, case.now)
        assert wrong is not None  # noqa: S101 — the table asks for a live story
        if base_number is not None and wrong.number != base_number:
            raise Conflict(
                _(
                    "Another version went live while you were writing. Your text is still here: compare and try again."
                )
            )
        first = _stop_what_waits(case, text)
        revision = _corrected_revision(case, wrong, changes)
        today = timezone.localdate(case.now, case.publication.zone).isoformat()
        right = write_copy(
            article, revision, case.now, corrections=[*wrong.corrections, {"date": today, "text": text}]
        )
        correction = Correction.objects.create(
            article=article,
            wrong_copy=wrong,
            right_copy=right,
            text=text,
            created_by=user,
            created_at=case.now,
        )
        if revision.number != article.version:
            article.missing_correction = correction
        article.save()
        case.record(article=article, reason=text, data={"correction": correction.pk, **_held(case)})
        if first is not None:
            case.still_before(first)
        return correction


def withdraw(user: Any, article_id: int, reason: str, *, now: datetime | None = None) -> Article:
    """Take every copy of a story from the public, live and scheduled, in one transaction. Its address answers 410 if
    it was ever public. Scheduled issues it stands in are put on hold; published pages with it are withheld as
    pictures until they are replaced. The working copy becomes a draft."""
    with article_verb(Verb.WITHDRAW, user, article_id, now) as case:
        need_reason(reason)
        photos = list(
            PublishedArticle.objects.touching(case.now)
            .filter(article=case.article)
            .values_list("photo_uses", flat=True)
            .exclude(photo_uses__isnull=True)
            .distinct()
        )
        for issue in case.issues:
            if issue.status == IssueStatus.SCHEDULED:
                put_on_hold(issue, case.now)
        pages = withdraw_copies(case.article, case.now)
        leave_review(case.article, Status.DRAFT)
        case.article.missing_correction = None
        case.article.save()
        case.record(
            article=case.article, reason=reason, data={"photos": photos, "pages": pages, **_held(case)}
        )
        return case.article


def _stop_what_waits(case: ArticleCase, reason: str) -> datetime | None:
    """Hold the scheduled issues a story waits in and take back a copy that was scheduled alone.

    Returns the earliest moment at which something of it would have come out.
    """
    if case.public not in WAITING:
        return None
    moments = []
    for issue in case.issues:
        if issue.status == IssueStatus.SCHEDULED:
            moments.append(issue.publish_at)
            put_on_hold(issue, case.now)
            case.record(Verb.HOLD_ISSUE, issue=issue, article=case.article, reason=reason)
    for copy in case.article.copies.waiting(case.now).order_by("-visible_from"):
        moments.append(copy.visible_from)
        take_back_copy(copy)
    return min((moment for moment in moments if moment is not None), default=None)


def _held(case: ArticleCase) -> dict[str, Any]:
    return {"held_issues": [issue.pk for issue in case.issues if issue.status == IssueStatus.HELD]}


def _corrected_revision(case: ArticleCase, wrong: PublishedArticle, changes: Content) -> Revision:
    """The revision that goes live: the working copy, where that is what is live, else one beside it."""
    article = case.article
    if article.status == Status.PUBLISHED and wrong.revision.number == article.version:
        apply(article, changes)
        revision = keep(article, case.person.user, case.now, kind=Revision.Kind.CORRECTION)
        article.version = revision.number
        article.updated_by = case.person.user
        return revision
    whole = _checked(article, {**wrong.revision.snapshot, **changes})
    return keep(article, case.person.user, case.now, kind=Revision.Kind.CORRECTION, content=whole)


def _checked(article: Article, content: Content) -> Content:
    """Run the fields' own checks over content that is not going into the working copy."""
    probe = Article(
        publication=article.publication, created_by=article.created_by, updated_by=article.updated_by
    )
    for name in TEXT_FIELDS:
        setattr(probe, name, content[name])
    probe.clean_fields(exclude=["created_by", "updated_by", "publication", "stage", "section"])
    return {**content, "body": probe.body}
