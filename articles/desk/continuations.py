"""Stories that go on on another page (下转/上接): placed there when a proof sends them, taken off when it no longer
does.

Nothing a person placed is ever taken off: `report["placed"]` remembers what came by itself.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from articles.desk.outbox import record
from articles.models import Issue, Page, PageProof, Placement
from articles.states import Verb


@dataclass(frozen=True)
class InHand:
    """An issue whose rows are locked, all its pages with their placements, who changes them, and when."""

    issue: Issue
    pages: Mapping[Page, list[Placement]]
    actor: Any
    now: datetime


def send_on(hand: InHand, page: Page, before: PageProof | None, proof: PageProof) -> None:
    """Let the stories that `proof` sends on stand where they go on. `before`: what `page` showed until now."""
    wanted = [(row["article"], row["to_page"]) for row in proof.report.get("continues", [])]
    by_itself = {tuple(row) for row in (before.report.get("placed", []) if before is not None else [])}
    by_code = {other.code: other for other in hand.pages}
    placed = []
    for article, code in wanted:
        there = by_code.get(code)
        if there is None or there == page:
            continue
        if not any(row.article_id == article for row in hand.pages[there]):
            _place(hand, page, there, article)
            placed.append([article, code])
        elif (article, code) in by_itself:
            placed.append([article, code])
    for article, code in by_itself - set(wanted):
        there = by_code.get(code)
        if there is not None:
            _take_off(hand, there, article)
    proof.report["placed"] = placed
    proof.save(update_fields=["report"])


def _place(hand: InHand, page: Page, there: Page, article: int) -> None:
    order = hand.pages[there]
    row = Placement.objects.create(page=there, article_id=article, position=len(order) + 1)
    order.append(row)
    _record(hand, Verb.PLACE, there, row, {"position": row.position, "goes_on_from": str(page)})


def _take_off(hand: InHand, there: Page, article: int) -> None:
    order = hand.pages[there]
    going = next((row for row in order if row.article_id == article), None)
    if going is None:
        return
    order.remove(going)
    going.delete()
    renumber(order)
    _record(hand, Verb.UNPLACE, there, going, {})


def _record(hand: InHand, verb: Verb, page: Page, row: Placement, data: dict[str, Any]) -> None:
    about: dict[str, Any] = {"issue": hand.issue, "page": page, "article": row.article, "data": data}
    record(verb, hand.issue.publication, hand.now, actor=hand.actor, **about)


def renumber(order: list[Placement]) -> None:
    """Number the placements of a page from 1."""
    for position, row in enumerate(order, start=1):
        if row.position != position:
            row.position = position
            row.save(update_fields=["position"])


def pages_to_tell(hand: InHand, page: Page, arriving: Callable[[Page], Any]) -> list[Page]:
    """Pages behind this one whose proofs were made with other continuations than now arrive there."""
    behind = [other for other in hand.pages if (other.position, other.pk) > (page.position, page.pk)]
    shown = {
        row.pk: row for row in PageProof.objects.filter(pk__in=[o.proof_id for o in behind if o.proof_id])
    }
    return [
        other
        for other in behind
        if other.proof_id in shown
        and tuple(map(tuple, shown[other.proof_id].report.get("incoming", []))) != arriving(other)
    ]
