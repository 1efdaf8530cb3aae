"""Several PDFs bound into one with bookmarks and a title. Knows no Django.

pdfium joins the pages but writes neither bookmarks nor a title. Both are added the way PDF itself has for changing a
finished file, an update appended to its end (ISO 32000-1, 7.5.6). That needs to understand only what pdfium has just
written, whose shape is plain: a classical cross-reference table, one flat list of pages.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

_TRAILER = re.compile(rb"trailer\s*<<(.*?)>>\s*startxref\s+([0-9]+)\s+%%EOF\s*$", re.DOTALL)
_SIZE = re.compile(rb"/Size\s+([0-9]+)")
_ROOT = re.compile(rb"/Root\s+([0-9]+)\s+0\s+R")
_PAGES = re.compile(rb"/Pages\s+([0-9]+)\s+0\s+R")
_KIDS = re.compile(rb"/Kids\s*\[([^\]]*)\]")
_REFERENCE = re.compile(rb"([0-9]+)\s+0\s+R")


class NotBound(Exception):
    """One of the files is no PDF that can be bound; the message names it."""


@dataclass(frozen=True)
class Part:
    """A file to bind. `name` becomes the bookmark of its first page."""

    path: Path
    name: str


def bind(parts: Sequence[Part], title: str, language: str, target: Path) -> int:
    """Write the parts, in order, into one PDF at `target`. Returns the number of pages. Raises NotBound."""
    bound = pypdfium2.PdfDocument.new()
    opened = []
    try:
        marks: list[tuple[str, int]] = []
        for part in parts:
            try:
                # Kept open: what has been taken over is read when the whole is saved.
                source = pypdfium2.PdfDocument(part.path)
                opened.append(source)
                marks.append((part.name, len(bound)))
                bound.import_pages(source)
            except pypdfium2.PdfiumError as error:
                raise NotBound(f"{part.name}: {error}") from error
        with target.open("wb") as out:
            bound.save(out)
        count = len(bound)
    finally:
        bound.close()
        for source in opened:
            source.close()
    _add_marks(target, marks, title, language)
    return count


def _add_marks(path: Path, marks: Sequence[tuple[str, int]], title: str, language: str) -> None:
    whole = path.read_bytes()
    trailer = _TRAILER.search(whole, max(0, len(whole) - 2048))
    root, size = trailer and _ROOT.search(trailer[1]), trailer and _SIZE.search(trailer[1])
    if trailer is None or root is None or size is None:
        raise NotBound("pdfium wrote a trailer of another shape")
    table = int(trailer[2])
    catalog_number, first_free = int(root[1]), int(size[1])
    tree = _PAGES.search(_object(whole, table, catalog_number))
    kids = tree and _KIDS.search(_object(whole, table, int(tree[1])))
    if tree is None or kids is None:
        raise NotBound("pdfium wrote a catalogue of another shape")
    pages = [int(number) for number in _REFERENCE.findall(kids[1])]

    outline, information, first = first_free, first_free + 1, first_free + 2
    last = first + len(marks) - 1
    objects = {
        catalog_number: b"<</Type/Catalog/Pages %d 0 R/Outlines %d 0 R/PageMode/UseOutlines/Lang%s"
        b"/ViewerPreferences<</DisplayDocTitle true>>>>" % (int(tree[1]), outline, _text(language)),
        outline: b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>" % (first, last, len(marks)),
        information: b"<</Title%s/Producer(Newsroom)>>" % _text(title),
    }
    for number, (name, page) in enumerate(marks, first):
        before = b"/Prev %d 0 R" % (number - 1) if number > first else b""
        after = b"/Next %d 0 R" % (number + 1) if number < last else b""
        objects[number] = b"<</Title%s/Parent %d 0 R/Dest[%d 0 R/Fit]%s%s>>" % (
            _text(name), outline, pages[page], before, after,
        )  # fmt: skip
    with path.open("ab") as out:
        places = {}
        for number, content in objects.items():
            places[number] = out.tell()
            out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
        start = out.tell()
        out.write(b"xref\n")
        for number, place in sorted(places.items()):
            out.write(b"%d 1\n%010d 00000 n\r\n" % (number, place))
        out.write(
            b"trailer\n<</Size %d/Root %d 0 R/Info %d 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n"
            % (last + 1, catalog_number, information, table, start)
        )


def _object(whole: bytes, table: int, number: int) -> bytes:
    """The text of an object, found through the cross-reference table at `table`."""
    rows = iter(whole[table:].split(b"trailer", 1)[0].split()[1:])
    for first in rows:
        count = int(next(rows))
        entries = [(next(rows), next(rows), next(rows)) for _ in range(count)]
        if int(first) <= number < int(first) + count:
            at = int(entries[number - int(first)][0])
            return whole[at : whole.index(b"endobj", at)]
    raise NotBound("pdfium wrote a table of another shape")


def _text(words: str) -> bytes:
    """A text string of PDF: UTF-16 with its mark, in hexadecimal, so that nothing needs to be escaped."""
    return b"<%s>" % (b"\xfe\xff" + words.encode("utf-16-be")).hex().encode()
