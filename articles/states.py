"""States are data: what there is, and which verb is allowed in which of them. No queries here.

A story has two axes. The desk `Status` says how far the working copy is; the `PublicState` is derived from the
frozen copies the public sees. A verb is allowed for pairs of both.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from itertools import product

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Status(TextChoices):
    """How far the working copy of a story is. `published`: the working copy is what is public."""

    DRAFT = "draft", _("Draft")
    REVIEW = "review", _("In review")
    APPROVED = "approved", _("Approved")
    PUBLISHED = "published", _("Published")
    SPIKED = "spiked", _("Spiked")


class PublicState(TextChoices):
    """What the public has of a story. LIVE_SCHEDULED: one version is live and a later one is scheduled."""

    NONE = "none", _("Not public")
    SCHEDULED = "scheduled", _("Scheduled")
    LIVE = "live", _("Live")
    LIVE_SCHEDULED = "live_scheduled", _("Live, next version scheduled")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class IssueStatus(TextChoices):
    """How far an issue is. `held`: it was scheduled, its copies are taken back, its time is remembered."""

    PLANNING = "planning", _("Planning")
    SCHEDULED = "scheduled", _("Scheduled")
    HELD = "held", _("Held")
    PUBLISHED = "published", _("Published")


class Verb(StrEnum):
    """All that can be done to a story, an issue or a page."""

    EDIT = "edit"
    SUBMIT = "submit"
    APPROVE = "approve"
    SEND_BACK = "send_back"
    RECALL = "recall"
    SPIKE = "spike"
    UNSPIKE = "unspike"
    PULL = "pull"
    REVISE = "revise"
    CORRECT = "correct"
    PUBLISH_ARTICLE = "publish_article"
    WITHDRAW = "withdraw"
    REVIEW_AFTERWARDS = "review_afterwards"
    PLACE = "place"
    UNPLACE = "unplace"
    MOVE = "move"
    SIGN_OFF_PAGE = "sign_off_page"
    SCHEDULE_ISSUE = "schedule_issue"
    UNSCHEDULE_ISSUE = "unschedule_issue"
    HOLD_ISSUE = "hold_issue"
    RELEASE_ISSUE = "release_issue"
    REPLACE_PAGE = "replace_page"
    UPLOAD_PDF = "upload_pdf"
    EDIT_AREAS = "edit_areas"
    MAKE_UP = "make_up"
    CHOOSE_PROOF = "choose_proof"
    STEER = "steer"
    KEEP_ITEM = "keep_item"
    REMOVE_ITEM = "remove_item"


VERB_LABELS = {
    Verb.EDIT: _("Edit"),
    Verb.SUBMIT: _("Submit for review"),
    Verb.APPROVE: _("Approve"),
    Verb.SEND_BACK: _("Send back"),
    Verb.RECALL: _("Take back from review"),
    Verb.SPIKE: _("Spike"),
    Verb.UNSPIKE: _("Take off the spike"),
    Verb.PULL: _("Pull from the schedule"),
    Verb.REVISE: _("Revise"),
    Verb.CORRECT: _("Correct"),
    Verb.PUBLISH_ARTICLE: _("Publish"),
    Verb.WITHDRAW: _("Withdraw"),
    Verb.REVIEW_AFTERWARDS: _("Review afterwards"),
    Verb.PLACE: _("Place on a page"),
    Verb.UNPLACE: _("Take off the page"),
    Verb.MOVE: _("Move to another page"),
    Verb.SIGN_OFF_PAGE: _("Sign off"),
    Verb.SCHEDULE_ISSUE: _("Schedule"),
    Verb.UNSCHEDULE_ISSUE: _("Unschedule"),
    Verb.HOLD_ISSUE: _("Hold"),
    Verb.RELEASE_ISSUE: _("Release"),
    Verb.REPLACE_PAGE: _("Replace the page"),
    Verb.UPLOAD_PDF: _("Upload a PDF"),
    Verb.EDIT_AREAS: _("Work on the areas"),
    Verb.MAKE_UP: _("Make up"),
    Verb.CHOOSE_PROOF: _("Choose this proof"),
    Verb.STEER: _("Change a story's make-up"),
    Verb.KEEP_ITEM: _("Advert or notice"),
    Verb.REMOVE_ITEM: _("Remove the advert or notice"),
}

# No copy waits for its time: the working copy may change freely.
AT_REST = frozenset({PublicState.NONE, PublicState.LIVE, PublicState.WITHDRAWN})
WAITING = frozenset({PublicState.SCHEDULED, PublicState.LIVE_SCHEDULED})
SEEN = frozenset({PublicState.LIVE, PublicState.LIVE_SCHEDULED})
HIDDEN = frozenset({PublicState.NONE, PublicState.WITHDRAWN})
EVERY = frozenset(PublicState)


def _pairs(*rows: tuple[Status, frozenset[PublicState]]) -> frozenset[tuple[Status, PublicState]]:
    return frozenset(pair for status, public in rows for pair in product([status], public))


ARTICLE_TABLE: Mapping[Verb, frozenset[tuple[Status, PublicState]]] = {
    # Of an approved story an edit revokes the approval; of a scheduled one it is refused until pulled.
    Verb.EDIT: _pairs((Status.DRAFT, AT_REST), (Status.REVIEW, AT_REST), (Status.APPROVED, AT_REST)),
    Verb.SUBMIT: _pairs((Status.DRAFT, AT_REST)),
    Verb.APPROVE: _pairs((Status.REVIEW, AT_REST)),
    Verb.SEND_BACK: _pairs((Status.REVIEW, AT_REST), (Status.APPROVED, AT_REST)),
    Verb.RECALL: _pairs((Status.REVIEW, AT_REST)),
    Verb.SPIKE: _pairs((Status.DRAFT, HIDDEN), (Status.REVIEW, HIDDEN), (Status.APPROVED, HIDDEN)),
    Verb.UNSPIKE: _pairs((Status.SPIKED, HIDDEN)),
    # A published story waits too, where it stands unchanged in a scheduled issue.
    Verb.PULL: _pairs(
        (Status.APPROVED, WAITING), (Status.PUBLISHED, frozenset({PublicState.LIVE_SCHEDULED}))
    ),
    Verb.REVISE: _pairs((Status.PUBLISHED, frozenset({PublicState.LIVE}))),
    # A correction changes what is live now, whatever the working copy is at.
    Verb.CORRECT: _pairs(
        *((status, SEEN) for status in (Status.DRAFT, Status.REVIEW, Status.APPROVED, Status.PUBLISHED))
    ),
    Verb.PUBLISH_ARTICLE: _pairs((Status.APPROVED, EVERY)),
    Verb.WITHDRAW: _pairs(*((status, SEEN | WAITING) for status in Status if status != Status.SPIKED)),
    Verb.REVIEW_AFTERWARDS: _pairs(*((status, EVERY) for status in Status)),
    Verb.PLACE: _pairs(*((status, EVERY) for status in Status if status != Status.SPIKED)),
    Verb.UNPLACE: _pairs(*((status, EVERY) for status in Status)),
}

# Placing and signing off change a page, so they follow the state of its issue.
ISSUE_TABLE: Mapping[Verb, frozenset[IssueStatus]] = {
    Verb.PLACE: frozenset({IssueStatus.PLANNING, IssueStatus.HELD}),
    Verb.UNPLACE: frozenset({IssueStatus.PLANNING, IssueStatus.HELD}),
    Verb.MOVE: frozenset({IssueStatus.PLANNING, IssueStatus.HELD}),
    Verb.SIGN_OFF_PAGE: frozenset({IssueStatus.PLANNING, IssueStatus.HELD}),
    Verb.SCHEDULE_ISSUE: frozenset({IssueStatus.PLANNING}),
    Verb.UNSCHEDULE_ISSUE: frozenset({IssueStatus.SCHEDULED, IssueStatus.HELD}),
    Verb.HOLD_ISSUE: frozenset({IssueStatus.SCHEDULED}),
    Verb.RELEASE_ISSUE: frozenset({IssueStatus.HELD}),
    Verb.REPLACE_PAGE: frozenset({IssueStatus.SCHEDULED, IssueStatus.HELD, IssueStatus.PUBLISHED}),
    # A picture is got ready beside the one that readers see; which one they see follows the page.
    Verb.UPLOAD_PDF: frozenset(IssueStatus),
    Verb.EDIT_AREAS: frozenset(IssueStatus),
    Verb.MAKE_UP: frozenset({IssueStatus.PLANNING, IssueStatus.HELD}),
    Verb.CHOOSE_PROOF: frozenset({IssueStatus.PLANNING, IssueStatus.HELD}),
    Verb.STEER: frozenset({IssueStatus.PLANNING, IssueStatus.HELD}),
    Verb.KEEP_ITEM: frozenset({IssueStatus.PLANNING, IssueStatus.HELD}),
    Verb.REMOVE_ITEM: frozenset({IssueStatus.PLANNING, IssueStatus.HELD}),
}

# A story is part of what was scheduled or published in these states of its issue.
ON_ITS_WAY = frozenset({IssueStatus.SCHEDULED, IssueStatus.HELD})
OPEN = frozenset({IssueStatus.PLANNING, IssueStatus.SCHEDULED, IssueStatus.HELD})


def article_allows(verb: Verb, status: str, public: str) -> bool:
    """Whether the table lets `verb` happen to a story in this pair of states."""
    return (Status(status), PublicState(public)) in ARTICLE_TABLE[verb]


def issue_allows(verb: Verb, status: str) -> bool:
    """Whether the table lets `verb` happen to an issue (or a page of it) in this state."""
    return IssueStatus(status) in ISSUE_TABLE[verb]


def public_state(intervals: list[tuple[datetime, datetime | None]], now: datetime) -> PublicState:
    """Derive what the public has from the copies' intervals `(visible_from, visible_until)` at `now`.

    A copy whose interval has passed counts as once public. Copies with an empty interval (from = until) were
    closed before anybody saw them and count for nothing.
    """
    real = [(start, end) for start, end in intervals if end is None or start < end]
    live = any(start <= now and (end is None or now < end) for start, end in real)
    waiting = any(now < start for start, end in real)
    once = any(end is not None and end <= now for start, end in real)
    if live:
        return PublicState.LIVE_SCHEDULED if waiting else PublicState.LIVE
    if waiting:
        return PublicState.SCHEDULED
    return PublicState.WITHDRAWN if once else PublicState.NONE
