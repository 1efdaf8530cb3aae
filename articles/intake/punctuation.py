"""Punctuation and spaces as a Chinese paper stores them. Pure.

Half-width `,;:?!()` become full-width unless both neighbours are half-width digits or Latin letters: 1.27%, 10:00,
2,000 and AI,DT stay; `”,` `%,` `;1998` change. Two brackets of a pair always get one width. Addresses (http://…)
stay as they are.

White space becomes one space, and none at all between Chinese characters and digits or Latin letters, beside marks of
pause and end, or just inside brackets and quotes. Invisible characters go; half of a surrogate pair becomes U+FFFD.
"""

import re
from dataclasses import dataclass

from articles.intake.characters import CLOSERS, INVISIBLE, OPENERS, SURROGATE, is_han, is_latin_or_digit

_FULL = dict(zip(",;:?!()", "，；：？！（）", strict=True))
_WIDE_MARKS = frozenset("，。、；：！？…（）《》【】「」『』〈〉〔〕")
_PAUSES = frozenset("，。、；：！？")
_ADDRESS = re.compile(r"https?://[\x21-\x7e]*")
_ADDRESS_TAIL = ",;:?!()."


@dataclass(frozen=True, slots=True)
class Restored:
    """The text to store; `origins[i]` is the offset in the given text that character i came from."""

    text: str
    origins: list[int]

    def offset_of(self, raw_offset: int) -> int:
        """Where in `text` the given raw offset stands: the number of characters that came from before it."""
        low, high = 0, len(self.origins)
        while low < high:
            middle = (low + high) // 2
            if self.origins[middle] < raw_offset:
                low = middle + 1
            else:
                high = middle
        return low


def restore(text: str) -> str:
    """The text as it is stored; see the module's rules. Idempotent, linear."""
    return restore_mapped(text).text


def restore_mapped(text: str) -> Restored:
    """As `restore`, with the origin of every character."""
    characters, origins = _visible(text)
    _widen(characters)
    return _close_up(characters, origins)


def _visible(text: str) -> tuple[list[str], list[int]]:
    """Characters without invisible ones; runs of white space as one space, none at either end."""
    text = SURROGATE.sub("\ufffd", text)
    hidden = {match.start() for match in INVISIBLE.finditer(text)}
    characters: list[str] = []
    origins: list[int] = []
    for index, character in enumerate(text):
        if index in hidden:
            continue
        if character.isspace():
            if characters and characters[-1] != " ":
                characters.append(" ")
                origins.append(index)
            continue
        characters.append(character)
        origins.append(index)
    if characters and characters[-1] == " ":
        characters.pop()
        origins.pop()
    return characters, origins


def _addresses(characters: list[str]) -> set[int]:
    joined = "".join(characters)
    if "://" not in joined:
        return set()
    kept: set[int] = set()
    for match in _ADDRESS.finditer(joined):
        kept.update(range(match.start(), match.start() + len(match.group().rstrip(_ADDRESS_TAIL))))
    return kept


def _widen(characters: list[str]) -> None:
    """Half-width marks to full-width, in place."""
    if not any(mark in characters for mark in _FULL):
        return
    addresses = _addresses(characters)
    last = len(characters) - 1
    wide: set[int] = set()
    for index, character in enumerate(characters):
        if character not in _FULL or index in addresses:
            continue
        between = (
            0 < index < last
            and is_latin_or_digit(characters[index - 1])
            and is_latin_or_digit(characters[index + 1])
        )
        if not between:
            wide.add(index)
    open_brackets: list[int] = []
    for index, character in enumerate(characters):
        if index in addresses:
            continue
        if character in "(（":
            open_brackets.append(index)
        elif character in ")）" and open_brackets:
            mate = open_brackets.pop()
            if mate in wide or index in wide or characters[mate] == "（" or character == "）":
                wide.update((mate, index))
    for index in wide:
        characters[index] = _FULL.get(characters[index], characters[index])


def _close_up(characters: list[str], origins: list[int]) -> Restored:
    """Leave out the spaces that are not stored."""
    kept: list[str] = []
    kept_origins: list[int] = []
    for index, character in enumerate(characters):
        if character == " " and not _space_stays(characters[index - 1], characters[index + 1]):
            continue
        kept.append(character)
        kept_origins.append(origins[index])
    return Restored("".join(kept), kept_origins)


def _space_stays(left: str, right: str) -> bool:
    if left in _PAUSES or right in _PAUSES:
        return False
    if (left in OPENERS and left not in "([") or (right in CLOSERS and right not in ")]"):
        return False
    left_chinese = is_han(left) or left in _WIDE_MARKS
    right_chinese = is_han(right) or right in _WIDE_MARKS
    return not ((left_chinese and is_latin_or_digit(right)) or (is_latin_or_digit(left) and right_chinese))
