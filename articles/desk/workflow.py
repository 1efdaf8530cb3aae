"""A story's way over the desk: filed, edited, submitted, reviewed, signed off."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.desk.content import Content, apply, current_revision, keep, snapshot
from articles.desk.locks import ArticleCase, article_verb
from articles.desk.outbox import Fact, record
from articles.exceptions import Conflict, IllegalTransition, NotAllowed
from articles.models import Article, Intake, Publication, Review, ReviewStage, Revision
from articles.permissions import Person, can_write_for
from articles.states import Status, Verb


def create_article(
    user: Any,
    publication: Publication,
    content: Content,
    *,
    intake: Intake | None = None,
    fingerprint: str = "",
    now: datetime | None = None,
) -> Article:
    """File a new draft. `content` is any part of a snapshot with at least a headline.

    Raises NotAllowed, or ValidationError where a field refuses its value; nothing is written then.
    """
    now = now or timezone.now()
    if not can_write_for(Person.of(user, now), publication.pk):
        raise NotAllowed(_("You may not file stories for this publication."))
    with transaction.atomic():
        article = Article(
            publication=publication,
            created_by=user,
            updated_by=user,
            version=1,
            intake=intake,
            fingerprint=fingerprint,
        )
        # The row must exist before bylines and photos can point at it.
        apply(article, {**content, "bylines": [], "photos": []})
        apply(article, {name: content[name] for name in ("bylines", "photos") if name in content})
        keep(article, user, now)
        record(Fact.CREATED, publication, now, actor=user, article=article)
    return article


class _Stale(Exception):
    """The save was based on a version that is no longer the working copy."""


def edit(
    user: Any,
    article_id: int,
    base_version: int,
    content: Content,
    *,
    note: str = "",
    carries_correction: bool = False,
    now: datetime | None = None,
) -> Article:
    """Save new content over version `base_version` and keep a revision of it.

    Of an approved story this revokes the approval and makes it a draft again. Of a scheduled or published story it
    is refused: pull, revise or correct it first. `carries_correction` says that the text holds the correction that
    the working copy lacked.

    Raises Conflict where somebody saved in between; the refused content is then kept as a revision of kind
    `refused`. Raises ValidationError where a field refuses its value.
    """
    try:
        with article_verb(Verb.EDIT, user, article_id, now) as case:
            if case.article.version != base_version:
                raise _Stale
            article = case.article
            approved = article.status == Status.APPROVED
            apply(article, content)
            _commit_version(case, note)
            if carries_correction:
                article.missing_correction = None
            if approved:
                leave_review(article, Status.DRAFT)
                case.record(
                    Fact.APPROVAL_REVOKED,
                    article=article,
                    reason=_("The story was changed after its approval."),
                )
            article.save()
            case.record(article=article, data={"version": article.version})
            return article
    except _Stale:
        number = keep_refused(user, article_id, content, now)
        raise Conflict(
            _(
                "Somebody else saved this story while you were writing. Their text is the story now; yours is kept "
                "as revision %(number)s. Compare the two and save again."
            )
            % {"number": number}
        ) from None


def keep_refused(user: Any, article_id: int, content: Content, now: datetime | None = None) -> int:
    """Keep what somebody typed although it could not be saved. Returns the number of the revision."""
    with transaction.atomic():
        article = Article.objects.select_for_update(of=("self",)).get(pk=article_id)
        whole = {**snapshot(article), **content}
        return keep(article, user, now or timezone.now(), kind=Revision.Kind.REFUSED, content=whole).number


def _commit_version(case: ArticleCase, note: str = "") -> Revision:
    """Keep the working copy as a revision and make it the story's version."""
    revision = keep(case.article, case.person.user, case.now, note=note)
    case.article.version = revision.number
    case.article.updated_by = case.person.user
    return revision


def leave_review(article: Article, status: Status) -> None:
    """Give a story a status in which it waits at no stage. The caller holds the lock and saves."""
    article.status, article.stage, article.submitted_at = status, None, None


# --- review -----------------------------------------------------------------------------------------------------


def stages_of(publication: Publication) -> list[ReviewStage]:
    return list(ReviewStage.objects.filter(publication=publication).order_by("position"))


