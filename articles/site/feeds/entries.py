"""Public copies as the entries of a feed."""

from collections.abc import Mapping, Sequence

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from articles.models import PublishedArticle
from articles.site.chrome import Paper
from articles.site.feeds.content import Entry, Person
from articles.site.pictures import Figure, library_for
from articles.site.stories import Draw, StoryView, from_copy
from media_library.pictures import Picture

# In a tag URI a year in which the site had its name; never the story's own, which a story that goes out early changes.
TAG_YEAR = 2026


def tag(request: HttpRequest, paper: Paper, key: str = "") -> str:
    """A tag URI (RFC 4151) of something of a paper: nothing in it can change but the site's name."""
    host = request.get_host().partition(":")[0]
    return f"tag:{host},{TAG_YEAR}:{paper.slug}" + (f"/{key}" if key else "")


def entries(request: HttpRequest, paper: Paper, copies: Sequence[PublishedArticle]) -> tuple[Entry, ...]:
    """The entry of each copy, in this order. One query, for all the photos."""
    absolute = request.build_absolute_uri
    library = library_for(copies)

    def drawn(figure: Figure, /, *, early: bool = False) -> str:
        return render_to_string(
            "site/_feed_figure.html", {"figure": figure, "src": absolute(figure.picture.src)}
        )

    return tuple(_entry(request, paper, copy, library, drawn) for copy in copies)


def _entry(
    request: HttpRequest,
    paper: Paper,
    copy: PublishedArticle,
    library: Mapping[int, Picture],
    drawn: Draw,
) -> Entry:
    absolute = request.build_absolute_uri
    story = from_copy(copy, paper, library, draw=drawn)
    content = {"story": story, "above": [drawn(figure) for figure in story.above]}
    return Entry(
        id=tag(request, paper, f"story/{copy.article_id}"),
        url=absolute(reverse("site:story", args=[paper.slug, copy.article_id])),
        title=story.headline,
        summary=story.description,
        content=render_to_string("site/_feed_story.html", content).strip(),
        image=absolute(story.lead.picture.src) if story.lead else "",
        published=copy.first_published_at.astimezone(paper.zone),
        # Never before it was published, which the clock of another machine may have said.
        updated=max(copy.visible_from, copy.first_published_at).astimezone(paper.zone),
        authors=_authors(request, paper, story),
        tags=(story.section.name,) if story.section else (),
    )


def _authors(request: HttpRequest, paper: Paper, story: StoryView) -> tuple[Person, ...]:
    """Everybody who is named, each once."""
    found: dict[str, Person] = {}
    for credit in story.credits:
        for name in credit.names:
            url = reverse("site:reporter", args=[paper.slug, name.reporter]) if name.reporter else ""
            found.setdefault(name.name, Person(name.name, request.build_absolute_uri(url) if url else ""))
    return tuple(found.values())
