"""A draft becomes a story: fields, blocks, joins, spans, notes, kind. Pure."""

import re
from collections.abc import Iterator
from itertools import pairwise

from articles.intake.bylines import PHOTO_ROLES
from articles.intake.characters import MARKS, is_latin_or_digit, visible_length
from articles.intake.headlines import Heads, headline_text, read_heads
from articles.intake.labels import Item, Part
from articles.intake.lines import Line, has_broken_characters
from articles.intake.model import Block, BlockType, Byline, Join, Kind, Reason, Span, Story
from articles.intake.notes import Doubt, Note, note
from articles.intake.punctuation import restore_mapped
from articles.intake.story_draft import Draft

Piece = tuple[int, str]  # offset in the page, raw text


def compose(draft: Draft) -> Story:
    """The story of a draft. Every visible character of its lines lies in exactly one span."""
    heads = read_heads(draft.heads) if draft.heads else Heads()
    notes = [*draft.notes, *heads.notes]
    bylines: list[Byline] = []
    for credit in draft.credits:
        bylines.extend(credit.bylines)
        notes.extend(credit.notes)
    body = _Body(draft, heads, notes, bylines)
    blocks = tuple(body.blocks())
    story_bylines = tuple(sorted(bylines, key=lambda byline: byline.span))
    kind = _kind(draft, blocks, story_bylines, body.agency)
    if not heads.headline:
        notes.insert(0, note(Doubt.WIRE_ALONE if kind is Kind.WIRE else Doubt.NO_HEADLINE))
    if not blocks:
        notes.append(note(Doubt.NO_BODY))
    if any(has_broken_characters(line.raw) for line in _lines(draft)):
        notes.append(note(Doubt.INVISIBLE))
    return Story(
        kind=kind,
        kicker=heads.kicker,
        headline=heads.headline,
        deck=heads.deck,
        dateline=body.dateline,
        bylines=story_bylines,
        blocks=blocks,
        notes=tuple(dict.fromkeys(notes)),
        spans=heads.spans,
    )


def _lines(draft: Draft) -> Iterator[Line]:
    yield from draft.heads
    for item in draft.body:
        yield from item.lines


