"""A page's picture and the editor of its areas."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.admin.area_forms import drawn_from
from articles.admin.base import DeskModelAdmin, person_of, refused, status_of, wants_json
from articles.admin.pages import board_url
from articles.admin.press_files import proof_url
from articles.admin.proof_sheet import Sheet, sheet_of
from articles.desk import areas
from articles.desk.press_proofs import choose_press_proof
from articles.exceptions import Outdated, Refusal
from articles.models import PageProof
from articles.permissions import Person, can, can_take_in, fetch_proof, issues_visible_to
from articles.press.proposing import propose_areas
from articles.states import Verb


@admin.register(PageProof)
class PageProofAdmin(DeskModelAdmin[PageProof]):
    """They have no list of their own: they stand at their page."""

    def may_open(self, person: Person) -> bool:
        return issues_visible_to(person).exists()

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(self.changelist_view), name="articles_pageproof_changelist"),
            path("<int:pk>/change/", wrap(self.proof_view), name="articles_pageproof_change"),
            path("<int:pk>/state/", wrap(self.state_view), name="articles_pageproof_state"),
            path("<int:pk>/do/<str:what>/", wrap(self.do_view), name="articles_pageproof_do"),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:articles_issue_changelist"))

    def proof_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        proof = self._proof(request, pk)
        issue = proof.page.issue
        context = {
            **self.admin_site.each_context(request),
            "title": f"{proof.page} · {issue}",
            "opts": issue._meta,
            "issue": issue,
            "board": board_url(issue.pk, proof.page_id),
            "sheet": self._sheet(request, proof),
        }
        return render(request, "admin/articles/press/proof.html", context)

    def state_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What the page's script asks until the picture is there."""
        proof = self._proof(request, pk)
        waits = proof.state in (PageProof.State.WAITING, PageProof.State.WORKING)
        return JsonResponse({"state": proof.state, "waits": waits})

    def do_view(self, request: HttpRequest, pk: int, what: str) -> HttpResponse:
        """POST: one verb on the areas. For the script JSON with the areas as they are now; else back to the page."""
        proof = self._proof(request, pk)
        if what not in DOINGS:
            raise Http404(_("There is nothing here for you."))
        if request.method != "POST":
            return HttpResponseRedirect(proof_url(proof))
        try:
            said, focus = DOINGS[what](request, proof)
        except Refusal as refusal:
            return self._refused(request, proof, refusal)
        except ValidationError as error:
            return self._answer(request, proof, " ".join(error.messages), status=400)
        return self._answer(request, proof, said, focus=focus)

    def _refused(self, request: HttpRequest, proof: PageProof, refusal: Refusal) -> HttpResponse:
        if not wants_json(request) and not isinstance(refusal, Outdated):
            return refused(request, refusal, back=proof_url(proof))
        return self._answer(request, proof, str(refusal), status=status_of(refusal))

    def _answer(
        self, request: HttpRequest, proof: PageProof, said: str, *, status: int = 200, focus: int = 0
    ) -> HttpResponse:
        if not wants_json(request):
            messages.add_message(request, messages.SUCCESS if status == 200 else messages.ERROR, said)
            return HttpResponseRedirect(f"{proof_url(proof)}#area-{focus}" if focus else proof_url(proof))
        proof = self._proof(request, proof.pk)
        sheet = self._sheet(request, proof)
        return JsonResponse(
            {
                "said": said,
                "focus": focus,
                "areas": sheet.shapes,
                "list": render_to_string("admin/articles/press/_areas.html", {"sheet": sheet}, request),
            },
            status=status,
        )

    def _sheet(self, request: HttpRequest, proof: PageProof) -> Sheet:
        person = person_of(request)
        return sheet_of(
            proof,
            may_edit=can(Verb.EDIT_AREAS, person, proof.page),
            may_take_in=can_take_in(person, proof.page.issue.publication_id),
        )

    def _proof(self, request: HttpRequest, pk: int) -> PageProof:
        try:
            return fetch_proof(person_of(request), pk)
        except PageProof.DoesNotExist:
            raise Http404(_("There is nothing here for you.")) from None


# --- what may be done: each gives the sentence that says so, and the area it was about -----------------------------


def _draw(request: HttpRequest, proof: PageProof) -> tuple[str, int]:
    area = areas.draw_area(request.user, proof.pk, drawn_from(request.POST))
    return _("Drawn. Say which story it is, then confirm it."), area.pk


def _change(request: HttpRequest, proof: PageProof) -> tuple[str, int]:
    pk = _number(request, "area")
    areas.change_area(request.user, proof.pk, pk, drawn_from(request.POST), seen=_seen(request))
    return _("Saved."), pk


def _delete(request: HttpRequest, proof: PageProof) -> tuple[str, int]:
    areas.delete_area(request.user, proof.pk, _number(request, "area"), seen=_seen(request))
    return _("Deleted."), 0


def _confirm(request: HttpRequest, proof: PageProof) -> tuple[str, int]:
    pk = _number(request, "area")
    areas.confirm_area(request.user, proof.pk, pk, seen=_seen(request))
    return _("Confirmed."), pk


def _confirm_all(request: HttpRequest, proof: PageProof) -> tuple[str, int]:
    pairs = (value.partition(":") for value in request.POST.getlist("seen")[: areas.MOST_AREAS])
    seen = {int(key): mark for key, _colon, mark in pairs if key.isdecimal() and len(key) < 19}
    count = len(areas.confirm_all(request.user, proof.pk, seen=seen))
    return ngettext("%(count)d area was confirmed.", "%(count)d areas were confirmed.", count) % {
        "count": count
    }, 0


def _propose(request: HttpRequest, proof: PageProof) -> tuple[str, int]:
    count = len(propose_areas(request.user, proof.pk))
    if not count:
        return _("No other story of the page was found in the text of the picture."), 0
    return ngettext("%(count)d area was found.", "%(count)d areas were found.", count) % {"count": count}, 0


def _choose(request: HttpRequest, proof: PageProof) -> tuple[str, int]:
    choose_press_proof(request.user, proof.pk, seen=_seen(request))
    return _("This is the page's picture now."), 0


def _absent(request: HttpRequest, proof: PageProof) -> tuple[str, int]:
    absent = request.POST.get("absent") == "1"
    areas.mark_absent(request.user, proof.pk, _number(request, "article"), absent=absent)
    return (_("Marked as not on the picture.") if absent else _("The mark was taken off.")), 0


def _number(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "")
    if not text.isdecimal() or len(text) > 18:
        raise PermissionDenied
    return int(text)


def _seen(request: HttpRequest) -> str | None:
    return request.POST.get("seen") or None


DOINGS = {
    "draw": _draw,
    "change": _change,
    "delete": _delete,
    "confirm": _confirm,
    "confirm_all": _confirm_all,
    "propose": _propose,
    "choose": _choose,
    "absent": _absent,
}
