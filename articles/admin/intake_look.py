"""What the intake screen shows of a page that was read: stories, blocks, doubts at their places, what may be changed
there, and the raw text in the colours of its stories."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from articles.admin.intake_forms import StoryForm
from articles.intake.drafts import compact, role_of
from articles.intake.edits import Change, Edit, can_join, place_of, start_of
from articles.intake.model import Block, BlockType, PageText, Reason, Span, Story
from articles.intake.model import Byline as PrintedByline
from articles.intake.notes import Doubt
from articles.intake.wording import note_text, reason_text
from articles.models import Byline

# A line that may be turned into a subhead is no longer than this.
LONGEST_SUBHEAD = 60
_AROUND = 12
_SPLIT = frozenset({Doubt.KICKER_SPLIT, Doubt.DECK_SPLIT, Doubt.KICKER_LINE, Doubt.DECK_LINE})


@dataclass(frozen=True)
class Offer:
    """A change that may be made: the value of its box, and its words."""

    value: str
    label: str


@dataclass(frozen=True)
class Piece:
    """Text up to a mended break, and the break after it: why, and the value of the box that undoes it. One joined by
    hand is undone by emptying the box of that change (`by_hand`)."""

    text: str
    reason: str = ""
    value: str = ""
    by_hand: bool = False


@dataclass(frozen=True)
class ReadBlock:
    start: int
    subhead: bool
    pieces: list[Piece]
    doubts: list[str]
    offers: list[Offer]


@dataclass(frozen=True)
class ReadName:
    """One name of a byline as printed; `known`: whether it is on the list."""

    words: str
    known: bool


@dataclass(frozen=True)
class ReadStory:
    """`start`: the story's name on the screen. `split`: why its heads are two or three, where that is a proposal."""

    start: int
    form: StoryForm
    story: Story
    kind: str
    names: list[ReadName]
    blocks: list[ReadBlock]
    notes: list[str]
    split: list[str]
    above: Offer | None


@dataclass(frozen=True)
class Rest:
    """Text that fits no story, and why."""

    text: str
    why: str


@dataclass(frozen=True)
class Made:
    """A change that was made: the value of its box, and what it did."""

    value: str
    words: str


@dataclass(frozen=True)
class Stretch:
    """A run of the raw text. `story`: whose it is (its start), None where nobody's; `sort`: head, byline, text, rest
    or blank; `number`: the story's, counted from 1."""

    text: str
    sort: str
    story: int | None = None
    number: int = 0


def read_story(
    story: Story,
    page: PageText,
    edits: Collection[Edit],
    known: Collection[str],
    form: StoryForm,
    *,
    first: bool,
) -> ReadStory:
    """A story as the screen shows it. `known`: the compact names that are on the list."""
    start = start_of(story)
    blocks = list(_blocks(story, page.text, edits))
    placed = {doubt for doubt in story.notes if place_of(doubt, story) is not None}
    rest = [doubt for doubt in story.notes if doubt not in placed]
    return ReadStory(
        start=start,
        form=form,
        story=story,
        kind=str(story.kind.value),
        names=[ReadName(_words(byline), compact(byline.name) in known) for byline in story.bylines],
        blocks=blocks,
        notes=[note_text(doubt) for doubt in rest if doubt.code not in _SPLIT],
        split=[note_text(doubt) for doubt in rest if doubt.code in _SPLIT],
        above=None if first else Offer(_value(Change.ABOVE, start), _("Belongs to the story above")),
    )


def _blocks(story: Story, text: str, edits: Collection[Edit]) -> Iterator[ReadBlock]:
    doubts: dict[int | None, list[str]] = {}
    for doubt in story.notes:
        doubts.setdefault(place_of(doubt, story), []).append(note_text(doubt))
    for number, block in enumerate(story.blocks):
        following = story.blocks[number + 1] if number + 1 < len(story.blocks) else None
        offers = [
            offer for offer in _offers(block, following, text, first=number == 0) if _edit(offer) not in edits
        ]
        start = block.span[0]
        yield ReadBlock(
            start, block.type is BlockType.SUBHEAD, list(_pieces(block)), doubts.get(start, []), offers
        )


