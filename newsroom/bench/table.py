"""What a measurement found, as a table that a terminal and Markdown both show. Pure."""

import json
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from statistics import median
from typing import Self


@dataclass
class Table:
    """`rows` are words as printed, one for each column of `head`. `missed`: a sentence for each target not held."""

    title: str
    head: Sequence[str]
    rows: list[Sequence[str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def add(self, *cells: object) -> None:
        self.rows.append([str(cell) for cell in cells])

    def hold(self, what: str, target: str, held: bool) -> str:
        """The target as printed beside a number. One that is not held is remembered."""
        if not held:
            self.missed.append(f"{what}: {target} was not held")
        return target if held else f"{target} — MISSED"

    def as_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Self:
        return cls(**json.loads(text))

    def markdown(self) -> str:
        lines = [f"## {self.title}", "", _row(self.head), _row(["---"] * len(self.head))]
        lines += [_row(row) for row in self.rows]
        for note in self.notes:
            lines += ["", note]
        return "\n".join(lines) + "\n"

    def plain(self) -> str:
        """The table in columns, for a terminal."""
        every = [self.head, *self.rows]
        widths = [max(_width(row[column]) for row in every) for column in range(len(self.head))]
        lines = [self.title]
        for row in every:
            cells = [cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)]
            lines.append("  " + "  ".join(cells).rstrip())
        return "\n".join([*lines, *(f"  {note}" for note in self.notes)]) + "\n"


def ms(seconds: Iterable[float]) -> str:
    """The median of these seconds, in milliseconds."""
    return f"{median(seconds) * 1000:.1f}"


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
