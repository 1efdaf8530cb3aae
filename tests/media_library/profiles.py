"""Colour profiles small enough to write by hand (ICC v2), so that tests need no file of anybody's."""

import struct

# Adobe RGB (1998), adapted to D50.
ADOBE_PRIMARIES = [(0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457)]
ADOBE_GAMMA = 563 / 256


def adobe_rgb() -> bytes:
    """A wide-gamut RGB profile."""
    tags = {b"wtpt": _xyz(0.9642, 1.0, 0.8249)}
    for channel, primary in zip(b"rgb", ADOBE_PRIMARIES, strict=True):
        tags[bytes([channel]) + b"XYZ"] = _xyz(*primary)
        tags[bytes([channel]) + b"TRC"] = b"curv" + struct.pack(">IIH", 0, 1, 563) + b"\0\0"
    return _profile(b"mntr", b"RGB ", b"XYZ ", tags)


def odd_press() -> bytes:
    """A CMYK profile of a press whose cyan ink is red: whoever ignores the profile sees cyan."""
    table = bytearray()
    for cyan in (0, 1):
        for _ in range(8):
            # Lab as 8 bits: L* 0-100 on 0-255, a* and b* around 128. Red ink, or bare paper.
            table += bytes((136, 208, 195)) if cyan else bytes((255, 128, 128))
    identity = [int(row == column) << 16 for row in range(3) for column in range(3)]
    ramp = bytes(range(256))
    lut = b"mft1" + struct.pack(">IBBBB", 0, 4, 3, 2, 0) + struct.pack(">9i", *identity)
    lut += ramp * 4 + bytes(table) + ramp * 3
    return _profile(b"prtr", b"CMYK", b"Lab ", {b"wtpt": _xyz(0.9642, 1.0, 0.8249), b"A2B0": lut})


def _xyz(*values: float) -> bytes:
    return b"XYZ " + struct.pack(">I3i", 0, *(round(value * 65536) for value in values))


def _profile(kind: bytes, space: bytes, pcs: bytes, tags: dict[bytes, bytes]) -> bytes:
    description = b"test profile\0"
    tags = {
        b"desc": b"desc" + struct.pack(">II", 0, len(description)) + description + bytes(78),
        b"cprt": b"text" + struct.pack(">I", 0) + b"none\0",
        **tags,
    }
    table, body = struct.pack(">I", len(tags)), b""
    start = 128 + 4 + 12 * len(tags)
    for name, data in tags.items():
        padded = data + bytes(-len(data) % 4)
        table += name + struct.pack(">II", start + len(body), len(padded))
        body += padded
    header = struct.pack(">I4sI4s4s4s", start + len(body), b"\0" * 4, 0x02400000, kind, space, pcs)
    header += (
        struct.pack(">6H", 2026, 7, 1, 0, 0, 0)
        + b"acsp"
        + bytes(28)
        + struct.pack(">3i", 63190, 65536, 54061)
    )
    return header.ljust(128, b"\0") + table + body
