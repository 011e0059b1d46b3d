"""What is shown of an attachment: one page as a WebP picture, however large the original is."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from jiahe.financing.attachments import limits, pdfium
from jiahe.financing.attachments.checks import picture
from jiahe.financing.attachments.enums import PICTURES, Media
from jiahe.financing.attachments.errors import NoPreview, NoSuchPage

SIDE = 1600  # pixels of the longer side of a picture as shown
QUALITY = 82


def page(content: bytes, media: Media, number: int) -> bytes:
    """The picture of a page, from 1; `NoSuchPage`, and `NoPreview` for what can be downloaded only."""
    written = BytesIO()
    _image(content, media, number).save(written, "WEBP", quality=QUALITY)
    return written.getvalue()


def _image(content: bytes, media: Media, number: int) -> Image.Image:
    if media is Media.PDF:
        return pdfium.drawn(content, number, seconds=limits.preview_seconds())
    if media not in PICTURES:
        raise NoPreview
    if number != 1:
        raise NoSuchPage(page=number)
    with Image.open(BytesIO(content), formats=[picture.FORMATS[media]]) as image:
        image.thumbnail((SIDE, SIDE))
        return image.copy()
