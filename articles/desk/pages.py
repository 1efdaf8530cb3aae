"""Stories on pages: placing, signing off, and what an issue still lacks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from articles.desk.locks import IssueCase, issue_verb
from articles.desk.press_proofs import press_lacks
from articles.desk.signing import Proofs, proof_lacks
from articles.exceptions import IllegalTransition, Outdated
from articles.models import Article, ArticlePhoto, Issue, Page, Placement, PublishedArticle
from articles.states import OPEN, Status, Verb


def place(
    user: Any,
    page_id: int,
    article_id: int,
    *,
    position: int | None = None,
    seen: str | None = None,
    now: datetime | None = None,
) -> Placement:
    """Give a story a place on a page, by default after the others; a story already there is moved.

    A story may stand on two pages of one issue (a jump); both show one copy. It may not stand in two issues that
    are still to come out. `seen`: the page's `arrangement` as the person saw it; Outdated where it has changed.
    """
    issue_id = _issue_of(page_id)
    with issue_verb(Verb.PLACE, user, issue_id, now, extra_articles=[article_id]) as case:
        page, article = case.page(page_id), _story(case, article_id)
        check_seen(page, case.pages[page], seen)
        check_placeable(article, case.issue)
        order = [placement for placement in case.pages[page] if placement.article_id != article_id]
        placement = Placement.objects.filter(page=page, article=article).first() or Placement(
            page=page, article=article
        )
        at = _insert(order, placement, position)
        case.record(issue=case.issue, page=page, article=article, data={"position": at + 1})
        return placement


def unplace(
    user: Any, page_id: int, article_id: int, *, seen: str | None = None, now: datetime | None = None
) -> None:
    """Take a story off a page. Nothing of the story changes. `seen`: as for `place`."""
    with issue_verb(Verb.UNPLACE, user, _issue_of(page_id), now) as case:
        page = case.page(page_id)
        check_seen(page, case.pages[page], seen)
        going = _standing(case, page, article_id)
        going.delete()
        _number([placement for placement in case.pages[page] if placement.article_id != article_id])
        case.record(issue=case.issue, page=page, article=going.article)


def move(
    user: Any,
    page_id: int,
    article_id: int,
    to_page_id: int,
    *,
    position: int | None = None,
    seen: str | None = None,
    seen_there: str | None = None,
    now: datetime | None = None,
) -> Placement:
    """Take a story from one page of an issue to another, by default after the others there, in one transaction.

    `seen`, `seen_there`: the arrangements of the two pages as the person saw them; Outdated where one has changed.
    Within one page use `place`.
    """
    issue_id = _issue_of(page_id)
    with issue_verb(Verb.MOVE, user, issue_id, now) as case:
        page, there = case.page(page_id), case.page(to_page_id)
        check_seen(page, case.pages[page], seen)
        check_seen(there, case.pages[there], seen_there)
        placement = _standing(case, page, article_id)
        if any(other.article_id == article_id for other in case.pages[there]):
            raise IllegalTransition(
                _("“%(story)s” already stands on page %(page)s.")
                % {"story": placement.article, "page": there}
            )
        placement.page = there
        at = _insert(list(case.pages[there]), placement, position, always=placement)
        _number([other for other in case.pages[page] if other.pk != placement.pk])
        case.record(
            issue=case.issue,
            page=there,
            article=placement.article,
            data={"position": at + 1, "from": str(page)},
        )
        return placement


def sign_off_page(user: Any, page_id: int, *, seen: str | None = None, now: datetime | None = None) -> Page:
    """Sign a page off (签版). It is bound to what stands there now: a later change makes it void by itself.

    `seen`: the page's `digest` as the person saw it: nobody signs what they have not seen. Raises Outdated, and
    IllegalTransition with `reasons` where a story on the page, or the proof that shows it, is not ready.
    """
    with issue_verb(Verb.SIGN_OFF_PAGE, user, _issue_of(page_id), now) as case:
        page = case.page(page_id)
        if seen is not None and seen != page.digest(case.pages[page]):
            raise Outdated(
                _("Page %(page)s has changed since you looked at it. Look again, then sign it off.")
                % {"page": page}
            )
        stories = [placement.article for placement in case.pages[page]]
        ground = Ground.of(stories, case.now)
        reasons = [reason for story in stories for reason in story_lacks(story, case.now, ground)]
        reasons += proof_lacks(page, case.pages[page], Proofs.of(case.pages))
        if not case.pages[page]:
            reasons = [_("No story stands on it.")]
        reasons += press_lacks(page, case.pages[page])
        if reasons:
            raise IllegalTransition(
                _("Page %(page)s cannot be signed off yet.") % {"page": page}, reasons=reasons
            )
        sign(page, case.pages[page], case.person.user, case.now)
        case.record(issue=case.issue, page=page)
        return page


def check_seen(page: Page, placements: list[Placement], seen: str | None) -> None:
    """Raise Outdated where the stories on the page are not those, in that order, which the person saw."""
    if seen is not None and seen != page.arrangement(placements):
        raise Outdated(
            _("Page %(page)s was rearranged by somebody else in the meantime. Look at it again.")
            % {"page": page}
        )


def sign(page: Page, placements: list[Placement], user: Any, now: datetime) -> None:
    """Bind the sign-off to what stands on the page. The caller holds the locks and has checked."""
    page.signed_off_by, page.signed_off_at = user, now
    page.signed_digest = page.digest(placements)
    page.save(update_fields=["signed_off_by", "signed_off_at", "signed_digest"])


def check_placeable(article: Article, issue: Issue) -> None:
    """Raise IllegalTransition where a story cannot stand in an issue, whatever the page."""
    if article.publication_id != issue.publication_id:
        raise IllegalTransition(
            _("“%(story)s” belongs to another publication and cannot stand in this issue.")
            % {"story": article}
        )
    if article.status == Status.SPIKED:
        raise IllegalTransition(_("“%(story)s” is spiked. Take it off the spike first.") % {"story": article})
    elsewhere = (
        Placement.objects.filter(article=article, page__issue__status__in=OPEN)
        .exclude(page__issue=issue)
        .select_related("page__issue")
        .first()
    )
    if elsewhere is not None:
        raise IllegalTransition(
            _(
                "“%(story)s” already stands on page %(page)s of the issue of %(issue)s. Take it off there first."
            )
            % {"story": article, "page": elsewhere.page, "issue": elsewhere.page.issue}
        )


def _story(case: IssueCase, article_id: int) -> Article:
    try:
        return case.extra[article_id]
    except KeyError:
        raise Article.DoesNotExist(f"no story {article_id}") from None


def _issue_of(page_id: int) -> int:
    return Page.objects.values_list("issue", flat=True).get(pk=page_id)


def _standing(case: IssueCase, page: Page, article_id: int) -> Placement:
    for placement in case.pages[page]:
        if placement.article_id == article_id:
            return placement
    raise IllegalTransition(_("This story does not stand on this page."))


def _insert(
    order: list[Placement], placement: Placement, position: int | None, *, always: Placement | None = None
) -> int:
    """Put the placement among the others, by default last, and number them all. Returns its index."""
    at = len(order) if position is None else max(0, min(position - 1, len(order)))
    order.insert(at, placement)
    _number(order, always)
    return at


def _number(order: list[Placement], always: Placement | None = None) -> None:
    """Number the placements from 1; saves those whose number changes, and `always`, which changes its page."""
    for position, placement in enumerate(order, start=1):
        if placement.pk is None or placement.position != position or placement is always:
            placement.position = position
            placement.save()


# --- what is missing ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Ground:
    """What `story_lacks` has to know of stories, read in two queries however many there are. `public`: the version
    that is (or will be) public at the moment asked about; `unrendered`: stories with a photo not yet rendered."""

    public: Mapping[int, int]
    unrendered: frozenset[int]

    @classmethod
    def of(cls, articles: Iterable[Article], at: datetime) -> "Ground":
        keys = [article.pk for article in articles]
        photos = ArticlePhoto.objects.filter(article__in=keys, photo__rendered_at__isnull=True)
        return cls(
            public=public_versions(keys, at), unrendered=frozenset(photos.values_list("article", flat=True))
        )


def public_versions(articles: Iterable[int], at: datetime) -> dict[int, int]:
    """Of these stories, which version is (or will be) public at that moment."""
    copies = PublishedArticle.objects.published(at).filter(article__in=articles)
    return dict(copies.values_list("article", "revision__number"))


def story_lacks(article: Article, at: datetime, ground: Ground | None = None) -> list[str]:
    """Why a placed story may not come out at `at`: one sentence per obstacle, none if it may."""
    ground = ground or Ground.of([article], at)
    reasons = []
    story = {"story": article}
    if article.status == Status.PUBLISHED:
        if ground.public.get(article.pk) != article.version:
            reasons.append(_("“%(story)s” is no longer what was published.") % story)
    elif article.status != Status.APPROVED:
        reasons.append(
            _("“%(story)s” is not approved: it is “%(status)s”.")
            % {**story, "status": Status(article.status).label}
        )
    if article.missing_correction_id is not None:
        reasons.append(_("“%(story)s” lacks a correction that its live version has.") % story)
    if article.embargo_until is not None and article.embargo_until > at:
        until = timezone.localtime(article.embargo_until, article.publication.zone)
        reasons.append(
            _("“%(story)s” is under embargo until %(until)s.") % {**story, "until": f"{until:%Y-%m-%d %H:%M}"}
        )
    if article.pk in ground.unrendered:
        reasons.append(_("A photo of “%(story)s” is still being rendered.") % story)
    return reasons


def page_lacks(
    page: Page,
    placements: list[Placement],
    at: datetime,
    ground: Ground | None = None,
    proofs: Proofs | None = None,
) -> list[str]:
    """Why a page may not come out at `at`: its stories' obstacles and its own. `proofs`: of the whole issue."""
    if not placements:
        return [_("Page %(page)s: no story stands on it.") % {"page": page}]
    ground = ground or Ground.of([placement.article for placement in placements], at)
    reasons = [reason for placement in placements for reason in story_lacks(placement.article, at, ground)]
    if not page.signed_digest:
        reasons.append(_("Page %(page)s is not signed off.") % {"page": page})
    elif page.signed_digest != page.digest(placements):
        reasons.append(_("Page %(page)s was changed after its sign-off. Sign it off again.") % {"page": page})
    if proofs is None:
        proofs = Proofs.of_issue(page)
    return reasons + proof_lacks(page, placements, proofs)


def issue_lacks(pages: dict[Page, list[Placement]], at: datetime, ground: Ground | None = None) -> list[str]:
    """Why an issue may not come out at `at`. Empty: it may."""
    if not pages:
        return [_("The issue has no pages.")]
    ground = ground or Ground.of(
        [placement.article for placements in pages.values() for placement in placements], at
    )
    proofs = Proofs.of(pages)
    return [
        reason
        for page, placements in pages.items()
        for reason in page_lacks(page, placements, at, ground, proofs)
    ]
