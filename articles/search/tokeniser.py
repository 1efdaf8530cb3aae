"""Text as the tokens that both databases index: character bigrams of ideographs, words and numbers whole. Pure.

No word list: segmenting Chinese was measured to lose up to 62 % of phrases, because a reader's cut of a sentence is
not the program's.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

# Ideographs of every extension, and what else is written without spaces: kana, hangul, bopomofo.
_UNSPACED = (
    "\u3005\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f\u31a0-\u31bf\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003fffd"
)
# PostgreSQL takes no token of 2 KB; a longer “word” is several, in a question too.
_LONGEST = 64
LETTER = rf"[^\W\d_{_UNSPACED}]"
RUN = re.compile(rf"[{_UNSPACED}]+|{LETTER}{{1,{_LONGEST}}}|\d{{1,{_LONGEST}}}")
_IDEOGRAPH = re.compile(f"[{_UNSPACED}]")

# Of the private use area: no text's own tokens can hold them.
BARRIER = "\ue000"
FACET = "\ue001"
LONG = "\ue002"
JOINT = "\ue003"

# What a tsvector can tell apart: places up to 16,383, and of one token 255.
MOST_PLACES, MOST_OF_ONE = 16_000, 255


class Kind:
    """What a run is made of, by what may stand at its ends in a phrase."""

    UNSPACED = "unspaced"
    LETTERS = "letters"
    DIGITS = "digits"
    FACET = "facet"


class Token(NamedTuple):
    """`prefix`: stands for every token that begins so."""

    text: str
    prefix: bool = False


def normal(text: str) -> str:
    """Full width, half width and compatibility forms are one, and so are capital and small letters."""
    return unicodedata.normalize("NFKC", text).lower()


def runs(text: str) -> list[str]:
    """The runs of a text, in order."""
    return RUN.findall(normal(text))


def kind_of(run: str) -> str:
    if run[0] == FACET:
        return Kind.FACET
    if _IDEOGRAPH.match(run):
        return Kind.UNSPACED
    return Kind.DIGITS if run[0].isdecimal() else Kind.LETTERS


def facet(kind: str, value: str | int) -> str:
    """Something whole that a story can be asked for beside its words: facet("by", "林海生"), facet("section", 3).
    White space and punctuation in it do not count; "" for a value of nothing."""
    found = "".join(runs(str(value)))
    return f"{FACET}{kind}{found[:_LONGEST]}" if found else ""


def run_tokens(run: str) -> Iterator[str]:
    """A run as it is indexed. Ideographs: every pair, then the last one alone, which ends the run."""
    if kind_of(run) == Kind.UNSPACED:
        yield from (run[place : place + 2] for place in range(len(run) - 1))
        yield run[-1]
    else:
        yield run


def joint(run: str, following: str) -> str:
    """That one run follows another, as a token: how the first ends, how the second begins. It begins like no run, so
    that no beginning of a word finds it."""
    ends = run[-1] if kind_of(run) == Kind.UNSPACED else run
    begins = following[0] if kind_of(following) == Kind.UNSPACED else following
    return f"{JOINT}{ends}{JOINT}{begins}"


class Document:
    """A story's `texts` as each database wants them. No phrase reaches from one text into the next.

    `facets`: what it can be asked for as a whole (`facet`)."""

    def __init__(self, texts: Iterable[str], facets: Iterable[str] = ()) -> None:
        self._texts = [found for text in texts if (found := runs(text))]
        self._texts += [[facet] for facet in facets if facet]

    @cached_property
    def _tokens(self) -> list[str]:
        """All tokens in order, a BARRIER between two texts."""
        tokens: list[str] = []
        for text in self._texts:
            if tokens:
                tokens.append(BARRIER)
            for run in text:
                tokens.extend(run_tokens(run))
        return tokens

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        places: dict[str, list[int]] = {}
        for place, token in enumerate(self._tokens, 1):
            if token != BARRIER:
                places.setdefault(token, []).append(place)
        return places

    @cached_property
    def is_long(self) -> bool:
        """Whether a tsvector would forget some of its places."""
        return len(self._tokens) > MOST_PLACES or any(
            len(places) > MOST_OF_ONE for places in self._places.values()
        )

    @property
    def words(self) -> str:
        """For FTS5."""
        return " ".join(self._tokens)

    @property
    def tsvector(self) -> str:
        """For PostgreSQL, with every place, and where runs meet; of a long one only that it is long."""
        if self.is_long:
            return f"'{LONG}':1"
        joints = {joint(*pair) for text in self._texts for pair in pairwise(text)}
        return " ".join(
            [
                *(f"'{token}':{','.join(map(str, places))}" for token, places in self._places.items()),
                *(f"'{each}'" for each in sorted(joints)),
            ]
        )

    @property
    def long_text(self) -> str:
        """The runs of a long document, in which its phrases are looked for as they stand; "" for any other."""
        if not self.is_long:
            return ""
        return "\n".join(f" {' '.join(text)} " for text in self._texts)
