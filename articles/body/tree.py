"""Tokens to blocks: whatever elements a text came in, each piece of it ends up in a block of a known kind."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum

from articles.body.inline import BREAK, PLAIN, Line, Marks, Run, flowing, lines, merge, plain, preformatted
from articles.body.limits import BLOCKS, OpenElements
from articles.body.links import safe_href
from articles.body.tokens import VOID, EndTag, StartTag, Text, Token


class Kind(Enum):
    """A block's kind and the tag that its text is written in."""

    PARAGRAPH = "p"
    HEADING = "h2"
    SUBHEADING = "h3"
    QUOTE = "blockquote"
    BULLET = "ul"
    NUMBER = "ol"
    FIGURE = "figure"

    @property
    def is_item(self) -> bool:
        return self in (Kind.BULLET, Kind.NUMBER)


@dataclass(frozen=True, slots=True)
class Node:
    """One block. `line` holds its text, breaks in it as "\\n"; `photo` is a figure's photo id.

    Neighbours of one `group` are in one blockquote or list."""

    kind: Kind
    line: Line = ()
    group: int = 0
    photo: int = 0

    @property
    def text(self) -> str:
        return plain(self.line)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the text the reader of tokens is: what the innermost open elements make of what comes next."""

    kind: Kind = Kind.PARAGRAPH
    group: int = 0
    item: int = 0
    marks: Marks = PLAIN
    preformatted: bool = False


_HEADINGS = {
    "h1": Kind.HEADING,
    "h2": Kind.HEADING,
    "h3": Kind.SUBHEADING,
    "h4": Kind.SUBHEADING,
    "h5": Kind.SUBHEADING,
    "h6": Kind.SUBHEADING,
}
_LISTS = {"ul": Kind.BULLET, "menu": Kind.BULLET, "dir": Kind.BULLET, "ol": Kind.NUMBER}
# Elements whose contents stand beside one another on the line: their texts must not grow together.
_CELLS = frozenset({"td", "th", "option"})
_LARGEST_ID = 2**63 - 1


def grow(tokens: Iterable[Token]) -> list[Node]:
    """The blocks of a text. Never fails; tokens must have passed `check_depth`."""
    grower = _Grower()
    for token in tokens:
        grower.take(token)
    grower.end_block()
    return grower.nodes


def shape(runs: list[Run], kind: Kind, group: int = 0) -> list[Node]:
    """The nodes that the text between two block boundaries makes: none, one, or more where it is parted."""
    # In running text an empty line parts paragraphs; in a heading or a list item it is just dropped.
    parts = kind in (Kind.PARAGRAPH, Kind.QUOTE)
    nodes: list[Node] = []
    block: list[Run] = []
    for line in [*lines(runs), ()]:
        if line:
            if block:
                # A break is marked only when both its sides are marked alike.
                block.append(Run(BREAK, block[-1].marks if block[-1].marks == line[0].marks else PLAIN))
            block.extend(line)
        elif block and parts:
            nodes.append(Node(kind, merge(block), group))
            block = []
    if block:
        nodes.append(Node(kind, merge(block), group))
    return nodes


class _Grower:
    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self._runs: list[Run] = []
        self._elements = OpenElements()
        self._places = [_Place()]
        self._numbers = 0

    @property
    def _place(self) -> _Place:
        return self._places[-1]

    def take(self, token: Token) -> None:
        if isinstance(token, Text):
            read = preformatted if self._place.preformatted else flowing
            self._runs.append(Run(read(token.value), self._place.marks))
        elif isinstance(token, EndTag):
            if token.name == "br":
                # Browsers take this slip for a line break.
                self._runs.append(Run(BREAK, self._place.marks))
            self._close(self._elements.explicit_end(token.name))
        else:
            self._close(self._elements.implied_end(token.name))
            self._open(token)

    def end_block(self) -> None:
        """Make nodes of the text so far, if it has any."""
        runs, self._runs = self._runs, []
        self.nodes.extend(shape(runs, self._place.kind, self._place.group))

    def _open(self, tag: StartTag) -> None:
        name = tag.name
        if name in BLOCKS:
            self._boundary(name)
        if name in VOID:
            if name == "br":
                self._runs.append(Run(BREAK, self._place.marks))
            return
        if name == "figure":
            self._figure(tag.attributes.get("data-photo", ""))
        self._places.append(self._inside(tag))
        self._elements.push(name)

    def _close(self, number: int) -> None:
        for _ in range(number):
            name = self._elements.pop()
            if name in BLOCKS:
                self._boundary(name)
            self._places.pop()

    def _boundary(self, name: str) -> None:
        if name in _CELLS:
            self._runs.append(Run(" "))
        elif self._place.item and name not in ("li", *_LISTS):
            # Two paragraphs in one list item stay one item.
            self._runs.append(Run(BREAK, self._place.marks))
        else:
            self.end_block()

    def _figure(self, photo: str) -> None:
        # ASCII digits only, no leading zero: one photo has one spelling.
        if (
            photo.isascii()
            and photo.isdigit()
            and photo[0] != "0"
            and len(photo) < 20
            and int(photo) <= _LARGEST_ID
        ):
            self.end_block()
            self.nodes.append(Node(Kind.FIGURE, photo=int(photo)))

    def _inside(self, tag: StartTag) -> _Place:
        """The place that the element makes: its marks, or the block its text belongs to."""
        place, name = self._place, tag.name
        marks = _marked(place.marks, tag)
        if marks is not place.marks:
            return replace(place, marks=marks)
        if name == "pre":
            return replace(place, preformatted=True)
        if name in _LISTS:
            kind = _LISTS[name]
            # A list inside a list of the same kind goes on with it: the paper has one level.
            group = place.group if place.kind is kind else self._number()
            return replace(place, kind=kind, group=group, item=0)
        if name == "li":
            # An item without a list begins one, or goes on with the list just before it.
            if not place.kind.is_item:
                place = replace(place, kind=Kind.BULLET, group=self._loose_list())
            return replace(place, item=self._number())
        if name in _HEADINGS and not place.item:
            place = replace(place, kind=_HEADINGS[name], group=0)
        if name == "blockquote" and not place.item and place.kind is not Kind.QUOTE:
            place = replace(place, kind=Kind.QUOTE, group=self._number())
        return place

    def _loose_list(self) -> int:
        last = self.nodes[-1] if self.nodes else None
        return last.group if last and last.kind is Kind.BULLET else self._number()

    def _number(self) -> int:
        self._numbers += 1
        return self._numbers


def _marked(marks: Marks, tag: StartTag) -> Marks:
    match tag.name:
        case "b" | "strong":
            return replace(marks, strong=True)
        case "i" | "em":
            return replace(marks, em=True)
        case "sub" | "sup":
            return replace(marks, script=tag.name)
        case "a":
            # Without an address that may be printed the text stays and is no link.
            return replace(marks, href=safe_href(tag.attributes.get("href", "")) or "")
    return marks
