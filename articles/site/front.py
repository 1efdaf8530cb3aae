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
SECONDS = 8
IN_BLOCK = 4
# More than a block holds: the top of the page may already have shown some of a section's newest.
LOOKED_AT = 8
# Too short to lead a paper.
LIGHT = frozenset({Article.Kind.BRIEF, Article.Kind.WIRE})


@dataclass(frozen=True)
class Block:
    """A section on the front page."""

    section: SectionName
    stories: Sequence[Teaser]


@public
def front(request: HttpRequest, paper: Paper | None) -> HttpResponse:
    """The front page, under the paper's own address and, of the first paper, under `/`. Six queries."""
    if paper is None:
        return page(request, "site/empty.html", None, {})
    now = now_of(request)
    box = newest_issue(paper, now)
    found = _in_order(teasers(_copies(paper, now, box), paper), box)
    lead = next((teaser for teaser in found if teaser.kind not in LIGHT), found[0] if found else None)
    rest = [teaser for teaser in found if teaser is not lead]
    picture = next((teaser for teaser in rest if teaser.kind == Article.Kind.PHOTO and teaser.figure), None)
    seconds = [teaser for teaser in rest if teaser is not picture][:SECONDS]
    shown = {id(teaser) for teaser in [lead, picture, *seconds]}
    context = {
        "lead": lead,
        "picture": picture,
        "seconds": seconds,
        "blocks": _blocks(paper, [teaser for teaser in rest if id(teaser) not in shown]),
        "box": box,
        "today": now.astimezone(paper.zone).date(),
        "canonical": request.build_absolute_uri(reverse("site:front", args=[paper.slug])),
        "share": share_of(request, lead.figure) if lead else None,
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


def _blocks(paper: Paper, rest: Sequence[Teaser]) -> list[Block]:
    by_section: dict[Any, list[Teaser]] = {}
    for teaser in rest:
        by_section.setdefault(teaser.section, []).append(teaser)
    return [
        Block(section, by_section[section][:IN_BLOCK]) for section in paper.sections if section in by_section
    ]
