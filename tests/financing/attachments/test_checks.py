"""What files are taken, as what, and what is said of those that are not."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from jiahe.financing.attachments import pdfium, preview
from jiahe.financing.attachments.checks.file import checked, clean_name
from jiahe.financing.attachments.enums import Media
from jiahe.financing.attachments.errors import (
    Active,
    Broken,
    Empty,
    Encrypted,
    FileRefused,
    NoPreview,
    NoSuchPage,
    OldOffice,
    TooLarge,
    TooManyPages,
    TooManyPixels,
    TooMuchInside,
    WrongType,
)
from jiahe.kit import parameters
from tests.financing.attachments import files

SCRIPT = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"


@pytest.mark.parametrize(
    ("content", "media", "pages"),
    [
        (files.pdf(3), Media.PDF, 3),
        (files.picture("JPEG"), Media.JPEG, 1),
        (files.picture("PNG"), Media.PNG, 1),
        (files.workbook(), Media.XLSX, 0),
        (files.document(), Media.DOCX, 0),
    ],
)
def test_a_file_is_what_its_content_says(content: bytes, media: Media, pages: int) -> None:
    found = checked(content, "2025年报.exe")
    assert (found.media, found.pages, found.name) == (media, pages, f"2025年报.{media.value}")
    if media not in (Media.JPEG, Media.PNG):
        assert found.content == content


@pytest.mark.parametrize(
    ("content", "failure"),
    [
        (b"", Empty),
        (b"MZ\x90\x00", WrongType),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", WrongType),
        (b"GIF89a", WrongType),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), OldOffice),
        (b"junk" + files.pdf(), WrongType),
        (b"%PDF-1.7\nnothing", Broken),
        (files.picture("JPEG")[:300], Broken),
        (files.picture("PNG")[:60], Broken),
        (files.picture("JPEG")[:4] + files.pdf(), Broken),
        (files.document()[:-30], Broken),
        (files.document().replace(b"word/document.xml", b"word/documenx.xml"), Broken),
    ],
)
def test_what_is_none_of_them_or_broken_is_refused(content: bytes, failure: type[FileRefused]) -> None:
    with pytest.raises(failure):
        checked(content, "a.pdf")


@pytest.mark.parametrize(
    "content",
    [
        files.pdf(catalog="/OpenAction 100 0 R", objects=(SCRIPT,)),
        files.pdf(catalog="/OpenAction << /S /Java#53cript /JS (1) >>"),
        files.pdf(catalog="/OpenAction << /S /#4aavaScript /JS (1) >>"),
        files.pdf(catalog="/OpenAction << /S /Launch /F (cmd.exe) >>"),
        files.pdf(catalog="/Names << /EmbeddedFiles << /Names [(a) << /F (a.exe) >>] >> >>"),
        files.pdf(catalog="/AcroForm << /XFA 100 0 R >>", objects=(b"<< >>",)),
        files.pdf(catalog="/AA << /WC << /S /SubmitForm /F (http://example.invalid) >> >>"),
        files.pdf(objects=(files.object_stream(SCRIPT),)),
        files.pdf(objects=(files.object_stream(b"<< >>", filters=b"[/ASCIIHexDecode /FlateDecode]"),)),
        files.pdf(objects=(files.object_stream(b"<< >>", more=b"/DecodeParms << /Predictor 12 >>"),)),
        files.pdf(objects=(files.object_stream(b"<< >>", filters=b"105 0 R"),)),
        files.document(word__vbaProject_DOT_bin=b"macro"),
        files.document(word__embeddings__a_DOT_bin=b"program"),
        files.document(
            word___rels__settings_DOT_xml_DOT_rels=b'<R Type="x/attachedTemplate" Target="https://e.invalid"/>'
        ),
    ],
)
def test_what_would_do_something_is_refused(content: bytes) -> None:
    with pytest.raises(Active):
        checked(content, "a.pdf")


def test_object_streams_that_do_nothing_and_words_about_scripts_are_taken() -> None:
    content = files.pdf(objects=(files.object_stream(b"<< /Title (JavaScript and /JavaScripting) >>"),))
    assert checked(content, "a.pdf").pages == 1


def test_a_document_with_entities_is_refused() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaa">]><a>&a;</a>'
    with pytest.raises(Active):
        checked(files.document_with_body(bomb), "a.docx")


def test_locked_files_are_refused() -> None:
    lock = f"<< /Filter /Standard /V 1 /R 2 /O ({'o' * 32}) /U ({'u' * 32}) /P -4 >>"
    with pytest.raises(Encrypted):
        checked(files.pdf(trailer=f"/Encrypt {lock} /ID [(a) (a)]"), "a.pdf")
    locked = bytearray(files.document())
    at = locked.rfind(b"PK\x01\x02", 0, locked.rfind(b"PK\x01\x02"))
    locked[at + 8] |= 1
    with pytest.raises(Encrypted):
        checked(bytes(locked), "a.docx")


def test_bombs_are_refused_before_they_are_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    limit("attachment_unpacked_megabytes", 1, monkeypatch)
    with pytest.raises(TooMuchInside):
        checked(files.document(word__media__a_DOT_xml=bytes(2 << 20)), "a.docx")
    with pytest.raises(TooMuchInside):
        checked(files.pdf(objects=(files.object_stream(bytes(2 << 20)),)), "a.pdf")
    with pytest.raises(TooMuchInside):
        checked(files.document(**{f"p{i}": b"" for i in range(5_001)}), "a.docx")


def test_a_picture_that_claims_to_be_huge_is_refused_by_its_head() -> None:
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", len(head)) + b"IHDR" + head + struct.pack(">I", zlib.crc32(b"IHDR" + head))
    data = struct.pack(">I", 0) + b"IDAT" + struct.pack(">I", zlib.crc32(b"IDAT"))
    with pytest.raises(TooManyPixels) as refused:
        checked(b"\x89PNG\r\n\x1a\n" + chunk + data, "a.png")
    assert refused.value.sentence == "图片为 60000×60000 像素，超过 5000 万像素：请缩小后重新上传。"


def test_limits_of_size_and_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    limit("attachment_megabytes", 1, monkeypatch)
    limit("attachment_pages", 2, monkeypatch)
    with pytest.raises(TooLarge):
        checked(b"%PDF-" + bytes(1 << 20), "a.pdf")
    assert checked(files.pdf(2), "a.pdf").pages == 2
    with pytest.raises(TooManyPages) as refused:
        checked(files.pdf(3), "a.pdf")
    assert refused.value.sentence == "文件有 3 页，最多 2 页：请拆分后重新上传。"


def limit(name: str, value: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another value for one parameter; the others as they are."""
    known = parameters.value
    monkeypatch.setattr(parameters, "value", lambda n, **more: value if n == name else known(n, **more))


