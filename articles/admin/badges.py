"""One language for states: the same small badge in every list and on every page."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from articles.states import IssueStatus, PublicState, Status


def badge(kind: str, label: Any) -> SafeString:
    """A badge; `kind` is a value of Status, PublicState or IssueStatus and decides its colour."""
    return format_html('<span class="desk-badge desk-is-{}">{}</span>', kind, label)


def status_badge(value: str) -> SafeString:
    return badge(value, Status(value).label)


def public_badge(state: PublicState) -> SafeString:
    """What the public has of a story. Nothing public is the usual case and is not shouted."""
    return badge(state.value, state.label)


def issue_badge(value: str) -> SafeString:
    return badge(f"issue-{value}", IssueStatus(value).label)


def switch_badge(on: bool) -> SafeString:
    """Whether a person, a name or the like is in use."""
    return badge("on", _("In use")) if on else badge("off", _("Disabled"))
