"""The two limits, held before anything is built from the text: each costs one pass over it."""

from collections import Counter
from collections.abc import Iterable

from articles.body.errors import BodyTooDeep, BodyTooLarge
from articles.body.tokens import VOID, EndTag, StartTag, Token

MAX_BYTES = 256 * 1024
MAX_DEPTH = 100

# Elements whose text never runs on into what is beside them.
BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div "  # noqa: SIM905
    "dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li "
    "listing main menu nav ol optgroup option p pre search section summary table tbody td tfoot th thead tr "
    "ul xmp".split()
)
# What HTML closes by itself when the next of its kind begins: old pages and word processors rely on it.
_CLOSED_BY: dict[str, frozenset[str]] = {
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "tr": frozenset({"tr", "td", "th"}),
    "td": frozenset({"td", "th"}),
    "th": frozenset({"td", "th"}),
    "option": frozenset({"option"}),
}
# … but not across these.
_SCOPES: dict[str, frozenset[str]] = {
    "li": frozenset({"ul", "ol", "menu", "dir", "td", "th", "table"}),
    "dt": frozenset({"dl", "td", "th", "table"}),
    "dd": frozenset({"dl", "td", "th", "table"}),
    "tr": frozenset({"table"}),
    "td": frozenset({"table", "tr"}),
    "th": frozenset({"table", "tr"}),
    "option": frozenset({"select", "datalist"}),
}


def check_size(html: str) -> None:
    """Raise BodyTooLarge when `html` takes more than MAX_BYTES in UTF-8."""
    # A character takes at least one byte, so a huge text is refused without being encoded.
    if len(html) > MAX_BYTES or len(html.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise BodyTooLarge(MAX_BYTES)


class OpenElements:
    """The names of the open elements, outermost first, and what each tag opens and closes.

    It never holds more than MAX_DEPTH names, so every step costs at most that much.
    """

    def __init__(self) -> None:
        self.names: list[str] = []
        self._count: Counter[str] = Counter()

    def implied_end(self, name: str) -> int:
        """How many elements a start tag `name` closes, innermost first, before it opens its own."""
        if name in BLOCKS and self._count["p"]:
            # A paragraph holds no block, so all that is open inside it is inline and ends with it.
            return self._down_to(frozenset({"p"}), frozenset())
        if name in _CLOSED_BY and any(self._count[other] for other in _CLOSED_BY[name]):
            return self._down_to(_CLOSED_BY[name], _SCOPES[name])
        return 0

    def explicit_end(self, name: str) -> int:
        """How many elements an end tag `name` closes; none when no such element is open."""
        return self._down_to(frozenset({name}), frozenset()) if self._count[name] else 0

    def push(self, name: str) -> None:
        if len(self.names) >= MAX_DEPTH:
            raise BodyTooDeep(MAX_DEPTH)
        self.names.append(name)
        self._count[name] += 1

    def pop(self) -> str:
        name = self.names.pop()
        self._count[name] -= 1
        return name

    def _down_to(self, wanted: frozenset[str], scope: frozenset[str]) -> int:
        for number, name in enumerate(reversed(self.names), 1):
            if name in wanted:
                return number
            if name in scope:
                return 0
        return 0


def check_depth(tokens: Iterable[Token]) -> None:
    """Raise BodyTooDeep when more than MAX_DEPTH elements are open at once. Unknown elements count too."""
    elements = OpenElements()
    for token in tokens:
        if isinstance(token, StartTag):
            for _ in range(elements.implied_end(token.name)):
                elements.pop()
            if token.name not in VOID:
                elements.push(token.name)
        elif isinstance(token, EndTag):
            for _ in range(elements.explicit_end(token.name)):
                elements.pop()
