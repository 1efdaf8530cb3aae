"""Stories: the list, and the way to everything about one of them."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.admin.badges import public_badge, status_badge
from articles.admin.base import DeskModelAdmin, person_of
from articles.admin.names import names_view, new_name_view
from articles.admin.people import name_of
from articles.admin.queue import queue_page, stages_taken_by
from articles.admin.revisions import revision_page
from articles.admin.story_filters import KindFilter, MineFilter, SectionFilter, StatusFilter
from articles.admin.story_new import add_page
from articles.admin.story_page import address, story_or_404, story_page
from articles.admin.story_photos import library, send_photo
from articles.admin.story_preview import preview_new, preview_story
from articles.admin.story_search import narrowed
from articles.admin.story_verbs import STORY_VERBS
from articles.admin.verbs import VerbAdmin
from articles.desk.copies import annotated_state, public_state_of, with_public_state
from articles.models import Article, Byline
from articles.permissions import Person, can, can_see, can_write_for, fetch_article, visible_to
from articles.states import Verb, article_allows


@admin.register(Article)
class StoryAdmin(VerbAdmin[Article], DeskModelAdmin[Article]):
    """Lists what a person may open. Everything that changes a story goes through the desk's verbs."""

    verbs = STORY_VERBS
    list_display = ["headline", "section", "desk_status", "public", "stage", "authors", "updated_at"]
    list_filter = [StatusFilter, SectionFilter, KindFilter, MineFilter]
    list_select_related = ["section", "stage", "created_by"]
    # Django asks for some field to show its search box; `story_search` looks into all of a story's text.
    search_fields = ["headline"]
    search_help_text = _("Any piece of headline, text or byline; several words must all be there")
    add_label = _("Write a story")
    empty_list = _("No stories yet. Write the first one, or take in the text of a page.")

    # --- who ---

    def may_open(self, person: Person) -> bool:
        return bool(person.seats)

    def may_view(self, person: Person, thing: Article) -> bool:
        return can_see(person, thing)

    def may_add(self, person: Person) -> bool:
        return any(can_write_for(person, paper) for paper in person.publications)

    def may_change(self, person: Person, thing: Article) -> bool:
        return can(Verb.EDIT, person, thing)

    # --- the list ---

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        stories = visible_to(person_of(request), super().get_queryset(request))
        return stories.defer("body", "summary").prefetch_related(
            Prefetch("bylines", Byline.objects.select_related("reporter"))
        )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Article], search_term: str
    ) -> tuple[QuerySet[Article], bool]:
        return narrowed(request, queryset, search_term), False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        reviews = {"takes_a_stage": bool(stages_taken_by(person_of(request)))}
        response = super().changelist_view(request, {**reviews, **(extra_context or {})})
        if isinstance(response, TemplateResponse) and response.context_data and "cl" in response.context_data:
            # Only for the rows that are shown: asked before the sorting, it would be answered for every story.
            rows = response.context_data["cl"].result_list
            shown = Article.objects.filter(pk__in=[row.pk for row in rows]).only("pk").order_by()
            states = {story.pk: annotated_state(story) for story in with_public_state(shown, request.now)}  # type: ignore[attr-defined]
            for row in rows:
                row.public_state = states[row.pk]
        return response

    @admin.display(description=_("status"), ordering="status")
    def desk_status(self, story: Article) -> SafeString:
        return status_badge(story.status)

    @admin.display(description=_("public"))
    def public(self, story: Article) -> SafeString:
        return public_badge(story.public_state)  # type: ignore[attr-defined]

    @admin.display(description=_("authors"))
    def authors(self, story: Article) -> str:
        names = dict.fromkeys(byline.reporter.name for byline in story.bylines.all())
        return " ".join(names) or name_of(story.created_by)

    # --- one story ---

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("names/", wrap(names_view), name="articles_article_names"),
            path("names/new/", wrap(new_name_view), name="articles_article_new_name"),
            path("photos/", wrap(library), name="articles_article_library"),
            path("photos/send/", wrap(send_photo), name="articles_article_send_photo"),
            path("add/preview/", wrap(preview_new), name="articles_article_preview_new"),
            path("<int:pk>/preview/", wrap(preview_story), name="articles_article_preview"),
            path("review/", wrap(queue_page), name="articles_article_review"),
            path("<int:pk>/revision/<int:number>/", wrap(revision_page), name="articles_article_revision"),
            *super().get_urls(),
        ]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        return add_page(request)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        return story_page(request, _key(object_id), self.verb_buttons)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """The track stands beside the story; Django's own log of changes knows nothing of verbs."""
        return HttpResponseRedirect(address(story_or_404(request, _key(object_id))) + "#track")

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Nobody deletes a story: it is spiked, and everything of it is kept."""
        raise PermissionDenied

    # --- verbs ---

    def verb_thing(self, request: HttpRequest, pk: int) -> Article:
        return fetch_article(person_of(request), pk)

    def verb_in_season(self, request: HttpRequest, verb: Verb, thing: Article) -> bool:
        if verb == Verb.REVIEW_AFTERWARDS and not thing.owes_review:
            return False
        return article_allows(verb, thing.status, self._public_state(request, thing))

    def _public_state(self, request: HttpRequest, story: Article) -> str:
        # Asked once for a row of buttons, not once for each.
        known: dict[int, str] = request.__dict__.setdefault("_public_states", {})
        if story.pk not in known:
            known[story.pk] = public_state_of(story, request.now)  # type: ignore[attr-defined]
        return known[story.pk]


def _key(object_id: str) -> int:
    """The number in an address; 0, which no story has, for anything else."""
    return int(object_id) if object_id.isdecimal() and len(object_id) < 19 else 0
