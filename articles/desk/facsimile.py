"""What a published page shows of its signed proof: picture, PDF and areas; and when that is withheld.

A published page and its proof name the same files, so that scheduling copies nothing. Nothing here checks persons or
states, and all of it runs inside a verb's transaction.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from articles.models import Article, HotArea, Page, PageProof, Placement, PublishedIssue, PublishedPage
from media_library import discards
from media_library.hurry import hurry_after_commit

# Looked for by the sweep too, so a lost message costs a minute.
BIND = "articles.bind"


def proof_of(page: Page, placements: list[Placement]) -> PageProof | None:
    """The proof a public copy of the page may show: a ready one, and where we made it up ourselves, one of exactly what
    stands there now. The press's own file is older than the stories read from it; whoever signed the page off has
    seen it."""
    proof = page.proof
    if proof is None or proof.state != PageProof.State.READY:
        return None
    if proof.source == PageProof.Source.MAKEUP and proof.digest != page.content_digest(placements):
        return None
    return proof


def take_over(page: Page, placements: list[Placement], printed: Mapping[int, str]) -> dict[str, Any]:
    """The fields of a `PublishedPage` that come from its proof; none where there is no proof to show.

    Only confirmed areas, and of stories only those that are `printed` (with their headlines there) in this issue: on
    this page, or as the rest of one that begins on another.
    """
    proof = proof_of(page, placements)
    if proof is None:
        return {}
    own = {placement.article_id: placement.position for placement in placements}
    areas = [
        area
        for area in proof.areas.exclude(confirmed_at=None)
        if area.kind != HotArea.Kind.STORY or area.article_id in printed
    ]
    # In the order of the title list; what has no title there comes after it.
    areas.sort(key=lambda area: (own.get(area.article_id or 0, len(own) + 1), area.position, area.pk))
    return {
        "pdf": proof.pdf,
        "images": proof.images,
        "areas": [
            {
                "kind": area.kind,
                "article": area.article_id,
                "label": printed.get(area.article_id or 0, "") or area.label,
                "polygon": area.polygon,
            }
            for area in areas
        ],
    }


def drop_outdated_proof(page: Page, placements: list[Placement]) -> None:
    """Before a page is signed off with other stories than its proof shows: it has no proof then. The press's file stays
    only if it came after the page was last signed off, for this very replacement."""
    proof = page.proof
    if proof is None or proof.digest == page.content_digest(placements):
        return
    came_for_it = page.signed_off_at is None or proof.requested_at > page.signed_off_at
    if proof.source == PageProof.Source.PRESS and came_for_it:
        return
    page.proof = None
    page.save(update_fields=["proof"])


def withhold(article: Article, now: datetime) -> list[int]:
    """Withhold every public page that shows the story, as picture, PDF and areas, until it is replaced; the issues'
    PDFs go at once. Returns the keys of the pages, whose files then need new names (`articles.printed.rotation`).

    Pages where it has a place, and pages whose proof has an area of it: the rest of a story that jumped.
    """
    on = article.published_placements.published(now)
    drawn = HotArea.objects.filter(article=article).exclude(proof__pdf="")
    pages = PublishedPage.objects.touching(now).filter(
        Q(placements__in=on) | Q(pdf__in=drawn.values("proof__pdf")), withheld_at__isnull=True
    )
    found = list(pages.order_by("pk").values_list("pk", flat=True).distinct())
    PublishedPage.objects.filter(pk__in=found).update(withheld_at=now)
    unbind(PublishedIssue.objects.filter(pages__in=found), now)
    return found


def unbind(issues: QuerySet[PublishedIssue], now: datetime) -> None:
    """Let the PDFs of these issues go; their files are deleted as the transaction commits."""
    keys = list(issues.order_by("pk").values_list("pk", flat=True).distinct())
    # Locked before it is read: a PDF that is being adopted at this moment is seen, or finds its pages changed.
    bound = list(PublishedIssue.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    PublishedIssue.objects.filter(pk__in=keys).update(pdf="", bind_attempts=0, bind_after=None)
    discards.discard([issue.pdf for issue in bound if issue.pdf], now)


def bind_soon(issue: PublishedIssue) -> None:
    """Have the issue's PDF bound once this transaction has committed."""
    hurry_after_commit(BIND, issue.pk)
