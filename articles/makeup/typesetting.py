"""Breaks and pieces of Chinese type, as far as Python has to know them before Typst sets them."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

from articles.makeup.material import Piece
from articles.makeup.widths import ems

# What never begins a line, and what never ends one (clreq).
NO_START = set("，。、；：！？）》〉」』】”’…—％%·,.;:!?)")
NO_END = set("（《〈「『【“‘(")
# So much without a space or an ideograph is no word.
_UNBROKEN = re.compile(r"[!-~\u00a1-\u2e7f]{19,}")
# A number keeps its measure word, and both the thing counted; particles keep the word they belong to.
_NUMERALS = set("一二三四五六七八九十百千万亿两几半第零")
_MEASURES = set("个条号名位只座家次年月日元人台艘件所辆层级项部张处场届度吨米里岁天公万亿百千十")
_CLINGS_BEFORE = set("的地得了着过吗呢吧们")
_CLINGS_AFTER = set("和与及或将被把对向从在为让使不")


@cache
def _segmenter() -> Any:
    import rjieba  # noqa: PLC0415  # 0.2 s and 30 MB: for workers only

    return rjieba


@lru_cache(maxsize=2048)
def break_points(text: str) -> tuple[int, ...]:
    """Where a line may be parted without parting a word, a number, a name in quotes' mark or a mark from its word."""
    points: list[int] = []
    at = 0
    for word in _segmenter().cut(text):
        at += len(word)
        if at >= len(text):
            break
        before, after = text[at - 1], text[at]
        if after in NO_START or before in NO_END:
            continue
        if _latin(before) and _latin(after):
            continue
        points.append(at)
    return tuple(points)


def _latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def rows(text: str, count: int) -> list[str] | None:
    """The text in `count` rows of about one length, parted between words; None where that is impossible.

    Each `|` an editor set is a break, and then the count must be theirs. A space or a comma is a good place.
    """
    found = _rows(text, count)
    return None if found is None else list(found)


@lru_cache(maxsize=2048)
def _rows(text: str, count: int) -> tuple[str, ...] | None:
    if "|" in text:
        wanted = [row.strip() for row in text.split("|")]
        return tuple(wanted) if len(wanted) == count and all(wanted) else None
    text = text.strip()
    if count == 1:
        return (text,)
    points = break_points(text)
    if len(points) < count - 1:
        return None
    total = ems(text)
    best: tuple[float, list[int]] | None = None
    for chosen in _choices(points, count - 1):
        parts = _parted(text, chosen)
        if any(not part for part in parts):
            continue
        unevenness = max(ems(part) for part in parts) - total / count
        bonus = sum(_natural(text, at) for at in chosen)
        cost = unevenness - bonus
        if best is None or cost < best[0]:
            best = (cost, list(chosen))
    return tuple(_parted(text, best[1])) if best is not None else None


def _natural(text: str, at: int) -> float:
    """How much unevenness a break is worth, in ems: one at a comma may leave a row a good deal shorter."""
    before, after = text[at - 1], text[at]
    if before in "，　 ；：、。！？" or after in "　 ":
        return 4.0
    if before in _MEASURES and at > 1 and (text[at - 2] in _NUMERALS or text[at - 2].isdigit()):
        return -4.0
    if after in _CLINGS_BEFORE or before in _CLINGS_AFTER:
        return -3.0
    return 1.0 if after in "“《" else 0.0


def _choices(points: tuple[int, ...], count: int) -> Iterable[tuple[int, ...]]:
    if count == 1:
        return ((point,) for point in points)
    return ((a, b) for index, a in enumerate(points) for b in points[index + 1 :])


def _parted(text: str, at: Iterable[int]) -> list[str]:
    ends = [0, *at, len(text)]
    return [text[start:end].strip() for start, end in pairwise(ends)]


def wrapped(text: str, width: float) -> list[str]:
    """The text in rows of at most `width` ems, for captions and small display lines. Words are kept whole where they
    fit, and no mark begins a row."""
    return list(_wrapped(text, round(width, 2)))


@lru_cache(maxsize=8192)
def _wrapped(text: str, width: float) -> tuple[str, ...]:
    out: list[str] = []
    row = ""
    for whole in _words(text):
        word = whole
        if row and ems(row + word) > width:
            out.append(row.rstrip())
            row, word = "", word.lstrip()
        while ems(word) > width and len(word) > 1:
            cut = next(at for at in range(len(word), 0, -1) if at == 1 or ems(row + word[:at]) <= width)
            out.append(row + word[:cut])
            row, word = "", word[cut:]
        row += word
    if row.strip():
        out.append(row.rstrip())
    return tuple(out)


def _words(text: str) -> list[str]:
    """Words with the marks that belong to them."""
    ends = [*break_points(text), len(text)] if text else []
    starts = [0, *ends]
    return [text[start:end] for start, end in zip(starts, ends, strict=False)]


def subhead_rows(text: str, width: float) -> list[str]:
    """A subhead in one row of `width` ems, else in as few even ones as hold it."""
    text = text.strip()
    if ems(text) <= width:
        return [text]
    for count in (2, 3):
        parts = rows(text.replace("|", ""), count)
        if parts and all(ems(part) <= width for part in parts):
            return parts
    return wrapped(text, width)


def runs(piece: Piece, start: int, end: int) -> list[dict[str, str]]:
    """The stretch [start, end) of a piece's text, parted where its style changes: [{"t", "s"}]."""
    edges = {start, end}
    for span in piece.spans:
        edges.update(edge for edge in (span.start, span.end) if start < edge < end)
    ordered = sorted(edges)
    out = []
    for a, b in pairwise(ordered):
        style = next((span.style for span in piece.spans if span.start <= a < span.end), "")
        out.append({"t": _breakable(piece.text[a:b]), "s": style})
    if out:
        out[0]["t"] = out[0]["t"].lstrip()
        out[-1]["t"] = out[-1]["t"].rstrip()
    return [run for run in out if run["t"]]


def _breakable(text: str) -> str:
    """With leave to part what no dictionary parts: an address on the web would run out of its column."""
    return _UNBROKEN.sub(lambda found: "\u200b".join(found[0]), text)
