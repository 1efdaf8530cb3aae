"""The board as a page and, for its script, as its parts: what has changed since is put in place of what was shown."""

import hashlib
import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.http import quote_etag

from articles.admin.badges import issue_badge
from articles.admin.base import person_of
from articles.admin.issue_board import Board, board_of, time_left
from articles.admin.issue_tray import Wanted
from articles.admin.times import paper_time
from articles.models import Issue
from articles.states import Verb


def board_context(request: HttpRequest, issue: Issue, buttons: list[Any]) -> dict[str, Any]:
    """What the templates of the board stand on, the parts as well as the whole."""
    now = request.now  # type: ignore[attr-defined]
    board = board_of(person_of(request), issue, now, Wanted.of(request.GET))
    return {
        "issue": issue,
        "board": board,
        "zone": issue.publication.zone,
        "now": now,
        "badge": issue_badge(issue.status),
        "comes_out": paper_time(issue.publish_at, issue.publication.zone),
        "left": time_left(issue, now),
        # An emergency stop is one press away, and asks for its reason in the same place.
        "buttons": [button for button in buttons if button.verb != Verb.HOLD_ISSUE],
        "hold_url": next((button.url for button in buttons if button.verb == Verb.HOLD_ISSUE), ""),
    }


def board_parts(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """The parts as JSON, with an ETag: while nothing has changed the answer to the next question is 304 and empty.

    The forms in them carry no CSRF token, which would be another one every time; the script puts its page's own in.
    """
    board: Board = context["board"]
    # Its clock runs in the browser; here it would make a new answer of every minute.
    given = {**context, "left": ""}

    def part(name: str, **more: Any) -> str:
        return render_to_string(f"admin/articles/issue/_{name}.html", {**given, **more})

    with timezone.override(context["zone"]):
        parts = {
            "order": [str(sheet.page.pk) for sheet in board.sheets],
            "places": board.may_place,
            "head": part("head"),
            "pages": {str(sheet.page.pk): part("page", sheet=sheet) for sheet in board.sheets},
            "tray": part("tray") if board.may_place else "",
            "track": part("track"),
            "last": _last(board),
        }
    answer = JsonResponse(parts)
    mark = hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
    answer.headers["ETag"] = quote_etag(mark[:32])
    return answer


def _last(board: Board) -> str:
    """The newest thing that happened, in a line: what a script tells of others' changes."""
    if not board.happenings:
        return ""
    latest = board.happenings[0]
    return f"{latest.who}: {latest.label} {latest.detail}".strip()
