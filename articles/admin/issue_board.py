"""What stands on the board of an issue: its pages, the stories on them, and what is still missing."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.admin.history import Happening, happenings
from articles.admin.issue_tray import Candidate, Tray, Wanted, photo_count, tray_of
from articles.admin.lengths import length_of
from articles.admin.proof_board import PagePicture, picture_of
from articles.desk.pages import Ground, page_lacks, public_versions, story_lacks
from articles.desk.signing import Proofs, is_made_up, proof_lacks
from articles.models import Article, ArticlePhoto, Issue, Page, Placement, Section
from articles.permissions import Person, can, visible_to
from articles.states import IssueStatus, Verb, issue_allows

# The hour at which a paper's readers expect it; only a proposal.
USUAL_HOUR = time(6, 0)


@dataclass(frozen=True)
class Row:
    """One story on a page. `url`: empty where the person may not open it. `lacks`: why it is not ready."""

    placement: Placement
    article: Article
    url: str
    lacks: list[str]
    characters: int
    photos: int
    number: int
    up: int | None
    down: int | None


@dataclass(frozen=True)
class Sheet:
    """One page. `lacks` are the page's own obstacles; those of its stories stand with them. `seen`: what moves are
    checked against, `digest`: what a signature is."""

    page: Page
    sections: list[Section]
    rows: list[Row]
    lacks: list[str]
    signed: bool
    may_place: bool
    may_sign: bool
    may_replace: bool
    urls: dict[str, str]
    seen: str
    digest: str
    offered: list[Candidate]
    makeup_url: str = ""
    picture: PagePicture | None = None

    @property
    def ready(self) -> bool:
        return not self.lacks and not any(row.lacks for row in self.rows)

    @property
    def all_lacks(self) -> list[str]:
        return [*(reason for row in self.rows for reason in row.lacks), *self.lacks]

    @property
    def characters(self) -> int:
        return sum(row.characters for row in self.rows)

    @property
    def photos(self) -> int:
        return sum(row.photos for row in self.rows)


@dataclass(frozen=True)
class Board:
    issue: Issue
    sheets: list[Sheet]
    tray: Tray
    sections: list[Section]
    may_place: bool
    happenings: list[Happening]
    asked_for: datetime

    @property
    def ready(self) -> bool:
        return bool(self.sheets) and all(sheet.ready for sheet in self.sheets)

    @property
    def ready_pages(self) -> int:
        return sum(sheet.ready for sheet in self.sheets)

    @property
    def lacks(self) -> list[str]:
        """All that keeps the issue from coming out, each reason once."""
        if not self.sheets:
            return [_("The issue has no pages.")]
        return list(dict.fromkeys(reason for sheet in self.sheets for reason in sheet.all_lacks))


def usual_time(issue: Issue) -> datetime:
    """The usual hour of the issue's day, on the paper's clock."""
    return datetime.combine(issue.date, USUAL_HOUR, issue.publication.zone)


def moment_of(issue: Issue, now: datetime) -> datetime:
    """The moment at which the issue is asked to be ready: its time, else the usual hour of its day, never the past."""
    return max(issue.publish_at or usual_time(issue), now)


def time_left(issue: Issue, now: datetime) -> str:
    """How long until a scheduled issue comes out, to the minute ("1 d 03:12"); "" where nothing is being waited for."""
    if issue.status != IssueStatus.SCHEDULED or issue.publish_at is None or issue.publish_at <= now:
        return ""
    left = issue.publish_at - now
    hours, minutes = divmod((left % timedelta(days=1)) // timedelta(minutes=1), 60)
    clock = f"{hours:02}:{minutes:02}"
    return _("%(days)s d %(clock)s") % {"days": left.days, "clock": clock} if left.days else clock


def board_of(person: Person, issue: Issue, now: datetime, wanted: Wanted | None = None) -> Board:
    """The whole board, in a number of queries that does not grow with the issue. `wanted`: narrows what is offered
    for placing."""
    wanted = wanted or Wanted()
    at = moment_of(issue, now)
    pages = pages_of(issue, person)
    sections, sections_of = _sections(issue)
    view = _View.of(person, issue, pages, at)
    tray = tray_of(person, issue, pages, wanted) if view.places else Tray(wanted, [], False)
    return Board(
        issue=issue,
        sheets=[view.sheet(page, rows, sections_of.get(page.pk, []), tray) for page, rows in pages.items()],
        tray=tray,
        sections=sections,
        may_place=view.places,
        happenings=happenings(issue.events.all(), name_stories=True),
        asked_for=at,
    )


def pages_of(issue: Issue, person: Person) -> dict[Page, list[Placement]]:
    """Every page of the issue with its placements, in order (two queries). Of each placement: `opens`, whether the
    person may open the story; `photo_count`, `unrendered`."""
    pages = list(
        Page.objects.filter(issue=issue).select_related("signed_off_by", "proof").order_by("position", "pk")
    )
    unrendered = ArticlePhoto.objects.filter(article=OuterRef("article"), photo__rendered_at__isnull=True)
    placements = (
        Placement.objects.filter(page__issue=issue)
        .select_related("article__publication", "article__section")
        .defer("article__summary")
        .annotate(
            photo_count=photo_count(OuterRef("article")),
            unrendered=Exists(unrendered),
            opens=Exists(visible_to(person).filter(pk=OuterRef("article"))),
        )
        .order_by("position", "pk")
    )
    found: dict[Page, list[Placement]] = {page: [] for page in pages}
    by_key = {page.pk: page for page in pages}
    for page in pages:
        page.issue = issue
    for placement in placements:
        found[by_key[placement.page_id]].append(placement)
    return found


def _sections(issue: Issue) -> tuple[list[Section], dict[int, list[Section]]]:
    """The paper's sections in use, and by page of this issue the sections it is for (one query)."""
    rows = (
        Section.objects.filter(publication=issue.publication_id)
        .annotate(here=FilteredRelation("pages", condition=Q(pages__issue=issue)))
        .annotate(on=F("here__pk"))
        .order_by("position", "pk")
    )
    sections: dict[int, Section] = {}
    of_page: dict[int, list[Section]] = {}
    for row in rows:
        section = sections.setdefault(row.pk, row)
        if row.on is not None:
            of_page.setdefault(row.on, []).append(section)
    return [section for section in sections.values() if section.is_active], of_page


