"""Finding stories on the desk, by any piece of their text."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from articles.models import Article, DeskEntry
from articles.search.finding import ENOUGH, hits, matching
from articles.search.question import Unanswerable, ask
from articles.search.wording import sentence


class CappedPaginator(Paginator):
    """Counts no further than ENOUGH what `narrowed` has found more of."""

    @cached_property
    def count(self) -> int:
        if getattr(self.object_list, "many_found", False):
            rows: Any = self.object_list
            return int(rows.order_by()[:ENOUGH].count())
        return int(super().count)


def narrowed(request: HttpRequest, stories: QuerySet[Article], words: str) -> QuerySet[Article]:
    """Those of `stories` (what the person may open, by the list's filters) in which all words stand. One query.

    Of more than ENOUGH hits no more are counted, and those filed last come first. What cannot be asked finds
    nothing, and the person is told why."""
    try:
        question = ask(words)
    except Unanswerable as why:
        messages.warning(request, sentence(why))
        return stories.none()
    if not question:
        return stories
    found = hits(DeskEntry.objects.all(), question, "pk")
    if found is not None:
        return stories.filter(pk__in=[pk for (pk,) in found])
    messages.info(
        request,
        _("More than %(count)d stories hold these words; those filed last come first. One more word helps.")
        % {"count": ENOUGH},
    )
    # In the one order in which an index hands them out (models.search).
    many: Any = matching(stories, question).order_by("-search_entry__article_id")
    many.many_found = True
    return many
