"""What an editor changes about a page as it was read: a mended break is a break again, a subhead is a paragraph, a
story begins here, or belongs to the one above. Pure.

Every change names its place by an offset into the raw text, so it means the same whenever that text is read, and the
spans of the result partition the text as before. A change that fits nowhere is passed over.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from enum import StrEnum

from articles.intake.bylines import PHOTO_ROLES
from articles.intake.model import Block, BlockType, Join, Kind, PageText, Reason, Story
from articles.intake.notes import Doubt, Note
from articles.intake.punctuation import restore

# A longer first block of a story that begins by hand is text; a shorter one is its headline.
LONGEST_HEADLINE = 60
HEADS = ("kicker", "headline", "deck")


class Change(StrEnum):
    """What is changed, and what its offset points at."""

    BREAK = "break"  # a join's `at`: two blocks again
    JOIN = "join"  # a block's end: it goes on in the next one
    SUBHEAD = "subhead"  # a block's start
    PARAGRAPH = "paragraph"  # a block's start
    STORY = "story"  # a block's start: a story of its own begins with it
    ABOVE = "above"  # a story's start: it belongs to the story above


Edit = tuple[Change, int]


def edited(page: PageText, edits: Collection[Edit]) -> PageText:
    """The page with these changes, each made once, whatever their order."""
    if not edits:
        return page
    wanted = frozenset(edits)
    broken = [_broken(story, wanted, page.text) for story in page.stories]
    stories = [
        _joined(part, wanted, page.text)
        for story in _raised(broken, wanted)
        for part in _split(story, wanted)
    ]
    return replace(page, stories=tuple(stories))


def start_of(story: Story) -> int:
    """Where a story's first character stands: its name among the stories of a text."""
    return min(span[0] for span in story.all_spans())


def can_join(block: Block, following: Block, text: str) -> bool:
    """Whether nothing but white space stands between two blocks."""
    return not text[block.span[1] : following.span[0]].strip()


def heads_in_one(story: Story, text: str) -> str:
    """Kicker, headline and deck as the one line they would be without the split; "" where there is none."""
    spans = [story.spans[name] for name in HEADS if name in story.spans]
    if len(spans) < 2:
        return ""
    raw = text[min(start for start, _ in spans) : max(end for _, end in spans)]
    return restore(" ".join(raw.split()))


def place_of(doubt: Note, story: Story) -> int | None:
    """The start of the block that a doubt speaks of; None where it is about the story or its heads."""
    if not doubt.about:
        return None
    about = doubt.about.removesuffix("…")
    for block in story.blocks:
        if doubt.code in (Doubt.SUBHEAD_OR_BREAK, Doubt.SUBHEAD_ALONE):
            found = block.type is BlockType.SUBHEAD and block.text.startswith(about)
        elif doubt.code in (Doubt.BREAK_OR_SUBHEAD, Doubt.OPEN_END, Doubt.LIST_OR_BRIEFS):
            found = block.type is BlockType.PARAGRAPH and about in block.text
        elif doubt.code is Doubt.QUOTE_OPEN:
            found = block.text.endswith(about)
        else:
            return None
        if found:
            return block.span[0]
    return None


# --- a break again -------------------------------------------------------------------------------------------------


def _broken(story: Story, edits: Collection[Edit], text: str) -> Story:
    blocks = [part for block in story.blocks for part in _pieces(block, edits, text)]
    return story if len(blocks) == len(story.blocks) else replace(story, blocks=tuple(blocks))


def _pieces(block: Block, edits: Collection[Edit], text: str) -> Iterator[Block]:
    cuts = [join for join in block.joins if (Change.BREAK, join.at) in edits]
    offset, start = 0, block.span[0]
    for number in range(len(cuts) + 1):
        last = number == len(cuts)
        stop, end = (len(block.text), block.span[1]) if last else (cuts[number].offset, cuts[number].at)
        piece = block.text[offset:stop]
        lead = len(piece) - len(piece.lstrip())
        yield replace(
            block,
            text=piece.strip(),
            span=(start, end),
            joins=tuple(
                replace(join, offset=join.offset - offset - lead)
                for join in block.joins
                if offset < join.offset < stop
            ),
        )
        if not last:
            offset, start = stop, end + len(text[end:]) - len(text[end:].lstrip())


# --- a story of its own, or of the one above ------------------------------------------------------------------------


def _raised(stories: Sequence[Story], edits: Collection[Edit]) -> Iterator[Story]:
    above: Story | None = None
    for story in stories:
        if above is not None and (Change.ABOVE, start_of(story)) in edits:
            above = _under(above, story)
            continue
        if above is not None:
            yield above
        above = story
    if above is not None:
        yield above


