"""What the segmenter (rjieba, same words as jieba) says about short pieces of text. Pure; loaded at first use.

Only a window of a few characters is ever segmented, so the cost does not grow with a paragraph's length.
"""

from functools import cache, lru_cache
from typing import Any

WINDOW = 12


@cache
def _segmenter() -> Any:
    import rjieba  # noqa: PLC0415  # 0.2 s and 30 MB: only for those who take a page in

    return rjieba


@lru_cache(maxsize=4096)
def cut(text: str) -> tuple[str, ...]:
    """The words of a short text."""
    return tuple(_segmenter().cut(text))


@lru_cache(maxsize=4096)
def tagged(text: str) -> tuple[tuple[str, str], ...]:
    """The words of a short text with their part of speech (ICTCLAS letters: n, v, nr, p, c, …)."""
    return tuple((word, tag) for word, tag in _segmenter().tag(text))


def is_word(text: str) -> bool:
    """Whether the dictionary holds it; the segmenter also guesses words that it does not hold."""
    return bool(_segmenter().has_word(text))


def is_common_noun(text: str) -> bool:
    """Whether the text as a whole is one dictionary noun or verb and no person's name (连线, 石油; not 苏晴)."""
    tags = tagged(text)
    if len(tags) != 1 or not is_word(text):
        return False
    tag = tags[0][1]
    return tag[0] in "nvlits" and not tag.startswith("nr")
