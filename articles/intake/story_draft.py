"""A story in the making, between the page's items and the finished story. Pure."""

from dataclasses import dataclass, field

from articles.intake.bylines import Credit
from articles.intake.labels import Item, Part
from articles.intake.lines import Line
from articles.intake.notes import Note


@dataclass
class Draft:
    """A story in the making. `inline_end`: offset in the first paragraph's first line where a headline that shares
    the line ends, 0 if none. `below`: credits that stand below the text."""

    heads: list[Line] = field(default_factory=list)
    credits: list[Credit] = field(default_factory=list)
    body: list[Item] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    inline_end: int = 0
    is_brief: bool = False
    closed: bool = False
    credit_below: bool = False

    @property
    def paragraphs(self) -> list[Item]:
        return [item for item in self.body if item.part is Part.PARAGRAPH]

    @property
    def is_waiting(self) -> bool:
        """Whether its text is still to come: nothing below the heads but a dateline that fills its line."""
        return all(
            item.first.dateline is not None and item.first.dateline.end >= item.last.end for item in self.body
        )

    @property
    def is_signed(self) -> bool:
        """Whether a name stands over its text, or behind its dateline."""
        dated = [item.first.dateline for item in self.body[:1]]
        return bool(self.credits) or any(line is not None and line.credit is not None for line in dated)

    @property
    def is_wire(self) -> bool:
        dated = [item.first.dateline for item in self.body[:1]]
        return any(dateline is not None and dateline.agency for dateline in dated)
