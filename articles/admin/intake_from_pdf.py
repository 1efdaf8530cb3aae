"""The text of a page's PDF on the intake screen, and its stories' places on the picture once they are drafts."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import ngettext

from articles.admin.base import person_of
from articles.admin.press_files import proof_url
from articles.exceptions import Refusal
from articles.models import PageProof
from articles.permissions import Person, fetch_proof
from articles.press.proposing import propose_areas


def from_proof(person: Person, wanted: str) -> dict[str, Any]:
    """What the form begins with: the text, and where it was printed. Nothing for a picture that is not theirs."""
    if not wanted.isdecimal() or len(wanted) > 18:
        return {}
    try:
        proof = fetch_proof(person, int(wanted))
    except PageProof.DoesNotExist:
        return {}
    issue = proof.page.issue
    return {
        "publication": issue.publication_id,
        "issue_date": issue.date,
        "page_code": proof.page.code,
        "text": proof.layout.get("text", ""),
        "proof": proof.pk,
    }


def find_areas(request: HttpRequest, proof_id: int | None) -> str:
    """Look for the new drafts on the picture their text came from: their text is the page's, so they are there if
    they were placed. Where the picture is shown; "" where there is none. Who may not is told nothing: an area is a
    layout artist's matter."""
    if not proof_id:
        return ""
    try:
        proof = fetch_proof(person_of(request), proof_id)
        count = len(propose_areas(request.user, proof.pk))
    except (PageProof.DoesNotExist, Refusal):
        return ""
    if count:
        words = ngettext(
            "%(count)d of them was found on the picture of the page.",
            "%(count)d of them were found on the picture of the page.",
            count,
        )
        messages.info(request, words % {"count": count})
    return proof_url(proof) if count else ""
