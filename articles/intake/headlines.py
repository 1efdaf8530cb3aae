"""Which of the lines over a story is kicker, headline and deck; also when they share one line. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from articles.intake.characters import COMMA_LIKE, MARKS, visible_length
from articles.intake.joins import OpenMarks
from articles.intake.lines import Line
from articles.intake.model import Span
from articles.intake.notes import Doubt, Note, note
from articles.intake.punctuation import restore

_MARK = re.compile(rf"[\s{MARKS}]+")
_DASH = re.compile("——|—|--|──|--")
_BAR = re.compile(r"\s*[|｜丨]\s*")
# 引题 often ends so: 会议强调, 在调研时指出.
KICKER_ENDS = re.compile("(?:强调|指出|要求|表示|时|会上|之际|[：:])$")
_DECK_ENDS = re.compile(
    "(?:纪实|侧记|综述|访谈|观察|启示|报告|透视|记|见闻|扫描|记事|小记|一瞥|剪影|回眸|解读)$"
)
_COLUMN = re.compile(
    "[·|｜•]|^[【《〔].*[】》〕]$|^(?:图片新闻|图片故事|新闻图片|图片报道|图说[^，。]{0,4})$"
)
_DECK_STARTS = re.compile("(?:记|访|写在|写给|走进|听|看)")


@dataclass
class Heads:
    """The three fields as stored, their spans (only of those that have text) and what is doubtful about them."""

    kicker: str = ""
    headline: str = ""
    deck: str = ""
    spans: dict[str, Span] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)

    def put(self, name: str, raw: str, span: Span) -> None:
        setattr(self, name, headline_text(raw))
        self.spans[name] = span


def headline_text(raw: str) -> str:
    """A heading as stored: without the mark before it, and without 【】 around all of it."""
    text = restore(_MARK.sub("", raw, count=1) if _MARK.match(raw) else raw)
    if text.startswith("【") and text.endswith("】") and "】" not in text[:-1]:
        text = text[1:-1].strip()
    return text


def read_heads(lines: Sequence[Line]) -> Heads:
    """One to three lines, or two of them that are one headline set in two lines, as kicker, headline and deck."""
    heads = Heads()
    groups = _set_together(lines, heads)
    if len(groups) == 1:
        _one_line(groups[0], heads)
        return heads
    kicker, main, deck = _parts(groups)
    if main is not None:
        _one_line(main, heads, split=kicker is None and deck is None)
    if kicker is not None:
        _put(kicker, "kicker", heads)
        heads.notes.append(note(Doubt.KICKER_LINE, heads.kicker))
    if deck is not None:
        _put(deck, "deck", heads)
        if not heads.deck.startswith("—"):
            heads.notes.append(note(Doubt.DECK_LINE, heads.deck))
    return heads


def _put(lines: Sequence[Line], name: str, heads: Heads) -> None:
    heads.put(name, "".join(line.raw for line in lines), (lines[0].start, lines[-1].end))


def _set_together(lines: Sequence[Line], heads: Heads) -> list[list[Line]]:
    """Lines of one sentence grouped: a headline broken after a comma or inside quotes; never more than three groups."""
    groups: list[list[Line]] = [[lines[0]]]
    for line in lines[1:]:
        before = groups[-1][-1]
        marks = OpenMarks().read("".join(piece.raw for piece in groups[-1]))
        goes_on = bool(marks) or (before.clean[-1] in COMMA_LIKE and before.clean[-1] not in "：:")
        goes_on = goes_on or line.clean.startswith("暨")  # one meeting of two names
        starts_deck = bool(_DASH.match(line.clean))
        if (goes_on and not starts_deck) or (len(groups) == 3 and not starts_deck):
            groups[-1].append(line)
        else:
            groups.append([line])
    for group in groups:
        if len(group) > 1:
            heads.notes.append(note(Doubt.HEADLINE_JOINED, " / ".join(line.text for line in group)))
    while len(groups) > 3:  # only a dash can have made a fourth
        groups[-2:] = [groups[-2] + groups[-1]]
    return groups


Group = list[Line] | None


def _parts(groups: list[list[Line]]) -> tuple[Group, Group, Group]:
    """Kicker, headline, deck of two or three groups of lines."""
    if len(groups) == 3:
        return groups[0], groups[1], groups[2]
    upper, lower = groups
    above, below = upper[-1].clean, lower[0].clean
    if _DASH.match(below) or _DECK_ENDS.search(lower[-1].clean):
        return None, upper, lower
    if KICKER_ENDS.search(above) or _is_rubric_like(upper):
        return upper, lower, None
    if _DECK_STARTS.match(below) and lower[0].length >= upper[0].length:
        return None, upper, lower
    size_above, size_below = sum(line.length for line in upper), sum(line.length for line in lower)
    if size_above >= size_below or size_below > 1.8 * size_above > 18:
        return None, upper, lower
    return upper, lower, None


def _is_rubric_like(group: list[Line]) -> bool:
    """走基层·看变化, 【潮头观察】, 《新春走基层》: a column's name above its headline."""
    text = group[0].clean
    return len(group) == 1 and group[0].length <= 12 and bool(_COLUMN.search(text))


