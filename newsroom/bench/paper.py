"""A paper of any size for the measurements: people and sections, then thousands of stories written straight into the
tables. Invented town, invented people, the same at every run."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from articles.desk import content
from articles.models import (
    Article,
    Byline,
    Issue,
    Membership,
    Page,
    Publication,
    PublishedArticle,
    PublishedIssue,
    PublishedPage,
    PublishedPlacement,
    Reporter,
    ReviewStage,
    Revision,
    Section,
)
from articles.models.publication import Role
from articles.search.index import index_stories
from articles.states import IssueStatus, Status
from media_library.models import Photo, Rendition
from media_library.specs import WIDTHS

SLUG = "wangchao"
SECTIONS = ("要闻", "民生", "海洋", "文化", "教育", "体育")
NAMES = ("林海生", "许若澜", "周明远", "沈知秋", "何帆", "顾小满", "方予安", "陶一苇")
PAGES, A_PAGE = 4, 6
AN_ISSUE = PAGES * A_PAGE
PHOTOS = 60
BATCH = 24 * 200
_SENTENCES = (
    "渡轮夜航试运行首日，望潮港的灯一直亮到十一点。",
    "码头上排队的大多是下晚班的人，有人提着刚买的带鱼，有人抱着睡着的孩子。",
    "航线全长6.2公里，单程约需18分钟，票价与白天相同。",
    "港务部门说，夜航船加装了两套照明，救生衣也换了新的。",
    "老街的面馆跟着延长了营业时间，老板算过，一晚能多卖四十碗。",
    "气象台提醒，本周后半段有7级阵风，夜班船可能临时停开。",
    "“以前错过末班船，就只能绕大桥，要多花一个小时。”一位乘客说。",
    "试运行为期三个月，班次会根据客流再作调整。",
)


@dataclass(frozen=True)
class Paper:
    """The paper and its people. `reviewers` take the three stages, the last is the editor-in-chief."""

    publication: Publication
    sections: list[Section]
    reporters: list[Reporter]
    photos: list[Photo]
    reporter: Any
    reviewers: list[Any]

    @property
    def chief(self) -> Any:
        return self.reviewers[-1]


def found_paper(now: datetime | None = None) -> Paper:
    """Found the paper in an empty database."""
    now = now or timezone.now()
    publication = Publication.objects.create(name="望潮日报", slug=SLUG, cn_number="CN 33-0000")
    sections = [
        Section.objects.create(publication=publication, name=name, position=position)
        for position, name in enumerate(SECTIONS, 1)
    ]
    people = [("reporter", Role.REPORTER), ("section", Role.SECTION_EDITOR), ("duty", Role.DUTY_EDITOR)]
    users = []
    for (username, role), name in zip([*people, ("chief", Role.EDITOR_IN_CHIEF)], NAMES, strict=False):
        user = get_user_model().objects.create_user(username, first_name=name, is_staff=True)
        Membership.objects.create(user=user, publication=publication, role=role)
        users.append(user)
    for position, role in enumerate((Role.SECTION_EDITOR, Role.DUTY_EDITOR, Role.EDITOR_IN_CHIEF), 1):
        ReviewStage.objects.create(
            publication=publication, name=f"{'初复终'[position - 1]}审", position=position, role=role
        )
    reporters = [
        Reporter.objects.create(publication=publication, name=name, user=users[0] if number == 0 else None)
        for number, name in enumerate(NAMES)
    ]
    return Paper(publication, sections, reporters, _photos(now), users[0], users[1:])


def _photos(now: datetime) -> list[Photo]:
    """Photos with their renditions' rows. No page opens a file, so there are none."""
    photos = Photo.objects.bulk_create(
        Photo(
            original=f"o/{number}.jpg",
            format="JPEG",
            width=6000,
            height=4000,
            bytes=9_000_000,
            sha256=f"{number:064x}",
            caption="望潮港夜色",
            rendered_at=now,
            rendered_as="bench",
        )
        for number in range(PHOTOS)
    )
    Rendition.objects.bulk_create(
        Rendition(
            photo=photo,
            format=name,
            width=width,
            height=width * 2 // 3,
            name=f"p/{photo.pk}-{width}.{name}",
            bytes=width * 90,
        )
        for photo in photos
        for width in WIDTHS
        for name in ("webp", "jpeg")
    )
    return photos


def body(seed: int, paragraphs: int = 7) -> str:
    """About 700 characters in paragraphs, other ones for another seed."""
    random = Random(seed)  # noqa: S311 - words, not secrets
    return "".join(f"<p>{''.join(random.choices(_SENTENCES, k=3))}</p>" for _ in range(paragraphs))


BODIES = [body(seed) for seed in range(50)]


def _drafts(
    paper: Paper, first: int, count: int, status: str, bodies: Sequence[str] = BODIES
) -> list[Article]:
    """Stories as the desk has them, with a byline and the revision they are."""
    articles = Article.objects.bulk_create(
        Article(
            publication=paper.publication,
            section=paper.sections[number % len(paper.sections)],
            kicker="夜航" if number % 3 else "",
            headline=f"望潮港第{number}班夜航渡轮准点到岸",
            deck="市民多了一个回家的选择" if number % 2 else "",
            dateline="本报讯",
            body=bodies[number % len(bodies)],
            status=status,
            version=1,
            created_by=paper.reporter,
            updated_by=paper.reporter,
        )
        for number in range(first, first + count)
    )
    Byline.objects.bulk_create(
        Byline(article=article, reporter=paper.reporters[number % len(paper.reporters)], title="记者")
        for number, article in enumerate(articles, first)
    )
    return articles


