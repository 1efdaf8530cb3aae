"""Look for the stories of a page on its picture again: drafts were made of its text and placed, or stories changed."""

from datetime import datetime
from typing import Any

from django.db.models import Max

from articles.desk.areas import area_verb
from articles.desk.press_proofs import absent_from
from articles.models import HotArea, PageProof
from articles.press.reading import propose
from articles.press.texts import texts_of
from articles.press.work import write_areas


def propose_areas(user: Any, proof_id: int, now: datetime | None = None) -> list[HotArea]:
    """Areas for the stories that have none yet, from the lines the proof remembers. Proposals nobody has confirmed
    are made anew; what somebody has confirmed or drawn stays. Returns the new ones."""
    with area_verb(user, proof_id, now) as case:
        memory = PageProof.objects.values_list("layout", flat=True).get(pk=proof_id)
        if case.proof.source != PageProof.Source.PRESS or not memory.get("lines"):
            return []
        # A guess has less than 1; what a person drew has 1.
        case.proof.areas.filter(confirmed_at__isnull=True, confidence__lt=1).delete()
        have = set(case.proof.areas.values_list("article", flat=True)) | set(absent_from(case.proof))
        found = [area for area in propose(memory, texts_of(case.page)) if area["story"] not in have]
        last = case.proof.areas.aggregate(last=Max("position"))["last"] or 0
        return write_areas(case.proof, found, last)
