"""The areas of a proof (热区): drawn, changed, confirmed, deleted, one at a time and saved at once.

Two people may work on one page: each change names the area as it was seen, and is refused where somebody else has
changed that one in between. Any change makes a sign-off with this proof void.
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from articles.desk.locks import IssueCase, issue_verb
from articles.desk.press_proofs import absent_from
from articles.exceptions import IllegalTransition, Outdated
from articles.models import HotArea, Page, PageProof
from articles.states import OPEN, IssueStatus, Verb

# A broadsheet of briefs has some forty.
MOST_AREAS = 200
STILL = frozenset({IssueStatus.PLANNING, IssueStatus.HELD})


@dataclass(frozen=True)
class Drawn:
    """What an area is to be. `polygon` has been checked (`articles.press.geometry.checked`)."""

    polygon: list[list[float]]
    kind: str = HotArea.Kind.STORY
    article: int | None = None
    label: str = ""


@dataclass
class AreaCase:
    """A verb on the areas of one proof; everything is locked."""

    case: IssueCase
    page: Page
    proof: PageProof

    def area(self, pk: int, seen: str | None) -> HotArea:
        """One of the proof's areas; Outdated where it has changed or gone since it was seen."""
        area = self.proof.areas.select_for_update(of=("self",)).filter(pk=pk).first()
        if area is None or (seen is not None and mark_of(area) != seen):
            raise Outdated(_("Somebody else has changed this area in the meantime. Look at it again."))
        return area

    def record(self, **data: Any) -> None:
        self.case.record(issue=self.case.issue, page=self.page, data={"proof": self.proof.number, **data})

    def standing(self) -> set[int]:
        return {placement.article_id for placement in self.case.pages[self.page]}


def mark_of(area: HotArea) -> str:
    """What somebody has seen of an area: any change of it gives another mark."""
    content = [area.kind, area.article_id, area.label, area.polygon, area.confirmed_at is not None]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:16]


@contextmanager
def area_verb(user: Any, proof_id: int, now: datetime | None = None) -> Iterator[AreaCase]:
    """Open the transaction of a verb on a proof's areas. Raises PageProof.DoesNotExist, NotAllowed,
    IllegalTransition. Leaving the block takes back the page's sign-off, if it was with this proof."""
    page_id, issue_id = PageProof.objects.values_list("page", "page__issue").get(pk=proof_id)
    with issue_verb(Verb.EDIT_AREAS, user, issue_id, now) as case:
        page = case.page(page_id)
        proof = PageProof.objects.select_for_update(of=("self",)).defer("layout").get(pk=proof_id)
        proof.page = page
        if proof.state != PageProof.State.READY:
            raise IllegalTransition(_("This picture is not ready yet, so it has no areas."))
        if page.proof_id == proof.pk and case.issue.status not in STILL:
            raise IllegalTransition(
                _(
                    "Readers see this picture, or soon will. Hold or unschedule the issue, or replace the page."
                )
                if case.issue.status in OPEN
                else _("This picture is published. Its areas change when the page is replaced.")
            )
        yield AreaCase(case, page, proof)
        if page.proof_id == proof.pk and page.signed_digest:
            page.signed_off_by, page.signed_off_at, page.signed_digest = None, None, ""
            page.save(update_fields=["signed_off_by", "signed_off_at", "signed_digest"])


def draw_area(user: Any, proof_id: int, drawn: Drawn, now: datetime | None = None) -> HotArea:
    """A new area, not yet confirmed. Raises ValidationError."""
    with area_verb(user, proof_id, now) as case:
        last = case.proof.areas.aggregate(last=Max("position"))["last"] or 0
        if case.proof.areas.count() >= MOST_AREAS:
            raise IllegalTransition(_("This page has 200 areas. Delete some before you draw more."))
        area = HotArea(proof=case.proof, position=last + 1)
        _become(area, drawn, case)
        area.save()
        return area