def approved_stories(paper: Paper, count: int, now: datetime | None = None) -> list[Article]:
    """Stories that have passed their stages and stand nowhere yet."""
    now = now or timezone.now()
    articles = _drafts(paper, 0, count, Status.APPROVED)
    Revision.objects.bulk_create(
        Revision(
            article=article,
            number=1,
            snapshot=content.snapshot(article),
            created_by=paper.reporter,
            created_at=now,
        )
        for article in articles
    )
    return articles


def draft_stories(paper: Paper, count: int) -> None:
    """Stories nobody but the desk has seen."""
    _drafts(paper, 0, count, Status.DRAFT)


def index_desk() -> None:
    """Let every working copy be found, as the verbs do."""
    stories = Article.objects.prefetch_related("bylines__reporter", "photos").order_by("pk")
    last = 0
    while some := list(stories.filter(pk__gt=last)[:1000]):
        with transaction.atomic():
            index_stories(*some)
        last = some[-1].pk


def print_stories(paper: Paper, count: int, now: datetime | None = None) -> None:
    """`count` public stories in daily issues of four pages, the newest issue of today; what fills no whole issue was
    published alone before the first one."""
    now = now or timezone.now()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            # Nothing here has to survive a power cut; the connection that measures is another one.
            cursor.execute("PRAGMA synchronous=OFF")
    alone, issues = count % AN_ISSUE, count // AN_ISSUE
    start = now - timedelta(days=issues)
    _publish(paper, 0, alone, [start - timedelta(minutes=number + 1) for number in range(alone)], now)
    written = alone
    for begin in range(0, issues, BATCH // AN_ISSUE):
        some = range(begin, min(begin + BATCH // AN_ISSUE, issues))
        times = [start + timedelta(days=number + 1, minutes=-5) for number in some]
        copies = _publish(
            paper, written, len(some) * AN_ISSUE, [t for t in times for _ in range(AN_ISSUE)], now
        )
        _print(paper, some, times, copies)
        written += len(copies)


def _publish(
    paper: Paper, first: int, count: int, times: list[datetime], now: datetime
) -> list[PublishedArticle]:
    # The field sanitises every body it saves, which is most of the time this takes: the copies' are taken over.
    articles = _drafts(paper, first, count, Status.PUBLISHED, [""])
    revisions = Revision.objects.bulk_create(
        # The public side never reads it, and at this size it would only cost disk.
        Revision(article=article, number=1, snapshot={}, created_by=paper.reporter, created_at=now)
        for article in articles
    )
    copies = []
    for number, (article, revision, at) in enumerate(zip(articles, revisions, times, strict=True), first):
        reporter = paper.reporters[number % len(paper.reporters)]
        photo = {
            "photo": paper.photos[number % PHOTOS].pk,
            "caption": "望潮港夜色",
            "credit": "何帆",
            "alt": "",
        }
        copies.append(
            PublishedArticle(
                article=article,
                number=1,
                revision=revision,
                publication=paper.publication,
                section_id=article.section_id,
                kind=article.kind,
                kicker=article.kicker,
                headline=article.headline,
                deck=article.deck,
                dateline=article.dateline,
                body=BODIES[number % len(BODIES)],
                bylines=[{"reporter": reporter.pk, "name": reporter.name, "role": "text", "title": "记者"}],
                photos=[] if number % 3 else [photo],
                visible_from=at,
                first_published_at=at,
            )
        )
    copies = PublishedArticle.objects.bulk_create(copies)
    written = PublishedArticle.objects.filter(article=OuterRef("pk")).values("body")[:1]
    Article.objects.filter(pk__in=[article.pk for article in articles]).update(body=Subquery(written))
    names, uses = PublishedArticle.reporters.through, PublishedArticle.photo_uses.through
    names.objects.bulk_create(
        names(publishedarticle_id=copy.pk, reporter_id=row["reporter"])
        for copy in copies
        for row in copy.bylines
    )
    uses.objects.bulk_create(
        uses(publishedarticle_id=copy.pk, photo_id=row["photo"]) for copy in copies for row in copy.photos
    )
    return copies


def _print(paper: Paper, numbers: range, times: list[datetime], copies: list[PublishedArticle]) -> None:
    issues = Issue.objects.bulk_create(
        Issue(
            publication=paper.publication,
            date=_day(at, paper),
            serial_no=number + 1,
            status=IssueStatus.PUBLISHED,
            publish_at=at,
        )
        for number, at in zip(numbers, times, strict=True)
    )
    printed = PublishedIssue.objects.bulk_create(
        PublishedIssue(
            issue=issue,
            publication=paper.publication,
            date=issue.date,
            edition=issue.edition,
            serial_no=issue.serial_no,
            masthead={"name": paper.publication.name, "cn_number": paper.publication.cn_number},
            visible_from=at,
        )
        for issue, at in zip(issues, times, strict=True)
    )
    pages = Page.objects.bulk_create(
        Page(issue=issue, code=f"{position:02}", position=position, label=SECTIONS[position - 1])
        for issue in issues
        for position in range(1, PAGES + 1)
    )
    shown = PublishedPage.objects.bulk_create(
        PublishedPage(
            published_issue=printed[number // PAGES],
            page=page,
            code=page.code,
            position=page.position,
            label=page.label,
            visible_from=printed[number // PAGES].visible_from,
        )
        for number, page in enumerate(pages)
    )
    PublishedPlacement.objects.bulk_create(
        PublishedPlacement(
            published_page=shown[number // A_PAGE],
            article_id=copy.article_id,
            copy=copy,
            position=number % A_PAGE + 1,
            visible_from=copy.visible_from,
        )
        for number, copy in enumerate(copies)
    )


def _day(at: datetime, paper: Paper) -> date:
    return at.astimezone(paper.publication.zone).date()
