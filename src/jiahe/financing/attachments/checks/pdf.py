"""A PDF that shows pages and does nothing else."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from jiahe.financing.attachments import limits, pdfium
from jiahe.financing.attachments.errors import Active, Broken, TooManyPages, TooMuchInside

_DELIMITER = rb"(?=[\s/<>\[\](){}%]|$)"
# Scripts, programs, files within files, what sends or fetches, players. Any of these names stands in the file in the
# clear or in an object stream; /JS alone is too short to look for, and no script goes without /JavaScript.
ACTS = re.compile(
    rb"/(?:JavaScript|Launch|EmbeddedFiles?|FileAttachment|RichMedia|GoToE|ImportData|SubmitForm|XFA|Rendition|Movie)"
    + _DELIMITER
)
ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
STREAM = re.compile(rb"stream\r?\n")
ENCODED = re.compile(rb"/(?:LZW|LZWDecode|AHx|ASCIIHexDecode|A85|ASCII85Decode|RL|RunLengthDecode|DecodeParms|DP)\b")
INDIRECT = re.compile(rb"/Filter\s+\d+\s+\d+\s+R")
DICTIONARY = 2048  # as far back as the dictionary of a stream is looked for


def pages(content: bytes) -> int:
    """How many pages a PDF has that may be taken; raises what is wrong with it."""
    with pdfium.opened(content) as document:
        count = len(document)
        acts = pdfium.acts(document)
    if count < 1:
        raise Broken
    if count > (most := limits.pages()):
        raise TooManyPages(pages=count, most=most)
    if acts or any(ACTS.search(part) for part in _parts(content)):
        raise Active
    return count


def _parts(content: bytes) -> Iterator[bytes]:
    """The file, and whatever is compressed in it and is no picture, with escaped names written out."""
    yield _plain(content)
    left = limits.unpacked()
    for found in STREAM.finditer(content):
        dictionary = _plain(content[max(0, found.start() - DICTIONARY) : found.start()])
        own = dictionary[dictionary.rfind(b"endobj") + 1 :]
        objects = b"/ObjStm" in own
        if objects and (ENCODED.search(own) or INDIRECT.search(own)):
            raise Active  # objects that cannot be looked into
        if objects or b"/Image" not in own:
            inflated = _inflated(content[found.end() : found.end() + (left or 1)], left)
            left -= len(inflated)
            yield _plain(inflated)


def _inflated(packed: bytes, most: int) -> bytes:
    """What comes out, up to the first fault; nothing where it is not compressed this way."""
    stream = zlib.decompressobj()
    try:
        inflated = stream.decompress(packed, most + 1)
    except zlib.error:
        return b""
    if len(inflated) > most:
        raise TooMuchInside
    return inflated


def _plain(written: bytes) -> bytes:
    return ESCAPE.sub(lambda sign: bytes([int(sign[1], 16)]), written)
