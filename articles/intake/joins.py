"""Does a sentence go on over a line end? Evidence from the two lines alone, with its reason and its weight. Pure.

Hard evidence is in the punctuation and digits; no heading looks so. Soft evidence is in the words; a heading can look
so by chance, therefore a line in the shape of its story's subheads outweighs it (see `labels`).
"""

import re
from dataclasses import dataclass

from articles.intake.characters import (
    CANNOT_START,
    CLOSERS,
    COMMA_LIKE,
    HAN,
    OPENERS,
    PAIRS,
    SENTENCE_ENDS,
    is_han,
    is_latin_or_digit,
)
from articles.intake.function_words import OPEN_WORDS, RARE_OPENINGS
from articles.intake.model import Reason
from articles.intake.names import SURNAMES, has_surname
from articles.intake.words import WINDOW, cut, is_word, tagged

_BRACKETISH = re.compile("[" + re.escape("".join(PAIRS) + "".join(PAIRS.values())) + "]")
_ENUMERATOR = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}[、.．是]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[、.．](?!\d)|第[一二三四五六七八九十]{1,3}[，,、条章]|[①-⑳])"
)
# The last character of words for people by what they are or do (局长, 主任, 队员, 教师, 居民 …).
_POST_ENDS = frozenset("长员师人家者手民工生官警将委监裁记任席理授士事导婆伯叔姐哥嫂爷奶妈爸妻夫儿")
_MEASURES = frozenset(
    "年月日时天周分秒号个名位人万亿千百十元角吨米里亩倍成度条件项家户辆艘架座栋间层所届次场期批种类岁斤克升瓦寸尺平公后多余"
)
_NUMERAL = frozenset("零〇一二两三四五六七八九十百千万亿0123456789")
# A verb whose object has still to come, and a counted thing that hardly opens a sentence (418家, not 7月1日).
_OBJECT_MISSES = re.compile(
    "(?:[得益用致在源基限处至善敢勇乐归属介鉴]于|[共设建占拥只仅还已]有|推出|实行|给予|予以|包括|涉及|约占|高达|多达)$"
)
_COUNTED = re.compile(r"\d[\d,.]*(?:多|余)?[万亿]?(?![年月日时点分岁%％:：])[" + HAN + "]")


@dataclass(frozen=True, slots=True)
class Evidence:
    """`hard` joins in any case; soft evidence yields to a subhead's shape."""

    reason: Reason
    hard: bool


def is_ended(raw: str) -> bool:
    """Whether a stripped raw line ends with a mark that ends a sentence, closing quotes and brackets aside."""
    end = len(raw)
    while end and (raw[end - 1] in CLOSERS or raw[end - 1] in "\"' \t\u3000"):
        end -= 1
    if not end:
        return False
    last = raw[end - 1]
    if last == ".":
        return end >= 2 and (is_han(raw[end - 2]) or raw[end - 2] in CLOSERS)
    return last in SENTENCE_ENDS


def enumerated(raw: str) -> bool:
    """Whether a raw line begins with 一、 （一） 1. 第一， ① …"""
    return bool(_ENUMERATOR.match(raw))


class OpenMarks:
    """Quotes and brackets still open while a paragraph is read piece by piece; every piece is read once."""

    def __init__(self) -> None:
        self._waiting: list[str] = []

    def read(self, raw: str) -> "OpenMarks":
        for match in _BRACKETISH.finditer(raw):
            mark = match.group()
            if mark in PAIRS:
                self._waiting.append(PAIRS[mark])
            elif self._waiting:
                if mark in self._waiting[-1]:
                    self._waiting.pop()
                elif len(self._waiting) > 1 and mark in self._waiting[-2]:
                    del self._waiting[-2:]
        return self

    def __bool__(self) -> bool:
        return bool(self._waiting)

    def closed_by(self, raw: str) -> bool:
        """Whether the next piece closes what is open before it opens anything of the same sort."""
        if not self._waiting:
            return False
        match = _BRACKETISH.search(raw)
        return bool(match) and match is not None and match.group() in self._waiting[-1]


def evidence(left: str, right: str, open_marks: bool) -> Evidence | None:
    """Why the raw line `right` goes on the sentence of the unended raw line `left`; None if nothing says so.

    `open_marks`: a quote or bracket is open at the end of `left`. Looks at a window of each line only.
    """
    tail, head = left[-2 * WINDOW :].rstrip(), right[: 2 * WINDOW].lstrip()
    if not tail or not head:
        return None
    return _hard(tail, head, open_marks) or _soft(tail[-WINDOW:], head[:WINDOW])