class _Body:
    """Reads the body's items in order, taking dateline, inline headline and closing credits out of the text."""

    def __init__(self, draft: Draft, heads: Heads, notes: list[Note], bylines: list[Byline]) -> None:
        self.draft, self.heads, self.notes, self.bylines = draft, heads, notes, bylines
        self.dateline = ""
        self.agency = False
        paragraphs = draft.paragraphs
        self.opening = draft.body[0] if draft.body and draft.body[0].part is Part.PARAGRAPH else None
        self.closing = paragraphs[-1] if paragraphs else None

    def blocks(self) -> Iterator[Block]:
        for item in self.draft.body:
            self.notes.extend(item.notes)
            if item.part is Part.HEAD:
                line = item.first
                yield Block(BlockType.SUBHEAD, headline_text(line.raw), (line.start, line.end))
                continue
            block = self._paragraph(item)
            if block is not None:
                yield block

    def _paragraph(self, item: Item) -> Block | None:
        """The paragraph as a block; None if dateline, headline and credits were all of it."""
        pieces: list[Piece] = [(line.start, line.raw) for line in item.lines]
        if item is self.opening:
            pieces[0] = self._opened(item.first, pieces[0])
        pieces[-1] = self._closed(item, pieces[-1])
        joins = list(item.joins)
        if not pieces[0][1]:  # the dateline filled its line
            pieces, joins = pieces[1:], joins[1:]
        if not any(raw for _, raw in pieces):
            return None
        begin = pieces[0][0]
        if item is self.opening and self.draft.is_brief:
            # The ◆ before a brief is the page's, not the text's; it stays in the span.
            start, raw = pieces[0]
            bare = raw.lstrip(MARKS).lstrip()
            pieces[0] = (start + len(raw) - len(bare), bare) if bare else (start, raw)
        return self._block(begin, pieces, joins)

    def _block(self, begin: int, pieces: list[Piece], reasons: list[Reason]) -> Block:
        joined = pieces[0][1]
        places: list[int] = []
        for (_, left), (_, right) in pairwise(pieces):
            places.append(len(joined))
            joined += (" " if _is_phrase(left, right) else "") + right
        restored = restore_mapped(joined)
        joins: list[Join] = []
        for number, reason in enumerate(reasons):
            start, raw = pieces[number]
            joins.append(Join(reason, start + len(raw), restored.offset_of(places[number])))
            last, first = raw[-1:], pieces[number + 1][1][:1]
            if last.isalpha() and first.isalpha() and is_latin_or_digit(last) and is_latin_or_digit(first):
                self.notes.append(note(Doubt.LATIN_JOIN, raw[-12:] + pieces[number + 1][1][:12]))
        span: Span = (begin, pieces[-1][0] + len(pieces[-1][1]))
        return Block(BlockType.PARAGRAPH, restored.text, span, tuple(joins))

    def _opened(self, line: Line, piece: Piece) -> Piece:
        """Take the inline headline, dateline and opening bylines off the first piece."""
        start, raw = piece
        if self.draft.inline_end and not self.draft.heads:
            head = raw[: self.draft.inline_end].rstrip()
            self.heads.put(
                "headline", head.rstrip("：:") if head[-1:] in "：:" else head, (start, start + len(head))
            )
            start, raw = start + self.draft.inline_end, raw[self.draft.inline_end :]
        dateline = line.dateline
        if dateline is None:
            return start, raw
        self.dateline, self.agency = dateline.text, dateline.agency
        if dateline.span is not None:
            self.heads.spans["dateline"] = dateline.span
        if dateline.credit is not None:
            self.bylines.extend(dateline.credit.bylines)
            self.notes.extend(dateline.credit.notes)
        rest = line.raw[dateline.end - line.start :].lstrip()
        return line.end - len(rest), rest

    def _closed(self, item: Item, piece: Piece) -> Piece:
        """Take a closing credit off the last piece of the story's last paragraph; note one elsewhere."""
        start, raw = piece
        found = item.last.tail
        if found is None:
            return piece
        place, credit = found
        kept = place - (start - item.last.start)
        if kept <= 0:
            return piece
        if item is not self.closing:
            self.notes.append(note(Doubt.CAPTION, raw[-30:]))
            return piece
        self.bylines.extend(credit.bylines)
        self.notes.extend(credit.notes)
        if not credit.photographic:
            self.notes.append(note(Doubt.BYLINE_BELOW, raw[kept:]))
        elif len(self.draft.paragraphs) > 1:
            self.notes.append(note(Doubt.CAPTION, raw[-30:]))
        return start, raw[:kept].rstrip()


_LATIN_END = re.compile(r"[A-Za-z]\s[A-Za-z]+$")
_LATIN_START = re.compile(r"[A-Za-z]+\s[A-Za-z]")


def _is_phrase(left: str, right: str) -> bool:
    """Whether Latin letters meet at a break and one side is a phrase of several words: Port of | Oran."""
    if not (left[-1:].isascii() and left[-1:].isalpha() and right[:1].isascii() and right[:1].isalpha()):
        return False
    return bool(_LATIN_END.search(left[-40:]) or _LATIN_START.match(right[:40]))


def _kind(draft: Draft, blocks: tuple[Block, ...], bylines: tuple[Byline, ...], agency: bool) -> Kind:
    paragraphs = [block for block in blocks if block.type is BlockType.PARAGRAPH]
    subheads = len(blocks) - len(paragraphs)
    if agency:
        return Kind.WIRE
    if draft.is_brief and len(paragraphs) <= 2 and not subheads:
        return Kind.BRIEF
    size = sum(visible_length(block.text[:500]) for block in paragraphs[:4])
    if (
        bylines
        and all(byline.role in PHOTO_ROLES for byline in bylines)
        and not subheads
        and len(paragraphs) <= 3
        and size <= 400
    ):
        return Kind.PHOTO
    has_dateline = any(item.first.dateline and item.first.dateline.text for item in draft.body[:1])
    if subheads >= 2 or (subheads == 1 and not has_dateline):
        return Kind.FEATURE
    return Kind.NEWS
