"""The least that is a PDF of the press, and a picture made of one."""

from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from articles.models import Issue, PageProof


def a_pdf() -> ContentFile:
    """Nobody opens it here: a worker would."""
    return ContentFile(b"%PDF-1.7 %%EOF", "page.pdf")


def a_proof(issue: Issue, user: Any) -> PageProof:
    """A picture of the issue's only page that a worker has finished."""
    page = issue.pages.get()
    return PageProof.objects.create(
        page=page,
        number=page.proofs.count() + 1,
        source=PageProof.Source.PRESS,
        state=PageProof.State.READY,
        requested_by=user,
        requested_at=timezone.now(),
        pdf="pp/aa/page.pdf",
        images=[{"format": "jpeg", "width": 960, "height": 1344, "name": "pp/aa/page.jpg", "bytes": 1}],
        width_pt=1000,
        height_pt=1400,
    )
