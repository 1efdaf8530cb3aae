"""Body text: what may stand in a story, and the views on it that everything else needs. No Django here.

Canonical body HTML is a flat run of blocks, one a line: p, h2, h3, blockquote (of p), ul and ol (of li) and
`<figure data-photo="12"></figure>`; in a block strong, em, sub, sup, br and a[href] (http, https, mailto).
`sanitise` makes it out of anything; every other function here is meant for canonical HTML, and for any other lets
no markup through that `sanitise` would not.
"""

from articles.body.blocks import (
    Block,
    BlockType,
    blocks,
    characters,
    from_blocks,
    photo_ids,
    plain_text,
    render,
)
from articles.body.errors import BodyError, BodyTooDeep, BodyTooLarge
from articles.body.limits import MAX_BYTES, MAX_DEPTH
from articles.body.sanitiser import sanitise

__all__ = [
    "MAX_BYTES",
    "MAX_DEPTH",
    "Block",
    "BlockType",
    "BodyError",
    "BodyTooDeep",
    "BodyTooLarge",
    "blocks",
    "characters",
    "from_blocks",
    "photo_ids",
    "plain_text",
    "render",
    "sanitise",
]
