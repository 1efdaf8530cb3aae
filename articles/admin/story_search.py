"""Finding stories on the desk, by any piece of their text."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from articles.models import Article, DeskEntry
from articles.search import finding
from articles.search.question import Unanswerable, ask
from articles.search.wording import sentence


def narrowed(request: HttpRequest, stories: QuerySet[Article], words: str) -> QuerySet[Article]:
    """Those of `stories` (what the person may open, by the list's filters) in which all words stand. One query,
    two where there are many.

    Of more than ENOUGH hits no more are counted, and those filed last come first. What cannot be asked finds
    nothing, and the person is told why."""
    try:
        question = ask(words)
    except Unanswerable as why:
        messages.warning(request, sentence(why))
        return stories.none()
    if not question:
        return stories
    found = finding.newest(DeskEntry, question)
    if len(found) <= finding.ENOUGH:
        return stories.filter(pk__in=found)
    messages.info(
        request,
        _("More than %(count)d stories hold these words; those filed last come first. One more word helps.")
        % {"count": finding.ENOUGH},
    )
    # Those that the person may open need not be among the first of all.
    found = finding.newest(DeskEntry, question, within=stories.values("pk"), most=finding.ENOUGH)
    return stories.filter(pk__in=found).order_by("-pk")
