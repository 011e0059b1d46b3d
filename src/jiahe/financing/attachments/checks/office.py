"""A workbook or a text document of the open formats, without macros and without files in it."""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO
from typing import NoReturn
from xml.parsers import expat

from jiahe.financing.attachments import limits
from jiahe.financing.attachments.enums import Media
from jiahe.financing.attachments.errors import Active, Broken, Encrypted, TooMuchInside, WrongType

MOST_PARTS = 5_000
LOCKED = 0x1  # the flag of an encrypted part
TYPES = "[Content_Types].xml"
MAIN = {
    b"spreadsheetml.sheet.main+xml": (Media.XLSX, "xl/workbook.xml"),
    b"wordprocessingml.document.main+xml": (Media.DOCX, "word/document.xml"),
}
ACTS = re.compile(r"vbaProject\.bin$|/embeddings/|/activeX/|/oleObject", re.IGNORECASE)
# A template from elsewhere is opened with the document, and its macros with it.
FETCHES = re.compile(rb"attachedTemplate[^>]*(?:https?:|\\\\)|(?:https?:|\\\\)[^>]*attachedTemplate", re.IGNORECASE)


def media(content: bytes) -> Media:
    """Which of the two it is; raises what is wrong with it."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as parts:
            _assert_sound(parts)
            kind, main = _kind(parts)
            for name in parts.namelist():
                if name.endswith(".rels") and FETCHES.search(parts.read(name)):
                    raise Active
            _assert_xml(parts.read(main))
            return kind
    except (
        zipfile.BadZipFile,
        zlib.error,
        KeyError,
        EOFError,
        OSError,
        NotImplementedError,
        expat.ExpatError,
    ) as error:
        raise Broken from error


def _assert_sound(parts: zipfile.ZipFile) -> None:
    infos = parts.infolist()
    if any(info.flag_bits & LOCKED for info in infos):
        raise Encrypted
    # What a part claims to be is the most that is ever unpacked of it; the sums are tried next.
    if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > limits.unpacked():
        raise TooMuchInside
    if any(ACTS.search(info.filename) for info in infos):
        raise Active
    if parts.testzip() is not None:
        raise Broken


def _kind(parts: zipfile.ZipFile) -> tuple[Media, str]:
    types = parts.read(TYPES) if TYPES in parts.namelist() else b""
    if b"macroenabled" in types.lower():
        raise Active
    for sign, found in MAIN.items():
        if sign in types:
            return found
    raise WrongType


def _assert_xml(text: bytes) -> None:
    """Well-formed, and without entities that could grow."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse
    parser.Parse(text, True)


def _refuse(*_: object) -> NoReturn:
    raise Active
