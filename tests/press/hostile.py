"""PDFs that nobody should open without care, written by hand."""

import io
from pathlib import Path

import pypdfium2

CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
WORDS = b"BT /F1 18 Tf 72 700 Td (Harbour ferry runs late into the night) Tj ET"


def written(*objects: bytes, trailer: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1; the first is its catalogue."""
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for place in places:
        out.write(b"%010d 00000 n \n" % place)
    out.write(b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (len(objects) + 1, trailer))
    out.write(b"startxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


def stream(content: bytes, words: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), words, content)


FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def page(more: bytes = b"", box: bytes = b"0 0 600 800", resources: bytes = b"") -> bytes:
    return (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> %s >> %s >>" % (box, resources, more)
    )


def harmless(box: bytes = b"0 0 600 800", more: bytes = b"") -> bytes:
    return written(CATALOG, PAGES, page(more, box), stream(WORDS), FONT)


def with_everything_active() -> bytes:
    """Scripts when it is opened, shown and pressed; an attachment; a program to start; a link home; a form."""
    script = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
    catalog = (
        b"<< /Type /Catalog /Pages 2 0 R /OpenAction %s /AA << /WC %s >>"
        b" /Names << /JavaScript << /Names [(a) %s] >> /EmbeddedFiles << /Names [(evil.exe) 6 0 R] >> >>"
        b" /AcroForm << /Fields [8 0 R] /XFA 7 0 R >> >>" % (script, script, script)
    )
    active = b"/AA << /O %s >> /Annots [8 0 R 9 0 R]" % script
    return written(
        catalog,
        PAGES,
        page(active),
        stream(WORDS),
        FONT,
        b"<< /Type /Filespec /F (evil.exe) /EF << /F 7 0 R >> >>",
        stream(b"MZ evil bytes"),
        b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /Rect [0 0 90 90] /A %s >>" % script,
        b"<< /Type /Annot /Subtype /Link /Rect [0 0 90 90] /A << /S /Launch /F (cmd.exe) >> >>",
        trailer=b"/Info << /Author (Secret Name) >>",
    )


def encrypted() -> bytes:
    lock = b"/Encrypt << /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <%s> /U <%s> >> /ID [<00> <00>]"
    return written(CATALOG, PAGES, page(), stream(WORDS), FONT, trailer=lock % (b"ab" * 32, b"cd" * 32))


def laughing(levels: int = 12) -> bytes:
    """A form that holds ten forms that hold ten forms …"""
    first = 6
    forms = []
    for level in range(levels):
        last = level == levels - 1
        content = b"0 0 5 5 re f" if last else b"/X Do " * 10
        inner = b"" if last else b"/Resources << /XObject << /X %d 0 R >> >>" % (first + level + 1)
        forms.append(stream(content, b"/Type /XObject /Subtype /Form /BBox [0 0 600 800] " + inner))
    resources = b"/XObject << /X %d 0 R >>" % first
    return written(CATALOG, PAGES, page(resources=resources), stream(b"/X Do " * 10), FONT, *forms)


def of_pages(count: int) -> bytes:
    document = pypdfium2.PdfDocument.new()
    for _number in range(count):
        document.new_page(600, 800)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def scanned() -> bytes:
    """A page that is one photo."""
    from PIL import Image

    out = io.BytesIO()
    Image.linear_gradient("L").resize((600, 800)).save(out, "PDF")
    return out.getvalue()


def sparse(path: Path, megabytes: int) -> Path:
    """A file that says it is a PDF and is that large, without taking the room."""
    with path.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(megabytes * 1024**2)
    return path
