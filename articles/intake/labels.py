"""Every line gets its part: heading, byline, paragraph (with mended breaks) or page furniture. Pure.

The one hard question is what an unended line is: a heading, or a paragraph that a column break cut. Punctuation and
digits decide first, then position (byline or dateline below), then the shape it shares with other lines of the story,
then words at the break, then its looks. What stays doubtful is noted.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from articles.intake.characters import CANNOT_START
from articles.intake.headlines import KICKER_ENDS
from articles.intake.joins import Evidence, OpenMarks, enumerated, evidence
from articles.intake.lines import Line
from articles.intake.looks import heading_score, opens_like_a_sentence
from articles.intake.model import Reason, Why
from articles.intake.neighbours import Neighbours
from articles.intake.notes import Doubt, Note, note
from articles.intake.shapes import LONGEST_SUBHEAD, Habits, enumeration, is_question
from articles.intake.signatures import proven_headlines, signs_end

# A line longer than this without end punctuation is more likely a cut paragraph than a heading.
_LONG = 45
_SHORTER_THAN_COLUMNS = 8


class Part(Enum):
    HEAD = auto()
    BYLINE = auto()
    PARAGRAPH = auto()
    RUBRIC = auto()
    OTHER = auto()


@dataclass
class Item:
    """Consecutive lines of one part. `joins`: why line n + 1 goes on line n, for paragraphs of several lines.
    `is_proven`: a headline, because signatures above and below tell two stories."""

    part: Part
    lines: list[Line]
    joins: list[Reason] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    why: Why | None = None
    shared_shape: bool = False
    is_proven: bool = False

    @property
    def first(self) -> Line:
        return self.lines[0]

    @property
    def last(self) -> Line:
        return self.lines[-1]


def label(lines: Sequence[Line]) -> tuple[list[Item], Habits]:
    """The page's items in order, every line in exactly one; and the page's habits."""
    return _Labeller(lines).run()


class _Labeller(Neighbours):
    def __init__(self, lines: Sequence[Line]) -> None:
        super().__init__(lines)
        self.items: list[Item] = []
        self.proven = self._proven()

    def run(self) -> tuple[list[Item], Habits]:
        index = 0
        while index < self.count:
            line = self.lines[index]
            if (why := self.furniture[index]) is not None:
                self.items.append(Item(Part.OTHER, [line], why=why))
            elif self.rubric[index]:
                self.items.append(Item(Part.RUBRIC, [line], why=Why.RUBRIC))
            elif self.byline[index]:
                self.items.append(Item(Part.BYLINE, [line]))
            else:
                item = self._heading(index)
                if item is None:
                    index = self._paragraph(index)
                    continue
                self.items.append(item)
            index += 1
        return self.items, self.habits

    # Headings

    def _heading(self, index: int) -> Item | None:  # noqa: PLR0911, PLR0912  # signals, strongest first
        """The line as a heading, or None if it is a paragraph or the first piece of one."""
        line = self.lines[index]
        if self.dated[index] or line.is_prose or (line.mark and line.inline_headline(spaced=True)):
            return None
        item = Item(Part.HEAD, [line], shared_shape=self.shared[index], is_proven=index in self.proven)
        if item.is_proven:
            return item
        if not self.open[index]:
            return item if is_question(line) and self._is_question_heading(index) else None
        following = self.next_line[index]
        if following is None:
            return item if self._before() in (None, Part.HEAD) else None
        if (self.stands_over_story(index) or self.over_headline(index)) and self._is_only_text(index):
            return None
        if self.stands_over_story(index):
            return None if line.clean[-1] in "，,、；;" and line.length > LONGEST_SUBHEAD else item
        if self.rubric[following]:
            return None
        if self._is_kicker(index):
            return item
        found = self.evidence[index]
        if found is not None and found.hard:
            # A headline set in two lines may break after a comma.
            return item if self.over_headline(index) and line.length <= LONGEST_SUBHEAD else None
        if line.clean[-1] in "，,、；;：:" and not self.over_headline(index):
            return None
        if (line.length > _LONG and not (self._before() is None and self.over_headline(index))) or (
            line.length < 2 and self._before() is not None
        ):
            return None
        if self.habits.fills_column(line) and self._before() is not None:
            return None
        if self.goes_on_by_indent(index) and self._before() is not None:
            return None
        if line.is_bracketed or enumeration(line) or self._has_shape(index):
            if found is not None or self.shapes.weak[index]:
                item.notes.append(note(Doubt.SUBHEAD_OR_BREAK, line.text))
            return item
        if self.over_headline(index):
            return None if opens_like_a_sentence(line) and line.length > LONGEST_SUBHEAD else item
        if self._before() is None or (self._is_below_tail() and not opens_like_a_sentence(line)):
            return item
        return self._by_looks(index, item, found)

    def _has_shape(self, index: int) -> bool:
        """Whether the line shares its shape; where only one other does, it must look like a heading besides."""
        return self.shared[index] and (not self.shapes.weak[index] or self._score(index) >= 2)

    def _is_kicker(self, index: int) -> bool:
        """Whether the line ends as kickers do (会议强调, 指出：), with a complete text above and heads below."""
        if not KICKER_ENDS.search(self.lines[index].clean) or not self.over_heads(index):
            return False
        return self._before() is not Part.PARAGRAPH or self.items[-1].last.is_ended

    def _is_only_text(self, index: int) -> bool:
        """Whether a line over the next story must be text of the one above: that has a headline and a byline only,
        or the line opens like a sentence over a wire item, which may lack a headline."""
        shown = [item for item in self.items[-4:] if item.part is not Part.OTHER][-2:]
        if [item.part for item in shown] == [Part.HEAD, Part.BYLINE]:
            credit = shown[1].first.credit
            return credit is not None and not credit.photographic
        line, following = self.lines[index], self.lines[self.next_line[index] or index]
        over_wire = following.dateline is not None and following.dateline.agency
        return over_wire and line.length > 18 and opens_like_a_sentence(line) and bool(self.items)

    def _is_below_tail(self) -> bool:
        """Whether the text above is signed at its end, on its last line or below it."""
        shown = [item for item in self.items[-4:] if item.part is not Part.OTHER][-2:]
        if shown and shown[-1].part is Part.PARAGRAPH:
            return signs_end(shown[-1].last)
        return [item.part for item in shown] == [Part.PARAGRAPH, Part.BYLINE]

    def _proven(self) -> set[int]:
        candidate = [
            self.eligible[index]
            and self.evidence[index] is None
            and not (self.shared[index] and (line.mark or enumeration(line)))
            for index, line in enumerate(self.lines)
        ]
        return proven_headlines(self.lines, self.signs_start, self.signs_end, candidate, self._likely)

    def _likely(self, index: int) -> int:
        """How likely a candidate is the headline; below a story with subheads, hardly one of their shape, then the
        last of them."""
        return -20 if self.shared[index] else self._score(index)

    def _is_question_heading(self, index: int) -> bool:
        following = self.next_line[index]
        if following is None or self.furniture[index + 1] is not None:
            return self.stands_over_story(index)
        return (
            self.stands_over_story(index)
            or (self._before() is None and not self.open[following])
            or (self.shared[index] and self.lines[following].length >= 15)
        )

    def _before(self) -> Part | None:
        """The part of the item before, furniture aside; None at the top of the page or below a rubric."""
        for item in reversed(self.items[-6:]):
            if item.part is Part.RUBRIC:
                return None
            if item.part is not Part.OTHER:
                return item.part
        return None

    def _by_looks(self, index: int, item: Item, found: Evidence | None) -> Item | None:
        """A lone unended line in the midst of the page: judged by indents, gaps, length and the words around."""
        line, following = self.lines[index], self.lines[self.next_line[index] or index]
        if self.habits.indents and self.text[index + 1]:
            # Where paragraphs are indented, a line that is not cannot begin one.
            return item if following.indent or self.open[index + 1] else None
        if found is not None and not self.is_photo_text(self.next_line[index]):
            return None
        score = self._score(index) + self._company(index)
        if self._before() is not Part.HEAD and self.is_photo_text(self.next_line[index]):
            score += 3
        if score < 2:
            return None
        if score <= 3:
            item.notes.append(note(Doubt.SUBHEAD_OR_BREAK, line.text))
        return item

    def _company(self, index: int) -> int:
        """Subheads come several to a story and in one shape; a lone short line is more often a cut paragraph."""
        region = self.regions[index]
        if self.lines[index].length <= _SHORTER_THAN_COLUMNS and index and self.lines[index - 1].is_ended:
            return 2  # a cut piece fills at least one line of a column
        if region in self.shapes.settled:
            return -2
        return -2 if self.shapes.likely[region] <= 1 else 0

    def _score(self, index: int) -> int:
        line, below = self.lines[index], self.next_line[index] or index
        text = self.lines[below].clean[:80]
        if (
            self.open[below] and below + 1 < self.count and self.text[below + 1]
        ):  # the text below may be cut itself
            text += self.lines[below + 1].clean[:80]
        return heading_score(line, text) + (3 if self.habits.is_wide_gap(line) else 0)

    # Paragraphs

    def _paragraph(self, index: int) -> int:
        """Append the paragraph that begins at this line with all that goes on it; the index behind it."""
        item = Item(Part.PARAGRAPH, [self.lines[index]])
        marks = OpenMarks().read(self.lines[index].raw)
        while True:
            reason = self._goes_on(index, len(item.lines), marks, item)
            if reason is None:
                break
            index += 1
            item.joins.append(reason)
            item.lines.append(self.lines[index])
            marks.read(self.lines[index].raw)
        self._note_end(index, marks, item)
        self.items.append(item)
        return index + 1

    def _goes_on(  # noqa: PLR0911, PLR0912  # signals, strongest first
        self, index: int, pieces: int, marks: OpenMarks, item: Item
    ) -> Reason | None:
        """Why the next line belongs to the paragraph whose last piece is this line; None if it does not."""
        line = self.lines[index]
        if index + 1 >= self.count or not self.text[index + 1]:
            return None
        following = self.lines[index + 1]
        if self.aside[index]:
            return None
        if line.is_ended:
            # Nothing begins with a closing or inner mark, a full stop above or not.
            stray = following.clean[:1] in CANNOT_START and not following.clean.startswith("……")
            return Reason.CLOSING if stray and line.tail is None else None
        if self.dated[index + 1] and following.dateline and following.dateline.text:
            return None
        if line.dateline is not None and line.dateline.end >= line.end:
            return None  # a dateline that fills its line ends nothing
        if self.stands_over_story(index + 1):
            return None
        found = evidence(line.clean, following.clean, bool(marks))
        if found is not None and found.hard:
            return found.reason
        if following.is_bracketed or following.mark or enumerated(following.clean):
            return None
        heading_next = self.open[index + 1] and not following.is_prose and self.shared[index + 1]
        if self.habits.indents and following.indent and not heading_next:
            return None
        if heading_next and self.evidence[index + 1] is None:
            return None
        if found is not None:
            return found.reason
        if self.habits.is_wide_gap(following) and self.open[index + 1] and not following.is_prose:
            return None
        if (
            self.open[index + 1]
            and self.evidence[index + 1] is None
            and not following.is_prose
            and following.length <= LONGEST_SUBHEAD
            and not self.habits.fills_column(line)
        ):
            return None
        if pieces == 1 and line.length <= _LONG and not line.is_prose and not self.habits.fills_column(line):
            item.notes.append(note(Doubt.BREAK_OR_SUBHEAD, line.text))
        return Reason.NO_END

    def _note_end(self, index: int, marks: OpenMarks, item: Item) -> None:
        line = self.lines[index]
        if self.aside[index]:
            return
        if not line.is_ended and line.clean[-1] not in "：:；;":
            if line.dateline is None or line.dateline.end < line.end:
                item.notes.append(note(Doubt.OPEN_END, line.text[-30:]))
        elif line.is_ended and marks and index + 1 < self.count and self.text[index + 1]:
            following = self.lines[index + 1]
            if marks.closed_by(following.raw) and following.clean[:1] not in "“「":
                item.notes.append(note(Doubt.QUOTE_OPEN, line.text[-30:]))
