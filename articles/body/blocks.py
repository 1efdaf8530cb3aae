"""The views on a body: blocks with offsets, plain text, character count, photos, HTML with its figures."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from articles.body.inline import Run, preformatted
from articles.body.sanitiser import parse
from articles.body.tree import Kind, Node, shape
from articles.body.writing import fill_stored, write, write_line, write_with

BlockType = Literal["paragraph", "subhead", "quote", "list_item", "figure"]

_TYPES: dict[Kind, BlockType] = {
    Kind.PARAGRAPH: "paragraph",
    Kind.HEADING: "subhead",
    Kind.SUBHEADING: "subhead",
    Kind.QUOTE: "quote",
    Kind.BULLET: "list_item",
    Kind.NUMBER: "list_item",
    Kind.FIGURE: "figure",
}
_KINDS: dict[str, Kind] = {
    "paragraph": Kind.PARAGRAPH,
    "subhead": Kind.HEADING,
    "quote": Kind.QUOTE,
    "list_item": Kind.BULLET,
}


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a body, in reading order.

    html: its inline HTML without the block's own tag, safe to print.
    text: the same without markup, a line break in it as "\\n".
    offset: where `text` begins in `plain_text`; a figure has no text: where the next text begins.
    level: 2 or 3 for a subhead, else 0. ordered: whether a list item is numbered.
    photo: a figure's photo id, else None.
    """

    type: BlockType
    html: str
    text: str
    offset: int
    level: int = 0
    ordered: bool = False
    photo: int | None = None

    @property
    def end(self) -> int:
        """Where the text ends in `plain_text`."""
        return self.offset + len(self.text)


def blocks(html: str) -> list[Block]:
    """The blocks of a body. Raises as `sanitise` does."""
    found: list[Block] = []
    offset = 0
    for node in parse(html):
        text = node.text
        found.append(
            Block(
                type=_TYPES[node.kind],
                html=write_line(node.line),
                text=text,
                offset=offset,
                level={Kind.HEADING: 2, Kind.SUBHEADING: 3}.get(node.kind, 0),
                ordered=node.kind is Kind.NUMBER,
                photo=node.photo or None,
            )
        )
        if node.kind is not Kind.FIGURE:
            offset += len(text) + 1
    return found


def from_blocks(blocks: Iterable[tuple[BlockType, str]]) -> str:
    """Canonical HTML of (type, plain text) pairs.

    "\\n" in a text is a line break, an empty line parts paragraphs. Neighbouring quotes are one quotation,
    neighbouring list items one list. A figure has no text: ValueError. Raises BodyTooLarge.
    """
    nodes: list[Node] = []
    for type_, text in blocks:
        if type_ not in _KINDS:
            raise ValueError(f"no block of plain text can be a {type_}")
        nodes.extend(shape([Run(preformatted(text))], _KINDS[type_]))
    return write(nodes)


def plain_text(html: str) -> str:
    """The text of a body: its blocks, figures apart, joined by "\\n"."""
    return _text(parse(html))


def characters(html: str) -> int:
    """The count newspapers go by: every character but white space, punctuation included."""
    return sum(not character.isspace() for character in _text(parse(html)))


def photo_ids(html: str) -> list[int]:
    """The photos a body shows, in order, one entry for each figure."""
    return [node.photo for node in parse(html) if node.kind is Kind.FIGURE]


def render(html: str, figures: Mapping[int, str]) -> str:
    """The body as a page prints it. `figures` maps photo ids to finished HTML that the caller has made safe;
    a figure whose photo is missing there is left out."""
    filled = fill_stored(html, figures)
    return write_with(parse(html), figures) if filled is None else filled


def _text(nodes: Iterable[Node]) -> str:
    return "\n".join(node.text for node in nodes if node.kind is not Kind.FIGURE)
