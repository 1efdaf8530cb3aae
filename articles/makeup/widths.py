"""How wide type is before Typst sets it: never less than it becomes, so that what was counted to fit does."""

import unicodedata
from functools import lru_cache
from itertools import pairwise

# In ems, the widest of all faces and weights a page uses (measured; tests/makeup/test_typesetting.py measures again).
_WIDTHS = {
    0.36: " \"',.:;i|",
    0.38: "!jl",
    0.4: "-[]{}",
    0.42: "()",
    0.44: "/I\\ft",
    0.52: "*rs",
    0.54: "z",
    0.58: '"Jc',
    0.6: "1?aevy",
    0.62: "$+023456789<=>^_gx~",
    0.64: "#SZ`",
    0.66: "FLoq",
    0.68: "Edk",
    0.7: "Pbhnpu",
    0.72: "CTY",
    0.74: "BX",
    0.76: "V",
    0.78: "AGR",
    0.8: "DK",
    0.82: "&OQ",
    0.84: "NU",
    0.88: "H",
    0.9: "w",
    1.0: "%",
    1.02: "@M",
    1.04: "m",
    1.12: "W",
}
_WIDTH_OF = {character: width for width, characters in _WIDTHS.items() for character in characters}
# Signs wider than an ideograph.
_WIDTH_OF |= {"№": 1.18, "…": 1.0, "⸺": 2.0, "⸻": 3.0}
_IDEOGRAPHS = 0x2E7F
_GAP = 0.25
# What is no letter and yet stands off an ideograph.
_STANDS_OFF = set("%$#&@+=<>~^_*/\\|'\"`€£¥‰°–-")


def ems(text: str) -> float:
    """How wide a line is at most, in ems of its own size."""
    width = sum(map(width_of, text))
    return width + _GAP * sum(_stand_off(a, b) for a, b in pairwise(text))


@lru_cache(maxsize=8192)
def width_of(character: str) -> float:
    """One character's width at most, in ems."""
    known = _WIDTH_OF.get(character)
    if known is not None:
        return known
    if unicodedata.combining(character):
        return 0.0
    plain = unicodedata.normalize("NFD", character)[0]
    return max(_WIDTH_OF.get(plain, 1.0), 0.6) if plain != character else 1.0


@lru_cache(maxsize=8192)
def _stand_off(one: str, other: str) -> bool:
    """Whether Typst parts these two by a quarter of an em: an ideograph and a letter or figure of another script."""
    return (_ideograph(one) and _foreign(other)) or (_foreign(one) and _ideograph(other))


def _ideograph(character: str) -> bool:
    return ord(character) > _IDEOGRAPHS and unicodedata.category(character)[0] == "L"


def _foreign(character: str) -> bool:
    return ord(character) <= _IDEOGRAPHS and (
        unicodedata.category(character)[0] in "LNM" or character in _STANDS_OFF
    )
