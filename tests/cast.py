"""The named cast of the tests: a small paper in an invented harbour town, and stories in every state.

    def test_something(cast):
        story = cast.approved("渡轮夜航试运行")
        place(cast.duty, cast.page(cast.issue()).pk, story.pk)

Everything is made by the verbs themselves, so a story in a state has got there the way stories do.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from articles.desk import pages, publishing, stories, workflow
from articles.models import Article, Issue, Membership, Page, Publication, Reporter, ReviewStage, Section
from articles.models.publication import Role
from articles.states import PublicState, Status

PASSWORD = "lamp-tide-rope-42"


@dataclass
class Cast:
    """Who and what the tests play with. Every person's password is PASSWORD."""

    publication: Publication
    other_publication: Publication
    news: Section
    culture: Section
    stages: list[ReviewStage]
    reporter: Any  # 林海生, staff reporter with a byline
    colleague: Any  # 何帆, another reporter
    section_editor: Any  # 许若澜, of 要闻 only
    duty: Any  # 周明远
    chief: Any  # 沈知秋
    layout: Any  # layout artist
    outsider: Any  # editor-in-chief of the other publication
    administrator: Any  # superuser without a role
    byline: Reporter
    days: Any = field(default_factory=lambda: count(1))

    # --- stories, each brought to its state by the verbs ---

    def content(self, headline: str = "渡轮夜航试运行", **more: Any) -> dict[str, Any]:
        return {
            "headline": headline,
            "body": f"<p>{headline}，市民多了一个回家的选择。</p>",
            "section": self.news.pk,
            "bylines": [{"reporter": self.byline.pk, "role": "text", "title": "记者"}],
            **more,
        }

    def draft(self, headline: str = "渡轮夜航试运行", **more: Any) -> Article:
        return workflow.create_article(self.reporter, self.publication, self.content(headline, **more))

    def in_review(self, headline: str = "渡轮夜航试运行", stage: int = 0, **more: Any) -> Article:
        """In review, at the first stage or (1, 2) a later one."""
        article = workflow.submit(self.reporter, self.draft(headline, **more).pk)
        for editor in self.reviewers[:stage]:
            article = workflow.approve(editor, article.pk)
        return article

    def approved(self, headline: str = "渡轮夜航试运行", **more: Any) -> Article:
        return self.approve(self.in_review(headline, **more))

    def approve(self, article: Article) -> Article:
        """Bring a draft or a story in review to sign-off."""
        if article.status == Status.DRAFT:
            article = workflow.submit(self.reporter, article.pk)
        for editor in self.reviewers:
            article = workflow.approve(editor, article.pk)
        return article

    def live(self, headline: str = "渡轮夜航试运行", **more: Any) -> Article:
        return stories.publish_article(self.chief, self.approved(headline, **more).pk)

    def spiked(self, headline: str = "渡轮夜航试运行", **more: Any) -> Article:
        return workflow.spike(self.section_editor, self.draft(headline, **more).pk)

    def withdrawn(self, headline: str = "渡轮夜航试运行", **more: Any) -> Article:
        return stories.withdraw(self.chief, self.live(headline, **more).pk, "数字有误")

    def story_in(self, status: Status, public: PublicState, headline: str = "渡轮夜航试运行") -> Article:
        """A story in this pair of states; ValueError where no way leads there."""
        ways = {
            (Status.DRAFT, PublicState.NONE): lambda: self.draft(headline),
            (Status.DRAFT, PublicState.LIVE): lambda: self._revised(headline),
            (Status.DRAFT, PublicState.WITHDRAWN): lambda: self.withdrawn(headline),
            (Status.REVIEW, PublicState.NONE): lambda: self.in_review(headline),
            (Status.REVIEW, PublicState.LIVE): lambda: self._submitted(self._revised(headline)),
            (Status.REVIEW, PublicState.WITHDRAWN): lambda: self._submitted(self.withdrawn(headline)),
            (Status.APPROVED, PublicState.NONE): lambda: self.approved(headline),
            (Status.APPROVED, PublicState.SCHEDULED): lambda: self.scheduled(headline),
            (Status.APPROVED, PublicState.LIVE): lambda: self.approve(self._rewritten(headline)),
            (Status.APPROVED, PublicState.LIVE_SCHEDULED): lambda: self._later(
                self.approve(self._rewritten(headline))
            ),
            (Status.APPROVED, PublicState.WITHDRAWN): lambda: self.approve(self.withdrawn(headline)),
            (Status.PUBLISHED, PublicState.LIVE): lambda: self.live(headline),
            (Status.PUBLISHED, PublicState.LIVE_SCHEDULED): lambda: self._unchanged_in_an_issue(headline),
            (Status.SPIKED, PublicState.NONE): lambda: self.spiked(headline),
            (Status.SPIKED, PublicState.WITHDRAWN): lambda: workflow.spike(
                self.section_editor, self.withdrawn(headline).pk
            ),
        }
        try:
            make = ways[status, public]
        except KeyError:
            raise ValueError(f"no way leads to {status}, {public}") from None
        return make()

    def scheduled(self, headline: str = "渡轮夜航试运行", at: datetime | None = None, **more: Any) -> Article:
        """Approved and scheduled alone, for an hour from now unless told."""
        return self._later(self.approved(headline, **more), at)

    def _later(self, article: Article, at: datetime | None = None) -> Article:
        at = at or timezone.now() + timedelta(hours=1)
        return stories.publish_article(self.chief, article.pk, at)

    def _revised(self, headline: str) -> Article:
        return workflow.revise(self.chief, self.live(headline).pk)

    def _rewritten(self, headline: str) -> Article:
        article = self._revised(headline)
        return workflow.edit(self.reporter, article.pk, article.version, {"deck": "首航座无虚席"})

    def _submitted(self, article: Article) -> Article:
        return workflow.submit(self.reporter, article.pk)

    def _unchanged_in_an_issue(self, headline: str) -> Article:
        article = self.live(headline)
        self.scheduled_issue(article)
        return article

    @property
    def reviewers(self) -> list[Any]:
        return [self.section_editor, self.duty, self.chief]

    # --- issues ---

    def issue(self, day: date | None = None, **more: Any) -> Issue:
        """A planned issue; every one on a day of its own unless told."""
        day = day or date(2030, 1, 1) + timedelta(days=next(self.days))
        return Issue.objects.create(publication=self.publication, date=day, **more)

    def page(self, issue: Issue, code: str = "01", label: str = "要闻") -> Page:
        return Page.objects.create(issue=issue, code=code, position=int(code.lstrip("AB")), label=label)

    def ready_issue(self, *articles: Article, **more: Any) -> Issue:
        """An issue with one page that holds these (approved) stories and is signed off."""
        issue = self.issue(**more)
        page = self.page(issue)
        for article in articles:
            pages.place(self.duty, page.pk, article.pk)
        pages.sign_off_page(self.duty, page.pk)
        return issue

    def scheduled_issue(self, *articles: Article, at: datetime | None = None, **more: Any) -> Issue:
        """Such an issue, scheduled for an hour from now unless told."""
        at = at or timezone.now() + timedelta(hours=1)
        return publishing.schedule_issue(self.chief, self.ready_issue(*articles, **more).pk, at)

    def published_issue(self, *articles: Article, **more: Any) -> Issue:
        return publishing.schedule_issue(self.chief, self.ready_issue(*articles, **more).pk)


