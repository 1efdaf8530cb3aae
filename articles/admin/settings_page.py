"""The settings of every paper on one page, as they are now, with what keeps its desk from working."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.admin.printing import printed_as, printing_gaps
from articles.admin.staffing import gaps, roles_on
from articles.models import Publication
from articles.models.publication import Role


@dataclass(frozen=True)
class Holders:
    """Who has a role now, by name."""

    role: Any
    names: list[str]


@dataclass(frozen=True)
class StageLine:
    name: str
    role: Any
    names: list[str]


@dataclass(frozen=True)
class PaperCard:
    """One paper. `patterns`: where the pages of each weekday are kept, empty where there is no such screen."""

    paper: Publication
    url: str
    facts: list[tuple[Any, str]]
    sections: list[Any]
    stages: list[StageLine]
    holders: list[Holders]
    gaps: list[str]
    patterns: str


def settings_page(request: HttpRequest) -> HttpResponse:
    """403 for whoever may not see the settings of papers."""
    if not request.user.has_perm("articles.view_publication"):
        raise PermissionDenied
    papers = Publication.objects.select_related("page_format").prefetch_related("sections", "stages")
    cards = [_card(paper, request) for paper in papers]
    context = {
        **admin.site.each_context(request),
        "title": _("Settings"),
        "cards": cards,
        "may_add": request.user.has_perm("articles.add_publication"),
    }
    return render(request, "admin/settings.html", context)


def _card(paper: Publication, request: HttpRequest) -> PaperCard:
    today = timezone.localdate(request.now, paper.zone)  # type: ignore[attr-defined]
    roles = roles_on(today, paper)
    names = ("cn_number", "sponsor", "publisher", "address", "time_zone")
    return PaperCard(
        paper=paper,
        url=reverse("admin:articles_publication_change", args=[paper.pk]),
        facts=[
            *((_called(name), getattr(paper, name)) for name in names),
            (_("printed pages"), printed_as(paper)),
        ],
        sections=list(paper.sections.all()),
        stages=[
            StageLine(stage.name, Role(stage.role).label, roles.get(stage.role, []))
            for stage in paper.stages.all()
        ],
        holders=[Holders(role.label, roles.get(role.value, [])) for role in Role],
        gaps=[*gaps(paper, today), *printing_gaps(paper)],
        patterns=_patterns(paper),
    )


def _called(name: str) -> Any:
    return Publication._meta.get_field(name).verbose_name  # type: ignore[union-attr]


def _patterns(paper: Publication) -> str:
    try:
        return f"{reverse('admin:articles_pagepattern_changelist')}?paper={paper.pk}"
    except NoReverseMatch:
        return ""