def _offers(block: Block, following: Block | None, text: str, *, first: bool) -> Iterator[Offer]:
    start, end = block.span
    if block.type is BlockType.SUBHEAD:
        yield Offer(_value(Change.PARAGRAPH, start), _("No subhead: a paragraph"))
    elif len(block.text) <= LONGEST_SUBHEAD and not block.joins:
        yield Offer(_value(Change.SUBHEAD, start), _("A subhead"))
    if following is not None and can_join(block, following, text):
        yield Offer(_value(Change.JOIN, end), _("Goes on in the next one"))
    if not first:
        yield Offer(_value(Change.STORY, start), _("A story of its own begins here"))


def _pieces(block: Block) -> Iterator[Piece]:
    start = 0
    for join in block.joins:
        by_hand = join.reason is Reason.BY_HAND
        change = Change.JOIN if by_hand else Change.BREAK
        yield Piece(
            block.text[start : join.offset], reason_text(join.reason), _value(change, join.at), by_hand
        )
        start = join.offset
    yield Piece(block.text[start:])


def _words(byline: PrintedByline) -> str:
    """A byline as the page shows it; writing the text is what everybody does, so it is not said."""
    role = role_of(byline)
    label = "" if role == Byline.Role.TEXT else str(Byline.Role(role).label)
    return " ".join(part for part in (label, byline.title, byline.name) if part)


def _value(change: Change, offset: int) -> str:
    return f"{change.value}:{offset}"


def _edit(offer: Offer) -> Edit:
    name, _colon, offset = offer.value.partition(":")
    return Change(name), int(offset)


# --- what was changed ---------------------------------------------------------------------------------------------


def made_of(edits: Collection[Edit], read: PageText, page: PageText) -> list[Made]:
    """The changes that were made, in the order of the text; those that fit nowhere are left out."""
    fits = _places(read) | _places(page)
    words = {
        Change.BREAK: _("Cut again: %(text)s"),
        Change.JOIN: _("Joined: %(text)s"),
        Change.SUBHEAD: _("Made a subhead: %(text)s"),
        Change.PARAGRAPH: _("Made a paragraph: %(text)s"),
        Change.STORY: _("A story of its own: %(text)s"),
        Change.ABOVE: _("Put to the story above: %(text)s"),
    }
    return [
        Made(_value(change, offset), words[change] % {"text": _around(read.text, change, offset)})
        for change, offset in sorted(edits, key=lambda edit: edit[1])
        if (change, offset) in fits
    ]


def _places(page: PageText) -> set[Edit]:
    found: set[Edit] = set()
    for story in page.stories:
        found.add((Change.ABOVE, start_of(story)))
        for block in story.blocks:
            start, end = block.span
            found |= {(change, start) for change in (Change.SUBHEAD, Change.PARAGRAPH, Change.STORY)}
            found.add((Change.JOIN, end))
            for join in block.joins:
                found.add((Change.JOIN if join.reason is Reason.BY_HAND else Change.BREAK, join.at))
        # A headline that a change made of a block is its start still.
        found |= {(Change.STORY, span[0]) for span in story.spans.values()}
    return found


def _around(text: str, change: Change, offset: int) -> str:
    if change in (Change.BREAK, Change.JOIN):
        left, right = text[:offset][-_AROUND:], text[offset:].lstrip()[:_AROUND]
        return f"…{left.lstrip()}｜{right.rstrip()}…"
    line = text[offset : offset + 3 * _AROUND].split("\n", maxsplit=1)[0]
    return line if len(line) < 3 * _AROUND else line + "…"


# --- the raw text -------------------------------------------------------------------------------------------------


def stretches_of(page: PageText) -> list[Stretch]:
    """The raw text whole and in order, in runs that belong to one thing each."""
    runs: list[tuple[Span, str, int | None, int]] = []
    for number, story in enumerate(page.stories, start=1):
        start = start_of(story)
        for name, span in story.spans.items():
            runs.append((span, "byline" if name == "dateline" else "head", start, number))
        runs += [(byline.span, "byline", start, number) for byline in story.bylines]
        runs += [
            (block.span, "head" if block.type is BlockType.SUBHEAD else "text", start, number)
            for block in story.blocks
        ]
    runs += [(piece.span, "rest", None, 0) for piece in page.remainder]
    position, found = 0, []
    for (begin, end), sort, start_or_none, number in sorted(runs, key=lambda run: run[0]):
        if position < begin:
            found.append(Stretch(page.text[position:begin], "blank"))
        found.append(Stretch(page.text[begin:end], sort, start_or_none, number))
        position = end
    if position < len(page.text):
        found.append(Stretch(page.text[position:], "blank"))
    return found
