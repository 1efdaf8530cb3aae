"""Any HTML to canonical body HTML."""

import nh3

from articles.body.limits import check_depth, check_size
from articles.body.tokens import tokenise
from articles.body.tree import Node, grow
from articles.body.writing import write

# The last guard, over what we wrote ourselves: nothing but this gets past it, whatever goes wrong before.
ALLOWED = frozenset("p h2 h3 blockquote ul ol li br strong em sub sup a figure".split())  # noqa: SIM905
_GUARD = nh3.Cleaner(
    tags=ALLOWED,
    attributes={"a": {"href"}, "figure": {"data-photo"}},
    url_schemes={"http", "https", "mailto"},
    url_relative="deny",
    link_rel=None,
)


def parse(html: str) -> list[Node]:
    """The blocks of any HTML. Both limits are held before anything is built: BodyTooLarge, BodyTooDeep."""
    check_size(html)
    tokens = list(tokenise(html))
    check_depth(tokens)
    return grow(tokens)


def sanitise(html: str) -> str:
    """Body HTML as it may be stored and shown: canonical, and `sanitise(sanitise(x)) == sanitise(x)`.

    All text that a reader would see stays, in a block of a known kind. Raises BodyTooLarge for more than
    MAX_BYTES of UTF-8, given or resulting, and BodyTooDeep for more than MAX_DEPTH elements in one another.
    """
    written = write(parse(html))
    guarded = _GUARD.clean(written)
    if guarded == written:
        return written
    # The guard knows more about addresses (a port of 99999, a host that no alphabet has). It took them out
    # and left the bare <a>; what it left is written again.
    return write(parse(guarded))