def _under(above: Story, story: Story) -> Story:
    """Both as one: the lower one's heads are subheads, its dateline a paragraph to be joined by hand."""
    lines = [
        Block(BlockType.PARAGRAPH if name == "dateline" else BlockType.SUBHEAD, getattr(story, name), span)
        for name, span in story.spans.items()
    ]
    blocks = tuple(sorted([*above.blocks, *lines, *story.blocks], key=lambda block: block.span))
    bylines = (*above.bylines, *story.bylines)
    settled = {Doubt.NO_HEADLINE, Doubt.WIRE_ALONE, Doubt.HEADLINE_ALONE, Doubt.NO_BODY}
    notes = (*above.notes, *(doubt for doubt in story.notes if doubt.code not in settled))
    whole = replace(above, blocks=blocks, bylines=bylines, notes=tuple(dict.fromkeys(notes)))
    return replace(whole, kind=_kind(whole))


def _split(story: Story, edits: Collection[Edit]) -> Iterator[Story]:
    for number, block in enumerate(story.blocks):
        if number and (Change.STORY, block.span[0]) in edits:
            break
    else:
        yield story
        return
    start = block.span[0]
    upper = replace(
        story,
        blocks=story.blocks[:number],
        bylines=tuple(byline for byline in story.bylines if byline.span[0] < start),
        notes=tuple(doubt for doubt in story.notes if (place_of(doubt, story) or 0) < start),
    )
    lower = Story(
        Kind.NEWS,
        blocks=story.blocks[number:],
        bylines=story.bylines[len(upper.bylines) :],
        notes=tuple(doubt for doubt in story.notes if (place_of(doubt, story) or 0) > start),
    )
    if _could_head(block):
        lower = replace(lower, headline=block.text, spans={"headline": block.span}, blocks=lower.blocks[1:])
    yield replace(upper, kind=_kind(upper))
    yield from _split(replace(lower, kind=_kind(lower)), edits)


def _could_head(block: Block) -> bool:
    short = len(block.text) <= LONGEST_HEADLINE and not block.joins
    return block.type is BlockType.SUBHEAD or (short and "。" not in block.text)


def _kind(story: Story) -> Kind:
    """What a story is after a change: a photo story by its credits, a feature by its subheads, else as it was."""
    subheads = sum(block.type is BlockType.SUBHEAD for block in story.blocks)
    if story.bylines and not subheads and all(byline.role in PHOTO_ROLES for byline in story.bylines):
        return Kind.PHOTO
    if subheads >= 2:
        return Kind.FEATURE
    return Kind.NEWS if story.kind in (Kind.PHOTO, Kind.FEATURE) else story.kind


# --- joins and sorts of blocks --------------------------------------------------------------------------------------


def _joined(story: Story, edits: Collection[Edit], text: str) -> Story:
    touched = {offset for _, offset in edits}
    blocks: list[Block] = []
    for block in story.blocks:
        before = blocks[-1] if blocks else None
        if before and (Change.JOIN, before.span[1]) in edits and can_join(before, block, text):
            blocks[-1] = _one(before, block)
        else:
            blocks.append(block)
    notes = tuple(doubt for doubt in story.notes if not _is_settled(doubt, story, touched))
    changed = replace(story, blocks=tuple(_sorted(block, edits) for block in blocks), notes=notes)
    same = [block.type for block in changed.blocks] == [block.type for block in story.blocks]
    return changed if same else replace(changed, kind=_kind(changed))


def _one(before: Block, block: Block) -> Block:
    length = len(before.text)
    joins = (
        *before.joins,
        Join(Reason.BY_HAND, before.span[1], length),
        *(replace(join, offset=join.offset + length) for join in block.joins),
    )
    return Block(BlockType.PARAGRAPH, before.text + block.text, (before.span[0], block.span[1]), joins)


def _sorted(block: Block, edits: Collection[Edit]) -> Block:
    if (Change.SUBHEAD, block.span[0]) in edits and not block.joins:
        return replace(block, type=BlockType.SUBHEAD)
    if (Change.PARAGRAPH, block.span[0]) in edits:
        return replace(block, type=BlockType.PARAGRAPH)
    return block


def _is_settled(doubt: Note, story: Story, touched: Iterable[int]) -> bool:
    """Whether the editor has decided what the doubt asks: a change was made at its block."""
    place = place_of(doubt, story)
    if place is None:
        return False
    ends = next(block.span for block in story.blocks if block.span[0] == place)
    return any(offset in ends for offset in touched)
