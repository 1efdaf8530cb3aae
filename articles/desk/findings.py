"""What a make-up found, in words: kept as a code with its data, so that everybody reads it in their own language.

A row of `PageProof.report["problems"]` is {"level": "error" | "warning" | "note", "code", "data", "article"}; one with
a "text" of its own is shown as it is. Level "error" keeps the page from being signed off.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from articles.models import PageProof

ERROR, WARNING, NOTE = "error", "warning", "note"

SENTENCES: Mapping[str, Any] = {
    # Nothing came of it.
    "fonts_missing": _(
        "The fonts for Chinese pages are not on this machine. Have your administrator install %(packages)s, or run: "
        "make fonts"
    ),
    "missing_glyphs": _(
        "“%(story)s” has characters that none of the page's fonts can show: %(characters)s. Replace them in the story."
    ),
    "does_not_fit": _(
        "The page is over by %(lines)s lines. Take a story off, shorten one, or let one go on on another page."
    ),
    "fits_nowhere": _(
        "There is no way to lay these stories on the page. Take one off, or take back a wish for a width or a place."
    ),
    "too_many_stories": _(
        "More stands on the page than one make-up can weigh. Move some of it to another page."
    ),
    "picture_unreadable": _(
        "A picture of “%(story)s” cannot be read. Upload it again in the story, then make the page up again."
    ),
    "picture_of_page_unreadable": _(
        "The picture of the masthead, of an advert or of a notice cannot be read. Upload it again."
    ),
    "bad_wish": _("What is wished for “%(story)s” cannot be kept any more. Open it here and save it anew."),
    "galley_mismatch": _(
        "A story could not be set as it is written. Look for unusual characters in the newest changes, then make the "
        "page up again; if it fails again, tell your administrator."
    ),
    "not_composed": _(
        "The typesetter refused the page. Make it up again; if it fails again, tell your administrator."
    ),
    "too_long": _(
        "The make-up took too long and was ended. Fix the place or width of a story or two, or take one off, then "
        "make the page up again."
    ),
    "gave_up": _(
        "The make-up was begun several times and never came to its end. Tell your administrator; the page can be "
        "made up again at any time."
    ),
    "no_format": _(
        "The paper has no page format. An administrator chooses one in the paper's settings, under “Print”."
    ),
    "no_stories": _("No story stands on the page. Place some, then make it up."),
    # A page came of it, but it may not be printed so.
    "not_read_back": _(
        "Read back from the page, “%(story)s” is not what was to be printed. Make the page up again; if it stays so, "
        "tell your administrator."
    ),
    "page_not_read_back": _(
        "Read back, the page is not what was to be printed. Make it up again; if it stays so, tell your administrator."
    ),
    "deferred": _(
        "“%(story)s” found no room. Take it off the page, shorten a story, or let one go on on another page."
    ),
    # A page that may be signed off, with something to look at.
    "over": _("All that was placed here is %(lines)s lines more than the page holds."),
    "short": _("%(lines)s lines at the foot of the page are empty. Add a story or a larger picture."),
    "blank": _("%(share)s %% of the page is empty."),
    "collision": _(
        "The headlines of “%(story)s” and “%(other)s” stand side by side. Swap one, or break a line."
    ),
    "otherwise": _("The page could not be laid out as it was wanted, so it was laid out anew."),
    "continues": _("“%(story)s” goes on on page %(page)s."),
}

STEPS: Mapping[str, Any] = {
    "galley": _("Setting the stories in galley"),
    "layout": _("Finding the best layout"),
    "setting": _("Setting the page"),
    "reading": _("Reading the page back"),
    "pictures": _("Making the page's pictures"),
}


def finding(level: str, code: str, *, article: int | None = None, **data: Any) -> dict[str, Any]:
    """A row for `report["problems"]`."""
    return {"level": level, "code": code, "data": data, "article": article}


def sentence(row: Mapping[str, Any]) -> str:
    """A problem in the reader's language."""
    if row.get("text"):
        return str(row["text"])
    words = SENTENCES.get(str(row.get("code", "")))
    return str(words) % dict(row.get("data") or {}) if words is not None else str(row.get("code", ""))


def errors(proof: PageProof) -> list[str]:
    """Everything that keeps a page with this proof from being signed off."""
    rows = [sentence(row) for row in proof.problems if row["level"] == ERROR]
    if proof.state == PageProof.State.FAILED and not rows:
        rows.append(proof.problem)
    return rows


def step(proof: PageProof) -> str:
    """What is being done right now; "" where nothing is said."""
    return str(STEPS.get(proof.progress, ""))
