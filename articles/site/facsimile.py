"""The picture of a printed page (版面图) with its areas (热区), as pages of the site show it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.files.storage import default_storage
from django.http import HttpRequest
from django.utils.translation import gettext as _

from articles.models import HotArea, PublishedIssue, PublishedPage, page_name
from articles.site.head import Share
from articles.site.issues import IssueName
from articles.site.pictures import Figure, figure_of


@dataclass(frozen=True)
class Area:
    """A story, an advert or a notice on the picture. `href` is "" for what leads nowhere; `points` are its corners in
    pixels of the picture's `width` and `height`, as SVG wants them and, with `coords`, as a map does."""

    kind: str
    article_id: int | None
    title: str
    href: str
    points: str
    marked: bool = False

    @property
    def coords(self) -> str:
        return self.points.replace(" ", ",")


@dataclass(frozen=True)
class Facsimile:
    """A page's picture. `figure` is for the templates that show photos; `pdf` is "" where the page has none."""

    figure: Figure
    areas: tuple[Area, ...]
    pdf: str

    @property
    def width(self) -> int:
        return self.figure.picture.width

    @property
    def height(self) -> int:
        return self.figure.picture.height

    @property
    def large(self) -> str:
        """The address of the largest picture everything can show."""
        largest = self.figure.picture.largest
        return largest.url if largest else self.figure.picture.src

    @property
    def srcset(self) -> str:
        """The files of the best format."""
        picture = self.figure.picture
        return picture.sources[0].srcset if picture.sources else picture.srcset


def facsimile_of(page: PublishedPage, issue: IssueName, *, marked: int | None = None) -> Facsimile | None:
    """The picture of a public page; None where it has none or is withheld. `marked`: the story one is reading."""
    figure = figure_of(page.images, page_name(page.code, page.label), withheld=page.withheld_at is not None)
    if figure is None:
        return None
    size = figure.picture.width, figure.picture.height
    return Facsimile(
        figure,
        tuple(_areas(page.areas, issue, size, marked)),
        default_storage.url(page.pdf) if page.pdf else "",
    )


def issue_pdf(issue: PublishedIssue) -> str:
    """The address of the whole issue's PDF, "" where it has none."""
    return default_storage.url(issue.pdf) if issue.pdf else ""


def share_picture(request: HttpRequest, facsimile: Facsimile | None) -> Share | None:
    """The page as the picture of its link in a chat; None without one."""
    if facsimile is None:
        return None
    picture = facsimile.figure.picture
    return Share(request.build_absolute_uri(picture.src), picture.width, picture.height, facsimile.figure.alt)


def _areas(
    rows: Iterable[Mapping[str, Any]], issue: IssueName, size: tuple[int, int], marked: int | None
) -> Iterable[Area]:
    width, height = size
    for row in rows:
        kind, article = row["kind"], row["article"]
        label = (
            row["label"]
            if kind == HotArea.Kind.STORY
            else _titles()[kind] + (f"：{row['label']}" if row["label"] else "")
        )
        yield Area(
            kind,
            article,
            label,
            issue.story_url(article) if article else "",
            " ".join(f"{_within(x) * width:.0f},{_within(y) * height:.0f}" for x, y in row["polygon"]),
            marked=article is not None and article == marked,
        )


def _titles() -> dict[str, str]:
    return {HotArea.Kind.ADVERT: _("Advert"), HotArea.Kind.NOTICE: _("Notice")}


def _within(part: float) -> float:
    return min(max(float(part), 0.0), 1.0)
