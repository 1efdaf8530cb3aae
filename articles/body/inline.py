"""The text inside one block: runs of characters with their marks, cleaned and written in one way only."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Marks:
    """What is on a run. `script` is "sub", "sup" or empty: text cannot be both."""

    href: str = ""
    strong: bool = False
    em: bool = False
    script: str = ""

    def tags(self) -> tuple[tuple[str, str], ...]:
        """(end tag's name, start tag) from the outside in, always in this order."""
        found = []
        if self.href:
            # Written as the sanitiser's own writer does, so that its pass changes nothing.
            address = self.href.replace("&", "&amp;").replace('"', "&quot;")
            found.append(("a", f'<a href="{address}">'))
        if self.strong:
            found.append(("strong", "<strong>"))
        if self.em:
            found.append(("em", "<em>"))
        if self.script:
            found.append((self.script, f"<{self.script}>"))
        return tuple(found)


PLAIN = Marks()
# A line break stands in a run's text as this character; a source line break is a space by then.
BREAK = "\n"

# Characters that no reader sees and that a database, a feed or a search would stumble on: controls, lone
# surrogates, non-characters, the zero-width space and byte order mark that editors leave behind. Zero-width
# joiners stay: emoji and some scripts need them.
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u2060\ufeff\ufffe\uffff\ud800-\udfff\ufdd0-\ufdef]"
)
_SPACE = re.compile(r"[ \t\n\r\x0c\x85\xa0\u2028\u2029]+")
_LINE = re.compile(r"\r\n|[\n\r\x0c\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Run:
    text: str
    marks: Marks = PLAIN


Line = tuple[Run, ...]


def flowing(text: str) -> str:
    """Text as HTML flows it: any white space, hard spaces too, is one space."""
    return _SPACE.sub(" ", _INVISIBLE.sub("", text))


def preformatted(text: str) -> str:
    """Text whose line breaks count."""
    return BREAK.join(_SPACE.sub(" ", line) for line in _LINE.split(_INVISIBLE.sub("", text)))


def lines(runs: list[Run]) -> list[Line]:
    """Split at breaks; trim, merge and drop what is empty. An empty tuple is a line with nothing on it."""
    split: list[list[Run]] = [[]]
    for run in runs:
        first, *rest = run.text.split(BREAK)
        split[-1].append(Run(first, run.marks))
        split.extend([Run(text, run.marks)] for text in rest)
    return [_tidy(line) for line in split]


def _tidy(runs: list[Run]) -> Line:
    text = "".join(run.text for run in runs)
    # The two wide spaces typed before a Chinese paragraph are its indent; the stylesheet indents already.
    left = len(text) - len(text.lstrip(" \u3000"))
    right = len(text.rstrip(" \u3000"))
    kept: list[Run] = []
    at = 0
    after_space = False
    for run in runs:
        piece = run.text[max(0, left - at) : max(0, right - at)]
        at += len(run.text)
        piece = _SPACE.sub(" ", piece)
        if after_space and piece.startswith(" "):
            piece = piece[1:]
        if piece:
            after_space = piece.endswith(" ")
            kept.append(Run(piece, run.marks))
    # A mark on nothing but a space shows nothing.
    return merge([Run(run.text) if run.text == " " else run for run in merge(kept)])


def merge(runs: Iterable[Run]) -> Line:
    """Make one run of neighbours with the same marks."""
    return tuple(
        Run("".join(run.text for run in group), marks)
        for marks, group in groupby(runs, key=lambda run: run.marks)
    )


def plain(line: Line) -> str:
    return "".join(run.text for run in line)
