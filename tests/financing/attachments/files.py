"""Files as people upload them, and as nobody should."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO

import xlsxwriter
from PIL import Image

TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
BODY = '<?xml version="1.0"?><w:document xmlns:w="urn:w"><w:body/></w:document>'


def picture(format_: str = "JPEG", size: tuple[int, int] = (60, 40), **options: object) -> bytes:
    written = BytesIO()
    Image.new("RGB", size, (31, 111, 84)).save(written, format_, **options)
    return written.getvalue()


def located() -> bytes:
    """A photograph that says where and with what it was taken, lying on its side, with something behind its end."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "CAMERA-MAKER"
    exif.get_ifd(0x8825)[2] = (30.0, 50.0, 3.0)
    return picture(exif=exif, comment=b"HIDDEN-COMMENT") + b"<script>TAIL</script>"


def pdf(pages: int = 1, *, catalog: str = "", objects: tuple[bytes, ...] = (), trailer: str = "") -> bytes:
    """A PDF of small pages; `catalog` goes into its catalogue, `objects` come numbered from 100 on."""
    kids = " ".join(f"{10 + i} 0 R" for i in range(pages))
    body: list[tuple[int, bytes]] = [
        (1, f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode()),
        (2, f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>".encode()),
    ]
    drawing = b"0.1 0.4 0.3 rg 10 10 60 60 re f"
    body.append((3, b"<< /Length %d >> stream\n%s\nendstream" % (len(drawing), drawing)))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 210 297] /Contents 3 0 R >>"
    body += [(10 + i, page) for i in range(pages)]
    body += [(100 + i, one) for i, one in enumerate(objects)]
    written, places = b"%PDF-1.7\n", {}
    for number, one in body:
        places[number] = len(written)
        written += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    start = len(written)
    written += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        written += b"%d 1\n%010d 00000 n \n" % (number, place)
    size = max(places) + 1
    return written + f"trailer << /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()


def object_stream(inside: bytes, *, filters: bytes = b"/FlateDecode", more: bytes = b"") -> bytes:
    """Objects that are kept compressed."""
    packed = zlib.compress(b"200 0 " + inside)
    head = b"<< /Type /ObjStm /N 1 /First 6 /Filter %s %s /Length %d >>" % (filters, more, len(packed))
    return head + b" stream\n" + packed + b"\nendstream"


def workbook() -> bytes:
    written = BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True})
    book.add_worksheet("表").write(0, 0, "营业收入")
    book.close()
    return written.getvalue()


def document_with_body(body: bytes) -> bytes:
    return _document(body, {})


def document(**parts: bytes) -> bytes:
    """A text document; `parts` come beside its own, named with two underscores for a slash."""
    return _document(BODY.encode(), parts)


def _document(body: bytes, parts: dict[str, bytes]) -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", TYPES)
        file.writestr("word/document.xml", body)
        for name, content in parts.items():
            file.writestr(name.replace("__", "/").replace("_DOT_", "."), content)
    return written.getvalue()
