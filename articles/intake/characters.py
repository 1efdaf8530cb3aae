"""Classes of characters that the intake tells apart. Pure data and one-character questions."""

import re

# One regular-expression class body; use it inside brackets.
HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"

_HAN_CHAR = re.compile(f"[{HAN}]")
_LATIN_OR_DIGIT = re.compile("[0-9A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]")

SENTENCE_ENDS = frozenset("。！？!?…｡")
CLOSERS = frozenset("”’）)》」』】〉〕］]")
OPENERS = frozenset("“‘（(《「『【〈〔［[")
PAIRS = {
    "“": "”",
    "‘": "’",
    "（": "）",
    "(": ")",
    "《": "》",
    "「": "」",
    "『": "』",
    "【": "】",
    "〈": "〉",
    "〔": "〕",
}
# A sentence goes on after these, in either width.
COMMA_LIKE = frozenset("，,、；;：:—–-～~·")
# No line of a Chinese text begins with these: whatever stands before belongs to the same sentence.
CANNOT_START = frozenset("，,、；;：:。！？!?”’）)》」』】〉〕％%‰℃")

# What papers set before a byline, a brief or a headline.
MARKS = "■□●○◆◇▲△▼▽▶►▷★☆◎⊙▪▫•※◼◻◾◽♦❖➤►"

# Invisible characters that no stored text may hold: controls, zero-width and direction marks, the BOM. White space
# is not among them.
INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]"
)
SURROGATE = re.compile("[\ud800-\udfff]")


def is_han(character: str) -> bool:
    """Whether it is a Chinese character (no punctuation)."""
    return bool(_HAN_CHAR.match(character))


def is_latin_or_digit(character: str) -> bool:
    """Whether it is a half-width digit or a Latin letter."""
    return bool(_LATIN_OR_DIGIT.match(character))


def visible_length(text: str) -> int:
    """Characters that take room in print: no white space, nothing invisible."""
    return sum(1 for c in text if not c.isspace() and not INVISIBLE.match(c))