def _one_line(lines: Sequence[Line], heads: Heads, *, split: bool = True) -> None:
    """A headline that may have its kicker before it or its deck behind it on the same line."""
    first, last = lines[0], lines[-1]
    raw = "".join(line.raw for line in lines)
    if len(lines) > 1 or not split:
        heads.put("headline", raw, (first.start, last.end))
        return
    start = _MARK.match(raw)
    body = start.end() if start else 0
    dash = re.search(r"\s+(?=——|—|--)", raw[body + 1 :])
    if dash:
        cut = body + 1 + dash.start()
        heads.put("deck", raw[cut:].strip(), (first.start + body + 1 + dash.end(), last.end))
        heads.notes.append(note(Doubt.DECK_SPLIT, raw, limit=200))
        raw = raw[:cut]
    place = _kicker_end(raw, body)
    if place is None:
        heads.put("headline", raw, (first.start, first.start + len(raw)))
        return
    kicker_end, headline_start = place
    heads.put(
        "kicker", raw[:kicker_end], (first.start, first.start + headline_start - _spaces(raw, headline_start))
    )
    heads.put("headline", raw[headline_start:], (first.start + headline_start, first.start + len(raw)))
    heads.notes.append(note(Doubt.KICKER_SPLIT, first.raw, limit=200))


def _spaces(raw: str, stop: int) -> int:
    """How much white space stands before this offset."""
    return stop - len(raw[:stop].rstrip())


def _kicker_end(raw: str, body: int) -> tuple[int, int] | None:
    """Where a kicker ends and its headline begins: at a bar, behind 【…】, at the one widest space, or where short
    pieces give way to long ones. None if the line is one headline (two clauses of like length are)."""
    bar = _BAR.search(raw, body + 1)
    if bar and 2 <= visible_length(raw[body : bar.start()]) <= 14 and visible_length(raw[bar.end() :]) >= 4:
        return bar.start(), bar.end()
    bracket = re.compile(r"【[^【】]{2,14}】\s*(?=\S{4})").match(raw, body)
    if bracket:
        return bracket.end(), bracket.end()
    pieces = [(match.start(), match.end()) for match in re.compile(r"\S+").finditer(raw, body)]
    if not 2 <= len(pieces) <= 8:
        return None
    gaps = [len(re.sub("\u3000", "  ", raw[left[1] : right[0]])) for left, right in pairwise(pieces)]
    widest = max(gaps)
    lengths = [visible_length(raw[start:end]) for start, end in pieces]
    if len(gaps) > 1 and gaps.count(widest) == 1 and widest > min(gaps):
        cut = gaps.index(widest)
        if sum(lengths[cut + 1 :]) >= 6:
            return pieces[cut][1], pieces[cut + 1][0]
    for cut in range(1, len(pieces)):
        head, rest = lengths[:cut], lengths[cut:]
        if min(rest) >= 7 and max(head) * 1.4 <= min(rest) and max(head) <= 14 and min(head) >= 2:
            return pieces[cut - 1][1], pieces[cut][0]
    return None