def _hard(tail: str, head: str, open_marks: bool) -> Evidence | None:  # noqa: PLR0911
    last, first = tail[-1], head[0]
    if open_marks or last in OPENERS:
        return Evidence(Reason.UNBALANCED, hard=True)
    if first in CANNOT_START and not head.startswith("……"):
        return Evidence(Reason.CLOSING, hard=True)
    if last in "0123456789.,:" and first in "0123456789" and any(c.isdigit() for c in tail[-2:]):
        return Evidence(Reason.NUMBER, hard=True)
    if last.isascii() and last.isdigit() and first in ".．":
        return Evidence(Reason.NUMBER, hard=True)
    if last in COMMA_LIKE:
        if last in "：:；;" and enumerated(head):
            return None  # a list and what stands before it
        if last in "：:" and not is_han(first) and first not in OPENERS and not first.isalnum():
            return None
        return Evidence(Reason.COMMA, hard=True)
    return None


def _soft(tail: str, head: str) -> Evidence | None:  # noqa: PLR0911
    last, first = tail[-1], head[0]
    if last in _NUMERAL and first in _MEASURES and (last.isascii() or crossing(tail, head) or _counts(tail)):
        return Evidence(Reason.NUMBER, hard=last.isascii())
    if last.isascii() and last.isalpha() and is_latin_or_digit(first):
        return Evidence(Reason.WORD, hard=True)
    before = tagged(tail)
    word, tag = before[-1]
    if word in OPEN_WORDS or tag in ("p", "uj", "uz", "ud", "uv") or (tag == "c" and len(word) <= 2):
        return Evidence(Reason.PARTICLE, hard=word in "的和与及或把被" or tag == "uj")
    if tagged(head)[0][1] in ("uj", "ul", "uz", "ud", "uv", "k") and len(tagged(head)[0][0]) == 1:
        return Evidence(Reason.CLOSING, hard=True)
    crossed = crossing(tail, head)
    if crossed:
        return Evidence(Reason.WORD, hard=crossed > 1)
    if first in "(（" and not enumerated(head):
        return Evidence(Reason.CLOSING, hard=False)
    if _OBJECT_MISSES.search(tail) or (_COUNTED.match(head) and is_han(last)):
        return Evidence(Reason.NO_END, hard=False)
    if is_post(word, tag) and opens_with_name(head):
        return Evidence(Reason.POST_TITLE, hard=False)
    return None


def _counts(tail: str) -> bool:
    """三十 | 余家, 只有七 | 个人: the line ends in a numeral in words."""
    word, tag = tagged(tail)[-1]
    return tag == "m" or (len(word) == 1 and len(tail) > 1)


def crossing(tail: str, head: str) -> int:
    """How surely a word lies over the boundary: 0 not at all, 1 perhaps, 2 surely.

    The segmenter reads both sides as one text. Surely: that takes fewer words than the two sides read alone, as where
    先进单 | 位 becomes 单位. Perhaps: as many words, and neither side alone ends or begins in a longer dictionary
    word; so 共生 | 化工厂 stays two words.
    """
    if not (is_han(tail[-1]) and is_han(head[0])):
        return 0
    boundary, position = len(tail), 0
    together, left, right = cut(tail + head), cut(tail), cut(head)
    for word in together:
        stop = position + len(word)
        if position < boundary < stop:
            if len(together) < len(left) + len(right) and is_word(word):
                return 2
            halves = boundary - position, stop - boundary
            longer = (len(left[-1]) > halves[0] and is_word(left[-1])) or (
                len(right[0]) > halves[1] and is_word(right[0])
            )
            return 0 if longer or len(together) > len(left) + len(right) else 1
        position = stop
        if position >= boundary:
            return 0
    return 0


def is_post(word: str, tag: str) -> bool:
    """Whether a word tells what somebody is or does: 局长, 主任, 记者, 党员."""
    return len(word) >= 2 and word[-1] in _POST_ENDS and (tag[0] in "nbljv")


def opens_with_name(head: str) -> bool:
    """Whether a line opens with what is most likely a person's name."""
    if not has_surname(head):
        return False
    word, tag = tagged(head[:WINDOW])[0]
    if tag.startswith("nr") and len(word) >= 2:
        return True
    # An unknown given name falls into single characters: 周 明 远.
    return len(word) == 1 and word in SURNAMES and len(head) > 2 and is_han(head[1])


def opens_rarely(head: str) -> bool:
    """Whether a line opens with something that seldom opens a sentence (可以, 的, 表示, 等)."""
    words = tagged(head[:WINDOW])
    if not words:
        return False
    word, tag = words[0]
    return word in RARE_OPENINGS or tag in ("uj", "ul", "uz", "f", "y", "q")
