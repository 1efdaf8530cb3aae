"""What each line of a page says by itself and beside its neighbours, before anything is decided. Pure."""

from collections.abc import Sequence

from articles.intake.furniture import is_aside, is_rubric
from articles.intake.joins import Evidence, OpenMarks, evidence
from articles.intake.lines import LONGEST_HEADLINE, Line
from articles.intake.looks import opens_like_a_sentence
from articles.intake.shapes import LONGEST_SUBHEAD, habits, is_question, subhead_shapes
from articles.intake.signatures import closes_text, is_signed_line, signs_end, signs_photo


class Neighbours:
    """Per line: `furniture`, `rubric`, `byline`, `text` (none of these), `dated` (opens with a dateline), `open` (text
    without end punctuation), `evidence` that the next line goes on it, `shared` shape with other lines of its region.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.count = len(lines)
        self.habits = habits(lines)
        self.furniture = [line.furniture for line in lines]
        self.rubric = [
            why is None and is_rubric(line.clean) for line, why in zip(lines, self.furniture, strict=True)
        ]
        self.byline = [
            why is None and not rubric and line.credit is not None
            for line, why, rubric in zip(lines, self.furniture, self.rubric, strict=True)
        ]
        self.text = [
            why is None and not rubric and not byline
            for why, rubric, byline in zip(self.furniture, self.rubric, self.byline, strict=True)
        ]
        self.dated = [
            is_text and line.dateline is not None for line, is_text in zip(lines, self.text, strict=True)
        ]
        self.next_line = self._next_lines()
        self.aside = [
            is_text
            and index > 0
            and self.text[index - 1]
            and lines[index - 1].is_ended
            and is_aside(lines[index].raw)
            for index, is_text in enumerate(self.text)
        ]
        self.open = [
            is_text and not dated and not aside and not line.is_ended
            for line, is_text, dated, aside in zip(lines, self.text, self.dated, self.aside, strict=True)
        ]
        self.evidence = [self._evidence(index) for index in range(self.count)]
        self.closes_text = [closes_text(lines, index, self.byline, self.text) for index in range(self.count)]
        self.signs_end = [
            closes or (is_text and signs_end(line))
            for line, is_text, closes in zip(lines, self.text, self.closes_text, strict=True)
        ]
        self.signs_start = [
            is_signed_line(line) and (is_byline or dated) and not ends
            for line, is_byline, dated, ends in zip(
                lines, self.byline, self.dated, self.signs_end, strict=True
            )
        ]
        self.regions = self._regions()
        self.eligible = self._eligible()
        self.shapes = subhead_shapes(lines, self.regions, self.evidence, self.eligible)
        self.shared = self.shapes.shared

    def _next_lines(self) -> list[int | None]:
        """For every line the next one that is no furniture."""
        found: list[int | None] = [None] * self.count
        following: int | None = None
        for index in range(self.count - 1, -1, -1):
            found[index] = following
            if self.furniture[index] is None:
                following = index
        return found

    def _evidence(self, index: int) -> Evidence | None:
        """Why the next line goes on this one, judged by the two lines alone."""
        if (
            not self.open[index]
            or index + 1 >= self.count
            or not self.text[index + 1]
            or self.dated[index + 1]
        ):
            return None
        line = self.lines[index]
        marks = OpenMarks().read(line.raw) if line.length <= 2 * LONGEST_HEADLINE else OpenMarks()
        return evidence(line.clean, self.lines[index + 1].clean, bool(marks))

    def _regions(self) -> list[int]:
        """A number per line that changes where a byline, dateline or rubric proves that another story began, and below
        a line that signs the end of one."""
        regions: list[int] = []
        region = 0
        for index in range(self.count):
            begins = self.byline[index] or self.dated[index] or self.rubric[index]
            if begins or (index and self.signs_end[index - 1]):
                region += 1
            regions.append(region)
        return regions

    def _eligible(self) -> list[bool]:
        """Lines that could be subheads by their own looks and do not stand over a byline or dateline."""
        found: list[bool] = []
        at_top = True  # the first line below nothing or below a rubric is a headline, no model for subheads
        for index, line in enumerate(self.lines):
            following = self.next_line[index]
            shows = self.open[index] or (self.text[index] and not self.dated[index] and is_question(line))
            found.append(
                shows
                and 2 <= line.length <= LONGEST_SUBHEAD
                and not line.is_prose
                and not opens_like_a_sentence(line)
                and not self.habits.fills_column(line)
                and following is not None
                and not self.byline[following]
                and not self.dated[following]
                and not at_top
                and not self.is_photo_text(following)
                and not self.goes_on_by_indent(index)
            )
            at_top = self.rubric[index] or (at_top and self.furniture[index] is not None)
        return found

    def stands_over_story(self, index: int) -> bool:
        """Whether a short line has a byline or dateline directly below, as only headlines have."""
        following = self.next_line[index]
        line = self.lines[index]
        if following is None or line.length > LONGEST_HEADLINE or "。" in line.raw:
            return False
        if not self.open[index] and not (self.text[index] and is_question(line)):
            return False
        return self.byline[following] or self.dated[following]

    def goes_on_by_indent(self, index: int) -> bool:
        """Whether the page indents its paragraphs and the next line opens none, so that it goes on this one.

        Two headings may stand one below the other; below the last one a paragraph opens.
        """
        if not self.habits.indents or index + 1 >= self.count or not self.text[index + 1]:
            return False
        line, following = self.lines[index], self.lines[index + 1]
        if following.indent or self.dated[index + 1] or self.stands_over_story(index + 1):
            return False
        if line.indent or not self.open[index + 1] or following.length > LONGEST_SUBHEAD:
            return True
        return index + 2 < self.count and self.text[index + 2] and not self.lines[index + 2].indent

    def over_headline(self, index: int) -> bool:
        """Whether the next line is a headline that stands over its story (this one is then its kicker)."""
        following = self.next_line[index]
        return following is not None and self.stands_over_story(following)

    def over_heads(self, index: int) -> bool:
        """Whether up to three short lines follow, the last of which stands over its story."""
        following: int | None = index
        for _ in range(3):
            following = self.next_line[following] if following is not None else None
            if following is None:
                return False
            if self.stands_over_story(following):
                return True
            if not self.open[following] or self.lines[following].length > LONGEST_SUBHEAD:
                return False
        return False

    def is_photo_text(self, index: int | None) -> bool:
        """Whether a photo credit follows the paragraph at this line."""
        if index is None:
            return False
        length = self.lines[index].length
        for _ in range(3):  # over column breaks inside the text
            if not self.open[index] or index + 1 >= self.count or not self.text[index + 1]:
                break
            index += 1
            length += self.lines[index].length
        if self.text[index] and signs_photo(self.lines[index]):
            # A caption in the midst of a story has more of its text below it.
            return index + 1 >= self.count or not self.text[index + 1] or self.open[index + 1]
        if index + 1 >= self.count or not self.byline[index + 1]:
            return False
        credit = self.lines[index + 1].credit
        return credit is not None and credit.photographic and length >= 10
