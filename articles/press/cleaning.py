"""One page of a PDF as a PDF of its own that holds print and nothing else. Pure.

The page's content is drawn as a form on an empty sheet: scripts, actions, attachments, comments, links, fields, labels
of who made it and when are things of the document or of the page's own dictionary, and do not come along. (Importing
the page would bring its actions and annotations.) The sheet begins at its corner and stands upright, so whatever reads
it afterwards needs no thought about boxes and turns.
"""

from pathlib import Path
from typing import Any

import pypdfium2
from pypdfium2 import raw

from articles.press.opening import Refused


def clean_page(document: Any, number: int) -> Any:
    """The document of that one page, counted from 0. Raises Refused where pdfium cannot read the page."""
    page = document[number]
    clean = pypdfium2.PdfDocument.new()
    # It carries the page's turn and the corner of its visible box in its own matrix.
    content = raw.FPDF_NewXObjectFromPage(clean.raw, document.raw, number)
    if not content:
        raise Refused("damaged", page=number + 1)
    try:
        form = raw.FPDF_NewFormObjectFromXObject(content)
        sheet = clean.new_page(page.get_width(), page.get_height())
        raw.FPDFPage_InsertObject(sheet.raw, form)
        if not raw.FPDFPage_GenerateContent(sheet.raw):
            raise Refused("damaged", page=number + 1)
        sheet.close()
    finally:
        raw.FPDF_CloseXObject(content)
    return clean


def save(document: Any, path: Path) -> None:
    with path.open("wb") as target:
        document.save(target)
