"""The opening words of a story, for lists and descriptions."""

import re
from html import unescape

# As much of a body as a list reads from the database.
OPENING = 1200
LENGTH = 96

_TEXT = re.compile(r"<(p|li|h2|h3)>(.*?)</\1>", re.DOTALL)
_PARAGRAPH = re.compile(r"<(p|li)>(.*?)(?:</\1>|\Z)", re.DOTALL)
_TAG = re.compile(r"<[^>]*(?:>|\Z)")
_SENTENCE = re.compile(r"[。！？；](?=[^”’）」』]|\Z)")


def paragraphs(body: str) -> list[str]:
    """The texts of canonical body HTML, one a block, plain and not escaped. For canonical HTML `articles.body.blocks`
    says the same; a page of twenty stories has no time to parse them."""
    return [unescape(_TAG.sub("", match[2].replace("<br>", "\n"))) for match in _TEXT.finditer(body)]


def excerpt(body: str, length: int = LENGTH) -> str:
    """Plain text, at most `length` characters and an ellipsis, of the first paragraphs of canonical body HTML (or
    of its beginning, cut anywhere). Whole sentences where they fill at least half. Not escaped."""
    text = ""
    for match in _PARAGRAPH.finditer(body[:OPENING]):
        text += unescape(_TAG.sub("", match[2].replace("<br>", " "))).strip()
        if len(text) >= length:
            break
    if len(text) <= length:
        return text
    ends = [match.end() for match in _SENTENCE.finditer(text[: length + 1]) if match.end() <= length]
    if ends and ends[-1] >= length // 2:
        return text[: ends[-1]]
    return text[: length - 1].rstrip("，、：,:") + "……"