@dataclass(frozen=True)
class _View:
    """What the person may do on every page of the issue now, and what the rows are judged by."""

    places: bool
    signs: bool
    replaces: bool
    settled: bool
    at: datetime
    ground: Ground
    proofs: Proofs

    @classmethod
    def of(cls, person: Person, issue: Issue, pages: dict[Page, list[Placement]], at: datetime) -> "_View":
        def may(verb: Verb) -> bool:
            return issue_allows(verb, issue.status) and can(verb, person, issue)

        rows: list[Any] = [row for placements in pages.values() for row in placements]
        return cls(
            places=may(Verb.PLACE),
            signs=may(Verb.SIGN_OFF_PAGE),
            replaces=may(Verb.REPLACE_PAGE),
            settled=issue.status == IssueStatus.PUBLISHED,
            at=at,
            proofs=Proofs.of(pages),
            ground=Ground(
                public=public_versions([row.article_id for row in rows], at),
                unrendered=frozenset(row.article_id for row in rows if row.unrendered),
            ),
        )

    def sheet(self, page: Page, placements: list[Any], sections: list[Section], tray: Tray) -> Sheet:
        lacks = {row.pk: self._lacks(row.article) for row in placements}
        of_stories = {reason for reasons in lacks.values() for reason in reasons}
        every = [] if self.settled else page_lacks(page, placements, self.at, self.ground, self.proofs)
        own = [reason for reason in every if reason not in of_stories]
        unfit = set(proof_lacks(page, placements, self.proofs))
        digest = page.digest(placements)
        signed = bool(page.signed_digest) and page.signed_digest == digest
        return Sheet(
            page=page,
            sections=sections,
            rows=[
                self._row(row, number, len(placements), lacks[row.pk])
                for number, row in enumerate(placements, start=1)
            ],
            lacks=own,
            signed=signed,
            may_place=self.places,
            may_sign=self.signs and not signed and bool(placements) and not of_stories and not unfit,
            may_replace=self.replaces,
            urls={
                verb.value: reverse("admin:articles_page_verb", args=[page.pk, verb.value])
                for verb in (Verb.PLACE, Verb.UNPLACE, Verb.MOVE, Verb.SIGN_OFF_PAGE, Verb.REPLACE_PAGE)
            },
            seen=page.arrangement(placements),
            digest=digest,
            offered=tray.for_page(page, frozenset(section.pk for section in sections)),
            makeup_url=reverse("admin:articles_page_makeup", args=[page.pk]) if is_made_up(page) else "",
            picture=picture_of(page.proof) if page.proof is not None else None,
        )

    def _lacks(self, article: Article) -> list[str]:
        return [] if self.settled else story_lacks(article, self.at, self.ground)

    def _row(self, row: Any, number: int, last: int, lacks: list[str]) -> Row:
        return Row(
            placement=row,
            article=row.article,
            url=reverse("admin:articles_article_change", args=[row.article_id]) if row.opens else "",
            lacks=lacks,
            characters=length_of(row.article.body),
            photos=row.photo_count,
            number=number,
            up=number - 1 if number > 1 else None,
            down=number + 1 if number < last else None,
        )


def ready_counts(issues: list[Issue], now: datetime) -> dict[int, tuple[int, int]]:
    """For a list of issues still to come: how many of the stories placed in each are ready, and how many there are
    (three queries)."""
    placements = list(
        Placement.objects.filter(page__issue__in=[issue.pk for issue in issues])
        .select_related("article__publication", "page")
        .defer("article__body", "article__summary")
    )
    # One moment for all: what is public then is only asked of stories that are public now and stay so.
    ground = Ground.of({row.article_id: row.article for row in placements}.values(), now)
    found: dict[int, tuple[int, int]] = {}
    for issue in issues:
        at = moment_of(issue, now)
        articles = {row.article_id: row.article for row in placements if row.page.issue_id == issue.pk}
        ready = sum(not story_lacks(article, at, ground) for article in articles.values())
        found[issue.pk] = (ready, len(articles))
    return found
