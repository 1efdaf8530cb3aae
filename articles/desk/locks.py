"""The shape of every verb: lock, settle, check, change, record.

`article_verb` and `issue_verb` open the transaction and give the verb what it works with; the verb changes things and
says what to record; leaving the block commits. Locks are taken in the order Issue → Page → Article, by key, so that
two verbs never wait for each other in a circle. On SQLite the transaction is IMMEDIATE, which locks everything.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.desk.copies import public_state_of
from articles.desk.outbox import Fact, record
from articles.desk.settling import settle_article, settle_issue
from articles.exceptions import IllegalTransition, NotAllowed
from articles.models import Article, Event, Issue, Page, Placement, Publication
from articles.permissions import Person, why_not
from articles.states import (
    ON_ITS_WAY,
    VERB_LABELS,
    IssueStatus,
    PublicState,
    Status,
    Verb,
    article_allows,
    issue_allows,
)

# What is taken back must be gone before its second comes. The commit itself takes time, so the last check
# before it leaves this much; a commit that stalls longer is the one race that remains.
TAKE_BACK_MARGIN = timedelta(milliseconds=300)

Clock = Callable[[], datetime]


@dataclass
class Case:
    """What a verb has in hand: the person, the frozen moment, and the event it will leave."""

    verb: Verb
    person: Person
    now: datetime
    clock: Clock
    publication: Publication

    def still_before(self, moment: datetime) -> None:
        """Refuse, as the last thing before the commit, if what is being taken back comes out any instant now."""
        if self.clock() >= moment - TAKE_BACK_MARGIN:
            raise IllegalTransition(
                _("It is too late to take this back: it has just come out. Withdraw it instead.")
            )

    def record(self, verb: Verb | Fact | None = None, **fields: Any) -> Event:
        return record(verb or self.verb, self.publication, self.now, actor=self.person.user, **fields)


@dataclass
class ArticleCase(Case):
    """A verb on one story. `issues`: the locked scheduled or held issues it stands in."""

    article: Article
    public: PublicState
    issues: list[Issue]


@dataclass
class IssueCase(Case):
    """A verb on an issue or a page of it. `pages`: every page with its placements, all locked, in order."""

    issue: Issue
    pages: dict[Page, list[Placement]] = field(default_factory=dict)
    extra: dict[int, Article] = field(default_factory=dict)

    def page(self, pk: int) -> Page:
        """One of the issue's pages; Page.DoesNotExist for any other."""
        for page in self.pages:
            if page.pk == pk:
                return page
        raise Page.DoesNotExist(f"no page {pk} in this issue")


@contextmanager
def article_verb(
    verb: Verb, user: Any, article_id: int, now: datetime | None = None
) -> Iterator[ArticleCase]:
    """Open the transaction of a verb on one story. Raises Article.DoesNotExist, NotAllowed, IllegalTransition."""
    clock: Clock = timezone.now if now is None else lambda: now
    with transaction.atomic():
        issues, article = _lock_article(article_id)
        moment = clock()
        for issue in issues:
            settle_issue(issue, moment)
        if issues:
            article.refresh_from_db(fields=["status"])
        settle_article(article, moment)
        person = Person.of(user, moment)
        check_person(verb, person, article)
        public = public_state_of(article, moment)
        check_article(verb, article, public)
        waiting = [issue for issue in issues if issue.status in ON_ITS_WAY]
        yield ArticleCase(verb, person, moment, clock, article.publication, article, public, waiting)


def _lock_article(article_id: int) -> tuple[list[Issue], Article]:
    """Lock the scheduled and held issues that a story stands in, then the story.

    A schedule committed between the two is noticed once the story is locked; then the locks are let go (a rolled
    back savepoint does that) and taken again, in order.
    """
    while True:
        point = transaction.savepoint()
        issues = list(_issues_of(article_id).select_for_update(of=("self",)))
        article = (
            Article.objects.select_for_update(of=("self",))
            .select_related("publication", "stage")
            .get(pk=article_id)
        )
        if [issue.pk for issue in issues] == list(_issues_of(article_id).values_list("pk", flat=True)):
            transaction.savepoint_commit(point)
            return issues, article
        transaction.savepoint_rollback(point)


