"""Bytes of a text file → text. Pure. Offsets count from the very first character: nothing is stripped or translated."""

import codecs
from dataclasses import dataclass

# A page has some 10 KB; an issue pasted at once stays far below this.
MOST_BYTES = 8 * 1024 * 1024
_CONTROLS = frozenset(range(0x20)) - {0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x1A}


class NotText(ValueError):
    """The bytes are no text in an encoding that is read here. `reason`: "size", "binary" or "encoding"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Decoded:
    """`encoding` is utf-8, utf-16 or gb18030; only the first is certain."""

    text: str
    encoding: str


def decode(data: bytes) -> Decoded:
    """UTF-8; UTF-16 with its mark; else GB18030, as older newsrooms save. Raises `NotText`."""
    if len(data) > MOST_BYTES:
        raise NotText("size")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Decoded(_strictly(data, "utf-16"), "utf-16")
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    # GB18030 reads almost anything; a picture or a PDF betrays itself by control bytes.
    if any(byte in _CONTROLS for byte in data[:4096]):
        raise NotText("binary")
    text = _strictly(data, "gb18030")
    if any("\ue000" <= character <= "\uf8ff" for character in text):
        raise NotText("encoding")  # private-use characters: not what the writer saved
    return Decoded(text, "gb18030")


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotText("encoding") from error
