"""The Atom feed of a paper."""

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from articles.models import PublishedArticle
from articles.site.answers import kept, next_change, now_of, public
from articles.site.chrome import Paper
from articles.site.excerpts import excerpt
from articles.site.teasers import listed

ENTRIES = 40
# In a tag URI a year in which the site had its name; never the story's own, which a story that goes out early changes.
TAG_YEAR = 2026
# What XML 1.0 cannot hold; one such character would make the whole feed unreadable.
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@public
def feed(request: HttpRequest, paper: Paper) -> HttpResponse:
    """The newest stories. `updated` is when the version that is public now became so: readers' programs show a
    corrected story anew, and its id stays."""
    now = now_of(request)
    home = request.build_absolute_uri(reverse("site:front", args=[paper.slug]))
    atom = Atom1Feed(
        title=paper.name,
        link=home,
        description="",
        language=settings.LANGUAGE_CODE,
        author_name=paper.name,
        feed_url=request.build_absolute_uri(reverse("site:feed", args=[paper.slug])),
        feed_guid=home,
    )
    for copy in listed(paper, now)[:ENTRIES]:
        section = paper.section(copy.section_id)
        atom.add_item(
            title=_text(copy.headline),
            link=request.build_absolute_uri(reverse("site:story", args=[paper.slug, copy.article_id])),
            # The element is of type html.
            description=escape(_text(copy.summary or excerpt(copy.opening))),  # type: ignore[attr-defined]
            unique_id=_tag(request, paper, copy),
            author_name=_text(" ".join(row["name"] for row in copy.bylines)) or None,
            pubdate=copy.first_published_at.astimezone(paper.zone),
            updateddate=copy.visible_from.astimezone(paper.zone),
            categories=[_text(section.name)] if section else [],
        )
    response = HttpResponse(atom.writeString("utf-8"), content_type=atom.content_type)
    return kept(response, now, next_change(paper, now))


def _tag(request: HttpRequest, paper: Paper, copy: PublishedArticle) -> str:
    """A tag URI (RFC 4151), the same for every version of a story: nothing in it can change but the site's name."""
    host = request.get_host().partition(":")[0]
    return f"tag:{host},{TAG_YEAR}:{paper.slug}/story/{copy.article_id}"


def _text(value: str) -> str:
    return _NOT_XML.sub("", value)
