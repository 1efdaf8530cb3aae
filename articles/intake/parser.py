"""The raw text of a printed page → its stories. The intake's one entrance; pure, deterministic, linear."""

from collections.abc import Collection

from articles.intake.bare_names import sign_bare_names
from articles.intake.compose import compose
from articles.intake.labels import label
from articles.intake.lines import split_lines
from articles.intake.model import PageText
from articles.intake.names import Roll
from articles.intake.stories import Sorter


def parse_page(text: str, staff: Collection[str] = ()) -> PageText:
    """Read a page of raw text, one paragraph per line, as a newsroom pastes it.

    `staff`: names that may stand in bylines; with it unknown names are noted, and padded names (苏 晴) are told
    safely. Any text is read without an error. The spans of the result partition the text's visible characters (see
    `model`); what fits no story is in `remainder`, with its reason.
    """
    items, habits = label(sign_bare_names(split_lines(text, Roll.of(staff))))
    drafts, remainder = Sorter(items, habits).run()
    return PageText(tuple(compose(draft) for draft in drafts), tuple(remainder), text)
