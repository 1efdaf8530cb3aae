"""One page of a PDF as a PDF of its own that holds print and nothing else. Pure.

The page's content is drawn anew as a form on an empty sheet: scripts, actions, attachments, comments, links, fields,
labels of who made it and when are things of the document or of the page, and do not come along. The sheet begins at
its corner and stands upright, so whatever reads it afterwards needs no thought about boxes and turns.
"""

import ctypes
from pathlib import Path
from typing import Any

import pypdfium2
from pypdfium2 import raw

from articles.press.opening import Refused


def clean_page(document: Any, number: int) -> Any:
    """The document of that one page, counted from 0. Raises Refused where pdfium cannot read the page."""
    page = document[number]
    width, height = page.get_width(), page.get_height()
    alone = pypdfium2.PdfDocument.new()
    try:
        alone.import_pages(document, [number])
        handle = raw.FPDF_ImportNPagesToOne(alone, ctypes.c_float(width), ctypes.c_float(height), 1, 1)
    except pypdfium2.PdfiumError as problem:
        raise Refused("damaged", page=number + 1) from problem
    if not handle:
        raise Refused("damaged", page=number + 1)
    return pypdfium2.PdfDocument(handle)


def save(document: Any, path: Path) -> None:
    with path.open("wb") as target:
        document.save(target)
