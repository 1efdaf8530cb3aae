"""What a picture's file says about itself, as a camera (EXIF) and a picture desk (IPTC) write it."""

import struct
from dataclasses import dataclass

from PIL import Image

_IPTC_RECORD = 2
# IPTC's numbers for what a label holds.
_CAPTION, _BYLINE, _CITY, _SPOT, _RIGHTS = 120, 80, 90, 92, 116
_EXIF_DESCRIPTION, _EXIF_ARTIST, _EXIF_RIGHTS = 0x010E, 0x013B, 0x8298


@dataclass(frozen=True)
class Label:
    """Caption, photographer, town, spot, and whose the rights are."""

    caption: str
    credit: str
    town: str
    spot: str
    rights: str

    def exif(self) -> bytes:
        """The EXIF block."""
        exif = Image.Exif()
        exif[_EXIF_DESCRIPTION] = self.caption.encode()
        exif[_EXIF_ARTIST] = self.credit.encode()
        exif[_EXIF_RIGHTS] = self.rights.encode()
        return exif.tobytes()

    def iptc(self) -> bytes:
        """The JPEG segment (APP13) with the IPTC record in it, in UTF-8."""
        record = _dataset(1, 90, b"\x1b%G") + b"".join(
            _dataset(_IPTC_RECORD, number, text.encode())
            for number, text in (
                (_CAPTION, self.caption),
                (_BYLINE, self.credit),
                (_CITY, self.town),
                (_SPOT, self.spot),
                (_RIGHTS, self.rights),
            )
        )
        block = (
            b"8BIM\x04\x04\x00\x00" + struct.pack(">I", len(record)) + record + b"\x00" * (len(record) % 2)
        )
        body = b"Photoshop 3.0\x00" + block
        return b"\xff\xed" + struct.pack(">H", len(body) + 2) + body


def _dataset(record: int, number: int, data: bytes) -> bytes:
    return struct.pack(">BBBH", 0x1C, record, number, len(data)) + data
