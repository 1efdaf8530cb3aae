"""What stands beside a story: its way through the stages, what happened, its revisions and its places."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from articles.admin.history import Happening, happenings
from articles.admin.people import name_of
from articles.desk.workflow import stages_of
from articles.models import Article, Correction, Placement, Review, Revision
from articles.states import WAITING, PublicState, Status

DONE, NOW, AHEAD = "done", "now", "ahead"


@dataclass(frozen=True)
class Step:
    """One step of the way: `state` is "done", "now" or "ahead". `who` has done it; `whose` says who is to do it."""

    name: str
    state: str
    who: str = ""
    at: datetime | None = None
    opinion: str = ""
    whose: str = ""


@dataclass(frozen=True)
class Panel:
    steps: list[Step]
    sent_back: Review | None
    happenings: list[Happening]
    revisions: list[Revision]
    placements: list[Placement]
    corrections: list[Correction]


def panel_of(article: Article, public: PublicState) -> Panel:
    """Everything beside a story (eight queries)."""
    reviews = list(
        article.reviews.filter(round=article.review_round)
        .select_related("stage", "reviewer", "revision")
        .order_by("created_at", "pk")
    )
    return Panel(
        steps=_steps(article, public, reviews),
        sent_back=_sent_back(article, reviews),
        happenings=happenings(article.events.all()),
        revisions=list(
            article.revisions.select_related("created_by").defer("snapshot").order_by("-number")[:40]
        ),
        placements=list(
            article.placements.select_related("page__issue").order_by("-page__issue__date", "page__position")
        ),
        corrections=list(article.corrections.select_related("created_by").order_by("-created_at", "-pk")),
    )


def _steps(article: Article, public: PublicState, reviews: list[Review]) -> list[Step]:
    """Filed, every stage, public. Approvals of an earlier round, or revoked ones, count for nothing here."""
    writing = article.status in (Status.DRAFT, Status.SPIKED)
    steps = [Step(_("Written"), NOW if writing else DONE, name_of(article.created_by), article.created_at)]
    given = (
        {} if writing else {row.stage_id: row for row in reviews if row.decision == Review.Decision.APPROVE}
    )
    for stage in stages_of(article.publication):
        row = given.get(stage.pk)
        if row is not None and article.stage_id != stage.pk:
            steps.append(Step(stage.name, DONE, name_of(row.reviewer), row.created_at, row.opinion))
        elif article.stage_id == stage.pk:
            steps.append(Step(stage.name, NOW, at=article.submitted_at, whose=stage.get_role_display()))
        elif article.status in (Status.APPROVED, Status.PUBLISHED):
            steps.append(Step(stage.name, DONE))
        else:
            steps.append(Step(stage.name, AHEAD, whose=stage.get_role_display()))
    state = DONE if article.status == Status.PUBLISHED else NOW if _next_is_out(article, public) else AHEAD
    # Out since when, or from when on.
    start = None
    if state == DONE or public in WAITING:
        when = "first_published_at" if state == DONE else "visible_from"
        start = article.copies.order_by("-visible_from").values_list(when, flat=True).first()
    steps.append(Step(str(PublicState.LIVE.label), state, at=start))
    return steps


def _next_is_out(article: Article, public: PublicState) -> bool:
    return article.status == Status.APPROVED or public in (PublicState.SCHEDULED, PublicState.LIVE_SCHEDULED)


def _sent_back(article: Article, reviews: list[Review]) -> Review | None:
    """The decision that made it a draft again, while it is one."""
    last = reviews[-1] if reviews else None
    if article.status == Status.DRAFT and last is not None and last.decision == Review.Decision.SEND_BACK:
        return last
    return None
