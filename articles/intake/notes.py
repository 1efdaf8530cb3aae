"""Doubts that a person should look at. Pure: the wording is English here and translated where it is shown.

`str(note)` is the English sentence, `wording.note_text(note)` the reader's.
"""

from dataclasses import dataclass
from enum import StrEnum


def gettext_noop(message: str) -> str:
    """Mark a message for the catalogue without translating it; no Django needed for that."""
    return message


class Doubt(StrEnum):
    """Message ids; each may hold one `%(about)s`."""

    NO_HEADLINE = gettext_noop("No headline was found for this item: write one, or join it to another story.")
    NO_BODY = gettext_noop("There is no text below this headline.")
    KICKER_SPLIT = gettext_noop(
        "The kicker shares the headline's line; the split is proposed. The line as it came: %(about)s"
    )
    DECK_SPLIT = gettext_noop(
        "The deck shares the headline's line; the split is proposed. The line as it came: %(about)s"
    )
    KICKER_LINE = gettext_noop("The line above the headline was taken as its kicker: %(about)s")
    DECK_LINE = gettext_noop("The line below the headline was taken as its deck: %(about)s")
    HEADLINE_JOINED = gettext_noop("The headline stood in several lines that were joined: %(about)s")
    HEADLINE_ALONE = gettext_noop(
        "Neither byline nor dateline follows this headline; it may be a subhead of the story above: %(about)s"
    )
    SUBHEAD_ALONE = gettext_noop(
        "This line was taken as a subhead; it may be the headline of another story: %(about)s"
    )
    SUBHEAD_OR_BREAK = gettext_noop(
        "This line was taken as a heading; it may be a paragraph that a column break cut: %(about)s"
    )
    BREAK_OR_SUBHEAD = gettext_noop("This line was joined with the next; it may be a heading: %(about)s")
    OPEN_END = gettext_noop("This paragraph ends without end punctuation; its rest may be missing: %(about)s")
    QUOTE_OPEN = gettext_noop(
        "A quotation stays open at the end of a paragraph and is closed in the next one; "
        "they may be one paragraph: %(about)s"
    )
    LATIN_JOIN = gettext_noop("Latin letters met at a break; check whether a space belongs there: %(about)s")
    NAME_UNKNOWN = gettext_noop("This name is not on the staff list: %(about)s")
    NAME_UNUSUAL = gettext_noop("This may be no name: %(about)s")
    NAMES_ALONE = gettext_noop("This line of nothing but names was taken as a byline: %(about)s")
    NAME_PADDED = gettext_noop("Spaces inside this name were taken as padding: %(about)s")
    NAME_SPLIT = gettext_noop("Names that stood together were told apart: %(about)s")
    BYLINE_BELOW = gettext_noop("The byline stands below the text: %(about)s")
    BYLINE_DOUBTFUL = gettext_noop("This byline line may belong to another story: %(about)s")
    CAPTION = gettext_noop("This paragraph ends in a photo credit; it may be a caption: %(about)s")
    JUMP = gettext_noop("The story goes on, or began, on another page: %(about)s")
    BRIEF_RUN = gettext_noop("Short items in a row were taken as briefs; they may be parts of one story.")
    LIST_OR_BRIEFS = gettext_noop("This marked paragraph may be an item of its own: %(about)s")
    WIRE_ALONE = gettext_noop("A wire item without a headline; it was not joined to the story above.")
    INVISIBLE = gettext_noop("Invisible or broken characters were taken out of the text.")
    HEADLINE_PROPOSED = gettext_noop("The headline is proposed from the first words of the text: %(about)s")
    LINE_TOO_LONG = gettext_noop(
        "This line was too long for its field and stands whole in the text: %(about)s"
    )
    NAME_LEFT_OUT = gettext_noop("This name was not put into the byline: %(about)s")


@dataclass(frozen=True, slots=True)
class Note:
    """One doubt; `about` is the piece of text that it speaks of, shortened."""

    code: Doubt
    about: str = ""

    def __str__(self) -> str:
        return str(self.code) % {"about": self.about} if "%(about)s" in self.code else str(self.code)


def note(code: Doubt, about: str = "", limit: int = 60) -> Note:
    """A note about a text, cut to `limit` characters; surrogates and controls never reach the wording."""
    clean = "".join(c if c.isprintable() or c == "\u3000" else " " for c in about[: limit + 1])
    return Note(code, clean if len(clean) <= limit else clean[:limit] + "…")
