"""Cut HTML into text, start tags and end tags in one pass, the way a browser's tokeniser does.

The standard library's parser is not used: it is quadratic on some unclosed constructs, and it raises on a
character reference of 5,000 digits.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from html.entities import html5

VOID = frozenset(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param "  # noqa: SIM905
    "source track wbr".split()
)
# What a browser with scripts shows nothing of. Everything else keeps its text, whatever its tag.
UNSEEN = frozenset("iframe noembed noframes noscript script style template title".split())  # noqa: SIM905
# The only attributes that mean anything in a body.
KEPT = {"a": frozenset({"href"}), "figure": frozenset({"data-photo"})}


@dataclass(frozen=True, slots=True)
class Text:
    value: str


@dataclass(frozen=True, slots=True)
class StartTag:
    name: str
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EndTag:
    name: str


Token = Text | StartTag | EndTag

_TAG_NAME = re.compile(r"[A-Za-z][^\s/>]*+", re.ASCII)
# Possessive throughout: no step is tried twice, whatever the input.
_ATTRIBUTE = re.compile(r"[\s/]*+(=?[^\s/>=]*+)", re.ASCII)
_EQUALS = re.compile(r"\s*+=\s*+", re.ASCII)
_UNQUOTED = re.compile(r"[^\s>]*+", re.ASCII)
_COMMENT_END = re.compile(r"--!?>")
_UNSEEN_END = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE | re.ASCII) for name in UNSEEN}


def tokenise(html: str) -> Iterator[Token]:
    """Yield the tokens of `html`, without what a browser shows no text of: comments, scripts, a tag cut off
    by the end. Linear: each character is looked at a bounded number of times."""
    at = 0
    end = len(html)
    while at < end:
        mark = html.find("<", at)
        if mark < 0:
            mark = end
        if mark > at:
            yield Text(decode(html[at:mark]))
        if mark == end:
            return
        following = html[mark + 1 : mark + 2]
        if following.isascii() and following.isalpha():
            start, at = _start_tag(html, mark + 1)
            if start is None:
                return
            yield start
            if start.name in UNSEEN:
                at = _past_unseen(html, at, start.name)
                yield EndTag(start.name)
        elif following == "/" and html[mark + 2 : mark + 3].isascii() and html[mark + 2 : mark + 3].isalpha():
            # An end tag's attributes are skipped as a start tag's are: a quoted `>` does not end it.
            closing, at = _start_tag(html, mark + 2)
            if closing is None:
                return
            yield EndTag(closing.name)
        elif following in ("!", "?", "/"):
            at = _past_markup(html, mark)
        else:
            yield Text("<")
            at = mark + 1


def _start_tag(html: str, at: int) -> tuple[StartTag | None, int]:
    """The tag whose name begins at `at` and where the text after it begins; None when the text ends in it."""
    match = _TAG_NAME.match(html, at)
    assert match is not None  # noqa: S101 - the caller has seen a letter here
    name = match.group().lower()
    wanted = KEPT.get(name, frozenset())
    attributes: dict[str, str] = {}
    at = match.end()
    while True:
        match = _ATTRIBUTE.match(html, at)
        assert match is not None  # noqa: S101 - the pattern matches the empty string
        attribute, at = match.group(1).lower(), match.end()
        if at >= len(html):
            return None, at
        equals = _EQUALS.match(html, at) if attribute else None
        if equals is None:
            if html[at] == ">":
                return StartTag(name, attributes), at + 1
            # A new attribute, or an `=` with nothing before it, which the pattern takes next time.
            continue
        at = equals.end()
        quote = html[at : at + 1]
        if quote in {'"', "'"}:
            close = html.find(quote, at + 1)
            if close < 0:
                return None, len(html)
            value, at = html[at + 1 : close], close + 1
        else:
            unquoted = _UNQUOTED.match(html, at)
            assert unquoted is not None  # noqa: S101 - the pattern matches the empty string
            value, at = unquoted.group(), unquoted.end()
        if attribute in wanted and attribute not in attributes:
            attributes[attribute] = decode_attribute(value)


def _past_unseen(html: str, at: int, name: str) -> int:
    """Where the text goes on after the element `name`, whose content begins at `at`."""
    match = _UNSEEN_END[name].search(html, at)
    if match is None:
        return len(html)
    return _start_tag(html, match.start() + 2)[1]


def _past_markup(html: str, mark: int) -> int:
    """Where the text goes on after the comment, declaration or broken tag that begins at `mark`."""
    if html.startswith("<!--", mark):
        if html.startswith((">", "->"), mark + 4):
            return html.index(">", mark) + 1
        match = _COMMENT_END.search(html, mark + 4)
        return match.end() if match else len(html)
    close = html.find(">", mark)
    return close + 1 if close >= 0 else len(html)


_LEADING_ZEROS = re.compile(r"&#([xX]?)0++(?=[0-9A-Fa-f])")
_BEYOND_UNICODE = re.compile(r"&#(?:[0-9]{8,}+|[xX][0-9A-Fa-f]{7,}+);?")
_REFERENCE = re.compile(r"&(?:#[xX]?[0-9A-Fa-f]++;?|([A-Za-z][A-Za-z0-9]*+)(;?))")


def decode(text: str) -> str:
    """Replace character references in text."""
    if "&" not in text:
        return text
    # `unescape` turns the digits into an int, and Python refuses one of 4,301 digits with an error.
    return unescape(_BEYOND_UNICODE.sub("\ufffd", _LEADING_ZEROS.sub(r"&#\1", text)))


def decode_attribute(text: str) -> str:
    """Replace character references in an attribute, where `?a=1&copy=2` is no copyright sign."""

    def replace(match: re.Match[str]) -> str:
        name, semicolon = match.group(1), match.group(2)
        if name is not None and not semicolon and (name not in html5 or text[match.end() :].startswith("=")):
            return match.group()
        return decode(match.group())

    return _REFERENCE.sub(replace, text)
