"""The board of a page's make-up (版样), and its parts for the script."""

import hashlib
import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.http import quote_etag
from django.utils.translation import gettext as _

from articles.admin.base import person_of
from articles.admin.history import happenings
from articles.admin.proof_board import Panel, ProofBoard, proof_board
from articles.admin.proof_forms import PROOF_VERBS, SteerForm
from articles.admin.verbs import VerbAdmin
from articles.models import Page
from articles.permissions import issues_visible_to
from articles.states import Verb

PARTS = ("head", "stage", "side", "proofs", "items", "track")


def makeup_url(page_id: int) -> str:
    return reverse("admin:articles_page_makeup", args=[page_id])


class ProofScreens(VerbAdmin[Page]):
    """Mix into the admin of pages."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/makeup/", wrap(self.makeup_view), name="articles_page_makeup"),
            path("<int:pk>/makeup/state/", wrap(self.makeup_state_view), name="articles_page_makeup_state"),
        ]

    def makeup_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        page = self._page(request, pk)
        context = {
            **self.admin_site.each_context(request),
            **self._context(request, page),
            "title": _("Make-up of page %(page)s") % {"page": page},
            "opts": self.opts,
        }
        with timezone.override(page.issue.publication.zone):
            return render(request, "admin/articles/page/makeup.html", context)

    def makeup_state_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The parts as JSON, with an ETag: unchanged, the answer is 304 and empty. Their forms carry no CSRF token."""
        page = self._page(request, pk)
        context = self._context(request, page)
        board: ProofBoard = context["board"]
        with timezone.override(page.issue.publication.zone):
            parts = {name: render_to_string(f"admin/articles/page/_{name}.html", context) for name in PARTS}
        newest = board.newest
        state = {
            "parts": parts,
            "busy": board.busy,
            "newest": newest.number if newest is not None else 0,
            "made": newest.state if newest is not None else "",
        }
        answer = JsonResponse(state)
        answer.headers["ETag"] = quote_etag(
            hashlib.sha256(json.dumps(state, sort_keys=True).encode()).hexdigest()[:32]
        )
        return answer

    def _context(self, request: HttpRequest, page: Page) -> dict[str, Any]:
        board = proof_board(person_of(request), page, request.now)  # type: ignore[attr-defined]
        board.page.standing = sum(panel.placement is not None for panel in board.panels)  # type: ignore[attr-defined]
        panels = [(panel, self._form(request, board, panel)) for panel in board.panels]
        urls = {
            verb.value: reverse("admin:articles_page_verb", args=[page.pk, verb.value])
            for verb in (*PROOF_VERBS, Verb.SIGN_OFF_PAGE)
        }
        return {
            "board": board,
            "page": board.page,
            "issue": board.issue,
            "panels": panels,
            "urls": urls,
            "board_url": f"{reverse('admin:articles_issue_change', args=[page.issue_id])}#page-{page.pk}",
            "happenings": happenings(page.events.all(), 20, name_stories=True),
        }

    def _form(self, request: HttpRequest, board: ProofBoard, panel: Panel) -> SteerForm | None:
        if panel.placement is None or not board.may_make_up or not board.set_up:
            return None
        return SteerForm(
            thing=board.page, request=request, placement=panel.placement, auto_id=f"id_{panel.key}_%s"
        )

    def _page(self, request: HttpRequest, pk: int) -> Page:
        visible = issues_visible_to(person_of(request))
        page = (
            Page.objects.select_related("issue__publication__page_format")
            .filter(pk=pk, issue__in=visible)
            .first()
        )
        if page is None:
            raise Http404(_("There is nothing here for you."))
        return page
