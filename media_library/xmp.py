"""XMP packets read safely: no DTD, no entities, bounded size, depth and count. Pure."""

from xml.parsers import expat

# Photoshop's edit history can fill hundreds of kilobytes; what we read stands in the first few.
MAX_BYTES = 1_000_000
MAX_DEPTH = 40
MAX_ELEMENTS = 20_000
MAX_TEXT = 20_000

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_CONTAINERS = {f"{_RDF} {name}" for name in ("Alt", "Bag", "Seq", "li")}
_PREFIXES = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://ns.adobe.com/photoshop/1.0/": "photoshop",
    "http://ns.adobe.com/xap/1.0/": "xmp",
    "http://ns.adobe.com/exif/1.0/": "exif",
    "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/": "iptc",
}


class Refused(Exception):
    """The packet is not one we read: too large, too deep, with a DTD, or no XML."""


class _Reader:
    """Collects `prefix:name` → texts from the attributes and children of rdf:Description."""

    def __init__(self) -> None:
        self.found: dict[str, list[str]] = {}
        self.path: list[str] = []
        self.text: list[str] = []
        self.length = 0
        self.elements = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        if len(self.path) >= MAX_DEPTH or self.elements > MAX_ELEMENTS:
            raise Refused("too deep or too many elements")
        if name == f"{_RDF} Description" and self._property() is None:
            for attribute, value in attributes.items():
                self._keep(attribute, value)
        self.path.append(name)
        self.text, self.length = [], 0

    def end(self, name: str) -> None:
        owner = self._property()
        if owner and (name == owner or name in _CONTAINERS):
            self._keep(owner, "".join(self.text))
        self.path.pop()
        self.text, self.length = [], 0

    def characters(self, data: str) -> None:
        if self.length < MAX_TEXT:
            self.text.append(data)
            self.length += len(data)

    def _property(self) -> str | None:
        """The property we are in: the nearest element on the path that is no RDF container."""
        for name in reversed(self.path):
            if name not in _CONTAINERS:
                return None if name.startswith(_RDF) else name
        return None

    def _keep(self, name: str, value: str) -> None:
        space, _, local = name.rpartition(" ")
        value = value.strip()
        if value and space in _PREFIXES:
            self.found.setdefault(f"{_PREFIXES[space]}:{local}", []).append(value[:MAX_TEXT])


def read(packet: bytes) -> dict[str, list[str]]:
    """`{"dc:description": [...], ...}` in document order. Raises `Refused` for what is no XMP packet."""
    if len(packet) > MAX_BYTES:
        raise Refused("too large")
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.characters
    # No XMP packet has a DTD. Without one there are no entities to expand and nothing external to fetch.
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(packet.strip(b"\0 \t\r\n"), True)
    except (expat.ExpatError, ValueError, LookupError) as problem:
        raise Refused(str(problem)) from problem
    return reader.found


def _refuse_doctype(*_: object) -> None:
    raise Refused("has a DTD")