def _issues_of(article_id: int) -> Any:
    pages = Page.objects.filter(placements__article=article_id).values("issue")
    return (
        Issue.objects.filter(pk__in=pages, status__in=ON_ITS_WAY).select_related("publication").order_by("pk")
    )


@contextmanager
def issue_verb(
    verb: Verb, user: Any, issue_id: int, now: datetime | None = None, *, extra_articles: Iterable[int] = ()
) -> Iterator[IssueCase]:
    """Open the transaction of a verb on an issue. Raises Issue.DoesNotExist, NotAllowed, IllegalTransition.

    `extra_articles` are locked too, in the same order: stories about to be placed. One that does not exist is
    simply not in `extra`.
    """
    clock: Clock = timezone.now if now is None else lambda: now
    with transaction.atomic():
        issue = Issue.objects.select_for_update(of=("self",)).select_related("publication").get(pk=issue_id)
        pages = lock_pages(issue)
        placed = {p.article_id: p.article for placements in pages.values() for p in placements}
        wanted = sorted(set(extra_articles) - set(placed))
        extra = {
            article.pk: article
            for article in Article.objects.select_for_update(of=("self",))
            .select_related("publication")
            .filter(pk__in=wanted)
            .order_by("pk")
        }
        moment = clock()
        if settle_issue(issue, moment):
            for article in placed.values():
                article.refresh_from_db(fields=["status"])
        person = Person.of(user, moment)
        check_person(verb, person, issue)
        check_issue(verb, issue)
        yield IssueCase(verb, person, moment, clock, issue.publication, issue, pages, {**placed, **extra})


def lock_pages(issue: Issue) -> dict[Page, list[Placement]]:
    """Lock the pages of a locked issue and the stories on them, by key; give them in page order, by weight."""
    rows = list(Page.objects.select_for_update(of=("self",)).filter(issue=issue).order_by("pk"))
    placements = list(Placement.objects.filter(page__issue=issue).order_by("position", "pk"))
    articles = {
        article.pk: article
        for article in Article.objects.select_for_update(of=("self",))
        .select_related("publication", "missing_correction")
        .filter(pk__in={placement.article_id for placement in placements})
        .order_by("pk")
    }
    pages: dict[Page, list[Placement]] = {}
    for page in sorted(rows, key=lambda row: (row.position, row.pk)):
        page.issue = issue
        pages[page] = [placement for placement in placements if placement.page_id == page.pk]
        for placement in pages[page]:
            placement.page, placement.article = page, articles[placement.article_id]
    return pages


def check_person(verb: Verb, person: Person, thing: Article | Issue | Page) -> None:
    """Raise NotAllowed with its sentence where the person may not do this."""
    reason = why_not(verb, person, thing)
    if reason is not None:
        raise NotAllowed(str(reason))


def check_article(verb: Verb, article: Article, public: PublicState) -> None:
    """Raise IllegalTransition where the table does not have this verb for the story's two states."""
    if not article_allows(verb, article.status, public):
        raise IllegalTransition(
            _("“%(verb)s” is not possible: the story is “%(status)s” and “%(public)s”.")
            % {
                "verb": VERB_LABELS[verb],
                "status": Status(article.status).label,
                "public": public.label,
            }
        )


def check_issue(verb: Verb, issue: Issue) -> None:
    """Raise IllegalTransition where the table does not have this verb for the issue's state."""
    if not issue_allows(verb, issue.status):
        raise IllegalTransition(
            _("“%(verb)s” is not possible: the issue of %(date)s is “%(status)s”.")
            % {
                "verb": VERB_LABELS[verb],
                "date": issue,
                "status": IssueStatus(issue.status).label,
            }
        )
