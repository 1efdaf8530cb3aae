"""A stranger's PDF opened, within limits. Pure: pypdfium2, no Django. Only the confined child calls this.

What is refused has a code, so that the desk can say it in everybody's language: see `articles.press.wording`.
"""

from pathlib import Path
from typing import Any

import pypdfium2
from pypdfium2 import raw

# A double issue of a thick paper has 64.
MOST_PAGES = 120
MOST_BYTES = 120 * 1024 * 1024
# In points: a postcard, and a poster of two and a half metres.
SHORTEST_SIDE, LONGEST_SIDE = 100, 7200


class Refused(Exception):
    """Not a PDF that can be a newspaper's page. `code`: "not_pdf", "truncated", "encrypted", "empty", "too_many_pages",
    "size", "no_such_page", "glyphs", "damaged". `values`: what the sentence names."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def opened(path: Path) -> Any:
    """The document. Raises Refused. Nothing in it is carried out: pdfium is built without scripts and forms here."""
    with path.open("rb") as file:
        head = file.read(1024)
    if b"%PDF-" not in head:
        raise Refused("not_pdf")
    # pdfium would mend the file with the pages it finds, and nobody would miss the others.
    if not _is_whole(path):
        raise Refused("truncated")
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as problem:
        if problem.err_code == raw.FPDF_ERR_PASSWORD:
            raise Refused("encrypted") from problem
        # pdfium's way of saying that a sound file has no page.
        raise Refused("empty" if problem.err_code == raw.FPDF_ERR_SUCCESS else "not_pdf") from problem
    pages = len(document)
    if pages == 0:
        raise Refused("empty")
    if pages > MOST_PAGES:
        raise Refused("too_many_pages", pages=pages, most=MOST_PAGES)
    return document


def page_of(document: Any, number: int) -> Any:
    """One page, counted from 0, of a size that paper has. Raises Refused."""
    if not 0 <= number < len(document):
        raise Refused("no_such_page", page=number + 1, pages=len(document))
    try:
        page = document[number]
    except pypdfium2.PdfiumError as problem:
        raise Refused("damaged", page=number + 1) from problem
    short, long = sorted((page.get_width(), page.get_height()))
    if not SHORTEST_SIDE <= short <= long <= LONGEST_SIDE:
        raise Refused("size", page=number + 1, width=round(page.get_width()), height=round(page.get_height()))
    return page


def _is_whole(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 2048))
        return b"%%EOF" in file.read()
