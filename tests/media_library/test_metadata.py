import contextlib
import io
import struct
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from media_library import xmp
from media_library.metadata import Metadata, clean_text, decode, orientation_of, parse_time, read_metadata
from tests.media_library import samples

XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
 <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
   xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
   xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"
   photoshop:City="望潮" photoshop:DateCreated="2026-07-01T08:30:00+08:00">
  <dc:description><rdf:Alt><rdf:li xml:lang="x-default">渔船归港，码头卸货。</rdf:li></rdf:Alt></dc:description>
  <dc:creator><rdf:Seq><rdf:li>林海生</rdf:li><rdf:li>许若澜</rdf:li></rdf:Seq></dc:creator>
  <dc:rights><rdf:Alt><rdf:li xml:lang="x-default">望潮日报</rdf:li></rdf:Alt></dc:rights>
  <photoshop:Country>海国</photoshop:Country>
  <Iptc4xmpCore:Location>东码头</Iptc4xmpCore:Location>
 </rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def iptc(fields: dict[int, bytes]) -> bytes:
    """A JPEG with an IPTC block, as agencies send them."""
    block = b"".join(
        b"\x1c\x02" + bytes([tag]) + struct.pack(">H", len(text)) + text for tag, text in fields.items()
    )
    resource = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(block)) + block + b"\0" * (len(block) % 2)
    segment = b"Photoshop 3.0\0" + resource
    plain = samples.jpeg()
    return plain[:2] + b"\xff\xed" + struct.pack(">H", len(segment) + 2) + segment + plain[2:]


def exif(**tags: object) -> bytes:
    block = Image.Exif()
    names = {"caption": 0x010E, "artist": 0x013B, "rights": 0x8298}
    for name, value in tags.items():
        if name in names:
            block[names[name]] = value
    details = block.get_ifd(0x8769)
    if "taken" in tags:
        details[0x9003] = tags["taken"]
    if "offset" in tags:
        details[0x9011] = tags["offset"]
    return samples.jpeg(exif=block)


def test_xmp_is_read_into_the_newsrooms_words():
    assert read_metadata(opened(samples.jpeg(xmp=XMP.encode()))) == Metadata(
        caption="渔船归港，码头卸货。",
        credit="林海生 许若澜",
        place="海国 望潮 东码头",
        rights="望潮日报",
        taken_at=datetime(2026, 7, 1, 8, 30, tzinfo=timezone(timedelta(hours=8))),
    )


@pytest.mark.parametrize("fmt", ["PNG", "WEBP", "TIFF"])
def test_xmp_is_read_from_other_formats_too(fmt):
    data = samples.saved(samples.scene(40, 30), fmt, **_xmp_options(fmt))
    assert read_metadata(opened(data)).credit == "林海生 许若澜"


def _xmp_options(fmt: str) -> dict[str, object]:
    if fmt == "PNG":
        from PIL.PngImagePlugin import PngInfo

        info = PngInfo()
        info.add_itxt("XML:com.adobe.xmp", XMP)
        return {"pnginfo": info}
    if fmt == "TIFF":
        return {"tiffinfo": {700: XMP.encode()}}
    return {"xmp": XMP.encode()}


def test_iptc_is_read_as_agencies_write_it():
    data = iptc(
        {
            120: "台风过后，渔民修补渔网。".encode(),
            80: "周明远".encode(),
            90: "望潮".encode(),
            116: "望潮通讯社".encode(),
            55: b"20260701",
            60: b"083000+0800",
        }
    )
    found = read_metadata(opened(data))
    assert (found.caption, found.credit, found.place) == ("台风过后，渔民修补渔网。", "周明远", "望潮")
    assert found.taken_at == datetime(2026, 7, 1, 0, 30, tzinfo=UTC)


def test_old_chinese_tools_write_gbk():
    assert read_metadata(opened(iptc({120: "码头晨雾".encode("gbk")}))).caption == "码头晨雾"
    assert decode(b"\xff\xfe\xff") == "ÿþÿ"


