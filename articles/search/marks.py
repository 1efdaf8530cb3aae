"""Where in a text the words of a question stand: marks and snippets of the original characters. Pure.

What comes out is text in pieces, never HTML: whoever prints it escapes it like any other text.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from articles.search.question import Phrase, Question
from articles.search.tokeniser import LETTER, Kind, kind_of, normal

LENGTH = 110
_BEFORE = 28
_SENTENCE_ENDS = "。！？；!?\n"
_CUT = "……"

Span = tuple[int, int]


@dataclass(frozen=True)
class Piece:
    """A stretch of text, marked or not."""

    text: str
    marked: bool = False


def spans(text: str, question: Question) -> list[Span]:
    """Where the question's phrases stand in `text`, in order; what overlaps or touches is one."""
    expressions = [each for phrase in question.phrases if (each := _expression(phrase)) is not None]
    # Most texts hold nothing: finding that out costs a hundredth of knowing every character's origin.
    whole = normal(text)
    if not any(each.search(whole) for each in expressions):
        return []
    flat, origin = _normal_with_origin(text)
    found = [
        (origin[match.start()][0], origin[match.end() - 1][1])
        for each in expressions
        for match in each.finditer(flat)
    ]
    return _joined(sorted(found))


def pieces(text: str, marked: Iterable[Span]) -> list[Piece]:
    """The whole text, with these spans marked."""
    found, at = [], 0
    for start, end in marked:
        found += [Piece(text[at:start]), Piece(text[start:end], marked=True)]
        at = end
    return [piece for piece in [*found, Piece(text[at:])] if piece.text]


def marked(text: str, question: Question) -> list[Piece]:
    return pieces(text, spans(text, question))


def snippet(texts: Sequence[str], question: Question, length: int = LENGTH) -> list[Piece]:
    """About `length` characters of the first text that holds most of the phrases, around the first of them. Empty
    where none holds any: the story was found by something else."""
    best: tuple[int, str, list[Span]] | None = None
    for text in texts:
        found = spans(text, question)
        # Different phrases count, not how often one stands there.
        different = len({normal(text[start:end]) for start, end in found})
        if found and (best is None or different > best[0]):
            best = (different, text, found)
        if different >= len(question.phrases):
            break
    return _cut(best[1], best[2], length) if best is not None else []


def _cut(text: str, found: list[Span], length: int) -> list[Piece]:
    start = _beginning(text, found[0][0])
    end = min(len(text), max(start + length, found[0][1]))
    if len(text) - end < len(_CUT):
        end = len(text)
    inside = [(max(a, start), min(b, end)) for a, b in found if a < end and b > start]
    shown = pieces(text[start:end], [(a - start, b - start) for a, b in inside])
    return [
        *([Piece(_CUT)] if start else []),
        *shown,
        *([Piece(_CUT)] if end < len(text) else []),
    ]


def _beginning(text: str, mark: int) -> int:
    """Where a snippet begins so that `mark` stands near its beginning: with a sentence, where one begins near."""
    earliest = max(0, mark - _BEFORE)
    if earliest == 0:
        return 0
    ends = [place for place in range(earliest, mark) if text[place] in _SENTENCE_ENDS]
    start = ends[0] + 1 if ends else earliest
    while start < mark and (text[start] in "”’）》」』" or text[start].isspace()):
        start += 1
    return start


def _expression(phrase: Phrase) -> re.Pattern[str] | None:
    """What the index does with tokens, over a text. None for a facet, which is no part of a text. Nothing in it can
    run away: literals with a class of characters that none of them holds in between."""
    kinds = [kind_of(run) for run in phrase.runs]
    if Kind.FACET in kinds:
        return None
    parts = [_BEGINS[kinds[0]], re.escape(phrase.runs[0])]
    for before, kind, run in zip(kinds, kinds[1:], phrase.runs[1:], strict=False):
        # Between two runs of one kind something must stand, else they were one.
        parts += [r"[\W_]+" if before == kind else r"[\W_]*", re.escape(run)]
    parts.append(r"(?!\d)" if kinds[-1] == Kind.DIGITS else "")
    return re.compile("".join(parts))


# Letters and digits count whole: before them stands none of their kind.
_BEGINS = {Kind.UNSPACED: "", Kind.LETTERS: f"(?<!{LETTER})", Kind.DIGITS: r"(?<!\d)"}


def _normal_with_origin(text: str) -> tuple[str, list[Span]]:
    """The text as it is compared, and for each of its characters where in `text` it comes from. NFKC makes several
    characters of one (㎞) and one of several (é, ガ)."""
    flat: list[str] = []
    origin: list[Span] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end < len(text) and _joins_the_one_before(text[end]):
            continue
        cluster = normal(text[start:end])
        flat.append(cluster)
        origin += [(start, end)] * len(cluster)
        start = end
    return "".join(flat), origin


def _joins_the_one_before(character: str) -> bool:
    # Half-width voicing marks and the vowels and finals of hangul too.
    return (
        unicodedata.combining(character) != 0
        or character in "\uff9e\uff9f"
        or "\u1160" <= character <= "\u11ff"
    )


def _joined(found: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in found:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
