"""Which proof a page shows, and what keeps a page with a press proof from being signed off."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.desk.locks import issue_verb
from articles.exceptions import IllegalTransition, Outdated
from articles.models import HotArea, Page, PageProof, Placement, Publication
from articles.states import Verb


def choose_press_proof(
    user: Any, proof_id: int, *, seen: str | None = None, now: datetime | None = None
) -> PageProof:
    """Let the page show this proof: it is the picture of what stands on the page now, says who chooses it.

    A sign-off of the page becomes void. `seen`: the page's `content_digest` as the person saw it. Raises Outdated,
    IllegalTransition (a proof that is not ready, or was refused).
    """
    page_id, issue_id = _page_of(proof_id)
    with issue_verb(Verb.CHOOSE_PROOF, user, issue_id, now) as case:
        page = case.page(page_id)
        proof = PageProof.objects.select_for_update(of=("self",)).get(pk=proof_id)
        content = page.content_digest(case.pages[page])
        if seen is not None and seen != content:
            raise Outdated(
                _("Page %(page)s has changed since you looked at it. Look again, then choose.")
                % {"page": page}
            )
        if proof.state != PageProof.State.READY:
            raise IllegalTransition(
                _("This picture is not ready: it is “%(state)s”.") % {"state": proof.get_state_display()}
            )
        if proof.source == PageProof.Source.PRESS and proof.digest != content:
            # What a press page shows cannot be computed; a person has looked.
            proof.digest = content
            proof.save(update_fields=["digest"])
        page.proof = proof
        page.save(update_fields=["proof"])
        case.record(issue=case.issue, page=page, data={"proof": proof.number})
        return proof


def press_lacks(page: Page, placements: list[Placement]) -> list[str]:
    """Why a page of a paper with press PDFs may not be signed off: one sentence per obstacle (at most two queries)."""
    if page.issue.publication.printing != Publication.Printing.PRESS:
        return []
    proof = PageProof.objects.defer("layout").filter(pk=page.proof_id or 0).first()
    names = {"page": page}
    if proof is None:
        return [
            _("Page %(page)s has no picture yet. Upload the PDF of the press and choose it for the page.")
            % names
        ]
    if proof.state != PageProof.State.READY:
        return [_("The picture of page %(page)s is not ready. Wait for it, or upload the PDF again.") % names]
    if proof.source != PageProof.Source.PRESS:
        # A proof made up here has its own obstacles.
        return []
    if proof.digest != page.content_digest(placements):
        return [
            _(
                "What stands on page %(page)s was changed after its picture was chosen. Look at the picture: "
                "choose it again if it still shows the page, else upload a new PDF."
            )
            % names
        ]
    return areas_lack(proof, placements)


def areas_lack(proof: PageProof, placements: list[Placement]) -> list[str]:
    """What is still to be done to a proof's areas (one query)."""
    areas = list(proof.areas.values_list("kind", "article", "confirmed_at"))
    drawn = {article for kind, article, _at in areas if kind == HotArea.Kind.STORY and article is not None}
    reasons = [
        _("“%(story)s” has no area on the picture. Draw one, or mark the story as not on the picture.")
        % {"story": placement.article}
        for placement in placements
        if placement.article_id not in drawn | set(absent_from(proof))
    ]
    strangers = drawn - {placement.article_id for placement in placements}
    if strangers:
        reasons.append(_("An area belongs to a story that no longer stands on the page. Delete it."))
    open_ones = sum(at is None for _kind, _article, at in areas)
    if open_ones:
        reasons.append(
            ngettext(
                "%(count)d area is not confirmed. Confirm or delete it; only confirmed ones are published.",
                "%(count)d areas are not confirmed. Confirm or delete them; only confirmed ones are published.",
                open_ones,
            )
            % {"count": open_ones}
        )
    return reasons


def absent_from(proof: PageProof) -> list[int]:
    """The stories that somebody has marked as not on the picture."""
    return [int(key) for key in proof.report.get("absent", [])]


def _page_of(proof_id: int) -> tuple[int, int]:
    return PageProof.objects.values_list("page", "page__issue").get(pk=proof_id)
