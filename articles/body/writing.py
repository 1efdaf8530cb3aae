"""Blocks to HTML, in one way only: what is read again gives the same blocks and the same HTML."""

import re
from collections.abc import Callable, Iterable, Mapping
from html import escape
from itertools import groupby

from articles.body.errors import BodyTooLarge
from articles.body.inline import BREAK, Line
from articles.body.limits import MAX_BYTES
from articles.body.tree import Kind, Node

# Stored bodies, as nearly every text is that a page prints: nothing but listed tags as we write them. One pass,
# possessive, so that a text that does not match costs no more.
_AS_STORED = re.compile(
    r"(?:[^<>&]++|&(?:amp|lt|gt);|</?(?:p|h2|h3|blockquote|ul|ol|li|strong|em|sub|sup)>|<br>|</a>"
    r'|<a href="(?:https?://|mailto:)(?:[^"<>&\s]++|&amp;)*+">|<figure data-photo="[1-9][0-9]{0,18}"></figure>)*+'
)
_FIGURE = re.compile(r'(\n?)<figure data-photo="([0-9]+)"></figure>')
_CONTAINED = {Kind.QUOTE: "p", Kind.BULLET: "li", Kind.NUMBER: "li"}


def write(nodes: Iterable[Node]) -> str:
    """Canonical body HTML, one block, quotation or list a line. Raises BodyTooLarge."""
    return _write(nodes, lambda photo: f'<figure data-photo="{photo}"></figure>', MAX_BYTES)


def write_with(nodes: Iterable[Node], figures: Mapping[int, str]) -> str:
    """The same with each figure replaced by its HTML from `figures`, as it stands there; none, no figure."""
    return _write(nodes, lambda photo: figures.get(photo, ""), None)


def fill_stored(html: str, figures: Mapping[int, str]) -> str | None:
    """What `write_with` gives, for a body as it is stored and without taking it apart, which is what makes a story
    page slow; None for any other text, which must be taken apart."""
    if not _AS_STORED.fullmatch(html):
        return None

    def figure(match: re.Match[str]) -> str:
        filled = figures.get(int(match[2]), "")
        return match[1] + filled if filled else ""

    filled = _FIGURE.sub(figure, html)
    # The newline that stood behind a first figure that is left out.
    return filled if html.startswith("\n") else filled.removeprefix("\n")


def write_line(line: Line) -> str:
    """A block's inline HTML, without the block's own tag."""
    writer = _Writer(None)
    writer.inline(line)
    return writer.html()


def _write(nodes: Iterable[Node], figure: Callable[[int], str], limit: int | None) -> str:
    writer = _Writer(limit)
    # A figure is a group of its own; so is every paragraph and heading, by its place in the row.
    for (kind, _), together in groupby(
        enumerate(nodes),
        key=lambda pair: (pair[1].kind, pair[1].group if pair[1].kind in _CONTAINED else -pair[0]),
    ):
        members = [node for _, node in together]
        if kind is Kind.FIGURE:
            html = figure(members[0].photo)
            if html:
                writer.write(writer.gap() + html)
            continue
        writer.write(writer.gap() + f"<{kind.value}>")
        for node in members:
            inner = _CONTAINED.get(kind)
            if inner:
                writer.write(f"<{inner}>")
            writer.inline(node.line)
            if inner:
                writer.write(f"</{inner}>")
        writer.write(f"</{kind.value}>")
    return writer.html()


class _Writer:
    """Collects HTML and raises BodyTooLarge as soon as it is more than may be stored: a link around 50,000
    paragraphs is written once for each."""

    def __init__(self, limit: int | None) -> None:
        self._parts: list[str] = []
        self._limit = limit
        self._size = 0

    def write(self, html: str) -> None:
        self._size += len(html.encode())
        if self._limit is not None and self._size > self._limit:
            raise BodyTooLarge(self._limit)
        self._parts.append(html)

    def gap(self) -> str:
        """What goes before the next block."""
        return "\n" if self._parts else ""

    def html(self) -> str:
        return "".join(self._parts)

    def inline(self, line: Line) -> None:
        """Write a line; neighbours keep open the marks they share."""
        stack: list[tuple[str, str]] = []
        for run in line:
            wanted = run.marks.tags()
            shared = 0
            while shared < min(len(stack), len(wanted)) and stack[shared] == wanted[shared]:
                shared += 1
            self._close(stack, shared)
            for tag in wanted[shared:]:
                self.write(tag[1])
                stack.append(tag)
            self.write(escape(run.text, quote=False).replace(BREAK, "<br>"))
        self._close(stack, 0)

    def _close(self, stack: list[tuple[str, str]], to: int) -> None:
        while len(stack) > to:
            self.write(f"</{stack.pop()[0]}>")
