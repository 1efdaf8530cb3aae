"""Why a PDF was refused, in words: what happened, what was kept, what to do."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: Mapping[str, Any] = {
    "not_pdf": _("This is no PDF. Nothing was kept of it. Export the page as a PDF and upload that."),
    "too_large": _(
        "This file is larger than %(most)s MB, so it was not kept. Export it for the web, or page by page."
    ),
    "no_file": _("The file is empty. Nothing was kept. Choose it again."),
    "truncated": _(
        "This PDF breaks off before its end: it was probably not copied whole. No page was made of it. "
        "Upload the whole file."
    ),
    "encrypted": _(
        "This PDF is locked with a password. No page was made of it. Save it without a password, then upload it again."
    ),
    "empty": _("This PDF has no pages. Look at the file, then upload the right one."),
    "too_many_pages": _(
        "This PDF has %(pages)s pages; an issue has at most %(most)s. No page was made of it. Split the file."
    ),
    "size": _(
        "Page %(page)s is %(width)s × %(height)s points, which is no page of a paper. No page was made of the file. "
        "Export it at the size it is printed."
    ),
    "no_such_page": _(
        "The file has %(pages)s pages; there is no page %(page)s. The page kept the picture it had. Upload it again."
    ),
    "damaged": _(
        "Page %(page)s of this PDF is damaged. The page kept the picture it had. Export it once more and upload that."
    ),
    "glyphs": _(
        "There are more characters on this page than any paper prints. The page kept the picture it had. "
        "Export the page alone, without hidden layers."
    ),
    "too_slow": _(
        "This page takes longer to draw than the %(seconds)s seconds it is given. The page kept the picture it had. "
        "Export it with flattened transparencies, then upload it again."
    ),
    "too_heavy": _(
        "This PDF needs more memory than it is given, or is built to break programs. The page kept the picture it had. "
        "Export it for the web, then upload it again."
    ),
    "gave_up": _(
        "Reading this PDF was tried several times and failed each time. The page kept the picture it had. "
        "Upload it again; if it fails again, tell your administrator."
    ),
    "storage": _(
        "What was made of this PDF could not be stored: the disk may be full. The page kept the picture it had. "
        "Tell your administrator, then upload it again."
    ),
}


def sentence(code: str, values: Mapping[str, Any]) -> str:
    """The refusal in the reader's language; an unknown code still says something."""
    try:
        return str(SENTENCES[code] % values)
    except (KeyError, TypeError, ValueError):
        return str(SENTENCES["gave_up"])
