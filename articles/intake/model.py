"""What the parser hands out: frozen, without any knowledge of the database.

Spans are half-open `(start, end)` offsets into the raw text exactly as it was given. All spans of a page (`Story.
all_spans()` of every story, and the remainder) partition its visible text: every character that is not white space
lies in exactly one of them. Marks such as ■, brackets around a byline and white space inside a field lie in the
field's span; the white space of a mended break lies in its block's span.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from articles.intake.notes import Note, gettext_noop

Span = tuple[int, int]


class Kind(StrEnum):
    """Values equal `Article.Kind`."""

    NEWS = "news"
    PHOTO = "photo"
    FEATURE = "feature"
    BRIEF = "brief"
    WIRE = "wire"


class BlockType(StrEnum):
    PARAGRAPH = "paragraph"
    SUBHEAD = "subhead"


class Reason(StrEnum):
    """Why two lines were joined. The values are English message ids: translate them where they are shown."""

    UNBALANCED = gettext_noop("a quote or bracket is still open")
    COMMA = gettext_noop("ends in a mark after which a sentence goes on")
    CLOSING = gettext_noop("the next line starts with what cannot start one")
    PARTICLE = gettext_noop("ends in a particle or function word")
    NUMBER = gettext_noop("a number spans the break")
    WORD = gettext_noop("a word spans the break")
    POST_TITLE = gettext_noop("ends in a post before a name")
    NO_END = gettext_noop("a paragraph without end punctuation")
    BY_HAND = gettext_noop("by hand")


class Why(StrEnum):
    """Why a piece of text belongs to no story. English message ids, as `Reason`."""

    CREDITS = gettext_noop("page credits")
    FOLIO = gettext_noop("masthead, date or page number")
    JUMP = gettext_noop("jump line")
    RUBRIC = gettext_noop("heading over several short items")
    IMPRINT = gettext_noop("imprint")
    ADVERT = gettext_noop("advertisement")
    CONTACT = gettext_noop("how to reach the paper")
    RULE = gettext_noop("nothing but marks")
    INVISIBLE = gettext_noop("nothing but invisible characters")
    UNPLACED = gettext_noop("fits no story")


@dataclass(frozen=True, slots=True)
class Byline:
    """One name. `role` is "" (text) or one of 摄影 文 图 文/图 制图 视频 …; `title` is as printed, "" if none."""

    role: str
    title: str
    name: str
    span: Span

    def as_json(self) -> dict[str, str]:
        return {"role": self.role, "title": self.title, "name": self.name}


@dataclass(frozen=True, slots=True)
class Join:
    """A mended break. `at`: offset in the raw text where the first piece ends. `offset`: the same place in the
    block's text. Undoing a join cuts the block's text at `offset`."""

    reason: Reason
    at: int
    offset: int

    def as_json(self) -> dict[str, Any]:
        return {"reason": str(self.reason), "at": self.at, "offset": self.offset}


@dataclass(frozen=True, slots=True)
class Block:
    type: BlockType
    text: str
    span: Span
    joins: tuple[Join, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "type": str(self.type),
            "text": self.text,
            "span": list(self.span),
            "joins": [join.as_json() for join in self.joins],
        }


@dataclass(frozen=True, slots=True)
class Story:
    """One item of the page. Empty fields are ""; `spans` names only the fields that have text."""

    kind: Kind
    kicker: str = ""
    headline: str = ""
    deck: str = ""
    dateline: str = ""
    bylines: tuple[Byline, ...] = ()
    blocks: tuple[Block, ...] = ()
    notes: tuple[Note, ...] = ()
    spans: dict[str, Span] = field(default_factory=dict)

    def all_spans(self) -> Iterator[Span]:
        """Every span of the story, fields, bylines and blocks, in no order."""
        yield from self.spans.values()
        for byline in self.bylines:
            yield byline.span
        for block in self.blocks:
            yield block.span

    def as_json(self) -> dict[str, Any]:
        spans: dict[str, Any] = {name: list(span) for name, span in self.spans.items()}
        spans["bylines"] = [list(byline.span) for byline in self.bylines]
        return {
            "kind": str(self.kind),
            "kicker": self.kicker,
            "headline": self.headline,
            "deck": self.deck,
            "dateline": self.dateline,
            "bylines": [byline.as_json() for byline in self.bylines],
            "blocks": [block.as_json() for block in self.blocks],
            "notes": [str(note) for note in self.notes],
            "spans": spans,
        }


@dataclass(frozen=True, slots=True)
class Remainder:
    """Text that belongs to no story; nothing is dropped."""

    span: Span
    text: str
    why: Why

    def as_json(self) -> dict[str, Any]:
        return {"span": list(self.span), "text": self.text, "why": str(self.why)}


@dataclass(frozen=True, slots=True)
class PageText:
    """The stories of a page in their order, what fits none of them, and the raw text that all spans point into."""

    stories: tuple[Story, ...] = ()
    remainder: tuple[Remainder, ...] = ()
    text: str = field(default="", repr=False)

    def as_json(self) -> dict[str, Any]:
        return {
            "stories": [story.as_json() for story in self.stories],
            "remainder": [piece.as_json() for piece in self.remainder],
        }