def test_exif_is_read_with_the_cameras_own_clock():
    found = read_metadata(opened(exif(caption="harbour", artist="He Fan", taken="2026:07:01 08:30:05")))
    assert (found.caption, found.credit) == ("harbour", "He Fan")
    assert found.taken_at == datetime(2026, 7, 1, 8, 30, 5)
    zoned = read_metadata(opened(exif(taken="2026:07:01 08:30:05", offset="+08:00")))
    assert zoned.taken_at == datetime(2026, 7, 1, 0, 30, 5, tzinfo=UTC)


def test_what_cameras_write_by_themselves_is_no_caption():
    assert read_metadata(opened(exif(caption="OLYMPUS DIGITAL CAMERA"))).caption == ""


def test_xmp_wins_over_exif_and_exif_fills_the_gaps():
    block = Image.Exif()
    block[0x010E], block[0x8298] = "from exif", "rights from exif"
    packet = XMP.replace("望潮日报", "")
    found = read_metadata(opened(samples.jpeg(exif=block, xmp=packet.encode())))
    assert found.caption == "渔船归港，码头卸货。"
    assert found.rights == "rights from exif"


BOMB = (
    '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9)
    ) + "]><x>&j;</x>"
)  # fmt: skip


@pytest.mark.parametrize(
    "packet",
    [
        BOMB.encode(),
        b'<!DOCTYPE x SYSTEM "http://169.254.169.254/"><x/>',
        b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><x>&f;</x>',
        b"<x>&undefined;</x>",
        b"<a>" * 100 + b"</a>" * 100,
        b"<x>" + b"<a/>" * 30_000 + b"</x>",
        b"<x>" + b" " * 1_100_000 + b"</x>",
        b"<x",
        b"",
        b"\xff\xfe\x00<",
        b'<?xml version="1.0" encoding="no-such"?><x/>',
    ],
)
def test_hostile_xmp_is_refused_before_it_costs_anything(packet):
    with pytest.raises(xmp.Refused):
        xmp.read(packet)
    assert read_metadata(opened(samples.jpeg(xmp=packet[:60_000]))) == Metadata()


@given(st.binary(max_size=400))
def test_any_bytes_end_in_texts_or_refusal(packet):
    with contextlib.suppress(xmp.Refused):
        assert isinstance(xmp.read(packet), dict)


@given(st.text(max_size=200))
def test_any_text_inside_xmp_comes_out_clean_and_bounded(text):
    packet = XMP.replace("渔船归港，码头卸货。", text.replace("&", "").replace("<", ""))
    try:
        raw = packet.encode()
    except UnicodeEncodeError:
        return
    found = read_metadata(opened(samples.jpeg(40, 30, xmp=raw)))
    assert "\0" not in found.caption
    assert len(found.caption) <= 2000


def test_texts_lose_control_characters_and_excess():
    assert clean_text("a\0b\x1b[31mc\r\nBcc: x") == "ab[31mc Bcc: x"
    assert clean_text("第一行\r\n第二行", lines=True) == "第一行\n第二行"
    assert clean_text("潮" * 5000) == "潮" * 200
    assert clean_text(("not", "text")) == ""


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0000:00:00 00:00:00",
        "2026:13:01 00:00:00",
        "2026:02:30 10:00:00",
        "9999:12:31 23:59:59",
        "yesterday",
    ],
)
def test_impossible_times_are_no_times(text):
    assert parse_time(text) is None


@given(st.one_of(st.text(max_size=40), st.binary(max_size=40), st.none(), st.integers()))
def test_no_stamp_raises(text):
    assert parse_time(text, text) is None or isinstance(parse_time(text, text), datetime)


def test_a_nonsense_orientation_is_upright():
    block = Image.Exif()
    block[0x0112] = 77
    assert orientation_of(opened(samples.jpeg(exif=block))) == 1
