"""How long stories are, where many are shown at once."""

import re
from html import unescape

_TAG = re.compile(r"<[^>]*>")


def length_of(stored: str) -> int:
    """As `articles.body.characters`, for a body as it is stored (canonical HTML, where a `<` begins a tag and nothing
    else). It does not parse: a board counts a hundred stories every few seconds."""
    return len("".join(unescape(_TAG.sub("", stored)).split()))
