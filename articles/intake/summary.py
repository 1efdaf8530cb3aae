"""A page that was read, as lines for a terminal, in the reader's language."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.intake.model import Block, BlockType, Byline, PageText, Story
from articles.intake.wording import note_text, reason_text

_AROUND = 8


def summary(page: PageText) -> Iterator[str]:
    """Every story with its heads, bylines, subheads, mended breaks and doubts; then the remainder."""
    count = len(page.stories)
    yield ngettext("%(count)d story", "%(count)d stories", count) % {"count": count}
    for number, story in enumerate(page.stories, start=1):
        yield ""
        yield from _story(number, story)
    if page.remainder:
        yield ""
        yield _("Belongs to no story:")
        for piece in page.remainder:
            yield f"  {_short(piece.text)}  ({reason_text(piece.why)})"


def _story(number: int, story: Story) -> Iterator[str]:
    yield f"{number}. [{story.kind}] {story.headline or _('(no headline)')}"
    for name, value in (
        (_("kicker"), story.kicker),
        (_("deck"), story.deck),
        (_("dateline"), story.dateline),
    ):
        if value:
            yield f"   {name}: {value}"
    if story.bylines:
        yield "   {}: {}".format(_("bylines"), _("; ").join(_byline(byline) for byline in story.bylines))
    paragraphs = sum(1 for block in story.blocks if block.type is BlockType.PARAGRAPH)
    characters = sum(len(block.text) for block in story.blocks)
    yield "   " + _("%(paragraphs)d paragraphs, %(characters)d characters") % {
        "paragraphs": paragraphs,
        "characters": characters,
    }
    for block in story.blocks:
        if block.type is BlockType.SUBHEAD:
            yield "   {}: {}".format(_("subhead"), block.text)
        yield from _joins(block)
    for doubt in story.notes:
        yield f"   ! {note_text(doubt)}"


def _byline(byline: Byline) -> str:
    return " ".join(part for part in (byline.role, byline.title, byline.name) if part)


def _joins(block: Block) -> Iterator[str]:
    for join in block.joins:
        left = block.text[max(0, join.offset - _AROUND) : join.offset]
        right = block.text[join.offset : join.offset + _AROUND]
        yield "   {}: {}|{}  ({})".format(_("joined"), left, right, reason_text(join.reason))


def _short(text: str, limit: int = 40) -> str:
    clean = " ".join("".join(c if c.isprintable() else " " for c in text[: 4 * limit]).split())
    return clean if len(clean) <= limit else clean[:limit] + "…"
