"""The grid everything on a page stands on: columns side by side, lines of body text one below the other."""

from dataclasses import dataclass

MILLIMETRE = 72 / 25.4


@dataclass(frozen=True)
class Grid:
    """A page's measures; lengths in points. `PageFormat` is where a paper keeps them.

    `column` is the width of one, a whole number of body characters; `pitch` the distance of two baselines; `lines` what
    a column holds with the masthead's `masthead_lines` included.
    """

    width: float
    height: float
    columns: int
    column: float
    gutter: float
    body: float
    pitch: float
    lines: int
    masthead_lines: int

    @classmethod
    def of(
        cls,
        *,
        width_mm: float,
        height_mm: float,
        columns: int,
        column_characters: int,
        gutter: float,
        body_size: float,
        pitch: float,
        lines: int,
        masthead_lines: int,
    ) -> "Grid":
        return cls(
            width=width_mm * MILLIMETRE,
            height=height_mm * MILLIMETRE,
            columns=columns,
            column=column_characters * body_size,
            gutter=gutter,
            body=body_size,
            pitch=pitch,
            lines=lines,
            masthead_lines=masthead_lines,
        )

    @property
    def lead(self) -> float:
        """The space between two lines."""
        return self.pitch - self.body

    @property
    def text_width(self) -> float:
        return self.span(self.columns)

    @property
    def left(self) -> float:
        """Where the first column begins."""
        return (self.width - self.text_width) / 2

    @property
    def top(self) -> float:
        """Where the first line's type begins. A newspaper's foot is a little wider than its head."""
        return (self.height - self.lines * self.pitch) * 0.48

    @property
    def ems(self) -> float:
        """Body characters in a column's line."""
        return self.column / self.body

    @property
    def scale(self) -> float:
        """How large headlines are against those of a broadsheet."""
        return min(1.0, max(0.7, (self.text_width / 1006) ** 0.45))

    def span(self, columns: int) -> float:
        """The width of this many columns with the gutters between them."""
        return columns * self.column + (columns - 1) * self.gutter

    def x(self, column: int) -> float:
        """Where a column begins, from the page's edge."""
        return self.left + column * (self.column + self.gutter)

    def y(self, line: float) -> float:
        """Where a line's type begins, from the page's edge; the masthead's lines are counted."""
        return self.top + line * self.pitch

    def depth(self, lines: float) -> float:
        """How high this many lines are, without the space below the last."""
        return lines * self.pitch - self.lead