def test_a_photograph_loses_place_camera_comment_and_tail_and_stands_upright() -> None:
    original = files.located()
    assert all(sign in original for sign in (b"CAMERA-MAKER", b"HIDDEN-COMMENT", b"TAIL"))
    kept = checked(original, "IMG_0001.JPG").content
    assert not any(sign in kept for sign in (b"CAMERA-MAKER", b"HIDDEN-COMMENT", b"TAIL", b"Exif"))
    with Image.open(BytesIO(kept)) as image:
        assert (image.size, dict(image.getexif()), image.info.get("comment")) == ((40, 60), {}, None)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16"])
def test_pictures_of_every_mode_are_taken(mode: str) -> None:
    written, format_ = BytesIO(), "JPEG" if mode == "CMYK" else "PNG"
    Image.new(mode, (5, 4)).save(written, format_)
    assert checked(written.getvalue(), "a").pages == 1


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("报表.pdf", "报表.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\me\\合同 (终稿).PDF.exe", "合同 (终稿).PDF.pdf"),
        ("a\u202efdp.exe", "afdp.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie_ x.pdf"),
        ('"><script>.pdf', "___script_.pdf"),
        ("", "附件.pdf"),
        ("...", "附件.pdf"),
        ("长" * 200 + ".pdf", "长" * 80 + ".pdf"),
    ],
)
def test_names_are_cleaned(name: str, kept: str) -> None:
    assert clean_name(name, Media.PDF) == kept


@given(st.text(max_size=200))
def test_a_cleaned_name_is_one_visible_line_that_fits(name: str) -> None:
    kept = clean_name(name, Media.DOCX)
    assert kept.endswith(".docx")
    assert len(kept) <= 100
    assert kept.isprintable()
    assert not set(kept) & set('/\\<>:"|?*%')
    assert not kept.startswith(".")


@given(st.binary(max_size=200))
def test_any_tail_of_a_known_beginning_is_taken_or_refused_in_a_sentence(tail: bytes) -> None:
    for sign in (b"%PDF-", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04"):
        with pytest.raises(FileRefused):
            checked(sign + tail, "a")


def test_pages_are_shown_as_pictures_of_bounded_size() -> None:
    shown = preview.page(files.pdf(2), Media.PDF, 2)
    with Image.open(BytesIO(shown)) as image:
        assert (image.format, image.size) == ("WEBP", (1240, 1753))
        assert image.convert("RGB").getpixel((1, 1)) == (255, 255, 255)
        assert image.convert("RGB").getpixel((200, 1500)) != (255, 255, 255)
    with Image.open(BytesIO(preview.page(files.picture("PNG", (4000, 1000)), Media.PNG, 1))) as image:
        assert image.size == (1600, 400)
    for number in (0, 3):
        with pytest.raises(NoSuchPage):
            preview.page(files.pdf(2), Media.PDF, number)
    with pytest.raises(NoPreview):
        preview.page(files.workbook(), Media.XLSX, 1)


def test_a_page_that_takes_too_long_is_not_shown() -> None:
    drawing = b"0 0 m " + b"200 200 l 5 90 l " * 50_000 + b"S "
    many = drawing * 3
    content = files.pdf().replace(b"/Contents 3 0 R", b"/Contents 9 0 R")
    stream = b"9 0 obj\n<< /Length %d >> stream\n%s\nendstream\nendobj\n" % (len(many), many)
    with pytest.raises(NoPreview):
        pdfium.drawn(content.replace(b"xref\n", stream + b"xref\n", 1), 1, seconds=-1)
