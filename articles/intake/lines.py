"""The raw text as lines, and what each line says by itself. Pure."""

import re
from dataclasses import dataclass, field
from functools import cached_property

from articles.intake.bylines import Credit, parse_credit
from articles.intake.characters import HAN, INVISIBLE, MARKS, SURROGATE, visible_length
from articles.intake.datelines import Dateline, match_dateline, match_opening_credit
from articles.intake.furniture import furniture
from articles.intake.joins import is_ended
from articles.intake.model import Why
from articles.intake.names import Roll
from articles.intake.punctuation import restore
from articles.intake.tails import tail_credit

# Longer than any headline; what is longer is prose.
LONGEST_HEADLINE = 60
_INNER_STOP = re.compile("[。；！？!?;｡](?=.)")
_BYLINE_BEHIND = re.compile(f"\\s+(?=[{MARKS}]|[{HAN}]{{0,8}}(?:记者|通讯员|实习生)|文/图|图/文|摄影)")
_MARKED = re.compile(f"([{MARKS}])\\s*")
_BRACKETED = re.compile(r"【([^【】]{1,40})】\s*")


@dataclass(eq=False)
class Line:
    """One line that shows something. `start`, `end`: its offsets in the page without white space at its ends;
    `gap`: empty lines before it; `indent`: the white space before its first character, in half-width units."""

    raw: str
    start: int
    end: int
    gap: int
    indent: int
    roll: Roll = field(repr=False)

    @cached_property
    def text(self) -> str:
        """As it would be stored."""
        return restore(self.raw)

    @cached_property
    def length(self) -> int:
        """Visible characters, counted up to a little over the longest headline."""
        return visible_length(self.raw[: 2 * LONGEST_HEADLINE])

    @cached_property
    def is_ended(self) -> bool:
        return is_ended(self.clean) or self.tail is not None

    @cached_property
    def tail(self) -> tuple[int, Credit] | None:
        """Where in `raw` a credit behind the last sentence begins, and the credit."""
        return tail_credit(self.raw, self.start, self.roll)

    @cached_property
    def clean(self) -> str:
        """Raw without invisible characters; offsets no longer hold."""
        return SURROGATE.sub("\ufffd", INVISIBLE.sub("", self.raw)).strip()

    @cached_property
    def is_prose(self) -> bool:
        """Whether it cannot be a heading or byline by its shape: too long, or a full stop inside."""
        return (
            len(self.raw) > 6 * LONGEST_HEADLINE
            or self.length > LONGEST_HEADLINE
            or "。" in self.raw[:-1]
            or "；" in self.raw
        )

    @cached_property
    def has_inner_stop(self) -> bool:
        return bool(_INNER_STOP.search(self.raw[: 2 * LONGEST_HEADLINE]))

    @cached_property
    def credit(self) -> Credit | None:
        return parse_credit(self.raw, self.start, self.roll)

    @cached_property
    def dateline(self) -> Dateline | None:
        return match_dateline(self.raw, self.start, self.roll) or match_opening_credit(
            self.raw, self.start, self.roll
        )

    @cached_property
    def furniture(self) -> Why | None:
        """Why the line belongs to the page and to no story; None if it may belong to one."""
        if not INVISIBLE.sub("", self.raw).strip():
            return Why.INVISIBLE
        return furniture(self.raw)

    @cached_property
    def mark(self) -> str:
        """The ■ ◆ ● … or 【 that it opens with, or ""."""
        match = _MARKED.match(self.raw)
        if match:
            return match.group(1)
        return "【" if _BRACKETED.match(self.raw) else ""

    @cached_property
    def is_bracketed(self) -> bool:
        """Whether all of it stands in 【】."""
        match = _BRACKETED.match(self.raw)
        return bool(match) and match is not None and match.end() == len(self.raw)

    def inline_headline(self, *, spaced: bool) -> int:
        """Where the text goes on behind a headline that shares its line: 【标题】正文, ◆ 标题 正文; 0 if none.

        `spaced`: a headline may be told by the white space behind it alone.
        """
        bracket = _BRACKETED.match(self.raw)
        if bracket and bracket.end() < len(self.raw):
            return bracket.end()
        mark = _MARKED.match(self.raw)
        if mark and (bracket := _BRACKETED.match(self.raw, mark.end())) and bracket.end() < len(self.raw):
            return bracket.end()
        if not spaced:
            return 0
        start = mark.end() if mark else 0
        match = re.compile(
            r"[^\s，。,；;：:]{4,26}(?:\s[^\s，。,；;：:]{4,26})?(\s+|[：:]\s*)(?=\S{6})"
        ).match(self.raw, start)
        if match is None:
            return 0
        rest = self.raw[match.end() : match.end() + 60]
        return match.end() if visible_length(rest) >= 15 or re.search("[，,。]", rest) else 0


def split_lines(text: str, roll: Roll) -> list[Line]:
    """All lines that hold a visible character. Line ends: whatever `str.splitlines` knows, form feeds too."""
    lines: list[Line] = []
    position = gap = 0
    for piece in text.splitlines(keepends=True):
        stripped = piece.strip()
        if stripped:
            before = len(piece) - len(piece.lstrip())
            start = position + before
            indent = sum(2 if character == "\u3000" else 1 for character in piece[: min(before, 60)])
            line = Line(stripped, start, start + len(stripped), gap if lines else 0, indent, roll)
            lines.extend(_headline_and_byline(line) or (line,))
            gap = 0
        else:
            gap += 1
        position += len(piece)
    return lines


def _headline_and_byline(line: Line) -> tuple[Line, Line] | None:
    """A byline on its headline's line (新航线开通 ■记者 甲) as a line of its own; None if there is none."""
    if len(line.raw) > 2 * LONGEST_HEADLINE:
        return None
    for match in _BYLINE_BEHIND.finditer(line.raw):
        head, tail = line.raw[: match.start()].rstrip(), line.raw[match.end() :]
        credit = parse_credit(tail, line.start + match.end(), line.roll)
        if credit is None or not any(byline.title or byline.role for byline in credit.bylines):
            continue
        if (
            visible_length(head) < 4
            or is_ended(head)
            or line.credit is not None
            or line.dateline
            or line.furniture
        ):
            return None
        return (
            Line(head, line.start, line.start + len(head), line.gap, line.indent, line.roll),
            Line(tail, line.start + match.end(), line.end, 0, 0, line.roll),
        )
    return None


def has_broken_characters(raw: str) -> bool:
    """Whether `restore` would take out or replace a character of it; a byte order mark in front is none."""
    raw = raw.removeprefix("\ufeff")
    return bool(INVISIBLE.search(raw) or SURROGATE.search(raw))