def submit(user: Any, article_id: int, *, now: datetime | None = None) -> Article:
    """Hand a draft to the first review stage. Starts a new round: earlier approvals count no more."""
    with article_verb(Verb.SUBMIT, user, article_id, now) as case:
        article = case.article
        stages = stages_of(case.publication)
        if not stages:
            raise IllegalTransition(
                _("This publication has no review stages yet. Ask an administrator to set them up.")
            )
        if not article.section_id:
            raise IllegalTransition(_("Choose a section first: it decides who reviews the story."))
        article.status, article.stage = Status.REVIEW, stages[0]
        article.review_round += 1
        article.submitted_at = case.now
        article.save()
        case.record(article=article, data={"stage": stages[0].name, "version": article.version})
        return article


def approve(user: Any, article_id: int, *, opinion: str = "", now: datetime | None = None) -> Article:
    """Decide the current stage in the story's favour: on to the next stage, after the last one approved."""
    with article_verb(Verb.APPROVE, user, article_id, now) as case:
        article, stage = case.article, case.article.stage
        assert stage is not None  # noqa: S101 — a constraint of the table
        _decide(case, Review.Decision.APPROVE, opinion, stage)
        later = [each for each in stages_of(case.publication) if each.position > stage.position]
        if later:
            article.stage, article.submitted_at = later[0], case.now
        else:
            leave_review(article, Status.APPROVED)
        article.save()
        case.record(article=article, reason=opinion, data={"stage": stage.name, "version": article.version})
        return article


def send_back(user: Any, article_id: int, reason: str, *, now: datetime | None = None) -> Article:
    """Return a story in review, or one approved but not scheduled, to its author, who is told the reason."""
    with article_verb(Verb.SEND_BACK, user, article_id, now) as case:
        article, stage = case.article, case.article.stage
        need_reason(reason)
        _decide(case, Review.Decision.SEND_BACK, reason, stage)
        leave_review(article, Status.DRAFT)
        article.save()
        case.record(
            article=article,
            reason=reason,
            data={"stage": stage.name if stage else "", "version": article.version},
        )
        return article


def _decide(case: ArticleCase, decision: str, opinion: str, stage: ReviewStage | None) -> Review:
    return Review.objects.create(
        article=case.article,
        stage=stage,
        revision=current_revision(case.article),
        round=case.article.review_round,
        reviewer=case.person.user,
        decision=decision,
        opinion=opinion,
        independent=not case.publication.one_person_may_review_twice,
        created_at=case.now,
    )


def recall(user: Any, article_id: int, *, now: datetime | None = None) -> Article:
    """Take one's own story back from review to go on writing. Approvals given in this round lapse."""
    with article_verb(Verb.RECALL, user, article_id, now) as case:
        leave_review(case.article, Status.DRAFT)
        case.article.save()
        case.record(article=case.article)
        return case.article


def review_afterwards(
    user: Any, article_id: int, *, opinion: str = "", now: datetime | None = None
) -> Article:
    """Review what went out on one emergency signature. It takes somebody other than the one who signed."""
    with article_verb(Verb.REVIEW_AFTERWARDS, user, article_id, now) as case:
        if not case.article.owes_review:
            raise IllegalTransition(_("This story owes no later review."))
        _decide(case, Review.Decision.AFTERWARDS, opinion, None)
        case.article.owes_review = False
        case.article.save()
        case.record(article=case.article, reason=opinion)
        return case.article


# --- off the way and back ------------------------------------------------------------------------------------------


def spike(user: Any, article_id: int, *, reason: str = "", now: datetime | None = None) -> Article:
    """Put a story that the public does not have aside. Everything of it is kept."""
    with article_verb(Verb.SPIKE, user, article_id, now) as case:
        leave_review(case.article, Status.SPIKED)
        case.article.save()
        case.record(article=case.article, reason=reason)
        return case.article


def unspike(user: Any, article_id: int, *, now: datetime | None = None) -> Article:
    """Take a story off the spike: it is a draft again."""
    with article_verb(Verb.UNSPIKE, user, article_id, now) as case:
        leave_review(case.article, Status.DRAFT)
        case.article.save()
        case.record(article=case.article)
        return case.article


def revise(user: Any, article_id: int, *, now: datetime | None = None) -> Article:
    """Open a published story for new text under review. What is live stays up until the next version goes out."""
    with article_verb(Verb.REVISE, user, article_id, now) as case:
        leave_review(case.article, Status.DRAFT)
        case.article.save()
        case.record(article=case.article)
        return case.article


def need_reason(reason: str) -> None:
    """Refuse a verb that must give its reason and does not."""
    if not reason.strip():
        raise IllegalTransition(_("Say why: the reason is kept and shown to everybody concerned."))
