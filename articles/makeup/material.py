"""What a page is made of, as the make-up gets it: stories, pictures, adverts, and the page's own words. No Django."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from articles.makeup.wishes import NONE, Wishes

PieceKind = Literal["text", "subhead", "quote"]
Style = Literal["bold", "kai", "sub", "sup"]


@dataclass(frozen=True)
class Span:
    """A stretch of a piece's text that is set otherwise: [start, end)."""

    start: int
    end: int
    style: Style


@dataclass(frozen=True)
class Piece:
    """One paragraph or subhead of a body. `indent`: whether its first line begins two characters in."""

    kind: PieceKind
    text: str
    indent: bool = True
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Picture:
    """A photo of a story. `width`, `height`: of the original in pixels; `focal`: what must stay in sight, as fractions.

    `file` is the original; the composer makes a print rendition of it.
    """

    key: str
    width: int
    height: int
    file: Path | None = None
    caption: str = ""
    credit: str = ""
    focal: tuple[float, float] = (0.5, 0.5)

    @property
    def ratio(self) -> float:
        """Height by width."""
        return self.height / self.width

    @property
    def legend(self) -> str:
        """What is printed below it."""
        return "　".join(filter(None, [self.caption, self.credit]))


@dataclass(frozen=True)
class Story:
    """A placed story. `rank`: its order by weight, from 1. `photo_story`: the picture is the story.

    `from_line`: where a story that jumped here goes on in its own line table; `continues_from` is that page's code.
    """

    key: str
    rank: int
    headline: str
    kicker: str = ""
    deck: str = ""
    byline: str = ""
    pieces: Sequence[Piece] = ()
    pictures: Sequence[Picture] = ()
    photo_story: bool = False
    brief: bool = False
    wishes: Wishes = NONE
    from_line: int = 0
    continues_from: str = ""


@dataclass(frozen=True)
class Item:
    """An advert or a notice of fixed size. `corner`: as `PageItem.corner`. `mark`: 广告, or nothing."""

    key: str
    title: str
    columns: int
    lines: int
    corner: str = "bottom_right"
    text: str = ""
    picture: Picture | None = None
    mark: str = ""
    filler: bool = False


@dataclass(frozen=True)
class Masthead:
    """The name block of the first page (报头). `facts`: its small lines. `picture`: instead of set type."""

    name: str
    date: str
    facts: Sequence[str] = ()
    picture: Picture | None = None


@dataclass(frozen=True)
class Folio:
    """The running head of the other pages (报眉): 04 · 民生 · date · name."""

    code: str
    label: str
    date: str
    name: str


@dataclass(frozen=True)
class PageBrief:
    """One page to be made up."""

    code: str
    title: str
    stories: Sequence[Story]
    masthead: Masthead | None = None
    folio: Folio | None = None
    items: Sequence[Item] = ()
    credits: str = ""
    house_notice: Item | None = None
    # Where a jump may go to: page codes with what they can take in lines, the nearest first.
    jump_targets: Mapping[str, int] = field(default_factory=dict)
