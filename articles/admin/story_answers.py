"""What a script is told about a save: the same as the page says, in pieces that can be put in place."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from articles.admin.base import status_of
from articles.admin.story_sheet import Sheet
from articles.exceptions import Refusal
from articles.models import Article

PANEL = "admin/articles/article/panel.html"
COMPARISON = "admin/articles/article/comparison.html"


def stays(request: HttpRequest, article: Article, sentence: str, frame: dict[str, Any]) -> JsonResponse:
    """Saved, and the person writes on: the version that the next save is based on, and what stands beside it."""
    about = {"version": article.version, "title": str(article), "panel": _panel(request, frame)}
    return JsonResponse({"said": sentence, **about})


def leaves(address: str) -> JsonResponse:
    """Done, and there is another page to go to; it says what was done."""
    return JsonResponse({"leave": address})


def not_saved(
    request: HttpRequest,
    sheet: Sheet,
    article: Article | None,
    *,
    refusal: Refusal | None = None,
    comparison: Any = (),
    kept: int | None = None,
    frame: dict[str, Any] | None = None,
) -> JsonResponse:
    """Why not, by the inputs concerned. 400: what was typed; 403 and 409: who, or when, or two at once.

    After a conflict `version` is what the next save goes over, and `comparison` shows both texts. `frame`: what stands
    beside the story now, where it is not what the person has before them.
    """
    said = str(refusal) if refusal else _("Nothing was saved yet: please look at the marked fields.")
    answer: dict[str, Any] = {"error": said, "fields": {} if refusal else sheet.mistakes()}
    if comparison:
        answer["version"] = article.version if article else 0
        answer["comparison"] = render_to_string(COMPARISON, {"comparison": comparison}, request)
    if frame:
        answer["panel"] = _panel(request, frame)
    if kept:
        answer["kept"] = kept
    return JsonResponse(answer, status=status_of(refusal) if refusal else 400)


def _panel(request: HttpRequest, frame: dict[str, Any]) -> str:
    return render_to_string(PANEL, frame, request)
