"""Printed pages for the tests of the desk's tables: a paper that makes its pages up, proofs that look finished."""

from typing import Any

from django.utils import timezone

from articles.models import Issue, Page, PageFormat, PageItem, PageProof, Publication


def printed(issue: Issue) -> Page:
    """The issue's one page, of a paper that makes its pages up from now on."""
    page = issue.pages.select_related("issue__publication").get()
    paper = page.issue.publication
    paper.printing, paper.page_format = Publication.Printing.MAKEUP, PageFormat.objects.first()
    paper.save()
    return page


def a_proof(page: Page, **more: Any) -> PageProof:
    """A finished proof of the page as it stands, without its files."""
    placements = list(page.placements.select_related("article").order_by("position"))
    last = page.proofs.first()
    fields: dict[str, Any] = {
        "number": last.number + 1 if last is not None else 1,
        "source": PageProof.Source.MAKEUP,
        "state": PageProof.State.READY,
        "digest": page.content_digest(placements),
        "requested_by": placements[0].article.created_by,
        "requested_at": timezone.now(),
        "layout": {"tree": f"story-{placements[0].article_id}"},
        "pdf": "n/aa/page.pdf",
        "images": [{"format": "webp", "width": 240, "height": 340, "name": "n/aa/page.webp", "bytes": 1}],
    }
    return PageProof.objects.create(page=page, **{**fields, **more})


def an_item(page: Page) -> PageItem:
    return PageItem.objects.create(page=page, title="渡轮时刻")