def make_cast() -> Cast:
    """Set the stage in an empty database."""
    publication = Publication.objects.create(name="望潮日报", slug="wangchao", cn_number="CN 33-0000")
    other = Publication.objects.create(name="汐湾周报", slug="xiwan")
    news = Section.objects.create(publication=publication, name="要闻", position=1)
    culture = Section.objects.create(publication=publication, name="文化", position=2)
    stages = [
        ReviewStage.objects.create(publication=publication, name=name, position=position, role=role)
        for position, (name, role) in enumerate(
            [("初审", Role.SECTION_EDITOR), ("复审", Role.DUTY_EDITOR), ("终审", Role.EDITOR_IN_CHIEF)], 1
        )
    ]

    def person(
        username: str, name: str, role: str | None = None, paper: Publication = publication, **more: Any
    ):
        create = get_user_model().objects.create_user
        user = create(username, f"{username}@wangchao.test", PASSWORD, first_name=name, is_staff=True, **more)
        if role:
            seat = Membership.objects.create(user=user, publication=paper, role=role)
            if role == Role.SECTION_EDITOR:
                seat.sections.add(news)
        return user

    reporter = person("reporter", "林海生", Role.REPORTER)
    return Cast(
        publication=publication,
        other_publication=other,
        news=news,
        culture=culture,
        stages=stages,
        reporter=reporter,
        colleague=person("colleague", "何帆", Role.REPORTER),
        section_editor=person("section", "许若澜", Role.SECTION_EDITOR),
        duty=person("duty", "周明远", Role.DUTY_EDITOR),
        chief=person("chief", "沈知秋", Role.EDITOR_IN_CHIEF),
        layout=person("layout", "顾小满", Role.LAYOUT_ARTIST),
        outsider=person("outsider", "方予安", Role.EDITOR_IN_CHIEF, other),
        administrator=person("admin", "管理员", is_superuser=True),
        byline=Reporter.objects.create(publication=publication, name="林海生", user=reporter),
    )


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()