def change_area(
    user: Any, proof_id: int, area_id: int, drawn: Drawn, *, seen: str | None, now: datetime | None = None
) -> HotArea:
    """Another shape, story or label. One that was confirmed stays so, by who changed it. Raises Outdated,
    ValidationError."""
    with area_verb(user, proof_id, now) as case:
        area = case.area(area_id, seen)
        _become(area, drawn, case)
        if area.confirmed_at is not None:
            _confirm(area, case)
            case.record(area=area.pk)
        area.save()
        return area


def delete_area(
    user: Any, proof_id: int, area_id: int, *, seen: str | None, now: datetime | None = None
) -> None:
    """Raises Outdated."""
    with area_verb(user, proof_id, now) as case:
        area = case.area(area_id, seen)
        if area.confirmed_at is not None:
            case.record(deleted=str(area))
        area.delete()


def confirm_area(
    user: Any, proof_id: int, area_id: int, *, seen: str | None, now: datetime | None = None
) -> HotArea:
    """Say that it is right: it will be published with the page. Raises Outdated, IllegalTransition (no story)."""
    with area_verb(user, proof_id, now) as case:
        area = case.area(area_id, seen)
        _confirm(area, case)
        area.save()
        case.record(confirmed=1)
        return area


def confirm_all(
    user: Any, proof_id: int, *, seen: dict[int, str], now: datetime | None = None
) -> list[HotArea]:
    """Confirm the areas that were looked at: `seen` has the mark of each. One that changed since, or has no story,
    stays open. Returns those that were confirmed."""
    with area_verb(user, proof_id, now) as case:
        waiting = case.proof.areas.select_for_update(of=("self",)).filter(confirmed_at__isnull=True)
        done = [
            area
            for area in waiting
            if seen.get(area.pk) == mark_of(area)
            and (area.kind != HotArea.Kind.STORY or area.article_id in case.standing())
        ]
        for area in done:
            _confirm(area, case)
            area.save()
        if done:
            case.record(confirmed=len(done))
        return done


def mark_absent(
    user: Any, proof_id: int, article_id: int, *, absent: bool = True, now: datetime | None = None
) -> None:
    """Say that a story of the page is not on its picture (set as a brief, cut by the press), or that it is."""
    with area_verb(user, proof_id, now) as case:
        if article_id not in case.standing():
            raise IllegalTransition(_("This story does not stand on the page any more."))
        marked = set(absent_from(case.proof)) - {article_id} | ({article_id} if absent else set())
        case.proof.report = {**case.proof.report, "absent": sorted(marked)}
        case.proof.save(update_fields=["report"])
        case.record(absent=sorted(marked))


def _become(area: HotArea, drawn: Drawn, case: AreaCase) -> None:
    if drawn.kind not in HotArea.Kind.values:
        raise ValidationError({"kind": _("Choose a story, an advert or a notice.")})
    story = drawn.kind == HotArea.Kind.STORY
    if story and drawn.article is not None and drawn.article not in case.standing():
        raise ValidationError({"article": _("This story does not stand on the page. Place it there first.")})
    if story and drawn.article is None and area.confirmed_at is not None:
        raise ValidationError({"article": _("A confirmed area of a story names its story.")})
    area.kind, area.label = drawn.kind, drawn.label
    area.article_id = drawn.article if story else None
    if drawn.polygon != area.polygon:
        # Drawn by a person: nothing is guessed about it any more.
        area.polygon, area.confidence = drawn.polygon, 1
    area.full_clean(exclude=["proof", "article", "confirmed_by"])


def _confirm(area: HotArea, case: AreaCase) -> None:
    if area.kind == HotArea.Kind.STORY and area.article_id not in case.standing():
        raise IllegalTransition(_("Say first which story of the page this area belongs to."))
    area.confirmed_by, area.confirmed_at = case.case.person.user, case.case.now
