"""A parsed story becomes the content of a draft. Pure: names are still names here, nothing is looked up.

A draft has fields of limited length; the text has none. A line that is too long for its field is never cut: it stands
whole at the head of the body, with a note.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from articles.body import from_blocks
from articles.intake.model import Block, BlockType, Byline, PageText, Reason, Story
from articles.intake.notes import Doubt, Note, note

# As the story's fields and a byline's have them; a test compares.
LONGEST = {"kicker": 120, "headline": 120, "deck": 200, "dateline": 60}
LONGEST_NAME, LONGEST_TITLE = 40, 20
# A proposed headline ends before the first of these, or after so many characters.
HEADLINE_ENDS = "。！？!?；;，,：:"
PROPOSED_LENGTH = 30

# Which part of the work a printed role names; whatever is not here is text.
ROLES = {
    "摄影": "photo",
    "摄": "photo",
    "图": "photo",
    "图片": "photo",
    "文/图": "text_and_photo",
    "图/文": "text_and_photo",
    "图文": "text_and_photo",
    "文图": "text_and_photo",
    "文/摄": "text_and_photo",
    "制图": "graphics",
    "绘图": "graphics",
    "图表": "graphics",
    "视频": "video",
    "摄像": "video",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """What the editor decided about one story. None: as it was read."""

    kicker: str | None = None
    headline: str | None = None
    deck: str | None = None
    section: int | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """One story, ready to be filed but for its names. `fields`: part of a snapshot (kind, lines, body)."""

    fields: dict[str, str]
    bylines: tuple[Byline, ...]
    notes: tuple[Note, ...]
    joined: tuple[Reason, ...] = field(default=())


def draft_of(story: Story, choice: Choice | None = None, *, untitled: str = "—") -> Draft:
    """The draft of a story. `untitled` is the headline of one that has not a single word to make one of.

    Raises BodyTooLarge (articles.body).
    """
    choice = choice or Choice()
    notes = list(story.notes)
    lines = {
        "kicker": story.kicker if choice.kicker is None else choice.kicker.strip(),
        "headline": story.headline if choice.headline is None else choice.headline.strip(),
        "deck": story.deck if choice.deck is None else choice.deck.strip(),
        "dateline": story.dateline,
    }
    whole: list[str] = []
    for name, longest in LONGEST.items():
        if len(lines[name]) > longest:
            whole.append(lines[name])
            notes.append(note(Doubt.LINE_TOO_LONG, lines[name]))
            lines[name] = proposed_headline(lines[name]) if name == "headline" else ""
    if not lines["headline"]:
        lines["headline"] = first_words(lines, story.blocks) or untitled
        notes.append(note(Doubt.HEADLINE_PROPOSED, lines["headline"]))
    body = from_blocks(
        [
            *(("paragraph", line) for line in whole),
            *(
                ("subhead" if block.type is BlockType.SUBHEAD else "paragraph", block.text)
                for block in story.blocks
            ),
        ]
    )
    return Draft(
        fields={"kind": str(story.kind), **lines, "body": body},
        bylines=story.bylines,
        notes=tuple(dict.fromkeys(notes)),
        joined=tuple(join.reason for block in story.blocks for join in block.joins),
    )


def proposal_for(story: Story) -> str:
    """The headline that `draft_of` gives a story without one; "" if there are no words at all."""
    lines = {"kicker": story.kicker, "deck": story.deck, "dateline": story.dateline}
    return first_words(lines, story.blocks)


def first_words(lines: dict[str, str], blocks: Iterable[Block]) -> str:
    """A headline for a story that has none: the first words of its text, else of its other lines; "" if there are
    no words at all."""
    texts = [*(block.text for block in blocks), lines["kicker"], lines["deck"], lines["dateline"]]
    return next((headline for text in texts if (headline := proposed_headline(text))), "")


def proposed_headline(text: str) -> str:
    """The first clause of a text, at most PROPOSED_LENGTH characters and "…"."""
    text = text.strip()
    ends = [place for mark in HEADLINE_ENDS if (place := text.find(mark)) > 0]
    clause = text[: min(ends)] if ends else text
    if not any(character.isalnum() for character in clause):
        clause = text
    return clause if len(clause) <= PROPOSED_LENGTH else clause[: PROPOSED_LENGTH - 1] + "…"


def role_of(byline: Byline) -> str:
    """The byline's role as the story keeps it."""
    return ROLES.get("".join(byline.role.split()).replace("／", "/"), "text")


def kind_of_reporter(title: str) -> str:
    """What a name that is not on the list most likely is, by the title before it: staff, intern or stringer."""
    if "实习" in title:
        return "intern"
    return "stringer" if "通讯员" in title or "特约" in title else "staff"


def compact(name: str) -> str:
    """A name as it is looked up: without the padding that sets two characters as wide as three. A space between
    Latin words is part of the name."""
    parts = name.split()
    return (" " if all(part.isascii() for part in parts) else "").join(parts)


def names_on(page: PageText) -> dict[str, Byline]:
    """Every name on the page, compact, in order, with the first byline that has it."""
    found: dict[str, Byline] = {}
    for story in page.stories:
        for byline in story.bylines:
            found.setdefault(compact(byline.name), byline)
    return found
