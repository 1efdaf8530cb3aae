"""A stored body as type: paragraphs and subheads with the styles that print has. Pure."""

import unicodedata
from html.parser import HTMLParser

from articles.body import blocks
from articles.makeup.material import Piece, PieceKind, Span, Style

# What stands before the text of a story that has one: 本报讯 and a space.
_AFTER_DATELINE = "　"
_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_STYLES: dict[str, Style] = {"strong": "bold", "em": "kai", "sub": "sub", "sup": "sup"}


def pieces(html: str, dateline: str = "") -> tuple[Piece, ...]:
    """The pieces of a canonical body; `dateline` begins the first paragraph, bold. Figures are not text: see
    `articles.body.photo_ids`. Raises as `articles.body.blocks` does."""
    out: list[Piece] = []
    number = 0
    for block in blocks(html):
        if block.type == "figure":
            continue
        number = number + 1 if block.type == "list_item" else 0
        kind: PieceKind = {"subhead": "subhead", "quote": "quote"}.get(block.type, "text")  # type: ignore[assignment]
        text, spans = _inline(block.html)
        if block.type == "list_item":
            mark = f"{number}．" if block.ordered else "●"
            text, spans = mark + text, [Span(s.start + len(mark), s.end + len(mark), s.style) for s in spans]
        out += _lines(kind, text, spans)
    if dateline.strip():
        out = _with_dateline(out, printed(dateline.strip()))
    return tuple(out)


def printed(text: str) -> str:
    """The text as it can be read back from print: composed, ligatures as their letters, without what has no print
    (joiners, marks of direction, soft hyphens, variation selectors, breaks that screens may use)."""
    composed = unicodedata.normalize("NFC", text.translate(_LIGATURES))
    return "".join(character for character in composed if not _has_no_print(character))


def _has_no_print(character: str) -> bool:
    if character in "\n\t":
        return False
    selects = "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
    return selects or unicodedata.category(character) in {"Cf", "Cc"}


def _with_dateline(found: list[Piece], dateline: str) -> list[Piece]:
    lead = dateline + _AFTER_DATELINE
    mark = Span(0, len(dateline), "bold")
    if not found or found[0].kind != "text":
        return [Piece("text", dateline, spans=(mark,)), *found]
    first = found[0]
    moved = tuple(Span(span.start + len(lead), span.end + len(lead), span.style) for span in first.spans)
    return [Piece("text", lead + first.text, first.indent, (mark, *moved)), *found[1:]]


def _lines(kind: PieceKind, text: str, spans: list[Span]) -> list[Piece]:
    """A line break inside a paragraph begins a line without indent."""
    out: list[Piece] = []
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        within = tuple(
            Span(max(span.start, start) - start, min(span.end, end) - start, span.style)
            for span in spans
            if span.start < end and span.end > start
        )
        if line.strip():
            out.append(Piece(kind, line, indent=not out, spans=within))
        start = end + 1
    return out


def _inline(html: str) -> tuple[str, list[Span]]:
    reader = _Inline()
    reader.feed(html)
    reader.close()
    return "".join(reader.text), reader.spans


class _Inline(HTMLParser):
    """The text of a block's canonical HTML, and where its styles begin and end. Links are plain text on paper."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.spans: list[Span] = []
        self._at = 0
        self._open: list[tuple[str, int]] = []

    def handle_data(self, data: str) -> None:
        data = printed(data)
        self.text.append(data)
        self._at += len(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.handle_data("\n")
        elif tag in _STYLES:
            self._open.append((tag, self._at))

    def handle_endtag(self, tag: str) -> None:
        if tag in _STYLES and self._open and self._open[-1][0] == tag:
            _, start = self._open.pop()
            if start < self._at:
                self.spans.append(Span(start, self._at, _STYLES[tag]))
