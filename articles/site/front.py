"""The front page: the lead, what else is new, the sections, the newest issue."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from articles.models import Article, PublishedArticle, Section
from articles.site.answers import next_change, now_of, page, public
from articles.site.chrome import Paper, SectionName
from articles.site.head import data_block, share_of
from articles.site.issues import IssueBox, newest_issue
from articles.site.linked_data import newspaper
from articles.site.teasers import Teaser, listed, teasers, visible

NEWEST = 24
SECONDS = 4
BRIEFS = 8
# In a row of their own.
PICTURES = 4
IN_BLOCK = 5
# The newest issue's pages and the briefs that leave room for a photo beside the lead's. More would reach below it.
BESIDE_A_PHOTO = 8
# More than a block holds: the top of the page may already have shown some of a section's newest.
LOOKED_AT = 8
# Too short to lead a paper, or to stand among its seconds.
LIGHT = frozenset({Article.Kind.BRIEF, Article.Kind.WIRE})


@dataclass(frozen=True)
class Block:
    """A section on the front page: what opens it and what else there is."""

    section: SectionName
    first: Teaser
    others: Sequence[Teaser]


@dataclass(frozen=True)
class Top:
    """What the front page has above its sections; no story stands in it twice. `picture` is the story of photos
    beside the lead, `strip` are those in a row of their own."""

    lead: Teaser | None
    seconds: Sequence[Teaser]
    briefs: Sequence[Teaser]
    picture: Teaser | None
    strip: Sequence[Teaser]

    @property
    def shown(self) -> set[int]:
        every = (self.lead, self.picture, *self.seconds, *self.briefs, *self.strip)
        return {id(teaser) for teaser in every}


@public
def front(request: HttpRequest, paper: Paper | None) -> HttpResponse:
    """The front page, under the paper's own address and, of the first paper, under `/`. Six queries."""
    if paper is None:
        return page(request, "site/empty.html", None, {})
    now = now_of(request)
    box = newest_issue(paper, now)
    found = _in_order(teasers(_copies(paper, now, box), paper), box)
    top = _top(found, len(box.pages) if box else 0)
    context = {
        "top": top,
        "blocks": _blocks(paper, [teaser for teaser in found if id(teaser) not in top.shown]),
        "box": box,
        "today": now.astimezone(paper.zone).date(),
        "canonical": request.build_absolute_uri(reverse("site:front", args=[paper.slug])),
        "share": share_of(request, top.lead.figure) if top.lead else None,
        "data": data_block([newspaper(request, paper)]),
    }
    return page(request, "site/front.html", paper, context, edge=next_change(paper, now))


def _copies(paper: Paper, now: datetime, box: IssueBox | None) -> list[PublishedArticle]:
    """All the page may show: the newest stories, each section's newest, the first of the newest issue. Three
    queries, whatever there is: which are newest, which of each section, their rows."""
    stories = visible(paper, now)
    keys = set(stories.values_list("pk", flat=True)[:NEWEST])
    # One look into an index for each place of a block: as fast with fifty thousand stories as with five.
    places = {
        f"place_{number}": Subquery(stories.filter(section=OuterRef("pk")).values("pk")[number : number + 1])
        for number in range(LOOKED_AT)
    }
    sections = Section.objects.filter(publication=paper.pk, is_active=True).order_by().annotate(**places)
    for row in sections.values_list(*places):
        keys.update(key for key in row if key is not None)
    printed = list(box.order) if box else []
    return list(listed(paper, now).filter(Q(pk__in=keys) | Q(article__in=printed)))


def _in_order(found: Sequence[Teaser], box: IssueBox | None) -> list[Teaser]:
    """Newest first; what came out together, as the newest issue has it. A correction writes a new copy, which would
    otherwise send the day's lead to the end of the day's stories."""
    order: Mapping[int, tuple[int, int]] = box.order if box else {}
    rank = {id(teaser): order.get(teaser.article_id, (10**6, place)) for place, teaser in enumerate(found)}
    return sorted(found, key=lambda teaser: (-teaser.at.timestamp(), rank[id(teaser)]))


def _top(found: Sequence[Teaser], pages: int) -> Top:
    """Who leads, and what follows in which place. `pages`: how many the newest issue has. A photo story leads where
    nothing is written, a brief where there is nothing else at all."""
    told = [teaser for teaser in found if teaser.kind not in LIGHT | {Article.Kind.PHOTO}]
    weighty = [teaser for teaser in found if teaser.kind not in LIGHT]
    lead = next(iter([*told, *weighty, *found]), None)
    seconds = [teaser for teaser in told if teaser is not lead][:SECONDS]
    rest = [teaser for teaser in found if teaser is not lead]
    briefs = [teaser for teaser in rest if teaser.kind == Article.Kind.BRIEF][:BRIEFS]
    pictures = [teaser for teaser in rest if teaser.kind == Article.Kind.PHOTO and teaser.figure]
    # One alone makes a poor row, two make a good one.
    room = lead is not None and lead.figure and pages + len(briefs) <= BESIDE_A_PHOTO
    beside = pictures[:1] if room and len(pictures) != 2 else []
    return Top(lead, seconds, briefs, next(iter(beside), None), pictures[len(beside) :][:PICTURES])


def _blocks(paper: Paper, rest: Sequence[Teaser]) -> list[Block]:
    by_section: dict[Any, list[Teaser]] = {}
    for teaser in rest:
        by_section.setdefault(teaser.section, []).append(teaser)
    return [_block(section, by_section[section]) for section in paper.sections if section in by_section]


def _block(section: SectionName, stories: Sequence[Teaser]) -> Block:
    """The newest of the section. One with a photo opens it, where there is one; else the first."""
    newest = stories[:IN_BLOCK]
    first = next((teaser for teaser in newest if teaser.figure), newest[0])
    return Block(section, first, [teaser for teaser in newest if teaser is not first])
