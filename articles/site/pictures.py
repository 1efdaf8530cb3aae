"""Photos as the site prints them: files from the library, words from the story's own copy."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from media_library.pictures import File, Picture, compose, pictures_for


@dataclass(frozen=True)
class Figure:
    """One photo of a story. The words are those the story was signed off with: what somebody writes into the
    library later changes nothing that is public."""

    picture: Picture
    caption: str
    credit: str
    alt: str

    @property
    def tall(self) -> bool:
        return self.picture.height > self.picture.width

    @property
    def focus(self) -> str:
        """CSS classes that keep the focal point in sight where a box crops the photo. No inline style: the policy
        allows none."""
        picture = self.picture
        return f"fx{_step(picture.focal_x)} fy{_step(picture.focal_y)}"

    def html(self, *, early: bool = False) -> SafeString:
        """A `<figure>` for the middle of a story. `early`: readers see it at once, so it is not put off."""
        return render_to_string("site/_figure.html", {"figure": self, "early": early})


def _step(part: float) -> int:
    return round(part * 4) * 25


def figures(
    uses: Iterable[Mapping[str, Any]], library: Mapping[int, Picture], headline: str
) -> dict[int, Figure]:
    """`{photo id: Figure}` in the story's order, of those photos that have a file. `uses` as a copy's `photos`."""
    found = {}
    for use in uses:
        picture = library.get(use["photo"])
        if picture is not None and picture.ready:
            caption = use.get("caption", "")
            found[picture.photo_id] = Figure(
                picture, caption, use.get("credit", ""), use.get("alt", "") or caption or headline
            )
    return found


def library_for(stories: Iterable[Any], *, each: int | None = None) -> Mapping[int, Picture]:
    """The photos of these copies, `each` of a story at most. One query."""
    return pictures_for(use["photo"] for story in stories for use in story.photos[:each])


def figure_of(images: Iterable[Mapping[str, Any]], name: str, *, withheld: bool = False) -> Figure | None:
    """The picture of a printed page from its files (`PublishedPage.images`); None without any or withheld.
    `name` is what it shows: 第01版：要闻."""
    if withheld:
        return None
    files = [
        File(row["format"], row["width"], row["height"], default_storage.url(row["name"])) for row in images
    ]
    if not files:
        return None
    return Figure(compose(0, files), "", "", name)
